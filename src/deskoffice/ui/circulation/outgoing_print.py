"""打印: the document as a page, as a Word file, its 发文稿纸 or 分发清单."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from deskoffice._generated.circulation.outgoing_print import Ui_OutgoingPrint
from deskoffice.domain.matters import MatterCard
from deskoffice.ui.desk import Desk
from deskoffice.ui.files import choose_target
from deskoffice.ui.jobs import Progress
from deskoffice.ui.papers import show_paper
from deskoffice.usecases import dwell, print_ledger
from deskoffice.usecases.circulation import issued_papers, outgoing_paper, slips
from deskoffice.usecases.office import Office
from deskoffice.usecases.previews import OUTGOING, PdfPaper


def open_print(desk: Desk, card: MatterCard, parent: QWidget) -> None:
    """The opener of the act."""
    OutgoingPrint(desk, card, parent=parent).open()


class OutgoingPrint(QDialog):
    """Which paper is wanted."""

    def __init__(self, desk: Desk, card: MatterCard, *, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._row, self._window = desk, card.row, parent
        self._ui = Ui_OutgoingPrint()
        self._ui.setupUi(self)
        self._ui.matterLabel.setText("　".join(part for part in (card.row.number, card.row.title) if part))
        self._ui.paperPushButton.clicked.connect(self._on_paper_clicked)
        self._ui.sheetPushButton.clicked.connect(self._on_sheet_clicked)
        self._ui.distributionPushButton.clicked.connect(self._on_distribution_clicked)
        self._ui.wayPushButton.clicked.connect(self._on_way_clicked)
        self._ui.wordPushButton.clicked.connect(self._on_word_clicked)
        self._ui.cancelPushButton.clicked.connect(self.reject)

    @property
    def _name(self) -> str:
        """The name of a file; a title may hold what a file's name may not."""
        name = f"{self._row.number} {self._row.title}".strip()
        return "".join("－" if one in '/\\:*?"<>|\n' else one for one in name)[:100]

    def _on_paper_clicked(self) -> None:
        matter_id, name = self._row.id, f"{self._name}.pdf"

        def make(office: Office) -> PdfPaper:
            return PdfPaper(outgoing_paper.pdf(office, matter_id).pdf, name, matter_id, kind=OUTGOING)

        show_paper(self._desk, make, parent=self._window)
        self.accept()

    def _on_sheet_clicked(self) -> None:
        matter_id = self._row.id
        show_paper(self._desk, lambda office: slips.issue_sheet(office, matter_id), parent=self._window)
        self.accept()

    def _on_distribution_clicked(self) -> None:
        matter_id = self._row.id
        show_paper(self._desk, lambda office: issued_papers.distribution(office, matter_id), parent=self._window)
        self.accept()

    def _on_way_clicked(self) -> None:
        matter_id = self._row.id
        show_paper(self._desk, lambda office: dwell.way_of(office, matter_id), parent=self._window)
        self.accept()

    def _on_word_clicked(self) -> None:
        choose_target(self, self.tr("案头 · 存为 Word 文档"), name=f"{self._name}.docx", chosen=self._save_word)

    def _save_word(self, target: Path) -> None:
        office, matter_id = self._desk.office, self._row.id

        def work(progress: Progress) -> str:
            del progress
            paper = PdfPaper(outgoing_paper.docx(office, matter_id), target.name, matter_id, kind=OUTGOING)
            return print_ledger.save(office, paper, target)

        def done(code: str) -> None:
            told = self.tr("已存为 %1，文件没有加密，追踪码 %2")
            self._desk.tell(told.replace("%1", target.name).replace("%2", code))
            self.accept()

        self._desk.jobs.run(work, self, done=done)
