"""Papers carried between two stand-alone vaults on a disc (摆渡包): partners, packets, what became of each paper."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from deskoffice.domain.drafts import Problems, check_text
from deskoffice.domain.values import Classification, Urgency


class ItemState(StrEnum):
    """What became of one paper of a packet."""

    SENT = "sent"
    """已发出"""
    REGISTERED = "registered"
    """已登记"""
    KNOWN = "known"
    """此前已登记, not taken again"""
    LEFT = "left"
    """未收"""


@dataclass(frozen=True, slots=True)
class PartnerDraft:
    """A unit whose vault we exchange packets with; the fingerprint is typed from the paper it gave us."""

    name: str
    code: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """A partner as lists show it."""

    id: int
    name: str
    fingerprint: str
    added_on: date
    is_active: bool


@dataclass(frozen=True, slots=True)
class CarriedPaper:
    """The fields of a paper as the packet tells them."""

    title: str
    document_number: str
    issuer: str
    level: Classification
    secrecy_years: int | None
    urgency: Urgency
    dated: date | None
    addressee: str
    copy_number: str


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One paper of a packet, and the number it got here or there."""

    document_number: str
    matter_id: int | None
    state: ItemState
    number: str


@dataclass(frozen=True, slots=True)
class PacketRow:
    """One packet as lists show it."""

    id: int
    partner: str
    is_sent: bool
    number: int
    carrier: str
    at: datetime
    by: str
    receipt_at: datetime | None
    items: tuple[ItemRow, ...]


def check_partner(draft: PartnerDraft) -> None:
    """Raise InvalidDraft with every problem at once."""
    problems = Problems()
    check_text(problems, "name", draft.name, longest=100)
    check_text(problems, "code", draft.code, longest=400)
    check_text(problems, "fingerprint", draft.fingerprint, longest=40)
    problems.raise_any()


def check_carrier(carrier: str) -> None:
    """The disc or stick has its number in the register of carriers (载体编号)."""
    problems = Problems()
    check_text(problems, "carrier", carrier, longest=40)
    problems.raise_any()


def same_letters(typed: str, wanted: str) -> bool:
    """Compare what a person typed with what should stand there; gaps and case do not count."""
    return "".join(typed.split()).upper() == "".join(wanted.split()).upper()
