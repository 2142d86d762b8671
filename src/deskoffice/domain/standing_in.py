"""Acting for somebody (授权代办): from when to when, in what, up to which level."""

from dataclasses import dataclass
from datetime import date

from deskoffice.domain.drafts import Problems, check_text
from deskoffice.domain.matters import MatterKind
from deskoffice.domain.steps import StepKind
from deskoffice.domain.values import Classification

LONGEST_DAYS = 366
"""A written authority says until when; a year is a post of its own."""

STEPS = (
    StepKind.PROPOSAL,
    StepKind.INSTRUCTION,
    StepKind.HANDLING,
    StepKind.CIRCULATION,
    StepKind.REVIEW,
    StepKind.COUNTERSIGN,
    StepKind.SIGN,
    StepKind.APPROVAL,
)
"""What one person can do in another's place; stamping and filing go with the post."""


@dataclass(frozen=True, slots=True)
class Authority:
    """What somebody may do in another's place."""

    id: int
    principal_id: int
    deputy_id: int
    from_on: date
    to_on: date
    kinds: frozenset[MatterKind]
    steps: frozenset[StepKind]
    ceiling: Classification

    def runs_on(self, day: date) -> bool:
        """Both days are included."""
        return self.from_on <= day <= self.to_on

    def covers(self, kind: MatterKind | None, level: Classification, step: StepKind) -> bool:
        """True for a step of such a paper."""
        return kind in self.kinds and step in self.steps and level <= self.ceiling


@dataclass(frozen=True, slots=True)
class AuthorityDraft:
    """An authority as typed."""

    principal_id: int | None
    deputy_id: int | None
    from_on: date
    to_on: date
    kinds: frozenset[MatterKind]
    steps: frozenset[StepKind]
    ceiling: Classification
    basis: str
    """The paper that says so: a note of the leader, minutes, a rule of the office."""


def check(draft: AuthorityDraft, *, clearance: Classification, today: date) -> None:
    """Raise InvalidDraft with every problem at once; `clearance` is the deputy's."""
    problems = Problems()
    if draft.principal_id is None:
        problems.add("principal_id", "required")
    if draft.deputy_id is None:
        problems.add("deputy_id", "required")
    elif draft.deputy_id == draft.principal_id:
        problems.add("deputy_id", "deputy_is_principal")
    if draft.to_on < draft.from_on:
        problems.add("to_on", "ends_before_start")
    elif draft.to_on < today:
        problems.add("to_on", "due_in_past")
    elif (draft.to_on - draft.from_on).days > LONGEST_DAYS:
        problems.add("to_on", "authority_too_long")
    if not draft.kinds:
        problems.add("kinds", "required")
    if not draft.steps:
        problems.add("steps", "required")
    if draft.ceiling > clearance:
        problems.add("ceiling", "ceiling_above_clearance")
    check_text(problems, "basis", draft.basis, longest=100)
    problems.raise_any()
