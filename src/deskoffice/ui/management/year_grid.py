"""A year at one look: free days and moved working days in their colours, each changed by a click or a key."""

from calendar import monthrange
from datetime import date, timedelta

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from deskoffice.ui.dates import WEEKDAYS
from deskoffice.ui.theme import LIGHT, Tokens, text_font
from deskoffice.usecases.calendars import YearCalendar

ACROSS, DOWN = 4, 3
GAP = 12
HEAD = 22
LINES = 7
"""The weekdays and at most six weeks."""
NO_DAY = date(1970, 1, 1)
"""Until a year is shown."""
STEPS = {Qt.Key.Key_Left.value: -1, Qt.Key.Key_Right.value: 1, Qt.Key.Key_Up.value: -7, Qt.Key.Key_Down.value: 7}


class YearGrid(QWidget):
    """Paints a YearCalendar. It changes nothing by itself: it says which day was meant."""

    day_chosen = Signal(object)
    """date."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tokens: Tokens = LIGHT
        self._today = self.current = NO_DAY
        self._calendar = YearCalendar(NO_DAY.year, {})
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    def set_tokens(self, tokens: Tokens) -> None:
        """Colours of the session."""
        self._tokens = tokens

    def show_year(self, calendar: YearCalendar, today: date) -> None:
        """Show a year; the current day stays in it."""
        self._calendar, self._today = calendar, today
        if self.current.year != calendar.year:
            self.current = today if today.year == calendar.year else date(calendar.year, 1, 1)
        self._tell_current()
        self.update()

    def sizeHint(self) -> QSize:
        """Large enough to read."""
        return QSize(900, 560)

    def minimumSizeHint(self) -> QSize:
        """The smallest that can be read."""
        return QSize(640, 420)

    def day_text(self, day: date) -> str:
        """What a day is, in words."""
        works = self._calendar.is_workday(day)
        name = self._calendar.days.get(day, (works, ""))[1]
        kind = self.tr("上班") if works else self.tr("休息")
        weekday = f"星期{WEEKDAYS[day.weekday()]}"
        return f"{day.month}月{day.day}日 {weekday} {kind}" + (f"（{name}）" if name and name != kind else "")

    def _tell_current(self) -> None:
        self.setAccessibleDescription(self.day_text(self.current))

    def month_box(self, month: int) -> QRect:
        """Where a month stands."""
        across, down = (month - 1) % ACROSS, (month - 1) // ACROSS
        width = (self.width() - GAP * (ACROSS - 1)) // ACROSS
        height = (self.height() - GAP * (DOWN - 1)) // DOWN
        return QRect(across * (width + GAP), down * (height + GAP), width, height)

    def day_box(self, day: date) -> QRect:
        """Where a day stands."""
        box = self.month_box(day.month).adjusted(8, HEAD + 4, -8, -4)
        line = (date(day.year, day.month, 1).weekday() + day.day - 1) // 7 + 1
        left = box.left() + box.width() * day.weekday() // 7
        right = box.left() + box.width() * (day.weekday() + 1) // 7
        height = box.height() // LINES
        return QRect(left, box.top() + line * height, right - left, height)

    def _day_at(self, point: QPoint) -> date | None:
        year = self._calendar.year
        month = next((month for month in range(1, 13) if self.month_box(month).contains(point)), 0)
        if not month:
            return None
        days = (date(year, month, number) for number in range(1, monthrange(year, month)[1] + 1))
        return next((day for day in days if self.day_box(day).contains(point)), None)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Twelve months."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for month in range(1, 13):
            if self.month_box(month).intersects(event.rect()):
                self._paint_month(painter, month)

    def _paint_month(self, painter: QPainter, month: int) -> None:
        tokens, box = self._tokens, self.month_box(month)
        painter.setPen(QColor(tokens.line))
        painter.setBrush(QColor(tokens.surface))
        painter.drawRoundedRect(box.adjusted(0, 0, -1, -1), 6, 6)
        painter.setPen(QColor(tokens.text))
        painter.setFont(text_font(13, bold=True))
        painter.drawText(box.adjusted(14, 6, 0, 0), Qt.AlignmentFlag.AlignTop, f"{month}月")
        first = date(self._calendar.year, month, 1)
        for number in range(7):
            head = self.day_box(first - timedelta(days=first.weekday()) + timedelta(days=number))
            head.moveTop(box.top() + HEAD + 4)
            head.moveLeft(box.left() + 8 + (box.width() - 16) * number // 7)
            self._write(painter, head, WEEKDAYS[number], tokens.faint, bold=False)
        for number in range(1, monthrange(first.year, month)[1] + 1):
            self._paint_day(painter, date(first.year, month, number))

    def _paint_day(self, painter: QPainter, day: date) -> None:
        tokens, box = self._tokens, self.day_box(day).adjusted(1, 1, -1, -1)
        works, is_named = self._calendar.is_workday(day), day in self._calendar.days
        if is_named:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.selection if works else tokens.message_ground))
            painter.drawRoundedRect(box, 3, 3)
        colour = tokens.text if works else tokens.done if is_named else tokens.faint
        self._write(painter, box, str(day.day), colour, bold=is_named or day == self._today)
        if day == self.current and self.hasFocus():
            painter.setPen(QColor(tokens.focus))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 3, 3)
        elif day == self._today:
            painter.setPen(QColor(tokens.action))
            painter.drawLine(box.left() + 6, box.bottom(), box.right() - 6, box.bottom())

    @staticmethod
    def _write(painter: QPainter, box: QRect, text: str, colour: str, *, bold: bool) -> None:
        painter.setPen(QColor(colour))
        painter.setFont(text_font(12, bold=bold))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click means the day under it."""
        day = self._day_at(event.position().toPoint())
        if day is not None:
            self._go_to(day)
            self.day_chosen.emit(day)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what the day under the mouse is."""
        day = self._day_at(event.position().toPoint())
        self.setToolTip(self.day_text(day) if day else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, the space bar means the current day."""
        step = STEPS.get(event.key())
        if step is not None:
            there = self.current + timedelta(days=step)
            if there.year == self._calendar.year:
                self._go_to(there)
        elif event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return}:
            self.day_chosen.emit(self.current)
        else:
            super().keyPressEvent(event)

    def _go_to(self, day: date) -> None:
        self.current = day
        self._tell_current()
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the current day."""
        super().focusInEvent(event)
        self.update()
