"""Paints the rows of a list of matters: two lines, badges, words in the colour of their meaning."""

from datetime import date

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from deskoffice.domain.matters import MatterRow
from deskoffice.domain.values import Urgency
from deskoffice.ui.badges import HEIGHT, badges_of, paint_badge
from deskoffice.ui.dates import Grade, due_of
from deskoffice.ui.matter_model import BADGES, DUE, NUMBER, TITLE, MatterModel, holder_lines, unit_line
from deskoffice.ui.theme import Tokens, text_font, text_metrics

ROW_HEIGHT = 50
MARGIN = 8
VERTICAL = Qt.AlignmentFlag.AlignVCenter


class MatterDelegate(QStyledItemDelegate):
    """One delegate for all columns, so that a row is painted from one MatterRow."""

    def __init__(self, tokens: Tokens, today: date, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tokens = tokens
        self._today = today

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Every row is as high as any other."""
        return QSize(super().sizeHint(option, index).width(), ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Ground first, then what the column shows."""
        model = index.model()
        box: QRect = option.rect  # type: ignore[attr-defined]  # the stubs leave out the fields of style options
        painter.save()
        self._paint_ground(painter, option, index)
        row = model.row(index.row()) if isinstance(model, MatterModel) else None
        inside = box.adjusted(MARGIN, 0, -MARGIN, 0)
        if row is None or not isinstance(model, MatterModel):
            self._line(painter, inside, "…", self._tokens.faint)
        elif index.column() == NUMBER:
            self._two_lines(painter, inside, *model.lead(row, index.row()), bold=False)
        else:
            self._paint_cell(painter, inside, row, index.column())
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        box: QRect = option.rect  # type: ignore[attr-defined]  # see paint
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]  # see paint
        tokens = self._tokens
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(tokens.selection))
            if index.column() == 0 and state & QStyle.StateFlag.State_Active:
                painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), QColor(tokens.action))
        else:
            painter.fillRect(box, QColor(tokens.alternate if index.row() % 2 else tokens.surface))

    def _paint_cell(self, painter: QPainter, box: QRect, row: MatterRow, column: int) -> None:
        tokens = self._tokens
        if column == TITLE:
            unit = self._short_unit(row, box.width())
            self._two_lines(painter, box, row.title, unit, bold=row.urgency >= Urgency.VERY_URGENT)
        elif column == BADGES:
            self._paint_badges(painter, box, row)
        elif column == DUE:
            due = due_of(row, self._today)
            colour = {Grade.OVERDUE: tokens.overdue, Grade.TODAY: tokens.overdue, Grade.SOON: tokens.soon}
            is_bold = due.grade in {Grade.OVERDUE, Grade.TODAY}
            self._line(painter, box, due.text, colour.get(due.grade, tokens.text), bold=is_bold)
        else:
            self._paint_holder(painter, box, row)

    def _paint_holder(self, painter: QPainter, box: QRect, row: MatterRow) -> None:
        """In whose hands and since when; and by when, where the list has no room for that column."""
        holder, since = holder_lines(row, self._today)
        table = self.parent()
        if row.due_on is not None and isinstance(table, QTableView) and table.isColumnHidden(DUE):
            due = due_of(row, self._today).text
            since = f"{due}　{since}"
        self._two_lines(painter, box, holder, since, bold=False)

    def _paint_badges(self, painter: QPainter, box: QRect, row: MatterRow) -> None:
        badges = badges_of(row, self._tokens)
        top = box.center().y() - (HEIGHT * len(badges) + 3 * (len(badges) - 1)) / 2
        for at, badge in enumerate(badges):
            paint_badge(painter, QPointF(box.left(), top + at * (HEIGHT + 3)), badge)

    @staticmethod
    def _short_unit(row: MatterRow, width: int) -> str:
        """The second line with its number whole: where it is too long, the unit is cut."""
        metrics, line = text_metrics(12), unit_line(row)
        if not row.document_number or metrics.horizontalAdvance(line) <= width:
            return line
        number = f"　{row.document_number}"
        room = width - metrics.horizontalAdvance(number)
        if room < metrics.horizontalAdvance("东江…"):
            return row.document_number
        return metrics.elidedText(row.unit, Qt.TextElideMode.ElideRight, room) + number

    def _two_lines(self, painter: QPainter, box: QRect, first: str, second: str, *, bold: bool) -> None:
        if not second:
            self._line(painter, box, first, self._tokens.text, bold=bold)
            return
        upper = QRect(box.left(), box.top() + 5, box.width(), 22)
        lower = QRect(box.left(), box.top() + 26, box.width(), 18)
        self._line(painter, upper, first, self._tokens.text, bold=bold)
        self._line(painter, lower, second, self._tokens.secondary, pixels=12)

    @staticmethod
    def _line(painter: QPainter, box: QRect, text: str, colour: str, *, pixels: int = 14, bold: bool = False) -> None:
        painter.setFont(text_font(pixels, bold=bold))
        painter.setPen(QColor(colour))
        metrics = text_metrics(pixels, bold=bold)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, VERTICAL | Qt.AlignmentFlag.AlignLeft, shown)
