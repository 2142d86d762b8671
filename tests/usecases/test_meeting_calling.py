"""Calling a meeting as last time, again on fixed days, and knowing beforehand who would be wanted twice."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from factories import as_login, as_role, person_id
from usecases.meeting_cases import called
from usecases.meeting_cases import draft as meeting_draft

from deskoffice.domain.matters import ListQuery, MatterKind, State
from deskoffice.domain.meeting_plan import DayKind, LeaderDay
from deskoffice.domain.meeting_rounds import Repeat, days
from deskoffice.domain.meetings import MeetingSeries
from deskoffice.domain.people import Role
from deskoffice.usecases import matters, meeting_calling, meeting_days, meeting_views, meetings
from deskoffice.usecases.meeting_calling import Taking
from deskoffice.usecases.office import CHINA


@pytest.mark.parametrize(
    ("first", "repeat", "times", "expected"),
    [
        pytest.param(date(2026, 11, 23), Repeat.WEEKLY, 3, ["11-23", "11-30", "12-07"], id="every Monday"),
        pytest.param(date(2026, 11, 23), Repeat.FORTNIGHTLY, 2, ["11-23", "12-07"], id="every other Monday"),
        pytest.param(date(2026, 1, 31), Repeat.MONTHLY, 3, ["01-31", "03-02", "03-31"], id="the last of a short month"),
        pytest.param(date(2026, 11, 23), Repeat.ONCE, 9, ["11-23"], id="once"),
        pytest.param(date(2026, 9, 25), Repeat.WEEKLY, 2, ["09-25", "10-02"], id="no calendar, no holidays"),
    ],
)
def test_the_days_of_a_round(first, repeat, times, expected):
    found = days(first, repeat, times, lambda day: day.weekday() < 5)
    assert [f"{day:%m-%d}" for day in found] == expected


def test_a_meeting_on_a_day_off_is_held_on_the_next_working_day():
    off = {date(2026, 11, 30), date(2026, 12, 1)}
    found = days(date(2026, 11, 23), Repeat.WEEKLY, 2, lambda day: day not in off)
    assert found == (date(2026, 11, 23), date(2026, 12, 2))


def test_a_round_of_weekly_meetings_is_called_at_once_and_each_is_approved_by_itself(office):
    clerk = as_role(office, Role.CONFERENCE_CLERK)
    draft = meeting_draft(office, series=MeetingSeries.REGULAR, title="办公室工作例会")
    told = meeting_calling.call_round(clerk, draft, Repeat.WEEKLY, 4)
    assert told.number.startswith("会")
    assert "至" in told.number
    rows = matters.list_page(office, ListQuery(frozenset({MatterKind.MEETING})), 0, 10).rows
    assert [row.state for row in rows] == [State.REQUESTED] * 4
    found = [meeting_views.detail(clerk, row.id) for row in sorted(rows, key=lambda row: row.id)]
    assert [one.starts_at - found[0].starts_at for one in found] == [timedelta(weeks=at) for at in range(4)]
    assert [len(one.topics) for one in found] == [len(draft.topics), 0, 0, 0]
    leader = as_role(office, Role.OFFICE_LEADER)
    for one in found[:2]:
        meetings.approve(leader, one.row.id)
    assert [meeting_views.detail(clerk, one.row.id).ordinal for one in found] == [1, 2, None, None]


def test_the_next_meeting_begins_as_the_last_of_its_series(office):
    clerk = as_role(office, Role.CONFERENCE_CLERK)
    assert meeting_calling.as_last_time(clerk, MeetingSeries.EXECUTIVE) is None
    draft = meeting_draft(office)
    meetings.call(clerk, draft)
    last = meeting_calling.as_last_time(clerk, draft.series)
    assert set(last.attendee_ids) == set(draft.attendee_ids)
    expected = replace(draft, topics=(), unit=last.unit, attendee_ids=last.attendee_ids)
    assert last == expected


def test_who_and_which_room_is_taken_is_known_before_anything_is_stored(office):
    meeting = called(office)
    found = meeting_views.detail(office, meeting)
    clerk = as_login(office, "wuhao")
    chair = person_id(office, "张伟")
    at_once = Taking(found.starts_at, found.ends_at, found.place, frozenset({chair}))
    assert [one.who for one in meeting_calling.taken(clerk, at_once)] == ["张伟", found.place]
    assert meeting_calling.taken(clerk, replace(at_once, without=meeting)) == ()
    assert meeting_calling.taken(clerk, replace(at_once, starts_at=found.ends_at, ends_at=found.ends_at)) == ()
    begins = datetime(2026, 12, 3, 9, tzinfo=CHINA)
    activity = LeaderDay(chair, DayKind.ACTIVITY, begins, begins + timedelta(hours=1), "调研供暖", "城关镇")
    meeting_days.enter(clerk, activity)
    later = Taking(begins, begins + timedelta(hours=2), "", frozenset({chair}))
    assert [one.what for one in meeting_calling.taken(clerk, later)] == ["调研供暖"]
