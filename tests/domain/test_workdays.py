"""Deadlines in working days, over holidays, moved days and the turn of the year."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskoffice.domain.workdays import Calendar, due_on

NATIONAL_DAY = Calendar(
    {date(2026, 10, day): False for day in range(1, 8)} | {date(2026, 9, 20): True, date(2026, 10, 10): True}
)
PLAIN = Calendar({})


@pytest.mark.parametrize(
    ("received", "days", "due", "calendar"),
    [
        pytest.param(date(2026, 11, 23), 1, date(2026, 11, 24), PLAIN, id="the day of receipt does not count"),
        pytest.param(date(2026, 11, 27), 1, date(2026, 11, 30), PLAIN, id="over a weekend"),
        pytest.param(date(2026, 9, 30), 1, date(2026, 10, 8), NATIONAL_DAY, id="over the holiday"),
        pytest.param(date(2026, 9, 30), 3, date(2026, 10, 10), NATIONAL_DAY, id="a Saturday that is worked"),
        pytest.param(date(2026, 12, 31), 1, date(2027, 1, 1), PLAIN, id="a year without its notice counts weekdays"),
        pytest.param(date(2026, 11, 23), 0, date(2026, 11, 23), PLAIN, id="none is the same day"),
    ],
)
def test_due_day(received: date, days: int, due: date, calendar: Calendar) -> None:
    assert due_on(received, days, calendar) == due


@given(st.dates(date(2024, 1, 1), date(2030, 1, 1)), st.integers(1, 60))
def test_a_deadline_is_a_working_day_and_one_day_more_is_later(received: date, days: int) -> None:
    due = due_on(received, days, NATIONAL_DAY)
    assert NATIONAL_DAY.is_workday(due)
    assert due < due_on(received, days + 1, NATIONAL_DAY)


def test_a_year_without_its_notice_is_not_known() -> None:
    assert NATIONAL_DAY.knows(2026)
    assert not NATIONAL_DAY.knows(2027)
