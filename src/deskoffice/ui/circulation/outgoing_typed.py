"""What the fields of the drafting page hold, and the draft they make: lists are typed a line each."""

from collections.abc import Iterable
from dataclasses import dataclass

from deskoffice.domain.circulation.outgoing import DocumentKind, OutgoingDraft
from deskoffice.domain.errors import InvalidDraft
from deskoffice.domain.numbering import SeriesRow
from deskoffice.domain.values import Classification, Urgency
from deskoffice.usecases.circulation.outgoing_import import RULES, WORDS


@dataclass(frozen=True, slots=True)
class OutgoingTyped:
    """One field for each widget of the page."""

    kind: DocumentKind
    series: str
    urgency: Urgency
    title: str
    addressee: str
    level: Classification
    secrecy_years: int | None
    printed_copies: int
    retention: str
    copy_to: str
    joint_with: str
    attachment_titles: str
    note: str
    kept_rules: str
    body_text: str


def draft_of(typed: OutgoingTyped, series: Iterable[SeriesRow]) -> OutgoingDraft:
    """The draft; raises InvalidDraft when the office has no such series."""
    series_id = next((row.id for row in series if row.code == typed.series), None)
    if series_id is None:
        raise InvalidDraft({"series": "required"})
    return OutgoingDraft(
        kind=typed.kind,
        title=typed.title,
        series_id=series_id,
        body_text=typed.body_text,
        addressee=typed.addressee,
        copy_to=_lines(typed.copy_to),
        joint_with=_lines(typed.joint_with),
        level=typed.level,
        secrecy_years=typed.secrecy_years,
        urgency=typed.urgency,
        attachment_titles=_lines(typed.attachment_titles),
        note=typed.note,
        printed_copies=typed.printed_copies,
        retention=typed.retention,
        kept_rules=tuple(code for code in RULES if WORDS[code] in typed.kept_rules.split("、")),
    )


def typed_of(draft: OutgoingDraft, series: Iterable[SeriesRow]) -> OutgoingTyped:
    """The fields of a draft that was stored."""
    return OutgoingTyped(
        kind=draft.kind,
        series=next((row.code for row in series if row.id == draft.series_id), ""),
        urgency=draft.urgency,
        title=draft.title,
        addressee=draft.addressee,
        level=draft.level,
        secrecy_years=draft.secrecy_years,
        printed_copies=draft.printed_copies,
        retention=draft.retention,
        copy_to="\n".join(draft.copy_to),
        joint_with="\n".join(draft.joint_with),
        attachment_titles="\n".join(draft.attachment_titles),
        note=draft.note,
        kept_rules="、".join(WORDS[code] for code in draft.kept_rules),
        body_text=draft.body_text,
    )


def empty(series: Iterable[SeriesRow]) -> OutgoingTyped:
    """A new draft: a notice under the first series."""
    first = next((row.code for row in series), "")
    notice, public, ordinary = DocumentKind.NOTICE, Classification.PUBLIC, Urgency.ORDINARY
    return OutgoingTyped(notice, first, ordinary, "", "", public, None, 1, "10年", "", "", "", "", "", "")


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
