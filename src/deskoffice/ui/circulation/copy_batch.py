"""清点、清退、销毁: a list of copies worked through with the scanner; every tick is stored at once."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from deskoffice._generated.circulation.copy_batch import Ui_CopyBatchDialog
from deskoffice._generated.circulation.copy_clear import Ui_ClearDialog
from deskoffice.domain.copies import APPROVERS, KEEPERS, BatchKind, BatchState
from deskoffice.domain.errors import DeskOfficeError, InvalidDraft
from deskoffice.domain.values import secrecy_mark
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.desk import Desk
from deskoffice.ui.jobs import Progress
from deskoffice.ui.papers import show_paper
from deskoffice.ui.text_table import TextModel, show_in
from deskoffice.ui.theme import mark
from deskoffice.ui.tree import descendants
from deskoffice.usecases import copy_batches, copy_papers
from deskoffice.usecases.copy_batches import BatchLine, BatchRow, Ending, ScanResult
from deskoffice.usecases.messages import problem, sentence
from deskoffice.usecases.office import Office
from deskoffice.usecases.words import word

HEADINGS = ("份号", "文件", "密级", "在谁手里", "清点")
SAMPLES = ("000017", "", "机密★20年", "县人力资源和社会保障局", "见到 88:88")
RESULTS = {
    "seen": "已点到",
    "again": "这一份点过了",
    "unknown": "不在这份清单上，请核对",
    "several": "清单上有几份同号，请加上文号",
}
PEOPLE = {
    BatchKind.COUNT: "",
    BatchKind.CLEARING: "接收人",
    BatchKind.DESTRUCTION: "监销人（两名以上，用顿号隔开）",
}
Loaded = tuple[BatchRow, tuple[BatchLine, ...]]


class CopyBatchDialog(QDialog):
    """One list: what was not seen stands on top."""

    def __init__(self, desk: Desk, batch_id: int, *, parent: QWidget, closed: Callable[[], None]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._batch_id, self._window, self._closed = desk, batch_id, parent, closed
        self._row: BatchRow | None = None
        self._ui = Ui_CopyBatchDialog()
        self._ui.setupUi(self)
        self._model = TextModel[BatchLine](
            HEADINGS, _texts, colour=lambda line: desk.tokens.text if line.seen_at else desk.tokens.overdue, parent=self
        )
        show_in(self._ui.linesTableView, self._model, SAMPLES, stretch=1, tokens=desk.tokens)
        self._connect()
        self.resize(parent.width() * 9 // 10, parent.height() * 9 // 10)
        self._load()

    def _connect(self) -> None:
        ui = self._ui
        ui.scanLineEdit.returnPressed.connect(self._on_scanned)
        ui.cancelPushButton.clicked.connect(self.reject)
        ui.printPushButton.clicked.connect(self._on_print_clicked)
        ui.dropPushButton.clicked.connect(lambda: self._run(copy_batches.drop, self.tr("清单已取消")))
        ui.approvePushButton.clicked.connect(lambda: self._run(copy_batches.approve, self.tr("已批准销毁")))
        ui.donePushButton.clicked.connect(self._on_done_clicked)
        QShortcut(QKeySequence("Ctrl+Return"), self, self._on_done_clicked)
        for button in descendants(self, QPushButton):
            button.setAutoDefault(False)

    def _load(self) -> None:
        office, batch_id = self._desk.office, self._batch_id

        def work(progress: Progress) -> Loaded:
            del progress
            return copy_batches.batch(office, batch_id), copy_batches.lines(office, batch_id)

        self._desk.jobs.run(work, self, done=self._show)

    def _show(self, loaded: Loaded) -> None:
        row, lines = loaded
        self._row = row
        ui, actor = self._ui, self._desk.actor
        is_live = row.state in {BatchState.OPEN, BatchState.APPROVED}
        keeps = is_live and actor.has(*KEEPERS)
        name = "　".join(part for part in (word(row.kind), row.unit, f"{row.year}年" if row.year else "") if part)
        ui.actTitleLabel.setText(f"{name}　{word(row.state)}")
        text = self.tr("应有 %1 份，见到 %2 份，未见 %3 份")
        for place, value in (("%1", row.total), ("%2", row.seen), ("%3", row.total - row.seen)):
            text = text.replace(place, str(value))
        ui.progressLabel.setText(text)
        mark(ui.progressLabel, "grade", "done" if row.seen == row.total else "soon")
        self._model.show_rows(lines)
        ui.scanLineEdit.setEnabled(keeps)
        ui.peopleLabel.setText(PEOPLE[row.kind])
        ui.endingBlock.setVisible(keeps and row.kind is not BatchKind.COUNT)
        ui.wayBlock.setVisible(row.kind is BatchKind.DESTRUCTION)
        ui.dropPushButton.setVisible(keeps)
        is_waiting = row.kind is BatchKind.DESTRUCTION and row.state is BatchState.OPEN
        ui.approvePushButton.setVisible(is_waiting and actor.has(*APPROVERS))
        ui.donePushButton.setVisible(keeps and not is_waiting)
        ui.donePushButton.setText(f"{self._done_word(row)}  Ctrl+Enter")
        ui.scanLineEdit.setFocus()

    def _done_word(self, row: BatchRow) -> str:
        words = {
            BatchKind.COUNT: self.tr("清点完毕"),
            BatchKind.CLEARING: self.tr("清退 %1 份"),
            BatchKind.DESTRUCTION: self.tr("销毁 %1 份"),
        }
        return words[row.kind].replace("%1", str(row.seen))

    def _on_scanned(self) -> None:
        office, batch_id, text = self._desk.office, self._batch_id, self._ui.scanLineEdit.text()
        self._ui.scanLineEdit.clear()
        self._desk.jobs.run(lambda _: copy_batches.scan(office, batch_id, text), self, done=self._on_result)

    def _on_result(self, result: ScanResult) -> None:
        copy = f"　{result.line.out.copy.copy_number}　{result.line.out.matter.title}" if result.line else ""
        self._ui.resultLabel.setText(RESULTS[result.code] + copy)
        mark(self._ui.resultLabel, "grade", "done" if result.code == "seen" else "overdue")
        self._load()

    def _on_print_clicked(self) -> None:
        batch_id = self._batch_id
        show_paper(self._desk, lambda office: copy_papers.paper(office, batch_id), parent=self._window)

    def _run(self, act: Callable[[Office, int], None], told: str) -> None:
        office, batch_id = self._desk.office, self._batch_id

        def done(nothing: None) -> None:
            del nothing
            self._desk.tell(told)
            self._load()

        self._desk.jobs.run(lambda _: act(office, batch_id), self, done=done, failed=self._on_failed)

    def _on_done_clicked(self) -> None:
        ui = self._ui
        if not ui.donePushButton.isVisible():
            return
        office, batch_id = self._desk.office, self._batch_id
        ending = Ending(ui.peopleLineEdit.text().strip(), ui.wayLineEdit.text().strip())

        def done(count: int) -> None:
            self._desk.tell(self.tr("清单已完成，共 %1 份，可以打印").replace("%1", str(count)))
            self._load()

        self._desk.jobs.run(
            lambda _: copy_batches.finish(office, batch_id, ending), self, done=done, failed=self._on_failed
        )

    def _on_failed(self, error: DeskOfficeError) -> None:
        ui = self._ui
        problems = error.problems if isinstance(error, InvalidDraft) else {}
        for name, label in (("people", ui.peopleProblemLabel), ("way", ui.wayProblemLabel)):
            show_problem(label, problem(problems[name]) if name in problems else "")
        show_problem(ui.problemLabel, "" if problems else sentence(error))

    def done(self, result: int) -> None:
        """Whatever way it closes, the page behind reads its list again."""
        self._closed()
        super().done(result)


def _texts(line: BatchLine) -> tuple[str, ...]:
    matter, copy = line.out.matter, line.out.copy
    return (
        copy.copy_number,
        "　".join(part for part in (matter.title, matter.document_number or matter.number) if part),
        secrecy_mark(matter.level, matter.secrecy_years),
        copy.holder,
        f"见到 {line.seen_at:%H:%M}" if line.seen_at else "未见",
    )


def open_count(desk: Desk, parent: QWidget, closed: Callable[[], None]) -> None:
    """下班前清点 begins at once: there is nothing to choose."""
    office = desk.office
    desk.jobs.run(
        lambda _: copy_batches.begin_count(office),
        desk,
        done=lambda batch_id: CopyBatchDialog(desk, batch_id, parent=parent, closed=closed).open(),
    )


class ClearDialog(QDialog):
    """Which sender and year go back, or which year is destroyed."""

    def __init__(self, desk: Desk, title: str, hint: str, *, parent: QWidget, closed: Callable[[], None]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._window, self._closed = desk, parent, closed
        self._begin: list[Callable[[Office], int]] = []
        self._ui = Ui_ClearDialog()
        self._ui.setupUi(self)
        self.setWindowTitle(f"案头 · {title}")
        self._ui.actTitleLabel.setText(title)
        self._ui.hintLabel.setText(hint)
        self._ui.cancelPushButton.clicked.connect(self.reject)
        self._ui.donePushButton.clicked.connect(self._on_done_clicked)
        QShortcut(QKeySequence("Ctrl+Return"), self, self._on_done_clicked)
        for button in descendants(self, QPushButton):
            button.setAutoDefault(False)

    def offer(self, text: str, begin: Callable[[Office], int]) -> None:
        """One of the choices and what it begins."""
        self._begin.append(begin)
        self._ui.choiceComboBox.addItem(text)

    def offer_senders(self, senders: tuple[tuple[str, int], ...]) -> None:
        """Each sender and year with copies that must go back."""
        for unit, year in senders:
            self.offer(f"{unit}　{year}年", partial(copy_batches.begin_clearing, unit=unit, year=year))
        if not senders:
            show_problem(self._ui.problemLabel, self.tr("没有要清退的份。"))

    def _on_done_clicked(self) -> None:
        at = self._ui.choiceComboBox.currentIndex()
        if not 0 <= at < len(self._begin):
            return
        begin, office = self._begin[at], self._desk.office
        self._desk.jobs.run(lambda _: begin(office), self, done=self._on_begun, failed=self._on_failed)

    def _on_begun(self, batch_id: int) -> None:
        self.accept()
        CopyBatchDialog(self._desk, batch_id, parent=self._window, closed=self._closed).open()

    def _on_failed(self, error: DeskOfficeError) -> None:
        show_problem(self._ui.problemLabel, sentence(error))


def open_clearing(desk: Desk, parent: QWidget, closed: Callable[[], None]) -> None:
    """清退 by sender and year."""
    hint = "选来文单位和年度，清单列出应退的份；逐份扫描，完成时只退见到的。"
    dialog = ClearDialog(desk, "清退", hint, parent=parent, closed=closed)
    office = desk.office
    desk.jobs.run(lambda _: copy_batches.senders(office), dialog, done=dialog.offer_senders)
    dialog.open()


def open_destruction(desk: Desk, parent: QWidget, closed: Callable[[], None]) -> None:
    """销毁 of a year's finished papers."""
    hint = "选年度，清单列出办结、不用清退的份；领导批准、两人监销后才能销毁。"
    dialog = ClearDialog(desk, "销毁", hint, parent=parent, closed=closed)
    this_year = desk.office.today().year
    for year in range(this_year, this_year - 10, -1):
        dialog.offer(f"{year}年", partial(copy_batches.begin_destruction, year=year))
    dialog.open()
