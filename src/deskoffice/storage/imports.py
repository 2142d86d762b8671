"""Batches of rows taken over from old books: what came with which, so that it can be undone whole and never doubles."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice

from sqlalchemy import ForeignKey, Index, delete, func, insert, select
from sqlalchemy.orm import InstrumentedAttribute, Mapped, Session, mapped_column

from deskoffice.domain.people import Actor
from deskoffice.storage.base import Base, Moment
from deskoffice.storage.circulation.incoming import IncomingRecord
from deskoffice.storage.matter_queries import may_know
from deskoffice.storage.matters import (
    CopyRecord,
    GoneMatterRecord,
    MatterContentRecord,
    MatterReaderRecord,
    MatterRecord,
    MatterTextRecord,
    StepRecord,
)

_A_QUERY = 500


class ImportBatchRecord(Base):
    """One book taken over; `state` is running, done or undone."""

    __tablename__ = "import_batch"

    id: Mapped[int] = mapped_column(primary_key=True)
    file_name: Mapped[str]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    started_at: Mapped[datetime] = mapped_column(Moment)
    state: Mapped[str]
    rows: Mapped[int]
    imported: Mapped[int]
    duplicates: Mapped[int]
    refused: Mapped[int]
    undone_at: Mapped[datetime | None] = mapped_column(Moment)


class ImportedMatterRecord(Base):
    """A matter that came with a batch, and the mark by which the same row is known again."""

    __tablename__ = "imported_matter"
    __table_args__ = (Index(None, "batch_id", "matter_id"), Index(None, "mark"))

    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"), primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"))
    mark: Mapped[str]


class ImportColumnsRecord(Base):
    """How the columns under these headings were last taken: a field code for each, by the person or by the program."""

    __tablename__ = "import_columns"

    signature: Mapped[str] = mapped_column(primary_key=True)
    fields: Mapped[str]


OWNED = (
    ImportedMatterRecord.matter_id,
    StepRecord.matter_id,
    MatterContentRecord.matter_id,
    MatterTextRecord.matter_id,
    CopyRecord.matter_id,
    IncomingRecord.matter_id,
    MatterReaderRecord.matter_id,
)
"""What an imported matter brings with it."""


def marks_known(session: Session, marks: Sequence[str]) -> set[str]:
    """Those of the marks that live imported matters have."""
    found: set[str] = set()
    for chunk in chunks(marks):
        query = select(ImportedMatterRecord.mark).where(ImportedMatterRecord.mark.in_(chunk))
        found.update(session.scalars(query))
    return found


def typed_papers(session: Session, keys: Sequence[str], actor: Actor) -> list[tuple[MatterRecord, IncomingRecord]]:
    """Papers under these keys that were typed here and not imported."""
    found: list[tuple[MatterRecord, IncomingRecord]] = []
    for chunk in chunks(keys):
        query = (
            select(MatterRecord, IncomingRecord)
            .join(IncomingRecord, IncomingRecord.matter_id == MatterRecord.id)
            .outerjoin(ImportedMatterRecord, ImportedMatterRecord.matter_id == MatterRecord.id)
            .where(IncomingRecord.number_key.in_(chunk), ImportedMatterRecord.matter_id.is_(None), may_know(actor))
        )
        found += [(matter, incoming) for matter, incoming in session.execute(query)]
    return found


def chunks(values: Iterable[str]) -> Iterator[list[str]]:
    """Some hundreds at a time, each value once."""
    rest = iter(dict.fromkeys(values))
    while chunk := list(islice(rest, _A_QUERY)):
        yield chunk


def highest_id(session: Session, column: InstrumentedAttribute[int]) -> int:
    """The highest id of a table; 0 when it is empty."""
    return session.scalar(select(func.max(column))) or 0


def size(session: Session, batch_id: int) -> int:
    """How many matters of a batch are here."""
    query = select(func.count()).where(ImportedMatterRecord.batch_id == batch_id)
    return session.scalar(query.select_from(ImportedMatterRecord)) or 0


def matters_of(session: Session, batch_id: int, limit: int) -> list[int]:
    """Some matters of a batch, the newest first."""
    query = select(ImportedMatterRecord.matter_id).where(ImportedMatterRecord.batch_id == batch_id)
    return list(session.scalars(query.order_by(ImportedMatterRecord.matter_id.desc()).limit(limit)))


def touched(session: Session, batch_id: int) -> int:
    """Matters of a batch that something was done to since: anything that names them and did not come with them."""
    mine = select(ImportedMatterRecord.matter_id).where(ImportedMatterRecord.batch_id == batch_id)
    batch = session.get_one(ImportBatchRecord, batch_id)
    later = select(StepRecord.matter_id).where(StepRecord.matter_id.in_(mine), StepRecord.sent_at != batch.started_at)
    found = set(session.scalars(later))
    own = {column.class_.__tablename__ for column in OWNED}
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            names_matters = any(key.target_fullname == "matter.id" for key in column.foreign_keys)
            if names_matters and table.name not in own:
                found.update(session.scalars(select(column).where(column.in_(mine))))
    return len(found)


def sealed_pieces(session: Session, ids: Sequence[int]) -> set[int]:
    """Every content that these matters name."""
    found: set[int | None] = set(session.scalars(select(MatterRecord.title_content_id).where(MatterRecord.id.in_(ids))))
    steps = select(StepRecord.opinion_content_id, StepRecord.note_content_id).where(StepRecord.matter_id.in_(ids))
    pieces = select(
        MatterContentRecord.content_id, MatterContentRecord.name_content_id, MatterContentRecord.text_content_id
    ).where(MatterContentRecord.matter_id.in_(ids))
    for row in (*session.execute(steps), *session.execute(pieces)):
        found.update(row)
    return {content_id for content_id in found if content_id is not None}


def remove(session: Session, ids: Sequence[int], seq: int) -> None:
    """Take matters out with everything that hangs on them; their ids are never given again."""
    for column in OWNED:
        session.execute(delete(column.class_).where(column.in_(ids)), execution_options={"synchronize_session": False})
    unsynchronised = {"synchronize_session": False}
    session.execute(delete(MatterRecord).where(MatterRecord.id.in_(ids)), execution_options=unsynchronised)
    session.execute(insert(GoneMatterRecord), [{"matter_id": matter_id, "seq": seq} for matter_id in ids])
