"""Using a seal: what is asked for, which rules hold before the ink, who may do what when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from deskoffice.domain.approvals import may_approve, requesters
from deskoffice.domain.drafts import Problems, check_secrecy, check_text
from deskoffice.domain.errors import RuleError
from deskoffice.domain.matters import Action, MatterRow, State, StepKind
from deskoffice.domain.people import Actor, Role
from deskoffice.domain.seal_inventory import SealKind, SealRow
from deskoffice.domain.standing import Standing
from deskoffice.domain.values import Classification


class PaperKind(StrEnum):
    """What is to be sealed (用印对象)."""

    OUTGOING = "outgoing"
    """发文"""
    CONTRACT = "contract"
    """合同"""
    PLEDGE = "pledge"
    """责任书"""
    CERTIFICATE = "certificate"
    """证明"""
    INTRODUCTION = "introduction"
    """介绍信"""
    REPORT = "report"
    """报表"""
    OTHER = "other"
    """其他"""


class StampCheck(StrEnum):
    """What the keeper confirms with the paper before the eyes (见字盖章)."""

    SIGNATURE_SEEN = "signature_seen"
    """签字已见"""
    ISSUER_MATCHES = "issuer_matches"
    """落款与印章一致"""
    NOT_BLANK = "not_blank"
    """非空白"""
    COUNTS_MATCH = "counts_match"
    """份数、页数相符"""
    STRADDLES = "straddles"
    """骑缝章位置已核"""


class StampedFile(StrEnum):
    """What becomes of the paper's file when the seal is used (电子盖章件)."""

    PRESSED = "pressed"
    """A PDF with the imprint, signed by the vault"""
    COUNTERSIGNED = "countersigned"
    """Others signed it: the imprint is the picture of one more signature, and no page edge is touched"""
    FINAL = "final"
    """Signed so that nothing may be added: ink on paper alone"""
    NO_PAGE = "no_page"
    """Not a file that has pages"""
    NO_IMPRINT = "no_imprint"
    """The seal has no kept imprint"""


@dataclass(frozen=True, slots=True)
class SealUseDraft:
    """A use of a seal as asked for (用印申请)."""

    seal_id: int
    subject: str
    """What for (事由)."""
    title: str
    """What the paper is called (用印文件名称)."""
    unit: str
    copies: int = 1
    imprints: int = 1
    pages: int | None = None
    is_straddling: bool = False
    paper_kind: PaperKind = PaperKind.OTHER
    level: Classification = Classification.PUBLIC
    secrecy_years: int | None = None
    signed_id: int | None = None
    """The signed outgoing document it is for; None when the paper itself comes with the request."""


@dataclass(frozen=True, slots=True)
class Stamping:
    """What the keeper did: the version seen, what was checked, imprints made and spoiled."""

    seen_digest: str
    checks: frozenset[StampCheck]
    stamped: int
    spoiled: int = 0
    note: str = ""
    seal_id: int | None = None
    """Which seal, where the request left it open."""


@dataclass(frozen=True, slots=True)
class StampingSheet:
    """What lies before the keeper: the version to be seen, the seal, and what must be confirmed."""

    row: MatterRow
    seal: SealRow | None
    seals: tuple[SealRow, ...]
    """Seals in use in this keeper's hands."""
    paper_matter_id: int
    """The matter that the paper belongs to: the signed document, or the request itself."""
    content_id: int
    digest: str
    is_unchanged: bool
    """The paper is the version that was approved."""
    paper_name: str
    media_type: str
    copies: int
    imprints: int
    requester: str
    approver: str
    approved_at: datetime
    checks: tuple[StampCheck, ...]
    file: StampedFile
    attached: tuple[str, ...] = ()
    """Names of what belongs to the paper besides: approved with it, to be looked at with it."""


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One line of the 用印登记簿, refusals too."""

    matter: MatterRow
    seal: str
    subject: str
    paper_kind: PaperKind
    copies: int
    imprints: int
    stamped: int
    spoiled: int
    requester: str
    approver: str
    keeper: str
    stamped_at: datetime | None
    note: str
    """The keeper's note, or why it was refused."""
    serial: int = 0
    """Place in the book of its seal and year; 0 while it is open."""
    chain: str = ""
    """Digest of its entry, which bears that of the entry before."""
    file_digest: str = ""
    """SHA-256 of the stamped file."""
    entered_at: datetime | None = None
    """When the entry was made, of a refusal too."""


def check(draft: SealUseDraft, *, has_paper: bool) -> None:
    """Raise InvalidDraft with every problem at once."""
    problems = Problems()
    check_text(problems, "title", draft.title, longest=300)
    check_text(problems, "unit", draft.unit, longest=100)
    check_secrecy(problems, draft.level, draft.secrecy_years)
    if not draft.subject.strip():
        problems.add("subject", "required")
    if draft.copies < 1:
        problems.add("copies", "number_too_small")
    if draft.imprints < draft.copies:
        problems.add("imprints", "imprints_below_copies")
    if draft.pages is not None and draft.pages < 1:
        problems.add("pages", "number_too_small")
    if has_paper == (draft.signed_id is not None):
        problems.add("paper", "paper_needed" if not has_paper else "paper_or_signed")
    problems.raise_any()


def checklist(*, is_straddling: bool) -> tuple[StampCheck, ...]:
    """What must be confirmed, in the order it is looked at."""
    return tuple(check for check in StampCheck if is_straddling or check is not StampCheck.STRADDLES)


def check_stamping(stamping: Stamping, *, approved_digest: str, current_digest: str, imprints: int) -> None:
    """No imprint on an unseen, changed or blank paper, none beyond what was approved, every difference explained."""
    if not approved_digest or {stamping.seen_digest, current_digest} != {approved_digest}:
        raise RuleError("seal_text_changed")
    if StampCheck.NOT_BLANK not in stamping.checks:
        raise RuleError("seal_blank_paper")
    if stamping.stamped < 1 or stamping.spoiled < 0:
        raise RuleError("seal_nothing_stamped")
    if stamping.stamped > imprints:
        raise RuleError("seal_more_than_approved", stamped=stamping.stamped, approved=imprints)
    if (stamping.stamped < imprints or stamping.spoiled) and not stamping.note.strip():
        raise RuleError(
            "seal_difference_unexplained", approved=imprints, stamped=stamping.stamped, spoiled=stamping.spoiled
        )


def check_confirmed(checks: frozenset[StampCheck], *, is_straddling: bool) -> None:
    """Every line of the checklist was confirmed."""
    missing = [check for check in checklist(is_straddling=is_straddling) if check not in checks]
    if missing:
        raise RuleError("seal_checks_missing", missing=missing)


OWN_STEP = {StepKind.APPROVAL: Action.APPROVE, StepKind.STAMP: Action.STAMP}

BOUND = frozenset({PaperKind.CONTRACT, PaperKind.PLEDGE})
"""Papers that bind the office (合同、责任书)."""

ApproverRules = Mapping[tuple[SealKind, PaperKind], Role]
"""Who approves, by kind of seal and of paper; what the office has not set is as `usual_approver` says."""


def usual_approver(seal: SealKind, paper: PaperKind) -> Role:
    """The seal of the government and whatever binds the office: a leader of it; the rest: whoever leads the office."""
    if seal in (SealKind.OFFICIAL, SealKind.DRY, SealKind.LEADER) or paper in BOUND:
        return Role.SIGNATORY
    return Role.OFFICE_LEADER


def approver(rules: ApproverRules, seal: SealKind, paper: PaperKind) -> Role:
    """Who approves such a use."""
    return rules.get((seal, paper), usual_approver(seal, paper))


def check_named_seal(seal: SealRow, actor: Actor) -> None:
    """A leader's name seal is used only when that leader says so (领导名章须本人同意)."""
    if seal.kind is SealKind.LEADER and actor.name not in seal.owner:
        raise RuleError("seal_own_name_only", owner=seal.owner)


def actions(standing: Standing, actor: Actor) -> tuple[Action, ...]:
    """What the actor may do now, the likely one first."""
    if not standing.is_open:
        return (Action.PRINT,)
    allowed: list[Action] = []
    if standing.state is State.REQUESTED and _may_approve(standing, actor):
        allowed += [Action.APPROVE, Action.REFUSE]
    if standing.state is State.APPROVED and _may_stamp(standing, actor):
        allowed += [Action.STAMP, Action.REFUSE]
    if actor.person_id in requesters(standing):
        allowed.append(Action.ATTACH)
    return (*allowed, Action.PRINT)


def _may_approve(standing: Standing, actor: Actor) -> bool:
    """Laid before the office's leaders it may be approved by one above them, but not the other way round."""
    waiting = [step for step in standing.open_steps if step.kind is StepKind.APPROVAL]
    is_high_enough = any(step.role in (None, Role.OFFICE_LEADER) or actor.has(Role.SIGNATORY) for step in waiting)
    return is_high_enough and may_approve(standing, actor)


def _may_stamp(standing: Standing, actor: Actor) -> bool:
    """Whoever keeps the seal, to whom it was sent; any keeper while no seal is chosen."""
    apart = requesters(standing) | standing.done_by.get(StepKind.APPROVAL, frozenset())
    is_sent = any(step.kind is StepKind.STAMP and step.waits_for(actor) for step in standing.open_steps)
    return is_sent and actor.has(Role.SEAL_KEEPER) and actor.person_id not in apart


class EntryEvent(StrEnum):
    """What an entry of the 用印登记簿 says."""

    STAMPED = "stamped"
    """用印"""
    REFUSED = "refused"
    """不予用印"""


@dataclass(frozen=True, slots=True)
class BookEntry:
    """One entry of a seal's book of a year; bears the digest of the entry before it, so that none can be changed."""

    seal_id: int
    """0 while no seal was chosen."""
    year: int
    serial: int
    matter_id: int
    at: datetime
    event: EntryEvent
    requester_id: int
    approver_id: int
    keeper_id: int
    imprints: int
    stamped: int
    spoiled: int
    approved_digest: str
    file_digest: str
    """SHA-256 of the stamped file; empty where only paper was stamped."""
    previous: str
    """Digest of the entry before; empty for the first of a book."""

    def digest(self) -> str:
        """SHA-256 over everything that the entry says."""
        at = round(self.at.timestamp() * 1000)
        parts = (getattr(self, f.name) for f in fields(self) if f.name != "at")
        return sha256("\x1f".join([str(at), *(str(part) for part in parts)]).encode()).hexdigest()


def broken_links(book: Sequence[tuple[BookEntry, str]]) -> list[BookEntry]:
    """Entries of one book, in order, that do not follow from the one before or are not what their digest says."""
    found, previous = [], ""
    for expected, (entry, digest) in enumerate(book, start=1):
        if (entry.serial, entry.previous, entry.digest()) != (expected, previous, digest):
            found.append(entry)
        previous = digest
    return found
