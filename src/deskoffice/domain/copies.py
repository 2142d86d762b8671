"""Numbered copies (份): where one can be, what happens to it, who may have it, and lists worked through by scanner."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from deskoffice.domain.errors import RuleError
from deskoffice.domain.people import Role
from deskoffice.domain.values import Classification

KEEPERS = (Role.CONFIDENTIAL_CLERK,)
APPROVERS = (Role.OFFICE_LEADER, Role.SIGNATORY)
MOST_COPIED = 99


class CopyPlace(StrEnum):
    """Where a copy is."""

    KEPT = "kept"
    """在机要室"""
    OUT = "out"
    """已分发"""
    LENT = "lent"
    """借出"""


class CopyOrigin(StrEnum):
    """Where a copy comes from."""

    ORIGINAL = "original"
    """印制或收到"""
    REPRODUCED = "reproduced"
    """复制件"""
    EXTRACT = "extract"
    """摘录件"""


class CopyMove(StrEnum):
    """What happened to a copy."""

    ISSUED = "issued"
    """分发"""
    LENT = "lent"
    """借出"""
    GIVEN_BACK = "given_back"
    """归还"""
    HANDED_OVER = "handed_over"
    """移交"""
    MADE = "made"
    """复制、摘录"""
    COUNTED = "counted"
    """清点在位"""
    CLEARED = "cleared"
    """清退"""
    DESTROYED = "destroyed"
    """销毁"""
    ARCHIVED = "archived"
    """归档"""


class BatchKind(StrEnum):
    """A list of copies worked through with the scanner."""

    COUNT = "count"
    """下班前清点"""
    CLEARING = "clearing"
    """清退"""
    DESTRUCTION = "destruction"
    """销毁"""


class BatchState(StrEnum):
    """Where such a list stands."""

    OPEN = "open"
    """进行中"""
    APPROVED = "approved"
    """已批准"""
    DONE = "done"
    """已完成"""
    DROPPED = "dropped"
    """已取消"""


class RequestState(StrEnum):
    """Where a request to copy stands."""

    ASKED = "asked"
    """待审批"""
    APPROVED = "approved"
    """已批准"""
    REFUSED = "refused"
    """不批准"""


@dataclass(frozen=True, slots=True)
class LoanDraft:
    """Who borrows a copy, until when, what for, and who approved it."""

    person_id: int
    due_on: date | None
    reason: str
    approver: str = ""


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One thing that happened to a copy, or that somebody said who had the paper."""

    at: datetime
    what: str
    from_holder: str
    to_holder: str
    by: str
    words: str


def check_loan(level: Classification, clearance: Classification | None, *, may_know: bool) -> None:
    """Within clearance and 知悉范围; somebody without an account has neither for a classified paper."""
    if level < Classification.CONFIDENTIAL:
        return
    if clearance is None:
        raise RuleError("copy_clearance_unknown")
    if clearance < level:
        raise RuleError("clearance_too_low", clearance=clearance, level=level)
    if not may_know:
        raise RuleError("copy_not_in_scope")


def check_reproduction(level: Classification) -> None:
    """绝密 is not copied or extracted here: only its issuer may allow it (条例 §32)."""
    if level >= Classification.TOP_SECRET:
        raise RuleError("copy_top_secret")


LONE = re.compile(r"(?<!\d)(\d{1,6})(?!\d)")
PARTICLES = re.compile(r"^(?:号份|份号|在哪里|在哪|号|份|的|第)+")
"""Words between the number of the copy and that of the paper."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a scan or a typed line names: a copy number, and the document number when it says so."""

    copy_number: str
    document_number: str


NUMBER = re.compile(r"([一-鿿]{1,12}?)\s*[〔\[［（(【]\s*(\d{4})\s*[〕\]］）)】]\s*(\d{1,5})\s*号?")
COPY = re.compile(r"(?<!\d)(\d{6})(?!\d)|第?\s*(\d{1,6})\s*号份|份号\s*(\d{1,6})|第\s*(\d{1,6})\s*份")


def scanned(text: str) -> Scanned | None:
    """Read `000017 东政办发〔2026〕41号`, in any order and bracket style; None when no copy is named."""
    number = NUMBER.search(text)
    rest = text[: number.start()] + " " + text[number.end() :] if number else text
    # Beside the number of a paper a lone figure can only be its copy.
    hit = COPY.search(rest) or (LONE.search(rest) if number else None)
    if hit is None:
        return None
    digits = next(group for group in hit.groups() if group)
    code = PARTICLES.sub("", number.group(1)) if number else ""
    document = f"{code}〔{number.group(2)}〕{int(number.group(3))}号" if number else ""
    return Scanned(digits.zfill(6), document)


def days_held(since: date, today: date) -> int:
    """第几天: the day of receipt is the first."""
    return (today - since).days + 1
