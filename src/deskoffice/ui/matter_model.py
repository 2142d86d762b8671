"""Matters of a list as a table: number, title, secrecy and urgency, due date, in whose hands."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QObject

from deskoffice.domain.matters import ENDED, MatterRow
from deskoffice.domain.values import URGENCY_WORDS, secrecy_mark
from deskoffice.ui.dates import due_of, short_number
from deskoffice.ui.jobs import Jobs
from deskoffice.ui.paged_model import PagedModel
from deskoffice.usecases.words import word

NUMBER, TITLE, BADGES, DUE, HOLDER = range(5)


def unit_line(row: MatterRow) -> str:
    """The second line under a title: unit and document number."""
    return "　".join(part for part in (row.unit, row.document_number) if part)


def holder_lines(row: MatterRow, today: date) -> tuple[str, str]:
    """In whose hands, and since when."""
    if row.state in ENDED or not row.holder:
        ended = f"{row.closed_on.month}月{row.closed_on.day}日" if row.closed_on else ""
        return word(row.state), ended
    days = (today - row.held_since).days + 1 if row.held_since else 0
    return row.holder, f"第 {days} 天" if days > 1 else "今日起"


class MatterModel(PagedModel[MatterRow]):
    """One list of matters."""

    def __init__(self, jobs: Jobs, headings: Sequence[str], today: date, *, parent: QObject | None = None) -> None:
        super().__init__(jobs, headings, parent)
        self.today = today

    def lead(self, row: MatterRow, position: int) -> tuple[str, str]:
        """Two lines of the first column: the number, and its series with the year where it is not this one."""
        del position
        number, year = short_number(row.number)
        if year is None:
            return number or "—", ""
        series = row.number.partition("〔")[0]
        return number, series if year == self.today.year else f"{series}{year}"

    def text(self, row: MatterRow, column: int) -> str:
        """The words of a cell; the delegate paints the same in two lines."""
        if column == NUMBER:
            return short_number(row.number)[0]
        if column == TITLE:
            return f"{row.title} {unit_line(row)}"
        if column == BADGES:
            return f"{secrecy_mark(row.level, row.secrecy_years)} {URGENCY_WORDS[row.urgency]}".strip()
        if column == DUE:
            return due_of(row, self.today).text
        return " ".join(holder_lines(row, self.today))
