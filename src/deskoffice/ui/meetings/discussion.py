"""审议结果: what became of each topic, what the meeting found, who spoke and voted how."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from deskoffice._generated.meetings.discussion import Ui_DiscussionDialog
from deskoffice.domain.errors import DeskOfficeError
from deskoffice.domain.matters import Changes, MatterCard
from deskoffice.domain.meeting_topics import MajorKind, TopicOutcome, TopicResult, Voice, Vote
from deskoffice.domain.meetings import AttendeeStanding, MeetingDetail, Presence, TopicRow
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.desk import Desk
from deskoffice.ui.text_table import EmptyNote, TextModel, finish_editing, show_in
from deskoffice.ui.tree import descendants
from deskoffice.ui.typing import Typing, Values
from deskoffice.usecases import meeting_agenda, meeting_views
from deskoffice.usecases.meeting_topic_fields import money
from deskoffice.usecases.messages import sentence
from deskoffice.usecases.words import word

VIEW = 1
ATTENDEE = Qt.ItemDataRole.UserRole


@dataclass(slots=True)
class Result:
    """What stands in the dialog for one topic."""

    result: TopicResult = TopicResult.NONE
    summary: str = ""
    voices: list[tuple[int, str, str]] = field(default_factory=list)
    """Line of the sign-in sheet, what was said, the vote."""


def open_discussion(desk: Desk, card: MatterCard, parent: QWidget) -> None:
    """The opener of the act."""
    DiscussionDialog(desk, card, parent=parent).open()


class DiscussionDialog(QDialog):
    """All topics are stored together; the one in view is read when another is turned to."""

    def __init__(self, desk: Desk, card: MatterCard, *, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._card = desk, card
        self._topics: Sequence[TopicRow] = ()
        self._results: list[Result] = []
        self._names: dict[int, str] = {}
        self._members: list[int] = []
        self._at = -1
        self._typing: Typing | None = None
        self._ui = Ui_DiscussionDialog()
        self._ui.setupUi(self)
        self._agenda: TextModel[int] = TextModel(("", "议题", "结果"), self._cells, parent=self)
        show_in(self._ui.topicsTableView, self._agenda, ("10", "", "合并审议"), stretch=1, tokens=desk.tokens)
        self._voices = QStandardItemModel(0, 3, self)
        self._voices.setHorizontalHeaderLabels(["发言人", "意见", "表决"])
        show_in(self._ui.voicesTableView, self._voices, ("县住房城乡建设局", "", "赞成"), stretch=1, tokens=desk.tokens)
        EmptyNote(self._ui.voicesTableView, self.tr("点“列出到会成员”，按发言先后记下各人的意见和表决。"))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self._ui.voicesTableView.horizontalHeader().setDefaultAlignment(left)
        for one in TopicResult:
            self._ui.resultComboBox.addItem(word(one), one)
        self._connect()
        self._ui.matterLabel.setText(card.row.title)
        self.resize(parent.size() * 0.94)
        self._ui.splitter.setSizes([self.width() * 2 // 5, self.width() * 3 // 5])
        office = desk.office
        desk.jobs.run(lambda _: meeting_views.detail(office, card.row.id), self, done=self._show)

    def _connect(self) -> None:
        ui = self._ui
        ui.topicsTableView.selectionModel().currentRowChanged.connect(self._on_topic_changed)
        ui.resultComboBox.currentIndexChanged.connect(self._on_result_changed)
        ui.fillPushButton.clicked.connect(self._on_fill_clicked)
        for button, vote, key in (
            (ui.forPushButton, Vote.FOR, "1"),
            (ui.againstPushButton, Vote.AGAINST, "2"),
            (ui.abstainPushButton, Vote.ABSTAINED, "3"),
        ):
            button.clicked.connect(lambda _=False, wanted=vote: self._vote(wanted))
            scope = Qt.ShortcutContext.WidgetShortcut
            QShortcut(QKeySequence(key), ui.voicesTableView, button.click, context=scope)
        ui.upPushButton.clicked.connect(self._on_up_clicked)
        ui.donePushButton.clicked.connect(self._on_done_clicked)
        ui.cancelPushButton.clicked.connect(self.reject)
        QShortcut(QKeySequence("Alt+Up"), self, self._on_up_clicked)
        QShortcut(QKeySequence("Ctrl+Down"), self, lambda: self._turn(1))
        QShortcut(QKeySequence("Ctrl+Up"), self, lambda: self._turn(-1))
        QShortcut(QKeySequence("Ctrl+Return"), self, ui.donePushButton.click)
        for button in descendants(self, QPushButton):
            button.setAutoDefault(False)

    def _cells(self, at: int) -> tuple[str, ...]:
        result = self._results[at].result
        return f"{at + 1}", self._topics[at].title, word(result) if result else ""

    def _show(self, found: MeetingDetail) -> None:
        self._topics = found.topics
        here = [one for one in found.attendees if one.presence is Presence.PRESENT]
        self._names = {one.id: one.person or one.unit for one in here}
        members = [one for one in here if one.standing is AttendeeStanding.MEMBER]
        # The chief speaks last (末位表态): offered in that order.
        self._members = [one.id for one in sorted(members, key=lambda one: one.person_id == found.chair_id)]
        self._results = [
            Result(topic.result, topic.summary, [(v.attendee_id, v.view or "", v.vote.value) for v in topic.voices])
            for topic in found.topics
        ]
        self._agenda.show_rows(range(len(self._topics)))
        self._ui.topicsTableView.setCurrentIndex(self._agenda.index(0, 0))
        self._ui.resultComboBox.setFocus()
        key = f"meeting.discussion.{self._card.row.id}"
        self._typing = Typing(self._desk, key, form=self, read=self._values, show=self._show_values)
        self._typing.restored.connect(lambda: show_problem(self._ui.restoredLabel, self.tr("已恢复上次没写完的内容。")))
        self._voices.itemChanged.connect(self._typing.keep)

    def _on_topic_changed(self, current: QModelIndex) -> None:
        self._keep()
        self._at = current.row()
        if 0 <= self._at < len(self._topics):
            self._show_topic(self._topics[self._at], self._results[self._at])

    def _show_topic(self, topic: TopicRow, result: Result) -> None:
        ui = self._ui
        ui.topicLabel.setText(topic.title)
        hint = ""
        if topic.major is not MajorKind.NONE:
            amount = f"，{money(topic.amount)}" if topic.amount else ""
            hint = f"三重一大：{word(topic.major)}{amount}。须过半数到会，逐人发言表决，主要负责人末位表态。"
        show_problem(ui.topicHintLabel, hint)
        ui.resultComboBox.setCurrentIndex(list(TopicResult).index(result.result))
        ui.summaryPlainTextEdit.setPlainText(result.summary)
        self._voices.setRowCount(0)
        for attendee_id, view, vote in result.voices:
            self._append(attendee_id, view, Vote(vote))
        self._show_votes()

    def _append(self, attendee_id: int, view: str, vote: Vote) -> None:
        texts = (self._names.get(attendee_id, ""), view, word(vote) if vote else "")
        items = [QStandardItem(text) for text in texts]
        items[0].setData(attendee_id, ATTENDEE)
        items[2].setData(vote.value, ATTENDEE)
        items[0].setEditable(False)
        items[2].setEditable(False)
        self._voices.appendRow(items)

    def _keep(self) -> None:
        """What stands in the right half belongs to the topic shown."""
        if not 0 <= self._at < len(self._results):
            return
        kept = self._results[self._at]
        kept.result = TopicResult(self._ui.resultComboBox.currentData())
        kept.summary = self._ui.summaryPlainTextEdit.toPlainText()
        kept.voices = [self._voice(row) for row in range(self._voices.rowCount())]

    def _voice(self, row: int) -> tuple[int, str, str]:
        who, vote = self._voices.item(row, 0).data(ATTENDEE), self._voices.item(row, 2).data(ATTENDEE)
        return int(who), self._voices.item(row, VIEW).text(), str(vote)

    def _on_result_changed(self) -> None:
        if 0 <= self._at < len(self._results):
            self._results[self._at].result = TopicResult(self._ui.resultComboBox.currentData())
            self._agenda.show_rows(range(len(self._topics)))
            with QSignalBlocker(self._ui.topicsTableView.selectionModel()):
                self._ui.topicsTableView.selectRow(self._at)

    def _turn(self, by: int) -> None:
        wanted = self._at + by
        if 0 <= wanted < len(self._topics):
            self._ui.topicsTableView.setCurrentIndex(self._agenda.index(wanted, 0))
            self._ui.resultComboBox.setFocus()

    def _on_fill_clicked(self) -> None:
        """Members who came and are not listed yet; who agrees is changed by a key, not typed."""
        listed = {self._voices.item(row, 0).data(ATTENDEE) for row in range(self._voices.rowCount())}
        for attendee_id in self._members:
            if attendee_id not in listed:
                self._append(attendee_id, "同意。", Vote.FOR)
        self._ui.voicesTableView.setCurrentIndex(self._voices.index(0, VIEW))
        self._ui.voicesTableView.setFocus()
        self._show_votes()

    def _vote(self, vote: Vote) -> None:
        row = self._ui.voicesTableView.currentIndex().row()
        if row >= 0:
            self._voices.item(row, 2).setText(word(vote))
            self._voices.item(row, 2).setData(vote.value, ATTENDEE)
            self._ui.voicesTableView.setCurrentIndex(
                self._voices.index(min(row + 1, self._voices.rowCount() - 1), VIEW)
            )
            self._show_votes()

    def _on_up_clicked(self) -> None:
        row = self._ui.voicesTableView.currentIndex().row()
        if row > 0:
            self._voices.insertRow(row - 1, self._voices.takeRow(row))
            self._ui.voicesTableView.setCurrentIndex(self._voices.index(row - 1, VIEW))

    def _show_votes(self) -> None:
        votes = [self._voices.item(row, 2).data(ATTENDEE) for row in range(self._voices.rowCount())]
        counted = "，".join(
            f"{word(vote)} {votes.count(vote.value)}" for vote in (Vote.FOR, Vote.AGAINST, Vote.ABSTAINED)
        )
        self._ui.votesLabel.setText(counted if votes else "")

    def _values(self) -> Values:
        self._keep()
        return {"results": [[one.result.value, one.summary, one.voices] for one in self._results]}

    def _show_values(self, values: Values) -> None:
        kept = values["results"]
        if isinstance(kept, list) and len(kept) == len(self._results):
            self._results = [
                Result(TopicResult(result), summary, [(line, view, vote) for line, view, vote in voices])
                for result, summary, voices in kept
            ]
            at, self._at = max(self._at, 0), -1
            self._agenda.show_rows(range(len(self._topics)))
            self._ui.topicsTableView.setCurrentIndex(self._agenda.index(at, 0))

    def outcomes(self) -> list[TopicOutcome]:
        """Topics that have a result."""
        self._keep()
        return [
            TopicOutcome(
                topic.id,
                kept.result,
                kept.summary,
                tuple(Voice(line, view, Vote(vote)) for line, view, vote in kept.voices),
            )
            for topic, kept in zip(self._topics, self._results, strict=True)
            if kept.result is not TopicResult.NONE
        ]

    def _on_done_clicked(self) -> None:
        finish_editing(self)
        outcomes, office, matter_id = self.outcomes(), self._desk.office, self._card.row.id
        self._ui.donePushButton.setEnabled(False)
        self._desk.jobs.run(
            lambda _: meeting_agenda.discuss(office, matter_id, outcomes),
            self,
            done=self._on_done,
            failed=self._on_failed,
        )

    def _on_done(self, changes: Changes) -> None:
        if self._typing is not None:
            self._typing.forget()
        self._desk.tell(self.tr("审议结果已存，缓议的已退回议题库"))
        self._desk.note(changes)
        self.accept()

    def _on_failed(self, error: DeskOfficeError) -> None:
        self._ui.donePushButton.setEnabled(True)
        show_problem(self._ui.problemLabel, sentence(error))
