"""领导批示: every instruction with its paper and its tasks; praise is a list of its own."""

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QPushButton, QWidget

from deskoffice._generated.circulation.instructions_page import Ui_InstructionsPage
from deskoffice.domain.matters import Changes
from deskoffice.domain.steps import Nature
from deskoffice.domain.values import Classification, secrecy_mark
from deskoffice.ui.dates import day_text
from deskoffice.ui.desk import Desk, Page
from deskoffice.ui.paged_model import PagedModel, Slice
from deskoffice.ui.papers import show_paper
from deskoffice.ui.text_table import show_in
from deskoffice.usecases.circulation import instructions
from deskoffice.usecases.circulation.instructions import InstructionRow
from deskoffice.usecases.words import word

HEADINGS = ("批示日期", "批示人", "性质", "批示原文", "来文", "密级", "督办")
WIDTHS = ("12月31日", "欧阳建国", "肯定性批示", "", "关于做好汛期值班值守工作的通知", "机密★20年", "3项，3在办")
WORDS, PAPER = 3, 4
WIDE, SHARE = 1400, 0.3
"""In a table this wide the title of the paper gets so much of it."""
YEARS = 6


class InstructionsModel(PagedModel[InstructionRow]):
    """One line for each instruction."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk.jobs, HEADINGS, parent)

    def text(self, row: InstructionRow, column: int) -> str:
        """The words of a cell."""
        step, matter = row.step, row.matter
        return (
            day_text(step.said_on, step.said_on) if step.said_on else "",
            (step.person or step.post) + ("（代）" if step.deputy else ""),
            word(step.nature) if step.nature else "",
            said(row).replace("\n", " "),
            matter.title,
            secrecy_mark(matter.level, matter.secrecy_years),
            f"{row.tasks}项，{row.open_tasks}在办" if row.open_tasks else f"{row.tasks}项" if row.tasks else "",
        )[column]


def said(row: InstructionRow) -> str:
    """The exact words, or that they may not be read here."""
    if row.step.nature is Nature.READ:
        return "（圈阅）"
    return "意见不在本人知悉范围" if row.step.opinion is None else row.step.opinion


class InstructionsPage(Page):
    """A year at a time; the words of the chosen line stand whole below."""

    help_topic = "incoming"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._nature: Nature | None = None
        self._ui = Ui_InstructionsPage()
        self._ui.setupUi(self)
        self._model = InstructionsModel(desk, self)
        table = self._ui.instructionsTableView
        show_in(table, self._model, WIDTHS, stretch=WORDS, tokens=desk.tokens)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        this_year = desk.office.today().year
        for year in range(this_year, this_year - YEARS, -1):
            self._ui.yearComboBox.addItem(f"{year}年", year)
        self._chips: dict[QPushButton, Nature | None] = {
            self._ui.allPushButton: None,
            self._ui.requestPushButton: Nature.REQUEST,
            self._ui.praisePushButton: Nature.PRAISE,
            self._ui.readPushButton: Nature.READ,
        }
        self._connect()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a wide screen the title of the paper is whole."""
        super().resizeEvent(event)
        table = self._ui.instructionsTableView
        if self.width() > WIDE:
            table.horizontalHeader().resizeSection(PAPER, int(self.width() * SHARE))

    def _connect(self) -> None:
        ui = self._ui
        for chip, nature in self._chips.items():
            chip.setCheckable(True)
            chip.clicked.connect(lambda _=False, nature=nature: self._show_nature(nature))
        ui.yearComboBox.currentIndexChanged.connect(self.refresh)
        ui.printPushButton.clicked.connect(self._on_print_clicked)
        ui.instructionsTableView.doubleClicked.connect(self._open)
        ui.instructionsTableView.selectionModel().currentRowChanged.connect(self._on_row_changed)
        self._model.loaded.connect(self._on_loaded)
        self._model.arrived.connect(self._tell_level)
        self.desk.changed.connect(self._on_changed)

    def _show_nature(self, nature: Nature | None) -> None:
        self._nature = nature
        self.refresh()

    def refresh(self) -> None:
        """Read the year again."""
        office, nature, year = self.desk.office, self._nature, int(self._ui.yearComboBox.currentData())

        def read(first: int, size: int) -> Slice[InstructionRow]:
            found = instructions.listed(office, nature, year, first=first, size=size)
            total = sum(found.counts.values()) if nature is None else found.counts.get(nature, 0)
            return Slice(total, found.rows)

        self._model.load(read)
        self.desk.jobs.run(
            lambda _: instructions.listed(office, None, year, size=0).counts, self, done=self._show_counts
        )

    def _show_counts(self, counts: dict[Nature, int]) -> None:
        for chip, nature in self._chips.items():
            name = word(nature) if nature else self.tr("全部")
            chip.setText(f"{name} {counts.get(nature, 0) if nature else sum(counts.values())}")
            chip.setChecked(nature is self._nature)

    def _on_loaded(self) -> None:
        ui, count = self._ui, self._model.count
        ui.listStack.setCurrentWidget(ui.instructionsTableView if count else ui.emptyPage)
        ui.wordsLabel.setVisible(bool(count))
        if count:
            ui.instructionsTableView.setCurrentIndex(self._model.index(0, 0))
        self._tell_level()

    def _on_row_changed(self, index: QModelIndex) -> None:
        row = self._model.row(index.row())
        self._ui.wordsLabel.setText("" if row is None else f"{row.matter.number}　{row.matter.title}\n“{said(row)}”")

    def _tell_level(self) -> None:
        self._on_row_changed(self._ui.instructionsTableView.currentIndex())
        levels = [row.matter.level for _, row in self._model.known_rows()]
        self.show_level(max(levels, default=Classification.PUBLIC))

    def _on_print_clicked(self) -> None:
        nature, year = self._nature, int(self._ui.yearComboBox.currentData())
        show_paper(self.desk, lambda office: instructions.register(office, nature, year), parent=self.window())

    def _open(self, index: QModelIndex) -> None:
        if (row := self._model.row(index.row())) is not None:
            self.desk.open_matter(row.matter)

    def _on_changed(self, changes: Changes) -> None:
        del changes
        if self.isVisible():
            self.refresh()
