"""Which days have to be told of: today, and every day on which the person was not here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

LONGEST = 60
"""Further back is told as one line: after two months nobody reads day by day."""


@dataclass(frozen=True, slots=True)
class Missed:
    """A day that passed unseen, and how many still open matters were due on it."""

    day: date
    count: int


def missed(last_seen: date, today: date, due: Mapping[date, int]) -> Sequence[Missed]:
    """Days after the last one seen, before today, on which something still open was due."""
    first = max(last_seen, today - timedelta(days=LONGEST)) + timedelta(days=1)
    return tuple(Missed(day, due[day]) for day in sorted(due) if first <= day < today)


def seen(kept: str, today: date) -> tuple[date, str]:
    """The day up to which the person knows, and what to keep; all of today it stays what it was this morning."""
    days = [date.fromisoformat(part) for part in kept.split()]
    if not days:
        days = [today, today]
    shown_on, known_to = days
    if shown_on != today:
        known_to, shown_on = shown_on, today
    return known_to, f"{shown_on} {known_to}"
