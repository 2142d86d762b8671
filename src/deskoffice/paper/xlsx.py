"""Any list as a spreadsheet for Excel, WPS and LibreOffice: text stays text, whatever it begins with."""

import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from deskoffice.domain.errors import PaperError
from deskoffice.paper.forms.values import printable

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.styles import NamedStyle
    from openpyxl.worksheet.worksheet import Worksheet

NARROWEST, WIDEST = 6, 48
"""Column widths in half characters."""

LONGEST_CELL = 32_767
"""What the format holds in one cell; openpyxl would cut off the rest without a word."""

BODY = "登记内容"
FORMULA_STARTS = ("=", "+", "-", "@")
FORBIDDEN_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", "_"))


def workbook(
    title: str, headers: Sequence[str], rows: Iterable[Sequence[str]], *, level_mark: str, sheet: str
) -> bytes:
    """One sheet: the secrecy mark if there is one, the title, the headers, then the rows as they are given."""
    # Half a second to import, and most starts of the program export nothing.
    from openpyxl import Workbook

    book = Workbook()
    page = book.create_sheet(sheet.translate(FORBIDDEN_IN_NAMES)[:31] or "表", 0)
    del book[book.sheetnames[1]]
    book.properties.creator = "DeskOffice"
    book.properties.title = title
    top = [[level_mark]] if level_mark else []
    cells = [[_clean(text) for text in row] for row in [*top, [title], headers, *rows]]
    book.add_named_style(_body_style())
    for number, row in enumerate(cells, 1):
        for column, text in enumerate(row, 1):
            _write(page.cell(number, column), text)
    _dress(page, len(top) + 1, cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _clean(text: str) -> str:
    cleaned = printable(text)
    if len(cleaned) > LONGEST_CELL:
        raise PaperError("paper_cell_too_long", start=cleaned[:20], longest=LONGEST_CELL)
    return cleaned


def _body_style() -> "NamedStyle":
    """Text in a frame; one style for all cells, since setting its parts for each takes most of the time."""
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, Side

    line = Side(style="thin")
    return NamedStyle(
        BODY,
        font=Font(name="宋体", size=11),
        number_format="@",
        border=Border(line, line, line, line),
        alignment=Alignment(vertical="center", wrap_text=True),
    )


def _write(cell: "Cell", text: str) -> None:
    """Text as text: a program that opens the file must not run what a sender wrote into a title."""
    if text:
        cell.value = text
        cell.data_type = "s"


def _frame(page: "Worksheet", header_row: int, count: int) -> None:
    """A frame around each cell, and the mark that keeps a text from becoming a formula when somebody edits it."""
    for row in page.iter_rows(header_row, page.max_row, 1, count):
        for cell in row:
            cell.style = BODY
            if isinstance(cell.value, str) and cell.value.startswith(FORMULA_STARTS):
                cell.quotePrefix = True


def _dress(page: "Worksheet", title_row: int, cells: Sequence[Sequence[str]]) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    header_row, count = title_row + 1, max(len(cells[title_row]), 1)
    page.cell(1, 1).font = Font(name="黑体", size=12)
    page.cell(title_row, 1).font = Font(name="方正小标宋简体", size=16)
    page.cell(title_row, 1).alignment = Alignment(horizontal="center", vertical="center")
    page.merge_cells(start_row=title_row, start_column=1, end_row=title_row, end_column=count)
    _frame(page, header_row, count)
    for cell in page[header_row]:
        cell.font = Font(name="黑体", size=11)
    for column in range(count):
        widest = max(_length(row[column]) for row in cells[header_row - 1 :] if column < len(row))
        page.column_dimensions[get_column_letter(column + 1)].width = min(max(widest + 2, NARROWEST), WIDEST)
    _set_print(page, header_row, count)


def _set_print(page: "Worksheet", header_row: int, count: int) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.header_footer import HeaderFooterItem
    from openpyxl.worksheet.properties import PageSetupProperties

    page.freeze_panes = f"A{header_row + 1}"
    page.auto_filter.ref = f"A{header_row}:{get_column_letter(count)}{page.max_row}"
    page.print_title_rows = f"{header_row}:{header_row}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    footer = HeaderFooterItem()
    footer.center.text = "第 &P 页 共 &N 页"
    page.HeaderFooter.oddFooter = footer


def _length(text: str) -> int:
    return max((sum(1 if one.isascii() else 2 for one in line) for line in text.split("\n")), default=0)
