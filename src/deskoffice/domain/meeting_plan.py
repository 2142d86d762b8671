"""The plan of a year's meetings, how many there are against last year (精文减会), and what leaders do on which day."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from deskoffice.domain.drafts import Problems, check_text
from deskoffice.domain.meetings import MeetingClass, MeetingForm
from deskoffice.domain.people import Role


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """A meeting planned for the year (年度会议计划)."""

    year: int
    month: int
    title: str
    unit: str
    meeting_class: MeetingClass
    form: MeetingForm
    size: int | None = None
    cost: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A planned meeting, and the number of the meeting that carried it out."""

    id: int
    draft: PlanDraft
    held: str = ""


@dataclass(frozen=True, slots=True)
class YearFigures:
    """How many meetings of a class a year had, with how many people and at what cost."""

    meeting_class: MeetingClass
    count: int = 0
    size: int = 0
    cost: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """One class this year against the last; `is_typed` when the last year's figures were typed in."""

    now: YearFigures
    before: YearFigures
    is_typed: bool

    @property
    def change(self) -> float | None:
        """Part by which the number changed; None without a number to compare with."""
        return None if not self.before.count else (self.now.count - self.before.count) / self.before.count


class DayKind(StrEnum):
    """What a leader does on a day."""

    ACTIVITY = "activity"
    """公务活动"""
    DUTY = "duty"
    """带班"""


@dataclass(frozen=True, slots=True)
class LeaderDay:
    """An activity of a leader, or a day on duty, as typed (领导活动安排, 领导带班)."""

    person_id: int
    kind: DayKind
    starts_at: datetime
    ends_at: datetime
    what: str
    place: str = ""
    attendants: str = ""
    """Who goes along (参加单位和人员)."""


@dataclass(frozen=True, slots=True)
class LeaderDayRow:
    """The same as kept."""

    id: int
    person_id: int
    person: str
    post: str
    kind: DayKind
    starts_at: datetime
    ends_at: datetime
    what: str
    place: str
    attendants: str


PLANNERS = (Role.CONFERENCE_CLERK, Role.SECRETARIAT, Role.OFFICE_LEADER)


def check_plan(draft: PlanDraft) -> None:
    """Raise InvalidDraft with every problem at once."""
    problems = Problems()
    check_text(problems, "title", draft.title, longest=200)
    check_text(problems, "unit", draft.unit, longest=100)
    if not 1 <= draft.month <= 12:
        problems.add("month", "month_unknown")
    if draft.meeting_class is MeetingClass.NONE:
        problems.add("meeting_class", "required")
    for name, number in (("size", draft.size), ("cost", draft.cost)):
        if number is not None and number < 0:
            problems.add(name, "number_too_small")
    problems.raise_any()


def check_day(draft: LeaderDay) -> None:
    """Raise InvalidDraft with every problem at once."""
    problems = Problems()
    if not draft.person_id:
        problems.add("person", "required")
    if draft.kind is DayKind.ACTIVITY:
        check_text(problems, "what", draft.what, longest=200)
    if draft.ends_at <= draft.starts_at:
        problems.add("ends_at", "ends_before_start")
    problems.raise_any()


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of the week of a day."""
    monday = date.fromordinal(day.toordinal() - day.weekday())
    return monday, date.fromordinal(monday.toordinal() + 6)
