"""议定事项: one after another beside the agenda, then all of them become tasks at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from deskoffice._generated.meetings.decisions import Ui_DecisionsDialog
from deskoffice.domain.errors import DeskOfficeError, InvalidDraft
from deskoffice.domain.matters import Changes, MatterCard
from deskoffice.domain.meetings import DecisionDraft, MeetingDetail, TopicRow
from deskoffice.domain.supervision import TaskDraft, TaskSource, check
from deskoffice.domain.values import chinese_date
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.desk import Desk
from deskoffice.ui.forms import FormBinding
from deskoffice.ui.leads import LeadBox
from deskoffice.ui.management.text_model import TextModel, show_in
from deskoffice.ui.meetings.topics import units_of
from deskoffice.ui.tree import descendants
from deskoffice.usecases import meeting_views, meetings
from deskoffice.usecases.messages import sentence

NO_TOPIC = "不属于哪个议题"


@dataclass(frozen=True, slots=True)
class DecisionTyped:
    """One field for each widget; topic and lead by their names."""

    topic: str
    text: str
    lead: str
    due_on: date | None
    others: str


@dataclass(frozen=True, slots=True)
class Line:
    """One decision in the table, with the lead's name to show."""

    draft: DecisionDraft
    lead: str


def open_decisions(desk: Desk, card: MatterCard, parent: QWidget) -> None:
    """The opener of the act."""
    DecisionsDialog(desk, card, parent=parent).open()


class DecisionsDialog(QDialog):
    """Nothing is stored until all of them are handed out together."""

    def __init__(self, desk: Desk, card: MatterCard, *, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._card = desk, card
        self._topics: Sequence[TopicRow] = ()
        self._lines: list[Line] = []
        self._ui = Ui_DecisionsDialog()
        self._ui.setupUi(self)
        self._lead = LeadBox(self._ui.leadComboBox, desk.directory)
        self._form = FormBinding(self, DecisionTyped)
        self._model: TextModel[Line] = TextModel(("议定事项", "主办", "期限"), _cells, parent=self)
        show_in(
            self._ui.decisionsTableView,
            self._model,
            ("", "县住房和城乡建设局", "2026年12月31日"),
            stretch=0,
            tokens=desk.tokens,
        )
        self._connect()
        self._ui.matterLabel.setText(card.row.title)
        self.resize(parent.size() * 0.94)
        self._ui.splitter.setSizes([self.width() * 2 // 5, self.width() * 3 // 5])
        office = desk.office
        desk.jobs.run(lambda _: meeting_views.detail(office, card.row.id), self, done=self._show)

    def _connect(self) -> None:
        ui = self._ui
        ui.addPushButton.clicked.connect(self._on_add_clicked)
        ui.removePushButton.clicked.connect(self._on_remove_clicked)
        ui.donePushButton.clicked.connect(self._on_done_clicked)
        ui.cancelPushButton.clicked.connect(self.reject)
        for keys in ("Ctrl++", "Ctrl+="):
            QShortcut(QKeySequence(keys), self, ui.addPushButton.click)
        QShortcut(QKeySequence("Ctrl+Return"), self, ui.donePushButton.click)
        QShortcut(QKeySequence(Qt.Key.Key_Delete), ui.decisionsTableView, self._on_remove_clicked)
        for button in descendants(self, QPushButton):
            button.setAutoDefault(False)

    def _show(self, found: MeetingDetail) -> None:
        self._topics = found.topics
        self._ui.agendaView.show_detail(found)
        names = [f"{number}．{topic.title}" for number, topic in enumerate(found.topics, start=1)]
        self._ui.topicComboBox.addItems([*names, NO_TOPIC])
        self._ui.topicComboBox.setCurrentIndex(0)
        self._ui.textPlainTextEdit.setFocus()

    def _typed(self) -> Line:
        typed, lead, at = self._form.read(), self._lead.lead(), self._ui.topicComboBox.currentIndex()
        draft = DecisionDraft(
            text=typed.text,
            due_on=typed.due_on,
            lead_unit=lead.unit,
            lead_person_id=lead.person_id,
            others=tuple(units_of(typed.others)),
            topic_id=self._topics[at].id if 0 <= at < len(self._topics) else None,
        )
        return Line(draft, typed.lead.split("　")[0])

    def _on_add_clicked(self) -> bool:
        """Into the table, or say what is missing under its field; True when it is in."""
        line = self._typed()
        draft = line.draft
        task = TaskDraft(TaskSource.MEETING, draft.text, draft.due_on, draft.lead_unit, draft.lead_person_id)
        try:
            check(task, self._desk.office.today())
        except InvalidDraft as error:
            self._form.show_problems(error.problems)
            return False
        self._form.show_problems({})
        self._show_lines([*self._lines, line])
        self._ui.textPlainTextEdit.clear()
        self._ui.textPlainTextEdit.setFocus()
        return True

    def _on_remove_clicked(self) -> None:
        at = self._ui.decisionsTableView.currentIndex().row()
        self._show_lines([line for position, line in enumerate(self._lines) if position != at])

    def _show_lines(self, lines: list[Line]) -> None:
        self._lines = lines
        self._model.show_rows(lines)

    def _on_done_clicked(self) -> None:
        """What is still being typed counts too."""
        if (self._form.read().text or not self._lines) and not self._on_add_clicked():
            return
        drafts, office, matter_id = [line.draft for line in self._lines], self._desk.office, self._card.row.id
        self._ui.donePushButton.setEnabled(False)
        self._desk.jobs.run(
            lambda _: meetings.decide(office, matter_id, drafts), self, done=self._on_done, failed=self._on_failed
        )

    def _on_done(self, changes: Changes) -> None:
        text = self.tr("%1 项议定事项已交办，在“督办事项”里催办")
        self._desk.tell(text.replace("%1", str(len(self._lines))))
        self._desk.note(changes)
        self.accept()

    def _on_failed(self, error: DeskOfficeError) -> None:
        self._ui.donePushButton.setEnabled(True)
        show_problem(self._ui.problemLabel, sentence(error))


def _cells(line: Line) -> tuple[str, ...]:
    due = line.draft.due_on
    return line.draft.text, line.lead, chinese_date(due) if due else ""
