"""What the rules need to know of a matter to say who may do what now."""

from dataclasses import dataclass

from deskoffice.domain.matters import ENDED, MatterKind, State, StepKind
from deskoffice.domain.people import Actor, Role
from deskoffice.domain.values import Classification


@dataclass(frozen=True, slots=True)
class OpenStep:
    """A step that waits for a person, or for whoever holds a role."""

    kind: StepKind
    person_id: int | None
    role: Role | None
    sent_by: int = 0
    """Account that sent it."""
    is_received: bool = False
    """Somebody signed for it."""

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
    planned: frozenset[StepKind] = frozenset()
    """Kinds of step that wait for their turn."""
    kind: MatterKind | None = None
    level: Classification = Classification.PUBLIC

    @property
    def is_open(self) -> bool:
        """Not closed, archived, returned, refused or void."""
        return self.state not in ENDED

    @property
    def is_suspended(self) -> bool:
        """Set aside until something else is known (挂起)."""
        return any(step.kind is StepKind.SUSPEND for step in self.open_steps)

    @property
    def was_handled(self) -> bool:
        """Something beyond the registration was done."""
        return bool(set(self.done_by) - {StepKind.REGISTER, StepKind.DRAFT, StepKind.PROPOSAL})

    def open_for(self, actor: Actor) -> tuple[OpenStep, ...]:
        """Open steps in the actor's hands, those of people he stands in for last."""
        own = tuple(step for step in self.open_steps if step.waits_for(actor))
        others = (step for step in self.open_steps if step not in own and self.is_stood_in(step, actor))
        return (*own, *others)

    def is_stood_in(self, step: OpenStep, actor: Actor) -> bool:
        """The actor may do a step in the place of the one it waits for."""
        return any(
            authority.principal_id == step.person_id and authority.covers(self.kind, self.level, step.kind)
            for authority in actor.authorities
        )
