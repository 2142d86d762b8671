"""年历: the working days of one year as the office keeps them, shown, changed and read from a file."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from deskoffice.domain.errors import RuleError
from deskoffice.domain.workdays import Calendar
from deskoffice.paper.text_in import decode
from deskoffice.storage.settings import CalendarDayRecord
from deskoffice.usecases import settings
from deskoffice.usecases.office import Office

WORKING = frozenset({"上班", "工作日", "调休上班", "1"})
FREE = frozenset({"放假", "休息", "节假日", "0"})
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


def take_file(office: Office, data: bytes) -> int:
    """Lines of `日期,上班或放假,名称`; nothing is stored when one of them cannot be read."""
    days: dict[date, tuple[bool, str]] = {}
    for number, cells in enumerate(csv.reader(io.StringIO(decode(data))), start=1):
        if not any(cell.strip() for cell in cells) or (number == 1 and "日期" in cells[0]):
            continue
        day, works, name = _line(cells, number)
        days[day] = (works, name)
    if not days:
        raise RuleError("calendar_file_empty")
    settings.save_calendar(office, days)
    return len(days)


def _line(cells: list[str], number: int) -> tuple[date, bool, str]:
    written = [cell.strip() for cell in cells]
    try:
        day = date.fromisoformat(written[0].replace("/", "-"))
    except ValueError as error:
        raise RuleError("calendar_line_wrong", line=number) from error
    what = written[1] if len(written) > 1 else ""
    if what not in WORKING | FREE:
        raise RuleError("calendar_line_wrong", line=number)
    return day, what in WORKING, written[2] if len(written) > 2 else what
