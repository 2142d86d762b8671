"""The page of every kind of matter: chips, list, card; what was chosen is kept on return."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from deskoffice._generated.matter_list import Ui_MatterListPage
from deskoffice.domain.matters import Changes, ListQuery, MatterRow, SortKey
from deskoffice.domain.people import Actor
from deskoffice.domain.values import Classification
from deskoffice.ui.batch_bar import BatchActs
from deskoffice.ui.chips import ChipBar, ChipState
from deskoffice.ui.desk import Desk, Page
from deskoffice.ui.jobs import Job
from deskoffice.ui.list_export import ListExport
from deskoffice.ui.matter_model import MatterModel
from deskoffice.ui.name_dialog import NameDialog
from deskoffice.ui.paged_model import Loader, Slice
from deskoffice.ui.reading_only import READS
from deskoffice.usecases import matters, search
from deskoffice.usecases.list_export import ShownList

SEARCH_PAUSE_MS = 250
Narrowing = Callable[[ListQuery, date], ListQuery]


def as_is(query: ListQuery, today: date) -> ListQuery:
    """全部."""
    del today
    return query


def open_only(query: ListQuery, today: date) -> ListQuery:
    """在办."""
    del today
    return replace(query, open_only=True)


def due_today(query: ListQuery, today: date) -> ListQuery:
    """今日应办结, what is late included."""
    return replace(query, due_before=today + timedelta(days=1))


def due_this_week(query: ListQuery, today: date) -> ListQuery:
    """本周到期, what is late included: up to Sunday."""
    return replace(query, due_before=today + timedelta(days=7 - today.weekday()))


def overdue(query: ListQuery, today: date) -> ListQuery:
    """超期."""
    return replace(query, due_before=today)


@dataclass(frozen=True, slots=True)
class Scope:
    """One of the chips of which exactly one holds."""

    key: str
    word: str
    narrow: Narrowing


SCOPES = (
    Scope("open", "在办", open_only),
    Scope("today", "今日应办", due_today),
    Scope("week", "本周到期", due_this_week),
    Scope("overdue", "超期", overdue),
    Scope("all", "全部", as_is),
)
EVERYTHING_ONLY = (SCOPES[-1],)
"""For lists whose own query says it all."""


@dataclass(frozen=True, slots=True)
class NewMatter:
    """What Ctrl+N makes on a page."""

    word: str
    allowed: Callable[[Actor], bool]
    open: Callable[[Desk, QWidget], None]


@dataclass(frozen=True, slots=True)
class ListSpec:
    """What makes one list differ from another."""

    title: str
    query: ListQuery
    headings: tuple[str, str, str, str, str] = ("收文号", "标题", "密级 缓急", "办理期限", "在谁手里")
    unit_word: str = "来文单位"
    scopes: tuple[Scope, ...] = SCOPES
    new: NewMatter | None = None
    empty: str = "这里还没有文件。"
    help_topic: str = "lists"
    batch: BatchActs = field(default_factory=dict)
    """What can be done to several rows at once."""


class MatterListPage(Page):
    """Chips narrow the query, the header sorts it, the card follows the current row."""

    save_wanted = Signal(str, object)
    """A name and the ChipState to keep under it."""

    def __init__(self, desk: Desk, spec: ListSpec, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.help_topic = spec.help_topic
        self._spec = spec
        self._query = spec.query
        self._ids: tuple[int, ...] | None = None
        self._before: ChipState | None = None
        """What the list showed before it was narrowed to one matter that was looked for elsewhere."""
        self._found: Job[tuple[int, ...]] | None = None
        self._kept_id: int | None = None
        self._has_some = True
        self._kept_position = 0
        self._ui = Ui_MatterListPage()
        self._ui.setupUi(self)
        self._model = MatterModel(desk.jobs, spec.headings, desk.office.today(), parent=self)
        self._chips = ChipBar(desk, spec.scopes, unit_word=spec.unit_word, parent=self)
        self._set_up_widgets()
        self._connect()
        ListExport(desk, self._ui.exportPushButton, self.shown)

    def shown(self) -> ShownList:
        """The list as it is now filtered and sorted."""
        return ShownList(self._spec.title, self._query, self._spec.headings, self._spec.unit_word)

    def _set_up_widgets(self) -> None:
        ui, spec = self._ui, self._spec
        ui.titleLabel.setText(spec.title)
        ui.chipsLayout.insertWidget(0, self._chips, 1)
        ui.matterTableView.show_model(self._model, self.desk.tokens)
        ui.cardFrame.set_desk(self.desk)
        ui.batchFrame.set_up(self.desk, ui.matterTableView, self._model, lambda: self._query, spec.batch)
        ui.undoFrame.set_up(self.desk, spec.batch)
        # Shares and not what the parts ask for: lists beside one another begin at the same place.
        ui.splitter.setSizes([5000, 3000])
        may_make = spec.new is not None and spec.new.allowed(self.desk.actor)
        for button in (ui.newPushButton, ui.emptyPushButton):
            button.setVisible(may_make)
            if spec.new is not None:
                button.setText(f"{spec.new.word}  Ctrl+N")
        ui.emptyLabel.setText(spec.empty)

    def _connect(self) -> None:
        ui = self._ui
        ui.newPushButton.clicked.connect(self.start_new)
        ui.emptyPushButton.clicked.connect(self._on_empty_clicked)
        ui.matterTableView.enter_pressed.connect(self._on_enter_pressed)
        ui.batchFrame.shown.connect(self._on_batch_shown)
        ui.batchFrame.finished.connect(ui.undoFrame.refresh)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), ui.matterTableView, ui.batchFrame.clear)
        escape.setContext(Qt.ShortcutContext.WidgetShortcut)
        ui.matterTableView.sort_wanted.connect(self._on_sort_wanted)
        ui.matterTableView.selectionModel().currentRowChanged.connect(self._on_current_changed)
        ui.matterTableView.verticalScrollBar().valueChanged.connect(self._tell_level)
        ui.cardFrame.level_changed.connect(self._tell_level)
        self._model.loaded.connect(self._on_loaded)
        self._model.arrived.connect(self._tell_level)
        self._model.arrived.connect(self._show_current)
        self._chips.changed.connect(self._on_chips_changed)
        self._pause = QTimer(self, singleShot=True, interval=SEARCH_PAUSE_MS)
        self._pause.timeout.connect(self._search)
        ui.searchLineEdit.textChanged.connect(self._pause.start)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self.focus_search)
        self.desk.changed.connect(self._on_changed)
        self._chips.save_wanted.connect(self._on_save_wanted)

    def refresh(self) -> None:
        """Read the list again; position, filter and selection stay."""
        self._load()
        self._ui.cardFrame.refresh()
        self._ui.undoFrame.refresh()

    def start_new(self) -> None:
        """Make one of what this page lists."""
        new = self._spec.new
        if new is not None and new.allowed(self.desk.actor):
            new.open(self.desk, self.window())

    def acts(self) -> list[tuple[str, Callable[[], None]]]:
        """The acts of the matter on the card."""
        return self._ui.cardFrame.acts()

    def focus_search(self) -> None:
        """The list's own search box."""
        self._ui.searchLineEdit.setFocus()
        self._ui.searchLineEdit.selectAll()

    def show_scope(self, scope: str) -> None:
        """Turn to one of the scopes, as a figure of the first page does."""
        self._chips.set_state(replace(self._chips.state, scope=scope))

    def show_state(self, state: ChipState) -> None:
        """Set the chips as a saved view has them."""
        self._ui.searchLineEdit.clear()
        self._chips.set_state(state)

    def _on_enter_pressed(self) -> None:
        batch, card = self._ui.batchFrame, self._ui.cardFrame
        (batch if batch.is_several else card).act_likely()

    def _on_batch_shown(self, is_shown: bool) -> None:
        self._ui.filterStack.setCurrentWidget(self._ui.batchFrame if is_shown else self._ui.chipsWidget)

    def _on_save_wanted(self) -> None:
        def chosen(name: str) -> None:
            self.save_wanted.emit(name, self._chips.state)

        question, suggested = self.tr("这个视图叫什么"), self._chips.suggested_name()
        NameDialog(question, suggested, chosen=chosen, parent=self.window()).open()

    def show_matter(self, row: MatterRow) -> None:
        """Turn the card to a matter, in the list or not."""
        self._kept_id = row.id
        self._before = self._before or self._chips.state
        with QSignalBlocker(self._ui.searchLineEdit):
            # The box names what the list is narrowed to; clearing it brings the whole list back.
            self._ui.searchLineEdit.setText(row.number or row.title)
        with QSignalBlocker(self._chips):
            self._chips.clear()
        self._show_found((row.id,))
        self._ui.cardFrame.show_matter(row.id)

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever was led to one matter finds the whole list the next time."""
        super().hideEvent(event)
        if self._before is None or event.spontaneous():
            return
        with QSignalBlocker(self._ui.searchLineEdit), QSignalBlocker(self._chips):
            self._ui.searchLineEdit.clear()
            self._chips.set_state(self._before)
        self._before, self._ids = None, None

    def _load(self) -> None:
        self._query = self._chips.apply(self._searched(self._spec.query))
        office, query = self.desk.office, self._query

        def read(first: int, size: int) -> Slice[MatterRow]:
            found = matters.list_page(office, query, first, size)
            return Slice(found.total, found.rows)

        loader: Loader[MatterRow] = read
        self._ui.matterTableView.show_sorting(query.sort, descending=query.descending)
        self._model.load(loader, near=self._kept_position)
        queries = self._chips.counted(self._searched(self._spec.query))
        self.desk.jobs.run(lambda _: matters.counts(office, queries), self, done=self._on_counted)

    def _searched(self, query: ListQuery) -> ListQuery:
        return query if self._ids is None else replace(query, matter_ids=self._ids)

    def _search(self) -> None:
        self._before = None
        if self._found is not None:
            self._found.drop()
        terms, office = self._ui.searchLineEdit.text().strip(), self.desk.office
        if not terms:
            self._show_found(None)
            return

        self._found = self.desk.jobs.run(lambda _: search.ids_found(office, terms), self, done=self._show_found)

    def _show_found(self, ids: tuple[int, ...] | None) -> None:
        self._ids = ids
        self._kept_position = 0
        self._load()

    def _on_chips_changed(self) -> None:
        self._before = None
        self._kept_position = 0
        self._load()

    def _on_sort_wanted(self, sort: SortKey, descending: bool) -> None:
        self._chips.sort_by(sort, descending=descending)

    def _on_loaded(self) -> None:
        count = self._model.count
        self._ui.summaryLabel.setText(self.tr("%1 件").replace("%1", f"{count:,}"))
        self._ui.exportPushButton.setEnabled(count > 0)
        self._ui.listStack.setCurrentWidget(self._ui.matterTableView if count else self._ui.emptyFrame)
        self._show_why_empty()
        self._select_kept()
        self._tell_level()

    def _on_counted(self, counts: dict[str, int]) -> None:
        self._has_some = any(counts.values())
        self._chips.show_counts(counts)
        self._show_why_empty()

    @property
    def _hides_some(self) -> bool:
        """The list is narrowed, and there is something that it leaves out."""
        state = self._chips.state
        is_filtered = bool(state.unit or state.year or self._ui.searchLineEdit.text()) or state.level is not None
        return self._query != self._spec.query and (self._has_some or is_filtered)

    def _show_why_empty(self) -> None:
        """A list that never had anything says what to begin with."""
        ui, spec = self._ui, self._spec
        ui.emptyLabel.setText(self.tr("没有符合这些条件的文件。") if self._hides_some else spec.empty)
        may_make = spec.new is not None and spec.new.allowed(self.desk.actor)
        ui.emptyPushButton.setVisible(self._hides_some or may_make)
        ui.emptyPushButton.setProperty(READS, self._hides_some)
        if self._hides_some:
            ui.emptyPushButton.setEnabled(True)
            ui.emptyPushButton.setText(self.tr("看全部"))
        elif spec.new is not None:
            ui.emptyPushButton.setText(f"{spec.new.word}  Ctrl+N")

    def _on_empty_clicked(self) -> None:
        if self._hides_some:
            self._ui.searchLineEdit.clear()
            self._chips.clear()
        else:
            self.start_new()

    def _select_kept(self) -> None:
        """The same matter where it is now; else the same place; else the first row."""
        if not self._model.count:
            self._ui.cardFrame.show_matter(None)
            return
        known = {row.id: position for position, row in self._model.known_rows()}
        position = known.get(self._kept_id or 0, min(self._kept_position, self._model.count - 1))
        self._ui.matterTableView.setCurrentIndex(self._model.index(position, 0))

    def _on_current_changed(self, current: QModelIndex) -> None:
        if current.isValid():
            self._kept_position = current.row()
            self._kept_id = None
            self._show_current()

    def _show_current(self) -> None:
        """Turn the card to the current row, now or when the row has come."""
        current = self._ui.matterTableView.currentIndex()
        row = self._model.row(current.row()) if current.isValid() else None
        if row is None or row.id == self._kept_id:
            return
        self._kept_id = row.id
        if self._ui.cardFrame.matter_id != row.id:
            self._ui.cardFrame.show_matter(row.id)

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible():
            if changes.number and changes.matter_ids:
                # What has just been entered is what is looked at next.
                self._kept_id = changes.matter_ids[0]
            self._load()
            if self._kept_id in changes.matter_ids:
                self._ui.cardFrame.refresh()

    def _tell_level(self) -> None:
        """The highest level among the rows in view and the card."""
        table, card = self._ui.matterTableView, self._ui.cardFrame.card
        top, bottom = table.rowAt(0), table.rowAt(table.viewport().height() - 1)
        last = bottom if bottom >= 0 else self._model.count - 1
        levels = [row.level for at, row in self._model.known_rows() if top <= at <= last]
        levels += [card.row.level] if card is not None else []
        self.show_level(max(levels, default=Classification.PUBLIC))
