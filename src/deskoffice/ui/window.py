"""The one main window: navigation, pages, banner, status; every page plugs in through `areas`."""

import json
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QMenu

from deskoffice._generated.main_window import Ui_MainWindow
from deskoffice.domain.matters import Changes, MatterRow
from deskoffice.domain.values import Classification
from deskoffice.ui import ready_views
from deskoffice.ui.accept_dialog import AcceptDialog
from deskoffice.ui.areas import Area, Section, arranged
from deskoffice.ui.chips import ChipState
from deskoffice.ui.desk import Desk, Directory, Page
from deskoffice.ui.finder import Command, Finder
from deskoffice.ui.jobs import Progress
from deskoffice.ui.manual import Manual
from deskoffice.ui.matter_list import MatterListPage
from deskoffice.ui.navigation import KEY, NavigationDelegate, NavigationModel
from deskoffice.ui.reading_only import ReadingOnly
from deskoffice.ui.theme import keep_place, know_widgets, mark
from deskoffice.ui.turns import Turns
from deskoffice.ui.views import SavedView, Views
from deskoffice.usecases import figures, matters, media, notes, notices, people
from deskoffice.usecases.figures import HomeFigures
from deskoffice.usecases.words import word

VIEW = "view:"
"""Begins the navigation key of a saved view."""
FOLDS = "navigation.folds"
"""The note that keeps which sections of the navigation are folded."""


class MainWindow(QMainWindow):
    """Shows one page at a time and keeps the others as they were left."""

    lock_wanted = Signal()
    closing = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        know_widgets()
        self.desk = desk
        self._sections = arranged(desk.actor)
        self._areas = {area.key: area for _, areas in self._sections for area in areas}
        self._pages: dict[str, Page] = {}
        self._folds: dict[str, bool] = {}
        self._turns = desk.jobs.join(Turns(self))
        self._ui = Ui_MainWindow()
        self._ui.setupUi(self)
        self._navigation = NavigationModel(self)
        self._fill_navigation()
        self._connect()
        self._add_shortcuts()
        self._show_actor()
        keep_place(self._ui.jobProgressBar)
        self._on_slow_changed(False)
        refusal = desk.office.refusal
        self._reading_only = ReadingOnly(refusal, self) if refusal is not None else None
        self._views = Views(desk, self)
        self._views.changed.connect(self._show_views)
        self._views.load()
        self._load_folds()
        self.refresh_directory()
        self.refresh_counts()
        self.refresh_notices()
        self.open_area(next(iter(self._areas)))

    def _fill_navigation(self) -> None:
        for section, areas in self._sections:
            self._navigation.add_section(section.value, folded=section == Section.MORE)
            for area in areas:
                self._navigation.add_area(area.key, area.title)
        self._area_rows = self._navigation.rowCount()
        view = self._ui.navigationListView
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._on_navigation_menu)
        view.setModel(self._navigation)
        view.setItemDelegate(NavigationDelegate(self.desk.tokens, view))
        view.show_folds()
        view.folds_changed.connect(self._on_folds_changed)
        view.selectionModel().currentChanged.connect(self._on_navigation_changed)

    def _connect(self) -> None:
        ui, desk = self._ui, self.desk
        ui.messageFrame.hang_between(ui.frameWidget, ui.actorLabel, ui.lockPushButton)
        desk.told.connect(ui.messageFrame.tell)
        desk.refused.connect(ui.messageFrame.refuse)
        desk.changed.connect(self._on_changed)
        desk.directory_changed.connect(self.refresh_directory)
        desk.area_wanted.connect(self.open_area)
        desk.matter_wanted.connect(self.open_matter)
        desk.jobs.slow_changed.connect(self._on_slow_changed)
        desk.jobs.progressed.connect(self._on_progressed)
        ui.lockPushButton.clicked.connect(self.lock_wanted)
        ui.noticeFrame.on_accept(lambda: AcceptDialog(desk, self._on_accepted, parent=self).open())
        ui.stopPushButton.clicked.connect(desk.jobs.stop_running)

    def _add_shortcuts(self) -> None:
        acts: dict[str, Callable[[], None]] = {
            "Ctrl+K": self.open_finder,
            "Ctrl+L": self.lock_wanted.emit,
            "F1": self.open_manual,
            "F5": self.refresh,
            "Ctrl+N": self._start_new,
            "Ctrl+/": partial(self.open_manual, "keys"),
        }
        for at, key in enumerate(list(self._navigation.keys())[:9], start=1):
            acts[f"Alt+{at}"] = partial(self._go_to, key)
        for keys, act in acts.items():
            QShortcut(QKeySequence(keys), self, act)

    def _load_folds(self) -> None:
        """Sections are folded as this person left them."""
        office = self.desk.office

        def done(text: str) -> None:
            self._folds = json.loads(text or "{}")
            self._ui.navigationListView.restore(self._folds)
            self._ui.navigationListView.reveal(self._ui.navigationListView.currentIndex())

        self.desk.jobs.run(lambda _: notes.kept(office, FOLDS), self, done=done)

    def _on_folds_changed(self) -> None:
        self._folds = self._navigation.sections()
        if not self.desk.office.is_writable:
            return
        office, text = self.desk.office, json.dumps(self._folds, ensure_ascii=False)
        self.desk.jobs.run(lambda _: notes.keep(office, FOLDS, text), self, done=lambda _: None)

    def _show_actor(self) -> None:
        actor = self.desk.actor
        roles = "、".join(sorted(word(role) for role in actor.roles))
        level = word(actor.clearance)
        self._ui.actorLabel.setText(f"{actor.name} · {actor.post or roles} · 涉密等级 {level}")
        self._ui.actorLabel.setToolTip(roles)

    @property
    def page(self) -> Page:
        """The page turned to."""
        self._turns.settle()
        page = self._ui.pageStack.currentWidget()
        assert isinstance(page, Page)  # noqa: S101 - nothing else is ever put on the stack
        return page

    @property
    def area_keys(self) -> tuple[str, ...]:
        """Areas this person sees, in order."""
        return tuple(self._areas)

    def open_area(self, wanted: str) -> None:
        """Turn to an area; `incoming:overdue` names a scope of its list, `incoming:new` makes one."""
        key, _, then = wanted.partition(":")
        if key not in self._areas:
            return
        index = self._navigation.index_of(key)
        if self._ui.navigationListView.currentIndex() != index:
            self._ui.navigationListView.setCurrentIndex(index)
        else:
            self._show_page(self._areas[key])
        if then == "new":
            self._turns.add(self._start_new)
        elif then:
            self._turns.add(lambda: self._on_list(lambda page: page.show_scope(then)))

    def _on_page(self, act: Callable[[Page], None]) -> None:
        act(self.page)

    def _on_list(self, act: Callable[[MatterListPage], None]) -> None:
        """Do something on the page turned to, where it is a list of matters."""
        page = self.page
        if isinstance(page, MatterListPage):
            act(page)

    def _go_to(self, key: str) -> None:
        """To an area with the keys, ready for Enter."""
        self.open_area(key)
        self._turns.add(lambda: self._on_page(lambda page: page.focus_first()))

    def open_matter(self, row: MatterRow) -> None:
        """Show a matter in the list of its kind."""
        key = next((area.key for area in self._areas.values() if area.kind == row.kind), None)
        if key is None:
            return
        self.open_area(key)
        self._turns.add(lambda: self._on_list(lambda page: page.show_matter(row)))

    def _start_new(self) -> None:
        refusal = self.desk.office.refusal
        if refusal is not None:
            self.desk.refuse(refusal)
        else:
            self.page.start_new()

    def refresh(self) -> None:
        """F5."""
        self.page.refresh()
        self.refresh_counts()

    def open_finder(self) -> None:
        """Ctrl+K."""
        Finder(self.desk, self._commands(), self).open()

    def open_manual(self, topic: str = "") -> None:
        """F1: the chapter of the page in view."""
        Manual(topic or self.page.help_topic, self).open()

    def _commands(self) -> list[Command]:
        numbers = {key: f"Alt+{at}" for at, key in enumerate(self._areas, start=1) if at <= 9}
        found = [
            Command(area.title, numbers.get(key, ""), partial(self._go_to, key)) for key, area in self._areas.items()
        ]
        acts = [Command(name, self.tr("当前这一件"), act) for name, act in self.page.acts()]
        return [
            *acts,
            *found,
            Command(self.tr("登记收文"), "Ctrl+N", partial(self.open_area, "incoming:new")),
            Command(self.tr("刷新"), "F5", self.refresh),
            Command(self.tr("使用手册"), "F1", self.open_manual),
            Command(self.tr("快捷键"), "Ctrl+/", partial(self.open_manual, "keys")),
            Command(self.tr("换成深色或浅色"), "", self.desk.look_wanted.emit),
            Command(self.tr("锁定"), "Ctrl+L", self.lock_wanted.emit),
        ]

    def refresh_directory(self) -> None:
        """Units and people, for pickers and the finder."""
        office = self.desk.office

        def work(_: Progress) -> Directory:
            return Directory(people.units(office), people.persons(office), people.officers(office))

        def done(found: Directory) -> None:
            self.desk.directory = found

        self.desk.jobs.run(work, self, done=done)

    def refresh_notices(self) -> None:
        """What is wrong with the vault or the clock stays in view."""
        office = self.desk.office
        self.desk.jobs.run(lambda _: notices.standing(office), self, done=self._ui.noticeFrame.show_notices)

    def _on_accepted(self) -> None:
        """Every page is made anew, with its acts in use."""
        if self._reading_only is not None:
            self._reading_only.lift()
            self._reading_only = None
        here = next(key for key, page in self._pages.items() if page is self.page)
        before, self._pages = self._pages, {}
        self.open_area(here)
        for page in before.values():
            self._ui.pageStack.removeWidget(page)
            page.deleteLater()
        self.refresh_notices()
        self.refresh_counts()

    def refresh_counts(self) -> None:
        """Numbers of the navigation and the status bar."""
        if self.desk.actor.is_officer:
            return
        office = self.desk.office
        queries = {key: area.count for key, area in self._areas.items() if area.count is not None}
        for view in self._all_views():
            if (query := ready_views.counted(view, office.today())) is not None:
                queries[f"{VIEW}{view.name}"] = query

        def work(progress: Progress) -> tuple[dict[str, int], HomeFigures]:
            del progress
            return matters.counts(office, queries), figures.home(office)

        self.desk.jobs.run(work, self, done=self._show_counts)

    def _show_counts(self, found: tuple[dict[str, int], HomeFigures]) -> None:
        counts, home = found
        self._navigation.show_counts(counts | {"copies": home.copies_out})
        ui = self._ui
        due = f"，{home.copies_due_today} 份今日应还" if home.copies_due_today else ""
        ui.copiesLabel.setText(f"{home.copies_out} 份文件在外{due}" if home.copies_out else "没有文件在外")
        mark(ui.copiesLabel, "grade", "soon" if home.copies_due_today else "plain")
        ui.backupLabel.setText(f"备份 {home.last_backup} 已验证可恢复" if home.last_backup else "还没有验证过的备份")
        ui.backupLabel.setVisible(bool(home.last_backup) or self.desk.actor.has(*media.KEEPERS))
        mark(ui.backupLabel, "grade", "plain" if home.last_backup else "soon")

    def _show_views(self) -> None:
        """Views stand under a heading of their own, after the areas."""
        self._navigation.truncate(self._area_rows)
        own, shown = self._views.views, self._all_views()
        for title, views, folded in (
            (self.tr("我的视图"), [view for view in shown if view in own], False),
            (self.tr("常用视图"), [view for view in shown if view not in own], True),
        ):
            if views:
                self._navigation.add_section(title, folded=folded)
            for view in views:
                self._navigation.add_area(f"{VIEW}{view.name}", view.name)
        self._ui.navigationListView.restore(self._folds)
        self.refresh_counts()

    def _all_views(self) -> list[SavedView]:
        """The person's own first, then those that are always there."""
        own = self._views.views
        names = {view.name for view in own}
        others = (view for view in ready_views.ready(self.desk.office.today()) if view.name not in names)
        return [view for view in (*own, *others) if view.area in self._areas]

    def _on_navigation_changed(self, index: QModelIndex) -> None:
        key = index.data(KEY) or ""
        if index.isValid():
            self._ui.navigationListView.reveal(index)
        if area := self._areas.get(key):
            self._show_page(area)
        elif (view := self._view(key)) is not None:
            self._show_page(self._areas[view.area])
            state = view.state
            self._turns.add(lambda: self._on_list(lambda page: page.show_state(state)))

    def _view(self, key: str) -> SavedView | None:
        return next((view for view in self._all_views() if key == f"{VIEW}{view.name}"), None)

    def _on_navigation_menu(self, at: QPoint) -> None:
        index = self._ui.navigationListView.indexAt(at)
        view = self._view(index.data(KEY) or "") if index.isValid() else None
        if view is None or view not in self._views.views:
            return
        menu = QMenu(self)
        menu.addAction(self.tr("删除这个视图")).triggered.connect(lambda: self._views.remove(view))
        menu.popup(self._ui.navigationListView.viewport().mapToGlobal(at))

    def _show_page(self, area: Area) -> None:
        """Turn to a page, which is made when it is wanted first."""
        stack = self._ui.pageStack
        here = self.focusWidget()
        had_keys = here is stack or stack.isAncestorOf(here or self)
        if had_keys:
            # What is typed before the page is there is not for the one that is left.
            stack.setFocus()
        self.setWindowTitle(f"案头 · {area.title}")
        self._turns.begin(
            *([] if area.key in self._pages else [partial(self._make_page, area)]),
            partial(self._put_in_view, area.key, with_keys=had_keys),
            lambda: self._on_page(lambda page: page.refresh()),
        )

    def _make_page(self, area: Area) -> None:
        page = self._pages[area.key] = area.make(self.desk)
        page.level_changed.connect(partial(self._on_level_changed, page))
        if isinstance(page, MatterListPage):
            page.save_wanted.connect(partial(self._on_save_wanted, area.key))

    def _put_in_view(self, key: str, *, with_keys: bool) -> None:
        stack, page = self._ui.pageStack, self._pages[key]
        if stack.indexOf(page) < 0:
            stack.addWidget(page)
        stack.setCurrentWidget(page)
        if with_keys:
            page.focus_first()
        self._show_level(page.level)

    def _on_save_wanted(self, area: str, name: str, state: ChipState) -> None:
        self._views.add(SavedView(name, area, state))
        self.desk.tell(self.tr("视图“%1”已放进左边的导航").replace("%1", name))

    def _on_level_changed(self, page: QObject, level: Classification) -> None:
        if page is self._ui.pageStack.currentWidget():
            self._show_level(level)

    def _show_level(self, level: Classification) -> None:
        banner = self._ui.bannerLabel
        banner.setText(f"本页最高密级：{word(level)}")
        banner.setVisible(level > Classification.PUBLIC)
        mark(banner, "level", str(level.value))

    def _on_changed(self, changes: Changes) -> None:
        del changes
        self.refresh_counts()
        self.refresh_notices()

    def _on_slow_changed(self, is_slow: bool) -> None:
        ui = self._ui
        ui.jobProgressBar.setRange(0, 0)
        ui.jobProgressBar.setVisible(is_slow)
        ui.jobWidget.setVisible(False)

    def _on_progressed(self, done: int, total: int) -> None:
        """Only work that says how far it is can be stopped."""
        ui = self._ui
        if not ui.jobProgressBar.isVisible():
            return
        ui.jobProgressBar.setRange(0, total)
        ui.jobProgressBar.setValue(done)
        ui.jobLabel.setText(f"已完成 {done:,} / {total:,}")
        ui.jobWidget.setVisible(True)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the session be closed behind the window."""
        self.closing.emit()
        super().closeEvent(event)
