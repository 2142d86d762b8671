"""Papers in and out month by month, as bars."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from deskoffice.ui.theme import LIGHT, Tokens, text_font, text_metrics

FOOT = 22


class MonthChart(QWidget):
    """Two bars a month: light what came in, dark what went out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._months: dict[int, tuple[int, int]] = {}
        self._tokens = LIGHT

    def show_months(self, months: Sequence[tuple[int, int, int]], tokens: Tokens) -> None:
        """(month, incoming, outgoing); months without papers may be left out."""
        self._months = {month: (incoming, outgoing) for month, incoming, outgoing in months}
        self._tokens = tokens
        said = [f"{month}月收文{counts[0]}发文{counts[1]}" for month, counts in self._months.items()]
        self.setAccessibleName("，".join(said))
        self.setToolTip("\n".join(f"{m}月　收文 {c[0]:,}　发文 {c[1]:,}" for m, c in self._months.items()))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Twelve places, a base line, the months under it."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place, height = self.width() / 12, self.height() - FOOT
        most = max((max(counts) for counts in self._months.values()), default=0) or 1
        bar = min(14.0, place * 0.32)
        is_wide = place > text_metrics(12).horizontalAdvance("12月 ")
        for month in range(1, 13):
            centre = (month - 0.5) * place
            for at, count in enumerate(self._months.get(month, (0, 0))):
                tall = (height - 8) * count / most
                colour = self._tokens.action if at else self._tokens.bar_light
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(colour))
                left = centre - bar - 1 + at * (bar + 2)
                painter.drawRoundedRect(QRectF(left, height - tall, bar, tall), 2, 2)
            painter.setPen(QColor(self._tokens.secondary))
            painter.setFont(text_font(12))
            box = QRectF(centre - place, height, 2 * place, FOOT)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{month}月" if is_wide else f"{month}")
        painter.setPen(QColor(self._tokens.line))
        painter.drawLine(0, height, self.width(), height)
