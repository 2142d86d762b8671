"""A paper made to be printed: looked at, printed, or saved as a file."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from deskoffice._generated.paper import Ui_PaperDialog
from deskoffice.ui.desk import Desk
from deskoffice.ui.files import choose_target
from deskoffice.ui.jobs import Progress
from deskoffice.ui.print_dialog import PrintDialog
from deskoffice.usecases import print_ledger
from deskoffice.usecases.office import Office
from deskoffice.usecases.previews import PdfPaper


def show_paper(desk: Desk, make: Callable[[Office], PdfPaper], *, parent: QWidget) -> None:
    """Make the paper in the worker, then show it."""
    desk.jobs.run(lambda _: make(desk.office), desk, done=lambda paper: PaperDialog(desk, paper, parent=parent).open())


class PaperDialog(QDialog):
    """The paper as it will print."""

    def __init__(self, desk: Desk, paper: PdfPaper, *, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._paper = desk, paper
        self._ui = Ui_PaperDialog()
        self._ui.setupUi(self)
        self._ui.paperTitleLabel.setText(Path(paper.name).stem)
        self._ui.printPushButton.clicked.connect(self._on_print_clicked)
        self._ui.savePushButton.clicked.connect(self._on_save_clicked)
        self._ui.closePushButton.clicked.connect(self.reject)
        self.resize(parent.size() * 0.9)
        self._ui.pagesPreview.is_printable = False  # the dialog has its own button
        self._ui.pagesPreview.show_pdf(desk, paper)

    def _on_print_clicked(self) -> None:
        dialog = PrintDialog(self._desk, self._paper, parent=self)
        dialog.accepted.connect(self.accept)
        dialog.open()

    def _on_save_clicked(self) -> None:
        choose_target(self, "案头 · 存为文件", name=self._paper.name, chosen=self._save)

    def _save(self, target: Path) -> None:
        office, paper = self._desk.office, self._paper

        def work(progress: Progress) -> str:
            del progress
            return print_ledger.save(office, paper, target)

        self._desk.jobs.run(work, self, done=lambda code: self._on_saved(target, code))

    def _on_saved(self, target: Path, code: str) -> None:
        self._desk.tell(f"已存到 {target.parent.name} 中的 {target.name}，文件没有加密，追踪码 {code}")
        self.accept()
