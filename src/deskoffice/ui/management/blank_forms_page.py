"""空白表格: every form of the office, printed blank to be filled in by hand."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QWidget

from deskoffice._generated.management.blank_forms_page import Ui_BlankFormsPage
from deskoffice.ui.desk import Desk, Page
from deskoffice.ui.papers import show_paper
from deskoffice.usecases import blank_forms, printing
from deskoffice.usecases.blank_forms import BlankGroup

WIDTH, HEIGHT = 260, 34
FRAME = 4


class BlankFormsPage(Page):
    """Titles under the part of the work that they belong to; Enter shows the current one as it prints."""

    help_topic = "lists"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._ui = Ui_BlankFormsPage()
        self._ui.setupUi(self)
        self._model = QStandardItemModel(self)
        self._names: list[QStandardItem] = []
        groups = blank_forms.groups()
        for group in groups:
            self._add(group)
        count = sum(len(group.forms) for group in groups)
        self._ui.summaryLabel.setText(self.tr("%1 种").replace("%1", str(count)))
        self._ui.formsListView.setModel(self._model)
        self._ui.formsListView.setWrapping(True)
        self._ui.formsListView.viewport().installEventFilter(self)
        self._ui.formsListView.setCurrentIndex(self._model.index(1, 0))
        self._ui.formsListView.doubleClicked.connect(self._on_show_clicked)
        self._ui.showPushButton.clicked.connect(self._on_show_clicked)
        enter = QShortcut(QKeySequence("Return"), self._ui.formsListView, self._on_show_clicked)
        enter.setAutoRepeat(False)

    def _add(self, group: BlankGroup) -> None:
        name = QStandardItem(group.name)
        name.setFlags(Qt.ItemFlag.NoItemFlags)
        font = name.font()
        font.setBold(True)
        name.setFont(font)
        self._names.append(name)
        self._model.appendRow(name)
        for form in group.forms:
            line = QStandardItem(form.title)
            line.setData(form.code, Qt.ItemDataRole.UserRole)
            line.setSizeHint(QSize(WIDTH, HEIGHT))
            self._model.appendRow(line)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The name of a group stands on a line of its own, however wide the window is."""
        if event.type() == QEvent.Type.Resize:
            wide = max(self._ui.formsListView.viewport().width() - FRAME, WIDTH)
            for name in self._names:
                name.setSizeHint(QSize(wide, HEIGHT))
        return super().eventFilter(watched, event)

    def refresh(self) -> None:
        """The forms do not change while the program runs."""
        self._ui.formsListView.setFocus()

    def _on_show_clicked(self) -> None:
        code = str(self._ui.formsListView.currentIndex().data(Qt.ItemDataRole.UserRole))
        show_paper(self.desk, lambda office: printing.blank_form(office, code), parent=self.window())
