"""Keeps what is still being typed, sealed to the account. A lock or a power cut costs half a second at most."""

import json
from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

from deskoffice.domain.errors import DeskOfficeError
from deskoffice.ui.desk import Desk
from deskoffice.ui.tree import descendants
from deskoffice.usecases import notes

PAUSE_MS = 300
AGAIN_MS = 5_000
Values = Mapping[str, object]


class Typing(QObject):
    """Watches the inputs of one form. What was kept is shown again when the form opens next time, until it is done."""

    restored = Signal()

    def __init__(
        self, desk: Desk, key: str, *, form: QWidget, read: Callable[[], Values], show: Callable[[Values], None]
    ) -> None:
        super().__init__(form)
        self._desk, self._key = desk, f"typing.{key}"
        self._read, self._show = read, show
        self._kept = ""
        self._is_done = False
        self._is_storing = False
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._on_pause)
        self._watch(form)
        form.installEventFilter(self)
        desk.leaving.connect(self.keep)
        office = desk.office
        desk.jobs.run(lambda _: notes.kept(office, self._key), self, done=self._restore, aside=True)

    def _watch(self, form: QWidget) -> None:
        for line in descendants(form, QLineEdit):
            line.textEdited.connect(self._on_typed)
        for text in descendants(form, QPlainTextEdit):
            text.textChanged.connect(self._on_typed)
        for day in descendants(form, QDateEdit):
            day.dateChanged.connect(self._on_typed)
        for combo in descendants(form, QComboBox):
            combo.activated.connect(self._on_typed)
        self._first = self._read_text()

    def _on_typed(self) -> None:
        # Not started again by every key: whoever types without a pause would never be kept.
        if not self._pause.isActive():
            self._pause.start()

    def _read_text(self) -> str:
        return json.dumps(self._read(), ensure_ascii=False, sort_keys=True)

    def keep(self) -> None:
        """Keep what is there now, if it is more than the empty form."""
        text = self._read_text()
        if self._is_done or text in {self._kept, self._first}:
            return
        self._kept = text
        self._store(text)

    def _on_pause(self) -> None:
        # On a slow disk the newest words follow when the ones before are stored, not every state between.
        if self._is_storing:
            self._pause.start()
        else:
            self.keep()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whoever turns away from the form leaves nothing unkept, not even the last half second."""
        if event.type() == QEvent.Type.Hide:
            self.keep()
        return super().eventFilter(watched, event)

    def forget(self) -> None:
        """It was done, or is not wanted: keep nothing."""
        self._is_done = True
        self._pause.stop()
        if self._kept:
            self._kept = ""
            self._store("")

    def begin_anew(self) -> None:
        """The form was emptied for the next one."""
        self.forget()
        self._is_done = False
        self._first = self._read_text()

    def _store(self, text: str) -> None:
        office, key = self._desk.office, self._key
        self._is_storing = True
        # Owned by the desk: the form may be gone before its last words are stored.
        self._desk.jobs.run(
            lambda _: notes.keep(office, key, text),
            self._desk,
            done=lambda _: self._on_stored(),
            failed=self._on_not_stored,
            aside=True,
        )

    def _on_stored(self) -> None:
        if isValid(self):
            self._is_storing = False

    def _on_not_stored(self, error: DeskOfficeError) -> None:
        self._desk.refuse(error)
        if isValid(self):
            # The next pause tries again, even if not a key was pressed meanwhile.
            self._is_storing, self._kept = False, ""
            if not self._is_done:
                self._pause.start(AGAIN_MS)

    def _restore(self, text: str) -> None:
        if text and self._read_text() == self._first:
            self._kept = text
            self._show(json.loads(text))
            self.restored.emit()
