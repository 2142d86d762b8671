"""What must hold in an office whatever its people do: the rules by which the random one is judged."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from deskoffice.domain.circulation import incoming as incoming_rules
from deskoffice.domain.copies import CopyPlace
from deskoffice.domain.dwell import By
from deskoffice.domain.matters import ENDED, MatterKind, State, StepKind
from deskoffice.domain.numbering import NumberState
from deskoffice.storage import moves
from deskoffice.storage.circulation.outgoing import OutgoingRecord
from deskoffice.storage.matters import CopyRecord, MatterRecord, StepRecord
from deskoffice.storage.series import NumberRecord
from deskoffice.usecases import copies, dwell, quality
from deskoffice.usecases.office import Office


def shown_elsewhere(office: Office) -> set[int]:
    """Papers behind the lists of copies, dwell times and errors."""
    first, last = date(2026, 1, 1), date(2027, 12, 31)
    hops = {hop.matter_id for row in dwell.table(office, first, last, By.KIND).rows for hop in row.hops}
    out = {one.matter.id for place in (None, *CopyPlace) for one in copies.out(office, 0, 1000, place).rows}
    return hops | out | {one.matter_id for one in quality.errors(office, first, last) if one.matter_id is not None}


def wrong_numbers(session: Session) -> Iterator[str]:
    """A number is borne by its paper, or it is explained."""
    query = select(NumberRecord, MatterRecord).join(
        MatterRecord, MatterRecord.id == NumberRecord.matter_id, isouter=True
    )
    for number, paper in session.execute(query):
        name = f"number {number.serial} of {number.series_id} in {number.year}"
        if number.state != NumberState.ISSUED and not number.reason.strip():
            yield f"{name} is {number.state} and nobody says why"
        if number.state == NumberState.ISSUED and (paper is None or paper.state == State.VOID):
            yield f"{name} is issued to no living paper"
        if paper is not None and paper.number_order != number.year * 1_000_000 + number.serial:
            yield f"{name} is not what its paper {paper.id} bears"


def wrong_copies(session: Session) -> Iterator[str]:
    """What was printed is numbered from 000001 on, none left out."""
    query = select(OutgoingRecord).where(OutgoingRecord.dispatched_on.is_not(None))
    for record in session.scalars(query):
        copy_numbers = session.scalars(select(CopyRecord.copy_number).where(CopyRecord.matter_id == record.matter_id))
        if sorted(copy_numbers) != [f"{serial:06d}" for serial in range(1, record.printed_copies + 1)]:
            yield f"copies of {record.matter_id} are not the {record.printed_copies} that were printed"


def wrong_steps(
    matter: MatterRecord, steps: Sequence[StepRecord], planned: Sequence[moves.PlannedStepRecord]
) -> Iterator[str]:
    waiting = [step for step in steps if step.done_at is None]
    kinds, state = [StepKind(step.kind) for step in waiting], State(matter.state)
    reading = [step.person_id for step in waiting if step.kind == StepKind.CIRCULATION and step.person_id]
    if state in ENDED and (waiting or planned):
        yield "ended and yet waits for somebody"
    if matter.is_open != (state not in ENDED):
        yield "is open and ended at once"
    if len(reading) != len(set(reading)):
        yield "was laid before somebody twice"
    if (
        matter.kind == MatterKind.INCOMING
        and matter.is_open
        and state
        not in {
            State.REGISTERED,
            incoming_rules.state_after(kinds),
        }
    ):
        yield f"stands at {state}, its steps say otherwise"
    if [step for step in steps if step.done_at is not None and not step.outcome]:
        yield "has a finished step without an outcome"
