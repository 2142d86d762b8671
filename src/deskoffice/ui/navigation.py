"""The areas at the left: sections, names, counts; the current one has a golden edge."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from deskoffice.ui.theme import Tokens, text_font

KEY = Qt.ItemDataRole.UserRole
COUNT = Qt.ItemDataRole.UserRole + 1
ROW = 34
SECTION = 30
LEFT = 16


class NavigationModel(QStandardItemModel):
    """Sections and areas in order; sections cannot be chosen."""

    def add_section(self, name: str) -> None:
        """A quiet heading."""
        item = QStandardItem(name)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.appendRow(item)

    def add_area(self, key: str, name: str) -> None:
        """An area that can be chosen."""
        item = QStandardItem(name)
        item.setData(key, KEY)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        self.appendRow(item)

    def truncate(self, rows: int) -> None:
        """Keep the first rows only."""
        self.removeRows(rows, self.rowCount() - rows)

    def keys(self) -> Iterable[str]:
        """Areas in order."""
        return [key for row in range(self.rowCount()) if (key := self.item(row).data(KEY))]

    def index_of(self, key: str) -> QModelIndex:
        """Where an area stands; invalid when it is not there."""
        for row in range(self.rowCount()):
            if self.item(row).data(KEY) == key:
                return self.index(row, 0)
        return QModelIndex()

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Counts beside the names; none where nothing waits."""
        for row in range(self.rowCount()):
            item = self.item(row)
            count = counts.get(item.data(KEY) or "", 0)
            item.setData(count, COUNT)
            item.setAccessibleText(f"{item.text()} {count}" if count else item.text())


class NavigationDelegate(QStyledItemDelegate):
    """Paints the dark column."""

    def __init__(self, tokens: Tokens, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tokens = tokens

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Sections are lower than areas."""
        del option
        return QSize(0, ROW if index.data(KEY) else SECTION)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Section, area, or current area."""
        box: QRect = option.rect  # type: ignore[attr-defined]  # the stubs leave out the fields of style options
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]  # see above
        tokens, text = self._tokens, str(index.data())
        painter.save()
        if not index.data(KEY):
            painter.setFont(text_font(12))
            painter.setPen(QColor(tokens.nav_faint))
            painter.drawText(box.adjusted(LEFT + 3, 6, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)
            painter.restore()
            return
        is_current = bool(state & QStyle.StateFlag.State_Selected)
        if is_current or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, QColor(tokens.nav_current))
        if is_current:
            painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), QColor(tokens.nav_edge))
        painter.setPen(QColor("#FFFFFF" if is_current else tokens.nav_text))
        painter.setFont(text_font(14, bold=is_current))
        painter.drawText(box.adjusted(LEFT, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)
        if count := index.data(COUNT):
            painter.setFont(text_font(13, bold=is_current))
            right = box.adjusted(0, 0, -LEFT, 0)
            painter.drawText(right, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, f"{count:,}")
        painter.restore()
