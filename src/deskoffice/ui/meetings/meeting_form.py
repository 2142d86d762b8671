"""申请会议: what, where, when and why at the left; who is called and the topics at the right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QDate, QDateTime, QTime
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDateTimeEdit, QLabel, QWidget

from deskoffice._generated.meetings.meeting_form import Ui_MeetingForm
from deskoffice.domain.errors import InvalidDraft
from deskoffice.domain.matters import Changes
from deskoffice.domain.meeting_plan import PlanRow
from deskoffice.domain.meeting_rounds import Repeat
from deskoffice.domain.meetings import MeetingClass, MeetingDraft, MeetingForm, MeetingSeries, check
from deskoffice.domain.people import PersonRow
from deskoffice.domain.values import Classification
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.desk import Desk
from deskoffice.ui.leads import person_label
from deskoffice.ui.matter_form import MatterForm, Store
from deskoffice.ui.meetings.clash_watch import ClashWatch
from deskoffice.ui.meetings.pool_dialog import PoolDialog
from deskoffice.ui.meetings.topics import TopicsModel
from deskoffice.ui.picker import Choice, Picker, person_choices, unit_choices
from deskoffice.ui.text_table import finish_editing
from deskoffice.ui.theme import keep_place
from deskoffice.ui.typing import Values
from deskoffice.usecases import meeting_calling, meeting_plans, meeting_views, meetings
from deskoffice.usecases.circulation import outgoing
from deskoffice.usecases.meeting_calling import Taking
from deskoffice.usecases.office import CHINA, Office

UNPLANNED = "计划外，单独报批"
LEADERS = "办公室领导"
"""Laid before whoever leads the office."""
HOURS = timedelta(hours=2)
WARNINGS = {
    "meeting_place_taken": "同一时间这个会议室另有会议",
    "meeting_people_taken": "同一时间有参会人员另有会议",
}


@dataclass(frozen=True, slots=True)
class MeetingTyped:
    """One field for each widget of the binding; chair and approver by name and post."""

    title: str
    series: MeetingSeries
    ordinal: int | None
    form: MeetingForm
    place: str
    chair: str
    grounds: str
    unit: str
    size: int | None
    level: Classification
    secrecy_years: int | None
    approver: str
    meeting_class: MeetingClass
    cost: int | None
    funding: str
    plan: str
    repeat: Repeat
    times: int


class MeetingDialog(MatterForm[MeetingTyped]):
    """Calls a meeting, or changes one (`matter_id`) until somebody has signed in."""

    def __init__(self, desk: Desk, parent: QWidget, *, matter_id: int | None = None) -> None:
        self._matter_id = matter_id
        self._approvers: tuple[PersonRow, ...] = ()
        self._plan: dict[str, int] = {}
        self._ui = Ui_MeetingForm()
        self._topics = TopicsModel()
        key = "meeting" if matter_id is None else f"meeting.{matter_id}"
        super().__init__(desk, self._ui, self._empty(desk), key=key, parent=parent)
        self.resize(parent.size() * 0.96)
        self._ui.splitter.setSizes([self.width() // 2, self.width() // 2])
        self._ui.startsAtDateTimeEdit.dateTimeChanged.connect(self._on_start_changed)
        self._ui.titleLineEdit.setFocus()
        if matter_id is not None:
            office = desk.office
            self.setWindowTitle(self.tr("案头 · 修改会议"))
            self._ui.formTitleLabel.setText(self.tr("修改会议"))
            self._ui.donePushButton.setText(self.tr("保存  Ctrl+Enter"))
            ui = self._ui
            for widget in (ui.levelComboBox, ui.groundsLineEdit, ui.approverComboBox, ui.repeatComboBox):
                widget.setEnabled(False)
            ui.lastTimePushButton.hide()
            desk.jobs.run(lambda _: meeting_views.draft_of(office, matter_id), self, done=self._show_draft)

    @staticmethod
    def _empty(desk: Desk) -> MeetingTyped:
        return MeetingTyped(
            title="",
            series=MeetingSeries.EXECUTIVE,
            ordinal=None,
            form=MeetingForm.ON_SITE,
            place="",
            chair="",
            grounds="",
            unit=desk.actor.unit,
            size=None,
            level=Classification.PUBLIC,
            secrecy_years=None,
            approver=LEADERS,
            meeting_class=MeetingClass.NONE,
            cost=None,
            funding="",
            plan=UNPLANNED,
            repeat=Repeat.ONCE,
            times=1,
        )

    def prepare(self) -> None:
        """People, units, an empty agenda, tomorrow at nine."""
        ui, directory, office = self._ui, self.desk.directory, self.desk.office
        people = person_choices(directory.persons)
        ui.attendeesPicker.offer(people, single=False, name="出席")
        ui.sittingInPicker.offer(people, single=False, name="列席")
        ui.unitsPicker.offer(unit_choices(directory.units), single=False, name="通知单位派人")
        ui.chairComboBox.addItems(["", *(person_label(one) for one in directory.persons)])
        ui.approverComboBox.addItem(LEADERS)
        self._topics.show_in(ui.topicsTableView, self.desk.tokens)
        ui.addTopicPushButton.clicked.connect(lambda: self._topics.add(ui.topicsTableView))
        ui.poolPushButton.clicked.connect(self._on_pool_clicked)
        QShortcut(QKeySequence("Ctrl+T"), self, self._on_pool_clicked)
        ui.planComboBox.addItem(UNPLANNED)
        self.desk.jobs.run(lambda _: meeting_plans.plan(office, office.today().year), self, done=self._offer_plan)
        ui.removeTopicPushButton.clicked.connect(lambda: self._topics.remove(ui.topicsTableView))
        ui.upPushButton.clicked.connect(lambda: self._topics.lift(ui.topicsTableView))
        tomorrow = office.today() + timedelta(days=1)
        self._set_times(datetime(tomorrow.year, tomorrow.month, tomorrow.day, 9, tzinfo=CHINA))
        self.desk.jobs.run(lambda _: outgoing.signatories(office), self, done=self._offer_approvers)
        ui.lastTimePushButton.clicked.connect(self._on_last_time_clicked)
        QShortcut(QKeySequence("Ctrl+D"), self, ui.lastTimePushButton.click)
        ui.repeatComboBox.currentIndexChanged.connect(self._on_repeat_changed)
        for at in range(len(self._pickers())):
            QShortcut(QKeySequence(f"Alt+{at + 1}"), self, partial(self._turn_to, at))
        self._watch_clashes()

    def _turn_to(self, tab: int) -> None:
        self._ui.calledTabWidget.setCurrentIndex(tab)
        self._pickers()[tab].setFocus()

    def _watch_clashes(self) -> None:
        ui = self._ui
        keep_place(ui.clashLabel)
        watch = ClashWatch(self.desk, ui.clashLabel, read=self._taking, form=self)
        ui.placeLineEdit.textChanged.connect(watch.note)
        ui.chairComboBox.currentIndexChanged.connect(watch.note)
        for edit in self._time_edits():
            edit.dateTimeChanged.connect(watch.note)
        for picker in (ui.attendeesPicker, ui.sittingInPicker):
            picker.changed.connect(watch.note)

    def _taking(self) -> Taking:
        ui = self._ui
        starts_at, ends_at = (_read(edit) for edit in self._time_edits())
        called = {*_ids(ui.attendeesPicker), *_ids(ui.sittingInPicker), self._chair_id(ui.chairComboBox.currentText())}
        return Taking(starts_at, ends_at, ui.placeLineEdit.text(), frozenset(called - {0}), self._matter_id)

    def _chair_id(self, chair: str) -> int:
        return next((one.id for one in self.desk.directory.persons if person_label(one) == chair), 0)

    def _on_repeat_changed(self) -> None:
        """A round has more than one meeting; what is called once has no number of times."""
        is_round = self._ui.repeatComboBox.currentIndex() > 0
        self._ui.timesSpinBox.setEnabled(is_round)
        self._ui.timesSpinBox.setValue(max(self._ui.timesSpinBox.value(), 2) if is_round else 1)

    def _on_last_time_clicked(self) -> None:
        office, series = self.desk.office, self.form.read().series
        self.desk.jobs.run(lambda _: meeting_calling.as_last_time(office, series), self, done=self._show_last_time)

    def _show_last_time(self, last: MeetingDraft | None) -> None:
        """On the next such weekday at the same hour; the topics typed so far stay."""
        if last is None:
            show_problem(self._ui.restoredLabel, self.tr("这一类别还没有开过会，没有可照抄的内容"))
            return
        lines, pool = self._topics.lines(), self._topics.pool_ids()
        days = (last.starts_at.weekday() - self.desk.office.today().weekday() - 1) % 7 + 1
        on = self.desk.office.today() + timedelta(days=days)
        starts_at = last.starts_at.replace(year=on.year, month=on.month, day=on.day)
        self._show_draft(replace(last, starts_at=starts_at, ends_at=starts_at + (last.ends_at - last.starts_at)))
        self._topics.show_lines(lines, pool)
        self._ui.startsAtDateTimeEdit.setFocus()

    def _set_times(self, starts_at: datetime) -> None:
        _show(self._ui.startsAtDateTimeEdit, starts_at)
        _show(self._ui.endsAtDateTimeEdit, starts_at + HOURS)

    def _on_start_changed(self) -> None:
        """The end moves along while it lies before the start."""
        starts_at = _read(self._ui.startsAtDateTimeEdit)
        if _read(self._ui.endsAtDateTimeEdit) <= starts_at or self._ends_on_another_day(starts_at):
            _show(self._ui.endsAtDateTimeEdit, starts_at + HOURS)

    def _ends_on_another_day(self, starts_at: datetime) -> bool:
        return _read(self._ui.endsAtDateTimeEdit).date() != starts_at.date()

    def _on_pool_clicked(self) -> None:
        taken = frozenset(self._topics.pool_ids())
        PoolDialog(self.desk, without=taken, chosen=self._topics.add_from_pool, parent=self).open()

    def _offer_plan(self, rows: tuple[PlanRow, ...]) -> None:
        """Entries of the year's plan that are not carried out yet."""
        self._plan = {f"{row.draft.month}月 {row.draft.title}": row.id for row in rows}
        self._ui.planComboBox.addItems(list(self._plan))

    def _offer_approvers(self, found: tuple[PersonRow, ...]) -> None:
        self._approvers = found
        self._ui.approverComboBox.addItems([person_label(one) for one in found])

    def store(self) -> Store:
        """Call it, or change it."""
        finish_editing(self)
        typed, matter_id = self.form.read(), self._matter_id
        draft = self._draft(typed)
        chosen = self._ui.approverComboBox.currentText()
        approver_id = next((one.id for one in self._approvers if person_label(one) == chosen), None)

        def work(office: Office) -> Changes:
            _check(draft)
            if matter_id is not None:
                return meetings.edit(office, matter_id, draft)
            return meeting_calling.call_round(office, draft, typed.repeat, typed.times, approver_id=approver_id)

        return work

    def _draft(self, typed: MeetingTyped) -> MeetingDraft:
        ui = self._ui
        return MeetingDraft(
            series=typed.series,
            title=typed.title,
            place=typed.place,
            starts_at=_read(ui.startsAtDateTimeEdit),
            ends_at=_read(ui.endsAtDateTimeEdit),
            chair_id=self._chair_id(typed.chair),
            grounds=typed.grounds,
            unit=typed.unit,
            ordinal=typed.ordinal,
            form=typed.form,
            attendee_ids=_ids(ui.attendeesPicker),
            sitting_in_ids=_ids(ui.sittingInPicker),
            units=tuple(choice.text for choice in ui.unitsPicker.chosen()),
            topics=self._topics.drafts(),
            size=typed.size,
            level=typed.level,
            secrecy_years=typed.secrecy_years,
            meeting_class=typed.meeting_class,
            cost=typed.cost,
            funding=typed.funding,
            plan_id=self._plan.get(typed.plan),
        )

    def _show_draft(self, draft: MeetingDraft) -> None:
        persons = {one.id: person_label(one) for one in self.desk.directory.persons}
        typed = replace(
            self._empty(self.desk),
            **{name: getattr(draft, name) for name in ("title", "series", "ordinal", "form", "place", "grounds")},
            **{name: getattr(draft, name) for name in ("unit", "size", "level", "secrecy_years")},
            **{name: getattr(draft, name) for name in ("meeting_class", "cost", "funding")},
            chair=persons.get(draft.chair_id, ""),
            plan=next((words for words, plan_id in self._plan.items() if plan_id == draft.plan_id), UNPLANNED),
        )
        self.form.show(typed)
        _show(self._ui.startsAtDateTimeEdit, draft.starts_at)
        _show(self._ui.endsAtDateTimeEdit, draft.ends_at)
        self._ui.attendeesPicker.choose(draft.attendee_ids)
        self._ui.sittingInPicker.choose(draft.sitting_in_ids)
        self._choose_units(draft.units)
        lines = [(one.title, one.reporter, "、".join(one.units)) for one in draft.topics]
        self._topics.show_lines(lines, [one.topic_id or 0 for one in draft.topics])

    def _choose_units(self, names: Sequence[str]) -> None:
        """Units that stand in no list, from an import perhaps, are offered beside the others: none is lost."""
        known = unit_choices(self.desk.directory.units)
        unknown = [name for name in names if name not in {choice.text for choice in known}]
        others = [Choice(-at, name, "", "") for at, name in enumerate(unknown, start=1)]
        self._ui.unitsPicker.offer([*known, *others], single=False, name="通知单位派人")
        self._ui.unitsPicker.choose(choice.id for choice in (*known, *others) if choice.text in names)

    def told(self, changes: Changes) -> str:
        """A clash is told, not forbidden."""
        done = "会议已修改" if self._matter_id is not None else f"会议 {changes.number} 已报审批"
        return "；".join([done, *(WARNINGS[note] for note in changes.notes if note in WARNINGS)])

    def other_problems(self) -> Mapping[str, QLabel]:
        """Parts without a field of the binding."""
        ui = self._ui
        return {
            "ends_at": ui.endsAtProblemLabel,
            "attendees": ui.attendeesProblemLabel,
            "topics": ui.topicsProblemLabel,
        }

    def values(self) -> Values:
        """With who is called, the topics and the times."""
        ui = self._ui
        return {
            **super().values(),
            "times": [_read(ui.startsAtDateTimeEdit).isoformat(), _read(ui.endsAtDateTimeEdit).isoformat()],
            "called": [list(_ids(picker)) for picker in self._pickers()],
            "topics": [list(line) for line in self._topics.lines()],
            "pool": self._topics.pool_ids(),
        }

    def show_values(self, values: Values) -> None:
        """Put back what `values` gave."""
        super().show_values(values)
        called, times, topics, pool = values["called"], values["times"], values["topics"], values.get("pool", [])
        if isinstance(called, list) and isinstance(times, list) and isinstance(topics, list):
            for picker, ids in zip(self._pickers(), called, strict=True):
                picker.choose(ids)
            for edit, moment in zip(self._time_edits(), times, strict=True):
                _show(edit, datetime.fromisoformat(moment))
            self._topics.show_lines(topics, pool if isinstance(pool, list) else [])

    def _pickers(self) -> Sequence[Picker]:
        return (self._ui.attendeesPicker, self._ui.sittingInPicker, self._ui.unitsPicker)

    def _time_edits(self) -> Sequence[QDateTimeEdit]:
        return (self._ui.startsAtDateTimeEdit, self._ui.endsAtDateTimeEdit)


def _check(draft: MeetingDraft) -> None:
    """Everything that is missing at once, the chair too, who is nobody until he is chosen."""
    problems = {} if draft.chair_id else {"chair": "required"}
    try:
        check(draft)
    except InvalidDraft as error:
        problems |= error.problems
    if problems:
        raise InvalidDraft(problems)


def _ids(picker: Picker) -> tuple[int, ...]:
    return tuple(choice.id for choice in picker.chosen())


def _read(edit: QDateTimeEdit) -> datetime:
    """What stands there, in the time of China whatever the machine's zone."""
    day, clock = edit.date(), edit.time()
    return datetime(day.year(), day.month(), day.day(), clock.hour(), clock.minute(), tzinfo=CHINA)


def _show(edit: QDateTimeEdit, moment: datetime) -> None:
    local = moment.astimezone(CHINA)
    edit.setDateTime(QDateTime(QDate(local.year, local.month, local.day), QTime(local.hour, local.minute)))
