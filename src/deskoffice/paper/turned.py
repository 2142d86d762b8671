"""Tables too wide for an upright page (A4 横排表格) lie on pages of their own, whose number stays where it was."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from deskoffice.paper.flow import Flowing, Unit
from deskoffice.paper.fonts import Role
from deskoffice.paper.geometry import (
    CELL,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    PITCH,
    ROWS,
    SIZE_2,
    SIZE_3,
    TYPE_AREA_TURNED,
    baseline_in,
    em,
)
from deskoffice.paper.model import Table
from deskoffice.paper.sheet import Page, Setter, Style
from deskoffice.paper.tables import TableHead, TablePart, TableRow, needs_turning, table_block

MARK = Style(Role.HEI, SIZE_3, CELL)
TITLE = Style(Role.BIAO, SIZE_2)
TITLE_ROW = 2


@dataclass(slots=True)
class TurnedPage:
    """A page with rows of a table on its side, the first with mark and title of an attachment above them."""

    mark: str = ""
    title: Sequence[str] = ()
    rows: list[TablePart] = field(default_factory=list)
    height: float = float(ROWS)
    on_grid: bool = True
    head: Unit | None = None

    @property
    def top(self) -> float:
        """Where the first row of the table begins."""
        return TYPE_AREA_TURNED.top + (TITLE_ROW + len(self.title) + 1 if self.title else 0) * PITCH

    @property
    def foot(self) -> float:
        return self.top + sum(row.height * PITCH for row in self.rows)

    def draw(self, setter: Setter, page: Page, row: float) -> None:  # noqa: ARG002  # the page is all its own
        sheet = page.turned = Page(width=PAGE_HEIGHT, height=PAGE_WIDTH)
        area = TYPE_AREA_TURNED
        if self.mark:
            setter.text(sheet, self.mark, area.left, baseline_in(area.top, em(SIZE_3), SIZE_3), MARK)
        for number, line in enumerate(self.title, TITLE_ROW):
            y = baseline_in(area.top + number * PITCH, em(SIZE_3), SIZE_2)
            setter.centred(sheet, line, area.left + area.width / 2, y, TITLE)
        y = self.top
        for one in self.rows:
            one.draw_at(setter, sheet, y)
            y += one.height * PITCH


@dataclass(frozen=True, slots=True)
class TurnedBlock:
    """A table on its side, page by page."""

    pages: tuple[TurnedPage, ...]

    def units(self) -> Sequence[Unit]:
        return self.pages


def turned_block(table: Table, setter: Setter, *, mark: str = "", title: Sequence[str] = ()) -> TurnedBlock:
    """The table on as many pages as it needs, its head on each."""
    pages = [TurnedPage(mark, title)]
    bottom = TYPE_AREA_TURNED.top + TYPE_AREA_TURNED.height
    for row in table_block(table, setter, TYPE_AREA_TURNED).rows:
        if pages[-1].rows and pages[-1].foot + row.height * PITCH > bottom:
            pages.append(TurnedPage())
            if isinstance(row.head, TableRow | TableHead):
                pages[-1].rows.append(row.head)
        pages[-1].rows.append(row)
    return TurnedBlock(tuple(pages))


def flowing_table(table: Table, setter: Setter) -> Flowing:
    """The table as it stands in the text: upright where it fits."""
    return turned_block(table, setter) if needs_turning(table, setter) else table_block(table, setter)
