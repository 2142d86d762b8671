"""A meeting from the request to the last decision done, on a real vault."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from factories import as_login, as_role, log_in, person_id
from usecases.meeting_cases import DUE, SAID, approved, called, decisions, draft, held

from deskoffice.domain.errors import DeskOfficeError, RuleError
from deskoffice.domain.matters import Action, ContentRole, LinkKind, ListQuery, MatterKind, State
from deskoffice.domain.meetings import DecisionDraft, MeetingSeries, Presence, SignIn, TopicDraft
from deskoffice.domain.people import Role
from deskoffice.domain.values import Classification
from deskoffice.usecases import matters, meeting_minutes, meeting_views, meetings, search, supervision
from deskoffice.usecases.office import Office


def state_of(office: Office, matter_id: int) -> State:
    return matters.card(office, matter_id).row.state


def everything(office: Office) -> object:
    with office.read() as session:
        log = len(office.vault.audit.entries(session, limit=1000))
    page = matters.list_page(office, ListQuery(kinds=frozenset(MatterKind)), 0, 100)
    return log, page


def refused(office: Office, code: str, act: Callable[[], object]) -> DeskOfficeError:
    """The act is refused and leaves numbers, states and log as they were."""
    before = everything(office)
    with pytest.raises(DeskOfficeError) as caught:
        act()
    assert caught.value.code == code
    assert everything(office) == before
    return caught.value


def test_a_meeting_goes_from_the_request_to_the_file(office):
    clerk = as_role(office, Role.CONFERENCE_CLERK)
    meeting = held(office)
    meetings.decide(clerk, meeting, decisions(office))
    meeting_minutes.write(clerk, meeting, meeting_minutes.begin(clerk, meeting))
    meetings.close(clerk, meeting)
    card = matters.card(office, meeting)
    assert (card.row.state, card.row.number) == (State.CLOSED, "会〔2026〕1号")
    assert [row.action for row in card.timeline] == [
        "meetings.meeting.called",
        "meetings.meeting.approved",
        "meetings.meeting.signed_in",
        "meetings.meeting.recorded",
        "meetings.meeting.decided",
        "meetings.meeting.minuted",
        "meetings.meeting.closed",
    ]


def test_a_topic_is_found_by_its_words(office):
    meeting = called(office)
    search.catch_up(office)
    assert [hit.row.id for hit in search.find(office, "小区改造").hits] == [meeting]


def test_it_is_approved_before_anybody_signs_in(office):
    meeting = called(office)
    line = meeting_views.detail(office, meeting).attendees[0]
    clerk = as_role(office, Role.CONFERENCE_CLERK)
    entry = SignIn(line.id, Presence.PRESENT)
    refused(office, "action_not_allowed", lambda: meetings.sign_in(clerk, meeting, [entry]))


def test_nobody_approves_the_own_meeting(office):
    leader = as_role(office, Role.OFFICE_LEADER)
    meeting = meetings.call(leader, draft(office)).matter_ids[0]
    refused(office, "action_not_allowed", lambda: meetings.approve(leader, meeting))


def test_a_refused_meeting_keeps_its_reason_and_takes_no_ordinal(office):
    meeting = called(office)
    meetings.refuse(as_role(office, Role.OFFICE_LEADER), meeting, "并入下周常务会议")
    assert state_of(office, meeting) is State.REFUSED
    assert matters.card(office, meeting).steps[-1].opinion == "并入下周常务会议"
    assert meeting_views.detail(office, approved(office)).ordinal == 1


def test_each_series_counts_its_own_meetings(office):
    first = approved(office, ordinal=57)
    second = approved(office)
    other = approved(office, series=MeetingSeries.REGULAR)
    found = [meeting_views.detail(office, meeting).ordinal for meeting in (first, second, other)]
    assert found == [57, 58, 1]


def test_an_ordinal_is_given_once(office):
    approved(office, ordinal=57)
    clerk = as_role(office, Role.CONFERENCE_CLERK)
    refused(office, "meeting_ordinal_taken", lambda: meetings.call(clerk, draft(office, ordinal=57)))


def test_a_clash_of_room_and_people_is_told_not_forbidden(office):
    called(office)
    clerk = as_role(office, Role.CONFERENCE_CLERK)
    again = meetings.call(clerk, draft(office, title="专题会议"))
    assert again.notes == ("meeting_place_taken", "meeting_people_taken")


def test_people_stand_by_rank_members_before_units_before_those_who_sit_in(office):
    lines = meeting_views.detail(office, called(office)).attendees
    assert [line.person or line.unit for line in lines] == ["李强", "张伟", "县财政局", "赵明"]


def test_a_meeting_is_changed_until_somebody_signed_in(office):
    clerk = as_role(office, Role.CONFERENCE_CLERK)
    meeting = approved(office)
    moved = replace(meeting_views.draft_of(office, meeting), place="第二会议室", topics=(TopicDraft("冬季供暖准备"),))
    meetings.edit(clerk, meeting, moved)
    found = meeting_views.detail(office, meeting)
    assert (found.place, [topic.title for topic in found.topics], found.ordinal) == ("第二会议室", ["冬季供暖准备"], 1)
    meetings.sign_in(clerk, meeting, [SignIn(found.attendees[0].id, Presence.PRESENT)])
    refused(office, "meeting_signed_in", lambda: meetings.edit(clerk, meeting, moved))


def test_a_draft_read_back_is_the_draft_typed(office):
    typed = draft(office, unit="县政府办公室", ordinal=3, size=30)
    meeting = meetings.call(as_role(office, Role.CONFERENCE_CLERK), typed).matter_ids[0]
    read = meeting_views.draft_of(office, meeting)
    assert replace(read, attendee_ids=()) == replace(typed, attendee_ids=())
    assert set(read.attendee_ids) == set(typed.attendee_ids)


def test_nothing_is_recorded_of_a_meeting_to_which_nobody_came(office):
    meeting = approved(office)
    clerk = as_role(office, Role.CONFERENCE_CLERK)
    refused(office, "meeting_nobody_present", lambda: meetings.record(clerk, meeting, SAID))


def test_the_record_is_for_those_who_were_there(office):
    meeting = held(office)
    there = log_in(office, "zhangwei")
    assert meeting_views.text_of(there, meeting, ContentRole.RECORD) == SAID
    on_leave = log_in(there, "liqiang")
    with pytest.raises(DeskOfficeError, match="vault_not_yours"):
        meeting_views.text_of(on_leave, meeting, ContentRole.RECORD)
    assert matters.card(on_leave, meeting).contents[0].name == ""
    on_leave.close()


def test_somebody_let_in_later_does_not_get_the_record(office):
    clerk = log_in(office, "wuhao")
    level = {"level": Classification.CONFIDENTIAL, "secrecy_years": 5}
    meeting = held(clerk, **level)
    meeting_minutes.write(as_role(clerk, Role.CONFERENCE_CLERK), meeting, "会议议定，秋粮收购按方案执行。")
    minutes = meeting_minutes.paper_of(clerk, meeting)
    from deskoffice.usecases.circulation import incoming

    for paper in (meeting, minutes.id):
        incoming.add_readers(as_role(clerk, Role.SECRETARIAT), paper, [person_id(clerk, "孙芳")], "参与落实")
    reader = log_in(clerk, "sunfang")
    assert meeting_minutes.text_of(reader, meeting) == "会议议定，秋粮收购按方案执行。"
    assert meeting_views.detail(reader, meeting).topics[0].title == "老旧小区改造方案"
    with pytest.raises(DeskOfficeError, match="vault_not_yours"):
        meeting_views.text_of(reader, meeting, ContentRole.RECORD)
    reader.close()


def test_a_secret_meeting_does_not_exist_for_those_not_called(office):
    meeting = approved(office, level=Classification.CONFIDENTIAL, secrecy_years=5)
    bystander = as_login(office, "zhengjie")
    with pytest.raises(RuleError, match="matter_missing"):
        meeting_views.detail(bystander, meeting)
    day = date(2026, 11, 24)
    assert meeting_views.calendar(bystander, day, day) == ()
    assert [row.place for row in meeting_views.calendar(as_login(office, "zhangwei"), day, day)] == ["第一会议室"]


def test_nobody_is_called_above_the_own_clearance(office):
    clerk = as_role(office, Role.CONFERENCE_CLERK)
    uncleared = draft(
        office, level=Classification.CONFIDENTIAL, secrecy_years=5, attendee_ids=(person_id(office, "陈晨"),)
    )
    refused(office, "clearance_too_low", lambda: meetings.call(clerk, uncleared))


def test_each_decision_becomes_a_task_with_lead_and_day(office):
    meeting = held(office)
    meetings.decide(as_role(office, Role.CONFERENCE_CLERK), meeting, decisions(office))
    found = meeting_views.detail(office, meeting).decisions
    assert [(d.task.number, d.leads, d.task.due_on) for d in found] == [
        ("督〔2026〕1号", "县住建局", DUE),
        ("督〔2026〕2号", "办公室孙芳", DUE),
    ]
    assert found[0].text == "原则同意改造方案，修改后印发。"
    links = matters.card(office, found[0].task.id).links
    assert [(link.kind, link.forward, link.matter.id) for link in links] == [(LinkKind.DECIDED_BY, True, meeting)]
    assert Action.REPORT in matters.card(as_login(office, "sunfang"), found[1].task.id).actions


def test_one_bad_decision_keeps_all_from_being_made(office):
    meeting = held(office)
    bad = (*decisions(office), DecisionDraft("限期整改", None, lead_unit="县应急局"))
    clerk = as_role(office, Role.CONFERENCE_CLERK)
    error = refused(office, "decision_incomplete", lambda: meetings.decide(clerk, meeting, bad))
    assert error.values["position"] == 3
    unknown = (*decisions(office), DecisionDraft("限期整改", DUE, lead_unit="县应急局", topic_id=999))
    refused(office, "topic_missing", lambda: meetings.decide(clerk, meeting, unknown))


def test_the_meeting_shows_how_its_decisions_stand(office):
    meeting = held(office)
    meetings.decide(as_role(office, Role.CONFERENCE_CLERK), meeting, decisions(office))
    task = meeting_views.detail(office, meeting).decisions[0].task.id
    chaser = as_role(office, Role.SUPERVISION_CLERK)
    supervision.report(chaser, task, "方案已印发")
    supervision.close(as_role(office, Role.OFFICE_LEADER), task, "同意销号")
    assert [d.task.state for d in meeting_views.detail(office, meeting).decisions] == [State.CLOSED, State.HANDLING]


def test_minutes_are_made_from_topics_and_decisions(office):
    meeting = held(office)
    topic = meeting_views.detail(office, meeting).topics[0]
    first, second = decisions(office)
    meetings.decide(as_role(office, Role.CONFERENCE_CLERK), meeting, [replace(first, topic_id=topic.id), second])
    assert meeting_minutes.begin(office, meeting).splitlines() == [
        (
            "2026年11月24日，张伟同志在第一会议室主持召开第1次常务会议，研究了老旧小区改造方案、冬季供暖准备。"
            "现将会议议定事项纪要如下。"
        ),
        "一、关于老旧小区改造方案",
        "会议听取了县住建局王某关于老旧小区改造方案的汇报。",
        "会议议定，原则同意改造方案，修改后印发，由县住建局牵头，县财政局配合，2026年12月11日前完成。",
        "二、关于冬季供暖准备",
        "会议听取了县城管局关于冬季供暖准备的汇报。",
        "三、关于其他事项",
        "会议议定，供暖设备检修完毕，由办公室孙芳负责，2026年12月11日前完成。",
        "出席：张伟、县财政局。",
        "列席：赵明。",
        "请假：李强（出差）。",
    ]
