"""Errors in handling papers, leaders' verdicts on texts, and how many papers a year may see."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from deskoffice.domain.drafts import Problems
from deskoffice.domain.people import Role
from deskoffice.domain.values import Classification

RECORDERS = (Role.CONFIDENTIAL_CLERK, Role.SECRETARIAT, Role.OFFICE_LEADER, Role.SUPERVISION_CLERK)


class ErrorKind(StrEnum):
    """What went wrong (差错)."""

    MISSED = "missed"
    """漏办"""
    WRONG = "wrong"
    """错办"""
    LATE = "late"
    """延误"""
    WORDING = "wording"
    """文字"""
    FORMAT = "format"
    """格式"""
    MISSENT = "missent"
    """错发"""


class Verdict(StrEnum):
    """What a leader says of a text."""

    PLEASED = "pleased"
    """满意"""
    FAIR = "fair"
    """基本满意"""
    DISPLEASED = "displeased"
    """不满意"""


@dataclass(frozen=True, slots=True)
class ErrorDraft:
    """An error as a person enters it; `source` names one that the log shows."""

    kind: ErrorKind
    on: date
    person: str
    note: str
    found_by: str = ""
    matter_id: int | None = None
    source: str = ""
    is_dismissed: bool = False


@dataclass(frozen=True, slots=True)
class ErrorRow:
    """One error as the page shows it."""

    kind: ErrorKind
    on: date
    number: str
    title: str
    person: str
    found_by: str
    note: str
    matter_id: int | None
    source: str
    """Empty for one entered by hand."""
    is_dismissed: bool
    level: Classification = Classification.PUBLIC


@dataclass(frozen=True, slots=True)
class VolumeRow:
    """Papers of one series up to a day, against the same days of the year before and the year's ceiling."""

    series_id: int
    code: str
    issued: int
    before: int
    is_before_typed: bool
    ceiling: int | None

    @property
    def change(self) -> int:
        """More or fewer than the year before; both signs occur."""
        return self.issued - self.before

    @property
    def change_share(self) -> float | None:
        """Change in hundredths; None when there was nothing to compare with."""
        return self.change * 100 / self.before if self.before else None

    @property
    def used_share(self) -> float | None:
        """Part of the ceiling used, in hundredths."""
        return self.issued * 100 / self.ceiling if self.ceiling else None


def check(draft: ErrorDraft, today: date) -> None:
    """Raise InvalidDraft with every problem at once."""
    problems = Problems()
    if not draft.note.strip():
        problems.add("note", "required")
    if draft.on > today:
        problems.add("on", "date_in_future")
    problems.raise_any()
