"""修改口令: of the person who is logged in."""

from PySide6.QtWidgets import QWidget

from deskoffice._generated.management.password_page import Ui_PasswordPage
from deskoffice.domain.errors import DeskOfficeError, InvalidDraft
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.desk import Desk, Page
from deskoffice.ui.forms import FormBinding
from deskoffice.usecases import passwords
from deskoffice.usecases.messages import sentence
from deskoffice.usecases.passwords import PasswordChange

EMPTY = PasswordChange("", "", "")


class PasswordPage(Page):
    """The password of today, and the new one twice."""

    help_topic = "security"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._ui = Ui_PasswordPage()
        self._ui.setupUi(self)
        self._form = FormBinding(self, PasswordChange)
        ui = self._ui
        ui.savePushButton.clicked.connect(self.save)
        ui.oldLineEdit.returnPressed.connect(ui.newLineEdit.setFocus)
        ui.newLineEdit.returnPressed.connect(ui.againLineEdit.setFocus)
        ui.againLineEdit.returnPressed.connect(self.save)

    def _typed(self) -> PasswordChange:
        """As typed: blanks at the ends belong to a password."""
        ui = self._ui
        return PasswordChange(ui.oldLineEdit.text(), ui.newLineEdit.text(), ui.againLineEdit.text())

    def save(self) -> None:
        """Change it; what was typed is wiped when it is done."""
        typed, office = self._typed(), self.desk.office
        self._ui.savePushButton.setEnabled(False)
        self.desk.jobs.run(lambda _: passwords.change(office, typed), self, done=self._on_saved, failed=self._on_failed)

    def _on_saved(self, result: None) -> None:
        del result
        self._ui.savePushButton.setEnabled(True)
        self._form.show(EMPTY)
        show_problem(self._ui.problemLabel, "")
        self.desk.tell(self.tr("口令已修改，下次登录用新口令"))

    def _on_failed(self, error: DeskOfficeError) -> None:
        self._ui.savePushButton.setEnabled(True)
        problems = error.problems if isinstance(error, InvalidDraft) else {}
        has_all = self._form.show_problems(problems)
        show_problem(self._ui.problemLabel, "" if problems and has_all else sentence(error))
