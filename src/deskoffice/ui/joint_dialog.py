"""双人在场: one dialog for both; the second person types his own password, and nobody's stays on the screen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QPushButton, QWidget

from deskoffice._generated.joint_dialog import Ui_JointDialog
from deskoffice.domain.access import JointAct
from deskoffice.domain.errors import DeskOfficeError
from deskoffice.domain.people import AccountRow
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.desk import Desk
from deskoffice.ui.files import ANY_FILE, choose_files
from deskoffice.ui.theme import mark
from deskoffice.ui.tree import descendants
from deskoffice.usecases import joint
from deskoffice.usecases.joint import Second
from deskoffice.usecases.messages import problem, sentence
from deskoffice.usecases.office import Office
from deskoffice.usecases.words import word


@dataclass(frozen=True, slots=True)
class JointSpec:
    """One act as its dialog shows it: what will happen, and the word of its button."""

    act: JointAct
    title: str
    warning: str
    button: str
    told: str = ""
    is_dangerous: bool = True


class Typed:
    """The widgets of one person: who, the password, the key file where one is needed."""

    def __init__(self, dialog: QWidget, person: QComboBox, password: QLineEdit, button: QPushButton) -> None:
        self._dialog, self._person, self._password, self._button = dialog, person, password, button
        self._key_file: Path | None = None
        self.was_taken = False
        """A password was read out of the line: it is somewhere in memory now."""
        button.clicked.connect(self._on_key_file_clicked)

    def offer(self, rows: Sequence[AccountRow]) -> None:
        """Who it can be."""
        for row in rows:
            roles = "、".join(word(role) for role in sorted(row.roles))
            self._person.addItem(f"{row.name}　{roles}", row.login)

    def take(self) -> Second:
        """What is typed; the password leaves the screen with this."""
        typed = Second(self._person.currentData() or "", self._password.text(), self._key_file)
        self._password.clear()
        self.was_taken = True
        return typed

    @property
    def is_empty(self) -> bool:
        """Nobody or no password."""
        return not self._person.currentData() or not self._password.text()

    def _on_key_file_clicked(self) -> None:
        choose_files(self._dialog, "案头 · 选择密钥文件", self._take_key_file, name_filter=ANY_FILE)

    def _take_key_file(self, paths: list[Path]) -> None:
        self._key_file = paths[0] if paths else None
        if self._key_file is not None:
            self._button.setText(f"密钥文件：{self._key_file.name}")


class JointDialog(QDialog):
    """Stays open until both agree or one presses 不做."""

    def __init__(
        self, desk: Desk, spec: JointSpec, perform: Callable[[Office, Second], object], *, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._spec, self._perform = desk, spec, perform
        self._ui = Ui_JointDialog()
        self._ui.setupUi(self)
        ui = self._ui
        self._second = Typed(self, ui.personComboBox, ui.passwordLineEdit, ui.keyFilePushButton)
        self._told = ""
        self.finished.connect(lambda: forget(desk, self._told, self._second))
        self.finish: Callable[[], None] = lambda: None
        show_spec(self, ui, spec)
        ui.firstTypedWidget.hide()
        roles = "、".join(word(role) for role in sorted(desk.actor.roles))
        ui.firstNameLabel.setText(self.tr("%1　%2　已登录").replace("%1", desk.actor.name).replace("%2", roles))
        ui.donePushButton.clicked.connect(self._on_done_clicked)
        office = desk.office
        desk.jobs.run(lambda _: joint.partners(office, spec.act), self, done=self._offer)

    def _offer(self, rows: Sequence[AccountRow]) -> None:
        self._second.offer(rows)
        self._ui.passwordLineEdit.setFocus()

    def _on_done_clicked(self) -> None:
        ui = self._ui
        show_problem(ui.passwordProblemLabel, problem("required") if self._second.is_empty else "")
        if self._second.is_empty or not ui.donePushButton.isEnabled():
            return
        second, office, perform = self._second.take(), self._desk.office, self._perform
        ui.donePushButton.setEnabled(False)
        self._desk.jobs.run(lambda _: perform(office, second), self, done=self._on_done, failed=self._on_failed)

    def _on_done(self, result: object) -> None:
        del result
        self._told = self._spec.told
        self.accept()
        self.finish()

    def _on_failed(self, error: DeskOfficeError) -> None:
        self._ui.donePushButton.setEnabled(True)
        show_problem(self._ui.problemLabel, sentence(error))
        self._ui.passwordLineEdit.setFocus()


def forget(desk: Desk, told: str, *typed: Typed) -> None:
    """Leave no password behind, neither when it is done nor when it was given up."""
    if any(one.was_taken for one in typed):
        desk.forget_passwords(told)


def show_spec(dialog: QDialog, ui: Ui_JointDialog, spec: JointSpec) -> None:
    """Words and keys that both kinds of the dialog have."""
    dialog.setWindowTitle(f"案头 · {spec.title}")
    ui.formTitleLabel.setText(spec.title)
    ui.warningLabel.setText(spec.warning)
    mark(ui.warningLabel, "grade", "overdue" if spec.is_dangerous else "plain")
    ui.donePushButton.setText(f"{spec.button}  Ctrl+Enter")
    ui.donePushButton.setAccessibleName(spec.button)
    ui.cancelPushButton.clicked.connect(dialog.reject)
    for button in descendants(dialog, QPushButton):
        button.setAutoDefault(False)
    for line in descendants(dialog, QLineEdit):
        line.returnPressed.connect(dialog.focusNextChild)
    QShortcut(QKeySequence("Ctrl+Return"), dialog, ui.donePushButton.click)


def ask(desk: Desk, spec: JointSpec, perform: Callable[[Office, Second], object], *, parent: QWidget) -> JointDialog:
    """Open the dialog; `finish` of what is given back is called when it is done."""
    dialog = JointDialog(desk, spec, perform, parent=parent)
    dialog.open()
    return dialog


def ask_then(
    desk: Desk,
    spec: JointSpec,
    perform: Callable[[Office, Second], object],
    *,
    parent: QWidget,
    done: Callable[[], None],
) -> None:
    """The same where something follows."""
    ask(desk, spec, perform, parent=parent).finish = partial(done)
