"""Use of a seal from the request to the register, on a real vault."""

import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from factories import as_login, as_role, log_in, outgoing_draft, person_id
from PIL import Image
from usecases.seal_cases import (
    CONTRACT,
    add_seal,
    approved,
    handed_over,
    imprint_picture,
    make_keeper,
    requested,
    seal_draft,
    stamping,
    use_draft,
)

from deskoffice.domain.circulation.secrecy import Basis, SecrecyDraft
from deskoffice.domain.errors import DeskOfficeError, InvalidDraft, NotAllowed, RuleError
from deskoffice.domain.matters import Action, ContentRole, LinkKind, State
from deskoffice.domain.people import Role
from deskoffice.domain.seal_inventory import SealState, StateChange
from deskoffice.domain.seals import StampCheck
from deskoffice.domain.values import Classification
from deskoffice.storage.matters import MatterRecord
from deskoffice.usecases import attachments, matters, seal_inventory, seal_register, seals
from deskoffice.usecases.attachments import FileDraft
from deskoffice.usecases.circulation import outgoing, outgoing_secrecy
from deskoffice.usecases.circulation.outgoing_draft import draft_of as outgoing_draft_of
from deskoffice.usecases.office import Office


@pytest.fixture
def seal(office: Office) -> int:
    return add_seal(office)


@pytest.fixture
def keeper(office: Office) -> Office:
    return as_role(office, Role.SEAL_KEEPER)


def entries(office: Office) -> int:
    with office.read() as session:
        return len(office.vault.audit.entries(session, limit=1000))


def numbers(office: Office) -> list[str]:
    return [row.matter.number for row in seal_register.register_rows(office, None, 2026)]


def refused(office: Office, code: str, act: Callable[[], object]) -> DeskOfficeError:
    """The act is refused and leaves numbers, states and log as they were."""
    before = entries(office), seal_register.register_rows(office, None, 2026)
    with pytest.raises(DeskOfficeError) as caught:
        act()
    assert caught.value.code == code
    assert (entries(office), seal_register.register_rows(office, None, 2026)) == before
    return caught.value


def test_a_contract_is_asked_for_approved_stamped_and_registered(office, seal, keeper):
    use = approved(office, seal)
    seals.stamp(keeper, use, stamping(keeper, use))
    row = seal_register.register_rows(office, seal, 2026)[0]
    assert (row.matter.number, row.matter.state, row.imprints, row.stamped) == ("印〔2026〕1号", State.CLOSED, 4, 4)
    assert (row.requester, row.approver, row.keeper) == ("孙芳", "李强", "周燕")
    assert row.subject == "签订办公用品采购合同"


def test_each_act_is_in_the_log(office, seal, keeper):
    use = approved(office, seal)
    seals.stamp(keeper, use, stamping(keeper, use))
    acts = [row.action for row in matters.card(office, use).timeline]
    assert [act for act in acts if act != "seals.use.looked_at"] == [
        "seals.use.requested",
        "seals.use.approved",
        "seals.use.stamped",
    ]


def test_numbers_have_no_gap_after_a_refused_request(office, seal):
    requested(office, seal)
    drafter = as_role(office, Role.DRAFTER)
    refused(office, "invalid_draft", lambda: seals.request(drafter, use_draft(seal, unit=" "), CONTRACT))
    requested(office, seal)
    assert numbers(office) == ["印〔2026〕1号", "印〔2026〕2号"]


def test_a_blank_paper_cannot_be_asked_for(office, seal):
    scan = io.BytesIO()
    Image.new("L", (200, 280), 250).save(scan, "PNG")
    with pytest.raises(InvalidDraft) as caught:
        seals.request(as_role(office, Role.DRAFTER), use_draft(seal), FileDraft("介绍信.png", scan.getvalue()))
    assert caught.value.problems == {"paper": "paper_blank"}


def test_a_request_needs_its_paper(office, seal):
    with pytest.raises(InvalidDraft) as caught:
        seals.request(as_role(office, Role.DRAFTER), use_draft(seal))
    assert caught.value.problems == {"paper": "paper_needed"}


@pytest.mark.parametrize("officer", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN])
def test_the_three_officers_ask_for_no_seal(office, seal, officer):
    refused(office, "role_missing", lambda: seals.request(as_role(office, officer), use_draft(seal), CONTRACT))


def test_a_seal_out_of_use_cannot_be_asked_for(office, seal, keeper):
    seal_inventory.change_state(keeper, seal, StateChange(SealState.OUT_OF_USE, "机构更名"))
    refused(office, "seal_not_in_use", lambda: requested(office, seal))


def test_nobody_approves_the_own_request(office, seal):
    leader = as_role(office, Role.OFFICE_LEADER)
    use = seals.request(leader, use_draft(seal), CONTRACT).matter_ids[0]
    assert Action.APPROVE not in matters.card(leader, use).actions
    refused(office, "action_not_allowed", lambda: seals.approve(leader, use))
    seals.approve(as_role(office, Role.SIGNATORY), use)


def test_the_request_may_name_its_approver(office, seal):
    deputy_head = person_id(office, "张伟")
    drafter = as_role(office, Role.DRAFTER)
    use = seals.request(drafter, use_draft(seal), CONTRACT, approver_id=deputy_head).matter_ids[0]
    refused(office, "action_not_allowed", lambda: seals.approve(as_role(office, Role.OFFICE_LEADER), use))
    seals.approve(as_role(office, Role.SIGNATORY), use)


def test_only_a_leader_can_be_named_as_approver(office, seal):
    clerk = person_id(office, "王丽")
    drafter = as_role(office, Role.DRAFTER)
    refused(
        office, "approver_role_missing", lambda: seals.request(drafter, use_draft(seal), CONTRACT, approver_id=clerk)
    )


def test_nothing_is_stamped_before_it_is_approved(office, seal, keeper):
    use = requested(office, seal)
    refused(office, "action_not_allowed", lambda: stamping(keeper, use))


def test_a_changed_text_is_not_stamped(office, seal, keeper):
    use = approved(office, seal)
    seen = stamping(keeper, use)
    changed = FileDraft("采购合同.txt", "甲方：河东县人民政府办公室。乙方：另一公司。".encode(), ContentRole.BODY)
    attachments.attach(as_role(office, Role.DRAFTER), use, changed)
    refused(office, "seal_text_changed", lambda: seals.stamp(keeper, use, seen))
    sheet = seal_register.stamping_sheet(keeper, use)
    assert not sheet.is_unchanged
    seen_again = replace(seen, seen_digest=sheet.digest)
    refused(office, "seal_text_changed", lambda: seals.stamp(keeper, use, seen_again))


def test_a_version_not_seen_is_not_stamped(office, seal, keeper):
    use = approved(office, seal)
    unseen = stamping(keeper, use, seen_digest="0" * 64)
    refused(office, "seal_text_changed", lambda: seals.stamp(keeper, use, unseen))


@pytest.mark.parametrize("check", [c for c in StampCheck if c is not StampCheck.NOT_BLANK])
def test_every_line_of_the_checklist_counts(office, seal, keeper, check):
    use = approved(office, seal, is_straddling=True)
    said = stamping(keeper, use)
    error = refused(
        office, "seal_checks_missing", lambda: seals.stamp(keeper, use, replace(said, checks=said.checks - {check}))
    )
    assert error.values["missing"] == [check]


def test_blank_paper_is_a_hard_stop(office, seal, keeper):
    use = approved(office, seal)
    said = stamping(keeper, use)
    unsure = replace(said, checks=said.checks - {StampCheck.NOT_BLANK})
    refused(office, "seal_blank_paper", lambda: seals.stamp(keeper, use, unsure))


@pytest.mark.parametrize(
    ("stamped", "spoiled", "note", "code"),
    [
        pytest.param(5, 0, "多盖一份", "seal_more_than_approved", id="one too many, explained"),
        pytest.param(4, 1, " ", "seal_difference_unexplained", id="spoiled without a word"),
        pytest.param(3, 0, "", "seal_difference_unexplained", id="fewer without a word"),
        pytest.param(0, 2, "全部作废", "seal_nothing_stamped", id="none"),
        pytest.param(4, -1, "", "seal_nothing_stamped", id="negative"),
    ],
)
def test_imprints_must_add_up(office, seal, keeper, stamped, spoiled, note, code):
    use = approved(office, seal)
    said = stamping(keeper, use, stamped=stamped, spoiled=spoiled, note=note)
    refused(office, code, lambda: seals.stamp(keeper, use, said))


def test_a_spoiled_sheet_is_explained_in_the_register(office, seal, keeper):
    use = approved(office, seal)
    seals.stamp(keeper, use, stamping(keeper, use, spoiled=1, note="印泥不匀，废页当场销毁"))
    row = seal_register.register_rows(office, None, 2026)[0]
    assert (row.stamped, row.spoiled, row.note) == (4, 1, "印泥不匀，废页当场销毁")


def test_a_second_click_stamps_nothing(office, seal, keeper):
    use = approved(office, seal)
    said = stamping(keeper, use)
    seals.stamp(keeper, use, said)
    refused(office, "action_not_allowed", lambda: seals.stamp(keeper, use, said))


def test_the_keepers_refusal_stays_in_the_register(office, seal, keeper):
    use = approved(office, seal)
    seals.refuse(keeper, use, "落款不是本办公室")
    row = seal_register.register_rows(office, None, 2026)[0]
    assert (row.matter.state, row.stamped, row.note) == (State.REFUSED, 0, "落款不是本办公室")


def test_a_refusal_needs_a_reason(office, seal):
    use = requested(office, seal)
    refused(office, "invalid_draft", lambda: seals.refuse(as_role(office, Role.OFFICE_LEADER), use, " "))


def test_the_keeper_cannot_stamp_what_the_keeper_asked_for(office, seal, keeper):
    use = seals.request(keeper, use_draft(seal), CONTRACT).matter_ids[0]
    seals.approve(as_role(office, Role.OFFICE_LEADER), use)
    refused(office, "action_not_allowed", lambda: stamping(keeper, use))


def signed_document(office: Office, **changes: object) -> int:
    drafter = as_login(office, "sunfang")
    draft = outgoing_draft(office, **changes)
    matter_id = outgoing.create(drafter, draft).matter_ids[0]
    for title in draft.attachment_titles:
        attachments.attach(drafter, matter_id, FileDraft(f"{title}.txt", title.encode()))
    if draft.level >= Classification.CONFIDENTIAL:
        basis = SecrecyDraft(draft.level, draft.secrecy_years, Basis.CATALOGUE, "《保密事项范围》第三条第二项")
        outgoing_secrecy.propose(drafter, matter_id, basis)
        outgoing_secrecy.decide(as_role(office, Role.SIGNATORY), matter_id, "", approves=True)
    outgoing.submit(drafter, matter_id)
    outgoing.review(as_role(office, Role.SECRETARIAT), matter_id, "同意", person_id(office, "张伟"))
    outgoing.sign(as_role(office, Role.SIGNATORY), matter_id, "同意印发")
    return matter_id


def use_of(office: Office, signed: int) -> int:
    return next(link.matter.id for link in matters.card(office, signed).links if link.kind is LinkKind.SEALED_BY)


def test_signing_a_document_is_the_approval_of_its_seal(office, seal, keeper):
    signed = signed_document(office)
    use = use_of(office, signed)
    sheet = seal_register.stamping_sheet(keeper, use)
    assert (sheet.imprints, sheet.requester, sheet.approver) == (3, "孙芳", "张伟")
    assert sheet.seal.name == "河东县人民政府办公室章"
    seals.stamp(keeper, use, stamping(keeper, use))
    assert matters.card(office, signed).row.state is State.STAMPED


def test_the_keeper_stamps_straight_from_the_signed_document(office, seal, keeper):
    signed = signed_document(office)
    assert Action.STAMP in matters.card(keeper, signed).actions
    for login in ("sunfang", "zhangwei", "wangli", "wuhao"):
        assert Action.STAMP not in matters.card(as_login(office, login), signed).actions
    seals.stamp(keeper, use_of(office, signed), stamping(keeper, use_of(office, signed)))
    assert Action.STAMP not in matters.card(keeper, signed).actions


def test_the_keeper_chooses_where_no_seal_of_the_issuer_is_known(office, keeper):
    use = use_of(office, signed_document(office))
    said = stamping(keeper, use)
    refused(office, "seal_needed", lambda: seals.stamp(keeper, use, said))
    chosen = add_seal(office, owner="河东县人民政府")
    seals.stamp(keeper, use, replace(said, seal_id=chosen))
    assert seal_register.register_rows(office, chosen, 2026)[0].stamped == 3


def test_a_document_not_signed_cannot_be_sealed(office, seal):
    drafter = as_login(office, "sunfang")
    draft = outgoing.create(drafter, outgoing_draft(office)).matter_ids[0]
    refused(office, "seal_not_signed", lambda: seals.request(drafter, use_draft(seal, signed_id=draft)))


def test_sealing_a_document_twice_is_told(office, seal, keeper):
    signed = signed_document(office)
    use = use_of(office, signed)
    seals.stamp(keeper, use, stamping(keeper, use))
    again = seals.request(as_role(office, Role.DRAFTER), use_draft(seal, signed_id=signed, copies=1, imprints=1))
    assert again.notes == ("sealed_before",)


def test_a_secret_document_reaches_the_keeper_and_no_bystander(office, seal):
    signed = signed_document(office, level=Classification.SECRET, secrecy_years=10, title="关于某专项工作的通知")
    use = use_of(office, signed)
    with office.read() as session:
        assert session.get_one(MatterRecord, use).title == ""
    bystander = log_in(office, "fengjun")
    with pytest.raises(RuleError):
        matters.card(bystander, use)
    keeper = log_in(bystander, "zhouyan")
    sheet = seal_register.stamping_sheet(keeper, use)
    assert sheet.row.title == "关于某专项工作的通知"
    assert "专项工作".encode() in attachments.open_content(keeper, sheet.paper_matter_id, sheet.content_id).data
    seals.stamp(keeper, use, stamping(keeper, use))
    keeper.close()


def test_the_keeper_reads_the_titles_of_a_secret_papers_attachments(office, seal):
    """What a document's own table names reaches readers who come later, like the rest of it."""
    draft = {"attachment_titles": ("任务分解表", "联系人名单"), "note": "（此件不公开）"}
    signed = signed_document(office, level=Classification.SECRET, secrecy_years=10, **draft)
    keeper = log_in(office, "zhouyan")
    read = outgoing_draft_of(keeper, signed)
    assert (read.attachment_titles, read.note) == (("任务分解表", "联系人名单"), "（此件不公开）")
    keeper.close()


def test_only_the_one_who_keeps_a_seal_is_offered_its_use(office, seal, keeper):
    make_keeper(office, "吴昊")
    other = as_login(office, "wuhao")
    use = approved(office, seal)
    said = stamping(keeper, use)
    assert Action.STAMP not in matters.card(other, use).actions
    refused(office, "action_not_allowed", lambda: seals.stamp(other, use, said))


def test_the_deputy_uses_a_seal_too(office, seal, keeper):
    make_keeper(office, "吴昊")
    seal_inventory.edit(keeper, seal, seal_draft(office, deputy_id=person_id(office, "吴昊")))
    use = approved(office, seal)
    deputy = as_login(office, "wuhao")
    seals.stamp(deputy, use, stamping(deputy, use))
    assert seal_register.register_rows(office, seal, 2026)[0].keeper == "吴昊"


def test_the_imprint_is_sealed_to_the_keepers(office, seal, keeper):
    seal_inventory.keep_imprint(keeper, seal, imprint_picture())
    with pytest.raises(DeskOfficeError) as caught:
        seal_inventory.imprint(office, seal)
    assert caught.value.code == "vault_not_yours"
    owner = log_in(office, "zhouyan")
    with Image.open(io.BytesIO(seal_inventory.imprint(owner, seal).data)) as kept:
        assert kept.getpixel((0, 0))[3] == 0
    owner.close()


def test_every_change_of_keeper_is_in_the_history(office, seal, keeper):
    make_keeper(office, "吴昊")
    handed_over(office, seal, "吴昊")
    last = seal_inventory.history(office, seal)[-1]
    assert (last.from_person, last.to_person, last.witnesses, last.reason) == ("周燕", "吴昊", "李强", "轮岗")


def test_a_seal_is_kept_by_a_keeper_only(office):
    with pytest.raises(RuleError, match="seal_keeper_role_missing"):
        add_seal(office, keeper_id=person_id(office, "王丽"))
    assert seal_inventory.all_seals(office) == ()


def test_the_keeper_is_not_changed_by_editing(office, seal, keeper):
    seal_inventory.edit(keeper, seal, seal_draft(office, material="铜"))
    with pytest.raises(InvalidDraft):
        seal_inventory.edit(keeper, seal, seal_draft(office, keeper_id=person_id(office, "吴昊")))
    assert seal_inventory.all_seals(office)[0].material == "铜"


def test_others_do_not_touch_the_list_of_seals(office):
    with pytest.raises(NotAllowed):
        seal_inventory.add(as_role(office, Role.DRAFTER), seal_draft(office))
