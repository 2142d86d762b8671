"""会务: the first page of a meeting, its notices, duties, papers and telephones, and where people sit."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from deskoffice._generated.meetings.running import Ui_RunningDialog
from deskoffice.domain.errors import DeskOfficeError, InvalidDraft
from deskoffice.domain.matters import Action, Changes, MatterCard
from deskoffice.domain.meeting_running import Answer, Layout, Running
from deskoffice.domain.meetings import CALLERS, HERE, MeetingDetail, ordinal_name
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.desk import Desk
from deskoffice.ui.meetings.duty_table import DutyTable
from deskoffice.ui.meetings.materials_table import MaterialsTable
from deskoffice.ui.meetings.told_table import ToldTable
from deskoffice.ui.papers import show_paper
from deskoffice.ui.text_table import finish_editing
from deskoffice.ui.tree import descendants
from deskoffice.usecases import meeting_fields, meeting_running, meeting_views, papers_meeting_lists
from deskoffice.usecases.messages import problem, sentence
from deskoffice.usecases.office import Office
from deskoffice.usecases.words import word

Begun = tuple[MeetingDetail, Running]
Work = Callable[[Office, int], Changes]
SEATS = 4


def open_running(desk: Desk, card: MatterCard, parent: QWidget) -> None:
    """The opener of the act."""
    RunningDialog(desk, card, parent=parent).open()


class RunningDialog(QDialog):
    """Every act here is stored at once and read again; the tabs keep their places."""

    def __init__(self, desk: Desk, card: MatterCard, *, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._card, self._window = desk, card, parent
        self._ui = ui = Ui_RunningDialog()
        ui.setupUi(self)
        self._told = ToldTable(desk, ui.toldTableView, ui.wayComboBox, self)
        self._duty = DutyTable(desk, ui.checkTableView, self)
        self._materials = MaterialsTable(desk, ui.materialsTableView, self)
        for layout in (Layout.TABLE, Layout.ROWS, Layout.U_SHAPE, Layout.ROUND):
            ui.layoutComboBox.addItem(word(layout), layout)
        self._connect()
        ui.matterLabel.setText(card.row.title)
        self.resize(parent.size() * 0.96)
        ui.splitter.setSizes([self.width() * 2 // 5, self.width() * 3 // 5])
        self._allow(may_run=desk.actor.has(*CALLERS) and Action.RUN in card.actions)
        self._read()

    def _connect(self) -> None:
        ui = self._ui
        answers = (Answer.COMING, Answer.LEAVE, Answer.STAND_IN, Answer.OPEN)
        buttons = (ui.comingPushButton, ui.leavePushButton, ui.standInPushButton, ui.openPushButton)
        self._told.connect_keys(list(zip(buttons, answers, strict=True)))
        ui.restPushButton.clicked.connect(self._told.mark_rest)
        ui.toldPushButton.clicked.connect(self._on_told_clicked)
        ui.tickPushButton.clicked.connect(self._on_tick_clicked)
        ui.addItemPushButton.clicked.connect(self._duty.add)
        ui.removeItemPushButton.clicked.connect(self._duty.remove)
        ui.keepItemsPushButton.clicked.connect(self._on_keep_clicked)
        ui.numberPushButton.clicked.connect(self._materials.number_all)
        ui.giveMaterialsPushButton.clicked.connect(self._on_give_clicked)
        ui.collectPushButton.clicked.connect(lambda: self._collect(selected_only=True))
        ui.collectAllPushButton.clicked.connect(lambda: self._collect(selected_only=False))
        ui.putPhonesPushButton.clicked.connect(self._on_put_clicked)
        ui.takePhonesPushButton.clicked.connect(self._on_take_clicked)
        ui.layoutComboBox.activated.connect(self._show_seats)
        ui.tabWidget.currentChanged.connect(self._on_tab_changed)
        ui.printSeatsPushButton.clicked.connect(self._on_print_seats_clicked)
        ui.printPushButton.clicked.connect(lambda: self._desk.act(self._card, Action.PRINT, self._window))
        ui.cancelPushButton.clicked.connect(self.reject)
        scope = Qt.ShortcutContext.WidgetShortcut
        QShortcut(QKeySequence(Qt.Key.Key_Space), ui.checkTableView, self._on_tick_clicked, context=scope)
        QShortcut(QKeySequence("Ctrl+="), self, self._duty.add)
        for button in descendants(self, QPushButton):
            button.setAutoDefault(False)

    def _allow(self, *, may_run: bool) -> None:
        """Those who only come to the meeting look at its first page and their seat."""
        ui = self._ui
        for tab in (ui.toldTab, ui.dutyTab, ui.materialsTab):
            ui.tabWidget.setTabVisible(ui.tabWidget.indexOf(tab), may_run)

    def _read(self) -> None:
        office, matter_id = self._desk.office, self._card.row.id
        self._desk.jobs.run(
            lambda _: (meeting_views.detail(office, matter_id), meeting_running.running(office, matter_id)),
            self,
            done=self._show,
            failed=self._on_failed,
        )

    def _show(self, begun: Begun) -> None:
        found, running = begun
        ui = self._ui
        name = ordinal_name(word(found.series), found.ordinal)
        when = meeting_fields.span(found.starts_at, found.ends_at)
        ui.matterLabel.setText(f"{name}　{when}　{found.place}")
        came = sum(one.presence in HERE for one in found.attendees)
        told = sum(running.last_told(one.id) is not None for one in found.attendees)
        ui.sumLabel.setText(f"应到 {len(found.attendees)}，已通知 {told}，到会 {came}")
        ui.agendaView.show_detail(found)
        ui.carriedView.show_carried(found.carried, self._desk.office.today())
        self._told.show(found.attendees, running)
        ui.dutySumLabel.setText(self._duty.show(running.checklist))
        ui.materialsSumLabel.setText(self._materials.show(found.attendees, running))
        self._on_tab_changed(ui.tabWidget.currentIndex())

    def _do(self, work: Work, told: str) -> None:
        office, matter_id = self._desk.office, self._card.row.id

        def done(changes: Changes) -> None:
            show_problem(self._ui.problemLabel, "")
            self._desk.tell(told)
            self._desk.note(changes)
            self._read()

        self._desk.jobs.run(lambda _: work(office, matter_id), self, done=done, failed=self._on_failed)

    def _on_told_clicked(self) -> None:
        finish_editing(self)
        entries = self._told.entries()
        if entries:
            self._do(lambda office, at: meeting_running.tell(office, at, entries), f"已存 {len(entries)} 条通知记录")

    def _on_tick_clicked(self) -> None:
        check_id = self._duty.current_id()
        if check_id is not None:
            self._do(lambda office, at: meeting_running.tick(office, at, [check_id]), "已办妥")

    def _on_keep_clicked(self) -> None:
        finish_editing(self)
        try:
            items = self._duty.items()
        except InvalidDraft as error:
            self._on_failed(error)
            return
        self._do(lambda office, at: meeting_running.change_checklist(office, at, items), "会务分工已存")

    def _on_give_clicked(self) -> None:
        finish_editing(self)
        numbers = self._materials.to_give()
        if numbers:
            self._do(lambda office, at: meeting_running.hand_out(office, at, numbers), f"已发放 {len(numbers)} 份材料")

    def _collect(self, *, selected_only: bool) -> None:
        copies = self._materials.out(selected_only=selected_only)
        if copies:
            self._do(lambda office, at: meeting_running.collect(office, at, copies), f"已收回 {len(copies)} 份材料")

    def _on_put_clicked(self) -> None:
        finish_editing(self)
        slots = self._materials.to_put()
        if slots:
            self._do(lambda office, at: meeting_running.put_phones(office, at, slots), f"已寄存 {len(slots)} 部手机")

    def _on_take_clicked(self) -> None:
        owners = self._materials.to_take()
        if owners:
            self._do(lambda office, at: meeting_running.take_phones(office, at, owners), f"已取走 {len(owners)} 部手机")

    def _on_tab_changed(self, tab: int) -> None:
        if tab == SEATS:
            self._show_seats()

    @property
    def _layout(self) -> Layout:
        return Layout(self._ui.layoutComboBox.currentData())

    def _show_seats(self) -> None:
        office, matter_id, layout = self._desk.office, self._card.row.id, self._layout
        self._desk.jobs.run(
            lambda _: papers_meeting_lists.seat_plan(office, matter_id, layout),
            self,
            done=lambda paper: self._ui.seatsPreview.show_pdf(self._desk, paper),
        )

    def _on_print_seats_clicked(self) -> None:
        matter_id, layout = self._card.row.id, self._layout
        make = papers_meeting_lists.seat_plan
        show_paper(self._desk, lambda office: make(office, matter_id, layout), parent=self._window)

    def _on_failed(self, error: DeskOfficeError) -> None:
        codes = error.problems.values() if isinstance(error, InvalidDraft) else ()
        show_problem(self._ui.problemLabel, "；".join(problem(code) for code in codes) or sentence(error))
