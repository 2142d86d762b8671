"""Records of papers returned to their senders, and of the bulletins that reported them."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from deskoffice.domain.people import Actor
from deskoffice.storage.base import Base
from deskoffice.storage.matter_queries import may_know
from deskoffice.storage.matters import MatterRecord


class ReturnBulletinRecord(Base):
    """One issue of the bulletin on returned papers (退文通报)."""

    __tablename__ = "return_bulletin"
    __table_args__ = (UniqueConstraint("year", "serial"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    serial: Mapped[int]
    made_on: Mapped[date]
    made_by: Mapped[int] = mapped_column(ForeignKey("account.id"))


class IncomingReturnRecord(Base):
    """Why, how and when a paper went back (退文), and which issue of the bulletin reported it."""

    __tablename__ = "incoming_return"
    __table_args__ = (UniqueConstraint("year", "serial"),)

    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"), primary_key=True)
    year: Mapped[int]
    serial: Mapped[int]
    returned_on: Mapped[date]
    reasons: Mapped[str]
    """Codes of ReturnReason, a space between."""
    way: Mapped[str]
    handler: Mapped[str]
    words_content_id: Mapped[int | None] = mapped_column(ForeignKey("content.id"))
    bulletin_id: Mapped[int | None] = mapped_column(ForeignKey("return_bulletin.id"), index=True)
    resubmitted_id: Mapped[int | None] = mapped_column(ForeignKey("matter.id"))


Numbered = type[ReturnBulletinRecord] | type[IncomingReturnRecord]


def next_serial(session: Session, table: Numbered, year: int) -> int:
    """The next number of the year; the transaction is exclusive."""
    last = session.scalar(select(func.max(table.serial)).where(table.year == year))
    return (last or 0) + 1


def known_returns(session: Session, actor: Actor) -> list[tuple[IncomingReturnRecord, MatterRecord]]:
    """Returned papers that the actor may know of, the latest first."""
    query = (
        select(IncomingReturnRecord, MatterRecord)
        .join(MatterRecord, MatterRecord.id == IncomingReturnRecord.matter_id)
        .where(may_know(actor))
        .order_by(IncomingReturnRecord.year.desc(), IncomingReturnRecord.serial.desc())
    )
    return [(record, matter) for record, matter in session.execute(query)]


def bulletins(session: Session) -> Sequence[ReturnBulletinRecord]:
    """Every issue, the latest first."""
    query = select(ReturnBulletinRecord).order_by(ReturnBulletinRecord.id.desc())
    return session.scalars(query).all()


def waiting_of_unit(session: Session, unit: str, actor: Actor) -> list[IncomingReturnRecord]:
    """Papers of a unit that went back and have not come again."""
    query = (
        select(IncomingReturnRecord)
        .join(MatterRecord, MatterRecord.id == IncomingReturnRecord.matter_id)
        .where(MatterRecord.unit == unit, IncomingReturnRecord.resubmitted_id.is_(None), may_know(actor))
        .order_by(IncomingReturnRecord.matter_id.desc())
    )
    return list(session.scalars(query))
