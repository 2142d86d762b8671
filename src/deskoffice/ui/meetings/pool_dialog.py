"""从议题库选议题: topics that wait for a meeting, several at once."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from deskoffice._generated.meetings.pool_dialog import Ui_PoolDialog
from deskoffice.domain.meeting_topics import PoolTopic
from deskoffice.ui.desk import Desk
from deskoffice.ui.text_table import TextModel, show_in
from deskoffice.ui.tree import descendants
from deskoffice.usecases import meeting_topics

Chosen = Callable[[Sequence[PoolTopic]], None]


class PoolDialog(QDialog):
    """The whole pool is chosen at first: most agendas take all that waits."""

    def __init__(self, desk: Desk, *, without: frozenset[int], chosen: Chosen, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._chosen, self._without = chosen, without
        self._ui = Ui_PoolDialog()
        self._ui.setupUi(self)
        headings = ("议题号", "议题", "申报单位", "汇报人", "缓议")
        self._model: TextModel[PoolTopic] = TextModel(headings, _cells, parent=self)
        samples = ("议〔2026〕108号", "", "县住房和城乡建设局", "欧阳建国", "缓议2次")
        show_in(self._ui.topicsTableView, self._model, samples, stretch=1, tokens=desk.tokens)
        self._ui.donePushButton.clicked.connect(self._on_done_clicked)
        self._ui.cancelPushButton.clicked.connect(self.reject)
        self._ui.topicsTableView.doubleClicked.connect(self._on_done_clicked)
        self._ui.topicsTableView.selectionModel().selectionChanged.connect(self._show_count)
        QShortcut(QKeySequence("Ctrl+Return"), self, self._on_done_clicked)
        for button in descendants(self, QPushButton):
            button.setAutoDefault(False)
        office = desk.office
        desk.jobs.run(lambda _: meeting_topics.pool(office), self, done=self._show)

    def _show(self, found: tuple[PoolTopic, ...]) -> None:
        rows = [one for one in found if one.matter_id not in self._without]
        self._model.show_rows(rows)
        self._ui.topicsTableView.setVisible(bool(rows))
        self._ui.emptyLabel.setVisible(not rows)
        self._ui.donePushButton.setEnabled(bool(rows))
        self._ui.topicsTableView.selectAll()
        self._ui.topicsTableView.setFocus()
        self._show_count()

    def _show_count(self) -> None:
        count = len(self._ui.topicsTableView.selectionModel().selectedRows())
        text = self.tr("待上会 %1 项，选中 %2 项").replace("%1", str(self._model.rowCount())).replace("%2", str(count))
        self._ui.countLabel.setText(text)

    def _on_done_clicked(self) -> None:
        at = sorted(index.row() for index in self._ui.topicsTableView.selectionModel().selectedRows())
        self._chosen([self._model.rows[row] for row in at])
        self.accept()


def _cells(topic: PoolTopic) -> tuple[str, ...]:
    deferred = f"缓议{topic.deferred}次" if topic.deferred else ""
    return topic.number, topic.title, topic.unit, topic.reporter, deferred
