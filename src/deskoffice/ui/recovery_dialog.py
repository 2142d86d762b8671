"""用恢复份额恢复: two keepers type their shares, and the person who forgot the password sets a new one."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from deskoffice._generated.recovery_dialog import Ui_RecoveryDialog
from deskoffice.domain.errors import DeskOfficeError, InvalidDraft
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.jobs import Jobs
from deskoffice.ui.theme import mark
from deskoffice.usecases import recovering
from deskoffice.usecases.messages import problem, sentence
from deskoffice.usecases.recovering import RecoveryDraft


class RecoveryDialog(QDialog):
    """Opened from the log-in page, where nobody is logged in yet."""

    def __init__(self, jobs: Jobs, folder: Path, *, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._jobs, self._folder = jobs, folder
        self._ui = Ui_RecoveryDialog()
        self._ui.setupUi(self)
        self._problem_labels = {
            "first_share": self._ui.firstShareProblemLabel,
            "second_share": self._ui.secondShareProblemLabel,
            "login": self._ui.loginProblemLabel,
            "new_password": self._ui.newPasswordProblemLabel,
            "repeated": self._ui.repeatedProblemLabel,
        }
        self._ui.cancelPushButton.clicked.connect(self.reject)
        self._ui.resetPushButton.clicked.connect(self._on_reset_clicked)

    def _on_reset_clicked(self) -> None:
        ui, folder = self._ui, self._folder
        draft = RecoveryDraft(
            first_share=ui.firstSharePlainTextEdit.toPlainText(),
            second_share=ui.secondSharePlainTextEdit.toPlainText(),
            login=ui.loginLineEdit.text(),
            new_password=ui.newPasswordLineEdit.text(),
            repeated=ui.repeatedLineEdit.text(),
        )
        for label in (*self._problem_labels.values(), ui.problemLabel):
            show_problem(label, "")
        ui.resetPushButton.setEnabled(False)
        self._jobs.run(
            lambda _: recovering.reset_password(folder, draft), self, done=self._on_reset, failed=self._on_failed
        )

    def _on_reset(self, _: None) -> None:
        # Two shares together open everything: they leave the screen with their use.
        self._ui.firstSharePlainTextEdit.clear()
        self._ui.secondSharePlainTextEdit.clear()
        self._ui.newPasswordLineEdit.clear()
        self._ui.repeatedLineEdit.clear()
        show_problem(
            self._ui.problemLabel, self.tr("新口令已设好，请关闭本窗口用新口令登录；用过的份额请按规定重新密封。")
        )
        mark(self._ui.problemLabel, "grade", "done")
        self._ui.cancelPushButton.setText(self.tr("关闭"))

    def _on_failed(self, error: DeskOfficeError) -> None:
        self._ui.resetPushButton.setEnabled(True)
        if isinstance(error, InvalidDraft):
            for name, code in error.problems.items():
                show_problem(self._problem_labels[name], problem(code))
        else:
            show_problem(self._ui.problemLabel, sentence(error))
