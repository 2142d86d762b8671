"""Tables inside the text: columns by content, cells broken like text, rows that stay whole, head repeated."""

from collections.abc import Sequence
from dataclasses import dataclass

from deskoffice.paper.breaker import Line
from deskoffice.paper.flow import Unit
from deskoffice.paper.fonts import Role
from deskoffice.paper.geometry import HEIGHT, LEFT, PITCH, WIDTH, baseline_in, em, row_top
from deskoffice.paper.model import Table
from deskoffice.paper.sheet import Page, Rule, Setter, Style

SIZES = (14.0, 12.0, 10.5, 9.0, 7.5)
"""四号 down to 六号: the largest in which no column is narrower than its longest word."""

PADDING = 1.2
LEADING = 1.35
LINE_WIDTH = 0.25
TALLEST_HEAD = 60.0
"""A head up to this height is repeated on each page."""

SHORT_CELL = 5
"""Characters that a cell keeps on one line: names and figures read badly broken."""

SHARE_LIMIT = 0.45
"""No column takes more than this share while others are cut short."""


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
        top, tall = row_top(row), self.height * PITCH
        step = em(self.style.size) * LEADING
        for number, lines in enumerate(self.cells):
            y = top + (tall - step * len(lines)) / 2
            left, right = self.edges[number], self.edges[number + 1]
            for line in lines:
                used = max(line.offsets[-1] + line.atoms[-1].width, 0.0)
                x = left + (right - left - used) / 2 if len(lines) == 1 else left + PADDING
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


def table_block(table: Table, setter: Setter) -> TableBlock:
    """The table set in the largest size that fits its columns into the type area."""
    count = max((len(row) for row in table.rows), default=0)
    rows = [tuple(row) + ("",) * (count - len(row)) for row in table.rows if any(cell.strip() for cell in row)]
    if not rows:
        return TableBlock(())
    size = next((one for one in SIZES if _least_width(rows, one, setter) <= WIDTH), SIZES[-1])
    style = Style(Role.FANG, size)
    edges = _edges(rows, style, setter)
    first = _rows(rows[0], edges, Style(Role.HEI, size), setter)
    # A head that takes much of the page would leave no room for what it heads.
    head = first[0] if len(first) == 1 and first[0].height * PITCH < TALLEST_HEAD else None
    body = [part for row in rows[1:] for part in _rows(row, edges, style, setter, head=head)]
    return TableBlock((*first, *body))


def _rows(
    cells: Sequence[str], edges: tuple[float, ...], style: Style, setter: Setter, *, head: TableRow | None = None
) -> list[TableRow]:
    """The row, in several parts when it is taller than a page."""
    broken = [
        tuple(setter.lines(cell.replace("\n", " ").strip(), style, right - left - 2 * PADDING))
        for cell, left, right in zip(cells, edges, edges[1:], strict=False)
    ]
    step = em(style.size) * LEADING
    free = HEIGHT * 0.95 - (head.height * PITCH if head else 0.0) - 2 * PADDING
    most = int(free / step)
    parts = range(0, max(1, *(len(lines) for lines in broken)), most)
    return [_part(broken, start, most, style, edges, head) for start in parts]


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


def _least_width(rows: Sequence[Sequence[str]], size: float, setter: Setter) -> float:
    style = Style(Role.FANG, size)
    return sum(_least_cell(column, style, setter) + 2 * PADDING for column in zip(*rows, strict=True))


def _least_cell(column: Sequence[str], style: Style, setter: Setter) -> float:
    """The least a column needs: short cells on one line, longer ones broken between words."""
    widths = [2 * em(style.size)]
    for cell in column:
        atoms = setter.atoms(cell.replace("\n", " ").strip(), style)
        widths.append(sum(atom.width for atom in atoms) if len(cell) <= SHORT_CELL else max(a.width for a in atoms))
    return max(widths)


def _edges(rows: Sequence[Sequence[str]], style: Style, setter: Setter) -> tuple[float, ...]:
    """Left edges of the columns and the right edge of the table: the full width, shared by what the cells need."""
    columns = list(zip(*rows, strict=True))
    least = [_least_cell(column, style, setter) + 2 * PADDING for column in columns]
    wanted = [
        min(max(setter.width(cell, style) for cell in column) + 2 * PADDING, SHARE_LIMIT * WIDTH) for column in columns
    ]
    spare = max(WIDTH - sum(least), 0.0)
    extra = [max(want - low, 0.0) + 1.0 for want, low in zip(wanted, least, strict=True)]
    scale = WIDTH / max(sum(least), WIDTH)
    edges = [LEFT]
    for low, more in zip(least, extra, strict=True):
        edges.append(edges[-1] + (low + spare * more / sum(extra)) * scale)
    return tuple(edges)
