"""体检: everything stored is looked at; what is wrong is named, nothing is changed."""

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QWidget

from deskoffice._generated.management.check_page import Ui_CheckPage
from deskoffice.ui.desk import Desk, Page
from deskoffice.ui.jobs import Progress
from deskoffice.ui.management.long_work import LongWork, WorkBar
from deskoffice.ui.theme import mark
from deskoffice.usecases import checks
from deskoffice.usecases.check_words import line_in_words


class CheckPage(Page):
    """Anybody may run it."""

    help_topic = "officers"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._ui = Ui_CheckPage()
        self._ui.setupUi(self)
        ui = self._ui
        self._problems = QStringListModel(self)
        ui.problemsListView.setModel(self._problems)
        bar = WorkBar(ui.workFrame, ui.workLabel, ui.workProgressBar, ui.stopPushButton)
        self._work = LongWork(desk.jobs, bar, (ui.runPushButton,), failed=desk.refuse, parent=self)
        ui.runPushButton.clicked.connect(self.run)

    def run(self) -> None:
        """Look at everything."""
        office = self.desk.office

        def work(progress: Progress) -> list[str]:
            return checks.everything(office, progress.report)

        self._work.run(self.tr("正在体检"), work, done=self._show)

    def _show(self, found: list[str]) -> None:
        ui, count = self._ui, len(found)
        text = (
            self.tr("发现 %1 处问题，请马上做一次备份，再报告系统管理员。")
            if count
            else self.tr("没有发现问题，资料完好。")
        )
        ui.resultLabel.setText(text.replace("%1", f"{count:,}"))
        mark(ui.resultLabel, "grade", "overdue" if count else "done")
        self._problems.setStringList([line_in_words(line) for line in found])
        ui.problemsListView.setVisible(bool(count))
        ui.resultFrame.show()
