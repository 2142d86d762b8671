"""Records of the year's planned meetings, of last year's figures, and of what leaders do on which day."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from deskoffice.domain.matters import State
from deskoffice.domain.people import Actor
from deskoffice.storage.base import Base, Moment
from deskoffice.storage.matter_queries import may_know
from deskoffice.storage.matters import MatterRecord
from deskoffice.storage.meetings import MeetingRecord


class PlanRecord(Base):
    """A meeting planned for a year (年度会议计划)."""

    __tablename__ = "meeting_plan"
    __table_args__ = (Index(None, "year", "month"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    month: Mapped[int]
    title: Mapped[str]
    unit: Mapped[str]
    meeting_class: Mapped[str]
    form: Mapped[str]
    size: Mapped[int | None]
    cost: Mapped[int | None]
    reason: Mapped[str]


class PlanUseRecord(Base):
    """Which meeting carries out which entry of the plan."""

    __tablename__ = "meeting_plan_use"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("matter.id"), primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("meeting_plan.id"), index=True)


class YearRecord(Base):
    """How many meetings of a class a year had before the office kept them here, as typed in."""

    __tablename__ = "meeting_year"

    year: Mapped[int] = mapped_column(primary_key=True)
    meeting_class: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
    size: Mapped[int]
    cost: Mapped[int]


class LeaderDayRecord(Base):
    """An activity of a leader or a day on duty (领导活动, 带班); what it is stands sealed for the office."""

    __tablename__ = "leader_day"
    __table_args__ = (Index(None, "starts_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str]
    starts_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    text_content_id: Mapped[int] = mapped_column(ForeignKey("content.id"))


def plan(session: Session, year: int) -> Sequence[PlanRecord]:
    """The plan of a year by month."""
    query = select(PlanRecord).where(PlanRecord.year == year)
    return session.scalars(query.order_by(PlanRecord.month, PlanRecord.id)).all()


def carried_out(session: Session, plan_ids: Sequence[int], actor: Actor) -> dict[int, str]:
    """Numbers of the meetings that carry out entries of the plan, as far as this actor may know them."""
    query = (
        select(PlanUseRecord.plan_id, MatterRecord.number)
        .join(MatterRecord, MatterRecord.id == PlanUseRecord.meeting_id)
        .where(PlanUseRecord.plan_id.in_(plan_ids), MatterRecord.state != State.REFUSED.value, may_know(actor))
    )
    return {row.plan_id: row.number for row in session.execute(query)}


def typed(session: Session, year: int) -> dict[str, YearRecord]:
    """Typed figures of a year by class."""
    return {row.meeting_class: row for row in session.scalars(select(YearRecord).where(YearRecord.year == year))}


def held_between(session: Session, first: datetime, last: datetime, actor: Actor) -> Sequence[MeetingRecord]:
    """Meetings of a stretch of time that were not refused."""
    query = (
        select(MeetingRecord)
        .join(MatterRecord, MatterRecord.id == MeetingRecord.matter_id)
        .where(
            MeetingRecord.starts_at >= first,
            MeetingRecord.starts_at < last,
            MatterRecord.state.not_in([State.REFUSED.value, State.VOID.value, State.REQUESTED.value]),
            may_know(actor),
        )
    )
    return session.scalars(query).all()


def days(session: Session, first: datetime, last: datetime) -> Sequence[LeaderDayRecord]:
    """What leaders do in a stretch of time, in order."""
    query = select(LeaderDayRecord).where(LeaderDayRecord.starts_at < last, LeaderDayRecord.ends_at > first)
    return session.scalars(query.order_by(LeaderDayRecord.starts_at, LeaderDayRecord.id)).all()
