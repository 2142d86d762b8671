"""Records of the office's own names, and of the working days of each year."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from deskoffice.storage.base import Base


class SettingRecord(Base):
    """One named text of the office."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class CalendarDayRecord(Base):
    """Whether people work on a day, as the State Council's notice for the year says (节假日安排)."""

    __tablename__ = "calendar_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    is_workday: Mapped[bool]
    name: Mapped[str]


def read_settings(session: Session) -> dict[str, str]:
    """All settings."""
    return {record.key: record.value for record in session.scalars(select(SettingRecord))}


def write_setting(session: Session, key: str, value: str) -> None:
    """Set one text."""
    session.merge(SettingRecord(key=key, value=value))


def calendar(session: Session, first: date, last: date) -> dict[date, bool]:
    """Known days between two days, both included: True for a working day."""
    query = select(CalendarDayRecord).where(CalendarDayRecord.day.between(first, last))
    return {record.day: record.is_workday for record in session.scalars(query)}
