"""议定事项: everything that meetings decided, with whom it is and whether it is late."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from deskoffice._generated.meetings.decisions_page import Ui_DecisionsPage
from deskoffice.domain.matters import Changes
from deskoffice.domain.meetings import DecidedRow, MeetingSeries
from deskoffice.domain.supervision import CHASERS
from deskoffice.domain.values import Classification
from deskoffice.ui.dates import due_text
from deskoffice.ui.desk import Desk, Page
from deskoffice.ui.headed_model import AnyIndex
from deskoffice.ui.papers import show_paper
from deskoffice.ui.text_table import EmptyNote, TextModel, show_in
from deskoffice.usecases import meeting_views, papers_meeting_plans, supervision
from deskoffice.usecases.office import Office
from deskoffice.usecases.words import word

HEADINGS = ("会次", "议定事项", "牵头和配合", "责任领导", "期限", "落实情况")
SAMPLES = ("第108次县长办公会", "", "县住房和城乡建设局", "欧阳建国", "已超期 88 天", "办理中")
DUE = 4
EVERY_SERIES = "各类会议"
NUDGE = "请按会议议定期限抓紧落实，并反馈进展。"


class DecisionsModel(TextModel[DecidedRow]):
    """Only the day is red where it is past: the words are read first."""

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """As the others, but for the colour of the day."""
        colour = super().data(index, role)
        if role != Qt.ItemDataRole.ForegroundRole or index.column() == DUE:
            return colour
        row = self.row(index.row())
        return colour if row is not None and row.decision.task.closed_on is not None else None


class DecisionsPage(Page):
    """One chip holds; Enter goes to the task."""

    help_topic = "meetings"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._all: Sequence[DecidedRow] = ()
        self._ui = ui = Ui_DecisionsPage()
        ui.setupUi(self)
        self._model = DecisionsModel(HEADINGS, self._cells, colour=self._colour, parent=self)
        show_in(ui.decisionsTableView, self._model, SAMPLES, stretch=1, tokens=desk.tokens)
        EmptyNote(
            ui.decisionsTableView, self.tr("没有符合这些条件的议定事项。开会时记下的议定事项列在这里，逐项督办到底。")
        )
        ui.seriesComboBox.addItem(EVERY_SERIES, "")
        for one in MeetingSeries:
            ui.seriesComboBox.addItem(word(one), word(one))
        self._chips = {
            "open": ui.openPushButton,
            "late": ui.latePushButton,
            "done": ui.donePushButton,
            "all": ui.allPushButton,
        }
        self._words = {key: chip.text() for key, chip in self._chips.items()}
        ui.openPushButton.setChecked(True)
        may_urge = desk.actor.has(*CHASERS)
        ui.urgePushButton.setVisible(may_urge)
        ui.urgeAllPushButton.setVisible(may_urge)
        self._connect()

    def _connect(self) -> None:
        ui = self._ui
        for chip in self._chips.values():
            chip.clicked.connect(self._filter)
        ui.seriesComboBox.activated.connect(self._filter)
        ui.searchLineEdit.textChanged.connect(self._filter)
        ui.taskPushButton.clicked.connect(self._on_task_clicked)
        ui.meetingPushButton.clicked.connect(self._on_meeting_clicked)
        ui.urgePushButton.clicked.connect(lambda: self._urge([one for one in [self._current] if one]))
        ui.urgeAllPushButton.clicked.connect(lambda: self._urge(self._of("late")))
        ui.printPushButton.clicked.connect(self._on_print_clicked)
        ui.decisionsTableView.doubleClicked.connect(self._on_task_clicked)
        scope = Qt.ShortcutContext.WidgetShortcut
        QShortcut(QKeySequence(Qt.Key.Key_Return), ui.decisionsTableView, self._on_task_clicked, context=scope)
        self.desk.changed.connect(self._on_changed)

    def _on_changed(self, changes: Changes) -> None:
        del changes
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Read the list again."""
        office = self.desk.office
        self.desk.jobs.run(lambda _: meeting_views.all_decisions(office), self, done=self._show)

    def focus_search(self) -> None:
        """Ctrl+F."""
        self._ui.searchLineEdit.setFocus()
        self._ui.searchLineEdit.selectAll()

    def _show(self, rows: Sequence[DecidedRow]) -> None:
        self._all = rows
        for key, chip in self._chips.items():
            chip.setText(f"{self._words[key]} {len(self._of(key)):,}")
        self._filter()

    def _of(self, key: str) -> list[DecidedRow]:
        today = self.desk.office.today()
        if key == "late":
            return [row for row in self._all if row.decision.is_late(today)]
        if key == "all":
            return list(self._all)
        return [row for row in self._all if (row.decision.task.closed_on is not None) == (key == "done")]

    @property
    def _key(self) -> str:
        return next((key for key, chip in self._chips.items() if chip.isChecked()), "all")

    def _filter(self) -> None:
        ui, typed = self._ui, self._ui.searchLineEdit.text().strip()
        series = str(ui.seriesComboBox.currentData())
        found = [
            row
            for row in self._of(self._key)
            if row.name.endswith(series) and (not typed or any(typed in cell for cell in self._cells(row)))
        ]
        self._model.show_rows(found)
        ui.summaryLabel.setText(self.tr("%1 项").replace("%1", f"{len(found):,}"))
        if found:
            ui.decisionsTableView.setCurrentIndex(self._model.index(0, 0))
        for button in (ui.taskPushButton, ui.meetingPushButton, ui.urgePushButton, ui.printPushButton):
            button.setEnabled(bool(found))
        ui.urgeAllPushButton.setEnabled(bool(self._of("late")))
        self.show_level(max((row.decision.task.level for row in found), default=Classification.PUBLIC))

    def _cells(self, row: DecidedRow) -> tuple[str, ...]:
        one, today = row.decision, self.desk.office.today()
        due = due_text(one.task.due_on, today, ended=one.task.closed_on is not None).text
        state = word(one.task.state)
        return row.name, one.text, "、".join((one.leads, *one.others)), one.leader, due, state

    def _colour(self, row: DecidedRow) -> str:
        tokens = self.desk.tokens
        if row.decision.task.closed_on is not None:
            return tokens.faint
        return tokens.overdue if row.decision.is_late(self.desk.office.today()) else ""

    @property
    def _current(self) -> DecidedRow | None:
        return self._model.row(self._ui.decisionsTableView.currentIndex().row())

    def _on_task_clicked(self) -> None:
        if (row := self._current) is not None:
            self.desk.open_matter(row.decision.task)

    def _on_meeting_clicked(self) -> None:
        if (row := self._current) is not None:
            self.desk.open_matter(row.meeting)

    def _urge(self, rows: Sequence[DecidedRow]) -> None:
        """催办 of those still in hand, one note each."""
        ids, office = [row.decision.task.id for row in rows if row.decision.task.closed_on is None], self.desk.office

        def done(urged: int) -> None:
            self.desk.tell(f"已催办 {urged} 项")
            self.desk.note(Changes(tuple(ids)))

        if ids:
            self.desk.jobs.run(lambda _: _urge_all(office, ids), self, done=done)

    def _on_print_clicked(self) -> None:
        rows, scope = tuple(self._model.rows), f"{self._words[self._key]}的议定事项"
        make = papers_meeting_plans.decision_list
        show_paper(self.desk, lambda office: make(office, rows, scope), parent=self.window())


def _urge_all(office: Office, ids: Sequence[int]) -> int:
    for task_id in ids:
        supervision.urge(office, task_id, NUDGE)
    return len(ids)
