"""Records of meetings: who was called, what was on the table, what was decided."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from deskoffice.domain.matters import State
from deskoffice.domain.people import Actor
from deskoffice.storage.base import Base, Moment
from deskoffice.storage.matter_queries import entered_in, may_know
from deskoffice.storage.matters import MatterRecord

CARRIED_FROM = 12
"""So many meetings back open decisions are looked for."""


class MeetingRecord(Base):
    """The fields of a meeting (会议)."""

    __tablename__ = "meeting"
    __table_args__ = (UniqueConstraint("series", "ordinal"), Index(None, "starts_at"))

    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"), primary_key=True)
    series: Mapped[str]
    ordinal: Mapped[int | None]
    """第N次 of its series; None before it is approved."""
    place: Mapped[str]
    starts_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    form: Mapped[str]
    chair_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    size: Mapped[int | None]
    recorder: Mapped[str]
    """Who wrote the record; empty before."""
    meeting_class: Mapped[str] = mapped_column(server_default="")
    cost: Mapped[int | None]
    """In yuan."""
    funding: Mapped[str] = mapped_column(server_default="")
    verdict: Mapped[str] = mapped_column(server_default="")


class AttendeeRecord(Base):
    """A person or a unit called to a meeting, with the name and the post of that day, and whether they came."""

    __tablename__ = "meeting_attendee"
    __table_args__ = (Index(None, "meeting_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("matter.id"))
    position: Mapped[int]
    standing: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    person: Mapped[str]
    post: Mapped[str]
    unit: Mapped[str]
    presence: Mapped[str]
    signed_at: Mapped[datetime | None] = mapped_column(Moment)
    stand_in: Mapped[str]
    reason: Mapped[str]


class TopicRecord(Base):
    """One topic of a meeting (议题); its title is sealed like the papers of the meeting."""

    __tablename__ = "meeting_topic"
    __table_args__ = (Index(None, "meeting_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("matter.id"))
    position: Mapped[int]
    title_content_id: Mapped[int] = mapped_column(ForeignKey("content.id"))
    reporter: Mapped[str]
    units: Mapped[str]
    """Units that sit in for this topic (列席), one a line."""


class DecisionRecord(Base):
    """One thing decided (议定事项) and the task that it became."""

    __tablename__ = "meeting_decision"
    __table_args__ = (UniqueConstraint("meeting_id", "position"), UniqueConstraint("task_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("matter.id"))
    position: Mapped[int]
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("meeting_topic.id"))
    task_id: Mapped[int] = mapped_column(ForeignKey("matter.id"))


def attendees(session: Session, meeting_id: int) -> Sequence[AttendeeRecord]:
    """Who was called, in the order of rank."""
    query = select(AttendeeRecord).where(AttendeeRecord.meeting_id == meeting_id)
    return session.scalars(query.order_by(AttendeeRecord.position)).all()


def topics(session: Session, meeting_id: int) -> Sequence[TopicRecord]:
    """The topics in order."""
    query = select(TopicRecord).where(TopicRecord.meeting_id == meeting_id).order_by(TopicRecord.position)
    return session.scalars(query).all()


def decisions(session: Session, meeting_id: int) -> Sequence[DecisionRecord]:
    """What was decided, in order."""
    query = select(DecisionRecord).where(DecisionRecord.meeting_id == meeting_id).order_by(DecisionRecord.position)
    return session.scalars(query).all()


def lines_of(session: Session, ids: Sequence[int]) -> Sequence[DecisionRecord]:
    """Decisions of several meetings, each in order."""
    query = select(DecisionRecord).where(DecisionRecord.meeting_id.in_(ids))
    return session.scalars(query.order_by(DecisionRecord.meeting_id, DecisionRecord.position)).all()


def before(session: Session, meeting: MeetingRecord, actor: Actor) -> Sequence[MeetingRecord]:
    """Meetings of the same series that were held before, the last first."""
    query = (
        select(MeetingRecord)
        .join(MatterRecord, MatterRecord.id == MeetingRecord.matter_id)
        .where(
            MeetingRecord.series == meeting.series,
            MeetingRecord.starts_at < meeting.starts_at,
            MatterRecord.state.in_([State.HELD.value, State.MINUTED.value, State.CLOSED.value, State.ARCHIVED.value]),
            may_know(actor),
        )
        .order_by(MeetingRecord.starts_at.desc())
    )
    return session.scalars(query.limit(CARRIED_FROM)).all()


def coming(session: Session, actor: Actor) -> Sequence[MatterRecord]:
    """Meetings asked for or approved and not yet held, the earliest first."""
    statement = (
        select(MatterRecord)
        .join(MeetingRecord, MeetingRecord.matter_id == MatterRecord.id)
        .where(MatterRecord.state.in_([State.REQUESTED.value, State.APPROVED.value]), may_know(actor))
        .order_by(MeetingRecord.starts_at)
    )
    return session.scalars(statement).all()


def decided(session: Session, actor: Actor) -> Sequence[tuple[DecisionRecord, MeetingRecord, MatterRecord]]:
    """Every decision this actor may know with its meeting, the newest meeting first."""
    statement = (
        select(DecisionRecord, MeetingRecord, MatterRecord)
        .join(MeetingRecord, MeetingRecord.matter_id == DecisionRecord.meeting_id)
        .join(MatterRecord, MatterRecord.id == DecisionRecord.meeting_id)
        .where(may_know(actor))
        .order_by(MeetingRecord.starts_at.desc(), DecisionRecord.position)
    )
    return [(line, meeting, matter) for line, meeting, matter in session.execute(statement)]


def last_ordinal(session: Session, series: str) -> int:
    """The highest 第N次 of a series; 0 when there is none."""
    return session.scalar(select(func.max(MeetingRecord.ordinal)).where(MeetingRecord.series == series)) or 0


def latest(session: Session, series: str, actor: Actor) -> int | None:
    """The last meeting of a series that was not refused, among those this actor may know."""
    query = (
        select(MeetingRecord.matter_id)
        .join(MatterRecord, MatterRecord.id == MeetingRecord.matter_id)
        .where(
            MeetingRecord.series == series,
            MatterRecord.state.not_in([State.REFUSED.value, State.VOID.value]),
            may_know(actor),
        )
        .order_by(MeetingRecord.starts_at.desc())
    )
    return session.scalars(query).first()


def with_ordinal(session: Session, series: str, ordinal: int) -> int | None:
    """The meeting that has a 第N次 of a series."""
    query = select(MeetingRecord.matter_id).where(MeetingRecord.series == series, MeetingRecord.ordinal == ordinal)
    return session.scalars(query).first()


def between(
    session: Session, first: datetime, last: datetime, actor: Actor
) -> Sequence[tuple[MatterRecord, MeetingRecord]]:
    """Meetings not refused that take place in a stretch of time, in order."""
    statement = (
        select(MatterRecord, MeetingRecord)
        .join(MeetingRecord, MeetingRecord.matter_id == MatterRecord.id)
        .where(
            MeetingRecord.starts_at < last,
            MeetingRecord.ends_at > first,
            MatterRecord.state.not_in([State.REFUSED.value, State.VOID.value]),
            may_know(actor),
        )
        .order_by(MeetingRecord.starts_at, MatterRecord.id)
    )
    return [(matter, meeting) for matter, meeting in session.execute(statement)]


def register(session: Session, actor: Actor, year: int | None) -> Sequence[MatterRecord]:
    """Meetings asked for in a year or in all years in the order of their numbers, refused ones too."""
    statement = (
        select(MatterRecord)
        .join(MeetingRecord, MeetingRecord.matter_id == MatterRecord.id)
        .where(*entered_in(year), may_know(actor))
        .order_by(MatterRecord.number_order)
    )
    return session.scalars(statement).all()
