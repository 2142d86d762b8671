"""The dialog in which one record is written: fields, problems under them, stored in the worker."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QMessageBox, QPushButton, QWidget

from deskoffice.domain.errors import DeskOfficeError, InvalidDraft
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.desk import Desk
from deskoffice.ui.forms import FormBinding
from deskoffice.ui.management.record_page import Done
from deskoffice.ui.tree import descendants
from deskoffice.usecases.messages import sentence
from deskoffice.usecases.office import Office

T = TypeVar("T")


class FormUi(Protocol):
    """What every form of a record has besides its fields."""

    formTitleLabel: QLabel
    problemLabel: QLabel
    cancelPushButton: QPushButton
    savePushButton: QPushButton

    def setupUi(self, form: QDialog) -> None:
        """Make the widgets."""


@dataclass(frozen=True, slots=True)
class Saving(Generic[T]):
    """How what was typed is stored, and what is said then."""

    title: str
    told: str
    store: Callable[[Office, T], object]
    done: Done


class RecordForm(QDialog, Generic[T]):
    """Stays open with everything typed until it is stored."""

    def __init__(self, desk: Desk, ui: FormUi, typed: T, *, saving: Saving[T], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk, self.ui, self._saving = desk, ui, saving
        ui.setupUi(self)
        self.setWindowTitle(self.tr("案头 · %1").replace("%1", saving.title))
        ui.formTitleLabel.setText(saving.title)
        self.form = FormBinding(self, type(typed))
        self.prepare()
        self.form.show(typed)
        ui.savePushButton.clicked.connect(self.save)
        ui.cancelPushButton.clicked.connect(self.reject)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.save)
        for button in descendants(self, QPushButton):
            button.setAutoDefault(False)
        for line in descendants(self, QLineEdit):
            line.returnPressed.connect(self.focusNextChild)

    def prepare(self) -> None:
        """Fill lists to choose from, before the values are shown."""

    def save(self) -> None:
        """Store what is typed."""
        typed, office, store = self.form.read(), self.desk.office, self._saving.store
        self.ui.savePushButton.setEnabled(False)
        self.desk.jobs.run(lambda _: store(office, typed), self, done=self._on_saved, failed=self._on_failed)

    def _on_saved(self, result: object) -> None:
        del result
        self.desk.tell(self._saving.told)
        self._saving.done()
        self.accept()

    def _on_failed(self, error: DeskOfficeError) -> None:
        self.ui.savePushButton.setEnabled(True)
        problems = error.problems if isinstance(error, InvalidDraft) else {}
        has_all = self.form.show_problems(problems)
        show_problem(self.ui.problemLabel, "" if problems and has_all else sentence(error))


@dataclass(frozen=True, slots=True)
class Question:
    """What a dangerous act asks first: what will happen, and the word of its button."""

    title: str
    text: str
    button: str


def confirm(parent: QWidget, question: Question, then: Callable[[], None]) -> None:
    """Ask; nothing happens unless the button with the act's own word is pressed."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(f"案头 · {question.title}")
    box.setText(question.text)
    keep = box.addButton("不动", QMessageBox.ButtonRole.RejectRole)
    act = box.addButton(question.button, QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(keep)
    act.clicked.connect(then)
    box.open()


def run(desk: Desk, work: Callable[[Office], object], *, told: str, done: Done) -> None:
    """Do something that asks for nothing, and say so."""
    office = desk.office

    def finished(result: object) -> None:
        del result
        desk.tell(told)
        done()

    desk.jobs.run(lambda _: work(office), desk, done=finished)
