"""Seals in other hands: three sign a hand-over, two take a seal out, two look at all of them once a year."""

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from factories import as_login, as_role, log_in, person_id
from PIL import Image, ImageChops
from usecases.seal_cases import (
    add_seal,
    approved,
    handed_over,
    imprint_picture,
    loan_draft,
    make_keeper,
    stamping,
)

from deskoffice.domain.errors import DeskOfficeError, InvalidDraft, NotAllowed, RuleError
from deskoffice.domain.matters import Action
from deskoffice.domain.people import Role
from deskoffice.domain.seal_custody import CheckLine, CheckResult, LoanState, Party
from deskoffice.domain.seal_inventory import HandOver, SealEvent, SealState, StateChange
from deskoffice.paper.preview import page_png
from deskoffice.paper.preview import text as pdf_text
from deskoffice.usecases import (
    matters,
    papers_seals,
    seal_custody,
    seal_forms,
    seal_inventory,
    seal_register,
    seals,
)


@pytest.fixture
def seal(office) -> int:
    return add_seal(office)


@pytest.fixture
def keeper(office):
    return as_role(office, Role.SEAL_KEEPER)


def begun(office, seal: int) -> int:
    make_keeper(office, "吴昊")
    draft = HandOver(person_id(office, "吴昊"), person_id(office, "李强"), "轮岗")
    return seal_custody.begin_hand_over(as_role(office, Role.SEAL_KEEPER), seal, draft)


def test_a_seal_changes_hands_when_the_three_have_signed_in_their_order(office, seal, keeper):
    hand_over = begun(office, seal)
    with pytest.raises(NotAllowed):
        seal_custody.sign_hand_over(as_login(office, "wuhao"), hand_over)
    assert not seal_custody.sign_hand_over(as_login(office, "liqiang"), hand_over)
    assert seal_inventory.all_seals(office)[0].keeper == "周燕"
    assert seal_custody.sign_hand_over(as_login(office, "wuhao"), hand_over)
    assert seal_inventory.all_seals(office)[0].keeper == "吴昊"
    row = seal_custody.hand_overs(office, seal)[0]
    assert [(party, name) for party, name, _ in row.signed] == [
        (Party.GIVER, "周燕"),
        (Party.WITNESS, "李强"),
        (Party.TAKER, "吴昊"),
    ]


def test_nobody_signs_for_another(office, seal):
    hand_over = begun(office, seal)
    for login in ("wangli", "zhouyan", "sunfang"):
        with pytest.raises(NotAllowed):
            seal_custody.sign_hand_over(as_login(office, login), hand_over)


def test_one_hand_over_at_a_time_and_none_of_a_seal_that_is_out(office, seal, keeper):
    hand_over = begun(office, seal)
    draft = HandOver(person_id(office, "吴昊"), person_id(office, "李强"), "轮岗")
    with pytest.raises(RuleError, match="seal_hand_over_open"):
        seal_custody.begin_hand_over(keeper, seal, draft)
    seal_custody.cancel_hand_over(keeper, hand_over)
    taken_out(office, seal)
    with pytest.raises(RuleError, match="seal_is_away"):
        seal_custody.begin_hand_over(keeper, seal, draft)


def test_what_waits_for_the_seal_goes_over_with_it(office, seal, keeper):
    use = approved(office, seal)
    make_keeper(office, "吴昊")
    assert Action.STAMP not in matters.card(as_login(office, "wuhao"), use).actions
    handed_over(office, seal, "吴昊")
    taker = as_login(office, "wuhao")
    assert Action.STAMP in matters.card(taker, use).actions
    assert Action.STAMP not in matters.card(keeper, use).actions
    seals.stamp(taker, use, stamping(taker, use))
    assert seal_register.register_rows(office, seal, 2026)[0].keeper == "吴昊"


def test_the_imprint_and_the_key_go_over_with_the_seal(office, seal):
    make_keeper(office, "吴昊")
    giver = log_in(office, "zhouyan")
    seal_inventory.keep_imprint(giver, seal, imprint_picture())
    draft = HandOver(person_id(giver, "吴昊"), person_id(giver, "李强"), "轮岗")
    hand_over = seal_custody.begin_hand_over(giver, seal, draft)
    witness = log_in(giver, "liqiang")
    seal_custody.sign_hand_over(witness, hand_over)
    with pytest.raises(DeskOfficeError, match="vault_not_yours"):
        seal_inventory.imprint(witness, seal)
    taker = log_in(witness, "wuhao")
    seal_custody.sign_hand_over(taker, hand_over)
    assert seal_inventory.imprint(taker, seal).data.startswith(b"\x89PNG")
    giver = log_in(taker, "zhouyan")
    with pytest.raises(DeskOfficeError, match="vault_not_yours"):
        seal_inventory.imprint(giver, seal)
    giver.close()


def taken_out(office, seal: int) -> int:
    loan = seal_custody.ask_out(as_role(office, Role.DRAFTER), seal, loan_draft(office))
    seal_custody.move_loan(as_role(office, Role.OFFICE_LEADER), loan, LoanState.APPROVED)
    seal_custody.move_loan(as_role(office, Role.SEAL_KEEPER), loan, LoanState.OUT)
    return loan


def test_a_seal_out_of_the_office_is_not_used_and_its_return_is_told_when_it_is_late(office, seal, keeper):
    use = approved(office, seal)
    loan = taken_out(office, seal)
    with pytest.raises(RuleError, match="seal_is_away"):
        seals.stamp(keeper, use, stamping(keeper, use))
    assert not any("外带" in text for text in seal_custody.alarms(office))
    office.clock.move(hours=9)
    assert "逾期未还：王丽、周燕带往" in next(text for text in seal_custody.alarms(office) if "外带" in text)
    assert [row.seal for row in seal_custody.loans_today(office)] == ["河东县人民政府办公室章"]
    seal_custody.move_loan(keeper, loan, LoanState.BACK, "印面完好")
    assert not any("外带" in text for text in seal_custody.alarms(office))
    assert [line.event for line in seal_inventory.history(office, seal)][-2:] == [
        SealEvent.TAKEN_OUT,
        SealEvent.BROUGHT_BACK,
    ]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        pytest.param({"place": " "}, "place", id="no place"),
        pytest.param({"reason": ""}, "reason", id="no reason"),
        pytest.param({"second_id": None}, "second", id="one person alone"),
        pytest.param({"due_at": None}, "due_at", id="back before it goes"),
    ],
)
def test_a_seal_goes_out_by_two_for_a_reason_until_a_time(office, seal, changes, field):
    draft = loan_draft(office)
    meant = {"second_id": draft.first_id, "due_at": office.now() - timedelta(hours=1)}
    wrong = replace(draft, **{name: meant[name] if value is None else value for name, value in changes.items()})
    with pytest.raises(InvalidDraft) as caught:
        seal_custody.ask_out(as_role(office, Role.DRAFTER), seal, wrong)
    assert set(caught.value.problems) == {field}


def test_nobody_lets_himself_go_with_a_seal(office, seal):
    draft = replace(loan_draft(office), first_id=person_id(office, "李强"))
    loan = seal_custody.ask_out(as_role(office, Role.DRAFTER), seal, draft)
    with pytest.raises(NotAllowed):
        seal_custody.move_loan(as_role(office, Role.OFFICE_LEADER), loan, LoanState.APPROVED)
    seal_custody.move_loan(as_role(office, Role.SIGNATORY), loan, LoanState.APPROVED)


def test_a_seal_that_is_out_is_not_taken_out_again(office, seal, keeper):
    taken_out(office, seal)
    again = seal_custody.ask_out(as_role(office, Role.DRAFTER), seal, loan_draft(office))
    seal_custody.move_loan(as_role(office, Role.OFFICE_LEADER), again, LoanState.APPROVED)
    with pytest.raises(RuleError, match="seal_is_away"):
        seal_custody.move_loan(keeper, again, LoanState.OUT)


def test_the_yearly_check_is_missed_until_every_seal_was_looked_at(office, seal, keeper):
    other = add_seal(office, name="河东县人民政府合同专用章")
    assert "2026年度还有 2 枚印章没有核查" in seal_custody.alarms(office)
    lines = (CheckLine(seal, CheckResult.INTACT), CheckLine(other, CheckResult.WORN, "边框缺损，报请更换"))
    seal_custody.check_seals(keeper, lines, person_id(office, "李强"))
    assert not any("核查" in text for text in seal_custody.alarms(office))
    found = {row.seal.id: (row.result, row.by, row.witness) for row in seal_custody.check_sheet(office, 2026)}
    assert found[other] == (CheckResult.WORN, "周燕", "李强")


def test_what_is_not_in_order_is_explained_and_two_look(office, seal, keeper):
    with pytest.raises(InvalidDraft):
        seal_custody.check_seals(keeper, (CheckLine(seal, CheckResult.MISSING),), person_id(office, "李强"))
    with pytest.raises(RuleError, match="seal_check_two"):
        seal_custody.check_seals(keeper, (CheckLine(seal, CheckResult.INTACT),), person_id(office, "周燕"))


def test_a_seal_is_destroyed_before_two_who_do_not_keep_it(office, seal, keeper):
    seal_inventory.change_state(keeper, seal, StateChange(SealState.OUT_OF_USE, "机构更名"))
    keeps, other = person_id(office, "周燕"), person_id(office, "李强")
    with pytest.raises(RuleError, match="seal_two_witnesses"):
        seal_inventory.change_state(keeper, seal, StateChange(SealState.DESTROYED, "更名销毁", (keeps, other)))
    seen = (other, person_id(office, "冯军"))
    seal_inventory.change_state(keeper, seal, StateChange(SealState.DESTROYED, "更名销毁", seen))
    assert seal_inventory.history(office, seal)[-1].witnesses == "李强、冯军"


def words_of(paper) -> str:
    return "".join(pdf_text(paper.data).split())


def test_every_sheet_of_the_seals_is_filled_from_the_records(office, seal, keeper):
    make_keeper(office, "吴昊")
    handed_over(office, seal, "吴昊")
    taken_by = as_login(office, "wuhao")
    loan = seal_custody.ask_out(as_role(office, Role.DRAFTER), seal, loan_draft(office))
    seal_custody.move_loan(as_role(office, Role.OFFICE_LEADER), loan, LoanState.APPROVED)
    seal_custody.check_seals(taken_by, (CheckLine(seal, CheckResult.WORN, "边框缺损"),), person_id(office, "李强"))
    use = approved(office, seal)
    seals.stamp(taken_by, use, stamping(taken_by, use))
    seen = (person_id(office, "李强"), person_id(office, "冯军"))
    change = StateChange(SealState.HANDED_IN, "机构更名", seen, "县档案馆")
    seal_inventory.change_state(taken_by, seal, change)
    assert "周燕" in words_of(seal_forms.hand_over_sheet(office, seal))
    assert "同意外带。李强" in words_of(seal_forms.loan_sheet(office, seal))
    ending = words_of(seal_forms.ending_sheet(office, seal))
    assert all(said in ending for said in ("缴销", "县档案馆", "李强、冯军"))
    assert "印面磨损" in words_of(seal_forms.check_sheet(office, 2026))
    assert "盖印枚数4" in words_of(seal_forms.counts_sheet(office, 2026))
    book = words_of(papers_seals.register_book(office, seal, 2026))
    assert seal_register.register_rows(office, seal, 2026)[0].chain[:8] in book


def red_share(paper) -> float:
    """How much of the first page is red."""
    with Image.open(io.BytesIO(page_png(paper.data, 0, 500))) as page:
        red, green, _ = page.convert("RGB").split()
        inked = ImageChops.subtract(red, green).point(lambda value: 255 if value > 90 else 0)
        return inked.histogram()[255] / (page.width * page.height)


def test_the_sheet_of_a_hand_over_bears_the_imprint_where_its_keeper_prints_it(office):
    seal = add_seal(office)
    make_keeper(office, "吴昊")
    keeper = log_in(office, "zhouyan")
    seal_inventory.keep_imprint(keeper, seal, imprint_picture())
    assert red_share(seal_forms.imprints_book(keeper)) > 0.003
    handed_over(keeper, seal, "吴昊")
    assert red_share(seal_forms.hand_over_sheet(keeper, seal)) == 0
    taker = log_in(keeper, "wuhao")
    assert red_share(seal_forms.hand_over_sheet(taker, seal)) > 0.003
    drafter = log_in(taker, "sunfang")
    assert red_share(seal_forms.hand_over_sheet(drafter, seal)) == 0
    drafter.close()
