"""份的管理: every numbered copy, where it is and with whom; lent, copied, counted, returned, destroyed."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QPushButton, QTableView, QWidget

from deskoffice._generated.circulation.copies_page import Ui_CopiesPage
from deskoffice.domain.copies import KEEPERS, CopyPlace
from deskoffice.domain.matters import Changes
from deskoffice.domain.values import Classification, secrecy_mark
from deskoffice.ui.circulation.copy_batch import CopyBatchDialog, open_clearing, open_count, open_destruction
from deskoffice.ui.circulation.copy_loan import LoanDialog, open_request
from deskoffice.ui.circulation.copy_trail import CopyTrailDialog
from deskoffice.ui.dates import day_text, due_text
from deskoffice.ui.desk import Desk, Page
from deskoffice.ui.paged_model import PagedModel, Slice
from deskoffice.ui.papers import show_paper
from deskoffice.ui.text_table import TextModel, show_in
from deskoffice.usecases import copies, copy_batches, copy_papers, copy_requests, copy_trail
from deskoffice.usecases.copies import CopyOut
from deskoffice.usecases.copy_batches import BatchRow
from deskoffice.usecases.copy_requests import RequestRow
from deskoffice.usecases.words import word

HEADINGS = ("份号", "文件", "密级", "在谁手里", "第几天", "应还")
SAMPLES = ("000017", "", "机密★20年", "县人力资源和社会保障局", "第 888 天", "已超期 88 天")
BATCH_HEADINGS = ("日期", "清单", "状态", "应有", "见到", "未见", "经办")
BATCH_SAMPLES = ("88月88日", "", "进行中", "8888", "8888", "8888", "张三三")
REQUEST_HEADINGS = ("日期", "文件和份号", "方式", "份数", "用途", "申请人", "状态")
REQUEST_SAMPLES = ("88月88日", "", "复制件", "88", "会议讨论用，会后收回", "张三三", "待审批")
EMPTY = {
    "out": "没有要收回的份。发出或借出的编号文件会列在这里，直到收回。",
    "lent": "没有借出的份。要借出，在“在机要室”里选中一份，点“借出”。",
    "kept": "机要室没有编号的份。收文登记时填份号，发文印发时自动编号。",
    "lists": "还没有清单。下班前点一遍，按来文单位清退，办完的按年销毁。",
    "requests": "没有复制、摘录申请。要申请，选中一份，点“申请复制”；领导批准后接着原份号编号。",
}


class CopiesModel(PagedModel[CopyOut]):
    """One line for each copy."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk.jobs, HEADINGS, parent)
        self._desk = desk

    def text(self, row: CopyOut, column: int) -> str:
        """The words of a cell."""
        today = self._desk.office.today()
        matter, copy = row.matter, row.copy
        return (
            copy.copy_number,
            "　".join(part for part in (matter.title, matter.document_number or matter.number) if part),
            secrecy_mark(matter.level, matter.secrecy_years),
            copy.holder,
            f"第 {(today - copy.held_since).days + 1} 天",
            due_text(copy.due_on, today).text,
        )[column]


@dataclass(frozen=True, slots=True)
class Tab:
    """One chip: its button, its table, and the acts under it."""

    button: QPushButton
    table: QTableView
    acts: tuple[QPushButton, ...]
    load: Callable[[], None]
    place: CopyPlace | None = None


class CopiesPage(Page):
    """Chips above, one table at a time, acts below; the line at the top finds a copy by its number."""

    help_topic = "outgoing"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._ui = Ui_CopiesPage()
        self._ui.setupUi(self)
        today = desk.office.today()
        self._copies = CopiesModel(desk, self)
        self._batches = TextModel[BatchRow](
            BATCH_HEADINGS, lambda row: _batch_texts(row, day_text(row.on, today)), parent=self
        )
        self._requests = TextModel[RequestRow](
            REQUEST_HEADINGS, lambda row: _request_texts(row, day_text(row.requested_at.date(), today)), parent=self
        )
        self._set_up_tables()
        self._tabs = self._make_tabs()
        self._tab = "out"
        self._connect()
        self._ui.outPushButton.setChecked(True)

    def _set_up_tables(self) -> None:
        ui, tokens = self._ui, self.desk.tokens
        show_in(ui.copiesTableView, self._copies, SAMPLES, stretch=1, tokens=tokens)
        show_in(ui.batchesTableView, self._batches, BATCH_SAMPLES, stretch=1, tokens=tokens)
        show_in(ui.requestsTableView, self._requests, REQUEST_SAMPLES, stretch=1, tokens=tokens)

    def _make_tabs(self) -> dict[str, Tab]:
        ui = self._ui
        looking = (ui.trailPushButton, ui.copyPushButton)
        return {
            "out": Tab(ui.outPushButton, ui.copiesTableView, (*looking, ui.returnedPushButton), self._load_copies),
            "lent": Tab(
                ui.lentPushButton, ui.copiesTableView, (*looking, ui.backPushButton), self._load_copies, CopyPlace.LENT
            ),
            "kept": Tab(
                ui.keptPushButton,
                ui.copiesTableView,
                (*looking, ui.lendPushButton, ui.filePushButton),
                self._load_copies,
                CopyPlace.KEPT,
            ),
            "lists": Tab(
                ui.listsPushButton,
                ui.batchesTableView,
                (ui.openPushButton, ui.countPushButton, ui.clearPushButton, ui.destroyPushButton),
                self._load_batches,
            ),
            "requests": Tab(
                ui.requestsPushButton,
                ui.requestsTableView,
                (ui.approvePushButton, ui.refusePushButton),
                self._load_requests,
            ),
        }

    def _connect(self) -> None:
        ui = self._ui
        for key, tab in self._tabs.items():
            tab.button.clicked.connect(lambda _=False, name=key: self.show_tab(name))
        self._copies.loaded.connect(lambda: self._show_count(self._copies.count))
        ui.findLineEdit.returnPressed.connect(self._on_find)
        for table, done in (
            (ui.copiesTableView, self._on_trail_clicked),
            (ui.batchesTableView, self._on_open_clicked),
        ):
            table.activated.connect(lambda _, act=done: act())
        for button, act in (
            (ui.trailPushButton, self._on_trail_clicked),
            (ui.lendPushButton, self._on_lend_clicked),
            (ui.backPushButton, lambda: self._run(copies.give_back, "第 %1 号份已归还")),
            (ui.returnedPushButton, lambda: self._run(copies.take_back, "第 %1 号份已收回")),
            (ui.filePushButton, lambda: self._run(copies.file_away, "第 %1 号份已归档")),
            (ui.copyPushButton, self._on_copy_clicked),
            (ui.openPushButton, self._on_open_clicked),
            (ui.countPushButton, lambda: open_count(self.desk, self.window(), self.refresh)),
            (ui.clearPushButton, lambda: open_clearing(self.desk, self.window(), self.refresh)),
            (ui.destroyPushButton, lambda: open_destruction(self.desk, self.window(), self.refresh)),
            (ui.approvePushButton, lambda: self._decide(approves=True)),
            (ui.refusePushButton, lambda: self._decide(approves=False)),
            (ui.printPushButton, self._on_print_clicked),
        ):
            button.clicked.connect(lambda _=False, do=act: do())
        self.desk.changed.connect(self._on_changed)

    def show_tab(self, key: str) -> None:
        """Turn to one of the chips."""
        self._tab = key
        self._tabs[key].button.setChecked(True)
        self.refresh()

    def refresh(self) -> None:
        """Read what the chip shows again."""
        tab = self._tabs[self._tab]
        keeps = self.desk.actor.has(*KEEPERS)
        theirs = {self._ui.trailPushButton, self._ui.copyPushButton, self._ui.openPushButton}
        theirs |= {self._ui.approvePushButton, self._ui.refusePushButton}
        for button in {act for one in self._tabs.values() for act in one.acts}:
            button.setVisible(button in tab.acts and (keeps or button in theirs))
        self._ui.printPushButton.setVisible(tab.table is self._ui.copiesTableView)
        tab.load()

    def _load_copies(self) -> None:
        office, place = self.desk.office, self._tabs[self._tab].place

        def read(first: int, size: int) -> Slice[CopyOut]:
            page = copies.out(office, first, size, place)
            return Slice(page.total, page.rows)

        self._copies.load(read)

    def _load_batches(self) -> None:
        office = self.desk.office
        self.desk.jobs.run(lambda _: copy_batches.recent(office), self, done=self._show_batches)

    def _show_batches(self, rows: tuple[BatchRow, ...]) -> None:
        self._batches.show_rows(rows)
        self._show_count(len(rows))

    def _load_requests(self) -> None:
        office = self.desk.office
        self.desk.jobs.run(lambda _: copy_requests.waiting(office), self, done=self._show_requests)

    def _show_requests(self, rows: tuple[RequestRow, ...]) -> None:
        self._requests.show_rows(rows)
        self._show_count(len(rows))

    def _show_count(self, count: int) -> None:
        ui, tab = self._ui, self._tabs[self._tab]
        ui.summaryLabel.setText(self.tr("%1 条").replace("%1", f"{count:,}"))
        ui.emptyLabel.setText(EMPTY[self._tab])
        ui.listStack.setCurrentWidget(tab.table if count else ui.emptyFrame)
        needs_row = {ui.countPushButton, ui.clearPushButton, ui.destroyPushButton}
        for button in tab.acts:
            button.setEnabled(count > 0 or button in needs_row)
        if count:
            tab.table.setCurrentIndex(tab.table.model().index(0, 0))
        rows = [row for _, row in self._copies.known_rows()] if tab.table is ui.copiesTableView else []
        self.show_level(max((row.matter.level for row in rows), default=Classification.PUBLIC))

    def focus_search(self) -> None:
        """Ctrl+F: the line that finds a copy."""
        self._ui.findLineEdit.setFocus()
        self._ui.findLineEdit.selectAll()

    def _on_find(self) -> None:
        office, text = self.desk.office, self._ui.findLineEdit.text()
        self.desk.jobs.run(lambda _: copy_trail.find(office, text), self, done=self._on_found)

    def _on_found(self, found: tuple[CopyOut, ...]) -> None:
        if not found:
            self.desk.tell(self.tr("没有找到这一份；请核对份号和文号"))
            return
        if len(found) > 1:
            self.desk.tell(self.tr("有 %1 份同号，请加上文号").replace("%1", str(len(found))))
        CopyTrailDialog(self.desk, found[0].copy.id, parent=self.window()).open()

    def _copy(self) -> CopyOut | None:
        index: QModelIndex = self._ui.copiesTableView.currentIndex()
        return self._copies.row(index.row()) if index.isValid() else None

    def _on_trail_clicked(self) -> None:
        if (row := self._copy()) is not None:
            CopyTrailDialog(self.desk, row.copy.id, parent=self.window()).open()

    def _on_lend_clicked(self) -> None:
        if (row := self._copy()) is not None:
            LoanDialog(self.desk, row, parent=self.window()).open()

    def _on_copy_clicked(self) -> None:
        if (row := self._copy()) is not None:
            open_request(self.desk, row, self.window(), self.refresh)

    def _run(self, act: Callable[..., Changes], told: str) -> None:
        row = self._copy()
        if row is None:
            return
        office, copy = self.desk.office, row.copy

        def done(changes: Changes) -> None:
            self.desk.tell(told.replace("%1", copy.copy_number))
            self.desk.note(changes)

        self.desk.jobs.run(lambda _: act(office, copy.id), self, done=done)

    def _on_open_clicked(self) -> None:
        row = self._batches.row(self._ui.batchesTableView.currentIndex().row())
        if row is not None:
            CopyBatchDialog(self.desk, row.id, parent=self.window(), closed=self.refresh).open()

    def _decide(self, *, approves: bool) -> None:
        row = self._requests.row(self._ui.requestsTableView.currentIndex().row())
        if row is None:
            return
        office = self.desk.office

        def done(changes: Changes) -> None:
            self.desk.tell(self.tr("已批准，份号已接编") if approves else self.tr("已记为不批准"))
            self.desk.note(changes)

        self.desk.jobs.run(lambda _: copy_requests.decide(office, row.id, approves=approves), self, done=done)

    def _on_print_clicked(self) -> None:
        place = self._tabs[self._tab].place
        show_paper(self.desk, lambda office: copy_papers.register(office, place), parent=self.window())

    def _on_changed(self, changes: Changes) -> None:
        del changes
        if self.isVisible():
            self.refresh()


def _batch_texts(row: BatchRow, day: str) -> tuple[str, ...]:
    name = "　".join(part for part in (word(row.kind), row.unit, f"{row.year}年" if row.year else "") if part)
    return (day, name, word(row.state), str(row.total), str(row.seen), str(row.total - row.seen), row.made_by)


def _request_texts(row: RequestRow, day: str) -> tuple[str, ...]:
    matter = row.out.matter
    paper = f"{matter.document_number or matter.title}　第 {row.out.copy.copy_number} 号份"
    state = word(row.state) + (f" {row.decided_by}" if row.decided_by else "")
    return (day, paper, word(row.kind), str(row.copies), row.purpose, row.requested_by, state)
