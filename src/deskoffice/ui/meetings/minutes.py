"""会议纪要: the text that topics and decisions make, to be edited beside the page that it will be."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from deskoffice._generated.meetings.minutes import Ui_MinutesDialog
from deskoffice.domain.errors import DeskOfficeError, InvalidDraft
from deskoffice.domain.matters import Changes, ContentRole, MatterCard
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.desk import Desk
from deskoffice.ui.jobs import Progress
from deskoffice.ui.tree import descendants
from deskoffice.ui.typing import Typing, Values
from deskoffice.usecases import meeting_views, meetings
from deskoffice.usecases.attachments import FileDraft
from deskoffice.usecases.messages import problem, sentence

PAUSE_MS = 600
"""From the last key to the page."""


def open_minutes(desk: Desk, card: MatterCard, parent: QWidget) -> None:
    """The opener of the act."""
    MinutesDialog(desk, card, parent=parent).open()


class MinutesDialog(QDialog):
    """Begins with the newest version, or with a text made from the agenda."""

    def __init__(self, desk: Desk, card: MatterCard, *, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._card = desk, card
        self._typing: Typing | None = None
        self._ui = Ui_MinutesDialog()
        self._ui.setupUi(self)
        self._ui.matterLabel.setText(card.row.title)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._show_page)
        self._ui.donePushButton.clicked.connect(self._on_done_clicked)
        self._ui.cancelPushButton.clicked.connect(self.reject)
        QShortcut(QKeySequence("Ctrl+Return"), self, self._ui.donePushButton.click)
        for button in descendants(self, QPushButton):
            button.setAutoDefault(False)
        self.resize(parent.size() * 0.94)
        self._ui.splitter.setSizes([self.width() // 2, self.width() // 2])
        desk.jobs.run(self._read, self, done=self._begin, failed=self._on_failed)

    def _read(self, progress: Progress) -> str:
        """In the worker: what to begin with."""
        del progress
        office, matter_id = self._desk.office, self._card.row.id
        issued = meeting_views.text_of(office, matter_id, ContentRole.MINUTES)
        return issued or meeting_views.drafted_minutes(office, matter_id)

    def _begin(self, text: str) -> None:
        edit = self._ui.textPlainTextEdit
        edit.setPlainText(text)
        edit.setFocus()
        edit.textChanged.connect(self._pause.start)
        key = f"meeting.minutes.{self._card.row.id}"
        self._typing = Typing(self._desk, key, form=self, read=self._values, show=self._show_values)
        restored = self.tr("已恢复上次没写完的内容。")
        self._typing.restored.connect(lambda: show_problem(self._ui.restoredLabel, restored))
        self._show_page()

    def _values(self) -> Values:
        return {"text": self._ui.textPlainTextEdit.toPlainText()}

    def _show_values(self, values: Values) -> None:
        self._ui.textPlainTextEdit.setPlainText(str(values["text"]))

    def _show_page(self) -> None:
        text = self._ui.textPlainTextEdit.toPlainText().strip()
        if text:
            self._ui.minutesPreview.show_file(self._desk, FileDraft("会议纪要.txt", text.encode()))

    def _on_done_clicked(self) -> None:
        text, office, matter_id = self._ui.textPlainTextEdit.toPlainText(), self._desk.office, self._card.row.id
        self._ui.donePushButton.setEnabled(False)
        self._desk.jobs.run(
            lambda _: meetings.minutes(office, matter_id, text), self, done=self._on_done, failed=self._on_failed
        )

    def _on_done(self, changes: Changes) -> None:
        if self._typing is not None:
            self._typing.forget()
        self._desk.tell(self.tr("纪要已印发，可在“打印”里按公文格式打印"))
        self._desk.note(changes)
        self.accept()

    def _on_failed(self, error: DeskOfficeError) -> None:
        self._ui.donePushButton.setEnabled(True)
        problems = error.problems if isinstance(error, InvalidDraft) else {}
        show_problem(self._ui.textProblemLabel, problem(problems["text"]) if "text" in problems else "")
        show_problem(self._ui.problemLabel, "" if problems else sentence(error))
