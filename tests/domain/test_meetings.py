"""Rules of meetings as tables."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from domain.people_cases import BYSTANDER, LEADER, REQUESTER, actor, for_role, standing

from deskoffice.domain.errors import InvalidDraft, RuleError
from deskoffice.domain.matters import ENDED, Action, State, StepKind
from deskoffice.domain.meetings import (
    MeetingDraft,
    MeetingSeries,
    Presence,
    SignIn,
    TopicDraft,
    actions,
    check,
    check_sign_in,
    ordinal_name,
)
from deskoffice.domain.people import Role

NINE = datetime(2026, 11, 24, 1, tzinfo=UTC)
DRAFT = MeetingDraft(
    series=MeetingSeries.EXECUTIVE,
    title="县政府常务会议",
    place="第一会议室",
    starts_at=NINE,
    ends_at=NINE + timedelta(hours=2),
    chair_id=LEADER,
    grounds="年度计划",
    attendee_ids=(LEADER,),
)
CLERK = actor(REQUESTER, Role.CONFERENCE_CLERK)
UPKEEP = {Action.ATTACH, Action.ADD_READER}


def meeting(state: State) -> object:
    waiting = [for_role(StepKind.APPROVAL, Role.OFFICE_LEADER)] if state is State.REQUESTED else []
    return standing(state, *waiting, request=REQUESTER)


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (State.REQUESTED, {Action.EDIT}),
        (State.APPROVED, {Action.RUN, Action.SIGN_IN, Action.RECORD, Action.DISCUSS, Action.EDIT}),
        (State.HELD, {Action.DISCUSS, Action.DECIDE, Action.MINUTES, Action.RECORD, Action.RUN, Action.CLOSE}),
        (State.MINUTED, {Action.CLOSE, Action.DECIDE, Action.MINUTES, Action.RUN}),
    ],
)
def test_what_the_clerk_may_do(state, expected):
    assert set(actions(meeting(state), CLERK)) - {Action.PRINT} == expected | UPKEEP


@pytest.mark.parametrize("state", sorted(ENDED))
def test_what_has_ended_is_only_printed(state):
    assert actions(meeting(state), CLERK) == (Action.PRINT,)


@pytest.mark.parametrize(
    ("who", "may"),
    [
        pytest.param(actor(LEADER, Role.OFFICE_LEADER), True, id="a leader"),
        pytest.param(actor(LEADER, Role.SIGNATORY), True, id="a signatory"),
        pytest.param(actor(REQUESTER, Role.OFFICE_LEADER), False, id="who asked"),
        pytest.param(actor(BYSTANDER, Role.CONFERENCE_CLERK), False, id="a clerk"),
    ],
)
def test_who_approves(who, may):
    assert (Action.APPROVE in actions(meeting(State.REQUESTED), who)) is may


@pytest.mark.parametrize(
    ("change", "problems"),
    [
        pytest.param({}, {}, id="whole"),
        pytest.param({"attendee_ids": (), "units": ("县财政局",)}, {}, id="units only"),
        pytest.param({"attendee_ids": ()}, {"attendees": "required"}, id="nobody called"),
        pytest.param({"sitting_in_ids": (LEADER,)}, {"attendees": "attendee_twice"}, id="called twice"),
        pytest.param({"ends_at": NINE}, {"ends_at": "ends_before_start"}, id="no time"),
        pytest.param({"grounds": ""}, {"grounds": "required"}, id="without grounds"),
        pytest.param({"ordinal": 0}, {"ordinal": "number_too_small"}, id="第0次"),
        pytest.param({"topics": (TopicDraft(" "),)}, {"topics": "topic_untitled"}, id="a topic without a name"),
    ],
)
def test_what_may_be_called(change, problems):
    draft = replace(DRAFT, **change)
    if not problems:
        check(draft)
        return
    with pytest.raises(InvalidDraft) as caught:
        check(draft)
    assert caught.value.problems == problems


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        (SignIn(1, Presence.PRESENT), None),
        (SignIn(1, Presence.ABSENT), None),
        (SignIn(1, Presence.STOOD_IN, stand_in="李四"), None),
        (SignIn(1, Presence.STOOD_IN), "stand_in_needed"),
        (SignIn(1, Presence.ON_LEAVE, reason="出差"), None),
        (SignIn(1, Presence.ON_LEAVE), "leave_reason_needed"),
    ],
)
def test_what_a_line_of_the_sheet_needs(entry, problem):
    if problem is None:
        check_sign_in([entry], {1})
        return
    with pytest.raises(InvalidDraft) as caught:
        check_sign_in([entry], {1})
    assert problem in caught.value.problems.values()


def test_nobody_signs_in_who_was_not_called():
    with pytest.raises(RuleError) as caught:
        check_sign_in([SignIn(2, Presence.PRESENT)], {1})
    assert caught.value.code == "attendee_missing"


def test_the_ordinal_stands_before_the_series():
    assert ordinal_name("常务会议", 58) == "第58次常务会议"
    assert ordinal_name("专题会", None) == "专题会"
