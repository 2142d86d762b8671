"""Fills pages of 22 rows with lines and table rows, and makes room for the signature on a page that has text."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

from deskoffice.paper.breaker import Atom, Line, break_lines
from deskoffice.paper.geometry import CELL, COLUMNS, HALF_GAP, LEFT, PITCH, ROWS, WIDTH, baseline
from deskoffice.paper.sheet import BODY, Page, Setter

TINY = 1e-6
CARRIED_LINES = 2
MOST_CHANGES = 8
"""Paragraphs that may change their spacing to make room for a signature."""

MOST_LINES_FOR_IMPRINT = 2
"""Lines that the text may be shorter for, so that the imprint needs no sheet of its own."""

MOST_WHITE = 8
"""Rows at the foot of page 1 that may go over for it."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """The next free place: page from 0, row from 0; a table may end between rows."""

    page: int
    row: float


class Unit(Protocol):
    """What a page break cannot cut: a line of text or a row of a table.

    `height` counts in rows, `on_grid` says that it stands on a row of the page, `head` is what a new page repeats.
    """

    @property
    def height(self) -> float: ...

    @property
    def on_grid(self) -> bool: ...

    @property
    def head(self) -> "Unit | None": ...

    def draw(self, setter: Setter, page: Page, row: float) -> None: ...


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line on the grid."""

    line: Line
    x: float = LEFT
    height: float = 1.0
    on_grid: bool = True
    head: Unit | None = None

    def draw(self, setter: Setter, page: Page, row: float) -> None:
        setter.line(page, self.line, self.x, baseline(row), BODY)


@dataclass(frozen=True, slots=True)
class Blank:
    """An empty row; it is lost at the head of a page."""

    height: float = 1.0
    on_grid: bool = True
    head: Unit | None = None

    def draw(self, setter: Setter, page: Page, row: float) -> None:
        """Leave the row white."""

    def units(self) -> Sequence[Unit]:
        return (self,)


@dataclass(frozen=True)
class TextBlock:
    """A paragraph; `first` and `hang` are the left edges of its first and its other lines, in cells."""

    atoms: tuple[Atom, ...]
    first: float = 2.0
    hang: float = 0.0
    extra: float = 0.0
    extra_from: int = 0
    is_heading: bool = False

    @cached_property
    def lines(self) -> list[Line]:
        left, indent = self.hang * CELL, (self.first - self.hang) * CELL
        return break_lines(
            self.atoms, WIDTH - left, indent=indent, cell=CELL, extra=self.extra, extra_from=self.extra_from
        )

    def units(self) -> Sequence[Unit]:
        return [TextLine(line, LEFT + self.hang * CELL) for line in self.lines]


class Flowing(Protocol):
    """A block of the text: a paragraph, a table, an empty row."""

    def units(self) -> Sequence[Unit]: ...


@dataclass(frozen=True, slots=True)
class Placed:
    """A unit of a block at its place."""

    unit: Unit
    page: int
    row: float
    block: int


@dataclass(frozen=True, slots=True)
class Filled:
    """Blocks on pages: where each unit stands, where each block begins, and what is free behind."""

    placed: tuple[Placed, ...]
    begins: tuple[Cursor, ...]
    end: Cursor


def fill(blocks: Sequence[Flowing], start: Cursor, *, carried: int = 0, white: int = 0) -> Filled:
    """Put the blocks on pages from `start`; the last `carried` units begin a page of their own.

    `white` rows stay free at the foot of the first page.
    """
    units = [(index, unit) for index, block in enumerate(blocks) for unit in block.units()]
    placed: list[Placed] = []
    begins: dict[int, Cursor] = {}
    page, row = start.page, start.row
    for position, (index, unit) in enumerate(units):
        row = math.ceil(row - TINY) if unit.on_grid else row
        is_carried = carried > 0 and position == len(units) - carried
        if is_carried or row_end(unit, row) > ROWS - (white if page == start.page else 0) + TINY:
            page, row = page + 1, 0.0
            if unit.head is not None:
                placed.append(Placed(unit.head, page, row, index))
                row += unit.head.height
        if isinstance(unit, Blank) and row == 0:
            continue
        begins.setdefault(index, Cursor(page, row))
        placed.append(Placed(unit, page, row, index))
        row += unit.height
    end = Cursor(page, math.ceil(row - TINY))
    return Filled(tuple(placed), tuple(begins.get(index, end) for index in range(len(blocks))), end)


def row_end(unit: Unit, row: float) -> float:
    """The row behind the unit; what stands off the grid must keep clear of the gap that the last line has not."""
    return row + unit.height + (0.0 if unit.on_grid else HALF_GAP / PITCH)


@dataclass(frozen=True, slots=True)
class Need:
    """What stands behind the text: the rows of the signature.

    The first `lead` blocks name the addressees, only those from there to `body` are text (正文).
    """

    start: Cursor
    tail: int
    body: int
    lead: int = 0

    def is_met(self, filled: Filled) -> bool:
        """Whether the rows are free on a page that carries some of the text."""
        if self.tail == 0:
            return True
        has_text = any(placed.page == filled.end.page and placed.block < self.body for placed in filled.placed)
        return filled.end.row + self.tail <= ROWS and has_text and filled.end != self.start

    def shows_text(self, filled: Filled) -> bool:
        """Whether the first page has some of the text, as GB/T 9704-2012 7.3.3 asks."""
        return any(one.page == self.start.page and self.lead <= one.block < self.body for one in filled.placed)


def is_full(filled: Filled, *, first: int = 0) -> bool:
    """Whether every page from `first` to the one before the last has text on all its rows: no white in it or below."""
    foot: dict[int, float] = {}
    broken = set()
    for placed in filled.placed:
        if isinstance(placed.unit, Blank):
            broken.add(placed.page)
        else:
            foot[placed.page] = placed.row + placed.unit.height
    inner = range(first, filled.end.page)
    return all(foot.get(page, 0.0) > ROWS - 1 and (page == 0 or page not in broken) for page in inner)


def fill_by_spacing(blocks: Sequence[Flowing], need: Need) -> Filled | None:
    """Put the blocks on pages so that the signature has room, by setting paragraphs a line shorter or longer.

    The white between the characters of a few lines changes by a fraction of a millimetre, as GB/T 9704-2012
    7.3.5.5 asks; None when the paragraphs cannot give so much.
    """
    found: Filled | None = None
    for _, changed in sorted(_changes(blocks).items(), key=lambda change: abs(change[0])):
        filled = fill(changed, need.start)
        if need.is_met(filled) and is_full(filled):
            return filled
        found = found or (filled if need.is_met(filled) else None)
    return found


def fill_from_page_1(blocks: Sequence[Flowing], need: Need) -> Filled | None:
    """Rows of page 1 go over to the next pages, all of which stay full, until the signature comes to stand with text.

    White at a foot is seen least on the page that has the head, and still less where other spacing gives some of it;
    None when there is no page between first and last.
    """
    changes = {0: blocks, **_changes(blocks)}
    ways = [(2 * white + abs(change), white, change) for white in range(1, MOST_WHITE + 1) for change in changes]
    for _, white, change in sorted(ways):
        filled = fill(changes[change], need.start, white=white)
        if filled.end.page > 1 and need.is_met(filled) and is_full(filled, first=1) and need.shows_text(filled):
            return filled
    return None


def fill_shorter(blocks: Sequence[Flowing], need: Need, is_roomy: Callable[[Filled], bool]) -> Filled | None:
    """The blocks a line or two shorter, where that leaves the room which is asked for; None when it cannot be had."""
    changes = _changes(blocks)
    for count in range(1, MOST_LINES_FOR_IMPRINT + 1):
        filled = fill(changes[-count], need.start) if -count in changes else None
        if filled is not None and need.is_met(filled) and is_full(filled) and is_roomy(filled):
            return filled
    return None


def _changes(blocks: Sequence[Flowing]) -> dict[int, Sequence[Flowing]]:
    """The blocks made so many lines longer, or below zero shorter, as far as their paragraphs can give."""
    changes: dict[int, Sequence[Flowing]] = {}
    for is_longer in (False, True):
        options = _options(blocks, longer=is_longer)
        for count in range(1, min(len(options), MOST_CHANGES) + 1):
            changes[count if is_longer else -count] = _replaced(blocks, options[:count])
    return changes


def fill_carried(blocks: Sequence[Flowing], need: Need) -> Filled:
    """The last lines go over the page with the signature; spacing fills the page they leave as far as it goes.

    One line of the text stays where the text began: no first page is without.
    """
    free = ROWS - int(fill(blocks, need.start).end.row)
    longer = _options(blocks, longer=True)[: free + 1]
    chosen = _replaced(blocks, longer)
    behind = sum(len(block.units()) for block in chosen[need.body :])
    text = sum(len(block.units()) for block in chosen[need.lead : need.body])
    carried = max(min(CARRIED_LINES, text - 1), 0 if behind else 1)
    return fill(chosen, need.start, carried=carried + behind)


def without_headings_at_foot(blocks: Sequence[Flowing], start: Cursor) -> Sequence[Flowing]:
    """A heading on the last row of a page goes over to its text where a paragraph above it can grow by a line."""
    tried: set[int] = set()
    while True:
        begins = fill(blocks, start).begins
        heading = next(
            (
                index
                for index, block in enumerate(blocks)
                if isinstance(block, TextBlock) and block.is_heading and index not in tried
                if begins[index].row + len(block.lines) == ROWS and index + 1 < len(blocks)
            ),
            None,
        )
        if heading is None:
            return blocks
        tried.add(heading)
        page = [at for at in range(heading) if begins[at].page == begins[heading].page]
        blocks = _grown(blocks, page) or blocks


def without_blanks_inside(blocks: Sequence[Flowing], need: Need) -> list[Flowing]:
    """The free row above the lists of who came is given up on a page that goes on: a full page has all its lines."""
    filled = fill(blocks, need.start)
    last = filled.end.page + (0 if need.is_met(filled) else 1)
    inside = {one.block for one in filled.placed if isinstance(one.unit, Blank) and 0 < one.page < last}
    return [block for index, block in enumerate(blocks) if index not in inside]


def _grown(blocks: Sequence[Flowing], indices: Sequence[int]) -> list[Flowing] | None:
    """The blocks with the one of these a line longer in which the fewest lines change."""
    longer = [
        (found[0], index, found[1])
        for index in indices
        if isinstance(block := blocks[index], TextBlock)
        if block.extra == 0 and (found := _stretched(block, longer=True)) is not None
    ]
    if not longer:
        return None
    _, index, block = min(longer, key=lambda one: one[:2])
    return [*blocks[:index], block, *blocks[index + 1 :]]


def _options(blocks: Sequence[Flowing], *, longer: bool) -> list[tuple[int, TextBlock]]:
    """The paragraphs that can be set a line longer or shorter: those where fewest lines change, the last ones first."""
    options = []
    for index, block in enumerate(blocks):
        other = _stretched(block, longer=longer) if isinstance(block, TextBlock) else None
        if other is not None:
            options.append((other[0], -index, other[1]))
    return [(-index, block) for _, index, block in sorted(options, key=lambda option: option[:2])]


def _replaced(blocks: Sequence[Flowing], changed: Sequence[tuple[int, TextBlock]]) -> list[Flowing]:
    replaced = list(blocks)
    for index, block in changed:
        replaced[index] = block
    return replaced


def _stretched(block: TextBlock, *, longer: bool) -> tuple[int, TextBlock] | None:
    """The paragraph one line longer or shorter, with the number of lines that had to change."""
    lines = block.lines
    last = lines[-1]
    used = round((last.offsets[-1] + last.atoms[-1].width) / CELL)
    cells = COLUMNS - used + 2 if longer else used
    for changed in range(cells, len(lines)):
        start = len(lines) - 1 - changed
        other = replace(block, extra=-CELL if longer else CELL, extra_from=start)
        count = len(other.lines)
        if count == len(lines) + (1 if longer else -1) and _reads_well(other):
            return changed, other
        if changed > cells + 3:
            break
    return None


def _reads_well(block: TextBlock) -> bool:
    """A last line of one character looks like an accident, and so does a line with a hole or one that is crammed."""
    *full, last = block.lines
    return len(last.text) >= 2 and all(
        _is_even(line, block.first if at == 0 else block.hang) for at, line in enumerate(full)
    )


def _is_even(line: Line, indent: float) -> bool:
    """Nearly 28 characters; words and figures, which cannot be cut, make the more difference."""
    text = line.text.rstrip()
    count = indent + sum(0.5 if one.isascii() else 1.0 for one in text)
    fewest, most = (25, 31) if any(one.isascii() for one in text) else (COLUMNS - 1, COLUMNS + 2)
    return fewest <= count <= most
