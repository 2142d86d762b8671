"""The bar that says quietly what was done or refused, and goes by itself."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from deskoffice.ui.desk import Told
from deskoffice.ui.reading_only import READS
from deskoffice.ui.theme import mark
from deskoffice.usecases.messages import sentence

SHOWN_MS = 6000
REFUSAL_SHOWN_MS = 15000
BELOW, BESIDE = 2, 16
"""Between the bar and the edge of the window, and the parts it hangs between."""


class MessageBar(QFrame):
    """One sentence at a time; a refusal stays longer than a success. With `撤销` where an act can be taken back.

    It hangs over the foot of the window and no layout holds it: what is under the mouse must not move when it comes.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place: tuple[QWidget, QWidget, QWidget] | None = None
        self._undo: Callable[[], None] | None = None
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._undo_button = self._button(self.tr("撤销"))
        self._undo_button.clicked.connect(self._on_undo_clicked)
        close = self._button(self.tr("知道了"))
        close.clicked.connect(self.hide)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(12, 2, 8, 2)
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

    def hang_between(self, ground: QWidget, left: QWidget, right: QWidget) -> None:
        """Over the foot of the ground, from where one part of it ends to where the other begins."""
        self._place = ground, left, right
        for part in self._place:
            part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in place when the window grows."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and self.isVisible():
            self._take_place()
        return super().eventFilter(watched, event)

    def _take_place(self) -> None:
        if self._place is None:
            return
        ground, left, right = self._place
        begins = left.mapTo(ground, left.rect().topRight()).x() + BESIDE
        width = right.mapTo(ground, right.rect().topLeft()).x() - BESIDE - begins
        height = self._row.totalHeightForWidth(width)
        self.setGeometry(begins, ground.height() - height - BELOW, width, height)
        self.raise_()

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
        self._take_place()
        self.show()
        self._timer.start(shown_ms)

    def _on_undo_clicked(self) -> None:
        undo, self._undo = self._undo, None
        self.hide()
        if undo is not None:
            undo()
