"""常用语 under a text field: the person's own first, put in by Ctrl+1 to Ctrl+9, kept and dropped from the menu."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QPushButton, QWidget

from deskoffice.ui.desk import Desk
from deskoffice.usecases import phrases

BY_KEY = 9


class Phrases(QObject):
    """Joins a button and a text field of one act."""

    def __init__(
        self, desk: Desk, act: str, *, usual: Sequence[str], button: QPushButton, text: QPlainTextEdit, form: QWidget
    ) -> None:
        super().__init__(form)
        self._desk, self._act, self._usual = desk, act, usual
        self._button, self._text = button, text
        self._own: Sequence[str] = ()
        button.clicked.connect(self._on_clicked)
        for number in range(1, BY_KEY + 1):
            QShortcut(QKeySequence(f"Ctrl+{number}"), form, lambda number=number: self._put(number))
        office = desk.office
        desk.jobs.run(lambda _: phrases.own(office, act), self, done=self._show_own)

    def _show_own(self, own: Sequence[str]) -> None:
        self._own = own

    @property
    def offered(self) -> list[str]:
        """The own ones, then what the office usually says."""
        return [*self._own, *(one for one in self._usual if one not in self._own)]

    def _put(self, number: int) -> None:
        if number <= len(self.offered):
            self._text.insertPlainText(self.offered[number - 1])

    def _on_clicked(self) -> None:
        menu = QMenu(self._button)
        for number, phrase in enumerate(self.offered, start=1):
            action = menu.addAction(phrase.replace("&", "&&"))
            if number <= BY_KEY:
                action.setShortcut(QKeySequence(f"Ctrl+{number}"))
            action.triggered.connect(lambda _=False, text=phrase: self._text.insertPlainText(text))
        menu.addSeparator()
        words = self._text.textCursor().selectedText().strip() or self._text.toPlainText().strip()
        keep = menu.addAction(self.tr("把写的存为我的常用语"))
        keep.setEnabled(bool(words))
        keep.triggered.connect(lambda: self._change(words, keeps=True))
        dropped = menu.addMenu(self.tr("删去我的常用语"))
        dropped.setEnabled(bool(self._own))
        for phrase in self._own:
            dropped.addAction(phrase).triggered.connect(lambda _=False, text=phrase: self._change(text, keeps=False))
        menu.popup(self._button.mapToGlobal(QPoint(0, self._button.height())))

    def _change(self, phrase: str, *, keeps: bool) -> None:
        office, act, change = self._desk.office, self._act, phrases.add if keeps else phrases.remove
        self._desk.jobs.run(lambda _: change(office, act, phrase), self, done=self._show_own)
