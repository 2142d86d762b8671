"""A paper made to be printed: looked at, printed, or saved as a file."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPageSize, QPainter, QPixmap
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from deskoffice._generated.paper import Ui_PaperDialog
from deskoffice.ui.desk import Desk
from deskoffice.ui.files import choose_target
from deskoffice.ui.jobs import Progress
from deskoffice.usecases import previews
from deskoffice.usecases.office import Office
from deskoffice.usecases.previews import PdfPaper

PRINTED_WIDTH = 2480
"""Pixels of A4 at 300 dpi."""


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
        self._ui.pagesPreview.show_pdf(desk, paper)

    def _on_print_clicked(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        printer.setFullPage(True)
        dialog = QPrintDialog(printer, self)
        dialog.accepted.connect(lambda: self._print_on(printer))
        QDialog.open(dialog)

    def _print_on(self, printer: QPrinter) -> None:
        pdf = self._paper.data
        self._desk.jobs.run(
            lambda _: previews.pdf_pages(pdf, PRINTED_WIDTH), self, done=lambda pages: self._paint(printer, pages)
        )

    def _paint(self, printer: QPrinter, pages: tuple[bytes, ...]) -> None:
        paint_pages(printer, pages)
        self._desk.tell("已送打印机")
        self.accept()

    def _on_save_clicked(self) -> None:
        choose_target(self, "案头 · 存为文件", name=self._paper.name, chosen=self._save)

    def _save(self, target: Path) -> None:
        def work(progress: Progress) -> int:
            del progress
            return target.write_bytes(self._paper.data)

        self._desk.jobs.run(work, self, done=lambda _: self._on_saved(target))

    def _on_saved(self, target: Path) -> None:
        self._desk.tell(f"已存到 {target.parent.name} 中的 {target.name}，文件没有加密")
        self.accept()


def paint_pages(printer: QPrinter, pages: tuple[bytes, ...]) -> None:
    """Each picture fills a sheet."""
    painter = QPainter(printer)
    for at, image in enumerate(pages):
        if at:
            printer.newPage()
        page = QPixmap()
        page.loadFromData(image)
        painter.drawPixmap(QRect(0, 0, printer.width(), printer.height()), page)
    painter.end()
