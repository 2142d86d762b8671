"""修改口令: of the person who is logged in, and the key file that stands beside it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from deskoffice._generated.management.password_page import Ui_PasswordPage
from deskoffice.domain.errors import DeskOfficeError, InvalidDraft
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.desk import Desk, Page
from deskoffice.ui.files import ANY_FILE, choose_files, choose_target
from deskoffice.ui.forms import FormBinding
from deskoffice.usecases import passwords
from deskoffice.usecases.messages import problem, sentence
from deskoffice.usecases.office import Office
from deskoffice.usecases.passwords import PasswordChange, Standing
from deskoffice.usecases.rules_told import rule_told

EMPTY = PasswordChange("", "", "")
Chosen = Callable[[list[Path]], None]
KeyWork = Callable[[Office, str], None]


class PasswordPage(Page):
    """The password of today, and the new one twice; below it the key file is made or given up."""

    help_topic = "security"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._key_file: Path | None = None
        self._ui = Ui_PasswordPage()
        self._ui.setupUi(self)
        self._form = FormBinding(self, PasswordChange)
        self._connect()

    def _connect(self) -> None:
        ui = self._ui
        ui.savePushButton.clicked.connect(self.save)
        ui.oldLineEdit.returnPressed.connect(ui.newLineEdit.setFocus)
        ui.newLineEdit.returnPressed.connect(ui.againLineEdit.setFocus)
        ui.againLineEdit.returnPressed.connect(self.save)
        ui.keyFilePushButton.clicked.connect(lambda: self._choose(self._take_key_file))
        ui.makeKeyFilePushButton.clicked.connect(
            lambda: choose_target(
                self.window(), self.tr("案头 · 密钥文件写到哪里"), name="案头密钥.key", chosen=self.make_key_file
            )
        )
        ui.dropKeyFilePushButton.clicked.connect(
            lambda: self._choose(lambda paths: self.drop_key_file(paths[0]) if paths else None)
        )

    def _choose(self, chosen: Chosen) -> None:
        choose_files(self.window(), self.tr("案头 · 选择密钥文件"), chosen, name_filter=ANY_FILE)

    def refresh(self) -> None:
        """What the rule asks, and whether a key file is needed."""
        office = self.desk.office
        self.desk.jobs.run(lambda _: passwords.standing(office), self, done=self._show_standing)

    def _show_standing(self, standing: Standing) -> None:
        ui, ends = self._ui, standing.runs_out_on
        until = f"现在的口令用到 {ends:%Y年%-m月%-d日} 为止。" if ends is not None else ""
        ui.ruleLabel.setText(rule_told(standing.rule) + until)
        ui.keyFilePushButton.setVisible(standing.has_key_file)
        ui.makeKeyFilePushButton.setVisible(not standing.has_key_file)
        ui.dropKeyFilePushButton.setVisible(standing.has_key_file and not standing.rule.needs_key_file)
        has, none = (
            self.tr("已启用：登录时口令和密钥文件缺一不可。介质随身保管；丢了要凭两份恢复份额重设。"),
            self.tr("没有启用。密钥文件写在自己的介质上，登录时插入；拿到硬盘的人没有它，就无从猜口令。"),
        )
        ui.keyFileStateLabel.setText(has if standing.has_key_file else none)

    def _typed(self) -> PasswordChange:
        """As typed: blanks at the ends belong to a password."""
        ui = self._ui
        return PasswordChange(ui.oldLineEdit.text(), ui.newLineEdit.text(), ui.againLineEdit.text())

    def save(self) -> None:
        """Change it; what was typed is wiped when it is done."""
        typed, office, key_file = self._typed(), self.desk.office, self._key_file
        self._ui.savePushButton.setEnabled(False)
        self.desk.jobs.run(
            lambda _: passwords.change(office, typed, key_file), self, done=self._on_saved, failed=self._on_failed
        )

    def make_key_file(self, target: Path) -> None:
        """Write it to a stick; from the next log-in on it is asked for."""
        told = self.tr("密钥文件已写好，下次登录时和口令一起用")
        self._key_job(lambda office, password: passwords.make_key_file(office, password, target), told)

    def drop_key_file(self, key_file: Path) -> None:
        """From the next log-in on the password alone is enough."""
        told = self.tr("已取消，下次登录只用口令；请销毁介质上的密钥文件")
        self._key_job(lambda office, password: passwords.drop_key_file(office, password, key_file), told)

    def _key_job(self, work: KeyWork, told: str) -> None:
        office, password = self.desk.office, self._ui.keyPasswordLineEdit.text()
        self._ui.keyPasswordLineEdit.clear()
        show_problem(self._ui.keyPasswordProblemLabel, "")
        show_problem(self._ui.keyFileProblemLabel, "")

        def done(result: None) -> None:
            del result
            self.desk.forget_passwords(told)
            self.refresh()

        self.desk.jobs.run(lambda _: work(office, password), self, done=done, failed=self._on_key_failed)

    def _take_key_file(self, paths: list[Path]) -> None:
        self._key_file = paths[0] if paths else None
        if self._key_file is not None:
            self._ui.keyFilePushButton.setText(self.tr("密钥文件：%1").replace("%1", self._key_file.name))

    def _on_saved(self, result: None) -> None:
        del result
        self._ui.savePushButton.setEnabled(True)
        self._form.show(EMPTY)
        show_problem(self._ui.problemLabel, "")
        self.desk.forget_passwords(self.tr("口令已修改，下次登录用新口令"))
        self.refresh()

    def _on_failed(self, error: DeskOfficeError) -> None:
        self._ui.savePushButton.setEnabled(True)
        problems = error.problems if isinstance(error, InvalidDraft) else {}
        has_all = self._form.show_problems(problems)
        show_problem(self._ui.problemLabel, "" if problems and has_all else sentence(error))

    def _on_key_failed(self, error: DeskOfficeError) -> None:
        problems = error.problems if isinstance(error, InvalidDraft) else {}
        show_problem(self._ui.keyPasswordProblemLabel, problem(problems["old"]) if "old" in problems else "")
        show_problem(self._ui.keyFileProblemLabel, "" if problems else sentence(error))
