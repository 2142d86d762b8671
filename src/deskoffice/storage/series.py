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


def series_coded(session: Session, kind: str, code: str) -> SeriesRecord:
    """The live series of a register with this code; where the office has given it up, the register's first."""
    query = select(SeriesRecord).where(
        SeriesRecord.kind == kind, SeriesRecord.code == code, SeriesRecord.is_retired.is_(False)
    )
    return session.scalars(query).first() or series_of(session, kind)


def last_serial(session: Session, series_id: int, year: int) -> int:
    """The highest serial used, reserved or voided in a year; 0 when there is none."""
    query = select(func.max(NumberRecord.serial)).where(NumberRecord.series_id == series_id, NumberRecord.year == year)
    return session.scalar(query) or 0


def take(session: Session, series_id: int, on: date, matter_id: int) -> int:
    """The next serial of the year for a matter; the caller's transaction is exclusive, so two people never get one."""
    serial = last_serial(session, series_id, on.year) + 1
    session.add(_issued(series_id, on, serial, matter_id))
    return serial


def take_chosen(session: Session, series_id: int, on: date, matter_id: int, *, serial: int, reason: str) -> None:
    """A reserved serial or a gap for a matter; refused when it was used or voided meanwhile, or leaves a gap itself."""
    record = number(session, series_id, on.year, serial)
    last = last_serial(session, series_id, on.year)
    if serial < 1 or serial > last + 1:
        raise RuleError("number_leaves_gap", next=last + 1)
    if record is None:
        if serial <= last and not reason.strip():
            raise RuleError("number_reason_needed", serial=serial)
        session.add(_issued(series_id, on, serial, matter_id, reason.strip()))
    elif record.state == NumberState.RESERVED:
        record.state, record.matter_id, record.on = NumberState.ISSUED.value, matter_id, on
    else:
        raise RuleError("number_taken", serial=serial)


def number(session: Session, series_id: int, year: int, serial: int) -> NumberRecord | None:
    """What is known of a number."""
    query = select(NumberRecord).where(
        NumberRecord.series_id == series_id, NumberRecord.year == year, NumberRecord.serial == serial
    )
    return session.scalars(query).first()


def numbers(session: Session, series_id: int, year: int) -> list[NumberRecord]:
    """All numbers of a series and year in order."""
    query = select(NumberRecord).where(NumberRecord.series_id == series_id, NumberRecord.year == year)
    return list(session.scalars(query.order_by(NumberRecord.serial)))


def _issued(series_id: int, on: date, serial: int, matter_id: int, reason: str = "") -> NumberRecord:
    return NumberRecord(
        series_id=series_id,
        year=on.year,
        serial=serial,
        matter_id=matter_id,
        state=NumberState.ISSUED.value,
        reason=reason,
        on=on,
    )
