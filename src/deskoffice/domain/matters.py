"""What every kind of matter shares: kinds, states, steps, actions and the rows that pages show."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from deskoffice.domain.steps import Action, HandlingPart, Nature, Outcome, StepKind
from deskoffice.domain.values import Classification, Urgency

__all__ = [
    "ENDED",
    "Action",
    "Changes",
    "ContentRole",
    "ContentRow",
    "CopyEnd",
    "CopyRow",
    "FieldText",
    "LinkKind",
    "LinkRow",
    "ListPage",
    "ListQuery",
    "MatterCard",
    "MatterKind",
    "MatterRow",
    "Outcome",
    "PlannedRow",
    "SortKey",
    "State",
    "StepKind",
    "StepRow",
    "TimelineRow",
]


class MatterKind(StrEnum):
    """What the office handles (件)."""

    INCOMING = "incoming"
    """收文"""
    OUTGOING = "outgoing"
    """发文"""
    SEAL_USE = "seal_use"
    """用印"""
    MEETING = "meeting"
    """会议"""
    TASK = "task"
    """督办 and 议定事项"""
    TOPIC = "topic"
    """议题"""


class State(StrEnum):
    """Where a matter stands; each kind uses some of them."""

    REGISTERED = "registered"
    """已登记，待拟办"""
    PROPOSAL = "proposal"
    """拟办"""
    INSTRUCTION = "instruction"
    """批示"""
    HANDLING = "handling"
    """承办"""
    CIRCULATION = "circulation"
    """传阅"""
    DRAFTING = "drafting"
    """拟稿"""
    REVIEW = "review"
    """核稿"""
    SIGNING = "signing"
    """签发"""
    SIGNED = "signed"
    """已签发，待用印印发"""
    STAMPED = "stamped"
    """已用印"""
    DISPATCHED = "dispatched"
    """已印发"""
    REQUESTED = "requested"
    """待审批"""
    APPROVED = "approved"
    """已批准"""
    HELD = "held"
    """会议已开，待纪要"""
    MINUTED = "minuted"
    """纪要已印发"""
    REPORTED = "reported"
    """已反馈，待销号"""
    COUNTERSIGN = "countersign"
    """会签"""
    SUSPENDED = "suspended"
    """挂起"""
    CLOSED = "closed"
    """办结"""
    ARCHIVED = "archived"
    """归档"""
    RETURNED = "returned"
    """退文"""
    REFUSED = "refused"
    """不批准"""
    VOID = "void"
    """作废"""
    LEGAL_REVIEW = "legal_review"
    """议题待合法性审查"""
    CONSENT = "consent"
    """议题待领导同意"""
    POOL = "pool"
    """议题待上会"""
    SCHEDULED = "scheduled"
    """议题已列入会议"""


ENDED = frozenset({State.CLOSED, State.ARCHIVED, State.RETURNED, State.REFUSED, State.VOID})


class LinkKind(StrEnum):
    """How one matter stands to another."""

    ANSWERS = "answers"
    """答复"""
    DECIDED_BY = "decided_by"
    """议定于"""
    SEALED_BY = "sealed_by"
    """用印于"""
    ISSUED_AS = "issued_as"
    """印发为"""
    CHASES = "chases"
    """督办自"""
    RELATES = "relates"
    """相关"""
    DISCUSSED_AT = "discussed_at"
    """提交会议"""
    MERGED_INTO = "merged_into"
    """并入会议"""
    MINUTES_OF = "minutes_of"
    """纪要"""


class ContentRole(StrEnum):
    """What a piece of content is to its matter."""

    BODY = "body"
    """正文"""
    ATTACHMENT = "attachment"
    """附件"""
    SCAN = "scan"
    """扫描件"""
    APPROVED = "approved"
    """签发稿: the version that was signed, fields and text"""
    SIGNED_PDF = "signed_pdf"
    """签发版式文件"""
    RECORD = "record"
    """会议记录"""
    MINUTES = "minutes"
    """会议纪要"""


class CopyEnd(StrEnum):
    """How a numbered copy ended."""

    ARCHIVED = "archived"
    RETURNED = "returned"
    DESTROYED = "destroyed"


@dataclass(frozen=True, slots=True)
class MatterRow:
    """One line of a list: which, what, how secret and urgent, by when, in whose hands since when."""

    id: int
    kind: MatterKind
    number: str
    """Own number in the office's register, `收〔2026〕413号`; empty before it is given."""
    title: str
    unit: str
    document_number: str
    level: Classification
    secrecy_years: int | None
    urgency: Urgency
    state: State
    due_on: date | None
    holder: str
    held_since: date | None
    created_on: date
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step as the slip shows it; `opinion` is None where this account may not read it."""

    id: int
    kind: StepKind
    person: str
    post: str
    unit: str
    sent_at: datetime
    received_at: datetime | None
    due_on: date | None
    done_at: datetime | None
    outcome: Outcome | None
    opinion: str | None
    recorded_by: str
    """Who wrote it down for the person (代录); empty when the person did."""
    said_on: date | None
    person_id: int | None
    note: str
    part: HandlingPart | None = None
    deputy: str = ""
    """Who did it in the person's place (代)."""
    first_due_on: date | None = None
    """The day first set, where a later one was allowed."""
    nature: Nature | None = None
    is_back_entered: bool = False


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A step whose turn has not come."""

    id: int
    kind: StepKind
    who: str
    place: int
    due_on: date | None
    note: str


@dataclass(frozen=True, slots=True)
class ContentRow:
    """A body, an attachment, a scan or a generated PDF of a matter; name is empty where it may not be opened."""

    id: int
    content_id: int
    role: ContentRole
    version: int
    name: str
    media_type: str
    size: int
    digest: str
    author: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class CopyRow:
    """One numbered copy (份): where it is, since when, must it come back, how it ended."""

    id: int
    matter_id: int
    copy_number: str
    holder: str
    held_since: date
    must_return: bool
    due_on: date | None
    ended_on: date | None
    ending: CopyEnd | None


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A matter joined to this one; `forward` when this one is the source."""

    kind: LinkKind
    forward: bool
    matter: MatterRow


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One act on the matter, from the audit log."""

    at: datetime
    actor: str
    action: str


@dataclass(frozen=True, slots=True)
class FieldText:
    """A field of the kind's own, ready to show: a code for the label and the text."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class MatterCard:
    """Everything the page of one matter shows; only what this account may know."""

    row: MatterRow
    fields: tuple[FieldText, ...]
    steps: tuple[StepRow, ...]
    contents: tuple[ContentRow, ...]
    copies: tuple[CopyRow, ...]
    links: tuple[LinkRow, ...]
    timeline: tuple[TimelineRow, ...]
    readers: tuple[str, ...]
    """知悉范围: names, empty when the whole office may know."""
    actions: tuple[Action, ...]
    """Allowed now, the likely one first."""
    planned: tuple[PlannedRow, ...] = ()
    """Who comes next, in order."""


class SortKey(StrEnum):
    """Columns a list can be sorted by."""

    NUMBER = "number"
    DUE = "due"
    CREATED = "created"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class ListQuery:
    """What a list shows: filters as chips, sorting as a clicked header."""

    kinds: frozenset[MatterKind]
    states: frozenset[State] = frozenset()
    """Empty means every state."""
    open_only: bool = False
    due_before: date | None = None
    """Due strictly before this day and not ended."""
    level: Classification | None = None
    unit: str = ""
    year: int | None = None
    mine: bool = False
    """Only matters with a step open in this person's hands."""
    matter_ids: tuple[int, ...] | None = None
    """Only these (search results); None for no such filter."""
    sort: SortKey = SortKey.CREATED
    descending: bool = True


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list; `total` counts only what this account may know."""

    total: int
    rows: tuple[MatterRow, ...]
    first: int
    """Position of the first row in the whole list, from 0."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What an act changed, so that pages know what to draw again."""

    matter_ids: tuple[int, ...] = ()
    number: str = ""
    notes: tuple[str, ...] = field(default=())
    """Codes of things to tell the person (for example `copy_known`)."""
