"""Lays out a form of rows and tables: what stands on its first page, and what goes on overleaf."""

from dataclasses import dataclass

from deskoffice.paper.fonts import Fonts
from deskoffice.paper.forms import pages
from deskoffice.paper.forms.build import AGAIN, Builder
from deskoffice.paper.forms.dressing import (
    GAP,
    LANDSCAPE,
    OFFICE,
    PORTRAIT,
    Extras,
    draw_title,
    finished,
    narrowed,
    title_end,
)
from deskoffice.paper.forms.model import Block, Flow, Form, Heading, Row, Table, Words
from deskoffice.paper.forms.painter import Ink, Painter
from deskoffice.paper.forms.parts import Part
from deskoffice.paper.forms.values import Filled
from deskoffice.paper.forms.writer import Writer
from deskoffice.paper.geometry import ASCENT, em
from deskoffice.paper.sheet import Page, Setter

AREA_SIZES = (14.0, 12.0, 10.5)
CONTINUED_SIZE = 12.0
"""An area that does not fit in the smallest size goes on overleaf in one that is easier to read."""

NOTE_GAP = 0.8


def lay_out(form: Form, filled: Filled, fonts: Fonts, extras: Extras) -> list[Page]:
    maker = _Layout(form, filled, Setter(fonts), extras)
    return finished(form, maker.made(), maker.painter, filled, extras)


@dataclass(frozen=True, slots=True)
class _Measured:
    """Parts with their texts in one size, and the room for them."""

    builder: Builder
    parts: list[Part]
    room: pages.Room

    @property
    def fits(self) -> bool:
        return sum(max(part.need, part.floor) for part in self.parts) <= self.room.first


class _Layout:
    """One form on its way to pages."""

    def __init__(self, form: Form, filled: Filled, setter: Setter, extras: Extras) -> None:
        self._form, self._filled = form, filled
        self._sheet = LANDSCAPE if form.is_landscape else PORTRAIT
        self._writer = Writer(setter)
        self.painter = Painter(setter, extras.ink, self._sheet.width, self._sheet.height)

    def made(self) -> list[Page]:
        measured = self._sized()
        builder = measured.builder
        place = pages.sheet if self._form.flow is Flow.SHEET else pages.run_on
        for number, placed in enumerate(place(measured.parts, measured.room, builder.mark())):
            self.painter.new_page()
            top = self._open_again(builder) if number else self._open_first(builder)
            end = self.painter.parts(placed, top)
            if not number and (note := builder.note(self._form)):
                self.painter.parts([(note, note.need)], end + NOTE_GAP)
        return self.painter.pages

    def _sized(self) -> _Measured:
        """The largest text at which everything stays on one page."""
        if any(_is_area(block) for block in self._form.blocks):
            for size in AREA_SIZES:
                measured = self._measured(size)
                if measured.fits:
                    return measured
        return self._measured(CONTINUED_SIZE)

    def _measured(self, size: float) -> _Measured:
        builder = Builder(self._writer, self._filled, self._sheet.left, self._sheet.frame, size)
        parts = [builder.part(block) for block in self._form.blocks if isinstance(block, Row | Table | Heading | Words)]
        over, note = _need(builder.head(self._form)), _need(builder.note(self._form)) + NOTE_GAP
        first = self._sheet.bottom - title_end(self._filled, self._sheet) - over - note
        more = self._sheet.bottom - self._again_end - _need(builder.key(self._form))
        return _Measured(builder, parts, pages.Room(first, more))

    def _open_first(self, builder: Builder) -> float:
        """Title and what stands over the frame; return where the frame begins."""
        return self._over(builder.head(self._form), draw_title(self._form, self._filled, self.painter, self._sheet))

    def _open_again(self, builder: Builder) -> float:
        if self.painter.ink is Ink.ALL:
            title = self._form.title + (AGAIN if self._form.flow is not Flow.BOOK else "")
            y = self._sheet.top + em(OFFICE.size) * ASCENT
            style = narrowed(self.painter.setter, title, OFFICE, self._sheet.frame)
            self.painter.setter.centred(self.painter.page, title, self._sheet.middle, y, style)
        return self._over(builder.key(self._form), self._again_end)

    @property
    def _again_end(self) -> float:
        return self._sheet.top + em(OFFICE.size) + GAP

    def _over(self, part: Part | None, top: float) -> float:
        return self.painter.parts([(part, part.need)], top) if part else top


def _is_area(block: Block) -> bool:
    return isinstance(block, Row) and (block.weight > 0 or any(not cell.label_width for cell in block.cells))


def _need(part: Part | None) -> float:
    return part.need if part else 0.0
