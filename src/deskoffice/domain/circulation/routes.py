"""The order of steps that the office sets for each kind of post (办文流程)."""

from collections.abc import Sequence
from dataclasses import dataclass

from deskoffice.domain.errors import RuleError
from deskoffice.domain.people import Role
from deskoffice.domain.steps import StepKind

KINDS = (
    StepKind.PROPOSAL,
    StepKind.REVIEW,
    StepKind.COUNTERSIGN,
    StepKind.INSTRUCTION,
    StepKind.HANDLING,
    StepKind.CIRCULATION,
)
ROLES = (Role.SECRETARIAT, Role.OFFICE_LEADER, Role.SIGNATORY, Role.CONFIDENTIAL_CLERK, Role.SUPERVISION_CLERK)
LONGEST = 12


@dataclass(frozen=True, slots=True)
class RouteStep:
    """One step of a route and who has it."""

    kind: StepKind
    role: Role


Route = tuple[RouteStep, ...]
DEFAULT: Route = (RouteStep(StepKind.PROPOSAL, Role.SECRETARIAT),)
"""拟办 first; those who propose say how it goes on."""


def check(route: Sequence[RouteStep]) -> None:
    """A route has steps, not too many, and each of a kind and role that a paper can be sent to."""
    if not route:
        raise RuleError("route_empty")
    if len(route) > LONGEST:
        raise RuleError("route_too_long", most=LONGEST)
    if any(step.kind not in KINDS or step.role not in ROLES for step in route):
        raise RuleError("route_step_unknown")


def written(route: Route) -> str:
    """As it is stored: one step a line."""
    return "\n".join(f"{step.kind.value} {step.role.value}" for step in route)


def read(text: str) -> Route:
    """What `written` gave; the usual route where nothing was set."""
    if not text:
        return DEFAULT
    pairs = (line.split() for line in text.splitlines())
    return tuple(RouteStep(StepKind(kind), Role(role)) for kind, role in pairs)
