"""精简文件: papers of each 代字 against last year's same days and the year's ceiling."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QPushButton, QSpinBox, QWidget

from deskoffice._generated.circulation.volume_page import Ui_VolumePage
from deskoffice._generated.circulation.volume_plan import Ui_VolumePlanDialog
from deskoffice.domain.errors import DeskOfficeError
from deskoffice.domain.quality import VolumeRow
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.desk import Desk, Page
from deskoffice.ui.files import choose_target
from deskoffice.ui.jobs import Progress
from deskoffice.ui.papers import show_paper
from deskoffice.ui.text_table import TextModel, show_in
from deskoffice.ui.tree import descendants
from deskoffice.usecases import print_ledger, volume
from deskoffice.usecases.messages import sentence

SAMPLES = ("", "8888", "8888（录入）", "+8888", "+888.8", "8888", "888.8", "已用八成以上")
MONTHS = 12


class VolumePage(Page):
    """One line for each series; what passes the ceiling is said in words and colour."""

    help_topic = "outgoing"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._ui = Ui_VolumePage()
        self._ui.setupUi(self)
        ui, today = self._ui, desk.office.today()
        tokens = desk.tokens
        self._model = TextModel[VolumeRow](
            volume.HEADERS,
            volume.cells,
            colour=lambda row: tokens.overdue if volume.warning(row).startswith("已") else tokens.text,
            parent=self,
        )
        show_in(ui.volumeTableView, self._model, SAMPLES, stretch=0, tokens=tokens)
        ui.untilDateEdit.setDate(QDate(today.year, today.month, today.day))
        ui.untilDateEdit.dateChanged.connect(self.refresh)
        ui.planPushButton.setVisible(desk.actor.has(*volume.PLANNERS))
        ui.planPushButton.clicked.connect(self._on_plan_clicked)
        ui.printPushButton.clicked.connect(self._on_print_clicked)
        ui.sheetPushButton.clicked.connect(self._on_sheet_clicked)
        ui.volumeTableView.doubleClicked.connect(self._on_plan_clicked)

    def _until(self) -> date:
        day = self._ui.untilDateEdit.date()
        return date(day.year(), day.month(), day.day())

    def refresh(self) -> None:
        """Count again."""
        office, until = self.desk.office, self._until()
        self.desk.jobs.run(lambda _: volume.rows(office, until), self, done=self._show)

    def _show(self, rows: tuple[VolumeRow, ...]) -> None:
        ui = self._ui
        self._model.show_rows(rows)
        issued, before = sum(row.issued for row in rows), sum(row.before for row in rows)
        text = self.tr("今年 %1 件，去年同期 %2 件，%3 件")
        for place, words in (("%1", f"{issued:,}"), ("%2", f"{before:,}"), ("%3", f"{issued - before:+,}")):
            text = text.replace(place, words)
        ui.summaryLabel.setText(text)
        ui.listStack.setCurrentWidget(ui.volumeTableView if rows else ui.emptyFrame)
        ui.planPushButton.setEnabled(bool(rows))
        if rows:
            ui.volumeTableView.setCurrentIndex(self._model.index(0, 0))

    def _on_plan_clicked(self) -> None:
        row = self._model.row(self._ui.volumeTableView.currentIndex().row())
        if row is not None and self.desk.actor.has(*volume.PLANNERS):
            VolumePlanDialog(self.desk, row, self._until().year, parent=self).open()

    def _on_print_clicked(self) -> None:
        until = self._until()
        show_paper(self.desk, lambda office: volume.paper(office, until, "pdf"), parent=self.window())

    def _on_sheet_clicked(self) -> None:
        name = f"精简文件情况表{self._until().year}.xlsx"
        choose_target(self, self.tr("案头 · 存为表格"), name=name, chosen=self._save_sheet)

    def _save_sheet(self, target: Path) -> None:
        until, office = self._until(), self.desk.office

        def work(progress: Progress) -> str:
            del progress
            return print_ledger.save(office, volume.paper(office, until, "xlsx"), target)

        told = self.tr("已存为 %1，文件没有加密，追踪码 %2").replace("%1", target.name)
        self.desk.jobs.run(work, self, done=lambda code: self.desk.tell(told.replace("%2", code)))


class VolumePlanDialog(QDialog):
    """The ceiling of one series for this year, and the months of the year before as they were."""

    def __init__(self, desk: Desk, row: VolumeRow, year: int, *, parent: VolumePage) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._row, self._year, self._page = desk, row, year, parent
        self._ui = Ui_VolumePlanDialog()
        self._ui.setupUi(self)
        ui = self._ui
        ui.matterLabel.setText(f"{row.code}　{year}年")
        ui.ceilingSpinBox.setValue(row.ceiling or 0)
        ui.monthsLabel.setText(self.tr("%1 年各月件数").replace("%1", str(year - 1)))
        ui.cancelPushButton.clicked.connect(self.reject)
        ui.donePushButton.clicked.connect(self._on_done_clicked)
        QShortcut(QKeySequence("Ctrl+Return"), self, self._on_done_clicked)
        for button in descendants(self, QPushButton):
            button.setAutoDefault(False)
        office = desk.office
        desk.jobs.run(lambda _: volume.baseline(office, row.series_id, year - 1), self, done=self._show)

    def _boxes(self) -> list[QSpinBox]:
        named = {box.objectName(): box for box in descendants(self, QSpinBox)}
        return [named[f"month{month}SpinBox"] for month in range(1, MONTHS + 1)]

    def _show(self, months: tuple[int, ...]) -> None:
        for box, count in zip(self._boxes(), months, strict=True):
            box.setValue(count)

    def _on_done_clicked(self) -> None:
        office, row, year = self._desk.office, self._row, self._year
        ceiling, months = self._ui.ceilingSpinBox.value() or None, [box.value() for box in self._boxes()]

        def work(progress: Progress) -> None:
            del progress
            volume.plan(office, year, {row.series_id: ceiling})
            if any(months):
                volume.type_baseline(office, row.series_id, year - 1, months)

        self._desk.jobs.run(work, self, done=self._on_done, failed=self._on_failed)

    def _on_done(self, nothing: None) -> None:
        del nothing
        self._desk.tell(self.tr("上限和去年件数已存"))
        self._page.refresh()
        self.accept()

    def _on_failed(self, error: DeskOfficeError) -> None:
        show_problem(self._ui.problemLabel, sentence(error))
