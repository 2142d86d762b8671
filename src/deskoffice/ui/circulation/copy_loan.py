"""借出 and 复制: to whom a copy goes and until when; what a reproduction is for."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from deskoffice._generated.circulation.copy_loan import Ui_LoanDialog
from deskoffice._generated.circulation.copy_request import Ui_CopyRequestDialog
from deskoffice.domain.copies import CopyOrigin, LoanDraft
from deskoffice.domain.errors import DeskOfficeError, InvalidDraft
from deskoffice.domain.matters import Changes
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.desk import Desk
from deskoffice.ui.management.record_form import RecordForm, Saving
from deskoffice.ui.management.record_page import Done
from deskoffice.ui.picker import person_choices
from deskoffice.ui.tree import descendants
from deskoffice.usecases import copies, copy_requests
from deskoffice.usecases.copies import CopyOut
from deskoffice.usecases.messages import problem, sentence
from deskoffice.usecases.office import Office
from deskoffice.usecases.words import word

KINDS = (CopyOrigin.REPRODUCED, CopyOrigin.EXTRACT)


def copy_name(out: CopyOut) -> str:
    """Which copy of which paper."""
    return f"{out.matter.document_number or out.matter.number}　第 {out.copy.copy_number} 号份　{out.matter.title}"


class LoanDialog(QDialog):
    """Who borrows, until when, what for, who allowed it."""

    def __init__(self, desk: Desk, out: CopyOut, *, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._out = desk, out
        self._ui = Ui_LoanDialog()
        self._ui.setupUi(self)
        ui, today = self._ui, desk.office.today()
        ui.matterLabel.setText(copy_name(out))
        ui.peoplePicker.offer(person_choices(desk.directory.persons), single=True, name=ui.peopleLabel.text())
        ui.approverComboBox.addItems(["", *(person.name for person in desk.directory.persons)])
        ui.dueDateEdit.setDate(QDate(today.year, today.month, today.day))
        ui.cancelPushButton.clicked.connect(self.reject)
        ui.donePushButton.clicked.connect(self._on_done_clicked)
        QShortcut(QKeySequence("Ctrl+Return"), self, self._on_done_clicked)
        for button in descendants(self, QPushButton):
            button.setAutoDefault(False)
        ui.peoplePicker.setFocus()

    def _read(self) -> LoanDraft:
        ui = self._ui
        chosen, day = ui.peoplePicker.chosen(), ui.dueDateEdit.date()
        if not chosen:
            raise InvalidDraft({"person_ids": "required"})
        return LoanDraft(
            chosen[0].id,
            date(day.year(), day.month(), day.day()),
            ui.reasonLineEdit.text().strip(),
            ui.approverComboBox.currentText().strip(),
        )

    def _on_done_clicked(self) -> None:
        office, copy_id = self._desk.office, self._out.copy.id
        try:
            draft = self._read()
        except InvalidDraft as error:
            self._on_failed(error)
            return
        self._desk.jobs.run(
            lambda _: copies.lend(office, copy_id, draft), self, done=self._on_done, failed=self._on_failed
        )

    def _on_done(self, changes: Changes) -> None:
        self._desk.tell(self.tr("第 %1 号份已借出").replace("%1", self._out.copy.copy_number))
        self._desk.note(changes)
        self.accept()

    def _on_failed(self, error: DeskOfficeError) -> None:
        ui = self._ui
        labels = {
            "person_ids": ui.peopleProblemLabel,
            "due_on": ui.dueProblemLabel,
            "approver": ui.approverProblemLabel,
            "opinion": ui.reasonProblemLabel,
        }
        problems = error.problems if isinstance(error, InvalidDraft) else {}
        for name, label in labels.items():
            show_problem(label, problem(problems[name]) if name in problems else "")
        show_problem(ui.problemLabel, "" if problems else sentence(error))


@dataclass(frozen=True, slots=True)
class RequestTyped:
    """One field for each widget of the form; the kind by its word."""

    kind: str
    count: int
    purpose: str


class CopyRequestForm(RecordForm[RequestTyped]):
    """What is to be copied, how often, and what for."""

    def prepare(self) -> None:
        """The ways of copying."""
        if isinstance(self.ui, Ui_CopyRequestDialog):
            self.ui.kindComboBox.addItems([word(kind) for kind in KINDS])


def open_request(desk: Desk, out: CopyOut, parent: QWidget, done: Done) -> None:
    """Ask a leader for a reproduction."""

    def store(office: Office, typed: RequestTyped) -> object:
        kind = next(one for one in KINDS if word(one) == typed.kind)
        return copy_requests.ask(office, out.copy.id, kind, count=typed.count, purpose=typed.purpose)

    saving = Saving("申请复制、摘录", "已送领导审批", store, done)
    form = CopyRequestForm(
        desk, Ui_CopyRequestDialog(), RequestTyped(word(KINDS[0]), 1, ""), saving=saving, parent=parent
    )
    if isinstance(form.ui, Ui_CopyRequestDialog):
        form.ui.matterLabel.setText(copy_name(out))
    form.open()
