"""The dialog in which a long text of a meeting is written: kept while typing, stored in the worker."""

from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QLabel, QPlainTextEdit, QPushButton, QWidget

from deskoffice.domain.errors import DeskOfficeError, InvalidDraft
from deskoffice.domain.matters import Changes, MatterCard
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.desk import Desk
from deskoffice.ui.matter_form import Store
from deskoffice.ui.tree import descendants
from deskoffice.ui.typing import Typing, Values
from deskoffice.usecases.messages import problem, sentence
from deskoffice.usecases.office import Office

B = TypeVar("B")


class EditorUi(Protocol):
    """What every such dialog has."""

    matterLabel: QLabel
    restoredLabel: QLabel
    textPlainTextEdit: QPlainTextEdit
    textProblemLabel: QLabel
    problemLabel: QLabel
    cancelPushButton: QPushButton
    donePushButton: QPushButton

    def setupUi(self, form: QDialog) -> None:
        """Make the widgets."""


class Editor(QDialog, Generic[B]):
    """Begins with what is known, goes on with what was being typed. A kind says what is read, shown and stored."""

    key = ""
    """Under which the typing is kept, with the id of the meeting."""

    def __init__(self, desk: Desk, card: MatterCard, ui: EditorUi, *, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk, self.card, self._common = desk, card, ui
        self._typing: Typing | None = None
        ui.setupUi(self)
        ui.matterLabel.setText(card.row.title)
        ui.donePushButton.clicked.connect(self._on_done_clicked)
        ui.cancelPushButton.clicked.connect(self.reject)
        QShortcut(QKeySequence("Ctrl+Return"), self, ui.donePushButton.click)
        for button in descendants(self, QPushButton):
            button.setAutoDefault(False)
        self.resize(parent.size() * 0.94)
        office = desk.office
        desk.jobs.run(lambda _: self.read(office), self, done=self._begin, failed=self._on_failed)

    def read(self, office: Office) -> B:
        """In the worker: what to begin with."""
        raise NotImplementedError

    def begin(self, begun: B) -> str:
        """Show what was read, and give the text to go on with."""
        raise NotImplementedError

    def store(self, text: str) -> Store:
        """What will be done in the worker."""
        raise NotImplementedError

    def told(self) -> str:
        """What is said when it is done."""
        raise NotImplementedError

    def _begin(self, begun: B) -> None:
        edit = self._common.textPlainTextEdit
        edit.setPlainText(self.begin(begun))
        edit.setFocus()
        key = f"{self.key}.{self.card.row.id}"
        self._typing = Typing(self.desk, key, form=self, read=self._values, show=self._show_values)
        restored = self.tr("已恢复上次没写完的内容。")
        self._typing.restored.connect(lambda: show_problem(self._common.restoredLabel, restored))

    def _values(self) -> Values:
        return {"text": self._common.textPlainTextEdit.toPlainText()}

    def _show_values(self, values: Values) -> None:
        self._common.textPlainTextEdit.setPlainText(str(values["text"]))

    def _on_done_clicked(self) -> None:
        store, office = self.store(self._common.textPlainTextEdit.toPlainText()), self.desk.office
        self._common.donePushButton.setEnabled(False)
        self.desk.jobs.run(lambda _: store(office), self, done=self._on_done, failed=self._on_failed)

    def _on_done(self, changes: Changes) -> None:
        if self._typing is not None:
            self._typing.forget()
        self.desk.tell(self.told())
        self.desk.note(changes)
        self.accept()

    def _on_failed(self, error: DeskOfficeError) -> None:
        self._common.donePushButton.setEnabled(True)
        problems = error.problems if isinstance(error, InvalidDraft) else {}
        show_problem(self._common.textProblemLabel, problem(problems["text"]) if "text" in problems else "")
        show_problem(self._common.problemLabel, "" if problems else sentence(error))
