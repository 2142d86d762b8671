"""催办: numbered reminders of any matter, with whom, how and the how manieth time."""

from dataclasses import dataclass

from deskoffice.domain.errors import InvalidDraft
from deskoffice.domain.matters import StepKind
from deskoffice.domain.steps import UrgeWay
from deskoffice.storage import moves
from deskoffice.storage.matters import MatterRecord, StepRecord
from deskoffice.storage.moves import UrgeRecord
from deskoffice.usecases import stepping
from deskoffice.usecases.office import Act, Office
from deskoffice.usecases.stepping import Said

CODE = "催"


@dataclass(frozen=True, slots=True)
class UrgeRow:
    """One reminder."""

    step_id: int
    number: str
    times: int
    target: str
    way: UrgeWay


def enter(act: Act, matter: MatterRecord, note: str, *, way: UrgeWay = UrgeWay.PHONE, step_id: int = 0) -> str:
    """Put a reminder on record under the next number of the year; gives the number."""
    if not note.strip():
        raise InvalidDraft({"opinion": "required"})
    waiting = [step for step in stepping.steps_of(act.session, matter.id) if step.done_at is None]
    meant = next((step for step in waiting if step.id == step_id), None)
    target = _name(meant) if meant else "、".join(dict.fromkeys(_name(step) for step in waiting))
    step = stepping.done_at_once(act, matter, StepKind.URGE, Said(note))
    record = UrgeRecord(
        step_id=step.id,
        matter_id=matter.id,
        year=act.today.year,
        serial=moves.last_urge(act.session, act.today.year) + 1,
        times=len(moves.urges_of(act.session, matter.id)) + 1,
        target=target or matter.holder,
        way=way.value,
    )
    act.session.add(record)
    return number_of(record)


def _name(step: StepRecord) -> str:
    return step.person or step.unit or step.post


def number_of(record: UrgeRecord) -> str:
    """As it is written on the slip."""
    return f"{CODE}〔{record.year}〕{record.serial}号"


def of_matter(office: Office, matter_id: int) -> tuple[UrgeRow, ...]:
    """The reminders of a matter that this account may know."""
    with office.look() as act:
        act.matter(matter_id)
        return tuple(
            UrgeRow(record.step_id, number_of(record), record.times, record.target, UrgeWay(record.way))
            for record in moves.urges_of(act.session, matter_id)
        )
