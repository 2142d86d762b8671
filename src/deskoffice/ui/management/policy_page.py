"""口令规定: what the unit asks of passwords by level; set by 安全保密管理员."""

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from deskoffice._generated.management.policy_page import Ui_PolicyPage
from deskoffice.domain.access import AccessPolicy
from deskoffice.domain.errors import DeskOfficeError, InvalidDraft
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.desk import Desk, Page
from deskoffice.ui.forms import FormBinding
from deskoffice.usecases import passwords
from deskoffice.usecases.messages import sentence


class PolicyPage(Page):
    """A block for each level; what is weaker than the program's least is refused under its field."""

    help_topic = "security"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._ui = Ui_PolicyPage()
        self._ui.setupUi(self)
        self._form = FormBinding(self, AccessPolicy)
        self._ui.savePushButton.clicked.connect(self.save)
        QShortcut(QKeySequence("Ctrl+S"), self, self.save)

    def refresh(self) -> None:
        """Read the rules."""
        office = self.desk.office
        self.desk.jobs.run(lambda _: passwords.policy(office), self, done=self._form.show)

    def save(self) -> None:
        """Store them."""
        typed, office = self._form.read(), self.desk.office
        self.desk.jobs.run(
            lambda _: passwords.save_policy(office, typed), self, done=self._on_saved, failed=self._on_failed
        )

    def _on_saved(self, result: None) -> None:
        del result
        self._form.show_problems({})
        show_problem(self._ui.problemLabel, "")
        self.desk.tell(self.tr("口令规定已保存，下次登录起执行"))

    def _on_failed(self, error: DeskOfficeError) -> None:
        problems = error.problems if isinstance(error, InvalidDraft) else {}
        has_all = self._form.show_problems(problems)
        show_problem(self._ui.problemLabel, "" if problems and has_all else sentence(error))
