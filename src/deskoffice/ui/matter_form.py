"""The dialog in which a new matter is written: fields, problems under them, kept while typing, stored in the worker."""

from collections.abc import Callable, Mapping
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton, QWidget

from deskoffice.domain.errors import DeskOfficeError, InvalidDraft
from deskoffice.domain.matters import Changes
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.desk import Desk
from deskoffice.ui.forms import FormBinding
from deskoffice.ui.tree import descendants
from deskoffice.ui.typing import Typing, Values
from deskoffice.usecases.messages import problem, sentence
from deskoffice.usecases.office import Office

T = TypeVar("T")
Store = Callable[[Office], Changes]


class MatterFormUi(Protocol):
    """What every such form has besides its fields."""

    restoredLabel: QLabel
    problemLabel: QLabel
    cancelPushButton: QPushButton
    donePushButton: QPushButton

    def setupUi(self, form: QDialog) -> None:
        """Make the widgets."""


class MatterForm(QDialog, Generic[T]):
    """Stays open with everything typed until it is stored. A kind says what is stored and where problems show."""

    def __init__(self, desk: Desk, ui: MatterFormUi, empty: T, *, key: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk, self._common = desk, ui
        ui.setupUi(self)
        self.form = FormBinding(self, type(empty))
        self.prepare()
        self.form.show(empty)
        ui.donePushButton.clicked.connect(self.submit)
        ui.cancelPushButton.clicked.connect(self.reject)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.submit)
        for button in descendants(self, QPushButton):
            button.setAutoDefault(False)
        for name in self.form.values():
            field = self.form.widget(name)
            if isinstance(field, QLineEdit):
                # As in a spreadsheet: Enter goes to the next field.
                field.returnPressed.connect(self.focusNextChild)
        self._typing = Typing(desk, key, form=self, read=self.values, show=self.show_values)
        self._typing.restored.connect(lambda: show_problem(ui.restoredLabel, self.tr("已恢复上次没写完的内容。")))

    def prepare(self) -> None:
        """Fill lists to choose from, before the first values are shown."""

    def store(self) -> Store:
        """What will be done in the worker with what stands here now."""
        raise NotImplementedError

    def told(self, changes: Changes) -> str:
        """What is said when it is done."""
        raise NotImplementedError

    def other_problems(self) -> Mapping[str, QLabel]:
        """Labels of problems that belong to no field of the draft."""
        return {}

    def values(self) -> Values:
        """Everything typed, in plain values."""
        return self.form.values()

    def show_values(self, values: Values) -> None:
        """Put back what `values` gave."""
        self.form.show_values(values)

    def submit(self) -> None:
        """Store what is typed."""
        if not self._common.donePushButton.isEnabled():
            return
        store, office = self.store(), self.desk.office
        self._common.donePushButton.setEnabled(False)
        self.desk.jobs.run(lambda _: store(office), self, done=self._on_stored, failed=self._on_failed)

    def _on_stored(self, changes: Changes) -> None:
        self._typing.forget()
        self.desk.tell(self.told(changes))
        self.desk.note(changes)
        self.accept()

    def _on_failed(self, error: DeskOfficeError) -> None:
        self._common.donePushButton.setEnabled(True)
        problems = error.problems if isinstance(error, InvalidDraft) else {}
        others = self.other_problems()
        for name, label in others.items():
            show_problem(label, problem(problems[name]) if name in problems else "")
        has_all = self.form.show_problems({name: code for name, code in problems.items() if name not in others})
        show_problem(self._common.problemLabel, "" if problems and has_all else sentence(error))
