"""The table of a list of matters: widths, headers that sort, Enter for the likely act."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from deskoffice.domain.matters import SortKey
from deskoffice.ui.headed_model import spare_heads
from deskoffice.ui.matter_delegate import MARGIN, ROW_HEIGHT, MatterDelegate
from deskoffice.ui.matter_model import BADGES, DUE, HOLDER, NUMBER, TITLE, MatterModel
from deskoffice.ui.theme import Tokens, text_metrics

SORTED_BY = {NUMBER: SortKey.NUMBER, TITLE: SortKey.UNIT, DUE: SortKey.DUE}
SAMPLES = {
    NUMBER: ("东政办发", 12),
    BADGES: ("机密★20年　", 12),
    DUE: ("已超期 88 天", 14),
    HOLDER: ("县财政局等8处 承办", 14),
}
"""The longest that each fixed column usually shows, and how large; the title gets the rest."""
NARROW, USUAL, WIDE = 580, 760, 900
HOLDERS = ((WIDE, "县住房和城乡建设局等8处 承办"), (USUAL, "县人大办等8处 承办"), (0, SAMPLES[HOLDER][0]))


class MatterTable(QTableView):
    """Shows a MatterModel. Sorting is asked for, not done: the rows are sorted where they are stored."""

    enter_pressed = Signal()
    sort_wanted = Signal(object, bool)
    """SortKey and whether descending."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)

    def show_model(self, model: MatterModel, tokens: Tokens) -> None:
        """Put the model in, with widths from the type and not from pixels."""
        self.setModel(model)
        self.setItemDelegate(MatterDelegate(tokens, model.today, self))
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        spare_heads(header)
        # What is late is bold.
        for column, (sample, pixels) in SAMPLES.items():
            wanted = text_metrics(pixels, bold=True).horizontalAdvance(sample) + 2 * MARGIN
            header.resizeSection(column, max(wanted, header.sectionSizeHint(column)))
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self._on_header_clicked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow list the due date stands under the holder; in a wide one the holder's name is whole."""
        if self.model() is not None and not self.isColumnHidden(HOLDER):
            width = self.viewport().width()
            self.setColumnHidden(DUE, width < NARROW)
            sample = next(words for least, words in HOLDERS if width > least or not least)
            wanted = text_metrics(bold=True).horizontalAdvance(sample) + 2 * MARGIN
            self.horizontalHeader().resizeSection(HOLDER, wanted)
        super().resizeEvent(event)

    def show_sorting(self, sort: SortKey, *, descending: bool) -> None:
        """Mark the column that the list is sorted by; none when it is in the order of registration."""
        header = self.horizontalHeader()
        column = next((column for column, key in SORTED_BY.items() if key == sort), None)
        header.setSortIndicatorShown(column is not None)
        if column is not None:
            order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
            header.setSortIndicator(column, order)

    def _on_header_clicked(self, column: int) -> None:
        header = self.horizontalHeader()
        if column not in SORTED_BY:
            return
        again = header.isSortIndicatorShown() and header.sortIndicatorSection() == column
        was_descending = header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
        descending = not was_descending if again else column == NUMBER
        self.sort_wanted.emit(SORTED_BY[column], descending)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does the likely act on the current matter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.enter_pressed.emit()
            return
        super().keyPressEvent(event)
