"""Running a meeting: who was told, what is to be done by whom, where people sit, papers and telephones by number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from deskoffice.domain.drafts import Problems, check_text
from deskoffice.domain.matters import CopyRow
from deskoffice.domain.meetings import AttendeeRow

T = TypeVar("T")


class Way(StrEnum):
    """How somebody was told of a meeting (通知方式)."""

    PHONE = "phone"
    """电话"""
    PAPER = "paper"
    """书面"""
    IN_PERSON = "in_person"
    """当面"""


class Answer(StrEnum):
    """What was answered to a notice (回复)."""

    COMING = "coming"
    """参加"""
    LEAVE = "leave"
    """请假"""
    STAND_IN = "stand_in"
    """他人代会"""
    OPEN = "open"
    """待回复"""


class Phase(StrEnum):
    """When a thing of the checklist is to be done (会前、会中、会后)."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


class Layout(StrEnum):
    """How the seats stand (座次形式)."""

    ROWS = "rows"
    """主席台式: the leaders on the rostrum, the others in rows before it"""
    TABLE = "table"
    """长桌式: two sides of a long table, the chair in the middle of one"""
    U_SHAPE = "u_shape"
    """U形"""
    ROUND = "round"
    """圆桌"""


@dataclass(frozen=True, slots=True)
class Told:
    """One telling of a notice: whom, how, and what was answered."""

    attendee_id: int
    way: Way = Way.PHONE
    to_whom: str = ""
    """Who took the call for the unit."""
    answer: Answer = Answer.COMING
    said: str = ""
    """The reason of a leave, or the name of the stand-in."""


@dataclass(frozen=True, slots=True)
class ToldRow:
    """A telling as kept."""

    attendee_id: int
    at: datetime
    by: str
    way: Way
    to_whom: str
    answer: Answer
    said: str


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One thing of the checklist as typed."""

    phase: Phase
    text: str
    person: str = ""
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One thing of the checklist as kept."""

    id: int
    phase: Phase
    text: str
    person: str
    due_at: datetime | None
    done_at: datetime | None
    done_by: str

    def is_late(self, now: datetime) -> bool:
        """Not done by its time."""
        return self.done_at is None and self.due_at is not None and self.due_at < now


@dataclass(frozen=True, slots=True)
class PhoneRow:
    """A telephone kept outside a secret meeting (手机保管)."""

    attendee_id: int
    slot: str
    put_at: datetime
    taken_at: datetime | None


@dataclass(frozen=True, slots=True)
class GivenRow:
    """A numbered set of papers in the hands of somebody called (会议材料)."""

    attendee_id: int
    copy: CopyRow


@dataclass(frozen=True, slots=True)
class Running:
    """Everything about the running of one meeting."""

    told: tuple[ToldRow, ...]
    checklist: tuple[CheckRow, ...]
    given: tuple[GivenRow, ...]
    phones: tuple[PhoneRow, ...]

    def last_told(self, attendee_id: int) -> ToldRow | None:
        """The last telling of somebody."""
        return next((row for row in reversed(self.told) if row.attendee_id == attendee_id), None)


def check_told(entry: Told) -> None:
    """Leave has a reason, a stand-in a name."""
    problems = Problems()
    if entry.answer is Answer.LEAVE and not entry.said.strip():
        problems.add("said", "leave_reason_needed")
    if entry.answer is Answer.STAND_IN and not entry.said.strip():
        problems.add("said", "stand_in_needed")
    problems.raise_any()


def check_item(item: CheckItem) -> None:
    """A thing to do has words."""
    problems = Problems()
    check_text(problems, "text", item.text, longest=100)
    problems.raise_any()


def by_rank(ranked: Sequence[T]) -> list[T]:
    """A row as its people see it from left to right: the first in the middle, the second at his left (左为上)."""
    return [*reversed(ranked[1::2]), *ranked[:1], *ranked[2::2]]


def facing(ranked: Sequence[T]) -> list[T]:
    """The same row as it is drawn when the people face us: their left hand is on our right."""
    return list(reversed(by_rank(ranked)))


def in_order(attendees: Sequence[AttendeeRow], chair_id: int) -> list[AttendeeRow]:
    """The chair first, then the order of the sign-in sheet."""
    return sorted(attendees, key=lambda one: one.person_id != chair_id)
