"""口令到期: between log-in and the window, when a password has run out or a key file is missing."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from deskoffice._generated.password_due import Ui_PasswordDue
from deskoffice.domain.errors import DeskOfficeError, InvalidDraft
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.files import ANY_FILE, choose_files, choose_target
from deskoffice.ui.jobs import Jobs
from deskoffice.usecases import passwords
from deskoffice.usecases.messages import problem, sentence
from deskoffice.usecases.office import Office
from deskoffice.usecases.passwords import PasswordChange, Standing
from deskoffice.usecases.rules_told import rule_told


class PasswordDue(QWidget):
    """One thing to do, and the way out; nothing of the office is shown yet."""

    settled = Signal()
    leaving = Signal()

    def __init__(self, jobs: Jobs, office: Office, standing: Standing) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(self.tr("案头 · 口令"))
        self._jobs, self._office, self._standing = jobs, office, standing
        self._key_file: Path | None = None
        self._ui = Ui_PasswordDue()
        self._ui.setupUi(self)
        ui = self._ui
        ui.ruleLabel.setText(rule_told(standing.rule))
        self._begin()
        ui.savePushButton.clicked.connect(self.save)
        ui.leavePushButton.clicked.connect(self.leaving)
        ui.keyFilePushButton.clicked.connect(self._on_key_file_clicked)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.save)
        # The two lines of a new password are not there when only a key file is missing.
        ui.oldLineEdit.returnPressed.connect(ui.newLineEdit.setFocus if standing.must_change else self.save)
        ui.newLineEdit.returnPressed.connect(ui.againLineEdit.setFocus)
        ui.againLineEdit.returnPressed.connect(self.save)
        ui.oldLineEdit.setFocus()

    def _begin(self) -> None:
        ui = self._ui
        is_about_password = self._standing.must_change
        ui.newWidget.setVisible(is_about_password)
        ui.keyFilePushButton.setVisible(is_about_password and self._standing.has_key_file)
        if is_about_password:
            ui.reasonLabel.setText(self.tr("您的口令已到期，或是由管理员代设的。改好后进入，资料都在。"))
            return
        ui.titleLabel.setText(self.tr("请先制作密钥文件"))
        ui.reasonLabel.setText(
            self.tr("您的涉密等级要求密钥文件。插好自己的介质，把密钥文件写进去；以后登录时口令和介质缺一不可。")
        )
        ui.savePushButton.setText(self.tr("写到介质…"))

    def save(self) -> None:
        """Change the password, or write the key file."""
        if not self._standing.must_change:
            choose_target(self, self.tr("案头 · 密钥文件写到哪里"), name="案头密钥.key", chosen=self.make_key_file)
            return
        ui, office, key_file = self._ui, self._office, self._key_file
        typed = PasswordChange(ui.oldLineEdit.text(), ui.newLineEdit.text(), ui.againLineEdit.text())
        ui.savePushButton.setEnabled(False)
        self._jobs.run(
            lambda _: passwords.change(office, typed, key_file), self, done=self._on_saved, failed=self._on_failed
        )

    def make_key_file(self, target: Path) -> None:
        """Write it; from the next log-in on it is asked for."""
        office, password = self._office, self._ui.oldLineEdit.text()
        self._ui.savePushButton.setEnabled(False)
        self._jobs.run(
            lambda _: passwords.make_key_file(office, password, target),
            self,
            done=self._on_saved,
            failed=self._on_failed,
        )

    def _on_saved(self, result: None) -> None:
        del result
        for line in (self._ui.oldLineEdit, self._ui.newLineEdit, self._ui.againLineEdit):
            line.clear()
        self.settled.emit()

    def _on_failed(self, error: DeskOfficeError) -> None:
        ui = self._ui
        ui.savePushButton.setEnabled(True)
        problems = error.problems if isinstance(error, InvalidDraft) else {}
        labels = {"old": ui.oldProblemLabel, "new": ui.newProblemLabel, "again": ui.againProblemLabel}
        for name, label in labels.items():
            show_problem(label, problem(problems[name]) if name in problems else "")
        show_problem(ui.problemLabel, "" if problems else sentence(error))

    def _on_key_file_clicked(self) -> None:
        choose_files(self, self.tr("案头 · 选择密钥文件"), self._take_key_file, name_filter=ANY_FILE)

    def _take_key_file(self, paths: list[Path]) -> None:
        self._key_file = paths[0] if paths else None
        if self._key_file is not None:
            self._ui.keyFilePushButton.setText(self.tr("密钥文件：%1").replace("%1", self._key_file.name))
