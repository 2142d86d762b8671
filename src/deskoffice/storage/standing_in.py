"""Records of who may act for whom (授权代办), and of everything that passed from one person to another (移交)."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from deskoffice.domain.matters import MatterKind, StepKind
from deskoffice.domain.standing_in import Authority
from deskoffice.domain.values import Classification
from deskoffice.storage.base import Base, Moment


class AuthorityRecord(Base):
    """A written authority to act for somebody: from when to when, in what, up to which level."""

    __tablename__ = "authority"
    __table_args__ = (Index(None, "deputy_id"), Index(None, "principal_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    principal_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    deputy_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    from_on: Mapped[date]
    to_on: Mapped[date]
    kinds: Mapped[str]
    """Kinds of matter, one a line."""
    steps: Mapped[str]
    """Kinds of step, one a line."""
    ceiling: Mapped[int]
    basis: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    ended_on: Mapped[date | None]
    """The day on which it was taken back; None while it runs to its last day."""


class AuthorityMatterRecord(Base):
    """A matter that a deputy may read only because of an authority."""

    __tablename__ = "authority_matter"

    authority_id: Mapped[int] = mapped_column(ForeignKey("authority.id"), primary_key=True)
    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"), primary_key=True)


class HandOverRecord(Base):
    """One hand-over of a post; the list of what passed is sealed to those who signed it."""

    __tablename__ = "hand_over"

    id: Mapped[int] = mapped_column(primary_key=True)
    from_person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    to_person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    witness_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    made_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    list_content_id: Mapped[int] = mapped_column(ForeignKey("content.id"))


def authorities(session: Session) -> Sequence[AuthorityRecord]:
    """All of them, the newest first."""
    return session.scalars(select(AuthorityRecord).order_by(AuthorityRecord.id.desc())).all()


def value_of(record: AuthorityRecord) -> Authority:
    """The record as the rules see it."""
    return Authority(
        id=record.id,
        principal_id=record.principal_id,
        deputy_id=record.deputy_id,
        from_on=record.from_on,
        to_on=record.to_on,
        kinds=frozenset(MatterKind(kind) for kind in record.kinds.splitlines()),
        steps=frozenset(StepKind(step) for step in record.steps.splitlines()),
        ceiling=Classification(record.ceiling),
    )


def runs(record: AuthorityRecord, day: date) -> bool:
    """It may be used on a day."""
    return record.ended_on is None and value_of(record).runs_on(day)


def held(session: Session, person_id: int, day: date) -> tuple[tuple[Authority, ...], frozenset[int]]:
    """The authorities that a person may use on a day, and the ids of the person's others."""
    records = session.scalars(select(AuthorityRecord).where(AuthorityRecord.deputy_id == person_id)).all()
    running = [record for record in records if runs(record, day)]
    return tuple(value_of(record) for record in running), frozenset(one.id for one in records if one not in running)


def matters_given(session: Session, authority_id: int) -> Sequence[int]:
    """Matters that the deputy reads by an authority."""
    query = select(AuthorityMatterRecord.matter_id).where(AuthorityMatterRecord.authority_id == authority_id)
    return session.scalars(query).all()
