"""Draws measured parts on pages: text, thin lines inside, thick lines around, or the values alone for an overprint."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

from deskoffice.paper.forms.model import Align
from deskoffice.paper.forms.parts import ABOVE, SIDE, TINY, Box, Part, Strip, Written, height_of
from deskoffice.paper.geometry import ASCENT, em
from deskoffice.paper.sheet import Page, Rule, Setter

FRAME, INNER, DASH = 0.5, 0.35, 0.2
DASH_LENGTH = 2.0


class Ink(Enum):
    """What of a form is printed: everything, or its values on paper that bears the form already (套打)."""

    ALL = "all"
    VALUES = "values"


@dataclass(slots=True)
class Painter:
    """Fills one page after the other, and closes the frame around what stands together."""

    setter: Setter
    ink: Ink
    width: float
    height: float
    pages: list[Page] = field(default_factory=list)
    _frame: tuple[float, float, float] | None = None
    """Top, left and right of the frame that is open."""
    _uprights: dict[float, tuple[float, float]] = field(default_factory=dict)
    """Upper and lower end of the lines between the boxes of the open frame, by their distance from the left."""

    @property
    def page(self) -> Page:
        return self.pages[-1]

    def new_page(self) -> None:
        self.pages.append(Page(width=self.width, height=self.height))

    def parts(self, parts: Iterable[tuple[Part, float]], top: float) -> float:
        """Draw parts one below the other at the given heights; return where they end."""
        y = top
        for part, height in parts:
            if not part.is_framed:
                self._close_frame(y)
            y = self._part(part, y, height)
        self._close_frame(y)
        return y

    def rule(self, x0: float, y0: float, x1: float, y1: float, width: float) -> None:
        if self.ink is Ink.ALL:
            self.page.items.append(Rule(x0, y0, x1, y1, width))

    def dashed(self, x0: float, x1: float, y: float) -> None:
        count = int((x1 - x0) // (2 * DASH_LENGTH))
        for step in range(count + 1):
            start = x0 + step * 2 * DASH_LENGTH
            self.rule(start, y, min(start + DASH_LENGTH, x1), y, DASH)

    def text(self, written: Iterable[Written], x: float, top: float, width: float) -> float:
        """Lines one below the other, aligned between x and x + width; return where they end."""
        y = top
        for one in written:
            # A squeezed line is no wider than its box, though its last mark would be.
            slack = max(width - one.width, 0.0)
            offset = {Align.LEFT: 0.0, Align.CENTRE: slack / 2, Align.RIGHT: slack}[one.align]
            baseline = y + one.height / 2 + em(one.style.size) * (ASCENT - 0.5)
            if self.ink is Ink.ALL or not one.is_printed:
                self.setter.line(self.page, one.line, x + offset, baseline, one.style)
            y += one.height
        return y

    def _part(self, part: Part, top: float, height: float) -> float:
        part = part.stretched(height)
        if part.is_framed and self._frame is None:
            self._frame = (top, *_edges(part))
        y = top
        for strip in ([part.head] if part.head else []) + list(part.strips):
            self._strip(strip, y, framed=part.is_framed)
            y += strip.height
        if part.side:
            y = max(y, top + part.side.need)
            self._box(part.side, top, y - top)
            self._upright(part.side.x + part.side.width, top, y)
            self.rule(part.side.x, y, part.side.x + part.side.width, y, INNER)
        if part.is_torn_here:
            box = part.strips[0].boxes[0]
            self.dashed(box.x, box.x + box.width, top + 2.0)
        return y

    def _strip(self, strip: Strip, top: float, *, framed: bool) -> None:
        bottom = top + strip.height
        for position, box in enumerate(strip.boxes):
            self._box(box, top, strip.height)
            if framed and position:
                self._upright(box.x, top, bottom)
            if framed and box.label_width:
                self._upright(box.x + box.label_width, top, bottom)
        if framed:
            last = strip.boxes[-1]
            self.rule(strip.boxes[0].x, bottom, last.x + last.width, bottom, INNER)

    def _box(self, box: Box, top: float, height: float) -> None:
        text_top = top + ABOVE
        if box.label_width:
            self.text(box.label, box.x, _middle(top, height, box.label), box.label_width)
        else:
            text_top = self.text(box.label, box.x + SIDE, text_top, box.text_width)
        if not box.is_top:
            text_top = _middle(top, height, box.lines)
        self.text(box.lines, box.x + box.label_width + SIDE, text_top, box.text_width)

    def _upright(self, x: float, top: float, bottom: float) -> None:
        """An upright line, drawn once where rows one below the other share it."""
        begun = self._uprights.get(x)
        if begun and abs(begun[1] - top) > TINY:
            self.rule(x, begun[0], x, begun[1], INNER)
            begun = None
        self._uprights[x] = (begun[0] if begun else top, bottom)

    def _close_frame(self, bottom: float) -> None:
        for x, (begun, ended) in self._uprights.items():
            self.rule(x, begun, x, ended, INNER)
        self._uprights.clear()
        if self._frame is None or bottom - self._frame[0] <= TINY:
            self._frame = None
            return
        top, left, right = self._frame
        half = FRAME / 2
        for y in (top, bottom):
            self.rule(left - half, y, right + half, y, FRAME)
        for x in (left, right):
            self.rule(x, top, x, bottom, FRAME)
        self._frame = None


def _middle(top: float, height: float, lines: tuple[Written, ...]) -> float:
    return top + (height - height_of(lines)) / 2


def _edges(part: Part) -> tuple[float, float]:
    strip = part.head or part.strips[0]
    left = part.side.x if part.side else strip.boxes[0].x
    return left, strip.boxes[-1].x + strip.boxes[-1].width
