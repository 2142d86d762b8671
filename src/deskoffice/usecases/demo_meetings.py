"""Meetings of the practice vault: a year of every series with topics and votes, and the days of the leaders."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from deskoffice.domain.circulation.outgoing import Distribution
from deskoffice.domain.meeting_plan import DayKind, LeaderDay, PlanDraft, YearFigures
from deskoffice.domain.meeting_running import Answer, Told
from deskoffice.domain.meeting_topics import MajorKind, TopicOutcome, TopicProposal, TopicResult, Voice, Vote
from deskoffice.domain.meetings import (
    AttendeeStanding,
    DecisionDraft,
    MeetingClass,
    MeetingDetail,
    MeetingDraft,
    MeetingForm,
    MeetingSeries,
    Presence,
    SignIn,
    TopicDraft,
)
from deskoffice.domain.people import Role
from deskoffice.storage.people import PersonRecord
from deskoffice.usecases import demo_texts as texts
from deskoffice.usecases import (
    meeting_agenda,
    meeting_days,
    meeting_minutes,
    meeting_plans,
    meeting_running,
    meeting_topics,
    meeting_views,
    meetings,
    supervision,
)
from deskoffice.usecases.circulation import outgoing
from deskoffice.usecases.meeting_wording import matter_of
from deskoffice.usecases.office import CHINA

if TYPE_CHECKING:
    from deskoffice.usecases.demo import Story

Life = Iterator[datetime]


@dataclass(frozen=True, slots=True)
class Round:
    """One series as the practice office holds it."""

    series: MeetingSeries
    title: str
    place: str
    every: int
    """Days between two of its meetings."""
    hour: int
    meeting_class: MeetingClass = MeetingClass.SECOND
    topics: tuple[str, ...] = texts.TOPICS
    is_major: bool = False


ROUNDS = (
    Round(MeetingSeries.EXECUTIVE, "县政府常务会议", "县政府第一会议室", 28, 9),
    Round(MeetingSeries.COUNTY_HEAD, "县长办公会议", "县政府第二会议室", 35, 15),
    Round(MeetingSeries.PARTY_GROUP, "县政府党组会议", "县政府第一会议室", 60, 9, topics=texts.PARTY_TOPICS),
    Round(
        MeetingSeries.DIRECTOR,
        "办公室主任办公会议",
        "办公室小会议室",
        45,
        16,
        MeetingClass.FOURTH,
        texts.OFFICE_TOPICS,
        is_major=True,
    ),
    Round(MeetingSeries.REGULAR, "办公室工作例会", "办公室小会议室", 21, 8, MeetingClass.FOURTH, texts.WEEK_TOPICS),
    Round(MeetingSeries.SPECIAL, "重点项目专题会议", "县政府第二会议室", 70, 10, MeetingClass.THIRD),
)


def year(story: "Story", start: datetime, until: datetime, *, most: int) -> int:
    """Meetings from the beginning of the year to the day where the story is told act by act; gives how many."""
    days = [
        (start + timedelta(days=7 + place * 2 + step * one.every), place, one)
        for place, one in enumerate(ROUNDS)
        for step in range((until - start).days // one.every)
    ]
    # The latest of each series, then the one before it: the page of a meeting shows what the last one decided.
    back = Counter[int]()
    turns = []
    for day, place, one in sorted(days, key=lambda each: each[:2], reverse=True):
        back[place] += 1
        turns.append((back[place], day, place, one))
    chosen = sorted(turns, key=lambda each: each[:3])[: max(0, most)]
    held = sorted(((day, place, one) for _, day, place, one in chosen), key=lambda each: each[:2])
    for day, _, one in held:
        held_at = datetime.combine(_workday(day.date()), time(one.hour), CHINA)
        story.clock.now = held_at - timedelta(days=2)
        for moment in life(story, one, held_at):
            story.clock.now = moment
    story.clock.now = start
    return len(held)


def told(story: "Story") -> Life:
    """A meeting of any series that is called now."""
    one = story.random.choice(ROUNDS)
    day = story.office.today() + timedelta(days=story.random.randint(2, 5))
    yield from life(story, one, datetime.combine(_workday(day), time(one.hour), CHINA))


def life(story: "Story", one: Round, held_at: datetime) -> Life:
    """One meeting of a series: proposed, called, told, held, decided, minuted, its minutes issued, its tasks done."""
    topics = _topics(story, one)
    meeting = meetings.call(story.acting(Role.CONFERENCE_CLERK), _draft(story, one, held_at, topics)).matter_ids[0]
    meetings.approve(story.acting(Role.OFFICE_LEADER), meeting, "同意召开。")
    yield held_at - timedelta(days=1)
    _tell(story, meeting)
    yield held_at
    _hold(story, meeting)
    yield held_at + timedelta(hours=3)
    _decide(story, one, meeting)
    yield held_at + timedelta(days=1)
    _issue(story, meeting)
    yield held_at + timedelta(days=6)
    _finish_tasks(story, meeting)
    meetings.close(story.acting(Role.CONFERENCE_CLERK), meeting)
    yield held_at + timedelta(days=6, hours=1)


def _workday(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= 5 else 0)


def _topics(story: "Story", one: Round) -> list[TopicDraft]:
    """Two topics typed, one from the pool; the director's meeting takes one of 三重一大."""
    random = story.random
    titles = random.sample(one.topics, min(3, len(one.topics)))
    drafts = [TopicDraft(title, random.choice(texts.DEPARTMENTS)) for title in titles[1:]]
    unit = random.choice(texts.DEPARTMENTS)
    proposal = TopicProposal(
        titles[0],
        unit,
        f"{unit}负责同志",
        "工作需要，提请会议审定。",
        (random.choice(texts.DEPARTMENTS),),
        consulted="已征求财政、司法等部门意见，意见一致。",
        major=MajorKind.MONEY if one.is_major else MajorKind.NONE,
        amount=random.randint(5, 90) * 10_000 if one.is_major else None,
        minutes=15,
    )
    topic = meeting_topics.propose(story.acting(Role.SECRETARIAT), proposal).matter_ids[0]
    meeting_topics.approve(story.acting(Role.OFFICE_LEADER), topic, "同意上会。")
    return [TopicDraft(proposal.title, proposal.reporter, proposal.units, topic), *drafts]


def _draft(story: "Story", one: Round, held_at: datetime, topics: list[TopicDraft]) -> MeetingDraft:
    own = one.series in meeting_minutes.OWN_BODY
    chair = story.actors[Role.OFFICE_LEADER if own else Role.SIGNATORY].person_id
    roles = (Role.OFFICE_LEADER, Role.SECRETARIAT, Role.SUPERVISION_CLERK, Role.CONFIDENTIAL_CLERK)
    members = [story.actors[role].person_id for role in roles]
    leaders = [] if own else [story.by_name[name] for name, _ in texts.LEADERS]
    return MeetingDraft(
        series=one.series,
        title=one.title,
        place=one.place,
        starts_at=held_at,
        ends_at=held_at + timedelta(hours=2),
        chair_id=chair,
        grounds="按年度会议计划召开",
        attendee_ids=tuple(dict.fromkeys((chair, *leaders, *members))),
        sitting_in_ids=(story.actors[Role.CONFERENCE_CLERK].person_id,),
        units=() if own else tuple(story.random.sample(texts.DEPARTMENTS, 4)),
        topics=tuple(topics),
        size=12 if own else 25,
        meeting_class=one.meeting_class,
        form=MeetingForm.ON_SITE,
        cost=0 if own else 800,
        plan_id=None if own else _planned(story, held_at),
    )


def _planned(story: "Story", held_at: datetime) -> int | None:
    """What the plan has for the month and nobody carried out yet."""
    plan = meeting_plans.plan(story.acting(Role.CONFERENCE_CLERK), held_at.year)
    return next((row.id for row in plan if row.draft.month == held_at.month and not row.held), None)


def _tell(story: "Story", meeting: int) -> None:
    clerk = story.acting(Role.CONFERENCE_CLERK)
    lines = meeting_views.detail(clerk, meeting).attendees
    entries = [Told(line.id) for line in lines]
    if len(lines) > 8:
        entries[2] = Told(lines[2].id, answer=Answer.LEAVE, said="赴市里开会")
    meeting_running.tell(clerk, meeting, entries)


def _hold(story: "Story", meeting: int) -> None:
    """Signed in, recorded, every topic with its result; one of three meetings puts a topic off."""
    clerk = story.acting(Role.CONFERENCE_CLERK)
    found = meeting_views.detail(clerk, meeting)
    here = [line for line in found.attendees if line.presence is Presence.EXPECTED]
    meetings.sign_in(clerk, meeting, [SignIn(line.id, Presence.PRESENT, clerk.now()) for line in here])
    said = "\n".join(f"{topic.title}。{topic.reporter}汇报，与会同志讨论，主持人作总结。" for topic in found.topics)
    meetings.record(clerk, meeting, said)
    put_off = len(found.topics) > 2 and story.random.random() < 0.34
    results = [TopicResult.AGREED, TopicResult.HEARD, TopicResult.DEFERRED if put_off else TopicResult.IN_PRINCIPLE]
    outcomes = [
        TopicOutcome(topic.id, result, "" if at else texts.SUMMARY, _voices(found) if topic.major else ())
        for at, (topic, result) in enumerate(zip(found.topics, results, strict=False))
    ]
    meeting_agenda.discuss(clerk, meeting, outcomes)


def _voices(found: MeetingDetail) -> tuple[Voice, ...]:
    members = [one for one in found.attendees if one.standing is AttendeeStanding.MEMBER and one.person_id]
    ordered = sorted(members, key=lambda one: one.person_id == found.chair_id)
    return tuple(Voice(one.id, "同意，建议加强资金监管。", Vote.FOR) for one in ordered)


def _decide(story: "Story", one: Round, meeting: int) -> None:
    clerk = story.acting(Role.CONFERENCE_CLERK)
    found = meeting_views.detail(clerk, meeting)
    own = one.series in meeting_minutes.OWN_BODY
    drafts = []
    for topic in found.topics[:2]:
        lead = {"lead_person_id": story.actors[Role.DRAFTER].person_id} if own else {"lead_unit": _unit(story)}
        due = story.office.today() + timedelta(days=story.random.choice((10, 20, 30)))
        words = texts.DECIDED.format(topic=matter_of(topic.title))
        drafts.append(DecisionDraft(words, due, leader=found.chair, topic_id=topic.id, **lead))
    meetings.decide(clerk, meeting, drafts)


def _unit(story: "Story") -> str:
    return story.random.choice(texts.DEPARTMENTS)


def _issue(story: "Story", meeting: int) -> None:
    """The minutes through review and signature into the hands of the units."""
    clerk = story.acting(Role.CONFERENCE_CLERK)
    meeting_minutes.write(clerk, meeting, meeting_minutes.begin(clerk, meeting))
    paper = meeting_minutes.paper_of(clerk, meeting)
    if paper is None:
        return
    signatory = story.actors[Role.SIGNATORY].person_id
    outgoing.review(story.acting(Role.SECRETARIAT), paper.id, "同意。", signatory)
    outgoing.sign(story.acting(Role.SIGNATORY), paper.id, "同意印发。")
    handed = tuple(Distribution(unit, 1) for unit in meeting_minutes.units_of(meeting_views.detail(clerk, meeting)))
    outgoing.dispatch(story.acting(Role.CONFIDENTIAL_CLERK), paper.id, handed)
    outgoing.close(story.acting(Role.CONFIDENTIAL_CLERK), paper.id)


def _finish_tasks(story: "Story", meeting: int) -> None:
    """Most of what was decided is done; some is left and gets late."""
    for decision in meeting_views.detail(story.acting(Role.CONFERENCE_CLERK), meeting).decisions:
        if story.random.random() < 0.8:
            chaser = story.acting(Role.SUPERVISION_CLERK)
            supervision.report(chaser, decision.task.id, story.random.choice(texts.RESULTS))
            supervision.close(story.acting(Role.OFFICE_LEADER), decision.task.id, "已落实，予以销号。")


def plan(story: "Story", today: date) -> None:
    """The order of rank, the year's plan, last year's figures, and the leaders' days around today."""
    with story.office.act() as act:
        for rank, name in enumerate(texts.RANKED, start=1):
            act.session.get_one(PersonRecord, story.by_name[name]).rank = rank
        act.record_other("people.post.changed")
    clerk = story.acting(Role.CONFERENCE_CLERK)
    for month, (title, unit, size) in enumerate(texts.PLANNED, start=1):
        meeting_class = MeetingClass.SECOND if month % 3 else MeetingClass.THIRD
        form = MeetingForm.VIDEO if month % 4 == 0 else MeetingForm.ON_SITE
        cost = 0 if form is MeetingForm.VIDEO else size * 25
        draft = PlanDraft(today.year, month, title, unit, meeting_class, form, size, cost, "年度重点工作安排")
        meeting_plans.keep(clerk, draft)
    counts = ((1, 260, 42_000), (8, 450, 12_000), (3, 120, 3_500), (5, 60, 0))
    classes = [one for one in MeetingClass if one is not MeetingClass.NONE]
    before = [YearFigures(one, *figures) for one, figures in zip(classes, counts, strict=True)]
    meeting_plans.type_year(clerk, today.year - 1, before)
    _days(story, today)


def _days(story: "Story", today: date) -> None:
    clerk = story.acting(Role.CONFERENCE_CLERK)
    leaders = [story.actors[Role.SIGNATORY].person_id, *(story.by_name[name] for name, _ in texts.LEADERS)]
    for back in range(-14, 15):
        day = today + timedelta(days=back)
        duty = leaders[back % len(leaders)]
        begin = datetime.combine(day, time(), CHINA)
        end = begin + timedelta(hours=23, minutes=59)
        meeting_days.enter(clerk, LeaderDay(duty, DayKind.DUTY, begin, end, ""))
        if day.weekday() < 5 and back % 2 == 0:
            what, place = story.random.choice(texts.ACTIVITIES)
            at = datetime.combine(day, time(story.random.choice((9, 10, 15))), CHINA)
            who = leaders[(back + 1) % len(leaders)]
            draft = LeaderDay(who, DayKind.ACTIVITY, at, at + timedelta(hours=2), what, place, _unit(story))
            meeting_days.enter(clerk, draft)


def waiting(story: "Story") -> None:
    """Topics at every stage: under review, before a leader, in the pool."""
    for at, title in enumerate(texts.WAITING_TOPICS):
        unit = _unit(story)
        proposal = TopicProposal(title, unit, f"{unit}负责同志", "按程序提请会议审定。", is_major_decision=at == 0)
        topic = meeting_topics.propose(story.acting(Role.DRAFTER), proposal).matter_ids[0]
        if at > 1:
            meeting_topics.approve(story.acting(Role.OFFICE_LEADER), topic, "同意上会。")


def coming(story: "Story", end: datetime) -> None:
    """Next week's executive meeting, called and approved, some of it told; one more asked for at the same hour."""
    one = ROUNDS[0]
    held_at = datetime.combine(_workday(end.date() + timedelta(days=4)), time(9), CHINA)
    pool = meeting_topics.pool(story.acting(Role.CONFERENCE_CLERK))[:3]
    topics = [TopicDraft(topic.title, topic.reporter, topic.units, topic.matter_id) for topic in pool]
    clerk = story.acting(Role.CONFERENCE_CLERK)
    meeting = meetings.call(clerk, _draft(story, one, held_at, topics)).matter_ids[0]
    meetings.approve(story.acting(Role.OFFICE_LEADER), meeting, "同意召开。")
    lines = meeting_views.detail(clerk, meeting).attendees
    meeting_running.tell(clerk, meeting, [Told(line.id) for line in lines[:5]])
    _just_held(story, ROUNDS[1], end)
    special = ROUNDS[-1]
    asked = [TopicDraft("研究重点项目建设推进情况", "县发展和改革局")]
    meetings.call(clerk, _draft(story, special, held_at + timedelta(hours=1), asked))


def _just_held(story: "Story", one: Round, end: datetime) -> None:
    """A meeting of this morning: recorded, its decisions and minutes still to be written."""
    held_at = (end - timedelta(hours=3)).replace(minute=0, second=0, microsecond=0)
    meeting = meetings.call(story.acting(Role.CONFERENCE_CLERK), _draft(story, one, held_at, _topics(story, one)))
    meetings.approve(story.acting(Role.OFFICE_LEADER), meeting.matter_ids[0], "同意召开。")
    _tell(story, meeting.matter_ids[0])
    _hold(story, meeting.matter_ids[0])
