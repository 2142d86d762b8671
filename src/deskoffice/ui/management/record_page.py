"""The page of everything that is kept as a short list: found by a few keys, added, changed, acted on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from deskoffice._generated.management.record_page import Ui_RecordPage
from deskoffice.ui.desk import Desk, Page
from deskoffice.ui.text_table import TextModel, show_in
from deskoffice.ui.tree import descendants
from deskoffice.usecases.office import Office

R = TypeVar("R")
Done = Callable[[], None]
"""Called after a change: the page reads its list again."""


@dataclass(frozen=True, slots=True)
class RecordAct(Generic[R]):
    """A button below the list, for the current row."""

    word: str
    open: Callable[[Desk, R, QWidget, Done], None]
    allowed: Callable[[Desk, R], bool] = lambda desk, row: True  # noqa: ARG005 - a default that asks nothing
    is_dangerous: bool = False


@dataclass(frozen=True, slots=True)
class PageAct:
    """A button beside that of the new record, for the whole list."""

    word: str
    open: Callable[[Desk, QWidget, Done], None]


@dataclass(frozen=True, slots=True)
class RecordSpec(Generic[R]):
    """What makes one list differ from another; the first act is that of Enter."""

    title: str
    headings: tuple[str, ...]
    widths: tuple[str, ...]
    """The longest text usual in each column."""
    stretch: int
    read: Callable[[Office], Sequence[R]]
    cells: Callable[[R], Sequence[str]]
    empty: str
    new: str = ""
    open_new: Callable[[Desk, QWidget, Done], None] | None = None
    acts: tuple[RecordAct[R], ...] = ()
    page_acts: tuple[PageAct, ...] = ()
    letters: Callable[[R], str] = lambda row: ""  # noqa: ARG005 - most lists have no pinyin letters
    """Pinyin letters that find a row."""
    faint: Callable[[R], bool] = lambda row: False  # noqa: ARG005 - most lists have no ended rows
    explanation: str = ""
    loaded: Callable[[Desk], None] = lambda desk: None  # noqa: ARG005 - few lists are of interest elsewhere


class RecordPage(Page, Generic[R]):
    """List, search box, buttons; the current row stays when the list is read again."""

    help_topic = "officers"

    def __init__(self, desk: Desk, spec: RecordSpec[R], parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._spec = spec
        self._all: Sequence[R] = ()
        self._ui = Ui_RecordPage()
        self._ui.setupUi(self)
        self._model: TextModel[R] = TextModel(spec.headings, spec.cells, colour=self._colour, parent=self)
        self._buttons: list[tuple[QPushButton, RecordAct[R]]] = []
        self._set_up()
        self._connect()

    def _colour(self, row: R) -> str:
        return self.desk.tokens.faint if self._spec.faint(row) else ""

    def _set_up(self) -> None:
        ui, spec, desk = self._ui, self._spec, self.desk
        ui.titleLabel.setText(spec.title)
        ui.explanationLabel.setText(spec.explanation)
        ui.explanationLabel.setVisible(bool(spec.explanation))
        show_in(ui.recordsTableView, self._model, spec.widths, stretch=spec.stretch, tokens=desk.tokens)
        ui.recordsTableView.setAccessibleName(spec.title)
        for button in (ui.newPushButton, ui.emptyPushButton):
            button.setVisible(spec.open_new is not None)
            button.setText(f"{spec.new}  Ctrl+N")
            button.clicked.connect(self.start_new)
        for page_act in spec.page_acts:
            self._add_page_act(page_act)
        for at, act in enumerate(spec.acts):
            button = QPushButton(f"{act.word}  Enter" if at == 0 else act.word, self)
            button.setAccessibleName(act.word)
            button.setProperty("role", "danger" if act.is_dangerous else "")
            button.clicked.connect(lambda _=False, wanted=act: self._act(wanted))
            ui.actsLayout.insertWidget(at, button)
            self._buttons.append((button, act))

    def _add_page_act(self, act: PageAct) -> None:
        button = QPushButton(act.word, self)
        button.setAccessibleName(act.word)
        button.clicked.connect(lambda: act.open(self.desk, self.window(), self._changed))
        new = self._ui.newPushButton
        head = next(row for row in descendants(self, QHBoxLayout) if row.indexOf(new) >= 0)
        head.insertWidget(head.indexOf(new), button)

    def _connect(self) -> None:
        ui = self._ui
        ui.searchLineEdit.textChanged.connect(self._filter)
        ui.recordsTableView.doubleClicked.connect(self._act_first)
        ui.recordsTableView.selectionModel().currentRowChanged.connect(self._show_acts)
        scope = Qt.ShortcutContext.WidgetShortcut
        QShortcut(QKeySequence(Qt.Key.Key_Return), ui.recordsTableView, self._act_first, context=scope)
        QShortcut(QKeySequence(Qt.Key.Key_Enter), ui.recordsTableView, self._act_first, context=scope)
        QShortcut(
            QKeySequence(QKeySequence.StandardKey.Find),
            self,
            self.focus_search,
            context=Qt.ShortcutContext.WidgetWithChildrenShortcut,
        )

    def refresh(self) -> None:
        """Read the list again."""
        office = self.desk.office
        self.desk.jobs.run(lambda _: self._spec.read(office), self, done=self._show)

    def start_new(self) -> None:
        """Ctrl+N."""
        if self._spec.open_new is not None:
            self._spec.open_new(self.desk, self.window(), self._changed)

    def focus_search(self) -> None:
        """Ctrl+F."""
        self._ui.searchLineEdit.setFocus()
        self._ui.searchLineEdit.selectAll()

    def _changed(self) -> None:
        self._spec.loaded(self.desk)
        self.refresh()

    def _show(self, rows: Sequence[R]) -> None:
        self._all = rows
        self._filter()

    def _filter(self) -> None:
        typed, spec = self._ui.searchLineEdit.text().strip().lower(), self._spec
        kept = self._ui.recordsTableView.currentIndex().row()
        found = [row for row in self._all if self._fits(row, typed)]
        self._model.show_rows(found)
        self._ui.summaryLabel.setText(self.tr("%1 条").replace("%1", f"{len(found):,}"))
        self._ui.listStack.setCurrentWidget(self._ui.recordsTableView if found else self._ui.emptyFrame)
        self._ui.emptyLabel.setText(self.tr("没有符合“%1”的。").replace("%1", typed) if typed else spec.empty)
        if found:
            self._ui.recordsTableView.setCurrentIndex(self._model.index(min(max(kept, 0), len(found) - 1), 0))
        self._show_acts()

    def _fits(self, row: R, typed: str) -> bool:
        cells = self._spec.cells(row)
        return any(typed in cell.lower() for cell in cells) or self._spec.letters(row).startswith(typed)

    @property
    def current(self) -> R | None:
        """The row under the cursor."""
        return self._model.row(self._ui.recordsTableView.currentIndex().row())

    def _show_acts(self, *_: QModelIndex) -> None:
        row = self.current
        for button, act in self._buttons:
            button.setEnabled(row is not None and act.allowed(self.desk, row))

    def _act_first(self) -> None:
        if self._buttons and self._buttons[0][0].isEnabled():
            self._act(self._spec.acts[0])

    def _act(self, act: RecordAct[R]) -> None:
        row = self.current
        if row is not None:
            act.open(self.desk, row, self.window(), self._changed)
