"""Which of the papers of a matter is to be printed."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QDialog, QWidget

from deskoffice._generated.paper_choice import Ui_PaperChoice
from deskoffice.domain.matters import MatterCard
from deskoffice.ui.desk import Desk
from deskoffice.ui.papers import show_paper
from deskoffice.usecases.office import Office
from deskoffice.usecases.previews import PdfPaper


@dataclass(frozen=True, slots=True)
class MatterPaper:
    """A printed form of a matter."""

    name: str
    make: Callable[[Office, int], PdfPaper]


@dataclass(frozen=True, slots=True)
class PaperOpener:
    """打印: the papers of one kind of matter; a single one is shown without asking."""

    papers: tuple[MatterPaper, ...]

    def __call__(self, desk: Desk, card: MatterCard, parent: QWidget) -> None:
        """An opener of the act."""
        if len(self.papers) == 1:
            show(desk, card, self.papers[0], parent=parent)
        else:
            PaperChoice(desk, card, papers=self.papers, parent=parent).open()


def show(desk: Desk, card: MatterCard, paper: MatterPaper, *, parent: QWidget) -> None:
    """Make one paper and show it."""
    show_paper(desk, partial(_made, paper, card.row.id), parent=parent)


def _made(paper: MatterPaper, matter_id: int, office: Office) -> PdfPaper:
    return paper.make(office, matter_id)


class PaperChoice(QDialog):
    """A list; Enter shows the current paper as it will print."""

    def __init__(self, desk: Desk, card: MatterCard, *, papers: tuple[MatterPaper, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._card, self._papers, self._window = desk, card, papers, parent
        self._ui = Ui_PaperChoice()
        self._ui.setupUi(self)
        names = QStringListModel([paper.name for paper in papers], self)
        self._ui.matterLabel.setText("　".join(part for part in (card.row.number, card.row.title) if part))
        self._ui.papersListView.setModel(names)
        self._ui.papersListView.setCurrentIndex(names.index(0, 0))
        self._ui.papersListView.doubleClicked.connect(self._on_chosen)
        self._ui.showPushButton.clicked.connect(self._on_chosen)
        self._ui.cancelPushButton.clicked.connect(self.reject)
        self._ui.papersListView.setFocus()

    def _on_chosen(self) -> None:
        paper = self._papers[self._ui.papersListView.currentIndex().row()]
        show(self._desk, self._card, paper, parent=self._window)
        self.accept()
