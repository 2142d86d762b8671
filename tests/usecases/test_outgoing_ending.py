"""A draft is taken back, a document is given up: the numbers stay explained and nothing waits any more."""

from dataclasses import replace

import factories
import pytest
from usecases.seal_cases import add_seal, stamping
from usecases.test_outgoing import drafted, sign_it, signed, stamped

from deskoffice.domain.errors import InvalidDraft, NotAllowed
from deskoffice.domain.matters import Action, ListQuery, MatterKind, Outcome, State, StepKind
from deskoffice.domain.numbering import NumberState, SeriesDraft
from deskoffice.domain.people import Role
from deskoffice.usecases import matters, numbering, seal_inventory, seal_register, seals, settings
from deskoffice.usecases.attachments import pdf_text
from deskoffice.usecases.circulation import (
    incoming,
    outgoing,
    outgoing_draft,
    outgoing_ending,
    outgoing_paper,
    verbs,
)
from deskoffice.usecases.office import Office


def numbers(office: Office) -> list[tuple[str, NumberState | None, str]]:
    series_id = next(one for one, code in numbering.series_of(office) if code == "东政办发")
    return [(row.text, row.state, row.reason) for row in numbering.report(office, series_id, 2026).rows]


def leader(office: Office) -> Office:
    return factories.as_role(office, Role.OFFICE_LEADER)


def test_a_void_document_keeps_its_number_with_the_reason(office: Office) -> None:
    matter_id = signed(office)
    outgoing_ending.void(leader(office), matter_id, "内容并入另一文件。")
    row = matters.card(office, matter_id).row
    assert (row.state, row.number) == (State.VOID, "东政办发〔2026〕1号")
    assert numbers(office) == [("东政办发〔2026〕1号", NumberState.VOID, "内容并入另一文件。")]
    assert matters.card(office, signed(office)).row.number == "东政办发〔2026〕2号"


def test_nothing_waits_for_the_seal_of_a_void_document(office: Office) -> None:
    outgoing_ending.void(leader(office), signed(office), "不再印发。")
    uses = matters.list_page(office, ListQuery(frozenset({MatterKind.SEAL_USE}), open_only=True), 0, 9)
    assert uses.total == 0


@pytest.mark.parametrize("role", [Role.CONFIDENTIAL_CLERK, Role.DRAFTER, Role.SIGNATORY])
def test_what_was_signed_is_given_up_by_a_leader_of_the_office_alone(office: Office, role: Role) -> None:
    matter_id = signed(office)
    with pytest.raises(NotAllowed):
        outgoing_ending.void(factories.as_role(office, role), matter_id, "不再印发。")
    assert matters.card(office, matter_id).row.state is State.SIGNED


def test_nothing_is_given_up_without_a_reason_or_once_it_is_out(office: Office) -> None:
    matter_id = stamped(office)
    with pytest.raises(InvalidDraft):
        outgoing_ending.void(leader(office), matter_id, " ")
    outgoing.dispatch(office, matter_id, [])
    assert Action.VOID not in matters.card(leader(office), matter_id).actions


def test_a_drafter_gives_up_his_own_draft(office: Office) -> None:
    matter_id = drafted(office)
    outgoing_ending.void(factories.as_role(office, Role.DRAFTER), matter_id, "重复起草。")
    assert matters.card(office, matter_id).row.state is State.VOID
    assert numbers(office) == []


def test_a_drafter_takes_back_what_nobody_has_reviewed(office: Office) -> None:
    matter_id, drafter = drafted(office), factories.as_role(office, Role.DRAFTER)
    outgoing.submit(drafter, matter_id)
    outgoing_ending.withdraw(drafter, matter_id, "数据有误。")
    card = matters.card(drafter, matter_id)
    assert card.row.state is State.DRAFTING
    assert Action.EDIT in card.actions
    taken = next(step for step in card.steps if step.outcome is Outcome.WITHDRAWN)
    assert (taken.kind, taken.person, taken.opinion) == (StepKind.REVIEW, "", "数据有误。")


def test_a_reviewer_takes_back_what_nobody_has_signed(office: Office) -> None:
    matter_id = drafted(office)
    outgoing.submit(factories.as_role(office, Role.DRAFTER), matter_id)
    reviewer, signatory = factories.as_role(office, Role.SECRETARIAT), factories.as_role(office, Role.SIGNATORY)
    outgoing.review(reviewer, matter_id, "拟同意。", signatory.actor.person_id)
    with pytest.raises(NotAllowed):
        outgoing_ending.withdraw(factories.as_role(office, Role.DRAFTER), matter_id, "数据有误。")
    outgoing_ending.withdraw(reviewer, matter_id, "送错。")
    assert matters.card(office, matter_id).row.state is State.REVIEW
    assert Action.SIGN not in matters.card(signatory, matter_id).actions


def test_a_registration_made_void_leaves_its_number_explained(office: Office) -> None:
    matter_id = incoming.register(office, factories.incoming_draft()).matter_ids[0]
    verbs.void(office, matter_id, "重复登记。")
    assert matters.card(office, matter_id).row.number


def refused(office: Office) -> int:
    """Signed, and the keeper does not press the seal."""
    matter_id = signed(office)
    keeper = factories.as_role(office, Role.SEAL_KEEPER)
    use = next(row.row.id for row in matters.todo(keeper) if row.row.kind is MatterKind.SEAL_USE)
    seals.refuse(keeper, use, "落款与印章不一致。")
    return matter_id


def stamp_it(office: Office, matter_id: int) -> None:
    keeper = factories.as_role(office, Role.SEAL_KEEPER)
    use = next(row.row.id for row in matters.todo(keeper) if row.row.kind is MatterKind.SEAL_USE)
    add_seal(office)
    seal_id = seal_inventory.usable(office)[0].id
    seals.stamp(keeper, use, stamping(keeper, use, seal_id=seal_id))
    assert matters.card(office, matter_id).row.state is State.STAMPED


def test_a_document_whose_seal_was_refused_lies_with_its_drafter_with_the_reason(office: Office) -> None:
    matter_id, drafter = refused(office), factories.as_role(office, Role.DRAFTER)
    waiting = next(one for one in matters.todo(drafter) if one.row.id == matter_id)
    assert (waiting.action, waiting.row.holder) == (Action.ASK_SEAL, "孙芳 重新送印")
    card = matters.card(drafter, matter_id)
    assert card.steps[-1].note == "不予用印：落款与印章不一致。"
    assert card.actions[:2] == (Action.ASK_SEAL, Action.RETURN)
    others = matters.card(factories.as_role(office, Role.CONFIDENTIAL_CLERK), matter_id).actions
    assert {Action.ASK_SEAL, Action.RETURN}.isdisjoint(others)


def test_its_seal_is_asked_for_again_with_a_word_to_the_keeper(office: Office) -> None:
    matter_id, drafter = refused(office), factories.as_role(office, Role.DRAFTER)
    with pytest.raises(InvalidDraft):
        outgoing_ending.ask_seal_again(drafter, matter_id, " ")
    outgoing_ending.ask_seal_again(drafter, matter_id, "落款已核，请用印。")
    keeper = factories.as_role(office, Role.SEAL_KEEPER)
    use = next(one.row.id for one in matters.todo(keeper) if one.row.kind is MatterKind.SEAL_USE)
    steps = matters.card(keeper, use).steps
    assert steps[-1].note == "落款已核，请用印。"
    assert {step.deputy for step in steps} == {""}
    with pytest.raises(NotAllowed):
        outgoing_ending.ask_seal_again(drafter, matter_id, "再送一次。")
    stamp_it(office, matter_id)
    assert [row.matter.state for row in seal_register.register_rows(office, None, 2026)] == [
        State.REFUSED,
        State.CLOSED,
    ]


def test_it_is_changed_signed_anew_and_keeps_its_number(office: Office) -> None:
    matter_id, drafter = refused(office), factories.as_role(office, Role.DRAFTER)
    outgoing.return_to_drafter(drafter, matter_id, "改落款。")
    assert Action.VOID not in matters.card(drafter, matter_id).actions
    assert Action.VOID in matters.card(leader(office), matter_id).actions
    draft = replace(outgoing_draft.draft_of(drafter, matter_id), body_text="一、改过的正文。")
    outgoing.edit(drafter, matter_id, draft)
    assert [choice.text for choice in numbering.choices(office, matter_id)] == ["东政办发〔2026〕1号"]
    sign_it(office, matter_id)
    assert matters.card(office, matter_id).row.number == "东政办发〔2026〕1号"
    assert numbers(office) == [("东政办发〔2026〕1号", NumberState.ISSUED, "")]
    stamp_it(office, matter_id)
    assert "改过的正文" in pdf_text(outgoing_paper.pdf(office, matter_id).pdf)


def test_under_another_series_its_first_number_is_void_and_says_why(office: Office) -> None:
    matter_id, drafter = refused(office), factories.as_role(office, Role.DRAFTER)
    settings.add_series(
        leader(office), SeriesDraft(MatterKind.OUTGOING.value, "东政办函", "函", "河东县人民政府办公室")
    )
    outgoing.return_to_drafter(drafter, matter_id, "应为函。")
    series_id = next(one for one, code in numbering.series_of(office) if code == "东政办函")
    outgoing.edit(drafter, matter_id, replace(outgoing_draft.draft_of(drafter, matter_id), series_id=series_id))
    sign_it(office, matter_id)
    assert matters.card(office, matter_id).row.number == "东政办函〔2026〕1号"
    assert numbers(office) == [("东政办发〔2026〕1号", NumberState.VOID, "退回重签，另编文号")]
