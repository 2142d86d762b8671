"""空白表格: every form of the office, printed blank to be filled in by hand."""

from PySide6.QtCore import QStringListModel
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from deskoffice._generated.management.blank_forms_page import Ui_BlankFormsPage
from deskoffice.ui.desk import Desk, Page
from deskoffice.ui.papers import show_paper
from deskoffice.usecases import printing


class BlankFormsPage(Page):
    """A list of titles; Enter shows the current one as it prints."""

    help_topic = "lists"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._forms = printing.blank_forms()
        self._ui = Ui_BlankFormsPage()
        self._ui.setupUi(self)
        titles = QStringListModel([title for _, title in self._forms], self)
        self._ui.summaryLabel.setText(self.tr("%1 种").replace("%1", str(len(self._forms))))
        self._ui.formsListView.setModel(titles)
        self._ui.formsListView.setWrapping(True)
        self._ui.formsListView.setCurrentIndex(titles.index(0, 0))
        self._ui.formsListView.doubleClicked.connect(self._on_show_clicked)
        self._ui.showPushButton.clicked.connect(self._on_show_clicked)
        enter = QShortcut(QKeySequence("Return"), self._ui.formsListView, self._on_show_clicked)
        enter.setAutoRepeat(False)

    def refresh(self) -> None:
        """The forms do not change while the program runs."""
        self._ui.formsListView.setFocus()

    def _on_show_clicked(self) -> None:
        code, _ = self._forms[self._ui.formsListView.currentIndex().row()]
        show_paper(self.desk, lambda office: printing.blank_form(office, code), parent=self.window())
