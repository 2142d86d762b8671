"""会议记录: the agenda as cards above, what was said below."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from deskoffice._generated.meetings.record import Ui_RecordDialog
from deskoffice.domain.errors import DeskOfficeError, InvalidDraft
from deskoffice.domain.matters import Changes, ContentRole, MatterCard
from deskoffice.domain.meetings import MeetingDetail
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.desk import Desk
from deskoffice.ui.jobs import Progress
from deskoffice.ui.tree import descendants
from deskoffice.ui.typing import Typing, Values
from deskoffice.usecases import meeting_views, meetings
from deskoffice.usecases.messages import problem, sentence

Begun = tuple[MeetingDetail, str]


def open_record(desk: Desk, card: MatterCard, parent: QWidget) -> None:
    """The opener of the act."""
    RecordDialog(desk, card, parent=parent).open()


class RecordDialog(QDialog):
    """Goes on with the newest version where there is one."""

    def __init__(self, desk: Desk, card: MatterCard, *, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._card = desk, card
        self._typing: Typing | None = None
        self._ui = Ui_RecordDialog()
        self._ui.setupUi(self)
        self._ui.matterLabel.setText(card.row.title)
        self._ui.donePushButton.clicked.connect(self._on_done_clicked)
        self._ui.cancelPushButton.clicked.connect(self.reject)
        QShortcut(QKeySequence("Ctrl+Return"), self, self._ui.donePushButton.click)
        for button in descendants(self, QPushButton):
            button.setAutoDefault(False)
        self.resize(parent.size() * 0.9)
        self._ui.splitter.setSizes([self.height() * 2 // 5, self.height() * 3 // 5])
        desk.jobs.run(self._read, self, done=self._begin, failed=self._on_failed)

    def _read(self, progress: Progress) -> Begun:
        """In the worker: the agenda, and the newest record where this account may read it."""
        del progress
        office, card = self._desk.office, self._card
        readable = any(one.role is ContentRole.RECORD and one.name for one in card.contents)
        text = meeting_views.text_of(office, card.row.id, ContentRole.RECORD) if readable else ""
        return meeting_views.detail(office, card.row.id), text

    def _begin(self, begun: Begun) -> None:
        found, text = begun
        self._ui.agendaView.show_detail(found)
        self._ui.textPlainTextEdit.setPlainText(text)
        self._ui.textPlainTextEdit.setFocus()
        key = f"meeting.record.{self._card.row.id}"
        self._typing = Typing(self._desk, key, form=self, read=self._values, show=self._show_values)
        restored = self.tr("已恢复上次没写完的内容。")
        self._typing.restored.connect(lambda: show_problem(self._ui.restoredLabel, restored))

    def _values(self) -> Values:
        return {"text": self._ui.textPlainTextEdit.toPlainText()}

    def _show_values(self, values: Values) -> None:
        self._ui.textPlainTextEdit.setPlainText(str(values["text"]))

    def _on_done_clicked(self) -> None:
        text, office, matter_id = self._ui.textPlainTextEdit.toPlainText(), self._desk.office, self._card.row.id
        self._ui.donePushButton.setEnabled(False)
        self._desk.jobs.run(
            lambda _: meetings.record(office, matter_id, text), self, done=self._on_done, failed=self._on_failed
        )

    def _on_done(self, changes: Changes) -> None:
        if self._typing is not None:
            self._typing.forget()
        self._desk.tell(self.tr("会议记录已存，只有到会的人能看"))
        self._desk.note(changes)
        self.accept()

    def _on_failed(self, error: DeskOfficeError) -> None:
        self._ui.donePushButton.setEnabled(True)
        problems = error.problems if isinstance(error, InvalidDraft) else {}
        show_problem(self._ui.textProblemLabel, problem(problems["text"]) if "text" in problems else "")
        show_problem(self._ui.problemLabel, "" if problems else sentence(error))
