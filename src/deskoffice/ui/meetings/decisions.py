"""议定事项: one after another beside the agenda, then all of them become tasks at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from deskoffice._generated.meetings.decisions import Ui_DecisionsDialog
from deskoffice.domain.circulation.sentences import day_in
from deskoffice.domain.errors import DeskOfficeError, InvalidDraft
from deskoffice.domain.matters import Changes, MatterCard
from deskoffice.domain.meetings import DecisionDraft, MeetingDetail, TopicRow
from deskoffice.domain.supervision import TaskDraft, TaskSource, check
from deskoffice.domain.values import chinese_date
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.desk import Desk
from deskoffice.ui.forms import FormBinding
from deskoffice.ui.leads import LeadBox, units_of
from deskoffice.ui.text_table import TextModel, show_in
from deskoffice.ui.tree import descendants
from deskoffice.ui.typing import Typing, Values
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
    leader: str


EMPTY = DecisionTyped("", "", "", None, "", "")


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
        self._lines: list[DecisionTyped] = []
        self._typing: Typing | None = None
        self._named_day: date | None = None
        self._ui = Ui_DecisionsDialog()
        self._ui.setupUi(self)
        self._lead = LeadBox(self._ui.leadComboBox, desk.directory)
        self._form = FormBinding(self, DecisionTyped)
        self._model: TextModel[DecisionTyped] = TextModel(("议定事项", "主办", "责任领导", "期限"), _cells, parent=self)
        show_in(
            self._ui.decisionsTableView,
            self._model,
            ("", "县住房和城乡建设局", "欧阳建国", "2026年12月31日"),
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
        ui.topicComboBox.activated.connect(self._on_topic_chosen)
        ui.textPlainTextEdit.textChanged.connect(self._on_text_changed)
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
        self._ui.topicComboBox.addItems([*(topic.title for topic in found.topics), NO_TOPIC])
        self._form.show(EMPTY)
        self._ui.topicComboBox.setCurrentIndex(0)
        self._on_topic_chosen(0)
        self._ui.textPlainTextEdit.setFocus()
        key = f"meeting.decisions.{self._card.row.id}"
        self._typing = Typing(self._desk, key, form=self, read=self._values, show=self._show_values)
        restored = self.tr("已恢复上次没写完的内容。")
        self._typing.restored.connect(lambda: show_problem(self._ui.restoredLabel, restored))

    def _values(self) -> Values:
        lines = [[one.topic, one.text, one.lead, str(one.due_on or ""), one.others, one.leader] for one in self._lines]
        return {**self._form.values(), "lines": lines}

    def _show_values(self, values: Values) -> None:
        self._form.show_values(values)
        lines = values["lines"]
        if isinstance(lines, list):
            self._show_lines([DecisionTyped(line[0], line[1], line[2], _day(line[3]), *line[4:6]) for line in lines])

    def _draft(self, typed: DecisionTyped) -> DecisionDraft:
        lead = self._lead.lead_of(typed.lead)
        return DecisionDraft(
            text=typed.text,
            due_on=typed.due_on,
            lead_unit=lead.unit,
            lead_person_id=lead.person_id,
            others=tuple(units_of(typed.others)),
            leader=typed.leader,
            topic_id=next((topic.id for topic in self._topics if topic.title == typed.topic), None),
        )

    def _on_topic_chosen(self, at: int) -> None:
        """Who reported a topic mostly leads what is decided on it."""
        reporter = self._topics[at].reporter if at < len(self._topics) else ""
        self._ui.leadComboBox.setCurrentText(self._lead.named_in(reporter) if reporter else "")

    def _on_text_changed(self) -> None:
        """A day that the sentence names is its deadline; one set by hand afterwards stays."""
        named = day_in(self._ui.textPlainTextEdit.toPlainText(), self._desk.office.today())
        if named is not None and named != self._named_day:
            self._ui.dueOnDateEdit.setDate(QDate(named.year, named.month, named.day))
        self._named_day = named

    def _on_add_clicked(self) -> None:
        self._add()

    def _add(self) -> bool:
        """Into the table, or say what is missing under its field; True when it is in."""
        typed = self._form.read()
        draft = self._draft(typed)
        task = TaskDraft(TaskSource.MEETING, draft.text, draft.due_on, draft.lead_unit, draft.lead_person_id)
        try:
            check(task, self._desk.office.today())
        except InvalidDraft as error:
            self._form.show_problems(error.problems)
            return False
        self._show_lines([*self._lines, typed])
        # The next thing decided often has the same topic, the same lead and the same day.
        self._form.show(replace(typed, text="", others=""))
        self._ui.textPlainTextEdit.setFocus()
        return True

    def _on_remove_clicked(self) -> None:
        at = self._ui.decisionsTableView.currentIndex().row()
        self._show_lines([line for position, line in enumerate(self._lines) if position != at])

    def _show_lines(self, lines: list[DecisionTyped]) -> None:
        self._lines = lines
        self._model.show_rows(lines)

    def _on_done_clicked(self) -> None:
        """What is still being typed counts too."""
        if (self._form.read().text or not self._lines) and not self._add():
            return
        drafts, office, matter_id = [self._draft(line) for line in self._lines], self._desk.office, self._card.row.id
        self._ui.donePushButton.setEnabled(False)
        self._desk.jobs.run(
            lambda _: meetings.decide(office, matter_id, drafts), self, done=self._on_done, failed=self._on_failed
        )

    def _on_done(self, changes: Changes) -> None:
        if self._typing is not None:
            self._typing.forget()
        text = self.tr("%1 项议定事项已交办，在“督办事项”里催办")
        self._desk.tell(text.replace("%1", str(len(self._lines))))
        self._desk.note(changes)
        self.accept()

    def _on_failed(self, error: DeskOfficeError) -> None:
        self._ui.donePushButton.setEnabled(True)
        show_problem(self._ui.problemLabel, sentence(error))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _cells(line: DecisionTyped) -> tuple[str, ...]:
    return line.text, line.lead.split("　")[0], line.leader, chinese_date(line.due_on) if line.due_on else ""
