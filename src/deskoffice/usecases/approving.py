"""Laying a request before a leader and finding the step that waits for the answer."""

from deskoffice.domain.approvals import APPROVERS
from deskoffice.domain.errors import RuleError
from deskoffice.domain.matters import StepKind
from deskoffice.domain.people import Role, check_three_apart
from deskoffice.domain.values import Classification
from deskoffice.storage import people
from deskoffice.storage.matters import MatterRecord, StepRecord
from deskoffice.usecases import stepping
from deskoffice.usecases.office import Act


def ask(act: Act, matter: MatterRecord, approver_id: int | None) -> None:
    """Before the leader chosen, who is not the one who asks, or before whoever leads the office."""
    if approver_id is None:
        stepping.send_to_role(act, matter, StepKind.APPROVAL, Role.OFFICE_LEADER)
        return
    check_three_apart(requester=act.actor.person_id, approver=approver_id, keeper=None)
    approver = stepping.persons(act, [approver_id])[0]
    if approver.account_id not in people.holders_of(act.session, APPROVERS, Classification(matter.level)):
        raise RuleError("approver_role_missing", name=approver.name)
    stepping.send_to_person(act, matter, StepKind.APPROVAL, approver)


def waiting(act: Act, matter: MatterRecord) -> StepRecord:
    """The step that the actor answers."""
    return stepping.own_step(act, matter, StepKind.APPROVAL)
