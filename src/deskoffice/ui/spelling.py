"""Units and people offered under a line while it is typed, by their names or the letters of the pinyin."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit

from deskoffice.ui.picker import Choice

OFFERED = 12
ENDS = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
Choices = Callable[[], Sequence[Choice]]
Shown = Callable[[Choice], str]


def spelled(choices: Sequence[Choice], typed: str) -> Choice | None:
    """Who the typed letters mean: all the letters of a name before the beginning of one; None for words."""
    letters = typed.strip().lower()
    if not (letters.isascii() and letters.isalpha()):
        return None
    fitting = [choice for choice in choices if choice.initials.startswith(letters)]
    return min(fitting, key=lambda choice: choice.initials != letters, default=None)


class Spelling(QObject):
    """Offers what fits; letters that are left standing become the name they mean when the line is done with."""

    def __init__(self, line: QLineEdit, choices: Choices, shown: Shown = lambda choice: choice.text) -> None:
        super().__init__(line)
        self._line, self._choices, self._shown = line, choices, shown
        self._fitting = QStringListModel(self)
        self.completer = QCompleter(self._fitting, self)
        # The list is filtered by pinyin letters too, so the completer shows all it is given.
        self.completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        line.setCompleter(self.completer)
        line.textEdited.connect(self._offer)
        line.editingFinished.connect(self._settle)
        line.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+Enter sends a form off without leaving the line."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and event.key() in ENDS:
            self._settle()
        return super().eventFilter(watched, event)

    def _offer(self, typed: str) -> None:
        fitting = [self._shown(choice) for choice in self._choices() if choice.fits(typed)] if typed.strip() else []
        self._fitting.setStringList(fitting[:OFFERED])
        self.completer.complete()

    def _settle(self) -> None:
        choice = spelled(self._choices(), self._line.text())
        if choice is not None:
            self._line.setText(self._shown(choice))
