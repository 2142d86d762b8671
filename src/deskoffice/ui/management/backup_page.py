"""备份与恢复: make a set, prove one, and see what became of the last ones."""

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QWidget

from deskoffice._generated.management.backup_page import Ui_BackupPage
from deskoffice.domain.matters import Changes
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.dates import moment_text
from deskoffice.ui.desk import Desk, Page
from deskoffice.ui.files import choose_folder
from deskoffice.ui.jobs import Progress
from deskoffice.ui.management.drill_dialog import DrillDialog
from deskoffice.ui.management.long_work import LongWork, WorkBar
from deskoffice.ui.management.restore_dialog import RestoreDialog
from deskoffice.ui.text_table import EmptyNote, TextModel, show_in
from deskoffice.ui.theme import mark
from deskoffice.usecases import backup_report, log_lines
from deskoffice.usecases.backup_report import MadeBackup, ProvedBackup
from deskoffice.usecases.log_lines import LogLine


class BackupPage(Page):
    """Everybody may make a backup: it only encrypts."""

    help_topic = "security"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._ui = Ui_BackupPage()
        self._ui.setupUi(self)
        ui, today = self._ui, desk.office.today()
        self._history: TextModel[LogLine] = TextModel(
            ("时间", "结果", "备份", "经手人"), lambda line: _cells(line, today), parent=self
        )
        widths = ("2026年11月23日 08:30", "备份回读不符", "", "欧阳建国")
        show_in(ui.historyTableView, self._history, widths, stretch=2, tokens=desk.tokens)
        EmptyNote(
            ui.historyTableView,
            self.tr("还没有做过备份。点右上角“现在备份”，选已登记的 U 盘或移动硬盘；写完会自动回读验证。"),
        )
        bar = WorkBar(ui.workFrame, ui.workLabel, ui.workProgressBar, ui.stopPushButton)
        self._work = LongWork(
            desk.jobs, bar, (ui.backupPushButton, ui.verifyPushButton), failed=desk.refuse, parent=self
        )
        ui.restorePushButton.clicked.connect(lambda: RestoreDialog(desk.jobs, parent=self.window()).open())
        ui.drillPushButton.clicked.connect(lambda: DrillDialog(desk, self.refresh, parent=self.window()).open())
        ui.backupPushButton.clicked.connect(
            lambda: choose_folder(self.window(), self.tr("案头 · 备份到哪里"), chosen=self.back_up)
        )
        ui.verifyPushButton.clicked.connect(
            lambda: choose_folder(self.window(), self.tr("案头 · 验证哪一套备份"), chosen=self.verify)
        )

    def refresh(self) -> None:
        """The last backups."""
        office = self.desk.office
        self.desk.jobs.run(lambda _: log_lines.backups(office), self, done=self._history.show_rows)

    def start_new(self) -> None:
        """Ctrl+N backs up."""
        self._ui.backupPushButton.click()

    def back_up(self, folder: Path) -> None:
        """Write a set into a folder and read it back."""
        office = self.desk.office

        def work(progress: Progress) -> MadeBackup:
            return backup_report.make(office, folder, progress.report)

        self._work.run(self.tr("正在备份"), work, done=self._on_made)

    def verify(self, folder: Path) -> None:
        """Read a set back."""

        def work(progress: Progress) -> ProvedBackup:
            return backup_report.prove(folder, progress.report)

        self._work.run(self.tr("正在回读"), work, done=self._on_proved)

    def _on_made(self, made: MadeBackup) -> None:
        size = f"{made.size / 1024 / 1024:,.1f} MB"
        text = self.tr("备份完成，已回读验证：%1，%2，用时 %3 秒。请登记后离机保管。")
        for place, value in (("%1", made.name), ("%2", size), ("%3", f"{made.seconds:.0f}")):
            text = text.replace(place, value)
        self._tell(text, is_good=True)
        self.refresh()
        # The status bar shows the last proven backup.
        self.desk.note(Changes())

    def _on_proved(self, proved: ProvedBackup) -> None:
        if proved.is_good:
            self._tell(self.tr("这套备份完好，每个分卷都读回来了。"), is_good=True)
        else:
            text = self.tr("这套备份有损坏，不能再指望它：%1。请马上另做一套。")
            self._tell(text.replace("%1", "、".join(proved.bad)), is_good=False)

    def _tell(self, text: str, *, is_good: bool) -> None:
        show_problem(self._ui.resultLabel, text)
        mark(self._ui.resultLabel, "grade", "done" if is_good else "overdue")
        self._ui.resultFrame.show()


def _cells(line: LogLine, today: date) -> tuple[str, ...]:
    return moment_text(line.at, today), line.what, line.subject.removeprefix("备份 "), line.who
