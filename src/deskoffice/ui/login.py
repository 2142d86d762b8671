"""The first page: the office's name and nothing about its contents."""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from deskoffice._generated.login import Ui_LoginPage
from deskoffice.domain.errors import DeskOfficeError
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.files import ANY_FILE, choose_files
from deskoffice.ui.jobs import Jobs, Progress
from deskoffice.ui.recovery_dialog import RecoveryDialog
from deskoffice.usecases.messages import sentence
from deskoffice.usecases.office import HeldKeys, prove_person


class LoginPage(QWidget):
    """Asks who it is. One message for everything that is wrong; after failures a wait, told in seconds."""

    proved = Signal(object)
    """HeldKeys: the password was right, and has left this page."""

    def __init__(self, jobs: Jobs, vault_folder: Path) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(self.tr("案头 · 登录"))
        self._jobs, self._folder = jobs, vault_folder
        self._key_file: Path | None = None
        self._seconds = 0
        self._ui = Ui_LoginPage()
        self._ui.setupUi(self)
        self._countdown = QTimer(self, interval=1000)
        self._countdown.timeout.connect(self._on_second)
        self._ui.officeLabel.setText(self.tr("案头"))
        self._ui.productLabel.setText(self.tr("公文、用印与会议"))
        self._ui.loginPushButton.clicked.connect(self._on_login_clicked)
        self._ui.loginLineEdit.returnPressed.connect(self._ui.passwordLineEdit.setFocus)
        self._ui.passwordLineEdit.returnPressed.connect(self._on_login_clicked)
        self._ui.keyFilePushButton.clicked.connect(self._on_key_file_clicked)
        self._ui.recoverPushButton.clicked.connect(lambda: RecoveryDialog(jobs, vault_folder, parent=self).open())
        self._ui.loginLineEdit.setFocus()

    def _on_login_clicked(self) -> None:
        login, password = self._ui.loginLineEdit.text().strip(), self._ui.passwordLineEdit.text()
        if not self._ui.loginPushButton.isEnabled() or not login or not password:
            return
        self._ui.passwordLineEdit.clear()
        self._set_waiting(self.tr("正在打开…"))
        show_problem(self._ui.problemLabel, "")
        folder, key_file = self._folder, self._key_file

        def work(progress: Progress) -> HeldKeys:
            del progress
            return prove_person(folder, login, password, key_file=key_file)

        self._jobs.run(work, self, done=self.proved.emit, failed=self.refuse)

    def wait(self) -> None:
        """While the vault is opened with keys that are there already."""
        self._set_waiting(self.tr("正在打开…"))

    def _set_waiting(self, text: str) -> None:
        self._ui.loginPushButton.setText(text)
        self._ui.loginPushButton.setEnabled(False)

    def _set_ready(self) -> None:
        self._ui.loginPushButton.setText(self.tr("登录"))
        self._ui.loginPushButton.setEnabled(True)
        self._ui.passwordLineEdit.setFocus()

    def refuse(self, error: DeskOfficeError) -> None:
        """Say why it was not opened; after failures with the wait."""
        show_problem(self._ui.problemLabel, sentence(error))
        seconds = error.values.get("seconds")
        if isinstance(seconds, int) and seconds > 0:
            self._seconds = seconds
            self._countdown.start()
            self._on_second()
        else:
            self._set_ready()

    def _on_second(self) -> None:
        if self._seconds <= 0:
            self._countdown.stop()
            show_problem(self._ui.problemLabel, "")
            self._set_ready()
            return
        self._set_waiting(self.tr("请等 %1 秒").replace("%1", str(self._seconds)))
        self._seconds -= 1

    def _on_key_file_clicked(self) -> None:
        choose_files(self, self.tr("案头 · 选择密钥文件"), self._take_key_file, name_filter=ANY_FILE)

    def _take_key_file(self, paths: list[Path]) -> None:
        self._key_file = paths[0] if paths else None
        if self._key_file is not None:
            self._ui.keyFilePushButton.setText(self.tr("密钥文件：%1").replace("%1", self._key_file.name))
