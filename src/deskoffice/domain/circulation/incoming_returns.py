"""Papers sent back to their senders: why, how, and the bulletin that reports them (公文报送退文制度)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from deskoffice.domain.drafts import Problems
from deskoffice.domain.values import Classification

CODE = "退"
LONGEST_WORDS = 500


class ReturnReason(StrEnum):
    """What was wrong with the paper (条例 §14 to §17, §24)."""

    NOT_OURS = "not_ours"
    """不属本机关办理"""
    LEVEL_SKIPPED = "level_skipped"
    """越级行文"""
    MANY_ADDRESSEES = "many_addressees"
    """多头主送"""
    TO_LEADER = "to_leader"
    """直接报送领导个人"""
    WRONG_KIND = "wrong_kind"
    """文种使用不当"""
    HIDDEN_REQUEST = "hidden_request"
    """报告中夹带请示事项"""
    SEVERAL_MATTERS = "several_matters"
    """请示一文多事"""
    NOT_AGREED = "not_agreed"
    """未协商会签"""
    NO_SIGNER = "no_signer"
    """无签发人"""
    FORMAT = "format"
    """格式不规范"""
    ATTACHMENTS = "attachments"
    """附件缺失"""
    NO_SEAL = "no_seal"
    """未加盖印章"""
    SECRECY = "secrecy"
    """密级、份号标注不规范"""
    OTHER = "other"
    """其他"""


class ReturnWay(StrEnum):
    """How the paper goes back (退文方式)."""

    TAKEN = "taken"
    """来人取回"""
    SENT = "sent"
    """派人送回"""
    CONFIDENTIAL = "confidential"
    """机要交通"""
    PHONE = "phone"
    """电话告知，原件留存"""


@dataclass(frozen=True, slots=True)
class ReturnDraft:
    """Why and how a paper goes back, as chosen."""

    reasons: tuple[ReturnReason, ...]
    way: ReturnWay = ReturnWay.TAKEN
    words: str = ""
    """Said to the sender besides: what is to be mended."""


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """A returned paper as the list shows it."""

    matter_id: int
    number: str
    returned_on: date
    unit: str
    document_number: str
    title: str
    level: Classification
    reasons: tuple[ReturnReason, ...]
    way: ReturnWay
    handler: str
    receipt_number: str
    bulletin_id: int | None
    bulletin: str
    """第几期 reported it; empty when none has yet."""
    resubmitted: str
    """收文号 under which it came again."""


def check(draft: ReturnDraft) -> None:
    """A paper goes back with a reason (条例 §24: 退回并说明理由); 其他 needs words."""
    problems = Problems()
    if not draft.reasons:
        problems.add("reasons", "required")
    if ReturnReason.OTHER in draft.reasons and not draft.words.strip():
        problems.add("words", "required")
    if len(draft.words) > LONGEST_WORDS:
        problems.add("words", "too_long")
    problems.raise_any()


def joined(reasons: tuple[ReturnReason, ...]) -> str:
    """As the record keeps them."""
    return " ".join(reasons)


def parted(kept: str) -> tuple[ReturnReason, ...]:
    """What `joined` kept."""
    return tuple(ReturnReason(code) for code in kept.split())


def issue(year: int, serial: int) -> str:
    """The number of a bulletin, `2026年第3期`."""
    return f"{year}年第{serial}期"
