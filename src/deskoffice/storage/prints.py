"""Records of what was printed and exported, and of how each printer is corrected."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, Index, and_, false, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from deskoffice.domain.people import Actor, Role
from deskoffice.storage import matter_queries
from deskoffice.storage.base import Base, Moment
from deskoffice.storage.matters import MatterRecord


class PrintRecord(Base):
    """One print or export (打印登记); it outlives the matter that it was made of."""

    __tablename__ = "print"
    __table_args__ = (Index(None, "matter_id", "what"), Index(None, "account_id", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    what: Mapped[str]
    """The kind of paper, never a title."""
    matter_id: Mapped[int | None]
    way: Mapped[str]
    target: Mapped[str]
    copies: Mapped[int]
    first_copy: Mapped[int]
    pages: Mapped[str]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime] = mapped_column(Moment)
    entry: Mapped[int]


class PrinterShiftRecord(Base):
    """Millimetres by which what a printer prints is moved, so that it falls where it should (套打校准)."""

    __tablename__ = "printer_shift"

    printer: Mapped[str] = mapped_column(primary_key=True)
    right_mm: Mapped[float]
    down_mm: Mapped[float]


def copies_made(session: Session, what: str, matter_id: int | None) -> int:
    """Copies of this paper that were printed or exported before."""
    query = select(func.coalesce(func.sum(PrintRecord.copies), 0))
    return int(session.scalar(query.where(PrintRecord.what == what, PrintRecord.matter_id == matter_id)) or 0)


def visible(actor: Actor) -> ColumnElement[bool]:
    """The auditor sees every line; others their own and those of matters that exist for them; clerks the books too."""
    own = PrintRecord.account_id == actor.account_id
    if actor.has(Role.AUDIT_ADMIN):
        return PrintRecord.id > 0
    if actor.is_officer:
        return own
    known = select(MatterRecord.id).where(matter_queries.may_know(actor))
    books = PrintRecord.matter_id.is_(None) if actor.has(Role.CONFIDENTIAL_CLERK, Role.OFFICE_LEADER) else false()
    return or_(own, books, and_(PrintRecord.matter_id.is_not(None), PrintRecord.matter_id.in_(known)))


def page(
    session: Session, conditions: Sequence[ColumnElement[bool]], first: int, size: int
) -> tuple[int, Sequence[PrintRecord]]:
    """How many lines there are, and some of them, newest first."""
    total = session.scalar(select(func.count()).select_from(PrintRecord).where(*conditions)) or 0
    query = select(PrintRecord).where(*conditions).order_by(PrintRecord.id.desc()).offset(first).limit(size)
    return total, session.scalars(query).all()
