"""Meetings: what is called and approved, who came, what was said and decided, who may do what when."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction

from deskoffice.domain.approvals import may_approve
from deskoffice.domain.drafts import Problems, check_secrecy, check_text
from deskoffice.domain.errors import RuleError
from deskoffice.domain.matters import Action, MatterRow, State, StepKind
from deskoffice.domain.meeting_topics import MajorKind, TopicResult, VoiceRow
from deskoffice.domain.people import Actor, Role
from deskoffice.domain.standing import Standing
from deskoffice.domain.values import Classification


class MeetingSeries(StrEnum):
    """Which round a meeting belongs to; each counts its own 第N次 (会议类别)."""

    EXECUTIVE = "executive"
    """常务会议"""
    COUNTY_HEAD = "county_head"
    """县长办公会"""
    PARTY_GROUP = "party_group"
    """党组会"""
    DIRECTOR = "director"
    """主任办公会"""
    REGULAR = "regular"
    """例会"""
    SPECIAL = "special"
    """专题会"""


class MeetingForm(StrEnum):
    """How people meet (会议形式)."""

    ON_SITE = "on_site"
    """现场"""
    VIDEO = "video"
    """视频"""
    COMBINED = "combined"
    """套会"""


class MeetingClass(StrEnum):
    """How weighty a meeting is, and so who approves it (会议分类)."""

    NONE = ""
    """未分类: called before classes were kept"""
    FIRST = "first"
    """一类"""
    SECOND = "second"
    """二类"""
    THIRD = "third"
    """三类"""
    FOURTH = "fourth"
    """四类"""


class Verdict(StrEnum):
    """What the approval says (审批决定)."""

    NONE = ""
    """尚未审批"""
    AGREED = "agreed"
    """同意"""
    MERGED = "merged"
    """合并"""
    BY_VIDEO = "by_video"
    """改视频"""
    DROPPED = "dropped"
    """不开"""


class AttendeeStanding(StrEnum):
    """As what somebody is called."""

    MEMBER = "member"
    """出席"""
    SITTING_IN = "sitting_in"
    """列席"""


class Presence(StrEnum):
    """Whether somebody came."""

    EXPECTED = "expected"
    """未签到"""
    PRESENT = "present"
    """到会"""
    STOOD_IN = "stood_in"
    """他人代会"""
    ON_LEAVE = "on_leave"
    """请假"""
    ABSENT = "absent"
    """缺席"""


HERE = frozenset({Presence.PRESENT, Presence.STOOD_IN})
"""Somebody sat on the chair."""


@dataclass(frozen=True, slots=True)
class TopicDraft:
    """A topic as typed (议题): who reports, which units sit in for it."""

    title: str
    reporter: str = ""
    units: tuple[str, ...] = ()
    topic_id: int | None = None
    """The topic of the pool that it is (议题库)."""


@dataclass(frozen=True, slots=True)
class MeetingDraft:
    """A meeting as asked for (会议申请)."""

    series: MeetingSeries
    title: str
    place: str
    starts_at: datetime
    ends_at: datetime
    chair_id: int
    grounds: str
    """Why it must be held (依据)."""
    unit: str = ""
    """Who holds it; the office itself when empty."""
    ordinal: int | None = None
    """第N次 where it is known; otherwise the approval gives the next."""
    form: MeetingForm = MeetingForm.ON_SITE
    attendee_ids: tuple[int, ...] = ()
    sitting_in_ids: tuple[int, ...] = ()
    units: tuple[str, ...] = ()
    """Units that send somebody."""
    topics: tuple[TopicDraft, ...] = ()
    size: int | None = None
    level: Classification = Classification.PUBLIC
    secrecy_years: int | None = None
    meeting_class: MeetingClass = MeetingClass.NONE
    cost: int | None = None
    """Estimated cost in yuan (经费预算)."""
    funding: str = ""
    """Where the money comes from (经费来源)."""
    plan_id: int | None = None
    """The entry of the yearly plan that it carries out (年度会议计划)."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """What the sign-in sheet says of one line (签到)."""

    attendee_id: int
    presence: Presence
    signed_at: datetime | None = None
    stand_in: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DecisionDraft:
    """One thing decided (议定事项): what, who leads, by when."""

    text: str
    due_on: date | None
    lead_unit: str = ""
    lead_person_id: int | None = None
    others: tuple[str, ...] = ()
    leader: str = ""
    topic_id: int | None = None


@dataclass(frozen=True, slots=True)
class AttendeeRow:
    """One line of the sign-in sheet."""

    id: int
    standing: AttendeeStanding
    person_id: int | None
    person: str
    post: str
    unit: str
    presence: Presence
    signed_at: datetime | None
    stand_in: str
    reason: str

    @property
    def is_represented(self) -> bool:
        """Came, or sent somebody."""
        return self.presence in HERE


@dataclass(frozen=True, slots=True)
class TopicRow:
    """One topic."""

    id: int
    title: str
    reporter: str
    units: tuple[str, ...]
    topic_id: int | None = None
    major: MajorKind = MajorKind.NONE
    amount: int | None = None
    result: TopicResult = TopicResult.NONE
    summary: str = ""
    """What the meeting found and asks (会议认为、会议要求)."""
    voices: tuple[VoiceRow, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One thing decided, with the task that it became."""

    position: int
    topic_id: int | None
    text: str
    leads: str
    """The unit, or the person with the unit."""
    others: tuple[str, ...]
    task: MatterRow
    leader: str = ""

    def concerns(self, unit: str) -> bool:
        """The unit leads or helps."""
        return unit == self.task.unit or unit in self.others

    def is_late(self, today: date) -> bool:
        """Not done by its day."""
        return self.task.closed_on is None and self.task.due_on is not None and self.task.due_on < today


@dataclass(frozen=True, slots=True)
class DecidedRow:
    """One thing decided with the meeting that decided it, as a list over all meetings shows it."""

    meeting: MatterRow
    name: str
    """第12次常务会议"""
    held_on: date
    decision: DecisionRow


@dataclass(frozen=True, slots=True)
class MeetingDetail:
    """All that the page of a meeting shows beside its card."""

    row: MatterRow
    series: MeetingSeries
    ordinal: int | None
    place: str
    starts_at: datetime
    ends_at: datetime
    form: MeetingForm
    chair_id: int
    chair: str
    recorder: str
    size: int | None
    grounds: str
    attendees: tuple[AttendeeRow, ...]
    topics: tuple[TopicRow, ...]
    decisions: tuple[DecisionRow, ...]
    meeting_class: MeetingClass = MeetingClass.NONE
    cost: int | None = None
    funding: str = ""
    verdict: Verdict = Verdict.NONE
    plan_id: int | None = None
    carried: tuple[DecisionRow, ...] = ()
    """What the last meeting of the series decided, and what is still open of earlier ones."""
    minutes: MatterRow | None = None
    """The outgoing paper of the minutes, where this account may know it."""


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """One meeting in the calendar."""

    row: MatterRow
    series: MeetingSeries
    starts_at: datetime
    ends_at: datetime
    place: str
    chair: str = ""


def check(draft: MeetingDraft) -> None:
    """Raise InvalidDraft with every problem at once."""
    problems = Problems()
    check_text(problems, "title", draft.title, longest=200)
    check_text(problems, "place", draft.place, longest=100)
    check_secrecy(problems, draft.level, draft.secrecy_years)
    if not draft.grounds.strip():
        problems.add("grounds", "required")
    if draft.ends_at <= draft.starts_at:
        problems.add("ends_at", "ends_before_start")
    if draft.ordinal is not None and draft.ordinal < 1:
        problems.add("ordinal", "number_too_small")
    if draft.size is not None and draft.size < 1:
        problems.add("size", "number_too_small")
    if draft.cost is not None and draft.cost < 0:
        problems.add("cost", "number_too_small")
    if not draft.attendee_ids and not draft.units:
        problems.add("attendees", "required")
    if set(draft.attendee_ids) & set(draft.sitting_in_ids):
        problems.add("attendees", "attendee_twice")
    if any(not topic.title.strip() for topic in draft.topics):
        problems.add("topics", "topic_untitled")
    problems.raise_any()


def check_sign_in(entries: Collection[SignIn], called: Collection[int]) -> None:
    """Every line is about somebody called; a stand-in has a name, leave has a reason."""
    problems = Problems()
    for entry in entries:
        if entry.attendee_id not in called:
            raise RuleError("attendee_missing")
        if entry.presence is Presence.STOOD_IN and not entry.stand_in.strip():
            problems.add("stand_in", "stand_in_needed")
        if entry.presence is Presence.ON_LEAVE and not entry.reason.strip():
            problems.add("reason", "leave_reason_needed")
    problems.raise_any()


QUORUM: Mapping[MeetingSeries, Fraction] = {
    MeetingSeries.PARTY_GROUP: Fraction(2, 3),
}
HALF = Fraction(1, 2)
"""More than half of the members unless the series asks for more (domain.md 6.2, 6.3)."""


def has_quorum(series: MeetingSeries, members: int, present: int) -> bool:
    """Enough members are there to decide; two thirds are enough when reached, a half must be exceeded."""
    share = QUORUM.get(series, HALF)
    return present >= share * members if share > HALF else present > share * members


def check_quorum(series: MeetingSeries, attendees: Collection[AttendeeRow]) -> None:
    """Nothing is decided by too few."""
    members = [one for one in attendees if one.standing is AttendeeStanding.MEMBER]
    present = sum(one.presence is Presence.PRESENT for one in members)
    if not has_quorum(series, len(members), present):
        raise RuleError("meeting_quorum_missing", members=len(members), present=present)


def check_held(presences: Collection[Presence]) -> None:
    """Nothing is recorded of a meeting to which nobody came."""
    if HERE.isdisjoint(presences):
        raise RuleError("meeting_nobody_present")


def ordinal_name(series_word: str, ordinal: int | None) -> str:
    """`第12次常务会议`; the bare series before it has a number."""
    return series_word if ordinal is None else f"第{ordinal}次{series_word}"


OWN_STEP = {StepKind.APPROVAL: Action.APPROVE, StepKind.RECORD: Action.RECORD}

CALLERS = (Role.CONFERENCE_CLERK, Role.SECRETARIAT, Role.OFFICE_LEADER)
"""Who may ask for a meeting and run it."""

RUNNING: Mapping[State, tuple[Action, ...]] = {
    State.REQUESTED: (Action.EDIT,),
    State.APPROVED: (Action.RUN, Action.SIGN_IN, Action.RECORD, Action.DISCUSS, Action.EDIT),
    State.HELD: (Action.DISCUSS, Action.DECIDE, Action.MINUTES, Action.RECORD, Action.RUN, Action.CLOSE),
    State.MINUTED: (Action.CLOSE, Action.DECIDE, Action.MINUTES, Action.RUN),
}
"""What those who run meetings may do by its state, the likely one first."""


def actions(standing: Standing, actor: Actor) -> tuple[Action, ...]:
    """What the actor may do now, the likely one first."""
    if not standing.is_open:
        return (Action.PRINT,)
    allowed: list[Action] = []
    if standing.state is State.REQUESTED and may_approve(standing, actor):
        allowed += [Action.APPROVE, Action.MERGE, Action.REFUSE]
    if actor.has(*CALLERS):
        allowed += [*RUNNING[standing.state], Action.ATTACH, Action.ADD_READER]
    elif standing.state is not State.REQUESTED:
        allowed.append(Action.RUN)
    return (*allowed, Action.PRINT)
