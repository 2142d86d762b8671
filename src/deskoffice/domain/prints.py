"""Prints and exports: what is asked of a printer, and what the print ledger (打印登记) keeps of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from deskoffice.domain.errors import RuleError

MOST_COPIES = 200
FARTHEST = 10.0
"""Millimetres beyond which a printer is not measured but broken."""


class PrintWay(StrEnum):
    """How a paper leaves."""

    PRINT = "print"
    EXPORT = "export"


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """What is wanted of one paper; `target` is the printer, `last_page` 0 means to the end."""

    way: PrintWay
    target: str = ""
    copies: int = 1
    first_page: int = 1
    last_page: int = 0
    is_duplex: bool = False
    has_link: bool = False
    """A QR code to the record on each page."""
    has_barcode: bool = False
    """The document bar code (机关公文二维条码) on page 1."""


@dataclass(frozen=True, slots=True)
class Shift:
    """Millimetres to the right and down by which a printer is corrected."""

    right: float = 0.0
    down: float = 0.0


@dataclass(frozen=True, slots=True)
class PrintRow:
    """One line of the print ledger; the matter is empty where it may not be known."""

    id: int
    code: str
    what: str
    matter_id: int | None
    number: str
    title: str
    way: PrintWay
    target: str
    copies: int
    first_copy: int
    pages: str
    account: str
    made_at: datetime
    entry: int
    """Number of its entry in the log."""


@dataclass(frozen=True, slots=True)
class PrintPage:
    """Part of the ledger, and how many lines there are in all."""

    total: int
    rows: tuple[PrintRow, ...]


def check_order(order: PrintOrder, pages: int) -> None:
    """Refuse a number of copies or a range of pages that no printer can follow."""
    if not 1 <= order.copies <= MOST_COPIES:
        raise RuleError("print_copies_wrong", most=MOST_COPIES)
    if pages and not 1 <= order.first_page <= (order.last_page or pages) <= pages:
        raise RuleError("print_pages_wrong", pages=pages)


def check_shift(shift: Shift) -> None:
    """Refuse a correction that is not one."""
    if max(abs(shift.right), abs(shift.down)) > FARTHEST:
        raise RuleError("print_shift_too_far", most=int(FARTHEST))
