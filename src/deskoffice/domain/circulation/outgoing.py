"""Outgoing documents: what is drafted, which rules hold, who may do what when."""

from dataclasses import dataclass
from enum import StrEnum

from deskoffice.domain.drafts import Problems, check_secrecy, check_text
from deskoffice.domain.errors import RuleError
from deskoffice.domain.matters import Action, State, StepKind
from deskoffice.domain.people import Actor, Role
from deskoffice.domain.standing import Standing
from deskoffice.domain.values import Classification, Urgency


class DocumentKind(StrEnum):
    """The fifteen kinds (文种, 条例 §8)."""

    RESOLUTION = "resolution"
    DECISION = "decision"
    ORDER = "order"
    COMMUNIQUE = "communique"
    PROCLAMATION = "proclamation"
    PUBLIC_NOTICE = "public_notice"
    OPINION = "opinion"
    NOTICE = "notice"
    CIRCULAR = "circular"
    REPORT = "report"
    REQUEST = "request"
    REPLY = "reply"
    MOTION = "motion"
    LETTER = "letter"
    MINUTES = "minutes"


UPWARD = frozenset({DocumentKind.REPORT, DocumentKind.REQUEST, DocumentKind.MOTION})
"""Kinds that go up; they bear the name of the signatory (条例 §9)."""

ALONE = frozenset({DocumentKind.ORDER, DocumentKind.MINUTES})
"""Kinds whose page names one organ: an order bears its chief's name, minutes that of the meeting."""

UNSEALED = frozenset({DocumentKind.MINUTES})
"""纪要 bears no seal: once signed it goes straight to be issued."""


@dataclass(frozen=True, slots=True)
class OutgoingDraft:
    """A document being drafted (拟稿)."""

    kind: DocumentKind
    title: str
    series_id: int
    body_text: str
    addressee: str = ""
    copy_to: tuple[str, ...] = ()
    level: Classification = Classification.PUBLIC
    secrecy_years: int | None = None
    urgency: Urgency = Urgency.ORDINARY
    attachment_titles: tuple[str, ...] = ()
    note: str = ""
    printed_copies: int = 1
    retention: str = "10年"
    kept_rules: tuple[str, ...] = ()
    """Rules of cleaning that the drafter refuses: what they would change is printed as typed."""
    joint_with: tuple[str, ...] = ()
    """Organs that issue it together with this one, which comes first (联合行文, 条例 §17)."""


@dataclass(frozen=True, slots=True)
class Distribution:
    """How many copies go to a unit."""

    unit: str
    copies: int


def check(draft: OutgoingDraft) -> None:
    """Raise InvalidDraft with every problem at once."""
    problems = Problems()
    check_text(problems, "title", draft.title, longest=300)
    check_secrecy(problems, draft.level, draft.secrecy_years)
    if draft.level >= Classification.CONFIDENTIAL and draft.secrecy_years is None:
        problems.add("secrecy_years", "period_needed")
    if not draft.body_text.strip():
        problems.add("body_text", "required")
    if draft.kind in UPWARD and not draft.addressee.strip():
        problems.add("addressee", "addressee_needed")
    if draft.printed_copies < 1:
        problems.add("printed_copies", "number_too_small")
    if draft.joint_with and draft.kind in ALONE:
        problems.add("joint_with", "issued_alone")
    problems.raise_any()


def check_distribution(printed: int, distribution: tuple[Distribution, ...]) -> None:
    """Every copy printed goes somewhere, none twice: the rest stays in the office."""
    if any(part.copies < 1 or not part.unit.strip() for part in distribution):
        raise RuleError("distribution_empty_line")
    given = sum(part.copies for part in distribution)
    if given > printed:
        raise RuleError("distribution_too_many", given=given, printed=printed)


def check_reviewer(drafter: int, reviewer: int) -> None:
    """Nobody reviews the own draft (条例 §20)."""
    if drafter == reviewer:
        raise RuleError("apart_drafter_reviewer")


def check_signatory(drafter: int, signatory: int) -> None:
    """Nobody signs the own draft (条例 §22)."""
    if drafter == signatory:
        raise RuleError("apart_drafter_signatory")


class Agreement(StrEnum):
    """What somebody who is asked says."""

    AGREES = "agrees"
    """同意"""
    DISAGREES = "disagrees"
    """不同意"""


class AskingOrder(StrEnum):
    """Whether those who countersign are asked all at once."""

    PARALLEL = "parallel"
    """同时送"""
    IN_ORDER = "in_order"
    """按所选次序依次送"""


@dataclass(frozen=True, slots=True)
class Signing:
    """What the one who signs decides besides the words: which number, and why against a finding."""

    serial: int | None = None
    """A reserved number or one of the gaps; None takes the next."""
    number_reason: str = ""
    """Why a gap is filled (补号)."""
    override: str = ""
    """Why the document is signed in spite of what the check found."""


def check_countersigner(drafter: int, signer: int) -> None:
    """Nobody countersigns the own draft."""
    if drafter == signer:
        raise RuleError("apart_drafter_countersigner")


OWN_STEP = {
    StepKind.COUNTERSIGN: Action.COUNTERSIGN,
    StepKind.DRAFT: Action.SUBMIT,
    StepKind.REVIEW: Action.REVIEW,
    StepKind.SIGN: Action.SIGN,
    StepKind.DISPATCH: Action.DISPATCH,
    StepKind.CLOSE: Action.CLOSE,
    StepKind.CLASSIFY: Action.CONFIRM_LEVEL,
    StepKind.REQUEST: Action.ASK_SEAL,
}
OWN_DRAFT_TOO = frozenset({StepKind.DRAFT, StepKind.DISPATCH, StepKind.CLOSE})
"""Steps that the drafter may do himself; review and signing are others'."""
AT_REST = frozenset({StepKind.DRAFT, StepKind.REVIEW})
"""Steps that wait while somebody countersigns: the text must stand still."""
BEFORE_SIGNING = frozenset({State.DRAFTING, State.REVIEW, State.SIGNING})
RECORDERS = (Role.CONFIDENTIAL_CLERK, Role.SECRETARIAT)


def actions(standing: Standing, actor: Actor) -> tuple[Action, ...]:
    """What the actor may do now, the likely one first."""
    if not standing.is_open:
        return (Action.PRINT, Action.VERSIONS)
    mine = {step.kind for step in standing.open_for(actor)}
    waiting = {step.kind for step in standing.open_steps}
    is_moving = StepKind.COUNTERSIGN in waiting
    able = {kind for kind in mine if _apart(standing, actor, kind) and not (is_moving and kind in AT_REST)}
    allowed = [action for kind, action in OWN_STEP.items() if kind in able - {StepKind.REQUEST}]
    if StepKind.STAMP in mine and _may_stamp(standing, actor):
        allowed.append(Action.STAMP)
    allowed += _refused(standing, actor, mine, waiting)
    allowed += _preparing(standing, actor, mine, waiting)
    if {StepKind.REVIEW, StepKind.SIGN} & mine and standing.created_by != actor.person_id:
        allowed.append(Action.RETURN)
    if actor.has(Role.CONFIDENTIAL_CLERK) and standing.state is State.SIGNING:
        allowed.append(Action.RECORD_SIGNATURE)
    if actor.has(*RECORDERS, Role.OFFICE_LEADER) or standing.created_by == actor.person_id:
        allowed += [Action.ATTACH, Action.ADD_READER]
    if _may_withdraw(standing, actor):
        allowed.append(Action.WITHDRAW)
    if _may_void(standing, actor):
        allowed.append(Action.VOID)
    return tuple(dict.fromkeys([*allowed, Action.PRINT, Action.VERSIONS]))


def _may_withdraw(standing: Standing, actor: Actor) -> bool:
    """Whoever laid it before the review or the signature may take it back until that was given."""
    sent = {StepKind.REVIEW, StepKind.SIGN}
    return standing.state in {State.REVIEW, State.SIGNING} and any(
        step.kind in sent and step.sent_by == actor.account_id for step in standing.open_steps
    )


def _may_void(standing: Standing, actor: Actor) -> bool:
    """The drafter gives up his own draft; once it was signed, only a leader of the office; never what is out."""
    # A seal that was asked for again or given back: the document bears a number.
    was_signed = StepKind.REQUEST in standing.done_by
    if standing.state in BEFORE_SIGNING and not was_signed:
        return standing.created_by == actor.person_id or actor.has(Role.SECRETARIAT, Role.OFFICE_LEADER)
    return standing.state in BEFORE_SIGNING | {State.SIGNED, State.STAMPED} and actor.has(Role.OFFICE_LEADER)


def _refused(standing: Standing, actor: Actor, mine: set[StepKind], waiting: set[StepKind]) -> list[Action]:
    """A seal that the keeper refused is asked for again, or the text goes back to be changed and signed anew."""
    if standing.state is not State.SIGNED or StepKind.STAMP in waiting:
        return []
    is_asked = StepKind.REQUEST in mine or standing.created_by == actor.person_id
    may = is_asked or actor.has(Role.SECRETARIAT, Role.OFFICE_LEADER)
    return [Action.ASK_SEAL, Action.RETURN] if may else []


def _may_stamp(standing: Standing, actor: Actor) -> bool:
    """The keeper, who neither drafted nor signed."""
    apart = {standing.created_by, *standing.done_by.get(StepKind.SIGN, ())}
    return actor.has(Role.SEAL_KEEPER) and actor.person_id not in apart


def _preparing(standing: Standing, actor: Actor, mine: set[StepKind], waiting: set[StepKind]) -> list[Action]:
    """What may be done to a text that is still being made."""
    found: list[Action] = []
    if not AT_REST & mine:
        return found + _recording(standing, actor, waiting)
    if StepKind.DRAFT in mine and StepKind.COUNTERSIGN not in waiting:
        found.append(Action.EDIT)
    found.append(Action.ASK_COUNTERSIGN)
    if StepKind.CLASSIFY not in waiting:
        found.append(Action.CLASSIFY)
    return found + _recording(standing, actor, waiting)


def _recording(standing: Standing, actor: Actor, waiting: set[StepKind]) -> list[Action]:
    may = actor.has(*RECORDERS) or standing.created_by == actor.person_id
    return [Action.RECORD_COUNTERSIGN] if may and StepKind.COUNTERSIGN in waiting else []


def _apart(standing: Standing, actor: Actor, kind: StepKind) -> bool:
    return kind in OWN_DRAFT_TOO or standing.created_by != actor.person_id
