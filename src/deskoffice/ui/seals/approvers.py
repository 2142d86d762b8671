"""用印审批权限: a table of kinds of seal and kinds of paper; one key changes who approves."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHeaderView, QPushButton, QWidget

from deskoffice._generated.seals.approvers import Ui_ApproversDialog
from deskoffice.domain.errors import DeskOfficeError
from deskoffice.domain.people import Role
from deskoffice.domain.seal_inventory import SealKind
from deskoffice.domain.seals import PaperKind
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.desk import Desk
from deskoffice.ui.text_table import show_in
from deskoffice.ui.tree import descendants
from deskoffice.usecases import seal_book
from deskoffice.usecases.messages import sentence
from deskoffice.usecases.words import word

PAPERS = tuple(paper for paper in PaperKind if paper is not PaperKind.OUTGOING)
SEALS = tuple(SealKind)
OTHER = {Role.OFFICE_LEADER: Role.SIGNATORY, Role.SIGNATORY: Role.OFFICE_LEADER}
Rules = dict[tuple[SealKind, PaperKind], Role]


def open_approvers(desk: Desk, parent: QWidget) -> None:
    """The table as it is set now."""
    ApproversDialog(desk, parent).open()


class ApproversDialog(QDialog):
    """A signed document stands in no cell: its signature is the approval."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self._rules: Rules = {}
        self._ui = Ui_ApproversDialog()
        self._ui.setupUi(self)
        self._model = QStandardItemModel(len(SEALS), len(PAPERS) + 1, self)
        self._model.setHorizontalHeaderLabels(["印章", *(word(paper) for paper in PAPERS)])
        ui = self._ui
        show_in(ui.rulesTableView, self._model, ["收文专用章"] * (len(PAPERS) + 1), stretch=0, tokens=desk.tokens)
        ui.rulesTableView.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        header = ui.rulesTableView.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        ui.rulesTableView.doubleClicked.connect(self._on_change)
        scope = Qt.ShortcutContext.WidgetShortcut
        for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
            QShortcut(QKeySequence(key), ui.rulesTableView, self._on_change, context=scope)
        QShortcut(QKeySequence("Ctrl+Return"), self, ui.donePushButton.click)
        ui.donePushButton.clicked.connect(self._on_done_clicked)
        ui.cancelPushButton.clicked.connect(self.reject)
        for button in descendants(self, QPushButton):
            button.setAutoDefault(False)
        office = desk.office
        desk.jobs.run(lambda _: seal_book.approver_rules(office), self, done=self._show)

    def _show(self, found: Rules) -> None:
        self._rules = dict(found)
        for row, seal in enumerate(SEALS):
            self._put(row, 0, word(seal))
            for column, paper in enumerate(PAPERS, start=1):
                self._put(row, column, word(found[seal, paper]))
        self._ui.rulesTableView.setCurrentIndex(self._model.index(0, 1))
        self._ui.rulesTableView.setFocus()

    def _put(self, row: int, column: int, text: str) -> None:
        item = QStandardItem(text)
        item.setEditable(False)
        self._model.setItem(row, column, item)

    def _on_change(self) -> None:
        index = self._ui.rulesTableView.currentIndex()
        if index.column() < 1 or not self._rules:
            return
        key = SEALS[index.row()], PAPERS[index.column() - 1]
        self._rules[key] = OTHER[self._rules[key]]
        self._put(index.row(), index.column(), word(self._rules[key]))

    def _on_done_clicked(self) -> None:
        wanted, office = dict(self._rules), self._desk.office
        self._desk.jobs.run(
            lambda _: seal_book.save_approver_rules(office, wanted),
            self,
            done=self._on_saved,
            failed=self._on_failed,
        )

    def _on_saved(self, result: object) -> None:
        del result
        self._desk.tell(self.tr("审批权限已保存，从下一份申请起用"))
        self.accept()

    def _on_failed(self, error: DeskOfficeError) -> None:
        show_problem(self._ui.problemLabel, sentence(error))
