"""文号: every number of a series and year, reserved, void or missing, and why."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from deskoffice._generated.circulation.number_dialog import Ui_NumberDialog
from deskoffice._generated.circulation.numbers_page import Ui_NumbersPage
from deskoffice.domain.numbering import NumberState
from deskoffice.domain.values import Classification
from deskoffice.ui.dates import day_text
from deskoffice.ui.desk import Desk, Page
from deskoffice.ui.files import choose_target
from deskoffice.ui.jobs import Progress
from deskoffice.ui.management.record_form import RecordForm, Saving
from deskoffice.ui.papers import show_paper
from deskoffice.ui.text_table import TextModel, show_in
from deskoffice.usecases import numbering, print_ledger
from deskoffice.usecases.numbering import NumberReport, NumberRow, state_word
from deskoffice.usecases.office import Office

HEADINGS = ("文号", "状态", "文件", "日期", "说明")
SAMPLES = ("东政办发〔2026〕888号", "断号", "", "88月88日", "会议改期，不再印发，号码作废不用")
Shown = Callable[[NumberRow], bool]
SHOWN: dict[str, Shown] = {
    "all": lambda row: row.serial > 0,
    "gaps": lambda row: row.state is None,
    "reserved": lambda row: row.state is NumberState.RESERVED,
    "voided": lambda row: row.state is NumberState.VOID or (row.state is NumberState.ISSUED and bool(row.reason)),
}


@dataclass(frozen=True, slots=True)
class NumberTyped:
    """One field for each widget of the dialog."""

    count: int
    reason: str


class NumbersPage(Page):
    """One series and year at a time, the newest number on top."""

    help_topic = "outgoing"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._series: tuple[tuple[int, str], ...] = ()
        self._report: NumberReport | None = None
        self._shown = "all"
        self._ui = Ui_NumbersPage()
        self._ui.setupUi(self)
        today = desk.office.today()
        self._model = TextModel[NumberRow](
            HEADINGS,
            lambda row: (
                row.text,
                state_word(row),
                row.paper,
                day_text(row.on, today) if row.on else "",
                row.reason or ("未说明" if row.state is None else ""),
            ),
            colour=lambda row: desk.tokens.overdue if row.state is None else desk.tokens.text,
            parent=self,
        )
        show_in(self._ui.numbersTableView, self._model, SAMPLES, stretch=2, tokens=desk.tokens)
        self._connect()

    def _connect(self) -> None:
        ui = self._ui
        chips = {"all": ui.allPushButton, "gaps": ui.gapsPushButton}
        chips |= {"reserved": ui.reservedPushButton, "voided": ui.voidedPushButton}
        self._chips = {key: (chip, chip.text()) for key, chip in chips.items()}
        for key, chip in chips.items():
            chip.setAccessibleName(chip.text())
            chip.clicked.connect(lambda _=False, name=key: self._show_only(name))
        ui.allPushButton.setChecked(True)
        ui.seriesComboBox.activated.connect(self._read)
        ui.yearComboBox.activated.connect(self._read)
        keeps = self.desk.actor.has(*numbering.KEEPERS)
        for button, act in (
            (ui.reservePushButton, self._on_reserve_clicked),
            (ui.voidPushButton, self._on_void_clicked),
        ):
            button.setVisible(keeps)
            button.clicked.connect(lambda _=False, do=act: do())
        ui.bookPushButton.clicked.connect(self._on_book_clicked)
        ui.sheetPushButton.clicked.connect(self._on_sheet_clicked)

    def refresh(self) -> None:
        """Read series and years once, then the numbers."""
        if self._series:
            self._read()
            return
        office = self.desk.office

        def work(progress: Progress) -> tuple[tuple[tuple[int, str], ...], tuple[int, ...]]:
            del progress
            series = numbering.series_of(office)
            return series, tuple(sorted({y for one, _ in series for y in numbering.years(office, one)}, reverse=True))

        self.desk.jobs.run(work, self, done=self._show_choices)

    def _show_choices(self, found: tuple[tuple[tuple[int, str], ...], tuple[int, ...]]) -> None:
        self._series, years = found
        self._ui.seriesComboBox.addItems([code for _, code in self._series])
        for year in years:
            self._ui.yearComboBox.addItem(f"{year}年", year)
        if self._series:
            self._read()

    def _chosen(self) -> tuple[int, int]:
        return self._series[self._ui.seriesComboBox.currentIndex()][0], int(self._ui.yearComboBox.currentData())

    def _read(self) -> None:
        office, (series_id, year) = self.desk.office, self._chosen()
        self.desk.jobs.run(lambda _: numbering.report(office, series_id, year), self, done=self._show)

    def _show(self, report: NumberReport) -> None:
        self._report = report
        text = self.tr("已用 %1，预留 %2，作废 %3，断号 %4")
        counts = [NumberState.ISSUED, NumberState.RESERVED, NumberState.VOID, None]
        for place, state in enumerate(counts, start=1):
            text = text.replace(f"%{place}", f"{report.count(state):,}")
        self._ui.summaryLabel.setText(text)
        for key, (chip, word) in self._chips.items():
            chip.setText(f"{word} {sum(map(SHOWN[key], report.rows)):,}")
        self._show_only(self._shown)
        self.show_level(max((row.level for row in report.rows), default=Classification.PUBLIC))

    def _show_only(self, key: str) -> None:
        self._shown = key
        rows = [row for row in self._report.rows if SHOWN[key](row)] if self._report else []
        self._model.show_rows(rows[::-1])
        ui = self._ui
        ui.listStack.setCurrentWidget(ui.numbersTableView if rows else ui.emptyFrame)
        if rows:
            ui.numbersTableView.setCurrentIndex(self._model.index(0, 0))

    def _on_reserve_clicked(self) -> None:
        series_id, year = self._chosen()

        def store(office: Office, typed: NumberTyped) -> object:
            return numbering.reserve(office, series_id, year, count=typed.count, reason=typed.reason)

        self._open(
            Saving("预留文号", "文号已预留", store, self._read), self._ui.seriesComboBox.currentText(), counts=True
        )

    def _on_void_clicked(self) -> None:
        row = self._model.row(self._ui.numbersTableView.currentIndex().row())
        if row is None:
            return
        if row.state in {NumberState.ISSUED, NumberState.VOID}:
            self.desk.tell(self.tr("%1 已经%2，不能再作废").replace("%1", row.text).replace("%2", state_word(row)))
            return
        series_id, year = self._chosen()

        def store(office: Office, typed: NumberTyped) -> object:
            numbering.void(office, series_id, year, serial=row.serial, reason=typed.reason)
            return row

        self._open(Saving("作废、说明断号", "已记下，号码不再使用", store, self._read), row.text, counts=False)

    def _open(self, saving: Saving[NumberTyped], about: str, *, counts: bool) -> None:
        ui = Ui_NumberDialog()
        form = RecordForm(self.desk, ui, NumberTyped(1, ""), saving=saving, parent=self.window())
        ui.matterLabel.setText(about)
        ui.countBlock.setVisible(counts)
        form.open()

    def _on_book_clicked(self) -> None:
        series_id, year = self._chosen()
        show_paper(self.desk, lambda office: numbering.export(office, series_id, year, "pdf"), parent=self.window())

    def _on_sheet_clicked(self) -> None:
        name = f"{self._ui.seriesComboBox.currentText()}断号报告{self._ui.yearComboBox.currentText()}.xlsx"
        choose_target(self, self.tr("案头 · 存为表格"), name=name, chosen=self._save_sheet)

    def _save_sheet(self, target: Path) -> None:
        office, (series_id, year) = self.desk.office, self._chosen()

        def work(progress: Progress) -> str:
            del progress
            return print_ledger.save(office, numbering.export(office, series_id, year, "xlsx"), target)

        told = self.tr("已存为 %1，文件没有加密，追踪码 %2").replace("%1", target.name)
        self.desk.jobs.run(work, self, done=lambda code: self.desk.tell(told.replace("%2", code)))
