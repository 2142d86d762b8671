"""The topics of a meeting while they are typed: a table that is written in."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QTableView

from deskoffice.domain.meeting_topics import PoolTopic
from deskoffice.domain.meetings import TopicDraft
from deskoffice.ui.leads import units_of
from deskoffice.ui.text_table import show_in
from deskoffice.ui.theme import Tokens

TITLE = 0
POOL_ID = Qt.ItemDataRole.UserRole


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

    def add_from_pool(self, topics: Sequence[PoolTopic]) -> None:
        """Lines of the pool, after those that stand here."""
        for topic in topics:
            items = [QStandardItem(text) for text in (topic.title, topic.reporter, "、".join(topic.units))]
            items[TITLE].setData(topic.matter_id, POOL_ID)
            self.appendRow(items)

    def pool_ids(self) -> list[int]:
        """Topics of the pool by line; 0 for a line that was typed."""
        return [self.item(row, TITLE).data(POOL_ID) or 0 for row in range(self.rowCount()) if self._has_words(row)]

    def _has_words(self, row: int) -> bool:
        return any(self.item(row, at).text().strip() for at in range(3))

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

    def show_lines(self, lines: Sequence[Sequence[str]], pool_ids: Sequence[int] = ()) -> None:
        """Show these instead."""
        self.setRowCount(0)
        for at, line in enumerate(lines):
            items = [QStandardItem(text) for text in line]
            items[TITLE].setData(pool_ids[at] if at < len(pool_ids) else 0, POOL_ID)
            self.appendRow(items)

    def drafts(self) -> tuple[TopicDraft, ...]:
        """The topics in order."""
        return tuple(
            TopicDraft(title, reporter, tuple(units_of(units)), pool_id or None)
            for (title, reporter, units), pool_id in zip(self.lines(), self.pool_ids(), strict=True)
        )
