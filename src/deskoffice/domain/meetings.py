"""Meetings: what is called and approved, who came, what was said and decided, who may do what when."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from deskoffice.domain.approvals import may_approve
from deskoffice.domain.drafts import Problems, check_secrecy, check_text
from deskoffice.domain.errors import RuleError
from deskoffice.domain.matters import Action, MatterRow, State, StepKind
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


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One thing decided, with the task that it became."""

    position: int
    topic_id: int | None
    text: str
    leads: str
    others: tuple[str, ...]
    task: MatterRow


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


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """One meeting in the calendar."""

    row: MatterRow
    series: MeetingSeries
    starts_at: datetime
    ends_at: datetime
    place: str


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
    State.APPROVED: (Action.SIGN_IN, Action.RECORD, Action.EDIT),
    State.HELD: (Action.DECIDE, Action.MINUTES, Action.RECORD, Action.CLOSE),
    State.MINUTED: (Action.CLOSE, Action.DECIDE, Action.MINUTES),
}
"""What those who run meetings may do by its state, the likely one first."""


def actions(standing: Standing, actor: Actor) -> tuple[Action, ...]:
    """What the actor may do now, the likely one first."""
    if not standing.is_open:
        return (Action.PRINT,)
    allowed: list[Action] = []
    if standing.state is State.REQUESTED and may_approve(standing, actor):
        allowed += [Action.APPROVE, Action.REFUSE]
    if actor.has(*CALLERS):
        allowed += [*RUNNING[standing.state], Action.ATTACH, Action.ADD_READER]
    return (*allowed, Action.PRINT)
