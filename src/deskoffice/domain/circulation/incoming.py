"""Incoming documents: what is registered, which rules hold, who may do what when."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from deskoffice.domain.circulation import verbs
from deskoffice.domain.drafts import Problems, check_secrecy, check_text
from deskoffice.domain.errors import InvalidDraft
from deskoffice.domain.matters import Action, State, StepKind
from deskoffice.domain.people import Actor, Role
from deskoffice.domain.standing import Standing
from deskoffice.domain.steps import HandlingPart
from deskoffice.domain.values import Classification, Urgency


class PostKind(StrEnum):
    """What kind of post it is; each has its own place in the book."""

    SUPERIOR = "superior"
    """上级来文"""
    CONFIDENTIAL = "confidential"
    """机要件"""
    REQUEST = "request"
    """请示件"""
    INSTRUCTED = "instructed"
    """批示件"""
    PETITION = "petition"
    """信访件"""
    TELEGRAM = "telegram"
    """电话、传真"""
    OTHER = "other"
    """其他来文"""


POST_CODES = {
    PostKind.SUPERIOR: "上收",
    PostKind.CONFIDENTIAL: "机收",
    PostKind.REQUEST: "请收",
    PostKind.INSTRUCTED: "批收",
    PostKind.PETITION: "访收",
    PostKind.TELEGRAM: "电收",
    PostKind.OTHER: "收",
}
"""Each kind of post has its own numbers of the year."""


@dataclass(frozen=True, slots=True)
class IncomingDraft:
    """A document as typed at the counter (收文登记)."""

    source_unit: str
    title: str
    received_on: date
    document_number: str = ""
    level: Classification = Classification.PUBLIC
    secrecy_years: int | None = None
    urgency: Urgency = Urgency.ORDINARY
    due_on: date | None = None
    post_kind: PostKind = PostKind.OTHER
    document_date: date | None = None
    copy_number: str = ""
    copies: int = 1
    pages: int | None = None
    addressee: str = ""
    delivery: str = ""
    """How it came (送达方式): 机要交通, 机要通信, 专人送达, as the courier receipt says."""
    must_return: bool = False
    retention: str = "10年"


def check(draft: IncomingDraft) -> None:
    """Raise InvalidDraft with every problem at once."""
    problems = Problems()
    check_text(problems, "source_unit", draft.source_unit, longest=100)
    check_text(problems, "title", draft.title, longest=300)
    check_secrecy(problems, draft.level, draft.secrecy_years)
    if draft.document_date is not None and draft.document_date > draft.received_on:
        problems.add("document_date", "date_after_received")
    if draft.due_on is not None and draft.due_on < draft.received_on:
        problems.add("due_on", "due_before_received")
    if len(draft.delivery) > 20:
        problems.add("delivery", "too_long")
    if draft.copies < 1:
        problems.add("copies", "number_too_small")
    if draft.pages is not None and draft.pages < 1:
        problems.add("pages", "number_too_small")
    if draft.level >= Classification.SECRET and not draft.copy_number.strip():
        problems.add("copy_number", "copy_number_needed")
    problems.raise_any()


def number_key(source_unit: str, document_number: str) -> str:
    """Unit and number without the ways of writing that differ from hand to hand; empty without a number."""
    folded = unicodedata.normalize("NFKC", document_number).translate(_BRACKETS)
    number = "".join(folded.split()).removesuffix("号")
    return f"{unicodedata.normalize('NFKC', source_unit).strip()}|{number}" if number else ""


_BRACKETS = str.maketrans(dict.fromkeys("([{【〈《［", "〔") | dict.fromkeys(")]}】〉》］", "〕") | {"第": ""})


def unopened(draft: IncomingDraft) -> IncomingDraft:
    """What is known of a paper from its envelope alone."""
    return replace(draft, title="", document_number="", addressee="")


def next_copy(copy_number: str) -> str:
    """The number of the next copy, as wide as this one: 000017 → 000018; empty when there is none."""
    digits = copy_number.strip()
    return str(int(digits) + 1).zfill(len(digits)) if digits.isdecimal() else ""


def check_parts(parts: Sequence[HandlingPart]) -> None:
    """Several handlers have one lead (条例 §24: 需要两个以上部门办理的，应当明确主办部门)."""
    if not parts:
        raise InvalidDraft({"handlers": "required"})
    if parts.count(HandlingPart.LEAD) != 1:
        raise InvalidDraft({"handlers": "one_lead_needed"})


def state_after(open_steps: Sequence[StepKind]) -> State:
    """Where the document stands once something was done with it."""
    for kind, state in _WHERE:
        if kind in open_steps:
            return state
    return State.HANDLING


_WHERE = (
    (StepKind.SUSPEND, State.SUSPENDED),
    (StepKind.OPENING, State.REGISTERED),
    (StepKind.PROPOSAL, State.PROPOSAL),
    (StepKind.REVIEW, State.REVIEW),
    (StepKind.COUNTERSIGN, State.COUNTERSIGN),
    (StepKind.INSTRUCTION, State.INSTRUCTION),
    (StepKind.HANDLING, State.HANDLING),
    (StepKind.CIRCULATION, State.CIRCULATION),
)

OWN_STEP = {
    StepKind.PROPOSAL: Action.PROPOSE,
    StepKind.REVIEW: Action.REVIEW,
    StepKind.COUNTERSIGN: Action.COUNTERSIGN,
    StepKind.INSTRUCTION: Action.INSTRUCT,
    StepKind.HANDLING: Action.REPORT,
    StepKind.CIRCULATION: Action.MARK_READ,
    StepKind.SUSPEND: Action.RESUME,
    StepKind.OPENING: Action.OPEN,
}


def actions(standing: Standing, actor: Actor) -> tuple[Action, ...]:
    """What the actor may do now, the likely one first."""
    if not standing.is_open:
        return (Action.PRINT,)
    runs_papers = actor.has(*verbs.RUNS_PAPERS)
    if standing.is_suspended:
        return (Action.RESUME, Action.ATTACH, Action.PRINT) if runs_papers else (Action.PRINT,)
    allowed = [OWN_STEP[step.kind] for step in standing.open_for(actor) if step.kind in OWN_STEP]
    if any(step.kind is StepKind.OPENING for step in standing.open_steps):
        # Nobody knows yet what is inside.
        return (*allowed, Action.URGE) if runs_papers else tuple(allowed)
    if runs_papers:
        allowed += _running(standing)
    if actor.has(Role.SUPERVISION_CLERK) and standing.open_steps:
        allowed.append(Action.URGE)
    allowed += verbs.of_own(standing, actor)
    if verbs.may_withdraw(standing, actor):
        allowed.append(Action.WITHDRAW)
    if runs_papers:
        allowed += verbs.of_those_who_run_papers(standing, actor)
    allowed += [Action.ATTACH, Action.PRINT] if runs_papers else [Action.PRINT]
    return tuple(dict.fromkeys(allowed))


ANSWERED = {StepKind.HANDLING, StepKind.CIRCULATION, StepKind.COUNTERSIGN}
"""Steps after which those who run the papers mostly have nothing more to ask."""


def _running(standing: Standing) -> list[Action]:
    """What those who run the papers may do, beside their own steps."""
    kinds = {step.kind for step in standing.open_steps}
    found: list[Action] = []
    if StepKind.INSTRUCTION in kinds:
        found.append(Action.RECORD_INSTRUCTION)
    if StepKind.HANDLING in kinds:
        found.append(Action.REPORT)
    if not kinds and standing.was_handled:
        # What a leader wrote is first given to somebody; what came back from there is closed.
        is_answered = bool(ANSWERED & set(standing.done_by))
        found += [Action.CLOSE, Action.ASSIGN] if is_answered else [Action.ASSIGN, Action.CLOSE]
    elif StepKind.PROPOSAL not in kinds:
        found.append(Action.ASSIGN)
    found.append(Action.CIRCULATE)
    if kinds:
        found.append(Action.URGE)
    if not standing.was_handled:
        found.append(Action.RETURN)
    found += [Action.EDIT, Action.ADD_READER]
    if not kinds and not standing.was_handled:
        found.append(Action.CLOSE)
    return found
