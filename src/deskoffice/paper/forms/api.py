"""Printed forms by code: filled from values, blank, or the values alone for paper that bears the form already."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from deskoffice.paper import archive as pdfa
from deskoffice.paper import backend_pdf, fonts
from deskoffice.paper.forms import (
    archive,
    circulation,
    exchange,
    meeting_lists,
    meetings,
    recovery,
    seals,
    secrecy,
    special,
    supervision,
)
from deskoffice.paper.forms.dressing import Extras
from deskoffice.paper.forms.layout import lay_out
from deskoffice.paper.forms.model import Cards, Crosses, Form, Seats, Stamp, Values
from deskoffice.paper.forms.painter import Ink
from deskoffice.paper.forms.values import Filled

_AREAS = (circulation, seals, meetings, meeting_lists, supervision, secrecy, archive, exchange, recovery)

FORMS: Mapping[str, Form] = MappingProxyType({form.code: form for area in _AREAS for form in area.FORMS})
"""Every printed form by its code."""

Shift = tuple[float, float]
"""Millimetres to the right and down by which a printer must be corrected."""


def fill(form: str, values: Values, *, made_at: datetime, trace: str = "", shift: Shift = (0.0, 0.0)) -> bytes:
    """The form with its values as PDF/A; `made_at` is an aware moment, `trace` the small line at the foot."""
    return render(FORMS[form], values, Extras(Ink.ALL, trace, shift), made_at=made_at)


def blank(form: str, *, made_at: datetime, shift: Shift = (0.0, 0.0), values: Values = MappingProxyType({})) -> bytes:
    """The form to be filled in by hand; `values` may name the office."""
    return fill(form, values, made_at=made_at, shift=shift)


def overprint(form: str, values: Values, *, made_at: datetime, shift: Shift = (0.0, 0.0)) -> bytes:
    """The values alone, to be printed on the blank form (套打)."""
    return render(FORMS[form], values, Extras(Ink.VALUES, shift=shift), made_at=made_at)


def with_filing_stamp(paper: bytes, values: Values, *, made_at: datetime, shift: Shift = (0.0, 0.0)) -> bytes:
    """A PDF with the filing stamp (归档章) in the middle of the white at the top of its first page, or shifted."""
    return special.pressed(paper, fill("filing_stamp", values, made_at=made_at, shift=shift))


def render(form: Form, values: Values, extras: Extras, *, made_at: datetime) -> bytes:
    """A form as PDF/A, the same bytes for the same values and moment."""
    filled = Filled(form, values)
    data, count = _drawn(form, filled, extras)
    description = pdfa.Description(form.title, filled.text("office"), made_at, {})
    headings = [pdfa.Heading(form.title, 0)]
    headings += [pdfa.Heading(f"{form.title}（第{number + 1}页）", number, 2) for number in range(1, count)]
    return pdfa.finish(data, description, headings=headings)


def _drawn(form: Form, filled: Filled, extras: Extras) -> tuple[bytes, int]:
    """The pages as a plain PDF, and their number."""
    known = fonts.load()
    match form.blocks[0]:
        case Cards() as block:
            pages = special.cards(block, filled, known, extras)
            return special.readable_from_both_sides(backend_pdf.draw(pages, known)), len(pages)
        case Seats() as block:
            draw = special.placed if any("x" in row for row in filled.rows(block.field)) else special.seats
            pages = draw(form, block, filled, known, extras)
        case Stamp() as block:
            pages = special.stamp(block, filled, known, extras)
        case Crosses():
            pages = special.crosses(form, filled, known, extras)
        case _:
            pages = lay_out(form, filled, known, extras)
    return backend_pdf.draw(pages, known), len(pages)
