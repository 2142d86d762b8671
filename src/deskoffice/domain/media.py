"""Media that backups may go to (移动存储介质): registered by number, level and keeper, used in turn."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from deskoffice.domain.drafts import Problems, check_text
from deskoffice.domain.values import Classification

ROTATION = 3
"""So many media take turns, so that two older sets survive a bad one."""
DAYS_BETWEEN_BACKUPS = 7
DAYS_BETWEEN_DRILLS = 31


class MediumKind(StrEnum):
    """What it is (载体类别)."""

    STICK = "stick"
    """U盘"""
    DISK = "disk"
    """移动硬盘"""
    DISC = "disc"
    """光盘"""


@dataclass(frozen=True, slots=True)
class MediumDraft:
    """A medium as it is entered in the register of carriers (载体登记)."""

    number: str
    kind: MediumKind
    level: Classification
    keeper: str


@dataclass(frozen=True, slots=True)
class MediumRow:
    """A registered medium with what it last took."""

    id: int
    number: str
    kind: MediumKind
    level: Classification
    keeper: str
    registered_on: date
    last_backup_at: datetime | None
    is_next: bool
    """Its turn comes next."""
    is_active: bool


def check(draft: MediumDraft) -> None:
    """Raise InvalidDraft with every problem at once."""
    problems = Problems()
    check_text(problems, "number", draft.number, longest=40)
    check_text(problems, "keeper", draft.keeper, longest=30)
    problems.raise_any()
