"""How matters move: steps opened, finished and read, the holder kept in step; shared by the areas."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from deskoffice.domain.errors import NotAllowed, RuleError
from deskoffice.domain.matters import ENDED, Action, MatterKind, Outcome, State, StepKind
from deskoffice.domain.people import PersonRow, Role, check_clearance
from deskoffice.domain.standing import OpenStep, Standing
from deskoffice.domain.values import Classification
from deskoffice.storage import moves, people, seals
from deskoffice.storage.matters import MatterRecord, StepRecord
from deskoffice.storage.people import AccountRecord
from deskoffice.usecases import authorities, sharing
from deskoffice.usecases.office import CHINA, Act
from deskoffice.usecases.words import word


@dataclass(frozen=True, slots=True)
class Said:
    """What a person did in a step: the words, how it ended, and who wrote it down on which day."""

    opinion: str = ""
    outcome: Outcome = Outcome.DONE
    recorded_by: str = ""
    said_on: date | None = None
    nature: str = ""


def steps_of(session: Session, matter_id: int) -> Sequence[StepRecord]:
    """All steps of a matter in order."""
    return session.scalars(select(StepRecord).where(StepRecord.matter_id == matter_id).order_by(StepRecord.id)).all()


def standing(session: Session, matter: MatterRecord) -> Standing:
    """The matter as the rules see it."""
    open_steps: list[OpenStep] = []
    done: dict[StepKind, set[int]] = {}
    for step in steps_of(session, matter.id):
        kind = StepKind(step.kind)
        if step.done_at is None:
            open_steps.append(_as_rules_see_it(step))
        elif step.outcome != Outcome.WITHDRAWN.value:
            done.setdefault(kind, set()).update([step.person_id] if step.person_id is not None else [])
    creator = session.scalars(select(AccountRecord.person_id).where(AccountRecord.id == matter.created_by)).one()
    if matter.state == State.SIGNED.value:
        # The seal of a signed document is a matter of its own; whoever is to press it may do so from the document.
        open_steps += [_as_rules_see_it(step) for step in seals.waiting_steps(session, matter.id)]
    return Standing(
        state=State(matter.state),
        open_steps=tuple(open_steps),
        done_by={kind: frozenset(who) for kind, who in done.items()},
        created_by=creator,
        planned=frozenset(StepKind(planned.kind) for planned in moves.waiting(session, matter.id)),
        kind=MatterKind(matter.kind),
        level=Classification(matter.level),
    )


def _as_rules_see_it(step: StepRecord) -> OpenStep:
    role = Role(step.role) if step.role else None
    return OpenStep(StepKind(step.kind), step.person_id, role, step.sent_by, step.received_at is not None)


def require(allowed: Iterable[Action], action: Action) -> None:
    """Refuse an act that the page would not have offered."""
    if action not in allowed:
        raise NotAllowed("action_not_allowed", action=action)


def send_to_role(
    act: Act, matter: MatterRecord, kind: StepKind, role: Role, *, due_on: date | None = None, note: str = ""
) -> StepRecord:
    """Open a step for whoever holds a role."""
    step = StepRecord(kind=kind.value, role=role.value, person="", post=word(role), unit="", due_on=due_on)
    return _open(act, matter, _noted(act, matter, step, note))


def send_to_person(
    act: Act, matter: MatterRecord, kind: StepKind, person: PersonRow, *, due_on: date | None = None, note: str = ""
) -> StepRecord:
    """Open a step for a person, who is added to the readers when the matter is not office-wide."""
    if person.account_id is not None:
        admit(act, matter, person)
    return _open(act, matter, _noted(act, matter, _of_person(kind, person, due_on), note))


def _noted(act: Act, matter: MatterRecord, step: StepRecord, note: str) -> StepRecord:
    if note.strip():
        step.note_content_id = sharing.put_text(act, matter, note.strip())
    return step


def _of_person(kind: StepKind, person: PersonRow, due_on: date | None) -> StepRecord:
    return StepRecord(
        kind=kind.value,
        person_id=person.id,
        role="",
        person=person.name,
        post=person.post,
        unit=person.unit,
        due_on=due_on,
    )


def send_to_people(
    act: Act, matter: MatterRecord, kind: StepKind, people_asked: Sequence[PersonRow], *, due_on: date | None, note: str
) -> list[StepRecord]:
    """Open a step for each of many at once: one check, one granting, one note that all of them read."""
    admit_all(act, matter, people_asked)
    steps = [_of_person(kind, person, due_on) for person in people_asked]
    note_id = sharing.put_text(act, matter, note.strip()) if note.strip() else None
    for step in steps:
        step.note_content_id = note_id
        _fill(act, matter, step)
    act.session.add_all(steps)
    act.session.flush()
    return steps


def send_to_unit(
    act: Act, matter: MatterRecord, kind: StepKind, unit: str, *, due_on: date | None = None, note: str = ""
) -> StepRecord:
    """Open a step for a unit outside the office; somebody here records what it answers."""
    step = StepRecord(kind=kind.value, role="", person="", post="", unit=unit, due_on=due_on)
    return _open(act, matter, _noted(act, matter, step, note))


def _open(act: Act, matter: MatterRecord, step: StepRecord) -> StepRecord:
    _fill(act, matter, step)
    act.session.add(step)
    act.session.flush()
    return step


def _fill(act: Act, matter: MatterRecord, step: StepRecord) -> None:
    step.matter_id = matter.id
    step.sent_at = act.at
    step.sent_by = act.actor.account_id
    step.outcome = step.recorded_by = step.deputy = step.nature = ""
    step.part = step.part or ""
    step.is_back_entered = False


def admit(act: Act, matter: MatterRecord, person: PersonRow) -> None:
    """Let a person know the matter; refused above the person's clearance and for people without an account."""
    if person.account_id is None:
        raise RuleError("person_without_account", name=person.name)
    admit_all(act, matter, [person])


def admit_all(act: Act, matter: MatterRecord, people_asked: Iterable[PersonRow]) -> None:
    """Let those who have an account know the matter, and who stands in for them; refused above a clearance."""
    rows = list(people_asked)
    accounts = [row.account_id for row in rows if row.account_id is not None]
    level = Classification(matter.level)
    for clearance in act.session.scalars(select(AccountRecord.clearance).where(AccountRecord.id.in_(accounts))):
        check_clearance(Classification(clearance), level)
    if not matter.office_wide:
        deputies = authorities.deputies_of(act, matter, [row.id for row in rows])
        sharing.add_readers(act, matter, [*accounts, *deputies])


def done_at_once(act: Act, matter: MatterRecord, kind: StepKind, said: Said) -> StepRecord:
    """A step that the actor opens and finishes in one act (登记, 催办, 办结)."""
    actor = act.actor
    step = StepRecord(
        kind=kind.value, person_id=actor.person_id, role="", person=actor.name, post=actor.post, unit=actor.unit
    )
    return finish(act, matter, _open(act, matter, step), said)


def finish(act: Act, matter: MatterRecord, step: StepRecord, said: Said) -> StepRecord:
    """Finish a step with what was said, verbatim."""
    if step.done_at is not None:
        raise RuleError("step_already_done")
    actor = act.actor
    if step.person_id is None and step.role:
        step.person_id, step.person, step.post, step.unit = actor.person_id, actor.name, actor.post, actor.unit
    elif step.person_id not in {None, actor.person_id} and not said.recorded_by:
        step.deputy = actor.name
    step.nature = said.nature
    if said.opinion.strip():
        step.opinion_content_id = sharing.put_text(act, matter, said.opinion.strip())
    step.outcome = said.outcome.value
    step.recorded_by = said.recorded_by
    step.said_on = said.said_on or act.today
    step.received_at = step.received_at or act.at
    step.done_at = act.at
    return step


def own_step(act: Act, matter: MatterRecord, kind: StepKind) -> StepRecord:
    """The actor's open step of a kind, or that of somebody he may act for today."""
    waiting = open_steps(act.session, matter.id, kind)
    for step in waiting:
        if _as_rules_see_it(step).waits_for(act.actor):
            return step
    principals = authorities.principals(act, matter, kind)
    for step in waiting:
        if step.person_id in principals:
            return step
    raise RuleError("step_missing")


def open_steps(session: Session, matter_id: int, kind: StepKind) -> list[StepRecord]:
    """Open steps of a kind."""
    return [step for step in steps_of(session, matter_id) if step.kind == kind.value and step.done_at is None]


def withdraw(act: Act, matter: MatterRecord, kind: StepKind) -> None:
    """Nobody is asked for this any more."""
    _withdraw(act, open_steps(act.session, matter.id, kind))


def settle(act: Act, matter: MatterRecord, state: State) -> None:
    """Set the state, and who holds the matter since when, after its steps changed."""
    matter.state = state.value
    matter.is_open = state not in ENDED
    waiting = [step for step in steps_of(act.session, matter.id) if step.done_at is None]
    if state in ENDED:
        matter.closed_on = matter.closed_on or act.today
        _withdraw(act, waiting)
        for planned in moves.waiting(act.session, matter.id):
            planned.ending = "dropped"
        matter.holder, matter.held_since = "", None
    elif waiting:
        matter.holder = _holder(waiting)
        matter.held_since = max(step.sent_at for step in waiting).astimezone(CHINA).date()
    else:
        # Nobody was asked for anything: it lies with the one who entered it.
        matter.holder, matter.held_since = _registrar(act.session, matter), act.today


def _registrar(session: Session, matter: MatterRecord) -> str:
    return people.names(session, [matter.created_by])[matter.created_by]


def _withdraw(act: Act, waiting: Sequence[StepRecord]) -> None:
    for step in waiting:
        step.done_at, step.outcome = act.at, Outcome.WITHDRAWN.value


def _holder(waiting: Sequence[StepRecord]) -> str:
    """Who has it, as a list shows it: the first name, and how many besides."""
    last = [step for step in waiting if step.kind == waiting[-1].kind]
    kind = word(StepKind(last[0].kind))
    first = last[0].person or last[0].unit or last[0].post
    return f"{first} {kind}" if len(last) == 1 else f"{first}等{len(last)}处 {kind}"


def persons(act: Act, person_ids: Iterable[int]) -> tuple[PersonRow, ...]:
    """People by id, all of them or a refusal."""
    wanted = set(person_ids)
    rows = people.persons(act.session, act.today, wanted)
    if {row.id for row in rows} != wanted:
        raise RuleError("person_missing")
    return rows
