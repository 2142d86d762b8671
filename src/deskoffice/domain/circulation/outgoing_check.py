"""What is looked at before a document is signed (签发前体检): form, addressees, secrecy, attachments, names."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from deskoffice.domain.circulation import outgoing_words as wording
from deskoffice.domain.circulation.outgoing import UPWARD, DocumentKind, OutgoingDraft
from deskoffice.domain.circulation.outgoing_words import Found, Person
from deskoffice.domain.values import LEVEL_WORDS, Classification

PUBLIC_KINDS = frozenset({DocumentKind.PROCLAMATION, DocumentKind.PUBLIC_NOTICE, DocumentKind.COMMUNIQUE})
"""Kinds that are addressed to everybody (条例 §8)."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file of the draft: its name, how many pages, and the highest level that its text bears a mark of."""

    name: str
    pages: int | None
    level: Classification


@dataclass(frozen=True, slots=True)
class Subject:
    """Everything the check looks at."""

    draft: OutgoingDraft
    kind_word: str
    series_code: str
    issuer_mark: str
    today: date
    is_level_decided: bool
    """The level was approved, or declared to be none."""
    attached: tuple[Attached, ...] = ()
    people: tuple[Person, ...] = ()
    waiting: tuple[str, ...] = ()
    """Whose 会签 is still open."""
    stale: tuple[str, ...] = ()
    """Who signed another text than this."""
    dissent: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    """Everybody who was asked for 会签, whatever became of it."""
    own_units: frozenset[str] = field(default_factory=frozenset)
    """Units below this organ, by the office's own list."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something found: where to look, and whether the document may be signed with it."""

    code: str
    place: str
    """Name of the draft's field; of the text with its line in `row`, from 1."""
    text: str = ""
    row: int = 0

    @property
    def is_blocking(self) -> bool:
        """Not to be signed like this."""
        return self.code in BLOCKING

    @property
    def can_be_overridden(self) -> bool:
        """The one who signs may decide otherwise and say why."""
        return self.code in OVERRIDABLE


OVERRIDABLE = frozenset(
    {"one_addressee", "copy_downward", "to_a_leader", "request_in_report", "dissent", "many_matters"}
)
"""Rules of the regulation that the head of the organ may set aside with a reason."""
BLOCKING = OVERRIDABLE | {
    "period_missing",
    "level_undecided",
    "attachment_level",
    "head_of_another_class",
    "countersign_waiting",
    "countersign_stale",
    "date_impossible",
    "weekday_wrong",
    "addressee_missing",
}


def check(subject: Subject) -> tuple[Finding, ...]:
    """Everything found; what forbids signing first, then in the order of the page."""
    found = [one for look in LOOKS for one in look(subject)]
    return tuple(sorted(dict.fromkeys(found), key=lambda one: not one.is_blocking))


def left_out(draft: OutgoingDraft, units: Sequence[str]) -> tuple[str, ...]:
    """Units that the paper names and the distribution does not: 主送、抄送 against 分发."""
    lines = (draft.addressee, *draft.copy_to)
    named = (name for line in lines for name in wording.units(line) if not wording.is_collective(name))
    return tuple(dict.fromkeys(name for name in named if name not in units))


def _secrecy(subject: Subject) -> Iterator[Finding]:
    draft = subject.draft
    if draft.level >= Classification.CONFIDENTIAL and draft.secrecy_years is None:
        yield Finding("period_missing", "secrecy_years")
    if not subject.is_level_decided:
        yield Finding("level_undecided", "level")
    marked, row = wording.highest_mark(draft.body_text)
    if marked > draft.level:
        yield Finding("secret_words", "body_text", LEVEL_WORDS[marked], row)


def _addressees(subject: Subject) -> Iterator[Finding]:
    draft = subject.draft
    names = wording.units(draft.addressee)
    if not names and draft.kind not in PUBLIC_KINDS | {DocumentKind.ORDER, DocumentKind.MINUTES}:
        yield Finding("addressee_missing", "addressee")
    if any(wording.is_leader(name) for name in names):
        yield Finding("to_a_leader", "addressee", draft.addressee)
    copies = [name for line in draft.copy_to for name in wording.units(line)]
    both = [name for name in copies if name in names]
    if both:
        yield Finding("addressed_twice", "copy_to", both[0])
    named = [name for name in (*names, *copies) if not wording.is_collective(name)]
    if len(named) > draft.printed_copies:
        yield Finding("copies_too_few", "printed_copies", str(len(named)))
    elif draft.printed_copies == 1 and any(wording.is_collective(name) for name in (*names, *copies)):
        # Once it is signed and sealed the number stands; one copy would stay with the office.
        yield Finding("one_copy_for_many", "printed_copies")
    if draft.kind in UPWARD:
        yield from _upward(subject, names, copies)


def _upward(subject: Subject, names: list[str], copies: list[str]) -> Iterator[Finding]:
    if len(names) > 1 and subject.draft.kind is DocumentKind.REQUEST:
        yield Finding("one_addressee", "addressee", str(len(names)))
    below = [name for name in copies if wording.is_below(name) or name in subject.own_units]
    if below:
        yield Finding("copy_downward", "copy_to", below[0])


def _request(subject: Subject) -> Iterator[Finding]:
    draft = subject.draft
    asks = wording.asks(draft.body_text)
    if draft.kind is DocumentKind.REQUEST:
        if len(asks) > 1:
            yield Finding("many_matters", "body_text", str(len(asks)), asks[-1].row)
        if not wording.closes_request(draft.body_text):
            yield Finding("closing_missing", "body_text", "妥否，请批示")
        if "电话" not in draft.note:
            yield Finding("contact_missing", "note")
    elif draft.kind in UPWARD and asks:
        yield Finding("request_in_report", "body_text", asks[0].text, asks[0].row)


def _head(subject: Subject) -> Iterator[Finding]:
    draft, is_letter_series = subject.draft, subject.series_code.endswith("函")
    if not subject.issuer_mark:
        yield Finding("head_missing", "series")
    is_letter = draft.kind is DocumentKind.LETTER
    has_document_head = subject.issuer_mark.endswith("文件")
    if is_letter_series and has_document_head:
        yield Finding("head_of_another_class", "series", subject.series_code)
    if is_letter and has_document_head and not is_letter_series:
        yield Finding("letter_under_document_head", "series", subject.series_code)
    if is_letter_series and draft.kind in UPWARD:
        yield Finding("head_of_another_class", "series", subject.series_code)
    if subject.kind_word not in draft.title[-6:]:
        yield Finding("kind_not_in_title", "title", subject.kind_word)
    if doubled := wording.doubled_kind(draft.title):
        yield Finding("kind_doubled", "title", doubled)


def _attachments(subject: Subject) -> Iterator[Finding]:
    draft = subject.draft
    names = [one.name for one in subject.attached]
    for title in draft.attachment_titles:
        if not any(wording.same_paper(title, name) for name in names):
            yield Finding("attachment_not_there", "attachment_titles", title)
    for one in subject.attached:
        if not any(wording.same_paper(title, one.name) for title in draft.attachment_titles):
            yield Finding("attachment_not_named", "attachment_titles", one.name)
        if one.level > draft.level:
            yield Finding("attachment_level", "attachment_titles", f"{one.name}（{LEVEL_WORDS[one.level]}）")
        if one.pages == 0:
            yield Finding("attachment_empty", "attachment_titles", one.name)
    mentioned = wording.mentions_attachment(draft.body_text)
    if mentioned and not draft.attachment_titles:
        yield Finding("attachment_mentioned", "body_text", row=mentioned)


def _texts(subject: Subject) -> Iterator[Finding]:
    """Names and dates, wherever they stand."""
    places = (("title", subject.draft.title), ("body_text", subject.draft.body_text), ("note", subject.draft.note))
    for place, text in places:
        found: list[Found] = [*wording.dates(text, subject.today), *wording.names(text, subject.people)]
        for one in found:
            yield Finding(one.code, place, one.text, one.row if place == "body_text" else 0)


def _countersigned(subject: Subject) -> Iterator[Finding]:
    for code, who in (
        ("countersign_waiting", subject.waiting),
        ("countersign_stale", subject.stale),
        ("dissent", subject.dissent),
    ):
        if who:
            yield Finding(code, "countersign", "、".join(who))
    silent = [organ for organ in subject.draft.joint_with if not any(_is_organ(name, organ) for name in subject.asked)]
    if silent:
        yield Finding("joint_not_asked", "joint_with", "、".join(silent))


def _is_organ(name: str, organ: str) -> bool:
    """The same organ, be it that one names the county and the other does not: 县财政局, 清河县财政局."""
    return bool(name) and (organ.endswith(name) or name.endswith(organ))


LOOKS: tuple[Callable[[Subject], Iterator[Finding]], ...] = (
    _secrecy,
    _countersigned,
    _head,
    _addressees,
    _request,
    _texts,
    _attachments,
)
