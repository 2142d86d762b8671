"""Steps that wait for their turn: planned in order, opened one after the other, dropped when no longer wanted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from deskoffice.domain.matters import PlannedRow, StepKind
from deskoffice.domain.people import PersonRow, Role
from deskoffice.storage import moves, people
from deskoffice.storage.matters import MatterRecord, StepRecord
from deskoffice.storage.moves import PlannedStepRecord
from deskoffice.usecases import sharing, stepping
from deskoffice.usecases.office import Act, Office
from deskoffice.usecases.words import word

READING = frozenset({StepKind.CIRCULATION})
"""Reading goes its own way beside everything else: neither waits for the other."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose turn it will be: a person, whoever holds a role, or a unit outside."""

    person: PersonRow | None = None
    role: Role | None = None
    unit: str = ""


def plan(
    act: Act,
    matter: MatterRecord,
    kind: StepKind,
    holders: Iterable[Holder],
    *,
    due_on: date | None = None,
    note: str = "",
    first: bool = False,
) -> None:
    """Put steps in the queue one after the other: behind those that wait, or before them."""
    asked = list(holders)
    waiting = [one.place for one in moves.waiting(act.session, matter.id)]
    start = (min(waiting, default=1) - len(asked)) if first else max(waiting, default=0) + 1
    note_id = sharing.put_text(act, matter, note.strip()) if note.strip() else None
    for place, holder in enumerate(asked, start=start):
        act.session.add(
            PlannedStepRecord(
                matter_id=matter.id,
                place=place,
                kind=kind.value,
                person_id=holder.person.id if holder.person else None,
                role=holder.role.value if holder.role else "",
                unit=holder.unit,
                part="",
                due_on=due_on,
                note_content_id=note_id,
                planned_at=act.at,
                planned_by=act.actor.account_id,
                ending="",
            )
        )
    act.session.flush()


def advance(act: Act, matter: MatterRecord) -> None:
    """Open what comes next on each way on which nobody is asked any more."""
    open_kinds = {step.kind for step in stepping.steps_of(act.session, matter.id) if step.done_at is None}
    if StepKind.SUSPEND in open_kinds:
        return
    for is_reading in (True, False):
        ways = {kind for kind in open_kinds if (kind in READING) == is_reading}
        if not ways:
            open_next(act, matter, is_reading=is_reading)


def open_next(act: Act, matter: MatterRecord, *, is_reading: bool, note: str = "") -> list[StepRecord]:
    """Open the next place of one way, whether or not the one before is back."""
    waiting = [one for one in moves.waiting(act.session, matter.id) if (one.kind in READING) == is_reading]
    opened: list[StepRecord] = []
    for planned in waiting:
        if opened and planned.place != waiting[0].place:
            break
        if (step := _open(act, matter, planned, note)) is not None:
            opened.append(step)
        else:
            # Whoever has left since it was planned is passed over, so that the rest need not wait for nobody.
            planned.ending = "dropped"
            act.record("circulation.turn.skipped", matter, person=planned.person_id)
            waiting = waiting[1:] if not opened else waiting
    return opened


def _open(act: Act, matter: MatterRecord, planned: PlannedStepRecord, note: str) -> StepRecord | None:
    kind, due_on = StepKind(planned.kind), planned.due_on
    if planned.person_id is not None:
        found = people.persons(act.session, act.today, [planned.person_id])
        if not found:
            return None
        step = stepping.send_to_person(act, matter, kind, found[0], due_on=due_on, note=note)
    elif planned.role:
        step = stepping.send_to_role(act, matter, kind, Role(planned.role), due_on=due_on)
    else:
        step = stepping.send_to_unit(act, matter, kind, planned.unit, due_on=due_on, note=note)
    step.note_content_id = step.note_content_id or planned.note_content_id
    step.part = planned.part
    # It was sent by the one who set the order, who may also take it back.
    step.sent_by = planned.planned_by
    planned.ending, planned.step_id = "opened", step.id
    return step


def drop(act: Act, matter: MatterRecord, kinds: Iterable[StepKind]) -> int:
    """Give up what was planned of some kinds; gives how many."""
    gone = [one for one in moves.waiting(act.session, matter.id) if one.kind in set(kinds)]
    for one in gone:
        one.ending = "dropped"
    act.session.flush()
    return len(gone)


def rows(office: Office, session: Session, matter_id: int) -> tuple[PlannedRow, ...]:
    """Who comes next, in order."""
    waiting = moves.waiting(session, matter_id)
    names = _names(office, session, waiting)
    notes = [one.note_content_id for one in waiting if one.note_content_id is not None]
    texts = office.vault.contents.texts(session, notes)
    return tuple(
        PlannedRow(
            id=one.id,
            kind=StepKind(one.kind),
            who=_who(one, names),
            place=one.place,
            due_on=one.due_on,
            note=texts.get(one.note_content_id or 0, ""),
        )
        for one in waiting
    )


def _names(office: Office, session: Session, waiting: Sequence[PlannedStepRecord]) -> dict[int, str]:
    wanted = {one.person_id for one in waiting if one.person_id is not None}
    return {row.id: row.name for row in people.persons(session, office.today(), wanted)}


def _who(planned: PlannedStepRecord, names: dict[int, str]) -> str:
    if planned.person_id is not None:
        return names.get(planned.person_id, "")
    return planned.unit or word(Role(planned.role))


def asked_already(session: Session, matter_id: int, kind: StepKind) -> set[int]:
    """People who have such a step open or planned: nobody is asked twice."""
    query = select(StepRecord.person_id).where(
        StepRecord.matter_id == matter_id, StepRecord.kind == kind.value, StepRecord.done_at.is_(None)
    )
    planned = {one.person_id for one in moves.waiting(session, matter_id) if one.kind == kind.value}
    return {one for one in {*session.scalars(query), *planned} if one is not None}
