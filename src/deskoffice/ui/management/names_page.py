"""单位名称: how the office calls itself on papers."""

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from deskoffice._generated.management.names_page import Ui_NamesPage
from deskoffice.domain.errors import DeskOfficeError, InvalidDraft
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.desk import Desk, Page
from deskoffice.ui.forms import FormBinding
from deskoffice.usecases import settings
from deskoffice.usecases.messages import sentence
from deskoffice.usecases.settings import OfficeSettings


class NamesPage(Page):
    """Four names; papers made before keep theirs."""

    help_topic = "officers"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._ui = Ui_NamesPage()
        self._ui.setupUi(self)
        self._form = FormBinding(self, OfficeSettings)
        self._ui.savePushButton.clicked.connect(self.save)
        QShortcut(QKeySequence("Ctrl+S"), self, self.save)

    def refresh(self) -> None:
        """Read the names."""
        office = self.desk.office
        self.desk.jobs.run(lambda _: settings.read_settings(office), self, done=self._form.show)

    def save(self) -> None:
        """Store them."""
        typed, office = self._form.read(), self.desk.office
        self.desk.jobs.run(
            lambda _: settings.save_settings(office, typed), self, done=self._on_saved, failed=self._on_failed
        )

    def _on_saved(self, result: None) -> None:
        del result
        self._form.show_problems({})
        show_problem(self._ui.problemLabel, "")
        self.desk.tell(self.tr("单位名称已保存"))

    def _on_failed(self, error: DeskOfficeError) -> None:
        problems = error.problems if isinstance(error, InvalidDraft) else {}
        has_all = self._form.show_problems(problems)
        show_problem(self._ui.problemLabel, "" if problems and has_all else sentence(error))
