"""归档: a year's closed matters written as a folder that can be read without this program."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from deskoffice._generated.management.archive_page import Ui_ArchivePage
from deskoffice.domain.matters import ListQuery, MatterKind, State
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.desk import Desk, Page
from deskoffice.ui.files import choose_folder
from deskoffice.ui.jobs import Progress
from deskoffice.ui.management.long_work import LongWork, WorkBar
from deskoffice.ui.theme import mark
from deskoffice.usecases import archive, matters

ALL = frozenset(MatterKind)
CLOSED = frozenset({State.CLOSED, State.ARCHIVED})


@dataclass(frozen=True, slots=True)
class Written:
    """What was written, and where."""

    folder: Path
    items: int
    files: int


class ArchivePage(Page):
    """The archivist's page."""

    help_topic = "lists"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._ui = Ui_ArchivePage()
        self._ui.setupUi(self)
        ui = self._ui
        bar = WorkBar(ui.workFrame, ui.workLabel, ui.workProgressBar, ui.stopPushButton)
        self._work = LongWork(desk.jobs, bar, (ui.runPushButton,), failed=desk.refuse, parent=self)
        ui.yearSpinBox.setValue(desk.office.today().year - 1)
        ui.yearSpinBox.valueChanged.connect(self.refresh)
        ui.runPushButton.clicked.connect(
            lambda: choose_folder(self.window(), self.tr("案头 · 归档写到哪里"), chosen=self.export)
        )

    def refresh(self) -> None:
        """How many there are."""
        office, year = self.desk.office, self._ui.yearSpinBox.value()
        queries = {
            "closed": ListQuery(kinds=ALL, states=CLOSED, year=year),
            "open": ListQuery(kinds=ALL, open_only=True, year=year),
        }
        self.desk.jobs.run(lambda _: matters.counts(office, queries), self, done=self._show_counts)

    def _show_counts(self, counts: dict[str, int]) -> None:
        text = self.tr("办结 %1 件，可以归档；还在办 %2 件，不在其内。")
        text = text.replace("%1", f"{counts['closed']:,}").replace("%2", f"{counts['open']:,}")
        self._ui.foundLabel.setText(text)
        self._ui.runPushButton.setEnabled(counts["closed"] > 0)

    def export(self, folder: Path) -> None:
        """Write the year into a new folder of its name; stopping leaves nothing behind."""
        office, year = self.desk.office, self._ui.yearSpinBox.value()
        out = folder / f"归档{year}"

        def work(progress: Progress) -> Written:
            made = archive.export_year(office, out, year, progress.report)
            return Written(made.folder, made.items, made.files)

        self._work.run(self.tr("正在归档"), work, done=self._on_written)

    def _on_written(self, made: Written) -> None:
        text = self.tr("已写出 %1 件，共 %2 个文件，在“%3”。附目录和校验值 SHA256SUMS。")
        for place, value in (("%1", f"{made.items:,}"), ("%2", f"{made.files:,}"), ("%3", made.folder.name)):
            text = text.replace(place, value)
        show_problem(self._ui.resultLabel, text)
        mark(self._ui.resultLabel, "grade", "done")
        self._ui.resultFrame.show()
