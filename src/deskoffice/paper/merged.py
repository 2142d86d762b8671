"""Merged cells of a table: which they are once blank rows are gone, and how a tall one is set over several rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from deskoffice.paper.breaker import Line
from deskoffice.paper.geometry import baseline_in, em
from deskoffice.paper.model import Span, Table
from deskoffice.paper.sheet import Page, Setter, Style

LEADING = 1.35
LINE_WIDTH = 0.25


def complete(table: Table) -> Table:
    """Every row with all its cells, without the rows that say nothing, and what is merged counted anew."""
    count = max((len(row) for row in table.rows), default=0)
    kept = [at for at, row in enumerate(table.rows) if any(cell.strip() for cell in row)]
    rows = tuple((*table.rows[at], *[""] * (count - len(table.rows[at]))) for at in kept)
    merged = []
    for span in table.merged:
        within = [at for at in kept if span.row <= at < span.row + span.rows]
        columns = min(span.columns, count - span.column)
        if within and columns > 0 and len(within) * columns > 1:
            merged.append(Span(kept.index(within[0]), span.column, len(within), columns))
    return replace(table, rows=rows, merged=tuple(merged))


def head_rows(table: Table) -> int:
    """How many rows make up the head: the first, and those that its merged cells reach down to."""
    count = 1
    for span in sorted(table.merged, key=lambda one: one.row):
        if span.row < count:
            count = max(count, span.row + span.rows)
    return count


def own_words(table: Table) -> list[tuple[str, ...]]:
    """The words by which columns are measured: those of cells that lie across several belong to none of them."""
    across = {(span.row, span.column) for span in table.merged if span.columns > 1}
    return [
        tuple("" if (at, column) in across else cell for column, cell in enumerate(row))
        for at, row in enumerate(table.rows)
    ]


@dataclass(frozen=True, slots=True)
class Joints:
    """Of one row: columns that are open to the next row and to the one before, and inner edges without a rule."""

    below: frozenset[int] = frozenset()
    above: frozenset[int] = frozenset()
    inner: frozenset[int] = frozenset()


def joints(table: Table, row: int) -> Joints:
    """What merged cells leave out of the rules of a row."""
    below, above, inner = set[int](), set[int](), set[int]()
    for span in table.merged:
        if span.row <= row < span.row + span.rows:
            columns = range(span.column, span.column + span.columns)
            below |= set(columns) if row < span.row + span.rows - 1 else set()
            above |= set(columns) if row > span.row else set()
            inner |= set(columns[1:])
    return Joints(frozenset(below), frozenset(above), frozenset(inner))


def ruled(page: Page, y: float, edges: Sequence[float], *, left_out: frozenset[int]) -> None:
    """A rule across the table, but for the columns that are left out."""
    start: int | None = None
    for column in range(len(edges)):
        is_drawn = column < len(edges) - 1 and column not in left_out
        if is_drawn and start is None:
            start = column
        elif not is_drawn and start is not None:
            page.rule(y, edges[start], edges[column], LINE_WIDTH)
            start = None


@dataclass(slots=True)
class _Stretch:
    """What of a tall cell stands on one page."""

    page: Page
    top: float
    bottom: float


@dataclass(slots=True)
class TallCell:
    """A cell over several rows, which are drawn one after another, on more than one page perhaps.

    Its words stand in the middle of what there is of it on each page that has room for them.
    """

    lines: tuple[Line, ...]
    left: float
    right: float
    style: Style
    _stretches: list[_Stretch] = field(default_factory=list)

    @property
    def height(self) -> float:
        """Millimetres that the words need."""
        return len(self.lines) * em(self.style.size) * LEADING

    def begin(self) -> None:
        """Its first row comes next."""
        self._stretches = []

    def take(self, page: Page, top: float, bottom: float) -> None:
        """One more row of it; where that stands on another page, the cell is closed on the one before."""
        last = self._stretches[-1] if self._stretches else None
        if last is not None and last.page is page:
            last.bottom = bottom
            return
        if last is not None:
            last.page.rule(last.bottom, self.left, self.right, LINE_WIDTH)
        self._stretches.append(_Stretch(page, top, bottom))

    def end(self, setter: Setter) -> None:
        """Its last row was drawn: set the words."""
        roomy = [one for one in self._stretches if one.bottom - one.top >= self.height]
        largest = max(self._stretches, key=lambda one: one.bottom - one.top)
        for one in roomy or [largest]:
            draw_lines(setter, one.page, self.lines, self.style, (self.left, one.top, self.right, one.bottom))


def draw_lines(
    setter: Setter,
    page: Page,
    lines: Sequence[Line],
    style: Style,
    box: tuple[float, float, float, float],
    *,
    from_left: float | None = None,
) -> None:
    """Lines in the middle of a cell (left, top, right, bottom), each centred or so far from its left edge."""
    left, top, right, bottom = box
    step = em(style.size) * LEADING
    y = top + (bottom - top - step * len(lines)) / 2
    for line in lines:
        used = max(line.offsets[-1] + line.atoms[-1].width, 0.0)
        x = left + ((right - left - used) / 2 if from_left is None else from_left)
        setter.line(page, line, x, baseline_in(y, step, style.size), style)
        y += step
