"""Tables inside the text: columns by content, cells broken like text, rows that stay whole, head repeated."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from deskoffice.paper.breaker import Line
from deskoffice.paper.flow import Unit
from deskoffice.paper.fonts import Role
from deskoffice.paper.geometry import PITCH, TYPE_AREA, Area, baseline_in, em, row_top
from deskoffice.paper.model import Table
from deskoffice.paper.sheet import Page, Rule, Setter, Style

SIZES = (14.0, 12.0, 10.5, 9.0, 7.5)
"""四号 down to 六号: the largest in which no column is narrower than its longest word."""

SMALLEST_UPRIGHT = 10.5
"""A table that would need smaller type to stand upright lies on a page of its own (GB/T 9704-2012 8)."""

PADDING = 1.2
LEADING = 1.35
LINE_WIDTH = 0.25
TALLEST_HEAD = 60.0
"""A head up to this height is repeated on each page."""

SHORT_CELL, SHORT_CELL_IN_SMALL_TYPE = 5, 10
"""Characters that a cell keeps on one line: names and figures read badly broken, months in words better small."""

LEAST_OF_LONG = 8
UNIT = re.compile(r"(?=（)")
HALVINGS = 40
WIDEST_GAP = 0.08
"""Lines of a cell are short: filled to the edge, their characters would stand apart."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row with its cells already broken; `is_first` draws the upper edge too."""

    cells: tuple[tuple[Line, ...], ...]
    edges: tuple[float, ...]
    style: Style
    height: float
    head: Unit | None = None
    is_first: bool = False
    on_grid: bool = False

    def draw(self, setter: Setter, page: Page, row: float) -> None:
        self.draw_at(setter, page, row_top(row))

    def draw_at(self, setter: Setter, page: Page, top: float) -> None:
        """Draw with the upper edge so many millimetres from the edge of the page."""
        tall = self.height * PITCH
        step = em(self.style.size) * LEADING
        for number, lines in enumerate(self.cells):
            y = top + (tall - step * len(lines)) / 2
            left, right = self.edges[number], self.edges[number + 1]
            for line in lines:
                used = max(line.offsets[-1] + line.atoms[-1].width, 0.0)
                is_centred = len(lines) == 1 or self.is_first
                x = left + (right - left - used) / 2 if is_centred else left + PADDING
                setter.line(page, line, x, baseline_in(y, step, self.style.size), self.style)
                y += step
        for y in (top, top + tall) if self.is_first else (top + tall,):
            page.rule(y, self.edges[0], self.edges[-1], LINE_WIDTH)
        page.items += [Rule(x, top, x, top + tall, LINE_WIDTH) for x in self.edges]


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table ready to be put on pages."""

    rows: tuple[TableRow, ...]

    def units(self) -> Sequence[Unit]:
        return self.rows


def needs_turning(table: Table, setter: Setter) -> bool:
    """Whether the table is too wide to stand upright in type that a person reads, or was drawn on a wide page."""
    rows = full_rows(table)
    return bool(rows) and (table.is_wide or _least_width(rows, SMALLEST_UPRIGHT, setter) > TYPE_AREA.width)


def table_block(table: Table, setter: Setter, area: Area = TYPE_AREA) -> TableBlock:
    """The table set in the largest size that fits its columns into the type area."""
    rows = full_rows(table)
    if not rows:
        return TableBlock(())
    size, edges = columns(rows, setter, area)
    style = Style(Role.FANG, size)
    first = _rows(rows[0], edges, Style(Role.HEI, size), setter, area)
    # A head that takes much of the page would leave no room for what it heads.
    head = first[0] if len(first) == 1 and first[0].height * PITCH < TALLEST_HEAD else None
    body = [part for row in rows[1:] for part in _rows(row, edges, style, setter, area, head=head)]
    return TableBlock((*first, *body))


def _size(rows: Sequence[Sequence[str]], setter: Setter, area: Area) -> tuple[float, int]:
    """The size of the type, and the length of a cell that stays on one line in it."""
    readable = [(size, SHORT_CELL_IN_SMALL_TYPE) for size in SIZES if size >= SMALLEST_UPRIGHT]
    tried = [*readable, *((size, SHORT_CELL) for size in SIZES)]
    return next((one for one in tried if _least_width(rows, one[0], setter, short=one[1]) <= area.width), tried[-1])


def columns(rows: Sequence[Sequence[str]], setter: Setter, area: Area) -> tuple[float, tuple[float, ...]]:
    """The size of the type, and the left edges of the columns with the right edge of the table behind them."""
    size, short = _size(rows, setter, area)
    return size, _edges(rows, Style(Role.FANG, size), setter, area, short=short)


def full_rows(table: Table) -> list[tuple[str, ...]]:
    count = max((len(row) for row in table.rows), default=0)
    return [tuple(row) + ("",) * (count - len(row)) for row in table.rows if any(cell.strip() for cell in row)]


def _rows(
    cells: Sequence[str],
    edges: tuple[float, ...],
    style: Style,
    setter: Setter,
    area: Area,
    *,
    head: TableRow | None = None,
) -> list[TableRow]:
    """The row, in several parts when it is taller than a page."""
    broken = [
        _broken(cell, style, setter, right - left - 2 * PADDING)
        for cell, left, right in zip(cells, edges, edges[1:], strict=False)
    ]
    step = em(style.size) * LEADING
    free = area.height * 0.95 - (head.height * PITCH if head else 0.0) - 2 * PADDING
    most = int(free / step)
    parts = range(0, max(1, *(len(lines) for lines in broken)), most)
    return [_part(broken, start, most, style, edges, head) for start in parts]


def _broken(cell: str, style: Style, setter: Setter, width: float) -> tuple[Line, ...]:
    """The lines of a cell; those its writer made stay, and a unit in brackets goes on a line of its own."""
    parts = [part.strip() for part in cell.split("\n")]
    pieces = [piece for part in parts for piece in _pieces(part, style, setter, width)]
    return tuple(line for piece in pieces for line in setter.lines(piece, style, width, widest_gap=WIDEST_GAP))


def _pieces(part: str, style: Style, setter: Setter, width: float) -> list[str]:
    pieces = UNIT.split(part, maxsplit=1)
    widths = [setter.width(piece, style) for piece in pieces]
    return pieces if sum(widths) > width >= max(widths) else [part]


def _part(
    broken: Sequence[tuple[Line, ...]],
    start: int,
    most: int,
    style: Style,
    edges: tuple[float, ...],
    head: TableRow | None,
) -> TableRow:
    cells = tuple(lines[start : start + most] for lines in broken)
    tall = max(len(lines) for lines in cells) * em(style.size) * LEADING + 2 * PADDING
    return TableRow(cells, edges, style, tall / PITCH, head, is_first=head is None)


def _least_width(rows: Sequence[Sequence[str]], size: float, setter: Setter, *, short: int = SHORT_CELL) -> float:
    style = Style(Role.FANG, size)
    return sum(_least_cell(column, style, setter, short) + 2 * PADDING for column in zip(*rows, strict=True))


def _least_cell(column: Sequence[str], style: Style, setter: Setter, short: int) -> float:
    """The least a column needs: short cells on one line, longer ones broken between words."""
    widths = [2 * em(style.size)]
    for cell in column:
        for part in cell.split("\n"):
            atoms = setter.atoms(part.strip(), style)
            wide = [atom.width for atom in atoms]
            if len(part) <= short:
                widths.append(max(setter.width(piece, style) for piece in UNIT.split(part.strip(), maxsplit=1)))
            else:
                # What is long is read in lines of some characters, not in a column of single ones.
                widths.append(max(*wide, min(sum(wide), LEAST_OF_LONG * em(style.size)) if short > SHORT_CELL else 0.0))
    return max(widths)


def _edges(rows: Sequence[Sequence[str]], style: Style, setter: Setter, area: Area, *, short: int) -> tuple[float, ...]:
    """Left edges of the columns and the right edge of the table: the full width, shared by what the cells need."""
    cells = list(zip(*rows, strict=True))
    least = [_least_cell(column, style, setter, short) + 2 * PADDING + 0.1 for column in cells]
    parts = [[part.strip() for cell in column for part in cell.split("\n")] for column in cells]
    # A hair more: what just fits must not be broken for the rounding of a sum.
    wanted = [max(setter.width(part, style) for part in column) + 2 * PADDING + 0.1 for column in parts]
    edges = [area.left]
    for width in _shared(least, [max(pair) for pair in zip(least, wanted, strict=True)], area.width):
        edges.append(edges[-1] + width)
    return tuple(edges)


def _shared(least: Sequence[float], wanted: Sequence[float], whole: float) -> list[float]:
    """Widths that make up the whole: what every column wants and more, or so much of it that the long ones give."""
    if sum(wanted) <= whole:
        return [want + (whole - sum(wanted)) * want / sum(wanted) for want in wanted]
    if sum(least) >= whole:
        return [low * whole / sum(least) for low in least]
    low, high = 0.0, whole
    widths = list(least)
    for _ in range(HALVINGS):
        level = (low + high) / 2
        widths = [min(want, max(one, level * math.sqrt(want))) for one, want in zip(least, wanted, strict=True)]
        low, high = (level, high) if sum(widths) < whole else (low, level)
    return [width * whole / sum(widths) for width in widths]
