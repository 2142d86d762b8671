"""The office's own names, its series of numbers and the calendar of working days."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date

import chinese_calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from deskoffice.domain.drafts import Problems, check_text
from deskoffice.domain.errors import RuleError
from deskoffice.domain.numbering import NumberState, SeriesDraft, SeriesRow, gaps
from deskoffice.domain.people import Role
from deskoffice.domain.workdays import Calendar
from deskoffice.storage import series as series_store
from deskoffice.storage import settings as store
from deskoffice.storage.series import NumberRecord, SeriesRecord
from deskoffice.storage.settings import CalendarDayRecord
from deskoffice.usecases.office import Act, Office

UPKEEP = (Role.SYSTEM_ADMIN, Role.CONFIDENTIAL_CLERK, Role.OFFICE_LEADER)
"""Who keeps the names, units and series; none of these is a paper."""


@dataclass(frozen=True, slots=True)
class OfficeSettings:
    """How the office calls itself on papers."""

    office_name: str = ""
    """河东县人民政府办公室"""
    short_name: str = ""
    issuer_name: str = ""
    """Signature of outgoing papers: 河东县人民政府办公室"""
    fonds_number: str = ""
    """全宗号"""


def read_settings(office: Office) -> OfficeSettings:
    """The names."""
    with office.read() as session:
        return settings_in(session)


def settings_in(session: Session) -> OfficeSettings:
    """The names, inside a transaction."""
    found = store.read_settings(session)
    return OfficeSettings(**{f.name: found.get(f.name, "") for f in fields(OfficeSettings)})


def save_settings(office: Office, settings: OfficeSettings) -> None:
    """Change the names; papers made before keep theirs."""
    office.require(*UPKEEP)
    problems = Problems()
    check_text(problems, "office_name", settings.office_name, longest=60)
    problems.raise_any()
    with office.act() as act:
        write_settings(act, settings)
        act.record_other("settings.names.changed")


def write_settings(act: Act, settings: OfficeSettings) -> None:
    """Store the names."""
    for f in fields(OfficeSettings):
        store.write_setting(act.session, f.name, str(getattr(settings, f.name)).strip())


def all_series(office: Office) -> tuple[SeriesRow, ...]:
    """The series of numbers."""
    with office.read() as session:
        return series_store.all_series(session)


def add_series(office: Office, draft: SeriesDraft) -> None:
    """A new 代字 or register."""
    office.require(*UPKEEP)
    problems = Problems()
    check_text(problems, "code", draft.code, longest=20)
    check_text(problems, "name", draft.name, longest=60)
    problems.raise_any()
    with office.act() as act:
        if act.session.scalars(select(SeriesRecord).where(SeriesRecord.code == draft.code.strip())).first():
            raise RuleError("series_code_known", code=draft.code)
        add_series_in(act, draft)
        act.record_other("settings.series.added", code=draft.code)


def add_series_in(act: Act, draft: SeriesDraft) -> SeriesRecord:
    """Store a series."""
    record = SeriesRecord(
        kind=draft.kind,
        code=draft.code.strip(),
        name=draft.name.strip(),
        issuer_mark=draft.issuer_mark.strip(),
        is_retired=False,
    )
    act.session.add(record)
    act.session.flush()
    return record


def retire_series(office: Office, series_id: int) -> None:
    """Take a series out of use; its numbers stay."""
    office.require(*UPKEEP)
    with office.act() as act:
        act.session.get_one(SeriesRecord, series_id).is_retired = True
        act.record_other("settings.series.retired", series=series_id)


def gap_report(office: Office, series_id: int, year: int) -> list[int]:
    """断号: serials of a year that are neither issued, reserved nor void."""
    with office.read() as session:
        query = select(NumberRecord.serial).where(NumberRecord.series_id == series_id, NumberRecord.year == year)
        return gaps(list(session.scalars(query)))


def void_number(office: Office, series_id: int, year: int, serial: int, reason: str) -> None:
    """Say why a number is not used, so that the gap is explained."""
    office.require(*UPKEEP)
    with office.act() as act:
        act.session.add(
            NumberRecord(
                series_id=series_id,
                year=year,
                serial=serial,
                matter_id=None,
                state=NumberState.VOID.value,
                reason=reason,
                on=act.today,
            )
        )
        act.record_other("settings.number.voided", series=series_id, year=year, serial=serial)


def calendar_of(session: Session, year: int) -> Calendar:
    """The working days of a year and the next; `known` says whether the year's notice is in."""
    days = store.calendar(session, date(year, 1, 1), date(year + 1, 12, 31))
    return Calendar(days)


def save_calendar(office: Office, days: Mapping[date, tuple[bool, str]]) -> None:
    """Set days of the year as its notice says: working day or not, and the holiday's name."""
    office.require(*UPKEEP)
    with office.act() as act:
        write_calendar(act, days)
        act.record_other("settings.calendar.changed", days=len(days))


def write_calendar(act: Act, days: Mapping[date, tuple[bool, str]]) -> None:
    """Store days."""
    for day, (is_workday, name) in days.items():
        act.session.merge(CalendarDayRecord(day=day, is_workday=is_workday, name=name))


def bundled_calendar(years: Iterable[int]) -> dict[date, tuple[bool, str]]:
    """Holidays and moved working days from the bundled package, for the years that it knows."""
    found: dict[date, tuple[bool, str]] = {}
    for year in years:
        try:
            holidays = chinese_calendar.get_holidays(date(year, 1, 1), date(year, 12, 31), include_weekends=False)
            workdays = chinese_calendar.get_workdays(date(year, 1, 1), date(year, 12, 31))
        except NotImplementedError:
            continue
        found.update(dict.fromkeys(holidays, (False, "节假日")))
        found.update({day: (True, "调休上班") for day in workdays if day.weekday() >= 5})
    return found
