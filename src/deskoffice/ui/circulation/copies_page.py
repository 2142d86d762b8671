"""在外份: every numbered copy that must come back, with whom, since when."""

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from deskoffice._generated.circulation.copies_page import Ui_CopiesPage
from deskoffice.domain.matters import Changes
from deskoffice.domain.people import Role
from deskoffice.domain.values import Classification, secrecy_mark
from deskoffice.ui.dates import day_text, due_text
from deskoffice.ui.desk import Desk, Page
from deskoffice.ui.paged_model import PagedModel, Slice
from deskoffice.usecases import copies
from deskoffice.usecases.copies import CopyOut

HEADINGS = ("份号", "文件", "密级", "在谁手里", "自", "应还")
PAPER = 1


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
            day_text(copy.held_since, today),
            due_text(copy.due_on, today).text,
        )[column]


class CopiesPage(Page):
    """The list, and the one thing to do with a line: the copy came back."""

    help_topic = "outgoing"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._ui = Ui_CopiesPage()
        self._ui.setupUi(self)
        self._model = CopiesModel(desk, self)
        table = self._ui.copiesTableView
        table.setModel(self._model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.verticalHeader().setVisible(False)
        table.horizontalHeader().setSectionResizeMode(PAPER, QHeaderView.ResizeMode.Stretch)
        table.horizontalHeader().setHighlightSections(False)
        may_take = desk.actor.has(Role.CONFIDENTIAL_CLERK)
        self._ui.returnedPushButton.setVisible(may_take)
        self._ui.returnedPushButton.clicked.connect(self._on_returned_clicked)
        table.doubleClicked.connect(self._on_double_clicked)
        self._model.loaded.connect(self._on_loaded)
        desk.changed.connect(self._on_changed)

    def refresh(self) -> None:
        """Read the list again."""
        office = self.desk.office

        def read(first: int, size: int) -> Slice[CopyOut]:
            page = copies.out(office, first, size)
            return Slice(page.total, page.rows)

        self._model.load(read)

    def _on_loaded(self) -> None:
        count = self._model.count
        self._ui.summaryLabel.setText(self.tr("%1 份").replace("%1", f"{count:,}"))
        self._ui.listStack.setCurrentWidget(self._ui.copiesTableView if count else self._ui.emptyFrame)
        self._ui.returnedPushButton.setEnabled(count > 0)
        if count:
            self._ui.copiesTableView.setCurrentIndex(self._model.index(0, 0))
        levels = [row.matter.level for _, row in self._model.known_rows()]
        self.show_level(max(levels, default=Classification.PUBLIC))

    def _on_returned_clicked(self) -> None:
        row = self._model.row(self._ui.copiesTableView.currentIndex().row())
        if row is None:
            return
        office, copy = self.desk.office, row.copy

        def done(changes: Changes) -> None:
            self.desk.tell(self.tr("第 %1 号份已收回").replace("%1", copy.copy_number))
            self.desk.note(changes)

        self.desk.jobs.run(lambda _: copies.take_back(office, copy.id), self, done=done)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        if (row := self._model.row(index.row())) is not None:
            self.desk.open_matter(row.matter)

    def _on_changed(self, changes: Changes) -> None:
        del changes
        if self.isVisible():
            self.refresh()
