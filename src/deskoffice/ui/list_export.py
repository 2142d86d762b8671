"""The button that takes a list out as it is shown: as a workbook, or as a paper to be looked at and printed."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QPushButton

from deskoffice.ui.desk import Desk
from deskoffice.ui.files import choose_target
from deskoffice.ui.jobs import Progress
from deskoffice.ui.papers import show_paper
from deskoffice.usecases import list_export, print_ledger
from deskoffice.usecases.list_export import ShownList


class ListExport(QObject):
    """Exactly the rows that the list has when the button is pressed."""

    def __init__(self, desk: Desk, button: QPushButton, shown: Callable[[], ShownList]) -> None:
        super().__init__(button)
        self._desk, self._button, self._shown = desk, button, shown
        button.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        menu = QMenu(self._button)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addAction(self.tr("Excel 表格…")).triggered.connect(self._on_sheet_wanted)
        menu.addAction(self.tr("PDF，先看再打印或存…")).triggered.connect(self._on_paper_wanted)
        menu.popup(self._button.mapToGlobal(QPoint(0, self._button.height() + 2)))

    def _on_paper_wanted(self) -> None:
        shown = self._shown()
        show_paper(self._desk, lambda office: list_export.export(office, shown, "pdf"), parent=self._button.window())

    def _on_sheet_wanted(self) -> None:
        shown = self._shown()
        name = f"{shown.title}{self._desk.office.today():%Y%m%d}.xlsx"
        chosen = partial(self.save_sheet, shown)
        choose_target(self._button.window(), self.tr("案头 · 导出 Excel"), name=name, chosen=chosen)

    def save_sheet(self, shown: ShownList, target: Path) -> None:
        """Write the workbook."""
        office = self._desk.office

        def work(progress: Progress) -> str:
            del progress
            return print_ledger.save(office, list_export.export(office, shown, "xlsx"), target)

        text = self.tr("已导出 %1，文件没有加密，追踪码 %2").replace("%1", target.name)
        self._desk.jobs.run(work, self, done=lambda code: self._desk.tell(text.replace("%2", code)))
