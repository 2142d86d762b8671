"""Rules of chased tasks as tables."""

from dataclasses import replace
from datetime import date

import pytest
from domain.people_cases import BYSTANDER, LEADER, REQUESTER, actor, for_person, for_role, standing

from deskoffice.domain.errors import InvalidDraft
from deskoffice.domain.matters import ENDED, Action, State, StepKind
from deskoffice.domain.people import Role
from deskoffice.domain.supervision import TaskDraft, TaskSource, actions, check, title_of

TODAY = date(2026, 12, 31)
DRAFT = TaskDraft(TaskSource.MEETING, "完成老旧小区改造方案", TODAY, lead_unit="县住建局")
HANDLER = 5
GIVEN = standing(State.HANDLING, for_person(StepKind.HANDLING, HANDLER))
OUTSIDE = standing(State.HANDLING, for_person(StepKind.HANDLING, 99))
ANSWERED = standing(State.REPORTED, for_role(StepKind.CLOSE, Role.SUPERVISION_CLERK), handling=HANDLER)
CHASER_KEEPS = {Action.ADD_READER, Action.ATTACH}


@pytest.mark.parametrize(
    ("task", "who", "expected"),
    [
        pytest.param(GIVEN, actor(HANDLER, Role.DRAFTER), {Action.REPORT, Action.ATTACH}, id="the handler answers"),
        pytest.param(GIVEN, actor(BYSTANDER, Role.DRAFTER), set(), id="others look on"),
        pytest.param(
            OUTSIDE,
            actor(LEADER, Role.SUPERVISION_CLERK),
            {Action.REPORT, Action.URGE} | CHASER_KEEPS,
            id="the clerk chases and writes down",
        ),
        pytest.param(
            ANSWERED,
            actor(LEADER, Role.SUPERVISION_CLERK),
            {Action.CLOSE, Action.RETURN} | CHASER_KEEPS,
            id="the clerk judges",
        ),
        pytest.param(
            ANSWERED,
            actor(LEADER, Role.OFFICE_LEADER),
            {Action.CLOSE, Action.RETURN} | CHASER_KEEPS,
            id="a leader judges",
        ),
        pytest.param(ANSWERED, actor(HANDLER, Role.OFFICE_LEADER), CHASER_KEEPS, id="nobody judges the own work"),
        pytest.param(ANSWERED, actor(REQUESTER, Role.SECRETARIAT), set(), id="the secretary does not"),
    ],
)
def test_who_may_do_what(task, who, expected):
    assert set(actions(task, who)) - {Action.PRINT} == expected


@pytest.mark.parametrize("state", sorted(ENDED))
def test_what_has_ended_is_only_printed(state):
    assert actions(replace(ANSWERED, state=state), actor(LEADER, Role.SUPERVISION_CLERK)) == (Action.PRINT,)


@pytest.mark.parametrize(
    ("change", "problems"),
    [
        pytest.param({}, {}, id="due today, on the last day of the year"),
        pytest.param({"lead_unit": "", "lead_person_id": 3}, {}, id="a person leads"),
        pytest.param({"lead_unit": ""}, {"lead": "lead_needed"}, id="nobody leads"),
        pytest.param({"due_on": None}, {"due_on": "required"}, id="no day"),
        pytest.param({"due_on": date(2026, 12, 30)}, {"due_on": "due_in_past"}, id="yesterday"),
        pytest.param({"text": "\n"}, {"text": "required"}, id="nothing to do"),
    ],
)
def test_what_may_be_put_on_record(change, problems):
    draft = replace(DRAFT, **change)
    if not problems:
        check(draft, TODAY)
        return
    with pytest.raises(InvalidDraft) as caught:
        check(draft, TODAY)
    assert caught.value.problems == problems


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("完成改造方案。由县住建局牵头。", "完成改造方案"),
        ("\n  完成改造方案\n第二行", "完成改造方案"),
        ("长" * 60, "长" * 60),
        ("长" * 61, "长" * 59 + "…"),
        ("。", "。"),
    ],
    ids=["first sentence", "first line", "longest", "one too long", "only a stop"],
)
def test_the_title_of_a_task(text, title):
    assert title_of(text) == title
