"""The areas at the left: sections, names, counts; the current one has a golden edge, a folded section one line."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen, QPolygon, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from deskoffice.ui.theme import Tokens, text_font

KEY = Qt.ItemDataRole.UserRole
COUNT = Qt.ItemDataRole.UserRole + 1
FOLDED = Qt.ItemDataRole.UserRole + 2
"""Of a heading: its areas are hidden; None for an area."""
ROW = 31
SECTION = 27
LEFT = 16


class NavigationModel(QStandardItemModel):
    """Sections and areas in order; a section can be folded."""

    def add_section(self, name: str, *, folded: bool = False) -> None:
        """A quiet heading."""
        item = QStandardItem(name)
        item.setData(folded, FOLDED)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        self.appendRow(item)
        self._name_section(item)

    def fold(self, index: QModelIndex, folded: bool) -> None:
        """Fold a section, or open it."""
        item = self.itemFromIndex(index)
        item.setData(folded, FOLDED)
        self._name_section(item)

    def _name_section(self, item: QStandardItem) -> None:
        state = self.tr("已折叠") if item.data(FOLDED) else self.tr("已展开")
        item.setAccessibleText(f"{item.text()} {state}")

    def section_of(self, index: QModelIndex) -> QModelIndex:
        """The heading above an area, or the heading itself."""
        for row in range(index.row(), -1, -1):
            if self.item(row).data(FOLDED) is not None:
                return self.index(row, 0)
        return QModelIndex()

    def sections(self) -> dict[str, bool]:
        """Headings, and whether each is folded."""
        headings = (self.item(row) for row in range(self.rowCount()))
        return {item.text(): bool(item.data(FOLDED)) for item in headings if item.data(FOLDED) is not None}

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
            if item.data(KEY) is None:
                continue
            count = counts.get(item.data(KEY), 0)
            item.setData(count, COUNT)
            item.setAccessibleText(f"{item.text()} {count}" if count else item.text())


class NavigationView(QListView):
    """The list at the left. A heading folds by click, Enter or the arrow keys."""

    folds_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self._revealed: QPersistentModelIndex | None = None

    @property
    def _areas(self) -> NavigationModel:
        model = self.model()
        assert isinstance(model, NavigationModel)  # noqa: S101 - the window gives it no other
        return model

    def restore(self, folds: Mapping[str, bool]) -> None:
        """Fold as the person left it; a section that is not named stays as it came."""
        model = self._areas
        for row in range(model.rowCount()):
            item = model.item(row)
            if item.data(FOLDED) is not None and item.text() in folds:
                model.fold(model.index(row, 0), folds[item.text()])
        self.show_folds()

    def show_folds(self) -> None:
        """Hide what stands under a folded heading."""
        model, folded = self._areas, False
        for row in range(model.rowCount()):
            state = model.item(row).data(FOLDED)
            folded = folded if state is None else bool(state)
            self.setRowHidden(row, folded and state is None)

    def reveal(self, index: QModelIndex) -> None:
        """Open the section of an area that is shown now; one that was opened only for the last area folds again."""
        heading = self._areas.section_of(index)
        if heading == index:
            return
        before, self._revealed = self._revealed, None
        if before is not None and before.isValid() and before != heading:
            self._areas.fold(self._areas.index(before.row(), 0), True)
        elif before == heading:
            self._revealed = before
        if heading.data(FOLDED):
            self._areas.fold(heading, False)
            self._revealed = QPersistentModelIndex(heading)
        self.show_folds()

    def _turn(self, heading: QModelIndex, folded: bool) -> None:
        if heading.data(FOLDED) is folded:
            return
        self._revealed = None
        self._areas.fold(heading, folded)
        self.show_folds()
        self.folds_changed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A heading folds and is not chosen, so that the current area keeps its mark."""
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.data(FOLDED) is not None:
            self._turn(index, not index.data(FOLDED))
            return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space turn a heading; Left folds, Right opens."""
        index, key = self.currentIndex(), event.key()
        heading = index if index.data(FOLDED) is not None else None
        if heading is not None and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._turn(heading, not heading.data(FOLDED))
        elif heading is not None and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._turn(heading, key == Qt.Key.Key_Left)
        else:
            super().keyPressEvent(event)


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
        painter.save()
        if index.data(KEY):
            self._paint_area(painter, box, state, index)
        else:
            self._paint_section(painter, box, state, index)
        painter.restore()

    def _paint_section(
        self, painter: QPainter, box: QRect, state: QStyle.StateFlag, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """A folded heading is lighter and has an arrow; an open one shows its arrow when it can be used."""
        tokens, folded = self._tokens, bool(index.data(FOLDED))
        is_aimed_at = bool(state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_Selected))
        colour = QColor(tokens.nav_text if folded or is_aimed_at else tokens.nav_faint)
        painter.setFont(text_font(12))
        painter.setPen(colour)
        painter.drawText(box.adjusted(LEFT, 4, 0, 0), Qt.AlignmentFlag.AlignVCenter, str(index.data()))
        if not folded and not is_aimed_at:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, 1.5))
        middle = QPoint(box.right() - LEFT - 3, box.center().y() + 2)
        corners = ((-2, -4), (2, 0), (-2, 4)) if folded else ((-4, -2), (0, 2), (4, -2))
        painter.drawPolyline(QPolygon([middle + QPoint(x, y) for x, y in corners]))

    def _paint_area(
        self, painter: QPainter, box: QRect, state: QStyle.StateFlag, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        tokens = self._tokens
        is_current = bool(state & QStyle.StateFlag.State_Selected)
        if is_current or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, QColor(tokens.nav_current))
        if is_current:
            painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), QColor(tokens.nav_edge))
        painter.setPen(QColor("#FFFFFF" if is_current else tokens.nav_text))
        painter.setFont(text_font(14, bold=is_current))
        count = index.data(COUNT)
        number = f"{count:,}" if count else ""
        room = box.adjusted(LEFT, 0, -LEFT, 0)
        taken = painter.fontMetrics().horizontalAdvance(number) + (8 if number else 0)
        name = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room.width() - taken)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, name)
        painter.setFont(text_font(13, bold=is_current))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, number)
