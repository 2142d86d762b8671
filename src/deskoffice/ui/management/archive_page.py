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
from deskoffice.ui.text_table import EmptyNote, TextModel, show_in
from deskoffice.ui.theme import mark
from deskoffice.usecases import archive, matters
from deskoffice.usecases.office import Office
from deskoffice.usecases.words import word

CLOSED = frozenset({State.CLOSED, State.ARCHIVED})
HEADINGS = ("类别", "已办结，可以归档", "还在办，不在其内")


@dataclass(frozen=True, slots=True)
class Written:
    """What was written, and where."""

    folder: Path
    items: int
    files: int


@dataclass(frozen=True, slots=True)
class KindCount:
    """What a kind of matter has in a year."""

    kind: MatterKind
    closed: int
    still_open: int


def _counted(office: Office, kind: MatterKind, year: int) -> KindCount:
    kinds = frozenset({kind})
    queries = {
        "closed": ListQuery(kinds=kinds, states=CLOSED, year=year),
        "open": ListQuery(kinds=kinds, open_only=True, year=year),
    }
    counts = matters.counts(office, queries)
    return KindCount(kind, counts["closed"], counts["open"])


def _cells(row: KindCount) -> tuple[str, ...]:
    return word(row.kind), f"{row.closed:,}", f"{row.still_open:,}"


class ArchivePage(Page):
    """The archivist's page."""

    help_topic = "lists"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._is_new = True
        self._ui = Ui_ArchivePage()
        self._ui.setupUi(self)
        ui = self._ui
        bar = WorkBar(ui.workFrame, ui.workLabel, ui.workProgressBar, ui.stopPushButton)
        self._work = LongWork(desk.jobs, bar, (ui.runPushButton,), failed=desk.refuse, parent=self)
        self._kinds: TextModel[KindCount] = TextModel(HEADINGS, _cells, parent=self)
        show_in(
            ui.kindsTableView, self._kinds, ("", "已办结，可以归档", "还在办，不在其内"), stretch=0, tokens=desk.tokens
        )
        EmptyNote(ui.kindsTableView, self.tr("这一年没有登记过文件。换一个年度看看。"))
        ui.yearSpinBox.setValue(desk.office.today().year - 1)
        ui.yearSpinBox.valueChanged.connect(self.refresh)
        ui.runPushButton.clicked.connect(
            lambda: choose_folder(self.window(), self.tr("案头 · 归档写到哪里"), chosen=self.export)
        )

    def refresh(self) -> None:
        """How many there are."""
        office, year = self.desk.office, self._ui.yearSpinBox.value()

        def work(progress: Progress) -> list[KindCount]:
            del progress
            return [_counted(office, kind, year) for kind in MatterKind]

        self.desk.jobs.run(work, self, done=self._show_counts)

    def _show_counts(self, counts: list[KindCount]) -> None:
        closed, still_open = sum(one.closed for one in counts), sum(one.still_open for one in counts)
        text = self.tr("办结 %1 件，可以归档；还在办 %2 件，不在其内。")
        self._ui.foundLabel.setText(text.replace("%1", f"{closed:,}").replace("%2", f"{still_open:,}"))
        self._ui.runPushButton.setEnabled(closed > 0)
        self._kinds.show_rows([one for one in counts if one.closed or one.still_open])
        is_new, self._is_new = self._is_new, False
        if is_new and not self._kinds.rows:
            # An office in its first year has nothing of the last.
            self._ui.yearSpinBox.setValue(self.desk.office.today().year)

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
