"""办理时效: with whom papers lie for how long, the hops of the chosen line below, and the way of one paper on paper."""

from datetime import date, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from deskoffice._generated.circulation.dwell_page import Ui_DwellPage
from deskoffice.domain.dwell import By, DwellRow, span_text
from deskoffice.domain.values import Classification, secrecy_mark
from deskoffice.ui.dates import day_text
from deskoffice.ui.desk import Desk, Page
from deskoffice.ui.files import choose_target
from deskoffice.ui.jobs import Progress
from deskoffice.ui.papers import show_paper
from deskoffice.ui.text_table import TextModel, show_in
from deskoffice.usecases import dwell, hop_ledger, print_ledger
from deskoffice.usecases.dwell import Dwelling, NamedHop
from deskoffice.usecases.words import word

SAMPLES = ("", "8,888", "88天88小时", "888天88小时", "8,888", "100％", "8,888", "888天88小时")
HOP_HEADINGS = ("停留", "超期", "环节", "文件", "密级", "经手", "期限", "状态")
HOP_SAMPLES = ("888天88小时", "888 天", "会签", "", "机密★20年", "东江县应急管理局", "2026年12月31日", "还在手里")
MONTHS = 6
TALL = 3, 2
"""Shares of the height: the table above, the hops below."""


class DwellPage(Page):
    """A month, a quarter or a year; Enter on a line below opens the paper."""

    help_topic = "incoming"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._by = By.PERSON
        self._ui = Ui_DwellPage()
        self._ui.setupUi(self)
        ui, tokens, today = self._ui, desk.tokens, desk.office.today()
        self._rows = TextModel[DwellRow](
            dwell.HEADERS, dwell.cells, colour=lambda row: tokens.overdue if row.late else tokens.text, parent=self
        )
        self._hops = TextModel[NamedHop](
            HOP_HEADINGS,
            lambda one: _hop_cells(one, today),
            colour=lambda one: tokens.overdue if one.hop.late_days else tokens.text,
            parent=self,
        )
        show_in(ui.dwellTableView, self._rows, SAMPLES, stretch=0, tokens=tokens)
        show_in(ui.hopsTableView, self._hops, HOP_SAMPLES, stretch=3, tokens=tokens)
        ui.splitter.setStretchFactor(0, TALL[0])
        ui.splitter.setStretchFactor(1, TALL[1])
        self._spans = spans(today)
        ui.periodComboBox.addItems([name for name, _, _ in self._spans])
        self._connect()

    def _connect(self) -> None:
        ui = self._ui
        for chip, by in ((ui.personPushButton, By.PERSON), (ui.unitPushButton, By.UNIT), (ui.kindPushButton, By.KIND)):
            chip.clicked.connect(partial(self._turn, by))
        ui.periodComboBox.currentIndexChanged.connect(self.refresh)
        ui.dwellTableView.selectionModel().currentRowChanged.connect(lambda *_: self._read_hops())
        ui.latePushButton.toggled.connect(lambda *_: self._read_hops())
        ui.hopsTableView.activated.connect(self._on_open_clicked)
        ui.openPushButton.clicked.connect(self._on_open_clicked)
        ui.wayPushButton.clicked.connect(self._on_way_clicked)
        ui.printPushButton.clicked.connect(self._on_print_clicked)
        ui.sheetPushButton.clicked.connect(self._on_sheet_clicked)
        ui.ledgerPushButton.clicked.connect(self._on_ledger_clicked)
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Ctrl+P"), self, ui.printPushButton.click, context=inside)

    def _span(self) -> tuple[date, date]:
        _, first, last = self._spans[max(self._ui.periodComboBox.currentIndex(), 0)]
        return first, last

    def _turn(self, by: By) -> None:
        self._by = by
        self.refresh()

    def refresh(self) -> None:
        """Reckon again."""
        office, by, (first, last) = self.desk.office, self._by, self._span()
        self.desk.jobs.run(lambda _: dwell.table(office, first, last, by), self, done=self._show)

    def _show(self, found: Dwelling) -> None:
        ui = self._ui
        self._rows.show_rows(found.rows)
        ui.summaryLabel.setText(dwell.speed(found))
        ui.listStack.setCurrentWidget(ui.splitter if found.rows else ui.emptyFrame)
        for button in (
            ui.wayPushButton,
            ui.openPushButton,
            ui.printPushButton,
            ui.sheetPushButton,
            ui.ledgerPushButton,
        ):
            button.setEnabled(bool(found.rows))
        if found.rows:
            ui.dwellTableView.setCurrentIndex(self._rows.index(0, 0))
        else:
            self.show_level(Classification.PUBLIC)

    def _read_hops(self) -> None:
        row = self._rows.row(self._ui.dwellTableView.currentIndex().row())
        if row is None:
            return
        office, late_only = self.desk.office, self._ui.latePushButton.isChecked()
        self._ui.hopsLabel.setText(
            self.tr("%1 经手 %2 件，停留久的在前").replace("%1", row.name).replace("%2", str(len(row.hops)))
        )
        self.desk.jobs.run(lambda _: dwell.named(office, row, late_only=late_only), self, done=self._show_hops)

    def _show_hops(self, hops: tuple[NamedHop, ...]) -> None:
        self._hops.show_rows(hops)
        self.show_level(max((one.matter.level for one in hops), default=Classification.PUBLIC))
        if hops:
            self._ui.hopsTableView.setCurrentIndex(self._hops.index(0, 0))

    def _chosen(self) -> NamedHop | None:
        return self._hops.row(self._ui.hopsTableView.currentIndex().row())

    def _on_open_clicked(self) -> None:
        if (one := self._chosen()) is not None:
            self.desk.open_matter(one.matter)

    def _on_way_clicked(self) -> None:
        if (one := self._chosen()) is not None:
            matter_id = one.matter.id
            show_paper(self.desk, lambda office: dwell.way_of(office, matter_id), parent=self.window())

    def _on_print_clicked(self) -> None:
        (first, last), by = self._span(), self._by
        show_paper(self.desk, lambda office: dwell.paper(office, first, last, by, "pdf"), parent=self.window())

    def _on_ledger_clicked(self) -> None:
        first, last = self._span()
        show_paper(self.desk, lambda office: hop_ledger.paper(office, first, last, "pdf"), parent=self.window())

    def _on_sheet_clicked(self) -> None:
        first, last = self._span()
        name = f"办理时效表{first:%Y%m%d}-{last:%Y%m%d}.xlsx"
        choose_target(self, self.tr("案头 · 存为表格"), name=name, chosen=self._save_sheet)

    def _save_sheet(self, target: Path) -> None:
        office, by, (first, last) = self.desk.office, self._by, self._span()

        def work(progress: Progress) -> str:
            del progress
            return print_ledger.save(office, dwell.paper(office, first, last, by, "xlsx"), target)

        told = self.tr("已存为 %1，文件没有加密，追踪码 %2").replace("%1", target.name)
        self.desk.jobs.run(work, self, done=lambda code: self.desk.tell(told.replace("%2", code)))


def _hop_cells(one: NamedHop, today: date) -> tuple[str, ...]:
    hop, paper = one.hop, one.matter
    return (
        span_text(hop.minutes),
        f"{hop.late_days} 天" if hop.late_days else "",
        word(hop.kind),
        "　".join(part for part in (paper.title, paper.document_number or paper.number) if part),
        secrecy_mark(paper.level, paper.secrecy_years),
        hop.person or hop.unit,
        day_text(hop.due_on, today) if hop.due_on else "",
        "还在手里" if hop.is_open else "",
    )


def spans(today: date) -> list[tuple[str, date, date]]:
    """The running month first, then the months before, the running quarter and the year."""
    found: list[tuple[str, date, date]] = []
    last = _month_end(today)
    for _ in range(MONTHS):
        first = last.replace(day=1)
        found.append((f"{first.year}年{first.month}月", first, last))
        last = first - timedelta(days=1)
    quarter = (today.month - 1) // 3
    first = date(today.year, quarter * 3 + 1, 1)
    found.append(
        (f"{today.year}年第{'一二三四'[quarter]}季度", first, _month_end(date(today.year, quarter * 3 + 3, 1)))
    )
    found.append((f"{today.year}年全年", date(today.year, 1, 1), date(today.year, 12, 31)))
    return found


def _month_end(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1) - timedelta(days=1)
