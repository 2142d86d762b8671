"""Records of running a meeting: who was told, what is to be done, which papers and telephones are with whom."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from deskoffice.storage.base import Base, Moment
from deskoffice.storage.matters import CopyRecord


class ToldRecord(Base):
    """One telling of a notice (通知记录)."""

    __tablename__ = "meeting_told"

    id: Mapped[int] = mapped_column(primary_key=True)
    attendee_id: Mapped[int] = mapped_column(ForeignKey("meeting_attendee.id"), index=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("matter.id"), index=True)
    told_at: Mapped[datetime] = mapped_column(Moment)
    told_by: Mapped[str]
    way: Mapped[str]
    to_whom: Mapped[str]
    answer: Mapped[str]
    said: Mapped[str]


class CheckRecord(Base):
    """One thing to be done before, during or after a meeting (会务清单)."""

    __tablename__ = "meeting_check"
    __table_args__ = (Index(None, "meeting_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("matter.id"))
    position: Mapped[int]
    phase: Mapped[str]
    text: Mapped[str]
    person: Mapped[str]
    due_at: Mapped[datetime | None] = mapped_column(Moment)
    done_at: Mapped[datetime | None] = mapped_column(Moment)
    done_by: Mapped[str]


class GivenRecord(Base):
    """Which numbered set of papers somebody called was given."""

    __tablename__ = "meeting_given"

    copy_id: Mapped[int] = mapped_column(ForeignKey("copy.id"), primary_key=True)
    attendee_id: Mapped[int] = mapped_column(ForeignKey("meeting_attendee.id"), index=True)


class PhoneRecord(Base):
    """A telephone in the cabinet (手机寄存)."""

    __tablename__ = "meeting_phone"

    attendee_id: Mapped[int] = mapped_column(ForeignKey("meeting_attendee.id"), primary_key=True)
    slot: Mapped[str]
    put_at: Mapped[datetime] = mapped_column(Moment)
    taken_at: Mapped[datetime | None] = mapped_column(Moment)


def told(session: Session, meeting_id: int) -> Sequence[ToldRecord]:
    """Every telling of a meeting, in order."""
    return session.scalars(select(ToldRecord).where(ToldRecord.meeting_id == meeting_id).order_by(ToldRecord.id)).all()


def checklist(session: Session, meeting_id: int) -> Sequence[CheckRecord]:
    """The checklist of a meeting in order."""
    query = select(CheckRecord).where(CheckRecord.meeting_id == meeting_id)
    return session.scalars(query.order_by(CheckRecord.position, CheckRecord.id)).all()


def given(session: Session, meeting_id: int) -> Sequence[tuple[GivenRecord, CopyRecord]]:
    """Numbered papers of a meeting, by number."""
    query = (
        select(GivenRecord, CopyRecord)
        .join(CopyRecord, CopyRecord.id == GivenRecord.copy_id)
        .where(CopyRecord.matter_id == meeting_id)
        .order_by(CopyRecord.copy_number)
    )
    return [(given_record, copy) for given_record, copy in session.execute(query)]


def phones(session: Session, attendee_ids: Sequence[int]) -> Sequence[PhoneRecord]:
    """Telephones of those called."""
    return session.scalars(select(PhoneRecord).where(PhoneRecord.attendee_id.in_(attendee_ids))).all()


def is_mentioned(session: Session, attendee_id: int) -> bool:
    """Somebody was told, given papers or kept a telephone for: the line may not go."""
    told_them = session.scalars(select(ToldRecord.id).where(ToldRecord.attendee_id == attendee_id)).first()
    holds = session.scalars(select(GivenRecord.copy_id).where(GivenRecord.attendee_id == attendee_id)).first()
    return told_them is not None or holds is not None
