"""Envelopes that are not opened at the counter: what stands on them, and who may open them."""

from dataclasses import dataclass
from datetime import date

from deskoffice.domain.drafts import Problems, check_text
from deskoffice.domain.values import Classification, Urgency


@dataclass(frozen=True, slots=True)
class EnvelopeDraft:
    """A sealed or personal envelope (密封件, 亲启件) as it lies on the counter."""

    source_unit: str
    opener: str
    """The name of the person it is for."""
    received_on: date
    envelope_number: str = ""
    level: Classification = Classification.PUBLIC
    urgency: Urgency = Urgency.ORDINARY
    is_personal: bool = False
    """亲启: what is inside is for this person alone, also afterwards."""
    delivery: str = ""


def check(draft: EnvelopeDraft) -> None:
    """Raise InvalidDraft with every problem at once; the period of secrecy stands on the paper inside."""
    problems = Problems()
    check_text(problems, "source_unit", draft.source_unit, longest=100)
    check_text(problems, "opener", draft.opener, longest=40)
    if len(draft.envelope_number) > 40:
        problems.add("envelope_number", "too_long")
    if len(draft.delivery) > 20:
        problems.add("delivery", "too_long")
    problems.raise_any()


def envelope_title(draft: EnvelopeDraft) -> str:
    """What the book shows until it is opened."""
    return f"{'亲启件' if draft.is_personal else '密封件'}，待{draft.opener.strip()}拆封"
