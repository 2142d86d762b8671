"""What tables have in common: a heading for each column."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtWidgets import QHeaderView

AnyIndex = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()


class HeadedModel(QAbstractTableModel):
    """Headings above; no numbers at the side."""

    def __init__(self, headings: Sequence[str], parent: QObject | None) -> None:
        super().__init__(parent)
        self._headings = tuple(headings)

    def columnCount(self, parent: AnyIndex = NO_INDEX) -> int:
        """One for each heading."""
        return 0 if parent.isValid() else len(self._headings)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a heading, at the left as its column is."""
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self._headings[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


def spare_heads(header: QHeaderView) -> None:
    """The headings get a selection of their own, always empty.

    Painting them, Qt asks of the table's whether whole columns are selected, and so for every row of a million.
    """
    model = header.model()
    header.setSelectionModel(QItemSelectionModel(model, model))
