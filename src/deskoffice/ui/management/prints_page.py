"""打印登记: every print and export that left, newest first; the code at a paper's foot finds its line."""

from datetime import date

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from deskoffice._generated.management.prints_page import Ui_PrintsPage
from deskoffice.domain.prints import PrintRow, PrintWay
from deskoffice.ui.dates import moment_text
from deskoffice.ui.desk import Desk, Page
from deskoffice.ui.jobs import Jobs
from deskoffice.ui.paged_model import PagedModel, Slice
from deskoffice.ui.text_table import show_in
from deskoffice.usecases import print_ledger

HEADINGS = ("时间", "追踪码", "文种", "编号", "标题", "第几份", "谁", "去向", "日志序号")
WIDTHS = (
    "2026年11月23日 08:30",
    "K7QX-3M2P",
    "发文拟稿单",
    "东政办发〔2026〕88号",
    "",
    "第88—90份",
    "欧阳建国",
    "HP LaserJet Pro",
    "1,000",
)
TITLE = 4


class PrintsModel(PagedModel[PrintRow]):
    """Lines of the ledger."""

    def __init__(self, jobs: Jobs, today: date, parent: QWidget) -> None:
        super().__init__(jobs, HEADINGS, parent)
        self._today = today

    def text(self, row: PrintRow, column: int) -> str:
        """The cell as people read it."""
        last = row.first_copy + row.copies - 1
        copies = f"第{row.first_copy}份" if row.copies == 1 else f"第{row.first_copy}—{last}份"
        target = row.target if row.way is PrintWay.PRINT else "导出为文件"
        cells = (moment_text(row.made_at, self._today), row.code, row.what, row.number, row.title, copies, row.account)
        return (*cells, target, f"{row.entry:,}")[column]


class PrintsPage(Page):
    """One list; typing narrows it."""

    help_topic = "lists"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._ui = Ui_PrintsPage()
        self._ui.setupUi(self)
        self._model = PrintsModel(desk.jobs, desk.office.today(), self)
        show_in(self._ui.linesTableView, self._model, WIDTHS, stretch=TITLE, tokens=desk.tokens)
        self._model.loaded.connect(self._on_loaded)
        self._ui.codeLineEdit.textChanged.connect(self.refresh)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self._ui.codeLineEdit.setFocus)

    def refresh(self) -> None:
        """Read the lines that fit what is typed."""
        office, typed = self.desk.office, self._ui.codeLineEdit.text()

        def read(first: int, size: int) -> Slice[PrintRow]:
            found = print_ledger.page(office, typed, first, size)
            return Slice(found.total, found.rows)

        self._model.load(read)

    def _on_loaded(self) -> None:
        ui, count = self._ui, self._model.count
        ui.summaryLabel.setText(self.tr("%1 次").replace("%1", f"{count:,}"))
        ui.listStack.setCurrentWidget(ui.linesTableView if count else ui.emptyFrame)
        typed = bool(ui.codeLineEdit.text().strip())
        ui.emptyLabel.setText(
            self.tr("没有这个追踪码的打印。")
            if typed
            else self.tr("还没有打印或导出过。每打印、导出一次，这里自动记一行：谁、何时、几份、页脚的追踪码。")
        )
