"""恢复演练: a set is restored into memory with the printed keys, looked through, and forgotten."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from deskoffice._generated.management.drill_dialog import Ui_DrillDialog
from deskoffice.domain.errors import DeskOfficeError
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.desk import Desk
from deskoffice.ui.files import choose_folder
from deskoffice.ui.jobs import Progress
from deskoffice.ui.management.long_work import LongWork, WorkBar
from deskoffice.ui.theme import mark
from deskoffice.ui.tree import descendants
from deskoffice.usecases import backup_report
from deskoffice.usecases.messages import problem, sentence


class DrillDialog(QDialog):
    """Which set, with which keys; the verdict stays until the dialog is closed."""

    def __init__(self, desk: Desk, drilled: Callable[[], None], *, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._drilled = desk, drilled
        self._ui = Ui_DrillDialog()
        self._ui.setupUi(self)
        ui = self._ui
        for button in descendants(self, QPushButton):
            button.setAutoDefault(False)
        bar = WorkBar(ui.workFrame, ui.workLabel, ui.workProgressBar, ui.stopPushButton)
        self._work = LongWork(desk.jobs, bar, (ui.drillPushButton,), failed=self._on_failed, parent=self)
        ui.sourcePushButton.clicked.connect(
            lambda: choose_folder(self, self.tr("案头 · 演练哪一套备份"), chosen=self.take_source)
        )
        ui.cancelPushButton.clicked.connect(self.reject)
        ui.drillPushButton.clicked.connect(self.drill)
        QShortcut(QKeySequence("Ctrl+Return"), self, ui.drillPushButton.click)

    def take_source(self, folder: Path) -> None:
        """The set to be tried."""
        self._ui.sourceLineEdit.setText(str(folder))

    def drill(self) -> None:
        """Do it."""
        ui, office = self._ui, self._desk.office
        source = ui.sourceLineEdit.text()
        keys = tuple(line.strip() for line in ui.keysPlainTextEdit.toPlainText().splitlines() if line.strip())
        for value, label in ((source, ui.sourceProblemLabel), (keys, ui.keysProblemLabel)):
            show_problem(label, "" if value else problem("required"))
        if not (source and keys):
            return
        show_problem(ui.problemLabel, "")

        def work(progress: Progress) -> tuple[str, ...]:
            return backup_report.drill(office, Path(source), keys, progress.report)

        self._work.run(self.tr("正在内存里恢复"), work, done=self._on_drilled)

    def _on_drilled(self, bad: tuple[str, ...]) -> None:
        ui = self._ui
        # The keys open every backup of the office: they leave the screen with the last use.
        ui.keysPlainTextEdit.clear()
        text = self.tr("演练通过：这套备份能完整恢复，每一页、每一份文件都检查过了。内存里的副本已清除。")
        if bad:
            text = self.tr("演练没有通过：%1。请另做一套备份，并保留这一套待查。").replace("%1", "、".join(bad))
        show_problem(ui.resultLabel, text)
        mark(ui.resultLabel, "grade", "overdue" if bad else "done")
        self._drilled()

    def _on_failed(self, error: DeskOfficeError) -> None:
        show_problem(self._ui.problemLabel, sentence(error))
