"""What every page of a form bears besides its boxes: title, secrecy mark, page number, trace; and the shift."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from deskoffice.paper.fonts import Role
from deskoffice.paper.forms.model import Flow, Form
from deskoffice.paper.forms.painter import DASH, Ink, Painter
from deskoffice.paper.forms.values import Filled
from deskoffice.paper.geometry import ASCENT, em
from deskoffice.paper.sheet import Page, Rule, Run, Setter, Style

OFFICE, TITLE = Style(Role.BIAO, 16), Style(Role.BIAO, 22)
MARK = Style(Role.HEI, 14)
FOOT = Style(Role.FANG, 9)
TRACE = Style(Role.FANG, 6.5)
GAP = 2.0
EDGE = 20.0
"""Where mark and trace begin."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Paper and the frame on it, in mm."""

    width: float
    height: float
    left: float
    frame: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return self.left + self.frame / 2


PORTRAIT = Sheet(210, 297, 25, 165, 22, 281)
LANDSCAPE = Sheet(297, 210, 16, 265, 20, 195)


@dataclass(frozen=True, slots=True)
class Extras:
    """What a print adds to the form: the trace of this print, and the shift of a printer's paper in mm."""

    ink: Ink = Ink.ALL
    trace: str = ""
    shift: tuple[float, float] = (0.0, 0.0)


def title_end(filled: Filled, sheet: Sheet) -> float:
    """Where the title ends and the frame may begin."""
    office = em(OFFICE.size) + GAP if filled.text("office") else 0.0
    return sheet.top + office + em(TITLE.size) + 2 * GAP


def draw_title(form: Form, filled: Filled, painter: Painter, sheet: Sheet) -> float:
    """The office and the title; return where they end."""
    if painter.ink is Ink.ALL:
        page, setter, y = painter.page, painter.setter, sheet.top
        if office := filled.text("office"):
            style = narrowed(setter, office, OFFICE, sheet.frame)
            setter.centred(page, office, sheet.middle, y + em(OFFICE.size) * ASCENT, style)
            y += em(OFFICE.size) + GAP
        spaced = replace(TITLE, cell=em(TITLE.size) * _letter_space(form.title))
        style = narrowed(setter, form.title, spaced, sheet.frame)
        # The white behind the last character is not part of the title.
        width = setter.width(form.title, style) - style.cell + em(style.size)
        setter.text(page, form.title, sheet.middle - width / 2, y + em(TITLE.size) * ASCENT, style)
    if form.has_filing_corner:
        _filing_corner(painter, sheet)
    return title_end(filled, sheet)


def finished(form: Form, made: Sequence[Page], painter: Painter, filled: Filled, extras: Extras) -> list[Page]:
    """The pages with mark, number and trace, moved by the shift."""
    mark, is_book = filled.text("level_mark"), form.flow is Flow.BOOK
    for number, page in enumerate(made, 1):
        if mark:
            painter.setter.text(page, mark, EDGE, 15, MARK)
        if (is_book or len(made) > 1) and extras.ink is Ink.ALL:
            foot = f"第{number}页　共{len(made)}页"
            painter.setter.centred(page, foot, page.width / 2, page.height - 9, FOOT)
        if extras.trace:
            style = narrowed(painter.setter, extras.trace, TRACE, page.width - 2 * EDGE)
            painter.setter.text(page, extras.trace, EDGE, page.height - 6, style)
    return [moved(page, *extras.shift) for page in made]


def narrowed(setter: Setter, text: str, style: Style, width: float) -> Style:
    """The style, smaller when the line would be too wide."""
    share = min(width / max(setter.width(text, style), 1.0), 1.0)
    return replace(style, size=style.size * share, cell=style.cell * share)


def _letter_space(title: str) -> float:
    """Advance of a title's character in ems: short titles stand wide."""
    return {2: 3.0, 3: 2.0, 4: 1.6, 5: 1.4}.get(len(title), 1.1)


def _filing_corner(painter: Painter, sheet: Sheet) -> None:
    """Ticks at the corners of a place for the filing stamp, 45 by 16 mm, at the top on the right."""
    right = sheet.left + sheet.frame
    for x, inwards in ((right - 45, 1), (right, -1)):
        for y, down in ((5.0, 1), (21.0, -1)):
            painter.rule(x, y, x + 3 * inwards, y, DASH)
            painter.rule(x, y, x, y + 3 * down, DASH)


def moved(page: Page, dx: float, dy: float) -> Page:
    if dx or dy:
        page.items = [_moved_item(item, dx, dy) for item in page.items if isinstance(item, Run | Rule)]
    return page


def _moved_item(item: Run | Rule, dx: float, dy: float) -> Run | Rule:
    if isinstance(item, Run):
        return replace(item, x=item.x + dx, y=item.y + dy)
    return replace(item, x0=item.x0 + dx, x1=item.x1 + dx, y0=item.y0 + dy, y1=item.y1 + dy)
