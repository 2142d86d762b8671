"""份的去向: where a copy is, who had it, when, and what they said, on one page and on paper."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHeaderView, QPushButton, QWidget

from deskoffice._generated.circulation.copy_trail import Ui_CopyTrailDialog
from deskoffice.domain.copies import TrailLine
from deskoffice.ui.desk import Desk
from deskoffice.ui.papers import show_paper
from deskoffice.ui.text_table import TextModel, show_in
from deskoffice.ui.tree import descendants
from deskoffice.usecases import copy_trail
from deskoffice.usecases.copy_trail import CopyTrail, moment

HEADINGS = ("时间", "事项", "由", "到", "经办、代录", "意见和说明")
SAMPLES = ("2026-88-88 88:88", "下班前清点", "县政府办公室办", "县政府办公室办", "张三三三", "")


class CopyTrailDialog(QDialog):
    """The answer in one line above, the whole way below."""

    def __init__(self, desk: Desk, copy_id: int, *, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._copy_id, self._window = desk, copy_id, parent
        self._trail: CopyTrail | None = None
        self._ui = Ui_CopyTrailDialog()
        self._ui.setupUi(self)
        self._model = TextModel[TrailLine](HEADINGS, _texts, parent=self)
        table = self._ui.linesTableView
        show_in(table, self._model, SAMPLES, stretch=5, tokens=desk.tokens)
        table.horizontalHeader().setSectionResizeMode(5, QHeaderView.ResizeMode.Stretch)
        self._ui.printPushButton.clicked.connect(self._on_print_clicked)
        self._ui.openPushButton.clicked.connect(self._on_open_clicked)
        self._ui.cancelPushButton.clicked.connect(self.reject)
        for button in descendants(self, QPushButton):
            button.setAutoDefault(False)
        self.resize(parent.width() * 9 // 10, parent.height() * 3 // 4)
        office = desk.office
        desk.jobs.run(lambda _: copy_trail.trail(office, copy_id), self, done=self._show)

    def _show(self, trail: CopyTrail) -> None:
        self._trail = trail
        self._ui.sentenceLabel.setText(trail.sentence)
        self._ui.titleLabel.setText(trail.out.matter.title)
        self._model.show_rows(trail.lines)

    def _on_print_clicked(self) -> None:
        copy_id = self._copy_id
        show_paper(self._desk, lambda office: copy_trail.paper(office, copy_id), parent=self._window)

    def _on_open_clicked(self) -> None:
        if self._trail is not None:
            self._desk.open_matter(self._trail.out.matter)
            self.accept()


def _texts(line: TrailLine) -> tuple[str, ...]:
    return (moment(line.at), line.what, line.from_holder, line.to_holder, line.by, line.words)
