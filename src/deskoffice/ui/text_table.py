"""A short table of ready texts: hundreds of rows at most, all of them here."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from deskoffice.ui.badges import HEIGHT, badge_of_words, paint_badge
from deskoffice.ui.headed_model import NO_INDEX, AnyIndex, HeadedModel, spare_heads
from deskoffice.ui.theme import Tokens, text_font, text_metrics

R = TypeVar("R")
ROW = 34
PADDING = 8
MARKED = frozenset({"密级", "缓急", "紧急程度"})
"""Columns whose words are shown as badges."""
MARGIN = 12
MEASURED = 120
"""So many rows are looked through for the longest text of a column."""


class TextModel(HeadedModel, Generic[R]):
    """Rows with the texts of their cells, and the colour of a row where it says something."""

    def __init__(
        self,
        headings: Sequence[str],
        cells: Callable[[R], Sequence[str]],
        *,
        colour: Callable[[R], str] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(headings, parent)
        self._cells = cells
        self._colour = colour
        self._rows: Sequence[R] = ()
        self._texts: list[Sequence[str]] = []

    def show_rows(self, rows: Sequence[R]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self._rows = rows
        self._texts = [self._cells(row) for row in rows]
        self.endResetModel()

    def show_row(self, position: int, row: R) -> None:
        """Show another row at a place; what is selected stays selected."""
        rows = list(self._rows)
        rows[position] = row
        self._rows, self._texts[position] = rows, self._cells(row)
        self.dataChanged.emit(self.index(position, 0), self.index(position, self.columnCount() - 1))

    def row(self, position: int) -> R | None:
        """The row at a position."""
        return self._rows[position] if 0 <= position < len(self._rows) else None

    @property
    def rows(self) -> Sequence[R]:
        """Everything shown."""
        return self._rows

    def longest(self, column: int) -> str:
        """The longest text of a column among the first rows."""
        return longest_of(texts[column] for texts in self._texts[:MEASURED])

    def rowCount(self, parent: AnyIndex = NO_INDEX) -> int:
        """How many rows."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text of a cell; whole as its hint, since a narrow column may cut it."""
        if not index.isValid():
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self._texts[index.row()][index.column()]
        if role == Qt.ItemDataRole.ForegroundRole and self._colour is not None:
            return self._colour(self._rows[index.row()])
        return None


def longest_of(texts: Iterable[str]) -> str:
    """The longest as it is written, where a Chinese character counts for two: to paint each would take too long."""
    return max(texts, key=_measure, default="")


def _measure(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("gb18030", "replace"))


class TextDelegate(QStyledItemDelegate):
    """Cells begin where their heading begins, and are cut with an ellipsis."""

    def __init__(self, tokens: Tokens, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tokens = tokens

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Ground first, then the text."""
        box: QRect = option.rect  # type: ignore[attr-defined]  # the stubs leave out the fields of style options
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]  # see above
        tokens = self._tokens
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        ground = tokens.selection if is_selected else tokens.alternate if index.row() % 2 else tokens.surface
        painter.save()
        painter.fillRect(box, QColor(ground))
        painter.setPen(QColor(index.data(Qt.ItemDataRole.ForegroundRole) or tokens.text))
        painter.setFont(text_font())
        inside = box.adjusted(PADDING, 0, -PADDING, 0)
        text = str(index.data() or "")
        heading = index.model().headerData(index.column(), Qt.Orientation.Horizontal)
        badge = badge_of_words(text, tokens) if heading in MARKED else None
        if badge is not None:
            paint_badge(painter, QPointF(inside.left(), inside.center().y() - HEIGHT / 2), badge)
            painter.restore()
            return
        shown = text_metrics().elidedText(text, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.restore()


class EmptyNote(QLabel):
    """Says in the middle of an empty table why it is empty and what comes next; gone with the first row."""

    def __init__(self, table: QTableView, text: str) -> None:
        super().__init__(text, table.viewport())
        self._table = table
        self.setProperty("role", "secondary")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWordWrap(True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        table.viewport().installEventFilter(self)
        model = table.model()
        for changed in (model.modelReset, model.rowsInserted, model.rowsRemoved):
            changed.connect(self._show_or_hide)
        self._show_or_hide()

    def _show_or_hide(self) -> None:
        is_empty = self._table.model().rowCount() == 0
        self.setVisible(is_empty)
        self._table.setAccessibleDescription(self.text() if is_empty else "")
        self._fit()

    def _fit(self) -> None:
        self.setGeometry(self._table.viewport().rect().adjusted(MARGIN, 0, -MARGIN, 0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle."""
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)


def finish_editing(form: QWidget) -> None:
    """What is typed in a cell that is still open counts: a shortcut does not close it."""
    editor = form.focusWidget()
    viewport = editor.parentWidget() if editor is not None else None
    table = viewport.parentWidget() if viewport is not None else None
    if isinstance(table, QAbstractItemView):
        table.setFocus()


def show_in(
    table: QTableView, model: QAbstractItemModel, widths: Sequence[str], *, stretch: int, tokens: Tokens
) -> None:
    """Put a model into a table; a column is as wide as its heading and sample text, one takes the rest."""
    table.setModel(model)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    table.setItemDelegate(TextDelegate(tokens, table))
    table.verticalHeader().setVisible(False)
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    table.verticalHeader().setDefaultSectionSize(ROW)
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    spare_heads(header)
    header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    header.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)
    usual = {column: _width(model, column, sample) for column, sample in enumerate(widths) if column != stretch}
    for column, width in usual.items():
        header.resizeSection(column, width)
    if isinstance(model, TextModel):
        ColumnFit(table, model, usual, stretch=stretch)


def _width(model: QAbstractItemModel, column: int, text: str) -> int:
    """What a text takes in a column, its heading at the least."""
    cell, heading = QFontMetrics(text_font()), QFontMetrics(text_font(13, bold=True))
    name = str(model.headerData(column, Qt.Orientation.Horizontal))
    return max(cell.horizontalAdvance(text), heading.horizontalAdvance(name)) + 2 * MARGIN


class ColumnFit(QObject, Generic[R]):
    """Gives room that one column does not need to those whose words are cut, the stretched one first."""

    def __init__(self, table: QTableView, model: TextModel[R], usual: Mapping[int, int], *, stretch: int) -> None:
        super().__init__(table)
        self._table, self._model, self._usual, self._stretch = table, model, dict(usual), stretch
        table.viewport().installEventFilter(self)
        model.modelReset.connect(self._fit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A wider table cuts less."""
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        wanted = {column: self._wanted(column) for column in self._usual if not self._table.isColumnHidden(column)}
        usual = {column: self._usual[column] for column in wanted}
        title = _width(self._model, self._stretch, self._model.longest(self._stretch))
        spare = self._table.viewport().width() - sum(usual.values()) - title
        change = {column: wanted[column] - usual[column] for column in wanted}
        change = {column: by for column, by in change.items() if by * spare > 0}
        share = min(1.0, spare / sum(change.values())) if change else 0.0
        header = self._table.horizontalHeader()
        for column, width in usual.items():
            header.resizeSection(column, width + int(change.get(column, 0) * share))

    def _wanted(self, column: int) -> int:
        """The width at which nothing is cut and nothing is empty; what is edited or painted keeps the usual one."""
        index = self._model.index(0, column)
        heading = self._model.headerData(column, Qt.Orientation.Horizontal)
        if heading in MARKED or not index.isValid() or index.flags() & Qt.ItemFlag.ItemIsEditable:
            return self._usual[column]
        return _width(self._model, column, self._model.longest(column))
