"""Records of how papers are to go on: steps that wait for their turn, and numbered reminders."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from deskoffice.storage.base import Base, Moment
from deskoffice.storage.matters import where_named


class PlannedStepRecord(Base):
    """A step whose turn has not come; once it has, `step_id` is the step that it became."""

    __tablename__ = "planned_step"
    __table_args__ = (
        Index(None, "matter_id", "ending", "place"),
        where_named("planned_step", "step_id"),
        where_named("planned_step", "note_content_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"))
    place: Mapped[int]
    """Those of one place open together, the lowest first."""
    kind: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str]
    unit: Mapped[str]
    part: Mapped[str]
    due_on: Mapped[date | None]
    note_content_id: Mapped[int | None] = mapped_column(ForeignKey("content.id"))
    planned_at: Mapped[datetime] = mapped_column(Moment)
    planned_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    ending: Mapped[str]
    """Empty while it waits; `opened` or `dropped`."""
    step_id: Mapped[int | None] = mapped_column(ForeignKey("step.id"))


class UrgeRecord(Base):
    """One reminder (催办) under a number of its year; its words are the opinion of its step."""

    __tablename__ = "urge"
    __table_args__ = (UniqueConstraint("year", "serial"), Index(None, "matter_id"))

    step_id: Mapped[int] = mapped_column(ForeignKey("step.id"), primary_key=True)
    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"))
    year: Mapped[int]
    serial: Mapped[int]
    times: Mapped[int]
    """The how manieth of its matter."""
    target: Mapped[str]
    """Who was reminded."""
    way: Mapped[str]
    """How: by telephone, face to face, in writing."""


def waiting(session: Session, matter_id: int) -> Sequence[PlannedStepRecord]:
    """Steps that wait for their turn, in order."""
    query = select(PlannedStepRecord).where(PlannedStepRecord.matter_id == matter_id, PlannedStepRecord.ending == "")
    return session.scalars(query.order_by(PlannedStepRecord.place, PlannedStepRecord.id)).all()


def urges_of(session: Session, matter_id: int) -> Sequence[UrgeRecord]:
    """Reminders of a matter in order."""
    query = select(UrgeRecord).where(UrgeRecord.matter_id == matter_id)
    return session.scalars(query.order_by(UrgeRecord.times)).all()


def last_urge(session: Session, year: int) -> int:
    """The last number given to a reminder in a year."""
    return session.scalar(select(func.max(UrgeRecord.serial)).where(UrgeRecord.year == year)) or 0
