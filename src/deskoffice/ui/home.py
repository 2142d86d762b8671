"""今日工作: six figures, what to do next, the year's papers, and what to mind."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QWidget

from deskoffice._generated.home import Ui_HomePage
from deskoffice.domain.matters import Changes, MatterRow
from deskoffice.domain.people import Role
from deskoffice.domain.values import Classification
from deskoffice.ui.dates import heading
from deskoffice.ui.desk import Desk, Page
from deskoffice.ui.jobs import Jobs, Progress
from deskoffice.ui.matter_model import HOLDER, NUMBER, MatterModel
from deskoffice.ui.paged_model import Slice
from deskoffice.ui.papers import show_paper
from deskoffice.ui.theme import text_metrics
from deskoffice.usecases import authorities, figures, matters, reminders, worksheets
from deskoffice.usecases.figures import HomeFigures
from deskoffice.usecases.matters import TodoRow
from deskoffice.usecases.words import word

WIDEST_STEP = "合法性审查　"
HEADINGS = ("事项", "标题", "密级 缓急", "期限", "")


def listed(sentences: Sequence[str]) -> str:
    """Sentences under one another, each with its dot; a second line begins under the first word."""
    rows = (f'<tr><td style="padding-right: 8px">●</td><td>{escape(text)}</td></tr>' for text in sentences)
    return f'<table cellspacing="0" cellpadding="2">{"".join(rows)}</table>' if sentences else ""


class TodoModel(MatterModel):
    """What waits for this person; the first column says what is to be done."""

    def __init__(self, jobs: Jobs, desk: Desk, parent: QWidget) -> None:
        super().__init__(jobs, HEADINGS, desk.office.today(), parent=parent)
        self._steps: list[str] = []

    def show_todo(self, rows: Sequence[TodoRow]) -> None:
        """Show these, in their order."""
        self._steps = [word(one.action) if one.action else word(one.step) for one in rows]
        found = [one.row for one in rows]
        self.load(lambda first, size: Slice(len(found), found[first : first + size]))

    def lead(self, row: MatterRow, position: int) -> tuple[str, str]:
        """The act, and of which kind."""
        return (self._steps[position] if position < len(self._steps) else ""), word(row.kind)


class HomePage(Page):
    """The first page of the day. Every figure opens the list behind it."""

    help_topic = "home"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._ui = Ui_HomePage()
        self._ui.setupUi(self)
        self._model = TodoModel(desk.jobs, desk, self)
        self._ui.todoTableView.show_model(self._model, desk.tokens)
        self._ui.todoTableView.setColumnHidden(HOLDER, True)
        widest = text_metrics(bold=True).horizontalAdvance(WIDEST_STEP)
        self._ui.todoTableView.horizontalHeader().resizeSection(NUMBER, widest)
        self._ui.titleLabel.setText(f"{heading(desk.office.today())}　今日工作")
        self._connect()

    def _connect(self) -> None:
        ui = self._ui
        ui.todoTableView.enter_pressed.connect(lambda: self._open(ui.todoTableView.currentIndex()))
        ui.todoTableView.doubleClicked.connect(self._open)
        for card, area in (
            (ui.todayCard, "incoming:today"),
            (ui.overdueCard, "incoming:overdue"),
            (ui.copiesCard, "copies"),
            (ui.sealsCard, "seals"),
            (ui.meetingsCard, "meetings"),
        ):
            card.clicked.connect(lambda area=area: self.desk.go(area))
        ui.mineCard.clicked.connect(ui.todoTableView.setFocus)
        ui.registerPushButton.clicked.connect(self.start_new)
        ui.registerPushButton.setVisible(self.desk.actor.has(Role.CONFIDENTIAL_CLERK, Role.SECRETARIAT))
        ui.printPushButton.clicked.connect(self._on_print_clicked)
        self._model.loaded.connect(self._on_loaded)
        self.desk.changed.connect(self._on_changed)

    def refresh(self) -> None:
        """Figures and list of this moment."""
        office = self.desk.office

        def work(progress: Progress) -> tuple[HomeFigures, tuple[TodoRow, ...]]:
            del progress
            authorities.settle(office)
            home = figures.home(office)
            own = matters.todo(office)
            known = {one.row.id for one in own}
            late = (one for one in matters.to_urge(office) if one.row.id not in known)
            return replace(home, notices=(*reminders.reckon(office), *home.notices)), (*own, *late)

        self.desk.jobs.run(work, self, done=self._show)

    def start_new(self) -> None:
        """What most people make first in the day: the morning's post."""
        self.desk.go("incoming:new")

    def _show(self, found: tuple[HomeFigures, tuple[TodoRow, ...]]) -> None:
        ui, (home, todo) = self._ui, found
        ui.todayCard.show_figure(home.due_today, self.tr("今日到期"))
        ui.overdueCard.show_figure(home.overdue, self.tr("已超期"), "overdue")
        ui.mineCard.show_figure(home.mine, self.tr("我的待办"))
        due = self.tr("，%1 份今日应还").replace("%1", str(home.copies_due_today)) if home.copies_due_today else ""
        ui.copiesCard.show_figure(home.copies_out, self.tr("份在外") + due, "soon")
        ui.sealsCard.show_figure(home.seal_waiting, self.tr("待用印"))
        ui.meetingsCard.show_figure(home.meetings_today, self.tr("今日会议"))
        ui.monthChart.show_months(home.months, self.desk.tokens)
        ui.chartCaptionLabel.setText(self._caption(home))
        ui.noticesLabel.setText(listed(home.notices) or self.tr("没有需要留意的事。"))
        self._model.show_todo(todo)

    def _caption(self, home: HomeFigures) -> str:
        incoming, outgoing = (sum(month[at] for month in home.months) for at in (1, 2))
        text = self.tr("浅色 收文 %1　深色 发文 %2").replace("%1", f"{incoming:,}").replace("%2", f"{outgoing:,}")
        if not home.last_year_outgoing:
            return text
        change = (outgoing - home.last_year_outgoing) / home.last_year_outgoing * 100
        direction = self.tr("上升") if change > 0 else self.tr("下降")
        return f"{text}（去年同期 {home.last_year_outgoing:,}，{direction} {abs(change):.1f}%）"

    def _on_loaded(self) -> None:
        is_empty = self._model.count == 0
        self._ui.todoStack.setCurrentWidget(self._ui.todoEmptyPage if is_empty else self._ui.todoTableView)
        if not is_empty:
            self._ui.todoTableView.setCurrentIndex(self._model.index(0, 0))
        levels = [row.level for _, row in self._model.known_rows()]
        self.show_level(max(levels, default=Classification.PUBLIC))

    def _on_changed(self, changes: Changes) -> None:
        del changes
        if self.isVisible():
            self.refresh()

    def _on_print_clicked(self) -> None:
        show_paper(self.desk, worksheets.today, parent=self.window())

    def _open(self, index: QModelIndex) -> None:
        if index.isValid() and (row := self._model.row(index.row())) is not None:
            self.desk.open_matter(row)
