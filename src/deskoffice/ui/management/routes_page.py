"""流程与时限: which steps a kind of post goes through, and how many working days it may take."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QAbstractItemView, QSpinBox, QWidget

from deskoffice._generated.management.routes_page import Ui_RoutesPage
from deskoffice.domain.circulation import routes as rules
from deskoffice.domain.circulation.incoming import PostKind
from deskoffice.domain.circulation.routes import Route, RouteStep
from deskoffice.domain.deadlines import DEFAULT, Deadlines
from deskoffice.domain.errors import DeskOfficeError
from deskoffice.domain.people import Actor, Role
from deskoffice.domain.steps import StepKind
from deskoffice.domain.values import Urgency
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.desk import Desk, Page
from deskoffice.ui.jobs import Progress
from deskoffice.ui.text_table import TextModel, show_in
from deskoffice.usecases import deadlines, routes
from deskoffice.usecases.messages import sentence
from deskoffice.usecases.office import Office
from deskoffice.usecases.words import word

Kept = tuple[Mapping[PostKind, Route], Deadlines]


def sets_routes(actor: Actor) -> bool:
    """Those who say how papers go."""
    return actor.has(*routes.KEEPERS)


class RoutesPage(Page):
    """The kinds at the left, the steps of the chosen one in order, the limits at the right."""

    help_topic = "officers"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._routes: dict[PostKind, Route] = {}
        self._deadlines = DEFAULT
        self._ui = ui = Ui_RoutesPage()
        ui.setupUi(self)
        self._days: Mapping[Urgency, QSpinBox] = {
            Urgency.ORDINARY: ui.ordinaryDaysSpinBox,
            Urgency.NORMAL: ui.normalDaysSpinBox,
            Urgency.URGENT: ui.urgentDaysSpinBox,
            Urgency.VERY_URGENT: ui.veryUrgentDaysSpinBox,
            Urgency.MOST_URGENT: ui.mostUrgentDaysSpinBox,
        }
        self._model: TextModel[RouteStep] = TextModel(
            ("环节", "由谁"), lambda step: (word(step.kind), word(step.role)), parent=self
        )
        show_in(ui.routeTableView, self._model, ("拟办　　　　", ""), stretch=1, tokens=desk.tokens)
        ui.routeTableView.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        ui.kindsListView.setModel(QStringListModel([word(kind) for kind in PostKind], self))
        ui.kindsListView.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        ui.kindsListView.setAccessibleName(self.tr("来文种类"))
        for kind in rules.KINDS:
            ui.stepKindComboBox.addItem(word(kind), kind)
        for role in rules.ROLES:
            ui.stepRoleComboBox.addItem(word(role), role)
        self._connect()

    def _connect(self) -> None:
        ui = self._ui
        ui.kindsListView.setCurrentIndex(ui.kindsListView.model().index(0, 0))
        ui.kindsListView.selectionModel().currentChanged.connect(self._show_kind)
        ui.addPushButton.clicked.connect(self._on_add_clicked)
        ui.removePushButton.clicked.connect(self._on_remove_clicked)
        ui.upPushButton.clicked.connect(lambda: self._move(-1))
        ui.downPushButton.clicked.connect(lambda: self._move(1))
        ui.savePushButton.clicked.connect(self._on_save_clicked)
        ui.saveDaysPushButton.clicked.connect(self._on_save_days_clicked)
        ui.kindLimitCheckBox.toggled.connect(ui.kindDaysSpinBox.setEnabled)

    @property
    def _kind(self) -> PostKind:
        return tuple(PostKind)[max(0, self._ui.kindsListView.currentIndex().row())]

    def refresh(self) -> None:
        """Read what is kept."""
        office = self.desk.office

        def work(progress: Progress) -> Kept:
            del progress
            return routes.all_routes(office), deadlines.table(office)

        self.desk.jobs.run(work, self, done=self._show)

    def _show(self, kept: Kept) -> None:
        self._routes, self._deadlines = dict(kept[0]), kept[1]
        for urgency, spin in self._days.items():
            spin.setValue(self._deadlines.by_urgency.get(urgency, 0))
        self._show_kind()

    def _show_kind(self) -> None:
        ui, days = self._ui, self._deadlines.by_kind.get(self._kind)
        self._model.show_rows(self._routes.get(self._kind, rules.DEFAULT))
        ui.kindDaysLabel.setText(self.tr("“%1”另有时限").replace("%1", word(self._kind)))
        ui.kindLimitCheckBox.setChecked(days is not None)
        ui.kindDaysSpinBox.setEnabled(days is not None)
        ui.kindDaysSpinBox.setValue(days if days is not None else self._days[Urgency.ORDINARY].value())

    def _at(self) -> int:
        return self._ui.routeTableView.currentIndex().row()

    def _show_route(self, route: list[RouteStep], at: int) -> None:
        self._routes[self._kind] = tuple(route)
        self._model.show_rows(route)
        self._ui.routeTableView.selectRow(at)

    def _on_add_clicked(self) -> None:
        ui = self._ui
        step = RouteStep(StepKind(ui.stepKindComboBox.currentData()), Role(ui.stepRoleComboBox.currentData()))
        route = [*self._model.rows, step]
        self._show_route(route, len(route) - 1)

    def _on_remove_clicked(self) -> None:
        at = self._at()
        self._show_route([step for place, step in enumerate(self._model.rows) if place != at], max(0, at - 1))

    def _move(self, by: int) -> None:
        at, route = self._at(), list(self._model.rows)
        if 0 <= at < len(route) and 0 <= at + by < len(route):
            route[at], route[at + by] = route[at + by], route[at]
            self._show_route(route, at + by)

    def _on_save_clicked(self) -> None:
        kind, route = self._kind, tuple(self._model.rows)
        self._save(lambda office: routes.set_route(office, kind, route), self.tr("流程已保存"))

    def _on_save_days_clicked(self) -> None:
        by_kind = dict(self._deadlines.by_kind)
        by_kind.pop(self._kind, None)
        if self._ui.kindLimitCheckBox.isChecked():
            by_kind[self._kind] = self._ui.kindDaysSpinBox.value()
        days = {urgency: spin.value() for urgency, spin in self._days.items()}
        table = replace(self._deadlines, by_urgency=days, by_kind=by_kind)
        self._save(lambda office: deadlines.set_table(office, table), self.tr("时限已保存"))

    def _save(self, store: Callable[[Office], None], told: str) -> None:
        office = self.desk.office

        def done(_: None) -> None:
            show_problem(self._ui.problemLabel, "")
            self.desk.tell(told)
            self.refresh()

        def failed(error: DeskOfficeError) -> None:
            show_problem(self._ui.problemLabel, sentence(error))

        self.desk.jobs.run(lambda _: store(office), self, done=done, failed=failed)
