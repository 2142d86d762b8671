"""What a list shows now, taken out exactly: its rows as filtered and sorted, its columns, its secrecy mark."""

from dataclasses import dataclass

from deskoffice.domain.matters import ENDED, ListQuery, MatterRow
from deskoffice.domain.values import Classification, secrecy_mark
from deskoffice.paper.ledger import Column
from deskoffice.usecases import ledgers
from deskoffice.usecases.office import Office
from deskoffice.usecases.previews import PdfPaper
from deskoffice.usecases.table_papers import Table, taken_out
from deskoffice.usecases.words import word

WIDTHS = (36.0, 20.0, 38.0, 34.0, 74.0, 22.0, 14.0, 20.0, 34.0)
"""Millimetres of the columns, on a page lying down."""


@dataclass(frozen=True, slots=True)
class ShownList:
    """A list as a person sees it: its title, what it is filtered and sorted by, and its headings."""

    title: str
    query: ListQuery
    headings: tuple[str, str, str, str, str]
    """Number, title, badges, due, holder, as above the list."""
    unit_word: str


def export(office: Office, shown: ShownList, suffix: str) -> PdfPaper:
    """Exactly the rows of the list as a `pdf` or an `xlsx`; entered in the log."""
    rows = list(ledgers.rows(office, shown.query))
    number, _, _, due, holder = shown.headings
    headers = (number, "日期", shown.unit_word, "文号", "标题", "密级", "缓急", due, holder)
    cells = [_cells(row) for row in rows]
    level = max((row.level for row in rows), default=Classification.PUBLIC)
    table = Table(
        "list",
        shown.title,
        [Column(header, width) for header, width in zip(headers, WIDTHS, strict=True)],
        cells,
        level,
        shown.query.year or office.today().year,
        file=f"{shown.title}{office.today():%Y%m%d}",
    )
    return taken_out(office, table, suffix)


def _cells(row: MatterRow) -> tuple[str, ...]:
    ended = row.state in ENDED
    return (
        row.number,
        row.created_on.isoformat(),
        row.unit,
        row.document_number,
        row.title,
        secrecy_mark(row.level, row.secrecy_years),
        word(row.urgency) if row.urgency else "",
        row.due_on.isoformat() if row.due_on else "",
        word(row.state) if ended or not row.holder else row.holder,
    )
