"""登记簿: the books of a year, looked at, printed bound, or taken out as a workbook."""

from pathlib import Path

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from deskoffice._generated.management.registers_page import Ui_RegistersPage
from deskoffice.domain.matters import ListPage, ListQuery, MatterRow, SortKey
from deskoffice.domain.people import Role
from deskoffice.domain.values import Classification
from deskoffice.ui.circulation.book_assistant import BookAssistant
from deskoffice.ui.desk import Desk, Page
from deskoffice.ui.files import choose_target
from deskoffice.ui.jobs import Jobs, Progress
from deskoffice.ui.paged_model import PagedModel, Slice
from deskoffice.ui.papers import show_paper
from deskoffice.ui.text_table import longest_of, show_in
from deskoffice.ui.theme import text_metrics
from deskoffice.usecases import ledgers, matters, print_ledger
from deskoffice.usecases.ledgers import REGISTERS, Register

TITLE = "标题（事由）"
SAMPLES = {
    "编号": "东政办发〔2026〕88号",
    "日期": "88-88",
    "来文字号": "东政办发〔2026〕88号",
    "密级": "机密★20年",
    "缓急": "特急",
    "期限": "88-88",
    "办理情况": "秘书科审核 核稿",
    "办结": "88-88",
}
WIDE = "东江市人民政府办公室"
GAP = 9
WIDE_TABLE = 1400
"""From this width on, long names have room beside the title."""


class LedgerModel(PagedModel[MatterRow]):
    """Rows of a register with its own columns."""

    def __init__(self, jobs: Jobs, register: Register, parent: QWidget) -> None:
        super().__init__(jobs, [header for header, _, _ in register.columns], parent)
        self._texts = [text for _, _, text in register.columns]

    def text(self, row: MatterRow, column: int) -> str:
        """The cell as the book prints it."""
        return self._texts[column](row)


class RegistersPage(Page):
    """One register and year at a time."""

    help_topic = "lists"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._model: LedgerModel | None = None
        self._ui = Ui_RegistersPage()
        self._ui.setupUi(self)
        ui = self._ui
        for key, register in REGISTERS.items():
            ui.registerComboBox.addItem(register.title, key)
        ui.yearSpinBox.setValue(desk.office.today().year)
        ui.registerComboBox.currentIndexChanged.connect(self.refresh)
        ui.yearSpinBox.valueChanged.connect(self.refresh)
        ui.bookPushButton.clicked.connect(self._on_book_clicked)
        ui.sheetPushButton.clicked.connect(self._on_sheet_clicked)
        ui.oldBookPushButton.setVisible(desk.actor.has(Role.CONFIDENTIAL_CLERK))
        ui.oldBookPushButton.clicked.connect(lambda: BookAssistant(desk, self.window()).open())

    @property
    def _key(self) -> str:
        return str(self._ui.registerComboBox.currentData())

    def refresh(self) -> None:
        """Read the register of the year."""
        register, office, ui = REGISTERS[self._key], self.desk.office, self._ui
        query = ListQuery(
            kinds=frozenset({register.kind}), year=ui.yearSpinBox.value(), sort=SortKey.NUMBER, descending=False
        )

        def read(first: int, size: int) -> Slice[MatterRow]:
            found: ListPage = matters.list_page(office, query, first, size)
            return Slice(found.total, found.rows)

        if self._model is not None:
            self._model.deleteLater()
        self._model = LedgerModel(self.desk.jobs, register, self)
        headings = [header for header, _, _ in register.columns]
        widths = [SAMPLES.get(heading, WIDE) for heading in headings]
        show_in(ui.linesTableView, self._model, widths, stretch=headings.index(TITLE), tokens=self.desk.tokens)
        self._model.loaded.connect(self._on_loaded)
        self._model.arrived.connect(self._tell_level)
        self._model.arrived.connect(self._fit_columns)
        self._model.load(read)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has other room for long names."""
        super().resizeEvent(event)
        if self._model is not None:
            self._fit_columns()

    def _fit_columns(self) -> None:
        """Columns as wide as what stands in them, up to the usual longest; the title gets what is left."""
        rows = [row for _, row in self._model.known_rows()] if self._model else []
        is_wide = self.width() > WIDE_TABLE
        header, metrics = self._ui.linesTableView.horizontalHeader(), text_metrics()
        for column, (heading, _, text) in enumerate(REGISTERS[self._key].columns):
            if heading != TITLE:
                longest = metrics.horizontalAdvance(longest_of(text(row) for row in rows))
                least = text_metrics(13, bold=True).horizontalAdvance(heading)
                most = metrics.horizontalAdvance(SAMPLES.get(heading, WIDE)) * (2 if is_wide else 1)
                header.resizeSection(column, max(least, min(longest, most)) + 2 * GAP)

    def _on_loaded(self) -> None:
        self._fit_columns()
        ui, count = self._ui, self._model.count if self._model else 0
        ui.summaryLabel.setText(self.tr("%1 件").replace("%1", f"{count:,}"))
        ui.listStack.setCurrentWidget(ui.linesTableView if count else ui.emptyFrame)
        ui.emptyLabel.setText(self.tr("这一年没有登记。"))
        for button in (ui.bookPushButton, ui.sheetPushButton):
            button.setEnabled(count > 0)
        self._tell_level()

    def _tell_level(self) -> None:
        rows = self._model.known_rows() if self._model else []
        self.show_level(max((row.level for _, row in rows), default=Classification.PUBLIC))

    def _on_book_clicked(self) -> None:
        key, year = self._key, self._ui.yearSpinBox.value()
        show_paper(self.desk, lambda office: ledgers.export(office, key, "pdf", year), parent=self.window())

    def _on_sheet_clicked(self) -> None:
        name = f"{REGISTERS[self._key].title}{self._ui.yearSpinBox.value()}.xlsx"
        choose_target(self.window(), self.tr("案头 · 导出 Excel"), name=name, chosen=self.save_sheet)

    def save_sheet(self, target: Path) -> None:
        """Write the workbook."""
        office, key, year = self.desk.office, self._key, self._ui.yearSpinBox.value()

        def work(progress: Progress) -> str:
            del progress
            book = ledgers.export(office, key, "xlsx", year)
            return print_ledger.save(office, book, target)

        text = self.tr("已导出 %1，文件没有加密，追踪码 %2").replace("%1", target.name)
        self.desk.jobs.run(work, self, done=lambda code: self.desk.tell(text.replace("%2", code)))
