"""印章: the list of seals with the file of each, and what is done with all of them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSplitter, QVBoxLayout, QWidget

from deskoffice.domain.seal_inventory import INVENTORY, NEXT, SealRow, SealState
from deskoffice.ui.desk import Desk, Page
from deskoffice.ui.files import choose_files, choose_target, read_files
from deskoffice.ui.management.record_page import Done, RecordAct, RecordPage, RecordSpec
from deskoffice.ui.papers import show_paper
from deskoffice.ui.seals.approvers import open_approvers
from deskoffice.ui.seals.card import SealCard
from deskoffice.ui.seals.forms import open_edit, open_hand_over, open_loan, open_new, open_state
from deskoffice.ui.seals.verify_file import open_verify
from deskoffice.ui.seals.year_check import open_year_check
from deskoffice.ui.tree import descendants
from deskoffice.usecases import papers_seals, print_ledger, seal_forms, seal_inventory, settings
from deskoffice.usecases.office import Office
from deskoffice.usecases.previews import PdfPaper
from deskoffice.usecases.words import word


@dataclass(frozen=True, slots=True)
class SealPaper:
    """A paper of one seal, or of all of them."""

    name: str
    make: Callable[[Office, SealRow], PdfPaper]


PRINT = "打印表单"
LIST_WIDTH = 400
PICTURES = "印模图片 (*.png *.jpg *.jpeg)"


def _year(office: Office) -> int:
    return office.today().year


PAPERS = (
    SealPaper("用印登记簿（本枚本年）", lambda office, row: papers_seals.register_book(office, row.id, _year(office))),
    SealPaper("用印统计表（本年）", lambda office, row: seal_forms.counts_sheet(office, _year(office))),  # noqa: ARG005
    SealPaper("印章移交单", lambda office, row: seal_forms.hand_over_sheet(office, row.id)),
    SealPaper("印章停用、缴销、销毁登记表", lambda office, row: seal_forms.ending_sheet(office, row.id)),
    SealPaper("印章外带审批单", lambda office, row: seal_forms.loan_sheet(office, row.id)),
    SealPaper("印章年度核查表", lambda office, row: seal_forms.check_sheet(office, _year(office))),  # noqa: ARG005
    SealPaper("印章清册", lambda office, row: papers_seals.inventory_book(office)),  # noqa: ARG005
    SealPaper("印章印模册", lambda office, row: seal_forms.imprints_book(office)),  # noqa: ARG005
)


def _save_workbook(desk: Desk, row: SealRow, parent: QWidget) -> None:
    """The book of a seal as a workbook, saved where the person says."""

    def save(path: Path) -> None:
        def work(office: Office) -> str:
            return print_ledger.save(office, papers_seals.register_book(office, row.id, _year(office), "xlsx"), path)

        def done(code: str) -> None:
            desk.tell(f"已存为 {path.name}，文件没有加密，追踪码 {code}")

        desk.jobs.run(lambda _: work(desk.office), desk, done=done)

    choose_target(parent, "用印登记簿存为表格", name=f"用印登记簿 {row.name}.xlsx", chosen=save)


def _open_papers(desk: Desk, row: SealRow, parent: QWidget, done: Done) -> None:
    del done
    menu = QMenu(parent)
    for paper in PAPERS:
        menu.addAction(paper.name).triggered.connect(
            lambda _=False, wanted=paper: show_paper(desk, lambda office: wanted.make(office, row), parent=parent)
        )
    menu.addAction("用印登记簿存为表格（.xlsx）").triggered.connect(lambda: _save_workbook(desk, row, parent))
    sender = next((b for b in descendants(parent, QPushButton) if b.accessibleName() == PRINT and b.isVisible()), None)
    menu.popup(sender.mapToGlobal(QPoint(0, -menu.sizeHint().height())) if sender else parent.pos())


def _keep_imprint(desk: Desk, row: SealRow, parent: QWidget, done: Done) -> None:
    def keep(paths: list[Path]) -> None:
        def work(office: Office) -> None:
            seal_inventory.keep_imprint(office, row.id, read_files(paths[:1])[0])

        def finished(result: object) -> None:
            del result
            desk.tell("印模已留存，只有保管人能看")
            done()

        desk.jobs.run(lambda _: work(desk.office), desk, done=finished)

    choose_files(parent, "留存印模：选扫描的印模图片", keep, name_filter=PICTURES)


def _may_keep(desk: Desk, row: SealRow) -> bool:
    del row
    return desk.actor.has(*INVENTORY)


def _may_move(desk: Desk, row: SealRow) -> bool:
    return desk.actor.has(*INVENTORY) and bool(NEXT[row.state])


def _is_own(desk: Desk, row: SealRow) -> bool:
    return row.is_kept_by(desk.actor.person_id) and bool(NEXT[row.state])


def _is_usable(desk: Desk, row: SealRow) -> bool:
    return not desk.actor.is_officer and row.state is SealState.IN_USE


def _cells(row: SealRow) -> tuple[str, ...]:
    return row.name, row.keeper, word(row.state)


SPEC: RecordSpec[SealRow] = RecordSpec(
    title="印章",
    headings=("印章", "保管人", "状态"),
    widths=("", "欧阳建国", "停用"),
    stretch=0,
    read=seal_inventory.all_seals,
    cells=_cells,
    empty="还没有登记印章。先登记一枚，才能申请用印。",
    new="登记印章",
    open_new=open_new,
    acts=(
        RecordAct("修改", open_edit, _may_keep),
        RecordAct("移交", open_hand_over, _may_move),
        RecordAct("外带", open_loan, _is_usable),
        RecordAct("留存印模", _keep_imprint, _is_own),
        RecordAct("变更状态", open_state, _may_move, is_dangerous=True),
        RecordAct(PRINT, _open_papers),
    ),
    faint=lambda row: row.state is not SealState.IN_USE,
    explanation="谁保管谁用印；移交三方签字，外带两人同行，停用、缴销、销毁都留下记录。",
)


class SealsPage(RecordPage[SealRow]):
    """The list at the left, the file of the current seal at the right."""

    help_topic = "seals"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, SPEC, parent)
        self.card = SealCard(desk, self)
        self._put_card_beside_list()
        self._add_tools()
        self._ui.recordsTableView.selectionModel().currentRowChanged.connect(self._show_current)
        self._ui.recordsTableView.model().modelReset.connect(self._show_current)
        self.card.changed.connect(self.refresh)

    def _put_card_beside_list(self) -> None:
        stack = self._ui.listStack
        box = next(layout for layout in descendants(self, QVBoxLayout) if layout.indexOf(stack) >= 0)
        place = box.indexOf(stack)
        splitter = QSplitter(self)
        splitter.setObjectName("sealsSplitter")
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(12)
        box.insertWidget(place, splitter, 1)
        splitter.addWidget(stack)
        splitter.addWidget(self.card)
        splitter.setSizes([LIST_WIDTH, 2 * LIST_WIDTH])
        splitter.setStretchFactor(1, 1)

    def _add_tools(self) -> None:
        new = self._ui.newPushButton
        head = next(row for row in descendants(self, QHBoxLayout) if row.indexOf(new) >= 0)
        tools: tuple[tuple[str, Callable[[], None], bool], ...] = (
            ("验证盖章文件", lambda: open_verify(self.desk, self.window()), True),
            ("审批权限", lambda: open_approvers(self.desk, self.window()), self.desk.actor.has(*settings.UPKEEP)),
            (
                "年度核查",
                lambda: open_year_check(self.desk, self.window(), self.refresh),
                self.desk.actor.has(*INVENTORY),
            ),
        )
        for name, opener, is_offered in tools:
            button = QPushButton(name, self)
            button.setAccessibleName(name)
            button.clicked.connect(opener)
            button.setVisible(is_offered)
            head.insertWidget(head.indexOf(new), button)
        new.setVisible(self.desk.actor.has(*INVENTORY))

    def _show_current(self) -> None:
        row = self.current
        if row is None:
            self.card.show_nothing()
        else:
            self.card.show_seal(row)


def inventory_page(desk: Desk) -> Page:
    """The page."""
    return SealsPage(desk)
