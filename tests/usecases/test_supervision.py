"""A chased task from 立项 to 销号, on a real vault."""

from dataclasses import replace
from datetime import date

import factories
import pytest
from factories import as_login, as_role, log_in, person_id

from deskoffice.domain.errors import DeskOfficeError, InvalidDraft, NotAllowed
from deskoffice.domain.matters import Action, LinkKind, ListQuery, MatterKind, Outcome, State, StepKind
from deskoffice.domain.people import Role
from deskoffice.domain.supervision import TaskDraft, TaskSource
from deskoffice.domain.values import Classification
from deskoffice.usecases import matters, supervision
from deskoffice.usecases.circulation import incoming
from deskoffice.usecases.office import Office

TASKS = ListQuery(kinds=frozenset({MatterKind.TASK}))
DRAFT = TaskDraft(
    TaskSource.INSTRUCTION, "汛前排查水库险情。逐库建账。", date(2026, 11, 30), lead_unit="县水利局", leader="张伟"
)


@pytest.fixture
def chaser(office: Office) -> Office:
    return as_role(office, Role.SUPERVISION_CLERK)


def given(chaser: Office, **changes: object) -> int:
    return supervision.create(chaser, replace(DRAFT, **changes)).matter_ids[0]


def given_to(chaser: Office, name: str) -> int:
    return given(chaser, lead_unit="", lead_person_id=person_id(chaser, name))


def state_of(office: Office, task: int) -> State:
    return matters.card(office, task).row.state


def test_a_task_is_given_answered_and_struck_off(office, chaser):
    task = given_to(chaser, "孙芳")
    supervision.report(as_login(office, "sunfang"), task, "已排查12座")
    assert [row.action.value for row in matters.todo(chaser)] == ["close"]
    supervision.close(chaser, task, "属实，销号")
    card = matters.card(office, task)
    assert (card.row.number, card.row.title, card.row.state) == ("督〔2026〕1号", "汛前排查水库险情", State.CLOSED)
    assert card.steps[0].opinion == DRAFT.text


def test_what_a_unit_answers_is_written_down_by_the_clerk(office, chaser):
    task = given(chaser)
    supervision.report(chaser, task, "县水利局电话反馈：已完成")
    step = next(s for s in matters.card(office, task).steps if s.kind is StepKind.HANDLING)
    assert (step.unit, step.recorded_by) == ("县水利局", "郑洁")
    supervision.close(chaser, task, "销号")


def test_an_answer_that_is_not_enough_goes_back_into_the_same_hands(office, chaser):
    task = given_to(chaser, "孙芳")
    handler = as_login(office, "sunfang")
    supervision.report(handler, task, "正在排查")
    supervision.return_for_more(chaser, task, "请附逐库台账")
    assert state_of(office, task) is State.HANDLING
    waiting = matters.todo(handler)[0]
    assert (waiting.row.id, waiting.step) == (task, StepKind.HANDLING)
    outcomes = [s.outcome for s in matters.card(office, task).steps if s.kind is StepKind.CLOSE]
    assert outcomes == [Outcome.RETURNED]


def test_nobody_strikes_off_the_own_work(office, chaser):
    task = given_to(chaser, "郑洁")
    supervision.report(chaser, task, "已办结")
    with pytest.raises(NotAllowed):
        supervision.close(chaser, task, "销号")
    supervision.close(as_role(office, Role.OFFICE_LEADER), task, "销号")


def test_a_task_is_not_struck_off_before_it_is_answered(office, chaser):
    task = given(chaser)
    with pytest.raises(NotAllowed):
        supervision.close(chaser, task, "销号")
    assert state_of(office, task) is State.HANDLING


def test_each_reminder_is_a_step(office, chaser):
    task = given(chaser)
    supervision.urge(chaser, task, "电话催办，答复下周一报")
    supervision.urge(chaser, task, "发催办通知")
    said = [s.opinion for s in matters.card(office, task).steps if s.kind is StepKind.URGE]
    assert said == ["电话催办，答复下周一报", "发催办通知"]


def test_overdue_is_found_by_the_day_and_ends_with_the_task(office, chaser):
    task = given(chaser)
    late = replace(TASKS, due_before=date(2026, 12, 1))
    assert matters.list_page(office, late, 0, 10).total == 1
    supervision.report(chaser, task, "完成")
    supervision.close(as_role(office, Role.OFFICE_LEADER), task, "销号")
    assert matters.list_page(office, late, 0, 10).total == 0


def test_numbers_have_no_gap_after_a_refusal(office, chaser):
    given(chaser)
    with pytest.raises(InvalidDraft):
        given(chaser, due_on=date(2026, 11, 22))
    with pytest.raises(NotAllowed):
        supervision.create(as_login(office, "intern"), DRAFT)
    given(chaser)
    assert [row.number for row in reversed(matters.list_page(office, TASKS, 0, 9).rows)] == [
        "督〔2026〕1号",
        "督〔2026〕2号",
    ]


def test_the_chain_leads_back_to_the_paper(office, chaser):
    paper = incoming.register(office, factories.incoming_draft()).matter_ids[0]
    task = supervision.create(chaser, DRAFT, chases_id=paper).matter_ids[0]
    link = matters.card(office, paper).links[0]
    assert (link.kind, link.forward, link.matter.id) == (LinkKind.CHASES, False, task)


def test_a_secret_task_is_known_to_those_who_chase_and_who_handle(office):
    chaser = log_in(office, "zhengjie")
    secret = {"level": Classification.CONFIDENTIAL, "secrecy_years": 5}
    task = given(chaser, lead_unit="", lead_person_id=person_id(chaser, "孙芳"), **secret)
    handler = log_in(chaser, "sunfang")
    assert matters.card(handler, task).steps[0].opinion == DRAFT.text
    bystander = log_in(handler, "fengjun")
    assert matters.list_page(bystander, TASKS, 0, 9).total == 0
    bystander.close()


def test_a_secret_task_is_not_given_to_somebody_not_cleared(office, chaser):
    with pytest.raises(DeskOfficeError, match="clearance_too_low"):
        given(
            chaser,
            level=Classification.CONFIDENTIAL,
            secrecy_years=5,
            lead_unit="",
            lead_person_id=person_id(office, "陈晨"),
        )
    assert matters.list_page(office, TASKS, 0, 9).total == 0


def test_what_is_late_in_other_hands_is_offered_to_be_urged_to_those_who_may(office, chaser):
    task = given(chaser, due_on=date(2026, 11, 24))
    assert matters.to_urge(chaser) == ()
    office.clock.move(days=3)
    assert [(one.row.id, one.action) for one in matters.to_urge(chaser)] == [(task, Action.URGE)]
    assert matters.to_urge(as_login(office, "intern")) == ()
