"""签到: every line of the sign-in sheet, marked by one key."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from deskoffice._generated.meetings.sign_in import Ui_SignInDialog
from deskoffice.domain.errors import DeskOfficeError, InvalidDraft
from deskoffice.domain.matters import Changes, MatterCard
from deskoffice.domain.meetings import HERE, AttendeeRow, MeetingDetail, Presence, SignIn
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.desk import Desk
from deskoffice.ui.text_table import finish_editing, show_in
from deskoffice.ui.tree import descendants
from deskoffice.ui.typing import Typing, Values
from deskoffice.usecases import meeting_views, meetings
from deskoffice.usecases.messages import problem, sentence
from deskoffice.usecases.words import word

NAME, UNIT, _, PRESENCE, SAID = range(5)
SAYS = frozenset({Presence.STOOD_IN, Presence.ON_LEAVE})
"""Ask for the last cell."""


def open_sign_in(desk: Desk, card: MatterCard, parent: QWidget) -> None:
    """The opener of the act."""
    SignInDialog(desk, card, parent=parent).open()


class SignInDialog(QDialog):
    """Marks whoever is selected; the last cell takes a stand-in's name or the reason of a leave."""

    def __init__(self, desk: Desk, card: MatterCard, *, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._card = desk, card
        self._lines: tuple[AttendeeRow, ...] = ()
        self._presences: list[Presence] = []
        self._typing: Typing | None = None
        self._ui = Ui_SignInDialog()
        self._ui.setupUi(self)
        self._model = QStandardItemModel(0, 5, self)
        self._model.setHorizontalHeaderLabels(["姓名", "单位和职务", "身份", "到会情况", "代会人 / 事由"])
        self._set_up_table()
        self._connect()
        self._ui.matterLabel.setText(card.row.title)
        office = desk.office
        desk.jobs.run(lambda _: meeting_views.detail(office, card.row.id), self, done=self._show)

    def _set_up_table(self) -> None:
        table = self._ui.attendeesTableView
        widths = ("欧阳建国", "", "列席", "他人代会", "因公出差在外地学习培训")
        show_in(table, self._model, widths, stretch=UNIT, tokens=self._desk.tokens)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def _connect(self) -> None:
        ui = self._ui
        marks = (
            (ui.presentPushButton, Presence.PRESENT, Qt.Key.Key_1),
            (ui.stoodInPushButton, Presence.STOOD_IN, Qt.Key.Key_2),
            (ui.leavePushButton, Presence.ON_LEAVE, Qt.Key.Key_3),
            (ui.absentPushButton, Presence.ABSENT, Qt.Key.Key_4),
        )
        for button, presence, key in marks:
            button.clicked.connect(lambda _=False, wanted=presence: self._mark_selected(wanted))
            QShortcut(QKeySequence(key), ui.attendeesTableView, button.click, context=Qt.ShortcutContext.WidgetShortcut)
        ui.everybodyPushButton.clicked.connect(self._on_everybody_clicked)
        ui.donePushButton.clicked.connect(self._on_done_clicked)
        ui.cancelPushButton.clicked.connect(self.reject)
        QShortcut(QKeySequence("Ctrl+Return"), self, ui.donePushButton.click)
        for button in descendants(self, QPushButton):
            button.setAutoDefault(False)

    def _show(self, found: MeetingDetail) -> None:
        self._lines = found.attendees
        self._presences = [line.presence for line in found.attendees]
        for line in found.attendees:
            where = f"{line.unit} {line.post}" if line.person else line.unit
            said = line.stand_in or line.reason
            texts = (line.person or "（派人）", where, word(line.standing), word(line.presence), said)
            items = [QStandardItem(text) for text in texts]
            for item in items[:SAID]:
                item.setEditable(False)
            self._model.appendRow(items)
        self._ui.attendeesTableView.setCurrentIndex(self._model.index(0, NAME))
        self._ui.attendeesTableView.setFocus()
        self._show_sum()
        key = f"meeting.sign_in.{self._card.row.id}"
        self._typing = Typing(self._desk, key, form=self, read=self._values, show=self._show_values)
        self._model.itemChanged.connect(self._typing.keep)

    def _values(self) -> Values:
        said = [self._model.item(row, SAID).text() for row in range(self._model.rowCount())]
        return {"presences": [presence.value for presence in self._presences], "said": said}

    def _show_values(self, values: Values) -> None:
        presences, said = values["presences"], values["said"]
        if isinstance(presences, list) and isinstance(said, list) and len(presences) == len(self._lines):
            for row, (presence, text) in enumerate(zip(presences, said, strict=True)):
                self._mark([row], Presence(presence))
                self._model.item(row, SAID).setText(text)

    def _mark_selected(self, presence: Presence) -> None:
        table = self._ui.attendeesTableView
        rows = sorted({index.row() for index in table.selectionModel().selectedIndexes()})
        self._mark(rows, presence)
        if not rows:
            return
        if presence in SAYS:
            table.setCurrentIndex(self._model.index(rows[0], SAID))
            table.edit(self._model.index(rows[0], SAID))
        elif len(rows) == 1 and rows[0] + 1 < len(self._lines):
            # Down a sheet by one key a line.
            table.setCurrentIndex(self._model.index(rows[0] + 1, NAME))

    def _mark(self, rows: Sequence[int], presence: Presence) -> None:
        for row in rows:
            self._presences[row] = presence
            self._model.item(row, PRESENCE).setText(word(presence))
        self._show_sum()

    def _on_everybody_clicked(self) -> None:
        expected = [row for row, presence in enumerate(self._presences) if presence is Presence.EXPECTED]
        self._mark(expected, Presence.PRESENT)

    def _show_sum(self) -> None:
        came = sum(presence in HERE for presence in self._presences)
        leave = sum(presence is Presence.ON_LEAVE for presence in self._presences)
        missing = sum(presence is Presence.EXPECTED for presence in self._presences)
        text = self.tr("应到 %1，到会 %2，请假 %3，未签到 %4")
        for place, value in enumerate((len(self._lines), came, leave, missing), start=1):
            text = text.replace(f"%{place}", str(value))
        self._ui.sumLabel.setText(text)

    def entries(self) -> tuple[SignIn, ...]:
        """What the sheet says now; the time of those who signed before stays."""
        found = []
        for row, (line, presence) in enumerate(zip(self._lines, self._presences, strict=True)):
            said = self._model.item(row, SAID).text().strip()
            stood_in = presence is Presence.STOOD_IN
            signed_at = line.signed_at if presence is line.presence else None
            found.append(SignIn(line.id, presence, signed_at, said if stood_in else "", "" if stood_in else said))
        return tuple(found)

    def _on_done_clicked(self) -> None:
        finish_editing(self)
        entries, office, matter_id = self.entries(), self._desk.office, self._card.row.id
        self._ui.donePushButton.setEnabled(False)
        self._desk.jobs.run(
            lambda _: meetings.sign_in(office, matter_id, entries), self, done=self._on_done, failed=self._on_failed
        )

    def _on_done(self, changes: Changes) -> None:
        if self._typing is not None:
            self._typing.forget()
        self._desk.tell(self.tr("签到已存"))
        self._desk.note(changes)
        self.accept()

    def _on_failed(self, error: DeskOfficeError) -> None:
        self._ui.donePushButton.setEnabled(True)
        codes = error.problems.values() if isinstance(error, InvalidDraft) else ()
        show_problem(self._ui.problemLabel, "；".join(problem(code) for code in codes) or sentence(error))
        self._turn_to_missing()

    def _turn_to_missing(self) -> None:
        """To the first cell that waits for a name or a reason; the keys were on no field while this was tried."""
        table = self._ui.attendeesTableView
        table.setFocus()
        for row, presence in enumerate(self._presences):
            if presence in SAYS and not self._model.item(row, SAID).text().strip():
                table.setCurrentIndex(self._model.index(row, SAID))
                table.edit(self._model.index(row, SAID))
                return
