"""The bar that says quietly what was done or refused, and goes by itself."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from deskoffice.ui.desk import Told
from deskoffice.ui.reading_only import READS
from deskoffice.ui.theme import mark
from deskoffice.usecases.messages import sentence

SHOWN_MS = 6000
REFUSAL_SHOWN_MS = 15000


class MessageBar(QFrame):
    """One sentence at a time; a refusal stays longer than a success. With `撤销` where an act can be taken back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._undo: Callable[[], None] | None = None
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._undo_button = self._button(self.tr("撤销"))
        self._undo_button.clicked.connect(self._on_undo_clicked)
        close = self._button(self.tr("知道了"))
        close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.addWidget(self._text, 1)
        row.addWidget(self._undo_button)
        row.addWidget(close)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.hide)

    def _button(self, text: str) -> QPushButton:
        made = QPushButton(text, self)
        made.setProperty("role", "quiet")
        made.setProperty(READS, True)
        made.setAccessibleName(text)
        return made

    @property
    def text(self) -> str:
        """What it says now."""
        return self._text.text()

    def tell(self, told: Told) -> None:
        """Say that something was done."""
        self._undo = told.undo
        self._show(told.text, "done", SHOWN_MS)

    def refuse(self, error: BaseException) -> None:
        """Say why something was not done."""
        self._undo = None
        self._show(sentence(error), "failure", REFUSAL_SHOWN_MS)

    def _show(self, text: str, grade: str, shown_ms: int) -> None:
        self._text.setText(text)
        self.setAccessibleName(text)
        mark(self, "grade", grade)
        self._undo_button.setVisible(self._undo is not None)
        self.show()
        self._timer.start(shown_ms)

    def _on_undo_clicked(self) -> None:
        undo, self._undo = self._undo, None
        self.hide()
        if undo is not None:
            undo()
