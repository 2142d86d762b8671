"""What the rules need to know of a matter to say who may do what now."""

from dataclasses import dataclass

from deskoffice.domain.matters import ENDED, State, StepKind
from deskoffice.domain.people import Actor, Role


@dataclass(frozen=True, slots=True)
class OpenStep:
    """A step that waits for a person, or for whoever holds a role."""

    kind: StepKind
    person_id: int | None
    role: Role | None

    def waits_for(self, actor: Actor) -> bool:
        """True when the actor is the one, or holds the role."""
        if self.person_id is not None:
            return self.person_id == actor.person_id
        return self.role in actor.roles


@dataclass(frozen=True, slots=True)
class Standing:
    """A matter as the rules see it."""

    state: State
    open_steps: tuple[OpenStep, ...]
    done_by: dict[StepKind, frozenset[int]]
    """Who finished steps of each kind: person ids."""
    created_by: int
    """Person who entered it."""

    @property
    def is_open(self) -> bool:
        """Not closed, archived, returned, refused or void."""
        return self.state not in ENDED

    @property
    def was_handled(self) -> bool:
        """Something beyond the registration was done."""
        return bool(set(self.done_by) - {StepKind.REGISTER, StepKind.DRAFT, StepKind.PROPOSAL})

    def open_for(self, actor: Actor) -> tuple[OpenStep, ...]:
        """Open steps in the actor's hands."""
        return tuple(step for step in self.open_steps if step.waits_for(actor))
