"""年历: the working days of one year as the office keeps them, shown, changed and read from a file."""

import csv
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from sqlalchemy import select

from deskoffice.domain import calendar_lines as lines
from deskoffice.domain.errors import RuleError
from deskoffice.domain.old_dates import year_in
from deskoffice.domain.workdays import Calendar
from deskoffice.paper.text_in import decode
from deskoffice.paper.xlsx_in import read_workbook
from deskoffice.storage.settings import CalendarDayRecord
from deskoffice.usecases import attachments, settings
from deskoffice.usecases.attachments import FileDraft
from deskoffice.usecases.office import Office

Days = Mapping[date, tuple[bool, str]]


@dataclass(frozen=True, slots=True)
class YearCalendar:
    """A year: the days that its notice names, True for a working one, with the holiday's name."""

    year: int
    days: Days

    @property
    def is_known(self) -> bool:
        """The notice of the year is in."""
        return bool(self.days)

    def is_workday(self, day: date) -> bool:
        """Whether the office works on a day of this year."""
        return Calendar({one: works for one, (works, _) in self.days.items()}).is_workday(day)


@dataclass(frozen=True, slots=True)
class TakenCalendar:
    """What a file brought: of which years, how many days off and how many moved working days."""

    years: tuple[int, ...]
    free: int
    worked: int


def of_year(office: Office, year: int) -> YearCalendar:
    """What is stored for a year."""
    query = select(CalendarDayRecord).where(CalendarDayRecord.day.between(date(year, 1, 1), date(year, 12, 31)))
    with office.read() as session:
        found = {record.day: (record.is_workday, record.name) for record in session.scalars(query)}
    return YearCalendar(year, found)


def toggle(office: Office, day: date) -> None:
    """A working day becomes a free one, and the other way round."""
    works = of_year(office, day.year).is_workday(day)
    settings.save_calendar(office, {day: (False, "放假") if works else (True, "上班")})


def take_bundled(office: Office, year: int) -> int:
    """The days of the notice that the program brings; gives how many."""
    days = settings.bundled_calendar([year])
    if not days:
        raise RuleError("calendar_not_bundled", year=year)
    settings.save_calendar(office, days)
    return len(days)


def take_file(office: Office, name: str, data: bytes) -> TakenCalendar:
    """The year's notice as it was published, or a table of its days; a line that cannot be read keeps all of it out."""
    days = _days_in(name, data)
    if not days:
        raise RuleError("calendar_file_empty")
    settings.save_calendar(office, days)
    worked = sum(works for works, _ in days.values())
    return TakenCalendar(tuple(sorted({day.year for day in days})), len(days) - worked, worked)


def _days_in(name: str, data: bytes) -> lines.Days:
    suffix = PurePath(name).suffix.lower()
    if suffix in (".xlsx", ".xls", ".et"):
        sheets = [lines.of_rows(sheet.rows(), year_in(sheet.title)) for sheet in read_workbook(data)]
        return {day: said for sheet in sheets for day, said in sheet.items()}
    if suffix == ".json":
        try:
            return lines.of_json(json.loads(decode(data)))
        except ValueError as error:
            raise RuleError("calendar_file_empty") from error
    if suffix not in (".csv", ".txt", ".docx", ".pdf"):
        raise RuleError("calendar_file_kind")
    is_plain = suffix in (".csv", ".txt")
    text = decode(data) if is_plain else attachments.read(FileDraft(name, data)).text
    return lines.of_notice(text) or _of_text(text)


def _of_text(text: str) -> lines.Days:
    return lines.of_rows(enumerate(map(_cells, text.splitlines()), start=1))


def _cells(line: str) -> list[str]:
    """With commas, tabs or other marks between them, or with spaces alone."""
    mark = next((one for one in ",，;；\t|" if one in line), "")
    return next(csv.reader([line.strip()], delimiter=mark), []) if mark else re.split(r"\s+(?=\D)", line.strip())
