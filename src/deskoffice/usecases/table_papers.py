"""A table with its title, taken out as a bound list or a workbook and entered in the log."""

from collections.abc import Sequence
from dataclasses import dataclass

from deskoffice.domain.errors import RuleError
from deskoffice.domain.values import LEVEL_WORDS, Classification
from deskoffice.paper.ledger import Column, ledger
from deskoffice.paper.xlsx import workbook
from deskoffice.usecases import settings
from deskoffice.usecases.office import Office
from deskoffice.usecases.previews import PdfPaper
from deskoffice.usecases.printing import trace


@dataclass(frozen=True, slots=True)
class Table:
    """What is taken out, under the name that the log gives it."""

    register: str
    title: str
    columns: Sequence[Column]
    lines: Sequence[Sequence[str]]
    level: Classification = Classification.PUBLIC
    """The highest among the lines."""
    year: int | None = None
    sheet: str = ""
    file: str = ""
    """Name of the file where the title is none."""
    summary: str = ""
    """What stands behind the title on paper."""


def taken_out(office: Office, table: Table, suffix: str = "pdf") -> PdfPaper:
    """The table as a `pdf` or an `xlsx`."""
    if suffix not in ("pdf", "xlsx"):
        raise RuleError("export_suffix_unknown", suffix=suffix)
    mark = LEVEL_WORDS[table.level] if table.level > Classification.PUBLIC else ""
    with office.act() as act:
        act.record_other("ledger.exported", register=table.register, rows=len(table.lines), suffix=suffix)
    name = f"{table.file or table.title}.{suffix}"
    if suffix == "xlsx":
        headers = [column.header for column in table.columns]
        sheet = table.sheet or table.title
        return PdfPaper(workbook(table.title, headers, table.lines, level_mark=mark, sheet=sheet), name)
    return PdfPaper(_bound(office, table, mark), name)


def _bound(office: Office, table: Table, mark: str) -> bytes:
    return ledger(
        "　".join(part for part in (table.title, table.summary) if part),
        table.columns,
        table.lines,
        office=settings.read_settings(office).office_name,
        year=table.year,
        level_mark=mark,
        made_at=office.now(),
        trace=trace(office),
    )
