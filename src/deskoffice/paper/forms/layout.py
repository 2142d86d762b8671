"""Lays out a whole form: title and frame, continued pages, page numbers, secrecy mark, trace."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from deskoffice.paper.fonts import Fonts, Role
from deskoffice.paper.forms import pages
from deskoffice.paper.forms.build import AGAIN, Builder
from deskoffice.paper.forms.model import Block, Flow, Form, Heading, Row, Table, Words
from deskoffice.paper.forms.painter import DASH, Ink, Painter
from deskoffice.paper.forms.parts import Part
from deskoffice.paper.forms.values import Filled
from deskoffice.paper.forms.writer import Writer
from deskoffice.paper.geometry import em
from deskoffice.paper.sheet import Page, Rule, Run, Setter, Style

AREA_SIZES = (14.0, 12.0, 10.5)
CONTINUED_SIZE = 12.0
"""An area that does not fit in the smallest size goes on overleaf in one that is easier to read."""

OFFICE, TITLE = Style(Role.BIAO, 16), Style(Role.BIAO, 22)
MARK = Style(Role.HEI, 14)
FOOT = Style(Role.FANG, 9)
TRACE = Style(Role.FANG, 6.5)
GAP = 2.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """Paper and the frame on it, in mm."""

    width: float
    height: float
    left: float
    frame: float
    top: float
    bottom: float


PORTRAIT = Sheet(210, 297, 25, 165, 22, 281)
LANDSCAPE = Sheet(297, 210, 16, 265, 20, 195)


@dataclass(frozen=True, slots=True)
class Extras:
    """What is printed besides the form itself: the trace of this print, and the shift of a printer's paper in mm."""

    ink: Ink = Ink.ALL
    trace: str = ""
    shift: tuple[float, float] = (0.0, 0.0)


def lay_out(form: Form, filled: Filled, fonts: Fonts, extras: Extras) -> list[Page]:
    """The pages of a form made of rows and tables."""
    maker = _Layout(form, filled, Setter(fonts), extras)
    return finished(form, maker.made(), maker.painter, filled, extras)


def finished(form: Form, made: Sequence[Page], painter: Painter, filled: Filled, extras: Extras) -> list[Page]:
    """Pages with mark, number and trace, moved by the shift."""
    mark, is_book = filled.text("level_mark"), form.flow is Flow.BOOK
    for number, page in enumerate(made, 1):
        if mark:
            painter.setter.text(page, mark, 20, 15, MARK)
        if (is_book or len(made) > 1) and extras.ink is Ink.ALL:
            middle = page.width / 2
            painter.setter.centred(page, f"第{number}页　共{len(made)}页", middle, page.height - 9, FOOT)
        if extras.trace:
            painter.setter.text(page, extras.trace, 20, page.height - 6, TRACE)
    return [_moved(page, *extras.shift) for page in made]


class _Layout:
    """One form on its way to pages."""

    def __init__(self, form: Form, filled: Filled, setter: Setter, extras: Extras) -> None:
        self._form, self._filled = form, filled
        self._sheet = LANDSCAPE if form.is_landscape else PORTRAIT
        self._writer = Writer(setter)
        self.painter = Painter(setter, extras.ink, self._sheet.width, self._sheet.height)

    def made(self) -> list[Page]:
        builder, parts, room = self._sized()
        place = pages.sheet if self._form.flow is Flow.SHEET else pages.run_on
        for number, placed in enumerate(place(parts, room, builder.mark())):
            self.painter.new_page()
            top = self._open_page(builder, is_first=not number)
            end = self.painter.parts(placed, top)
            if not number and (note := builder.note(self._form)):
                self.painter.parts([(note, note.need)], max(end, 0.0) + 0.8)
        return self.painter.pages

    def _sized(self) -> tuple[Builder, list[Part], pages.Room]:
        """The largest text at which everything stays on one page."""
        has_areas = any(_is_area(block) for block in self._form.blocks)
        if not has_areas:
            return self._measured(CONTINUED_SIZE)
        for size in AREA_SIZES:
            builder, parts, room = self._measured(size)
            if sum(max(part.need, part.floor) for part in parts) <= room.first:
                return builder, parts, room
        return self._measured(CONTINUED_SIZE)

    def _measured(self, size: float) -> tuple[Builder, list[Part], pages.Room]:
        builder = Builder(self._writer, self._filled, self._sheet.left, self._sheet.frame, size)
        parts = [builder.part(block) for block in self._form.blocks if isinstance(block, Row | Table | Heading | Words)]
        note = builder.note(self._form)
        first = self._sheet.bottom - self._title_end() - _need(builder.head(self._form)) - _need(note) - 0.8
        more = self._sheet.bottom - self._sheet.top - em(16) - GAP - _need(self._key(builder))
        return builder, parts, pages.Room(first, more)

    def _open_page(self, builder: Builder, *, is_first: bool) -> float:
        """Title and what stands over the frame; return where the frame begins."""
        if is_first:
            self._title()
            return self._over(builder.head(self._form), self._title_end())
        if self.painter.ink is Ink.ALL:
            y = self._sheet.top + em(16) * 0.88
            title = self._form.title + (AGAIN if self._form.flow is not Flow.BOOK else "")
            self.painter.setter.centred(self.painter.page, title, self._middle, y, OFFICE)
        return self._over(self._key(builder), self._sheet.top + em(16) + GAP)

    def _key(self, builder: Builder) -> Part | None:
        return builder.key(self._form) if self._form.key else builder.head(self._form)

    def _over(self, part: Part | None, top: float) -> float:
        return self.painter.parts([(part, part.need)], top) if part else top

    def _title(self) -> None:
        if self.painter.ink is Ink.VALUES:
            return
        page, setter = self.painter.page, self.painter.setter
        y = self._sheet.top
        if office := self._filled.text("office"):
            setter.centred(page, office, self._middle, y + em(16) * 0.88, OFFICE)
            y += em(16) + GAP
        style = replace(TITLE, cell=em(22) * _letter_space(self._form.title))
        # The white behind the last character is not part of the title.
        width = setter.width(self._form.title, style) - style.cell + em(22)
        setter.text(page, self._form.title, self._middle - width / 2, y + em(22) * 0.88, style)
        if self._form.has_filing_corner:
            self._filing_corner()

    def _title_end(self) -> float:
        office = em(16) + GAP if self._filled.text("office") else 0.0
        return self._sheet.top + office + em(22) + 2 * GAP

    def _filing_corner(self) -> None:
        """Ticks at the corners of a place for the filing stamp, 45 by 16 mm, right at the top."""
        right = self._sheet.left + self._sheet.frame
        for x, inwards in ((right - 45, 1), (right, -1)):
            for y, down in ((5.0, 1), (21.0, -1)):
                self.painter.rule(x, y, x + 3 * inwards, y, DASH)
                self.painter.rule(x, y, x, y + 3 * down, DASH)

    @property
    def _middle(self) -> float:
        return self._sheet.left + self._sheet.frame / 2


def _letter_space(title: str) -> float:
    """Advance of a title's character in ems: short titles stand wide."""
    return {2: 3.0, 3: 2.0, 4: 1.6, 5: 1.4}.get(len(title), 1.1)


def _is_area(block: Block) -> bool:
    return isinstance(block, Row) and (block.weight > 0 or any(not cell.label_width for cell in block.cells))


def _need(part: Part | None) -> float:
    return part.need if part else 0.0


def _moved(page: Page, dx: float, dy: float) -> Page:
    if dx or dy:
        page.items = [_moved_item(item, dx, dy) for item in page.items if isinstance(item, Run | Rule)]
    return page


def _moved_item(item: Run | Rule, dx: float, dy: float) -> Run | Rule:
    if isinstance(item, Run):
        return replace(item, x=item.x + dx, y=item.y + dy)
    return replace(item, x0=item.x0 + dx, x1=item.x1 + dx, y0=item.y0 + dy, y1=item.y1 + dy)
