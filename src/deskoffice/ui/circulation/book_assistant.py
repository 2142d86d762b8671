"""导入旧台账: choose a book, see how it is understood, put right what could not be read, import, undo."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt
from PySide6.QtWidgets import QDialog, QHeaderView, QWidget

from deskoffice._generated.circulation.book_assistant import Ui_BookAssistant
from deskoffice.domain.circulation.book_columns import Field
from deskoffice.domain.errors import DeskOfficeError
from deskoffice.domain.matters import Changes
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.desk import Desk
from deskoffice.ui.files import choose_files, choose_folder
from deskoffice.ui.jobs import Progress
from deskoffice.ui.management.long_work import LongWork, WorkBar
from deskoffice.ui.text_table import TextModel, show_in
from deskoffice.usecases import book_import, book_scans
from deskoffice.usecases.book_import import UNDONE, BatchRow, ImportResult, Refusal
from deskoffice.usecases.book_reading import REFUSED_FOR, BookPlan, SheetPlan
from deskoffice.usecases.book_scans import ScanResult
from deskoffice.usecases.book_words import DOUBTS, FIELDS, NOT_TAKEN, REASONS, STATES
from deskoffice.usecases.messages import sentence

WHY = REASONS | {code: f"已读入，请核对：{words}" for code, words in DOUBTS.items()}
BOOK_FILTER = "登记簿 (*.xlsx)"
Column = tuple[int, str, str, str]
"""Place, heading, sample values, our field in words."""


class BookAssistant(QDialog):
    """One book from its file to its batch; nothing is entered before 导入 is pressed."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self._plan: BookPlan | None = None
        self._result: ImportResult | None = None
        self._ui = ui = Ui_BookAssistant()
        ui.setupUi(self)
        self._columns: TextModel[Column] = TextModel(("原表头", "样值", "作为"), lambda row: row[1:], parent=self)
        self._rows: TextModel[Refusal] = TextModel(
            ("工作表", "行", "原因", "原文"),
            lambda row: (row.sheet, str(row.row), WHY[row.reason], row.cell),
            parent=self,
        )
        starters = (ui.filePushButton, ui.importPushButton, ui.undoPushButton, ui.closePushButton, ui.scansPushButton)
        bar = WorkBar(ui.workFrame, ui.workLabel, ui.workProgressBar, ui.stopPushButton)
        self._work = LongWork(desk.jobs, bar, starters, failed=self._on_failed, parent=self)
        self._set_up()
        self._connect()
        self._show_state()
        desk.jobs.run(lambda _: book_import.batches(desk.office), self, done=self._show_last)

    def _set_up(self) -> None:
        ui, tokens = self._ui, self._desk.tokens
        show_in(
            ui.columnsTableView, self._columns, ("领导批示意见", "样" * 20, "来文单位来文"), stretch=1, tokens=tokens
        )
        wide = ("2023年上半年", "100000", "保密期限超过法定最长期限", "原文")
        show_in(ui.rowsTableView, self._rows, wide, stretch=3, tokens=tokens)
        for table in (ui.columnsTableView, ui.rowsTableView):
            table.setSelectionBehavior(table.SelectionBehavior.SelectRows)
            table.setSelectionMode(table.SelectionMode.SingleSelection)
            table.setTabKeyNavigation(False)
        ui.columnsTableView.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        ui.fieldComboBox.addItem(NOT_TAKEN, "")
        for one, words in FIELDS.items():
            ui.fieldComboBox.addItem(words, one.value)

    def _connect(self) -> None:
        ui = self._ui
        ui.filePushButton.clicked.connect(self._on_file_clicked)
        ui.sheetComboBox.currentIndexChanged.connect(self._show_columns)
        ui.columnsTableView.selectionModel().currentRowChanged.connect(self._on_column_chosen)
        ui.fieldComboBox.activated.connect(self._on_field_chosen)
        ui.rowsTableView.selectionModel().currentRowChanged.connect(self._on_row_chosen)
        ui.correctPushButton.clicked.connect(self._on_correct_clicked)
        ui.correctLineEdit.returnPressed.connect(self._on_correct_clicked)
        ui.importPushButton.clicked.connect(self.take_over)
        ui.undoPushButton.clicked.connect(self.undo)
        ui.scansPushButton.clicked.connect(
            lambda: choose_folder(self, self.tr("案头 · 扫描件在哪里"), chosen=self.attach_scans)
        )
        ui.closePushButton.clicked.connect(self.reject)

    def _show_last(self, batches: tuple[BatchRow, ...]) -> None:
        """The batch of last time can be undone from here too."""
        last = next((one for one in batches if one.state != UNDONE), None)
        if last is None or self._plan is not None:
            return
        text = self.tr("上一批：%1，%2，%3 %4 件。")
        words = (last.file_name, f"{last.started_at:%Y-%m-%d}", STATES[last.state], f"{last.imported:,}")
        for at, word in enumerate(words, 1):
            text = text.replace(f"%{at}", word)
        self._ui.resultLabel.setText(text)
        self._result = ImportResult({}, batch_id=last.id)
        self._show_state()

    def _on_file_clicked(self) -> None:
        title = self.tr("案头 · 选择旧的收文登记簿")
        choose_files(self, title, lambda paths: self.open_book(paths[0]), name_filter=BOOK_FILTER)

    def open_book(self, path: Path) -> None:
        """Read a book and try it."""
        office = self._desk.office
        self._ui.fileLineEdit.setText(path.name)
        self._plan = self._result = None
        self._work.run(self.tr("正在读登记簿"), lambda _: book_import.read(office, path), done=self._on_read)

    def _on_read(self, plan: BookPlan) -> None:
        self._plan = plan
        ui = self._ui
        with QSignalBlocker(ui.sheetComboBox):
            ui.sheetComboBox.clear()
            for at, sheet in enumerate(plan.sheets):
                if sheet.fields:
                    ui.sheetComboBox.addItem(sheet.sheet.title, at)
        self._show_columns()
        self._try()

    def _try(self) -> None:
        """Go through all rows without entering any."""
        office, plan = self._desk.office, self._plan
        if plan is None:
            return

        def work(progress: Progress) -> ImportResult:
            return book_import.preview(office, plan, progress.report)

        self._work.run(self.tr("正在试导入"), work, done=self._on_tried)

    def _on_tried(self, result: ImportResult) -> None:
        self._result = result
        self._show_result(self.tr("试导入：共 %1 行，可导入 %2，重复 %3，不能导入 %4。"))
        self._ui.importPushButton.setText(self.tr("导入 %1 件(&I)").replace("%1", f"{result.imported:,}"))

    def take_over(self) -> None:
        """Enter what was tried."""
        office, plan = self._desk.office, self._plan
        if plan is None:
            return

        def work(progress: Progress) -> ImportResult:
            return book_import.run(office, plan, progress.report)

        self._work.run(self.tr("正在导入，停止时不留半成品"), work, done=self._on_imported)

    def _on_imported(self, result: ImportResult) -> None:
        self._result = result
        self._show_result(self.tr("已导入 %2 件（共 %1 行，重复 %3，没有导入 %4）。发现不对可以撤销本批。"))
        self._desk.note(Changes())

    def undo(self) -> None:
        """Take the batch out again."""
        office, result = self._desk.office, self._result
        if result is None or result.batch_id is None:
            return
        batch_id = result.batch_id

        def work(progress: Progress) -> int:
            return book_import.undo(office, batch_id, progress.report)

        self._work.run(self.tr("正在撤销本批"), work, done=self._on_undone)

    def _on_undone(self, gone: int) -> None:
        self._desk.note(Changes())
        self._result = None
        self._ui.resultLabel.setText(self.tr("已撤销本批，%1 件都已去掉。").replace("%1", f"{gone:,}"))
        self._show_state()
        self._try()

    def attach_scans(self, folder: Path) -> None:
        """Lay the files of a folder to the papers of the batch by the numbers in their names."""
        office, result = self._desk.office, self._result
        if result is None or result.batch_id is None:
            return
        batch_id = result.batch_id

        def work(progress: Progress) -> ScanResult:
            return book_scans.attach_folder(office, batch_id, folder, progress.report)

        self._work.run(self.tr("正在挂扫描件"), work, done=self._on_scans_attached)

    def _on_scans_attached(self, found: ScanResult) -> None:
        parts = [self.tr("已挂 %1 个扫描件，%2 件没有扫描件。")]
        if found.unmatched:
            parts.append(self.tr("对不上编号：%3。"))
        if found.unreadable:
            parts.append(self.tr("打不开：%4。"))
        text = "".join(parts).replace("%1", f"{len(found.attached):,}").replace("%2", f"{found.without_scan:,}")
        text = text.replace("%3", book_scans.names(found.unmatched)).replace("%4", book_scans.names(found.unreadable))
        self._ui.resultLabel.setText(text)
        self._show_state()

    def _show_result(self, text: str) -> None:
        result = self._result
        if result is None:
            return
        counts = (result.rows, result.imported, result.duplicates, len(result.refused))
        for at, count in enumerate(counts, 1):
            text = text.replace(f"%{at}", f"{count:,}")
        doubts = [f"{DOUBTS[code]} {count} 行" for code, count in result.doubts.items()]
        if doubts:
            text += self.tr("要核对：%1。").replace("%1", "；".join(doubts))
        if result.skipped_sheets:
            text += self.tr("不是收文登记的表没有读：%1。").replace("%1", "、".join(result.skipped_sheets))
        self._ui.resultLabel.setText(text)
        # What was not taken first: it can be put right here.
        self._rows.show_rows([*result.refused[:1000], *result.doubtful])
        show_problem(self._ui.problemLabel, "")
        self._show_state()

    def _show_state(self) -> None:
        ui, result = self._ui, self._result
        is_entered = result is not None and result.batch_id is not None
        ui.sheetComboBox.setEnabled(ui.sheetComboBox.count() > 1)
        ui.fieldComboBox.setEnabled(self._plan is not None and not is_entered)
        ui.importPushButton.setEnabled(result is not None and not is_entered and result.imported > 0)
        ui.undoPushButton.setEnabled(is_entered)
        ui.scansPushButton.setEnabled(is_entered)
        may_correct = not is_entered and result is not None and bool(result.refused)
        ui.rowsTableView.setVisible(bool(self._rows.rows))
        for widget in (ui.correctLabel, ui.correctLineEdit, ui.correctPushButton):
            widget.setVisible(may_correct)

    @property
    def _sheet(self) -> SheetPlan | None:
        at = self._ui.sheetComboBox.currentData()
        return self._plan.sheets[at] if self._plan is not None and isinstance(at, int) else None

    def _show_columns(self) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        self._columns.show_rows(
            [
                (at, heading.replace("\n", ""), "　".join(sheet.samples(at)), FIELDS[one] if one else NOT_TAKEN)
                for at, (heading, one) in enumerate(zip(sheet.headings, sheet.fields, strict=True))
            ]
        )
        self._ui.columnsTableView.selectRow(0)

    def _on_column_chosen(self, index: QModelIndex) -> None:
        sheet, row = self._sheet, self._columns.row(index.row())
        if sheet is not None and row is not None:
            one = sheet.fields[row[0]]
            self._ui.fieldComboBox.setCurrentIndex(self._ui.fieldComboBox.findData(one.value if one else ""))

    def _on_field_chosen(self) -> None:
        """Take the column as the person says, in every sheet with the same headings."""
        sheet, row = self._sheet, self._columns.row(self._ui.columnsTableView.currentIndex().row())
        if self._plan is None or sheet is None or row is None:
            return
        chosen = self._ui.fieldComboBox.currentData()
        fields = list(sheet.fields)
        fields[row[0]] = Field(chosen) if chosen else None
        sheets = (
            one.with_fields(fields) if one.fields and one.signature == sheet.signature else one
            for one in self._plan.sheets
        )
        self._plan = BookPlan(self._plan.name, tuple(sheets))
        self._show_columns()
        self._ui.columnsTableView.selectRow(row[0])
        self._try()

    def _on_row_chosen(self, index: QModelIndex) -> None:
        row = self._rows.row(index.row())
        can = row is not None and row.reason in REFUSED_FOR
        self._ui.correctLineEdit.setText(row.cell if row is not None else "")
        self._ui.correctLineEdit.setEnabled(can)
        self._ui.correctPushButton.setEnabled(can)

    def _on_correct_clicked(self) -> None:
        row, text = self._rows.row(self._ui.rowsTableView.currentIndex().row()), self._ui.correctLineEdit.text()
        if self._plan is not None and row is not None and row.reason in REFUSED_FOR and text.strip():
            self._plan = book_import.corrected(self._plan, row, text.strip())
            self._try()

    def _on_failed(self, error: DeskOfficeError) -> None:
        show_problem(self._ui.problemLabel, sentence(error))
        self._show_state()
