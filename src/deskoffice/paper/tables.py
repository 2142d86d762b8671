"""Tables inside the text: columns by content, cells broken like text, rows that stay whole, head repeated."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from deskoffice.paper.breaker import Line
from deskoffice.paper.flow import Unit
from deskoffice.paper.fonts import Role
from deskoffice.paper.geometry import PITCH, TYPE_AREA, Area, em, row_top
from deskoffice.paper.merged import (
    LEADING,
    LINE_WIDTH,
    Joints,
    TallCell,
    complete,
    draw_lines,
    head_rows,
    joints,
    own_words,
    ruled,
)
from deskoffice.paper.model import Span, Table
from deskoffice.paper.sheet import Page, Rule, Setter, Style

SIZES = (14.0, 12.0, 10.5, 9.0, 7.5)
"""四号 down to 六号: the largest in which no column is narrower than its longest word."""

SMALLEST_UPRIGHT = 10.5
"""A table that would need smaller type to stand upright lies on a page of its own (GB/T 9704-2012 8)."""

PADDING = 1.2
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
    """A row with its cells already broken, each as wide as its share of `across`; `is_first` draws the upper edge too.

    `begins`, `tall` and `ends` are the cells over several rows that it is the first, one and the last of.
    """

    cells: tuple[tuple[Line, ...], ...]
    across: tuple[int, ...]
    edges: tuple[float, ...]
    style: Style
    height: float
    joints: Joints
    begins: tuple[TallCell, ...] = ()
    tall: tuple[TallCell, ...] = ()
    ends: tuple[TallCell, ...] = ()
    head: Unit | None = None
    is_first: bool = False
    on_grid: bool = False

    def draw(self, setter: Setter, page: Page, row: float) -> None:
        self.draw_at(setter, page, row_top(row))

    def draw_at(self, setter: Setter, page: Page, top: float) -> None:
        """Draw with the upper edge so many millimetres from the edge of the page."""
        bottom = top + self.height * PITCH
        for number, (lines, across) in enumerate(zip(self.cells, self.across, strict=True)):
            box = (self.edges[number], top, self.edges[number + across], bottom)
            is_centred = len(lines) == 1 or self.is_first
            draw_lines(setter, page, lines, self.style, box, from_left=None if is_centred else PADDING)
        if self.is_first:
            ruled(page, top, self.edges, left_out=self.joints.above)
        ruled(page, bottom, self.edges, left_out=self.joints.below)
        upright = [x for number, x in enumerate(self.edges) if number not in self.joints.inner]
        page.items += [Rule(x, top, x, bottom, LINE_WIDTH) for x in upright]
        for cell in self.begins:
            cell.begin()
        for cell in self.tall:
            cell.take(page, top, bottom)
        for cell in self.ends:
            cell.end(setter)


@dataclass(frozen=True, slots=True)
class TableHead:
    """A head of several rows, which stay together."""

    rows: tuple[TableRow, ...]
    head: Unit | None = None
    on_grid: bool = False

    @property
    def height(self) -> float:
        return sum(row.height for row in self.rows)

    def draw(self, setter: Setter, page: Page, row: float) -> None:
        self.draw_at(setter, page, row_top(row))

    def draw_at(self, setter: Setter, page: Page, top: float) -> None:
        """Draw with the upper edge so many millimetres from the edge of the page."""
        for row in self.rows:
            row.draw_at(setter, page, top)
            top += row.height * PITCH


TablePart = TableRow | TableHead


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table ready to be put on pages."""

    rows: tuple[TablePart, ...]

    def units(self) -> Sequence[Unit]:
        return self.rows


def needs_turning(table: Table, setter: Setter) -> bool:
    """Whether the table is too wide to stand upright in type that a person reads, or was drawn on a wide page."""
    rows = own_words(complete(table))
    return bool(rows) and (table.is_wide or _least_width(rows, SMALLEST_UPRIGHT, setter) > TYPE_AREA.width)


def table_block(table: Table, setter: Setter, area: Area = TYPE_AREA) -> TableBlock:
    """The table set in the largest size that fits its columns into the type area."""
    table = complete(table)
    if not table.rows:
        return TableBlock(())
    size, edges = columns(table, setter, area)
    rows = _Rows(table, edges, size, setter, area)
    # Words that would fill half a page stand in the first row, which can be broken over pages.
    merged = (replace(span, rows=1) if rows.tall(span).height > area.height / 2 else span for span in table.merged)
    return TableBlock(tuple(replace(rows, table=replace(table, merged=tuple(merged))).parts()))


def _size(rows: Sequence[Sequence[str]], setter: Setter, area: Area) -> tuple[float, int]:
    """The size of the type, and the length of a cell that stays on one line in it."""
    readable = [(size, SHORT_CELL_IN_SMALL_TYPE) for size in SIZES if size >= SMALLEST_UPRIGHT]
    tried = [*readable, *((size, SHORT_CELL) for size in SIZES)]
    return next((one for one in tried if _least_width(rows, one[0], setter, short=one[1]) <= area.width), tried[-1])


def columns(table: Table, setter: Setter, area: Area) -> tuple[float, tuple[float, ...]]:
    """The size of the type, and the left edges of the columns with the right edge of the table behind them."""
    rows = own_words(table)
    size, short = _size(rows, setter, area)
    return size, _edges(rows, Style(Role.FANG, size), setter, area, short=short)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Makes the rows of a complete table whose columns are known."""

    table: Table
    edges: tuple[float, ...]
    size: float
    setter: Setter
    area: Area

    def parts(self) -> list[TablePart]:
        """The head, and each row in several parts when it is taller than a page."""
        count = head_rows(self.table)
        styles = [self._style(at) for at in range(len(self.table.rows))]
        tall = [(span, self.tall(span)) for span in self.table.merged if span.rows > 1]
        rows = self._whole([self._cells(at, style) for at, style in enumerate(styles)], styles, tall)
        first = [part for row in rows[:count] for part in self._on_pages(row)]
        # A head that takes much of the page would leave no room for what it heads.
        is_short = len(first) == count and sum(row.height for row in first) * PITCH < TALLEST_HEAD
        whole = first[0] if count == 1 else TableHead(tuple(first))
        head, begun = (whole, [whole]) if is_short else (None, first)
        return [*begun, *(part for row in rows[count:] for part in self._on_pages(row, head))]

    def _whole(
        self,
        cells: Sequence[tuple[tuple[Line, ...], ...]],
        styles: Sequence[Style],
        tall: Sequence[tuple[Span, TallCell]],
    ) -> list[TableRow]:
        """The rows as high as their words, and the last row of a tall cell as high as that cell's words need."""
        heights = [max(1, *map(len, row)) * em(self.size) * LEADING + 2 * PADDING for row in cells]
        for span, cell in tall:
            last = span.row + span.rows - 1
            heights[last] += max(0.0, cell.height + 2 * PADDING - sum(heights[span.row : last + 1]))
        rows = []
        for at, (broken, style) in enumerate(zip(cells, styles, strict=True)):
            here = [(span, cell) for span, cell in tall if span.row <= at < span.row + span.rows]
            rows.append(
                TableRow(
                    broken,
                    self._across(at),
                    self.edges,
                    style,
                    heights[at] / PITCH,
                    joints(self.table, at),
                    tuple(cell for span, cell in here if span.row == at),
                    tuple(cell for _, cell in here),
                    tuple(cell for span, cell in here if span.row + span.rows - 1 == at),
                    is_first=True,
                )
            )
        return rows

    def _style(self, row: int) -> Style:
        return Style(Role.HEI if row < head_rows(self.table) else Role.FANG, self.size)

    def tall(self, span: Span) -> TallCell:
        """The cell of a group, its words broken."""
        style = self._style(span.row)
        left, right = self.edges[span.column], self.edges[span.column + span.columns]
        words = self.table.rows[span.row][span.column]
        return TallCell(_broken(words, style, self.setter, right - left - 2 * PADDING), left, right, style)

    def _cells(self, at: int, style: Style) -> tuple[tuple[Line, ...], ...]:
        """The lines of each cell of a row; those of a tall one are its own affair."""
        tall = {(span.row, span.column) for span in self.table.merged if span.rows > 1}
        return tuple(
            ()
            if (at, column) in tall
            else _broken(cell, style, self.setter, self.edges[column + across] - self.edges[column] - 2 * PADDING)
            for column, (cell, across) in enumerate(zip(self.table.rows[at], self._across(at), strict=True))
        )

    def _across(self, at: int) -> tuple[int, ...]:
        spans = {span.column: span.columns for span in self.table.merged if span.row == at}
        return tuple(spans.get(column, 1) for column in range(len(self.edges) - 1))

    def _on_pages(self, row: TableRow, head: TablePart | None = None) -> list[TableRow]:
        """The row under its head, in several parts when it is taller than a page."""
        row = replace(row, head=head, is_first=head is None)
        free = self.area.height * 0.95 - (head.height * PITCH if head else 0.0) - 2 * PADDING
        most = int(free / (em(self.size) * LEADING))
        longest = max(map(len, row.cells))
        return [row] if longest <= most else _split(row, range(0, longest, most))


def _split(row: TableRow, starts: range) -> list[TableRow]:
    """A row taller than a page, so many lines of each cell a part; no part has cells over several rows to begin or end
    but the first and the last."""
    parts = []
    for start in starts:
        cells = tuple(lines[start : start + starts.step] for lines in row.cells)
        tall = max(len(lines) for lines in cells) * em(row.style.size) * LEADING + 2 * PADDING
        is_last = start + starts.step >= starts.stop
        begins, ends = row.begins if start == 0 else (), row.ends if is_last else ()
        parts.append(replace(row, cells=cells, height=tall / PITCH, begins=begins, ends=ends))
    return parts


def _broken(cell: str, style: Style, setter: Setter, width: float) -> tuple[Line, ...]:
    """The lines of a cell; those its writer made stay, and a unit in brackets goes on a line of its own."""
    parts = [part.strip() for part in cell.split("\n")]
    pieces = [piece for part in parts for piece in _pieces(part, style, setter, width)]
    return tuple(line for piece in pieces for line in setter.lines(piece, style, width, widest_gap=WIDEST_GAP))


def _pieces(part: str, style: Style, setter: Setter, width: float) -> list[str]:
    pieces = UNIT.split(part, maxsplit=1)
    widths = [setter.width(piece, style) for piece in pieces]
    return pieces if sum(widths) > width >= max(widths) else [part]


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
