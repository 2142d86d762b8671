"""Ctrl+K: any matter, unit, person or command by a few keys."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QDialog, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from deskoffice._generated.finder import Ui_Finder
from deskoffice.ui.circulation.copy_trail import CopyTrailDialog
from deskoffice.ui.desk import Desk
from deskoffice.ui.jobs import Job
from deskoffice.ui.picker import Choice, person_choices
from deskoffice.ui.theme import Tokens, text_font
from deskoffice.usecases import copy_trail, people, search
from deskoffice.usecases.copies import CopyOut
from deskoffice.usecases.search import SearchResult
from deskoffice.usecases.words import word

PAUSE_MS = 120
MATTERS = 20
LOCAL = 8
KIND = Qt.ItemDataRole.UserRole + 1
BESIDE = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True, slots=True)
class Command:
    """Something that can be done from anywhere."""

    text: str
    keys: str
    run: Callable[[], None]


class FoundDelegate(QStyledItemDelegate):
    """What it is, its name, and at the right its number or keys."""

    def __init__(self, tokens: Tokens, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tokens = tokens

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """A calm line."""
        return QSize(super().sizeHint(option, index).width(), 34)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Kind and what stands beside are quiet; the name is cut before they are."""
        box: QRect = option.rect  # type: ignore[attr-defined]  # the stubs leave out the fields of style options
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]  # see above
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(self._tokens.selection))
        inside, small = box.adjusted(16, 0, -16, 0), text_font(13)
        beside = str(index.data(BESIDE) or "")
        width = QFontMetrics(small).horizontalAdvance(beside)
        painter.setFont(small)
        painter.setPen(QColor(self._tokens.secondary))
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter, str(index.data(KIND)))
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, beside)
        painter.setFont(text_font())
        painter.setPen(QColor(self._tokens.text))
        middle = inside.adjusted(64, 0, -width - 16, 0)
        name = QFontMetrics(text_font()).elidedText(str(index.data()), Qt.TextElideMode.ElideRight, middle.width())
        painter.drawText(middle, Qt.AlignmentFlag.AlignVCenter, name)
        painter.restore()


class Finder(QDialog):
    """Commands and names answer at once, matters a moment later; Enter opens the marked line."""

    def __init__(self, desk: Desk, commands: Sequence[Command], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self._commands = [(command, people.initials(command.text)) for command in commands]
        self._job: Job[SearchResult] | None = None
        self._ui = Ui_Finder()
        self._ui.setupUi(self)
        self._model = QStandardItemModel(self)
        self._ui.finderListView.setModel(self._model)
        self._ui.finderListView.setItemDelegate(FoundDelegate(desk.tokens, self))
        self._ui.finderListView.clicked.connect(self._run)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self._ui.finderLineEdit.textChanged.connect(self._on_typed)
        self._ui.finderLineEdit.installEventFilter(self)
        self._on_typed("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move the mark and Enter opens, while the typing stays in the line."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down.value: 1, Qt.Key.Key_Up.value: -1}.get(event.key(), 0)
            if step:
                self._mark(self._ui.finderListView.currentIndex().row() + step)
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._run(self._ui.finderListView.currentIndex())
                return True
        return super().eventFilter(watched, event)

    def _mark(self, row: int) -> None:
        if 0 <= row < self._model.rowCount():
            self._ui.finderListView.setCurrentIndex(self._model.index(row, 0))

    def _on_typed(self, typed: str) -> None:
        wanted = typed.strip().lower()
        self._model.clear()
        for command, initials in self._commands:
            if wanted in command.text.lower() or initials.startswith(wanted):
                self._add(self.tr("命令"), command.text, command.keys, run=command.run)
        if wanted:
            self._add_names(wanted)
            self._pause.start()
        self._mark(0)

    def _add_names(self, wanted: str) -> None:
        directory = self._desk.directory
        units = [Choice(one.id, one.name, "", one.initials) for one in directory.units]
        for kind, choices in ((self.tr("单位"), units), (self.tr("人员"), person_choices(directory.persons))):
            for choice in [one for one in choices if one.fits(wanted)][:LOCAL]:
                self._add(kind, choice.text, choice.beside, run=partial(self._search_for, choice.text))

    def _add(self, kind: str, text: str, beside: str, *, run: Callable[[], None]) -> None:
        item = QStandardItem(text)
        item.setData(run, Qt.ItemDataRole.UserRole)
        item.setData(kind, KIND)
        item.setData(beside, BESIDE)
        item.setAccessibleText(f"{kind} {text} {beside}")
        item.setEditable(False)
        self._model.appendRow(item)

    def _search_for(self, name: str) -> None:
        self._ui.finderLineEdit.setText(name)
        self._search()

    def _search(self) -> None:
        if self._job is not None:
            self._job.drop()
        terms, office = self._ui.finderLineEdit.text().strip(), self._desk.office
        if terms:
            self._desk.jobs.run(lambda _: copy_trail.find(office, terms), self, done=self._show_copies)
            self._job = self._desk.jobs.run(lambda _: search.find(office, terms, MATTERS), self, done=self._show_found)

    def _show_copies(self, found: Sequence[CopyOut]) -> None:
        """`000017 东政办发〔2026〕41号` names a copy: its way opens."""
        for out in found:
            number = out.matter.document_number or out.matter.number
            text = self.tr("第 %1 号份的去向　%2").replace("%1", out.copy.copy_number).replace("%2", out.matter.title)
            self._add(self.tr("份"), text, number, run=partial(self._open_trail, out.copy.id))
        if found and not self._ui.finderListView.currentIndex().isValid():
            self._mark(0)

    def _show_found(self, found: SearchResult) -> None:
        for hit in found.hits:
            row = hit.row
            number = row.document_number or row.number
            self._add(word(row.kind), row.title, number, run=partial(self._desk.open_matter, row))
        if found.total > len(found.hits):
            more = self.tr("还有 %1 件，请在列表里用 Ctrl+F 查找").replace("%1", f"{found.total - len(found.hits):,}")
            self._ui.hintLabel.setText(more)
        if not self._ui.finderListView.currentIndex().isValid():
            self._mark(0)

    def _open_trail(self, copy_id: int) -> None:
        parent = self.parentWidget()
        if parent is not None:
            CopyTrailDialog(self._desk, copy_id, parent=parent).open()

    def _run(self, index: QModelIndex) -> None:
        run = index.data(Qt.ItemDataRole.UserRole)
        if not callable(run):
            return
        is_name = index.data(KIND) in {self.tr("单位"), self.tr("人员")}
        if not is_name:
            # Gone before what it opens comes: that has the keys then.
            self.accept()
        run()
