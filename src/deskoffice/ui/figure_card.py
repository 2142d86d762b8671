"""A figure on the home page; a click or Enter opens the list behind it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from deskoffice.ui.theme import mark
from deskoffice.ui.tree import descendants


class FigureCard(QFrame):
    """One large number with its caption."""

    clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_figure(self, figure: int, caption: str, grade: str = "plain") -> None:
        """Write the number; its colour belongs to what it counts, and a nought has none."""
        number, words = descendants(self, QLabel)
        number.setText(f"{figure:,}")
        mark(number, "grade", grade if figure else "plain")
        words.setText(caption)
        self.setAccessibleName(f"{caption} {figure}")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click anywhere on the card."""
        if self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and the space bar do what a click does."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.clicked.emit()
            return
        super().keyPressEvent(event)
