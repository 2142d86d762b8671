"""What all acts on an incoming document share: may it be done, whose step is it, where does the paper stand after."""

from collections.abc import Collection

from deskoffice.domain.circulation import incoming as rules
from deskoffice.domain.circulation.verbs import RUNS_PAPERS
from deskoffice.domain.errors import InvalidDraft, NotAllowed, RuleError
from deskoffice.domain.matters import Action, Changes, MatterKind, StepKind
from deskoffice.storage.matters import MatterRecord, StepRecord
from deskoffice.usecases import authorities, matters, stepping, turns
from deskoffice.usecases.office import Act


def allowed(act: Act, matter_id: int, action: Action) -> MatterRecord:
    """The incoming document, when the page would offer the act now."""
    matter = act.matter(matter_id)
    if matter.kind != MatterKind.INCOMING:
        # Other kinds offer acts of the same name, and mean something else by them.
        raise RuleError("matter_missing")
    stepping.require(matters.allowed(matter, stepping.standing(act.session, matter), act.actor), action)
    return matter


def settle(act: Act, matter: MatterRecord) -> None:
    """Open whose turn has come, then say where the paper stands."""
    turns.advance(act, matter)
    open_kinds = [step.kind for step in stepping.standing(act.session, matter).open_steps]
    stepping.settle(act, matter, rules.state_after(open_kinds))


def done(act: Act, matter: MatterRecord, action: str) -> Changes:
    """Settle and write the entry."""
    settle(act, matter)
    act.record(action, matter)
    return act.changes()


def needed(text: str) -> None:
    """Refuse an act without its words."""
    if not text.strip():
        raise InvalidDraft({"opinion": "required"})


def chosen_step(act: Act, matter: MatterRecord, step_id: int, kinds: Collection[StepKind]) -> StepRecord:
    """The open step that is meant: the one chosen, or the actor's own when none was."""
    waiting = [s for s in stepping.steps_of(act.session, matter.id) if s.done_at is None and s.kind in kinds]
    mine = [step for step in waiting if _is_own(act, matter, step)]
    step = next((s for s in waiting if s.id == step_id), None) if step_id else next(iter(mine or waiting), None)
    if step is None:
        raise RuleError("step_missing")
    if step not in mine and not act.actor.has(*RUNS_PAPERS):
        raise NotAllowed("step_of_another")
    return step


def _is_own(act: Act, matter: MatterRecord, step: StepRecord) -> bool:
    if step.person_id is None:
        return bool(step.role) and step.role in act.actor.roles
    return step.person_id == act.actor.person_id or step.person_id in authorities.principals(
        act, matter, StepKind(step.kind)
    )


def recorder(act: Act, matter: MatterRecord, step: StepRecord) -> str:
    """Who wrote it down, when the actor did it neither for himself nor in the other's place."""
    return "" if _is_own(act, matter, step) else act.actor.name
