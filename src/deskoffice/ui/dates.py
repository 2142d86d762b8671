"""Days as a list shows them: what is late, what is due, and for how long a paper has lain somewhere."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from deskoffice.domain.dwell import Rest, minutes_held, span_text
from deskoffice.domain.matters import ENDED, MatterRow, State

WEEKDAYS = "一二三四五六日"
LONG_LATE = 100
SOON_DAYS = 3


class Grade(StrEnum):
    """How a date is coloured; the words say the same."""

    PLAIN = "plain"
    OVERDUE = "overdue"
    TODAY = "today"
    SOON = "soon"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class DueText:
    """A due date in words."""

    text: str
    grade: Grade


def due_text(due_on: date | None, today: date, *, ended: bool = False) -> DueText:
    """`已超期 1 天`, `今日`, `11月26日`; a dash where nothing is due."""
    if due_on is None:
        return DueText("—", Grade.PLAIN)
    days = (due_on - today).days
    if ended:
        return DueText(day_text(due_on, today), Grade.PLAIN)
    if days < 0:
        # Three figures must not be cut to two in a narrow column.
        return DueText(f"{'已超期' if -days < LONG_LATE else '超期'} {-days} 天", Grade.OVERDUE)
    if days == 0:
        return DueText("今日", Grade.TODAY)
    return DueText(day_text(due_on, today), Grade.SOON if days <= SOON_DAYS else Grade.PLAIN)


def due_of(row: MatterRow, today: date) -> DueText:
    """By when a matter is due; what has ended or is set aside is never late."""
    return due_text(row.due_on, today, ended=row.state in ENDED or row.state is State.SUSPENDED)


def day_text(day: date, today: date) -> str:
    """`11月26日`, with the year where it is not this one."""
    text = f"{day.month}月{day.day}日"
    return text if day.year == today.year else f"{day.year}年{text}"


def moment_text(moment: datetime, today: date) -> str:
    """`11月20日 08:32`; rows carry their moments in the time of China."""
    return f"{day_text(moment.date(), today)} {moment:%H:%M}"


def dwell_text(sent_at: datetime, until: datetime, rests: Iterable[Rest]) -> str:
    """How long somebody had a paper, without the time it was set aside: `2天3小时`, `40分钟`."""
    return span_text(minutes_held(sent_at, until, rests))


def heading(day: date) -> str:
    """`11月23日 星期一`."""
    return f"{day.month}月{day.day}日 星期{WEEKDAYS[day.weekday()]}"


def short_number(number: str) -> tuple[str, int | None]:
    """What a column of one register shows of `收〔2026〕413号`: 413 and the year; other numbers stay whole."""
    found = re.fullmatch(r".*〔(\d{4})〕(\d+)号", number)
    return (found[2], int(found[1])) if found else (number, None)
