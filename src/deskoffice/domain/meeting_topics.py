"""Topics of meetings (议题): proposed, reviewed, consented to, put on an agenda, decided or deferred."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from deskoffice.domain.approvals import may_approve
from deskoffice.domain.drafts import Problems, check_secrecy, check_text
from deskoffice.domain.errors import RuleError
from deskoffice.domain.matters import Action, State, StepKind
from deskoffice.domain.people import Actor, Role
from deskoffice.domain.standing import Standing
from deskoffice.domain.values import Classification


class MajorKind(StrEnum):
    """Whether a topic is one of 三重一大, which the body decides together and by vote."""

    NONE = ""
    """不属于"""
    DECISION = "decision"
    """重大决策"""
    APPOINTMENT = "appointment"
    """重要干部任免"""
    PROJECT = "project"
    """重大项目"""
    MONEY = "money"
    """大额资金"""


class TopicResult(StrEnum):
    """How a topic ended in a meeting (审议结果)."""

    NONE = ""
    """未审议"""
    AGREED = "agreed"
    """同意"""
    IN_PRINCIPLE = "in_principle"
    """原则同意"""
    HEARD = "heard"
    """听取汇报"""
    DEFERRED = "deferred"
    """缓议"""
    MERGED = "merged"
    """合并审议"""
    REJECTED = "rejected"
    """不同意"""


class Vote(StrEnum):
    """A vote (表决)."""

    NONE = ""
    """未表决"""
    FOR = "for"
    """赞成"""
    AGAINST = "against"
    """反对"""
    ABSTAINED = "abstained"
    """弃权"""


class LegalReview(StrEnum):
    """What the review of legality found (合法性审查)."""

    PASSED = "passed"
    """审查通过"""
    NOT_CONCERNED = "not_concerned"
    """不涉及"""
    FAILED = "failed"
    """未通过"""


@dataclass(frozen=True, slots=True)
class TopicProposal:
    """A topic as proposed (议题申报)."""

    title: str
    unit: str
    reporter: str
    reason: str
    """Why it must be decided, and what is asked (事由和建议)."""
    units: tuple[str, ...] = ()
    """Units that sit in for it (列席)."""
    consulted: str = ""
    """Whose views were asked and what became of them (征求意见情况)."""
    major: MajorKind = MajorKind.NONE
    amount: int | None = None
    """In yuan."""
    minutes: int | None = None
    """How long the report takes."""
    is_major_decision: bool = False
    """A major administrative decision, which nobody discusses before its legality is reviewed."""
    level: Classification = Classification.PUBLIC
    secrecy_years: int | None = None


@dataclass(frozen=True, slots=True)
class PoolTopic:
    """A topic of the pool that may be put on an agenda."""

    matter_id: int
    number: str
    title: str
    unit: str
    reporter: str
    units: tuple[str, ...]
    deferred: int
    """How often a meeting put it off."""


@dataclass(frozen=True, slots=True)
class Voice:
    """What a member said on a topic and how he voted; the order of the list is the order of speaking."""

    attendee_id: int
    view: str = ""
    vote: Vote = Vote.NONE


@dataclass(frozen=True, slots=True)
class VoiceRow:
    """A voice as kept; `view` is None where this account may not read it."""

    attendee_id: int
    person: str
    view: str | None
    vote: Vote


@dataclass(frozen=True, slots=True)
class TopicOutcome:
    """What a meeting did with one line of its agenda."""

    line_id: int
    result: TopicResult
    summary: str = ""
    voices: tuple[Voice, ...] = ()


def check(draft: TopicProposal) -> None:
    """Raise InvalidDraft with every problem at once."""
    problems = Problems()
    check_text(problems, "title", draft.title, longest=200)
    check_text(problems, "unit", draft.unit, longest=100)
    check_text(problems, "reporter", draft.reporter, longest=60)
    if not draft.reason.strip():
        problems.add("reason", "required")
    if draft.major is MajorKind.MONEY and draft.amount is None:
        problems.add("amount", "required")
    if draft.amount is not None and draft.amount < 1:
        problems.add("amount", "number_too_small")
    if draft.minutes is not None and draft.minutes < 1:
        problems.add("minutes", "number_too_small")
    check_secrecy(problems, draft.level, draft.secrecy_years)
    problems.raise_any()


def check_voices(voices: Sequence[Voice], *, chief_id: int | None) -> None:
    """三重一大: whoever speaks votes, once, and the chief last (末位表态); `chief_id` is the line of the chair."""
    if not voices or any(voice.vote is Vote.NONE for voice in voices):
        raise RuleError("topic_votes_missing")
    if chief_id is not None and voices[-1].attendee_id != chief_id:
        raise RuleError("topic_chief_not_last")
    if len({voice.attendee_id for voice in voices}) != len(voices):
        raise RuleError("topic_voice_twice")


def is_carried(voices: Sequence[Voice], members: int) -> bool:
    """More than half of the members who should attend are for it; opinions sent in writing do not count."""
    return sum(voice.vote is Vote.FOR for voice in voices) * 2 > members


AGREEING = frozenset({TopicResult.AGREED, TopicResult.IN_PRINCIPLE})
BACK_TO_POOL = frozenset({TopicResult.DEFERRED, TopicResult.NONE})

PROPOSERS = (Role.CONFERENCE_CLERK, Role.SECRETARIAT, Role.OFFICE_LEADER, Role.DRAFTER)
KEEPERS = (Role.CONFERENCE_CLERK, Role.SECRETARIAT, Role.OFFICE_LEADER)
"""Who keeps the pool and writes down what the reviewers said."""

OWN_STEP = {StepKind.APPROVAL: Action.APPROVE, StepKind.LEGAL_REVIEW: Action.REVIEW_LEGALITY}


def actions(standing: Standing, actor: Actor) -> tuple[Action, ...]:
    """What the actor may do now, the likely one first."""
    if not standing.is_open:
        return (Action.PRINT,)
    allowed: list[Action] = []
    keeps = actor.has(*KEEPERS)
    if standing.state is State.LEGAL_REVIEW and keeps:
        allowed.append(Action.REVIEW_LEGALITY)
    if standing.state is State.CONSENT and may_approve(standing, actor):
        allowed += [Action.APPROVE, Action.REFUSE]
    if keeps or standing.created_by == actor.person_id:
        if standing.state in (State.LEGAL_REVIEW, State.CONSENT):
            allowed.append(Action.EDIT)
        allowed += [Action.ATTACH, Action.ADD_READER]
        if standing.state is not State.SCHEDULED:
            allowed.append(Action.WITHDRAW)
    return (*allowed, Action.PRINT)
