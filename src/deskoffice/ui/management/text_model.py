"""A short table of ready texts: hundreds of rows at most, all of them here."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtWidgets import QHeaderView, QTableView

from deskoffice.ui.theme import text_font

R = TypeVar("R")
AnyIndex = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
ROW = 34
MARGIN = 12


class TextModel(QAbstractTableModel, Generic[R]):
    """Rows with the texts of their cells, and the colour of rows that have ended."""

    def __init__(
        self,
        headings: Sequence[str],
        cells: Callable[[R], Sequence[str]],
        *,
        faint: Callable[[R], bool] | None = None,
        faint_colour: str = "",
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._headings = tuple(headings)
        self._cells = cells
        self._faint = faint
        self._colour = QColor(faint_colour)
        self._rows: Sequence[R] = ()
        self._texts: list[Sequence[str]] = []

    def show_rows(self, rows: Sequence[R]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self._rows = rows
        self._texts = [self._cells(row) for row in rows]
        self.endResetModel()

    def row(self, position: int) -> R | None:
        """The row at a position."""
        return self._rows[position] if 0 <= position < len(self._rows) else None

    @property
    def rows(self) -> Sequence[R]:
        """Everything shown."""
        return self._rows

    def rowCount(self, parent: AnyIndex = NO_INDEX) -> int:
        """How many rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = NO_INDEX) -> int:
        """One for each heading."""
        return 0 if parent.isValid() else len(self._headings)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Headings above."""
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self._headings[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text of a cell; whole as its hint, since a narrow column may cut it."""
        if not index.isValid():
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self._texts[index.row()][index.column()]
        if role == Qt.ItemDataRole.ForegroundRole and self._faint and self._faint(self._rows[index.row()]):
            return self._colour
        return None


def show_in(table: QTableView, model: QAbstractTableModel, widths: Sequence[str], *, stretch: int) -> None:
    """Put a model into a table; a column is as wide as its sample text, one takes the rest."""
    table.setModel(model)
    table.verticalHeader().setVisible(False)
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    table.verticalHeader().setDefaultSectionSize(ROW)
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    header.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)
    metrics = QFontMetrics(text_font())
    for column, sample in enumerate(widths):
        if column != stretch:
            header.resizeSection(column, metrics.horizontalAdvance(sample) + 2 * MARGIN)
