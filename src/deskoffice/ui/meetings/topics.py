"""The topics of a meeting while they are typed: a table that is written in."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QTableView

from deskoffice.domain.meetings import TopicDraft
from deskoffice.ui.leads import units_of
from deskoffice.ui.text_table import show_in
from deskoffice.ui.theme import Tokens

TITLE = 0


class TopicsModel(QStandardItemModel):
    """议题, who reports, which units sit in; the order of the lines is the order of the agenda."""

    def __init__(self) -> None:
        super().__init__(0, 3)
        self.setHorizontalHeaderLabels(["议题", "汇报人", "列席单位"])

    def show_in(self, table: QTableView, tokens: Tokens) -> None:
        """Lay out the columns: the title takes what the others leave."""
        show_in(table, self, ("", "县住建局 欧阳建国", "县审计局、县财政局"), stretch=TITLE, tokens=tokens)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def add(self, table: QTableView) -> None:
        """A line more, ready to be typed in."""
        self.appendRow([QStandardItem("") for _ in range(3)])
        index = self.index(self.rowCount() - 1, TITLE)
        table.setCurrentIndex(index)
        table.setFocus()
        table.edit(index)

    def remove(self, table: QTableView) -> None:
        """Drop the current line."""
        if table.currentIndex().isValid():
            self.removeRow(table.currentIndex().row())

    def lift(self, table: QTableView) -> None:
        """The current line one place up."""
        row = table.currentIndex().row()
        if row > 0:
            self.insertRow(row - 1, self.takeRow(row))
            table.setCurrentIndex(self.index(row - 1, TITLE))

    def lines(self) -> list[tuple[str, str, str]]:
        """What stands in the table; lines without a word are no lines."""
        found = [tuple(self.item(row, at).text().strip() for at in range(3)) for row in range(self.rowCount())]
        return [(title, reporter, units) for title, reporter, units in found if title or reporter or units]

    def show_lines(self, lines: Sequence[Sequence[str]]) -> None:
        """Show these instead."""
        self.setRowCount(0)
        for line in lines:
            self.appendRow([QStandardItem(text) for text in line])

    def drafts(self) -> tuple[TopicDraft, ...]:
        """The topics in order."""
        return tuple(TopicDraft(title, reporter, tuple(units_of(units))) for title, reporter, units in self.lines())
