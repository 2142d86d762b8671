"""What must hold between records; each question finds nothing in a sound file."""

from sqlalchemy import Select, exists, select, text
from sqlalchemy.orm import InstrumentedAttribute, Session

from deskoffice.domain.matters import ENDED, MatterKind
from deskoffice.storage.circulation.incoming import IncomingRecord
from deskoffice.storage.circulation.outgoing import OutgoingRecord
from deskoffice.storage.matters import CopyRecord, MatterReaderRecord, MatterRecord, StepRecord
from deskoffice.storage.meeting_topics import PoolTopicRecord
from deskoffice.storage.meetings import MeetingRecord
from deskoffice.storage.seals import SealUseRecord
from deskoffice.storage.supervision import TaskRecord

_OWN_ROW: dict[MatterKind, InstrumentedAttribute[int]] = {
    MatterKind.INCOMING: IncomingRecord.matter_id,
    MatterKind.OUTGOING: OutgoingRecord.matter_id,
    MatterKind.SEAL_USE: SealUseRecord.matter_id,
    MatterKind.MEETING: MeetingRecord.matter_id,
    MatterKind.TASK: TaskRecord.matter_id,
    MatterKind.TOPIC: PoolTopicRecord.matter_id,
}


def problems(session: Session) -> list[str]:
    """Codes with the place, `step_open_on_ended matter:12`."""
    found = [f"reference_broken {row[0]}:{row[1]}" for row in session.execute(text("PRAGMA foreign_key_check"))]
    for code, question in _questions().items():
        found += [f"{code} matter:{matter_id}" for matter_id in session.scalars(question)]
    return found


def _questions() -> dict[str, Select[int]]:
    ended = [state.value for state in ENDED]
    open_step = exists().where(StepRecord.matter_id == MatterRecord.id, StepRecord.done_at.is_(None))
    asked: dict[str, Select[int]] = {
        "step_open_on_ended": select(MatterRecord.id).where(MatterRecord.state.in_(ended), open_step),
        "open_and_ended": select(MatterRecord.id).where(MatterRecord.is_open == MatterRecord.state.in_(ended)),
        "no_reader": select(MatterRecord.id).where(
            ~MatterRecord.office_wide, ~exists().where(MatterReaderRecord.matter_id == MatterRecord.id)
        ),
        "copy_ended_without_ending": select(CopyRecord.matter_id).where(
            CopyRecord.ended_on.is_not(None) != (CopyRecord.ending != "")
        ),
    }
    for kind, matter_id in _OWN_ROW.items():
        own = exists().where(matter_id == MatterRecord.id)
        asked[f"{kind.value}_row_missing"] = select(MatterRecord.id).where(MatterRecord.kind == kind.value, ~own)
    return asked
