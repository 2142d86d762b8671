"""The grid of the calendar: days of a month, of a week or one day, each with what is on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QTextLayout
from PySide6.QtWidgets import QWidget

from deskoffice.ui.dates import WEEKDAYS
from deskoffice.ui.theme import Tokens, text_font, text_metrics

HEAD, LINE, PAD = 30, 20, 6
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}


class Span(StrEnum):
    """How much of the calendar is in view."""

    MONTH = "month"
    WEEK = "week"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line on a day."""

    text: str
    hint: str = ""
    is_clashing: bool = False
    is_duty: bool = False


def _lines(text: str, width: int, *, most: int) -> list[str]:
    """The text broken into lines; the last ends in an ellipsis where there is more than `most` can hold."""
    layout, lines = QTextLayout(text, text_font(13)), list[str]()
    layout.beginLayout()
    while len(lines) < most and (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        part = text[line.textStart() :]
        lines.append(part if len(lines) + 1 == most else part[: line.textLength()].strip())
    layout.endLayout()
    metrics = text_metrics(13)
    return [metrics.elidedText(line, Qt.TextElideMode.ElideRight, width) for line in lines]


class CalendarGrid(QWidget):
    """Painted, since a month has hundreds of lines; arrows move the day, a click chooses it."""

    chosen = Signal(object)
    """date"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("日程")
        self.setMinimumSize(520, 320)
        self._tokens: Tokens | None = None
        self._span = Span.MONTH
        self.current = date.min
        self._today = date.min
        self._entries: Mapping[date, Sequence[Entry]] = {}

    def set_up(self, tokens: Tokens, today: date) -> None:
        """Called once after the form is made."""
        self._tokens, self._today, self.current = tokens, today, today

    def show_days(self, span: Span, current: date, entries: Mapping[date, Sequence[Entry]]) -> None:
        """Draw anew."""
        self._span, self.current, self._entries = span, current, entries
        self.update()

    def days(self) -> list[date]:
        """The days in view, whole weeks."""
        if self._span is Span.DAY:
            return [self.current]
        first = self.current.replace(day=1) if self._span is Span.MONTH else self.current
        first -= timedelta(days=first.weekday())
        if self._span is Span.WEEK:
            return [first + timedelta(days=at) for at in range(7)]
        following = (self.current.replace(day=28) + timedelta(days=4)).replace(day=1)
        weeks = -(-(following - first).days // 7)
        return [first + timedelta(days=at) for at in range(weeks * 7)]

    def _cell(self, at: int, count: int) -> QRect:
        columns = min(count, 7)
        rows = -(-count // columns)
        wide, high = self.width() / columns, (self.height() - HEAD) / rows
        left, top = round(at % columns * wide), HEAD + round(at // columns * high)
        return QRect(left, top, round((at % columns + 1) * wide) - left, HEAD + round((at // columns + 1) * high) - top)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Names of the days, then the cells."""
        del event
        tokens = self._tokens
        if tokens is None:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens.surface))
        days = self.days()
        painter.setFont(text_font(13, bold=True))
        painter.setPen(QColor(tokens.secondary))
        for at, day in enumerate(days[:7]):
            box = self._cell(at, len(days))
            place = QRect(box.left(), 0, box.width(), HEAD)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, f"周{WEEKDAYS[day.weekday()]}")
        for at, day in enumerate(days):
            self._paint_day(painter, tokens, day, self._cell(at, len(days)))
        painter.end()

    def _paint_day(self, painter: QPainter, tokens: Tokens, day: date, box: QRect) -> None:
        is_other = self._span is Span.MONTH and day.month != self.current.month
        if day == self.current:
            painter.fillRect(box, QColor(tokens.selection))
        elif is_other or day.weekday() >= 5:
            painter.fillRect(box, QColor(tokens.alternate))
        painter.setPen(QColor(tokens.line))
        painter.drawRect(box.adjusted(0, 0, -1, -1))
        painter.setFont(text_font(13, bold=day == self._today))
        painter.setPen(QColor(tokens.action if day == self._today else tokens.faint if is_other else tokens.text))
        name = f"{day.month}月{day.day}日" if day.day == 1 or self._span is not Span.MONTH else f"{day.day}"
        head = QRect(box.left() + PAD, box.top() + 2, box.width() - 2 * PAD, LINE)
        name = f"{name} 今天" if day == self._today else name
        painter.drawText(head, Qt.AlignmentFlag.AlignVCenter, name)
        entries = self._entries.get(day, ())
        beside = head.adjusted(painter.fontMetrics().horizontalAdvance(f"{name} "), 0, 0, 0)
        self._paint_duty(painter, tokens, [one for one in entries if one.is_duty], beside)
        others = [one for one in entries if not one.is_duty]
        self._paint_entries(painter, tokens, others, box.adjusted(PAD, LINE + 4, -PAD, -2))
        if day == self.current and self.hasFocus():
            painter.setPen(QColor(tokens.focus))
            painter.drawRect(box.adjusted(1, 1, -2, -2))

    @staticmethod
    def _paint_duty(painter: QPainter, tokens: Tokens, duty: Sequence[Entry], box: QRect) -> None:
        """Who is on duty stands beside the date: the lines below are for what is held."""
        painter.setFont(text_font(13))
        painter.setPen(QColor(tokens.overdue if any(one.is_clashing for one in duty) else tokens.secondary))
        words = "、".join(one.text for one in duty)
        cut = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideLeft, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, cut)

    def _paint_entries(self, painter: QPainter, tokens: Tokens, entries: Sequence[Entry], box: QRect) -> None:
        room = max(box.height() // LINE, 0)
        shown = entries if len(entries) <= room else entries[: max(room - 1, 0)]
        painter.setFont(text_font(13))
        spare, top = room - len(shown) - (len(shown) < len(entries)), box.top()
        for entry in shown:
            painter.setPen(QColor(tokens.overdue if entry.is_clashing else tokens.text))
            lines = _lines(self._words(entry), box.width(), most=1 + spare)
            spare -= len(lines) - 1
            for line in lines:
                painter.drawText(QRect(box.left(), top, box.width(), LINE), Qt.AlignmentFlag.AlignVCenter, line)
                top += LINE
        if len(shown) < len(entries) and room:
            painter.setPen(QColor(tokens.secondary))
            last = QRect(box.left(), top, box.width(), LINE)
            painter.drawText(last, Qt.AlignmentFlag.AlignVCenter, f"还有 {len(entries) - len(shown)} 项")

    def _words(self, entry: Entry) -> str:
        """Where it is stands in the wider views."""
        words = f"⚠ {entry.text}" if entry.is_clashing else entry.text
        return f"{words}　{entry.hint}" if entry.hint and self._span is not Span.MONTH else words

    def _at(self, point: QPoint) -> date | None:
        days = self.days()
        return next((day for at, day in enumerate(days) if self._cell(at, len(days)).contains(point)), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click chooses a day."""
        day = self._at(event.position().toPoint())
        if day is not None:
            self.chosen.emit(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move by a day and by a week."""
        step = STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.chosen.emit(self.current + timedelta(days=step))
