"""会议记录: the agenda as cards above, what was said below."""

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from deskoffice._generated.meetings.record import Ui_RecordDialog
from deskoffice.domain.matters import ContentRole, MatterCard
from deskoffice.domain.meetings import MeetingDetail
from deskoffice.ui.desk import Desk
from deskoffice.ui.matter_form import Store
from deskoffice.ui.meetings.editor import Editor
from deskoffice.usecases import meeting_views, meetings
from deskoffice.usecases.office import Office

Begun = tuple[MeetingDetail, str]


def open_record(desk: Desk, card: MatterCard, parent: QWidget) -> None:
    """The opener of the act."""
    RecordDialog(desk, card, parent=parent).open()


class RecordDialog(Editor[Begun]):
    """Goes on with the newest version where this account may read it; begins with the topics in their order."""

    key = "meeting.record"

    def __init__(self, desk: Desk, card: MatterCard, *, parent: QWidget) -> None:
        self._ui = Ui_RecordDialog()
        super().__init__(desk, card, self._ui, parent=parent)
        self._ui.splitter.setSizes([self.height() * 2 // 5, self.height() * 3 // 5])

    def read(self, office: Office) -> Begun:
        """The agenda, and the record so far."""
        card = self.card
        readable = any(one.role is ContentRole.RECORD and one.name for one in card.contents)
        text = meeting_views.text_of(office, card.row.id, ContentRole.RECORD) if readable else ""
        return meeting_views.detail(office, card.row.id), text

    def begin(self, begun: Begun) -> str:
        """A heading for each topic, so that what is said stands in its order."""
        found, text = begun
        self._ui.agendaView.show_detail(found)
        return text or "\n".join(f"议题{at}：{topic.title}\n" for at, topic in enumerate(found.topics, start=1))

    def _begin(self, begun: Begun) -> None:
        """What is typed first stands under the first heading, not before it."""
        super()._begin(begun)
        if not begun[1]:
            self._ui.textPlainTextEdit.moveCursor(QTextCursor.MoveOperation.NextBlock)

    def store(self, text: str) -> Store:
        """Sealed to those who were there."""
        matter_id = self.card.row.id
        return lambda office: meetings.record(office, matter_id, text)

    def told(self) -> str:
        """Who can read it now."""
        return self.tr("会议记录已存，只有到会的人能看")
