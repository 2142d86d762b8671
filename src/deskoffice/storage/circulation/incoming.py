"""Records of incoming documents."""

from datetime import date

from sqlalchemy import ForeignKey, Index, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from deskoffice.domain.matters import MatterKind
from deskoffice.domain.people import Actor
from deskoffice.storage.base import Base
from deskoffice.storage.matter_queries import may_know
from deskoffice.storage.matters import MatterRecord


class IncomingRecord(Base):
    """The fields of a matter that came from outside (收文)."""

    __tablename__ = "incoming"
    __table_args__ = (Index(None, "number_key", "copy_number"),)

    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"), primary_key=True)
    post_kind: Mapped[str]
    received_on: Mapped[date]
    document_date: Mapped[date | None]
    number_key: Mapped[str]
    """Sending unit and document number folded, so that the same paper is known again however it is typed."""
    copy_number: Mapped[str]
    copies: Mapped[int]
    pages: Mapped[int | None]
    addressee: Mapped[str]
    must_return: Mapped[bool]
    delivery: Mapped[str] = mapped_column(server_default="")


def received_on(session: Session, day: date, actor: Actor) -> list[tuple[MatterRecord, IncomingRecord]]:
    """What came on a day, in the order of entering, as far as the actor may know."""
    statement = (
        select(MatterRecord, IncomingRecord)
        .join(IncomingRecord, IncomingRecord.matter_id == MatterRecord.id)
        .where(
            MatterRecord.kind == MatterKind.INCOMING.value,
            MatterRecord.created_on == day,
            IncomingRecord.received_on == day,
            may_know(actor),
        )
        .order_by(MatterRecord.id)
    )
    return [(matter, incoming) for matter, incoming in session.execute(statement)]


def days_received(session: Session, actor: Actor, limit: int) -> list[tuple[date, int]]:
    """The last days on which something came that the actor may know, with how much."""
    statement = (
        select(MatterRecord.created_on, func.count())
        .where(MatterRecord.kind == MatterKind.INCOMING.value, may_know(actor))
        .group_by(MatterRecord.created_on)
        .order_by(MatterRecord.created_on.desc())
        .limit(limit)
    )
    return [(day, pieces) for day, pieces in session.execute(statement)]


def same_paper(session: Session, number_key: str, actor: Actor) -> list[tuple[MatterRecord, IncomingRecord]]:
    """Papers registered before under the same unit and number, as far as the actor may know."""
    statement = (
        select(MatterRecord, IncomingRecord)
        .join(IncomingRecord, IncomingRecord.matter_id == MatterRecord.id)
        .where(IncomingRecord.number_key == number_key, may_know(actor))
        .order_by(MatterRecord.id)
    )
    return [(matter, incoming) for matter, incoming in session.execute(statement)]
