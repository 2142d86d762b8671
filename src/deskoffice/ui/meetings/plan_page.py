"""会议计划: the year's meetings as planned, and how many there are against last year."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from deskoffice._generated.meetings.plan_form import Ui_PlanForm
from deskoffice._generated.meetings.plan_page import Ui_PlanPage
from deskoffice._generated.meetings.year_form import Ui_YearForm
from deskoffice.domain.meeting_plan import PLANNERS, Comparison, PlanDraft, PlanRow, YearFigures
from deskoffice.domain.meetings import MeetingClass, MeetingForm
from deskoffice.ui.desk import Desk, Page
from deskoffice.ui.management.record_form import RecordForm, Saving
from deskoffice.ui.papers import show_paper
from deskoffice.ui.text_table import EmptyNote, TextModel, show_in
from deskoffice.ui.theme import mark
from deskoffice.usecases import meeting_plans, papers_meeting_plans
from deskoffice.usecases.meeting_topic_fields import money
from deskoffice.usecases.office import Office
from deskoffice.usecases.words import word

PLAN = ("月份", "会议名称", "主办单位", "分类", "形式", "规模", "经费", "执行")
PLAN_SAMPLES = ("12月", "", "河东县人民政府办公室", "一类", "现场", "300", "12.5万元", "会〔2026〕88号")
COMPARED = ("分类", "上年", "本年", "增减", "本年人次")
COMPARED_SAMPLES = ("", "888", "888", "−88.8%", "88,888")


@dataclass(frozen=True, slots=True)
class PlanTyped:
    """One field for each widget."""

    title: str
    unit: str
    month: int
    meeting_class: MeetingClass
    form: MeetingForm
    size: int | None
    cost: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class YearTyped:
    """Number, people and cost of each class."""

    first_count: int
    first_size: int
    first_cost: int
    second_count: int
    second_size: int
    second_cost: int
    third_count: int
    third_size: int
    third_cost: int
    fourth_count: int
    fourth_size: int
    fourth_cost: int


class PlanPage(Page):
    """The plan at the left, the comparison as a card at the right."""

    help_topic = "meetings"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._ui = ui = Ui_PlanPage()
        ui.setupUi(self)
        self._plan: TextModel[PlanRow] = TextModel(PLAN, _plan_cells, colour=self._colour, parent=self)
        self._compared: TextModel[Comparison] = TextModel(COMPARED, _compared_cells, parent=self)
        show_in(ui.planTableView, self._plan, PLAN_SAMPLES, stretch=1, tokens=desk.tokens)
        EmptyNote(
            ui.planTableView, self.tr("这一年还没有会议计划。年初把要开的会逐项列入，开会时对照，计划外的单独报批。")
        )
        show_in(ui.compareTableView, self._compared, COMPARED_SAMPLES, stretch=0, tokens=desk.tokens)
        ui.yearSpinBox.setValue(desk.office.today().year)
        may_plan = desk.actor.has(*PLANNERS)
        for button in (ui.newPushButton, ui.editPushButton, ui.typePushButton):
            button.setVisible(may_plan)
        ui.splitter.setSizes([2000, 1000])
        ui.yearSpinBox.valueChanged.connect(self.refresh)
        ui.newPushButton.clicked.connect(self.start_new)
        ui.editPushButton.clicked.connect(self._on_edit_clicked)
        ui.planTableView.doubleClicked.connect(self._on_edit_clicked)
        scope = Qt.ShortcutContext.WidgetShortcut
        QShortcut(QKeySequence(Qt.Key.Key_Return), ui.planTableView, self._on_edit_clicked, context=scope)
        ui.typePushButton.clicked.connect(self._on_type_clicked)
        ui.printPlanPushButton.clicked.connect(self._on_print_plan_clicked)
        ui.printComparePushButton.clicked.connect(self._on_print_compare_clicked)

    def _colour(self, row: PlanRow) -> str:
        return self.desk.tokens.faint if row.held else ""

    @property
    def _year(self) -> int:
        return self._ui.yearSpinBox.value()

    def refresh(self) -> None:
        """Read both again."""
        office, year = self.desk.office, self._year
        self.desk.jobs.run(
            lambda _: (meeting_plans.plan(office, year), meeting_plans.compare(office, year)), self, done=self._show
        )

    def _show(self, found: tuple[Sequence[PlanRow], Sequence[Comparison]]) -> None:
        plan, compared = found
        ui = self._ui
        self._plan.show_rows(plan)
        self._compared.show_rows(compared)
        held = sum(bool(row.held) for row in plan)
        ui.summaryLabel.setText(
            self.tr("计划 %1 项，已开 %2 项").replace("%1", f"{len(plan)}").replace("%2", f"{held}")
        )
        ui.editPushButton.setEnabled(bool(plan))
        if plan:
            ui.planTableView.setCurrentIndex(self._plan.index(0, 0))
        self._show_change(compared)

    def _show_change(self, compared: Sequence[Comparison]) -> None:
        ui = self._ui
        before, now = sum(one.before.count for one in compared), sum(one.now.count for one in compared)
        change = (now - before) / before if before else None
        ui.changeLabel.setText(papers_meeting_plans.percent(change))
        mark(ui.changeLabel, "grade", "plain" if change is None else "overdue" if change > 0 else "done")
        typed = "（上年数为录入）" if any(one.is_typed for one in compared) else ""
        hint = f"{self._year - 1}年 {before} 次，{self._year}年至今 {now} 次{typed}"
        ui.changeHintLabel.setText(hint if before else f"{hint}。还没有上年数，可照台账录入。")

    def start_new(self) -> None:
        """Ctrl+N."""
        if self.desk.actor.has(*PLANNERS):
            month = self.desk.office.today().month
            unit = self.desk.actor.unit
            self._open(
                PlanTyped("", unit, month, MeetingClass.SECOND, MeetingForm.ON_SITE, None, None, ""), plan_id=None
            )

    def _on_edit_clicked(self) -> None:
        row = self._plan.row(self._ui.planTableView.currentIndex().row())
        if row is not None and self.desk.actor.has(*PLANNERS):
            one = row.draft
            typed = PlanTyped(
                one.title, one.unit, one.month, one.meeting_class, one.form, one.size, one.cost, one.reason
            )
            self._open(typed, plan_id=row.id)

    def _open(self, typed: PlanTyped, *, plan_id: int | None) -> None:
        year = self._year

        def store(office: Office, new: PlanTyped) -> None:
            draft = PlanDraft(
                year, new.month, new.title, new.unit, new.meeting_class, new.form, new.size, new.cost, new.reason
            )
            meeting_plans.keep(office, draft, plan_id)

        title = f"列入{year}年计划" if plan_id is None else "修改会议计划"
        saving: Saving[PlanTyped] = Saving(title, "会议计划已保存", store, self.refresh)
        RecordForm(self.desk, Ui_PlanForm(), typed, saving=saving, parent=self.window()).open()

    def _on_type_clicked(self) -> None:
        before = [one.before for one in self._compared.rows]
        numbers = [number for one in before for number in (one.count, one.size, one.cost)]
        year = self._year - 1

        def store(office: Office, new: YearTyped) -> None:
            meeting_plans.type_year(office, year, figures_of(new))

        saving: Saving[YearTyped] = Saving(f"录入{year}年会议数", "上年数已录入", store, self.refresh)
        RecordForm(self.desk, Ui_YearForm(), YearTyped(*numbers), saving=saving, parent=self.window()).open()

    def _on_print_plan_clicked(self) -> None:
        year = self._year
        show_paper(self.desk, lambda office: papers_meeting_plans.plan(office, year), parent=self.window())

    def _on_print_compare_clicked(self) -> None:
        year = self._year
        show_paper(self.desk, lambda office: papers_meeting_plans.comparison(office, year), parent=self.window())


def figures_of(typed: YearTyped) -> list[YearFigures]:
    """The typed numbers by class."""
    names = (MeetingClass.FIRST, MeetingClass.SECOND, MeetingClass.THIRD, MeetingClass.FOURTH)
    return [
        YearFigures(
            one,
            getattr(typed, f"{one.value}_count"),
            getattr(typed, f"{one.value}_size"),
            getattr(typed, f"{one.value}_cost"),
        )
        for one in names
    ]


def _plan_cells(row: PlanRow) -> tuple[str, ...]:
    one = row.draft
    words = (word(one.meeting_class), word(one.form), f"{one.size or ''}", money(one.cost), row.held)
    return f"{one.month}月", one.title, one.unit, *words


def _compared_cells(row: Comparison) -> tuple[str, ...]:
    change = papers_meeting_plans.percent(row.change)
    return word(row.now.meeting_class), f"{row.before.count}", f"{row.now.count}", change, f"{row.now.size:,}"
