"""Records of who may act for whom (授权代办), and of everything that passed from one person to another (移交)."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

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


def matters_given(session: Session, authority_id: int) -> Sequence[int]:
    """Matters that the deputy reads by an authority."""
    query = select(AuthorityMatterRecord.matter_id).where(AuthorityMatterRecord.authority_id == authority_id)
    return session.scalars(query).all()
