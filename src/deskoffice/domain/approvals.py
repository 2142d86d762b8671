"""Approval of a request by a leader who did not make it; the same for seals and for meetings."""

from deskoffice.domain.matters import StepKind
from deskoffice.domain.people import Actor, Role
from deskoffice.domain.standing import Standing

APPROVERS = (Role.OFFICE_LEADER, Role.SIGNATORY)


def requesters(standing: Standing) -> frozenset[int]:
    """Who asked: for the seal of a signed document its drafter, not whoever typed the signature in."""
    return standing.done_by.get(StepKind.REQUEST, frozenset())


def may_approve(standing: Standing, actor: Actor) -> bool:
    """A leader whom the request was laid before, or any when it was laid before the office's leaders."""
    waiting = [step for step in standing.open_steps if step.kind is StepKind.APPROVAL]
    addressed = any(step.person_id in (None, actor.person_id) for step in waiting)
    return addressed and actor.has(*APPROVERS) and actor.person_id not in requesters(standing)
