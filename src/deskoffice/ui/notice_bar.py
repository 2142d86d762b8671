"""The bar above every page that stays while something is wrong with the vault, the clock or the log-in."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from deskoffice.ui.reading_only import READS
from deskoffice.ui.theme import mark
from deskoffice.usecases.notices import Grade, Notice


class NoticeBar(QFrame):
    """Shows the gravest first; a button where two officers can put it right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self._button = QPushButton(self.tr("两位三员确认…"), self)
        self._button.setAccessibleName(self.tr("两位三员确认"))
        self._button.setProperty(READS, True)
        self._button.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 12, 6)
        row.addWidget(self._text, 1)
        row.addWidget(self._button)

    def on_accept(self, act: Callable[[], None]) -> None:
        """What the button does."""
        self._button.clicked.connect(act)

    @property
    def text(self) -> str:
        """What it says now."""
        return self._text.text() if self.isVisible() else ""

    def show_notices(self, notices: tuple[Notice, ...]) -> None:
        """All of them, or no bar at all."""
        self._text.setText("\n".join(notice.text for notice in notices))
        self.setAccessibleName(self._text.text())
        self._button.setVisible(any(notice.code == "accept" for notice in notices))
        is_wrong = any(notice.grade == Grade.WRONG for notice in notices)
        mark(self, "grade", "failure" if is_wrong else "warning")
        mark(self._text, "grade", "overdue" if is_wrong else "soon")
        self.setVisible(bool(notices))
