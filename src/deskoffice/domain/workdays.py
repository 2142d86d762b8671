"""Working days: how long a deadline is when holidays and moved days count (国务院办公厅 节假日安排)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days that differ from plain weeks; a year without any is not known."""

    days: Mapping[date, bool]
    """True for a working day."""

    def is_workday(self, day: date) -> bool:
        """Monday to Friday, unless the notice of the year says otherwise."""
        return self.days.get(day, day.weekday() < 5)

    def knows(self, year: int) -> bool:
        """The notice of the year is in; without it deadlines are plain weekdays and must be marked so."""
        return any(day.year == year for day in self.days)


def due_on(received_on: date, days: int, calendar: Calendar) -> date:
    """The last working day on which the reply is in time.

    The day of receipt does not count; days that the calendar moves (调休) count as it says.
    """
    day, left = received_on, days
    while left > 0:
        day += timedelta(days=1)
        left -= calendar.is_workday(day)
    return day


def count(first: date, last: date, calendar: Calendar) -> int:
    """Working days after the first day up to the last, both of them as the calendar says."""
    days = (first + timedelta(days=number) for number in range(1, (last - first).days + 1))
    return sum(calendar.is_workday(day) for day in days)
