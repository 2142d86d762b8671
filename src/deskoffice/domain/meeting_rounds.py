"""Meetings that come again on fixed days (固定会议): every week, every other, every month."""

import calendar
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from enum import StrEnum


class Repeat(StrEnum):
    """How often a meeting comes again (召开周期)."""

    ONCE = "once"
    """只开这一次"""
    WEEKLY = "weekly"
    """每周"""
    FORTNIGHTLY = "fortnightly"
    """每两周"""
    MONTHLY = "monthly"
    """每月"""


MOST = 53
"""A year of weeks; the next year is called anew."""

WEEKS = {Repeat.WEEKLY: 1, Repeat.FORTNIGHTLY: 2}


def days(first: date, repeat: Repeat, times: int, is_working: Callable[[date], bool]) -> tuple[date, ...]:
    """The days of the round; one that falls on a day off is held on the next working day.

    The first is the day that was typed, whatever it is: somebody meant it.
    """
    wanted = _wanted(first, repeat, 1 if repeat is Repeat.ONCE else min(times, MOST))
    return (next(wanted), *(_working(day, is_working) for day in wanted))


def _wanted(first: date, repeat: Repeat, times: int) -> Iterator[date]:
    for step in range(times):
        if repeat is Repeat.MONTHLY:
            months = first.year * 12 + first.month - 1 + step
            year, month = divmod(months, 12)
            yield date(year, month + 1, min(first.day, calendar.monthrange(year, month + 1)[1]))
        else:
            yield first + timedelta(weeks=step * WEEKS.get(repeat, 0))


def _working(day: date, is_working: Callable[[date], bool]) -> date:
    while not is_working(day):
        day += timedelta(days=1)
    return day
