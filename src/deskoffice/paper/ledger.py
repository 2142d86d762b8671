"""Bound books and lists as PDF/A: A4 across, the head repeated, every page numbered, a line that closes the book."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from deskoffice.paper.forms import model
from deskoffice.paper.forms.api import render
from deskoffice.paper.forms.dressing import LANDSCAPE, Extras
from deskoffice.paper.forms.model import Align

NARROWEST, WIDEST = 5.0, 60.0
"""Text widths between which columns of an unknown list are measured, in half characters."""

BLANK_ROWS = 16
"""Rows of a page to be filled in by hand."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a book; widths are shares of the page when they do not add up to it."""

    header: str
    width_mm: float
    align: Align = Align.CENTRE


def ledger(
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[str]],
    *,
    office: str,
    year: int | None,
    level_mark: str,
    made_at: datetime,
    trace: str = "",
) -> bytes:
    """The rows as they are given, closed by a line with their number."""
    records = [{str(place): text for place, text in enumerate(row)} for row in rows]
    form = _form(f"{year}年{title}" if year else title, columns, (model.Words(_closing(len(records)), 10.5),))
    values: model.Values = {"rows": records, "office": office, "level_mark": level_mark}
    return render(form, values, Extras(trace=trace), made_at=made_at)


def blank_page(
    title: str, columns: Sequence[Column], *, office: str, year: int, made_at: datetime, trace: str = ""
) -> bytes:
    """A page of the book to be filled in by hand: nothing closes what nobody has written."""
    form = _form(f"{year}年{title}", columns, (), blank_rows=BLANK_ROWS)
    return render(form, {"rows": (), "office": office}, Extras(trace=trace), made_at=made_at)


def _form(
    title: str, columns: Sequence[Column], closing: tuple[model.Words, ...], *, blank_rows: int = 0
) -> model.Form:
    scale = LANDSCAPE.frame / sum(column.width_mm for column in columns)
    table = model.Table(
        "rows",
        tuple(
            model.Column(column.header, str(place), column.width_mm * scale, column.align)
            for place, column in enumerate(columns)
        ),
        row_height=8.0,
        blank_rows=blank_rows,
    )
    return model.Form(code="ledger", title=title, blocks=(table, *closing), flow=model.Flow.BOOK, is_landscape=True)


def fitted_columns(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Column]:
    """Columns for a list whose widths nobody has set: as its texts want, long ones to be broken."""
    columns = []
    for place, header in enumerate(headers):
        lengths = sorted(_length(row[place]) for row in rows) or [0]
        # The longest text of all would make the column wide for one row: most rows decide.
        common = lengths[int(len(lengths) * 0.9)] if len(lengths) > 1 else lengths[0]
        width = min(max(common, _length(header), NARROWEST), WIDEST)
        columns.append(Column(header, width, Align.LEFT if common > 16 else Align.CENTRE))
    return columns


def _closing(count: int) -> str:
    return f"　　以上共登记{count}条，以下空白。" if count else "　　无登记事项，以下空白。"


def _length(text: str) -> int:
    """Length in half characters."""
    return sum(1 if character.isascii() else 2 for character in text)
