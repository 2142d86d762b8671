"""A day's 常务会议 with nine topics and 31 people, four topics put off or joined: from the proposals to the print."""

import io
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pypdfium2
import pytest
from factories import as_login, as_role, person_id
from usecases.meeting_cases import BUREAUS

from deskoffice.domain.circulation.outgoing import Distribution
from deskoffice.domain.matters import Action, LinkKind, ListQuery, MatterKind, State
from deskoffice.domain.meeting_running import Answer, Layout, Told
from deskoffice.domain.meeting_topics import (
    LegalReview,
    MajorKind,
    TopicOutcome,
    TopicProposal,
    TopicResult,
    Voice,
    Vote,
)
from deskoffice.domain.meetings import (
    AttendeeStanding,
    DecisionDraft,
    MeetingClass,
    MeetingDraft,
    MeetingSeries,
    Presence,
    SignIn,
    TopicDraft,
)
from deskoffice.domain.people import Role
from deskoffice.usecases import (
    matters,
    meeting_agenda,
    meeting_minutes,
    meeting_running,
    meeting_topics,
    meeting_views,
    meetings,
    papers_meeting_lists,
    papers_meeting_plans,
    papers_meetings,
)
from deskoffice.usecases.circulation import outgoing
from deskoffice.usecases.office import CHINA, Office
from deskoffice.usecases.previews import PdfPaper

TITLES = (
    "研究全县安全生产工作",
    "审议年度财政预算调整方案",
    "研究城区老旧小区改造项目",
    "听取粮食收购工作情况汇报",
    "审议农村公路养护管理办法",
    "研究乡镇卫生院改扩建资金问题",
    "研究校园食品安全专项整治工作",
    "关于提请审定河道采砂规划的请示",
    "研究国有土地出让方案",
)
RESULTS = (
    TopicResult.AGREED,
    TopicResult.AGREED,
    TopicResult.IN_PRINCIPLE,
    TopicResult.HEARD,
    TopicResult.AGREED,
    TopicResult.MERGED,
    TopicResult.DEFERRED,
    TopicResult.DEFERRED,
    TopicResult.MERGED,
)
GUESTS = tuple(f"第{number}镇人民政府" for number in range(1, 20))
DUE = date(2026, 12, 11)
CHECKER = Path(__file__).resolve().parents[3] / "shared" / "gbt9704_check.py"


def words(paper: PdfPaper) -> str:
    with pypdfium2.PdfDocument(io.BytesIO(paper.data)) as pdf:
        return re.sub(r"\s", "", "".join(str(page.get_textpage().get_text_bounded()) for page in pdf))


def pages(paper: PdfPaper) -> int:
    with pypdfium2.PdfDocument(io.BytesIO(paper.data)) as pdf:
        return len(pdf)


def proposed(office: Office) -> list[TopicDraft]:
    """Nine topics through review and consent into the pool; two are major, one of them a large sum."""
    clerk = as_role(office, Role.CONFERENCE_CLERK)
    for at, (title, unit) in enumerate(zip(TITLES, BUREAUS, strict=True)):
        draft = TopicProposal(title, unit, f"{unit}负责人", "工作需要，提请会议审定。", (BUREAUS[at - 1],))
        if at == 1:
            draft = replace(draft, major=MajorKind.MONEY, amount=12_000_000)
        topic = meeting_topics.propose(clerk, replace(draft, is_major_decision=at == 4)).matter_ids[0]
        if at == 4:
            secretary = as_role(office, Role.SECRETARIAT)
            meeting_topics.review_legality(secretary, topic, LegalReview.PASSED, "符合法定权限和程序。")
        meeting_topics.approve(as_role(office, Role.OFFICE_LEADER), topic)
    return [TopicDraft(one.title, one.reporter, one.units, one.matter_id) for one in meeting_topics.pool(clerk)]


def called(office: Office) -> int:
    """31 lines: eight people by name, 23 units."""
    topics = proposed(office)
    members = ("张伟", "李强", "赵明", "孙芳", "郑洁")
    sitting_in = ("吴昊", "冯军", "周燕")
    draft = MeetingDraft(
        series=MeetingSeries.EXECUTIVE,
        title="县政府常务会议",
        place="县政府第一会议室",
        starts_at=datetime(2026, 11, 24, 9, 0, tzinfo=CHINA),
        ends_at=datetime(2026, 11, 24, 11, 30, tzinfo=CHINA),
        chair_id=person_id(office, "张伟"),
        grounds="年度会议计划",
        attendee_ids=tuple(person_id(office, name) for name in members),
        sitting_in_ids=tuple(person_id(office, name) for name in sitting_in),
        units=(*BUREAUS[:4], *GUESTS),
        topics=tuple(topics),
        size=31,
        meeting_class=MeetingClass.SECOND,
        cost=1200,
    )
    meeting = meetings.call(as_role(office, Role.CONFERENCE_CLERK), draft).matter_ids[0]
    meetings.approve(as_role(office, Role.OFFICE_LEADER), meeting)
    return meeting


def told_and_signed_in(office: Office, meeting: int) -> None:
    clerk = as_role(office, Role.CONFERENCE_CLERK)
    lines = meeting_views.detail(office, meeting).attendees
    entries = [Told(line.id) for line in lines[:-2]]
    entries += [Told(lines[-2].id, answer=Answer.LEAVE, said="参加省里培训")]
    entries += [Told(lines[-1].id, answer=Answer.STAND_IN, said="刘副科长")]
    meeting_running.tell(clerk, meeting, entries)
    left = [line for line in meeting_views.detail(office, meeting).attendees if line.presence is Presence.EXPECTED]
    meetings.sign_in(clerk, meeting, [_signed(line.id, line.stand_in) for line in left])


def _signed(line_id: int, stand_in: str) -> SignIn:
    return SignIn(line_id, Presence.STOOD_IN if stand_in else Presence.PRESENT, stand_in=stand_in)


def discussed(office: Office, meeting: int) -> None:
    found = meeting_views.detail(office, meeting)
    named = [one for one in found.attendees if one.standing is AttendeeStanding.MEMBER and one.person]
    units = [one for one in found.attendees if one.person_id is None and one.presence is Presence.PRESENT]
    chief = next(one for one in named if one.person_id == found.chair_id)
    order = [one.id for one in (*units, *named) if one is not chief] + [chief.id]
    voices = tuple(Voice(line, "同意。", Vote.FOR) for line in order)
    outcomes = [
        TopicOutcome(topic.id, result, voices=voices if topic.major is MajorKind.MONEY else ())
        for topic, result in zip(found.topics, RESULTS, strict=True)
    ]
    meeting_agenda.discuss(as_role(office, Role.CONFERENCE_CLERK), meeting, outcomes)


def decided(office: Office, meeting: int) -> None:
    """Eleven decisions over nine units."""
    topics = meeting_views.detail(office, meeting).topics
    leads = [*BUREAUS, BUREAUS[0], BUREAUS[1]]
    drafts = [
        DecisionDraft(
            f"抓紧落实第{at + 1}项工作任务",
            DUE,
            lead_unit=lead,
            leader="张伟",
            topic_id=topics[at % 6].id if RESULTS[at % 6] is not TopicResult.MERGED else topics[0].id,
        )
        for at, lead in enumerate(leads)
    ]
    meetings.decide(as_role(office, Role.CONFERENCE_CLERK), meeting, drafts)


def issued(office: Office, meeting: int) -> int:
    """Drafted, reviewed, signed, numbered, handed out; no seal is asked for."""
    clerk = as_role(office, Role.CONFERENCE_CLERK)
    meeting_minutes.write(clerk, meeting, meeting_minutes.begin(clerk, meeting))
    paper = meeting_minutes.paper_of(clerk, meeting)
    assert paper is not None
    outgoing.review(as_role(office, Role.SECRETARIAT), paper.id, "同意", person_id(office, "张伟"))
    outgoing.sign(as_login(office, "zhangwei"), paper.id, "同意印发")
    hands = tuple(Distribution(unit, 1) for unit in BUREAUS)
    outgoing.dispatch(as_role(office, Role.CONFIDENTIAL_CLERK), paper.id, hands)
    return paper.id


@pytest.fixture
def day(office: Office) -> tuple[Office, int]:
    meeting = called(office)
    told_and_signed_in(office, meeting)
    clerk = as_role(office, Role.CONFERENCE_CLERK)
    meetings.record(clerk, meeting, "张伟：散会。")
    discussed(office, meeting)
    decided(office, meeting)
    return office, meeting


def test_a_day_of_nine_topics_and_31_people_ends_in_minutes_nine_extracts_and_eleven_tasks(day):
    office, meeting = day
    before = meeting_views.detail(office, meeting)
    assert (len(before.attendees), len(before.topics)) == (31, 9)
    notice, sheet = papers_meetings.notice(office, meeting), papers_meetings.sign_in_sheet(office, meeting)
    assert "县政府常务会议" in words(notice)
    assert "应到31实到30请假1缺席0" in words(sheet)
    paper = issued(office, meeting)
    row = matters.card(office, paper).row
    assert (row.state, row.document_number) == (State.DISPATCHED, "常务会议纪要〔2026〕1号")
    assert [link.kind for link in matters.card(office, paper).links] == [LinkKind.MINUTES_OF]
    tasks = matters.list_page(office, ListQuery(frozenset({MatterKind.TASK})), 0, 50)
    assert tasks.total == 11
    extracts = papers_meeting_lists.extracts(office, meeting)
    assert pages(extracts) == 9
    one = words(papers_meeting_lists.extract(office, meeting, "县水利局"))
    assert "抓紧落实第4项工作任务" in one
    assert "第1项工作任务" not in one


def test_the_minutes_read_as_an_office_writes(day):
    office, meeting = day
    text = meeting_minutes.begin(as_role(office, Role.CONFERENCE_CLERK), meeting)
    opening = text.splitlines()[0]
    assert "研究了全县安全生产工作、城区老旧小区改造项目" in opening
    assert "听取了粮食收购工作情况汇报" in opening
    assert not re.search(r"研究了?研究|审议了?审议|听取了?听取", text)
    assert "赞成" in text
    assert "会议决定，“校园食品安全专项整治工作”、“提请审定河道采砂规划”缓议。以上2项议题" in text
    assert "列席：周燕、刘副科长（代冯军）。" in text
    assert "请假：吴昊（参加省里培训）。" in text


def test_topics_put_off_wait_in_the_pool_and_the_others_are_closed(day):
    office, meeting = day
    waiting = meeting_topics.pool(office)
    assert [(one.title, one.deferred) for one in waiting] == [(TITLES[6], 1), (TITLES[7], 1)]
    again = TopicDraft(waiting[0].title, waiting[0].reporter, waiting[0].units, waiting[0].matter_id)
    draft = replace(meeting_views.draft_of(office, meeting), ordinal=None, topics=(again,), plan_id=None)
    next_day = {"starts_at": datetime(2026, 12, 1, 9, tzinfo=CHINA), "ends_at": datetime(2026, 12, 1, 11, tzinfo=CHINA)}
    later = meetings.call(as_role(office, Role.CONFERENCE_CLERK), replace(draft, **next_day)).matter_ids[0]
    assert len(meeting_views.detail(office, later).carried) == 11
    assert "上次会议议定事项落实情况" in words(papers_meetings.agenda(office, later))
    links = [link.kind for link in matters.card(office, waiting[0].matter_id).links]
    assert links == [LinkKind.DISCUSSED_AT, LinkKind.DISCUSSED_AT]


def test_the_minutes_pass_the_check_of_the_standard(day, tmp_path):
    if not CHECKER.exists():
        pytest.skip("the checker of the standard is not on this machine")
    office, meeting = day
    issued(office, meeting)
    paper = tmp_path / "minutes.pdf"
    paper.write_bytes(papers_meetings.minutes(office, meeting).data)
    done = subprocess.run(
        [sys.executable, str(CHECKER), str(paper), "--no-seal"], capture_output=True, text=True, check=False
    )
    assert [line for line in done.stdout.splitlines() if "FAIL" in line] == []


def test_every_paper_of_the_meeting_comes_from_its_records(day):
    office, meeting = day
    clerk = as_role(office, Role.CONFERENCE_CLERK)
    lines = meeting_views.detail(office, meeting).attendees
    meeting_running.hand_out(clerk, meeting, [(line.id, f"{at:03d}") for at, line in enumerate(lines[:8], start=1)])
    given = meeting_running.running(office, meeting).given
    meeting_running.collect(clerk, meeting, [given[0].copy.id])
    assert "通知落实情况" in words(papers_meeting_lists.notice_log(office, meeting))
    assert "布置会场" in words(papers_meeting_lists.duties(office, meeting))
    assert "008" in words(papers_meeting_lists.materials(office, meeting))
    assert "手机寄存" in words(papers_meeting_lists.phones(office, meeting))
    vote = words(papers_meeting_lists.votes(office, meeting))
    assert "1200万元" in vote
    assert "上周工作完成情况" in words(papers_meeting_lists.week_list(office, meeting))
    assert "共计11" in words(papers_meeting_plans.decided_at(office, meeting))
    for layout in Layout:
        assert "张伟" in words(papers_meeting_lists.seat_plan(office, meeting, layout))
    assert Action.RUN in matters.card(clerk, meeting).actions
