"""从备份恢复: a set becomes a new vault; needs the keys from the safe and nobody logged in."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from deskoffice._generated.management.restore_dialog import Ui_RestoreDialog
from deskoffice.domain.errors import DeskOfficeError
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.files import choose_folder
from deskoffice.ui.jobs import Jobs, Progress
from deskoffice.ui.management.long_work import LongWork, WorkBar
from deskoffice.ui.theme import mark
from deskoffice.usecases import backups
from deskoffice.usecases.messages import problem, sentence


class RestoreDialog(QDialog):
    """Where from, where to, with which keys. It asks for no office, so the log-in page can open it too."""

    restored = Signal(object)
    """The folder of the new vault."""

    def __init__(self, jobs: Jobs, *, parent: QWidget, target: Path | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._ui = Ui_RestoreDialog()
        self._ui.setupUi(self)
        ui = self._ui
        ui.targetLineEdit.setText(str(target or ""))
        bar = WorkBar(ui.workFrame, ui.workLabel, ui.workProgressBar, ui.stopPushButton)
        self._work = LongWork(jobs, bar, (ui.restorePushButton,), failed=self._on_failed, parent=self)
        ui.sourcePushButton.clicked.connect(
            lambda: choose_folder(self, self.tr("案头 · 备份在哪里"), chosen=self.take_source)
        )
        ui.targetPushButton.clicked.connect(
            lambda: choose_folder(self, self.tr("案头 · 恢复到哪里"), chosen=self.take_target)
        )
        ui.cancelPushButton.clicked.connect(self.reject)
        ui.restorePushButton.clicked.connect(self.restore)

    def take_source(self, folder: Path) -> None:
        """The set to be restored."""
        self._ui.sourceLineEdit.setText(str(folder))

    def take_target(self, folder: Path) -> None:
        """Where the new vault is to be."""
        self._ui.targetLineEdit.setText(str(folder))

    def restore(self) -> None:
        """Do it; a stopped or failed run leaves no vault behind."""
        ui = self._ui
        source, target = ui.sourceLineEdit.text(), ui.targetLineEdit.text()
        keys = tuple(line.strip() for line in ui.keysPlainTextEdit.toPlainText().splitlines() if line.strip())
        labels = ((source, ui.sourceProblemLabel), (target, ui.targetProblemLabel), (keys, ui.keysProblemLabel))
        for value, label in labels:
            show_problem(label, "" if value else problem("required"))
        if not (source and target and keys):
            return
        show_problem(ui.problemLabel, "")

        def work(progress: Progress) -> Path:
            backups.restore(Path(source), Path(target), keys, progress.report)
            return Path(target)

        self._work.run(self.tr("正在恢复"), work, done=self._on_restored)

    def _on_restored(self, folder: Path) -> None:
        ui = self._ui
        # The keys open every backup of the office: they leave the screen with the last use.
        ui.keysPlainTextEdit.clear()
        text = self.tr("已恢复到“%1”，口令是备份那天的。请核对无误后由系统管理员换用。")
        show_problem(ui.resultLabel, text.replace("%1", folder.name))
        mark(ui.resultLabel, "grade", "done")
        self.restored.emit(folder)

    def _on_failed(self, error: DeskOfficeError) -> None:
        show_problem(self._ui.problemLabel, sentence(error))
