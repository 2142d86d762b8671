"""Hears a barcode gun that types like a keyboard, whatever field has the cursor."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from deskoffice.ui.tree import descendants

BEGINNING = "GB0626"
"""Nobody types this by hand: from here on the keys are the gun's, up to its end mark or Enter."""
END = "|"
LONGEST = 4000
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class BarcodeGun(QObject):
    """Watches the keys of one form. The few that were typed before the gun was known must be taken back by the form."""

    began = Signal()
    """A letter came that may be the first of a barcode: what stands in the form now is worth keeping."""
    recognised = Signal()
    scanned = Signal(str)

    def __init__(self, form: QWidget) -> None:
        super().__init__(form)
        self._typed = ""
        self._is_over = False
        form.installEventFilter(self)
        for child in descendants(form, QWidget):
            child.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys and input method both: some guns bring Chinese in one piece."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._take_enter() if event.key() in ENTER else self._take(event.text())
        if isinstance(event, QInputMethodEvent) and event.commitString():
            return self._take(event.commitString())
        return super().eventFilter(watched, event)

    def _take(self, text: str) -> bool:
        """Whether the text was the gun's alone and no field may have it."""
        self._is_over = False
        if not text:
            return False
        was_known = self._typed.startswith(BEGINNING)
        if not self._typed and BEGINNING.startswith(text[:1]):
            self.began.emit()
        grown = self._typed + text
        if not (BEGINNING.startswith(grown) or grown.startswith(BEGINNING)) or len(grown) > LONGEST:
            self._typed = ""
            return False
        self._typed = grown
        if not grown.startswith(BEGINNING):
            return False
        if not was_known:
            self.recognised.emit()
        if grown.endswith(END):
            self._finish()
        return True

    def _take_enter(self) -> bool:
        if self._is_over:  # the gun's Enter behind its end mark
            self._is_over = False
            return True
        if not self._typed.startswith(BEGINNING):
            self._typed = ""
            return False
        self._finish()
        self._is_over = False
        return True

    def _finish(self) -> None:
        typed, self._typed, self._is_over = self._typed, "", True
        self.scanned.emit(typed)
