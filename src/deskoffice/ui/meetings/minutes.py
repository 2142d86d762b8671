"""会议纪要: the text that topics and decisions make, to be edited beside the page that it will be."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from deskoffice._generated.meetings.minutes import Ui_MinutesDialog
from deskoffice.domain.matters import Changes, MatterCard
from deskoffice.domain.values import Classification
from deskoffice.ui.desk import Desk
from deskoffice.ui.matter_form import Store
from deskoffice.ui.meetings.editor import Editor
from deskoffice.usecases import meeting_minutes
from deskoffice.usecases.attachments import FileDraft
from deskoffice.usecases.office import Office
from deskoffice.usecases.words import word

PAUSE_MS = 600
"""From the last key to the page."""


def open_minutes(desk: Desk, card: MatterCard, parent: QWidget) -> None:
    """The opener of the act."""
    MinutesDialog(desk, card, parent=parent).open()


class MinutesDialog(Editor[str]):
    """Begins with the newest version, or with a text made from the agenda; has a level of its own."""

    key = "meeting.minutes"

    def __init__(self, desk: Desk, card: MatterCard, *, parent: QWidget) -> None:
        self._ui = Ui_MinutesDialog()
        self._pause = QTimer(singleShot=True, interval=PAUSE_MS)
        super().__init__(desk, card, self._ui, parent=parent)
        self._pause.setParent(self)
        self._pause.timeout.connect(self._show_page)
        for level in Classification:
            self._ui.levelComboBox.addItem(word(level), level.value)
        self._ui.levelComboBox.setCurrentIndex(int(card.row.level))
        self._ui.yearsSpinBox.setValue(card.row.secrecy_years or 0)
        self._ui.splitter.setSizes([self.width() // 2, self.width() // 2])

    def read(self, office: Office) -> str:
        """The text to begin with."""
        return meeting_minutes.begin(office, self.card.row.id)

    def begin(self, begun: str) -> str:
        """The page follows the typing."""
        self._ui.textPlainTextEdit.textChanged.connect(self._pause.start)
        self._ui.minutesPreview.show_file(self.desk, FileDraft("会议纪要.txt", begun.encode()))
        return begun

    def _show_page(self) -> None:
        text = self._ui.textPlainTextEdit.toPlainText().strip()
        if text:
            self._ui.minutesPreview.show_file(self.desk, FileDraft("会议纪要.txt", text.encode()))

    def store(self, text: str) -> Store:
        """An outgoing paper of its own level, handed in for review."""
        matter_id, ui = self.card.row.id, self._ui
        level = Classification(ui.levelComboBox.currentIndex())
        years = ui.yearsSpinBox.value() or None

        def work(office: Office) -> Changes:
            return meeting_minutes.write(office, matter_id, text, level=level, secrecy_years=years)

        return work

    def told(self) -> str:
        """Where it goes on."""
        return self.tr("纪要已送核稿，核稿、签发、编号、印发在“发文”里办理")
