"""Boxes, strips and parts of a form as measured text: they know how high they must be and how to be cut in two.

Heights are asked for again and again while pages are filled, so they are kept: hence no slots here.
"""

from dataclasses import dataclass, replace
from functools import cached_property

from deskoffice.paper.breaker import Line
from deskoffice.paper.forms.model import Align
from deskoffice.paper.geometry import em
from deskoffice.paper.sheet import Style

LEADING = 1.42
"""Line pitch in ems."""

SIDE, ABOVE = 1.7, 1.3
"""White between a border and the text, in mm."""

ENOUGH = 20.0
"""A box is not begun at the foot of a page with less room than this."""

TINY = 1e-6


@dataclass(frozen=True)
class Written:
    """One line of text in a box; `is_printed` for the words of the form itself, which an overprint leaves out."""

    line: Line
    style: Style
    align: Align = Align.LEFT
    is_printed: bool = False

    @cached_property
    def height(self) -> float:
        return em(self.style.size) * LEADING

    @cached_property
    def width(self) -> float:
        return self.line.offsets[-1] + self.line.atoms[-1].width if self.line.atoms else 0.0


@dataclass(frozen=True)
class Box:
    """A bordered place; the label stands in a column of its own or, when that is 0 wide, above the text."""

    x: float
    width: float
    lines: tuple[Written, ...] = ()
    label: tuple[Written, ...] = ()
    label_again: tuple[Written, ...] = ()
    """The label as it reads on the next page."""
    label_width: float = 0.0
    is_top: bool = False

    @property
    def text_width(self) -> float:
        return self.width - self.label_width - 2 * SIDE

    @cached_property
    def need(self) -> float:
        label, lines = height_of(self.label), height_of(self.lines)
        return (max(label, lines) if self.label_width else label + lines) + 2 * ABOVE

    def cut(self, height: float, mark: Written) -> tuple["Box", "Box"]:
        """What fits into the height, with the mark that the rest is elsewhere, and the rest."""
        if self.need <= height + TINY:
            return self, replace(self, lines=(), label=self.label_again if self.label_width == 0 else self.label)
        # A narrow column of a table has no room for the words; there the repeated head says it.
        marks = (mark,) if mark.width <= self.text_width else ()
        room = height - 2 * ABOVE - height_of(marks) - (0.0 if self.label_width else height_of(self.label))
        count = 0
        while count < len(self.lines) and height_of(self.lines[: count + 1]) <= room + TINY:
            count += 1
        placed = replace(self, lines=self.lines[:count] + marks)
        return placed, replace(self, lines=self.lines[count:], label=self.label_again)


@dataclass(frozen=True)
class Strip:
    """Boxes side by side, as high as the highest."""

    boxes: tuple[Box, ...]
    floor: float = 0.0

    @cached_property
    def height(self) -> float:
        return max(self.floor, *(box.need for box in self.boxes))

    def cut(self, height: float, mark: Written) -> tuple["Strip", "Strip"]:
        pairs = [box.cut(height, mark) for box in self.boxes]
        rest = Strip(tuple(pair[1] for pair in pairs))
        return Strip(tuple(pair[0] for pair in pairs), height), rest


@dataclass(frozen=True)
class Part:
    """Strips that belong together: one row of cells, or a table with the head that each page repeats.

    `floor` is the least height, `weight` the share of the room that is left.
    """

    strips: tuple[Strip, ...]
    floor: float = 0.0
    weight: float = 0.0
    head: Strip | None = None
    side: Box | None = None
    """The label that stands beside all rows of a table."""
    empty: Strip | None = None
    """The row that fills a table up."""
    is_framed: bool = True
    is_torn_here: bool = False

    @property
    def head_height(self) -> float:
        return self.head.height if self.head else 0.0

    @cached_property
    def need(self) -> float:
        rows = self.head_height + sum(strip.height for strip in self.strips)
        return max(rows, self.side.need if self.side else 0.0)

    def stretched(self, height: float) -> "Part":
        """The part made as high as said: empty rows first, the rest shared among the rows."""
        strips, spare = list(self.strips), height - self.need
        while self.empty and spare >= self.empty.height - TINY:
            strips.append(self.empty)
            spare = height - self.head_height - sum(strip.height for strip in strips)
        if not strips or spare <= TINY:
            return replace(self, strips=tuple(strips))
        share = (height - self.head_height - sum(strip.height for strip in strips)) / len(strips)
        return replace(self, strips=tuple(replace(strip, floor=strip.height + share) for strip in strips))

    def cut(self, height: float, mark: Written, *, tall: float) -> tuple["Part | None", "Part | None"]:
        """What fits into the height and what does not; a strip is cut itself only when it is `tall`."""
        if self.need <= height + TINY:
            return self, None
        placed: list[Strip] = []
        room = height - self.head_height
        rest = list(self.strips)
        while rest and rest[0].height <= room + TINY:
            room -= rest[0].height
            placed.append(rest.pop(0))
        if rest and rest[0].height > tall and (room >= ENOUGH or not self.head):
            upper, lower = rest[0].cut(room, mark)
            placed.append(upper)
            rest[0] = lower
        if not placed:
            return None, self
        lower_part = replace(self, strips=tuple(rest), side=_again(self.side))
        return replace(self, strips=tuple(placed), empty=None), lower_part

    def without_last(self) -> tuple["Part", "Part"]:
        """The rows but the last, and the last alone."""
        lower = replace(self, strips=self.strips[-1:], side=_again(self.side))
        return replace(self, strips=self.strips[:-1], empty=None), lower


def height_of(lines: tuple[Written, ...]) -> float:
    return sum(line.height for line in lines)


def _again(side: Box | None) -> Box | None:
    return replace(side, label=side.label_again) if side else None
