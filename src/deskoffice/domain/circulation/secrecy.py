"""Fixing the level of a document (定密): the bases to choose from, and who decides."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from deskoffice.domain.drafts import Problems, check_secrecy
from deskoffice.domain.people import Actor, Role
from deskoffice.domain.values import LONGEST_YEARS, Classification

CLASSIFIERS = (Role.CLASSIFIER, Role.SIGNATORY)
"""The head of the organ is 定密责任人 by law, others are named (保守国家秘密法 §16)."""


class Basis(StrEnum):
    """What a level rests on (定密依据)."""

    CATALOGUE = "catalogue"
    """国家秘密事项范围（保密事项范围）的条款"""
    OWN_LIST = "own_list"
    """本机关国家秘密事项一览表"""
    DERIVED_REPLY = "derived_reply"
    """派生：办理涉密来文"""
    DERIVED_QUOTE = "derived_quote"
    """派生：引用、汇编涉密内容"""
    SUPERIOR = "superior"
    """上级机关书面要求"""
    UNCLEAR = "unclear"
    """不明确事项，先行拟定，十个工作日内报请确定"""
    WORK_SECRET = "work_secret"  # noqa: S105 - a name, not a password
    """工作秘密，不属于国家秘密"""
    NOT_SECRET = "not_secret"  # noqa: S105 - the same
    """不涉及国家秘密"""


OPEN_BASES = frozenset({Basis.WORK_SECRET, Basis.NOT_SECRET})
WORDED = frozenset(Basis) - OPEN_BASES
"""Bases that must be named: which clause, which source paper."""


class DecisionState(StrEnum):
    """Where a decision stands."""

    PROPOSED = "proposed"
    """待审定"""
    APPROVED = "approved"
    """已审定"""
    REFUSED = "refused"
    """未同意"""
    DECLARED = "declared"
    """声明不涉密"""


VALID = frozenset({DecisionState.APPROVED, DecisionState.DECLARED})


@dataclass(frozen=True, slots=True)
class SecrecyDraft:
    """A level proposed with its basis."""

    level: Classification
    secrecy_years: int | None
    basis: Basis
    words: str = ""
    """The clause, the number of the source paper, the secret points."""


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One decision as the history shows it."""

    level: Classification
    secrecy_years: int | None
    basis: Basis
    words: str
    state: DecisionState
    proposed_by: str
    proposed_at: datetime
    decided_by: str
    decided_at: datetime | None
    opinion: str


def check(draft: SecrecyDraft) -> None:
    """Raise InvalidDraft with every problem at once."""
    problems = Problems()
    is_secret = draft.level >= Classification.CONFIDENTIAL
    check_secrecy(problems, draft.level, draft.secrecy_years)
    if is_secret and draft.secrecy_years is None:
        problems.add("secrecy_years", "period_needed")
    if is_secret == (draft.basis in OPEN_BASES):
        problems.add("basis", "basis_not_of_level")
    if draft.basis in WORDED and not draft.words.strip():
        problems.add("words", "basis_words_needed")
    problems.raise_any()


def longest(level: Classification) -> int:
    """The longest period of a level in years; 0 where there is none."""
    return LONGEST_YEARS.get(level, 0)


def may_decide(actor: Actor, proposer: int) -> bool:
    """A 定密责任人 who did not propose it himself."""
    return actor.has(*CLASSIFIERS) and actor.person_id != proposer
