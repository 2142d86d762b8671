"""Records of topics: the pool, what became of each line of an agenda, who said what and voted how."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from deskoffice.domain.matters import State
from deskoffice.domain.people import Actor
from deskoffice.storage.base import Base
from deskoffice.storage.matter_queries import may_know
from deskoffice.storage.matters import MatterRecord
from deskoffice.storage.meetings import TopicRecord


class PoolTopicRecord(Base):
    """The fields of a topic of the pool (议题); its reason is the opinion of the step that proposed it."""

    __tablename__ = "topic"

    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"), primary_key=True)
    reporter: Mapped[str]
    units: Mapped[str]
    """Units that sit in (列席), one a line."""
    consulted_content_id: Mapped[int | None] = mapped_column(ForeignKey("content.id"))
    major: Mapped[str]
    amount: Mapped[int | None]
    minutes: Mapped[int | None]
    is_major_decision: Mapped[bool]
    legality: Mapped[str]
    deferred: Mapped[int]


class CourseRecord(Base):
    """What became of a line of an agenda, and which topic of the pool it is."""

    __tablename__ = "meeting_topic_course"

    line_id: Mapped[int] = mapped_column(ForeignKey("meeting_topic.id"), primary_key=True)
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("matter.id"), index=True)
    result: Mapped[str]
    summary_content_id: Mapped[int | None] = mapped_column(ForeignKey("content.id"))


class VoiceRecord(Base):
    """What a member said on a line of the agenda and how he voted; what was said is sealed to those present."""

    __tablename__ = "meeting_voice"
    __table_args__ = (UniqueConstraint("line_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("meeting_topic.id"))
    position: Mapped[int]
    attendee_id: Mapped[int] = mapped_column(ForeignKey("meeting_attendee.id"))
    view_content_id: Mapped[int | None] = mapped_column(ForeignKey("content.id"))
    vote: Mapped[str]


def courses(session: Session, line_ids: Iterable[int]) -> dict[int, CourseRecord]:
    """What became of each line."""
    query = select(CourseRecord).where(CourseRecord.line_id.in_(list(line_ids)))
    return {record.line_id: record for record in session.scalars(query)}


def voices(session: Session, line_ids: Iterable[int]) -> Sequence[VoiceRecord]:
    """Who spoke on some lines, in the order of speaking."""
    query = select(VoiceRecord).where(VoiceRecord.line_id.in_(list(line_ids)))
    return session.scalars(query.order_by(VoiceRecord.line_id, VoiceRecord.position)).all()


def pool(session: Session, actor: Actor) -> Sequence[tuple[MatterRecord, PoolTopicRecord]]:
    """Topics that wait for a meeting, the oldest first."""
    statement = (
        select(MatterRecord, PoolTopicRecord)
        .join(PoolTopicRecord, PoolTopicRecord.matter_id == MatterRecord.id)
        .where(MatterRecord.state == State.POOL.value, may_know(actor))
        .order_by(MatterRecord.number_order)
    )
    return [(matter, topic) for matter, topic in session.execute(statement)]


def meetings_of(session: Session, topic_id: int) -> Sequence[tuple[CourseRecord, int]]:
    """Lines of agendas on which a topic of the pool stood, with their meetings, in order."""
    query = (
        select(CourseRecord, TopicRecord.meeting_id)
        .join(TopicRecord, TopicRecord.id == CourseRecord.line_id)
        .where(CourseRecord.topic_id == topic_id)
        .order_by(CourseRecord.line_id)
    )
    return [(course, meeting_id) for course, meeting_id in session.execute(query)]
