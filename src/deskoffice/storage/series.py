"""Numbers of registers: one series per 代字 or register and year; a number is never reused silently."""

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from deskoffice.domain.errors import RuleError
from deskoffice.domain.numbering import NumberState, SeriesRow
from deskoffice.storage.base import Base


class SeriesRecord(Base):
    """A series of numbers, for example 东政办发 or the office's own 收."""

    __tablename__ = "series"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    issuer_mark: Mapped[str]
    is_retired: Mapped[bool]


class NumberRecord(Base):
    """One number of a series and year, issued, reserved or void with a reason."""

    __tablename__ = "number"
    __table_args__ = (UniqueConstraint("series_id", "year", "serial"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"))
    year: Mapped[int]
    serial: Mapped[int]
    matter_id: Mapped[int | None] = mapped_column(ForeignKey("matter.id"), index=True)
    state: Mapped[str]
    reason: Mapped[str]
    on: Mapped[date]


def all_series(session: Session) -> tuple[SeriesRow, ...]:
    """Every series, in the order they were set up."""
    records = session.scalars(select(SeriesRecord).order_by(SeriesRecord.id))
    return tuple(SeriesRow(r.id, r.kind, r.code, r.name, r.issuer_mark, r.is_retired) for r in records)


def series_of(session: Session, kind: str) -> SeriesRecord:
    """The first live series of a register."""
    query = select(SeriesRecord).where(SeriesRecord.kind == kind, SeriesRecord.is_retired.is_(False))
    record = session.scalars(query.order_by(SeriesRecord.id)).first()
    if record is None:
        raise RuleError("series_missing", kind=kind)
    return record


def last_serial(session: Session, series_id: int, year: int) -> int:
    """The highest serial used, reserved or voided in a year; 0 when there is none."""
    query = select(func.max(NumberRecord.serial)).where(NumberRecord.series_id == series_id, NumberRecord.year == year)
    return session.scalar(query) or 0


def take(session: Session, series_id: int, on: date, matter_id: int) -> int:
    """The next serial of the year for a matter; the caller's transaction is exclusive, so two people never get one."""
    serial = last_serial(session, series_id, on.year) + 1
    session.add(
        NumberRecord(
            series_id=series_id,
            year=on.year,
            serial=serial,
            matter_id=matter_id,
            state=NumberState.ISSUED,
            reason="",
            on=on,
        )
    )
    return serial
