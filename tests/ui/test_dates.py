"""Dates and numbers as a list shows them."""

from datetime import date

import pytest

from deskoffice.ui.dates import Grade, due_text, heading, short_number

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("due_on", "text", "grade"),
    [
        pytest.param(None, "—", Grade.PLAIN, id="nothing due"),
        pytest.param(date(2026, 11, 22), "已超期 1 天", Grade.OVERDUE, id="yesterday"),
        pytest.param(date(2026, 3, 26), "超期 242 天", Grade.OVERDUE, id="for months"),
        pytest.param(date(2026, 11, 23), "今日", Grade.TODAY, id="today"),
        pytest.param(date(2026, 11, 26), "11月26日", Grade.SOON, id="in three days"),
        pytest.param(date(2026, 11, 27), "11月27日", Grade.PLAIN, id="in four days"),
        pytest.param(date(2027, 1, 5), "2027年1月5日", Grade.PLAIN, id="next year"),
    ],
)
def test_a_due_date_says_how_late_it_is(due_on, text, grade):
    shown = due_text(due_on, TODAY)
    assert (shown.text, shown.grade) == (text, grade)


def test_what_has_ended_is_never_late():
    assert due_text(date(2026, 11, 1), TODAY, ended=True).grade is Grade.PLAIN


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        pytest.param("收〔2026〕413号", ("413", 2026), id="register"),
        pytest.param("东政办发〔2025〕7号", ("7", 2025), id="outgoing"),
        pytest.param("会议一", ("会议一", None), id="other"),
        pytest.param("", ("", None), id="none yet"),
    ],
)
def test_a_list_of_one_register_shows_the_running_number(number, shown):
    assert short_number(number) == shown


def test_the_day_is_named_with_its_weekday():
    assert heading(TODAY) == "11月23日 星期一"
