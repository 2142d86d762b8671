"""The first page of the three officers (三员): what they keep, and that they see no paper."""

from PySide6.QtWidgets import QWidget

from deskoffice._generated.guide import Ui_GuidePage
from deskoffice.ui.desk import Desk, Page
from deskoffice.ui.manual import show_chapter


class GuidePage(Page):
    """The chapter of the manual that is theirs."""

    help_topic = "officers"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._ui = Ui_GuidePage()
        self._ui.setupUi(self)
        show_chapter(self._ui.guideTextBrowser, "officers")
