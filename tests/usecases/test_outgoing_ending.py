"""A draft is taken back, a document is given up: the numbers stay explained and nothing waits any more."""

import factories
import pytest
from usecases.test_outgoing import drafted, signed, stamped

from deskoffice.domain.errors import InvalidDraft, NotAllowed
from deskoffice.domain.matters import Action, ListQuery, MatterKind, Outcome, State, StepKind
from deskoffice.domain.numbering import NumberState
from deskoffice.domain.people import Role
from deskoffice.usecases import matters, numbering
from deskoffice.usecases.circulation import incoming, outgoing, outgoing_ending, verbs
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
