"""会议日程: meetings, activities and duty by month, week and day, with what clashes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QWidget

from deskoffice._generated.meetings.calendar_page import Ui_CalendarPage
from deskoffice._generated.meetings.day_form import Ui_DayForm
from deskoffice.domain.errors import InvalidDraft
from deskoffice.domain.matters import Changes, MatterRow
from deskoffice.domain.meeting_plan import PLANNERS, DayKind, LeaderDay, LeaderDayRow
from deskoffice.domain.values import Classification, chinese_date
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.dates import heading
from deskoffice.ui.desk import Desk, Page
from deskoffice.ui.leads import person_label
from deskoffice.ui.management.record_form import Question, RecordForm, Saving, confirm, run
from deskoffice.ui.meetings.calendar_grid import Entry, Span
from deskoffice.ui.papers import show_paper
from deskoffice.usecases import meeting_days, papers_meeting_plans, people
from deskoffice.usecases.meeting_days import Clash, Days
from deskoffice.usecases.office import CHINA, Office

SUBJECT = Qt.ItemDataRole.UserRole
SAID = 3
"""So many clashes in words."""


@dataclass(frozen=True, slots=True)
class DayTyped:
    """One field for each widget; hours as they are written, 9:00."""

    person: str
    what: str
    day: date
    begins: str
    until: str
    place: str
    attendants: str


class DayForm(RecordForm[DayTyped]):
    """An activity, or a day on duty."""

    def prepare(self) -> None:
        """People by rank."""
        combo = self.form.widget("person")
        if isinstance(combo, QComboBox):
            combo.addItems(["", *(person_label(one) for one in self.desk.directory.persons)])


def _hour(day: date, text: str, *, field: str) -> datetime:
    try:
        return datetime.combine(day, time.fromisoformat(text.strip().replace("：", ":").zfill(5)), CHINA)
    except ValueError as error:
        raise InvalidDraft({field: "hour_unknown"}) from error


def _draft(office: Office, typed: DayTyped, kind: DayKind) -> LeaderDay:
    person = next((one.id for one in people.persons(office) if person_label(one) == typed.person), 0)
    begins, ends = _hour(typed.day, typed.begins, field="begins"), _hour(typed.day, typed.until, field="until")
    if ends <= begins:
        raise InvalidDraft({"until": "ends_before_start"})
    return LeaderDay(person, kind, begins, ends, typed.what, typed.place, typed.attendants)


class CalendarPage(Page):
    """The grid at the left, the chosen day at the right."""

    help_topic = "meetings"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._ui = ui = Ui_CalendarPage()
        ui.setupUi(self)
        self._span, self._current = Span.MONTH, desk.office.today()
        self._days: Days | None = None
        self._model = QStandardItemModel(self)
        ui.dayListView.setModel(self._model)
        ui.calendarGrid.set_up(desk.tokens, self._current)
        ui.monthPushButton.setChecked(True)
        may_plan = desk.actor.has(*PLANNERS)
        for button in (ui.activityPushButton, ui.dutyPushButton, ui.removePushButton):
            button.setVisible(may_plan)
        ui.splitter.setSizes([3000, 1000])
        self._connect()

    def _connect(self) -> None:
        ui = self._ui
        for button, span, keys in (
            (ui.monthPushButton, Span.MONTH, "Alt+M"),
            (ui.weekPushButton, Span.WEEK, "Alt+W"),
            (ui.dayPushButton, Span.DAY, "Alt+D"),
        ):
            button.clicked.connect(lambda _=False, wanted=span: self._show_span(wanted))
            QShortcut(QKeySequence(keys), self, button.click)
        ui.previousPushButton.clicked.connect(lambda: self._go(-1))
        ui.nextPushButton.clicked.connect(lambda: self._go(1))
        ui.todayPushButton.clicked.connect(lambda: self._choose(self.desk.office.today()))
        ui.calendarGrid.chosen.connect(self._choose)
        ui.dayListView.activated.connect(self._on_open_clicked)
        ui.dayListView.selectionModel().currentChanged.connect(self._show_acts)
        ui.openPushButton.clicked.connect(self._on_open_clicked)
        ui.removePushButton.clicked.connect(self._on_remove_clicked)
        ui.activityPushButton.clicked.connect(self.start_new)
        ui.dutyPushButton.clicked.connect(lambda: self._open_form(DayKind.DUTY))
        ui.weekPaperPushButton.clicked.connect(self._on_week_paper_clicked)
        self.desk.changed.connect(self._on_changed)

    def _on_changed(self, changes: Changes) -> None:
        del changes
        if self.isVisible():
            self.refresh()

    def _show_span(self, span: Span) -> None:
        self._span = span
        self.refresh()

    def _go(self, by: int) -> None:
        if self._span is Span.MONTH:
            first = self._current.replace(day=1)
            self._choose((first + timedelta(days=31)).replace(day=1) if by > 0 else first - timedelta(days=1))
        else:
            self._choose(self._current + timedelta(days=by * (7 if self._span is Span.WEEK else 1)))

    def _choose(self, day: date) -> None:
        self._current = day
        self.refresh()

    def refresh(self) -> None:
        """Read the days in view."""
        grid = self._ui.calendarGrid
        grid.show_days(self._span, self._current, {})
        days, office = grid.days(), self.desk.office
        first, last = days[0], days[-1]
        self.desk.jobs.run(lambda _: meeting_days.between(office, first, last), self, done=self._show)

    def _show(self, found: Days) -> None:
        self._days = found
        ui = self._ui
        clashing = {(clash.at.date(), title) for clash in found.clashes for title in (clash.first, clash.second)}
        entries: dict[date, list[tuple[str, Entry]]] = {}
        for meeting in found.meetings:
            day = meeting.starts_at.date()
            text = f"{meeting.starts_at:%H:%M} {meeting.row.title}"
            entry = Entry(text, meeting.place, (day, meeting.row.title) in clashing)
            entries.setdefault(day, []).append((f"{meeting.starts_at:%H:%M}", entry))
        for one in found.leaders:
            day = one.starts_at.date()
            entry = Entry(leader_text(one), one.place, (day, one.what) in clashing, one.kind is DayKind.DUTY)
            entries.setdefault(day, []).append(("" if entry.is_duty else f"{one.starts_at:%H:%M}", entry))
        ordered = {day: [e for _, e in sorted(of_day, key=lambda p: p[0])] for day, of_day in entries.items()}
        ui.calendarGrid.show_days(self._span, self._current, ordered)
        ui.rangeLabel.setText(self._range())
        show_problem(ui.clashLabel, clash_text(found.clashes))
        self._show_day(found)
        self.show_level(max((one.row.level for one in found.meetings), default=Classification.PUBLIC))

    def _range(self) -> str:
        if self._span is Span.MONTH:
            return f"{self._current.year}年{self._current.month}月"
        days = self._ui.calendarGrid.days()
        if self._span is Span.DAY:
            return chinese_date(days[0])
        return f"{chinese_date(days[0])}至{days[-1].month}月{days[-1].day}日"

    def _show_day(self, found: Days) -> None:
        """The chosen day in full."""
        ui, day = self._ui, self._current
        ui.dayLabel.setText(heading(day))
        self._model.clear()
        for one in found.leaders:
            if one.starts_at.date() == day:
                until = "" if one.kind is DayKind.DUTY else f"—{one.ends_at:%H:%M}"
                where = "　".join(part for part in (one.place, one.attendants) if part)
                self._append(f"{leader_text(one)}{until}" + (f"\n{where}" if where else ""), one)
        for meeting in found.meetings:
            if meeting.starts_at.date() == day:
                when = f"{meeting.starts_at:%H:%M}—{meeting.ends_at:%H:%M}"
                self._append(f"{when} {meeting.row.title}\n{meeting.place}　{meeting.chair} 主持", meeting.row)
        ui.dayEmptyLabel.setVisible(self._model.rowCount() == 0)
        ui.dayListView.setVisible(self._model.rowCount() > 0)
        ui.dayListView.setCurrentIndex(self._model.index(0, 0))
        self._show_acts()

    def _append(self, text: str, subject: MatterRow | LeaderDayRow) -> None:
        item = QStandardItem(text)
        item.setData(subject, SUBJECT)
        self._model.appendRow(item)

    @property
    def _subject(self) -> MatterRow | LeaderDayRow | None:
        found = self._ui.dayListView.currentIndex().data(SUBJECT)
        return found if isinstance(found, MatterRow | LeaderDayRow) else None

    def _show_acts(self) -> None:
        self._ui.openPushButton.setEnabled(isinstance(self._subject, MatterRow))
        self._ui.removePushButton.setEnabled(isinstance(self._subject, LeaderDayRow))

    def _on_open_clicked(self) -> None:
        if isinstance(subject := self._subject, MatterRow):
            self.desk.open_matter(subject)

    def _on_remove_clicked(self) -> None:
        if not isinstance(subject := self._subject, LeaderDayRow):
            return
        day_id = subject.id

        def remove() -> None:
            run(self.desk, lambda office: meeting_days.remove(office, day_id), told="已删除", done=self.refresh)

        confirm(self.window(), Question("删除活动", f"删除“{leader_text(subject)}”？", "删除"), remove)

    def start_new(self) -> None:
        """Ctrl+N."""
        if self.desk.actor.has(*PLANNERS):
            self._open_form(DayKind.ACTIVITY)

    def _open_form(self, kind: DayKind) -> None:
        is_duty = kind is DayKind.DUTY
        begins, until = ("00:00", "23:59") if is_duty else ("09:00", "11:00")
        typed = DayTyped("", "", self._current, begins, until, "", "")

        def store(office: Office, new: DayTyped) -> None:
            meeting_days.enter(office, _draft(office, new, kind))

        title = "排领导带班" if is_duty else "登记领导活动"
        saving: Saving[DayTyped] = Saving(title, "已登记", store, self.refresh)
        DayForm(self.desk, Ui_DayForm(), typed, saving=saving, parent=self.window()).open()

    def _on_week_paper_clicked(self) -> None:
        day = self._current
        show_paper(self.desk, lambda office: papers_meeting_plans.leader_week(office, day), parent=self.window())


def leader_text(one: LeaderDayRow) -> str:
    """`带班 张伟`, `09:00 张伟 调研供暖`."""
    return f"带班 {one.person}" if one.kind is DayKind.DUTY else f"{one.starts_at:%H:%M} {one.person} {one.what}"


def clash_text(clashes: Sequence[Clash]) -> str:
    """Each pair once with who is wanted twice; the first three in words, and how many more."""
    pairs: dict[tuple[str, str, str], list[str]] = {}
    for clash in clashes:
        when = f"{clash.at.month}月{clash.at.day}日{clash.at:%H:%M}"
        pairs.setdefault((when, clash.first, clash.second), []).append(clash.who)
    said = [f"{when}“{first}”与“{second}”（{several(who)}）" for (when, first, second), who in pairs.items()]
    more = f"，另有 {len(said) - SAID} 处" if len(said) > SAID else ""
    return f"时间冲突：{'；'.join(said[:SAID])}{more}" if said else ""


def several(names: Sequence[str]) -> str:
    """`张伟`, `张伟、李强`, `张伟等9人`."""
    return "、".join(names) if len(names) < 3 else f"{names[0]}等{len(names)}处"
