"""授权代办: who is away, who acts, from when to when, in what, up to which level."""

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QDateEdit, QDialog, QLabel, QPushButton, QWidget

from deskoffice._generated.management.authority_form import Ui_AuthorityForm
from deskoffice.domain.errors import DeskOfficeError, InvalidDraft
from deskoffice.domain.matters import MatterKind, StepKind
from deskoffice.domain.people import Role
from deskoffice.domain.standing_in import AuthorityDraft
from deskoffice.domain.values import LEVEL_WORDS, Classification
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.desk import Desk
from deskoffice.ui.leads import person_label
from deskoffice.ui.tree import descendants
from deskoffice.usecases import authorities
from deskoffice.usecases.messages import problem, sentence

USUAL_STEPS = (StepKind.INSTRUCTION, StepKind.HANDLING, StepKind.CIRCULATION)
"""Signing is given by name only."""


class AuthorityForm(QDialog):
    """Only a leader of the office may name another than himself as the one who is away."""

    def __init__(self, desk: Desk, saved: Callable[[], None], *, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._saved = desk, saved
        self._ui = ui = Ui_AuthorityForm()
        ui.setupUi(self)
        self._kinds: Mapping[MatterKind, QCheckBox] = {
            MatterKind.INCOMING: ui.incomingKindCheckBox,
            MatterKind.OUTGOING: ui.outgoingKindCheckBox,
            MatterKind.SEAL_USE: ui.sealUseKindCheckBox,
            MatterKind.MEETING: ui.meetingKindCheckBox,
            MatterKind.TASK: ui.taskKindCheckBox,
        }
        self._steps: Mapping[StepKind, QCheckBox] = {
            StepKind.PROPOSAL: ui.proposalStepCheckBox,
            StepKind.INSTRUCTION: ui.instructionStepCheckBox,
            StepKind.HANDLING: ui.handlingStepCheckBox,
            StepKind.CIRCULATION: ui.circulationStepCheckBox,
            StepKind.REVIEW: ui.reviewStepCheckBox,
            StepKind.COUNTERSIGN: ui.countersignStepCheckBox,
            StepKind.SIGN: ui.signStepCheckBox,
            StepKind.APPROVAL: ui.approvalStepCheckBox,
        }
        self._fill()
        ui.donePushButton.clicked.connect(self._on_done_clicked)
        ui.cancelPushButton.clicked.connect(self.reject)
        QShortcut(QKeySequence("Ctrl+Return"), self, self._on_done_clicked)
        for button in descendants(self, QPushButton):
            button.setAutoDefault(False)

    def _fill(self) -> None:
        ui, desk = self._ui, self._desk
        actor, today = desk.actor, desk.office.today()
        ui.deputyComboBox.addItem("", None)
        for person in desk.directory.persons:
            if person.id == actor.person_id or actor.has(Role.OFFICE_LEADER):
                ui.principalComboBox.addItem(person_label(person), person.id)
            if person.account_id is not None:
                ui.deputyComboBox.addItem(person_label(person), person.id)
        ui.principalComboBox.setCurrentIndex(max(0, ui.principalComboBox.findData(actor.person_id)))
        for level, name in LEVEL_WORDS.items():
            ui.ceilingComboBox.addItem(name, level)
        ui.ceilingComboBox.setCurrentIndex(ui.ceilingComboBox.findData(Classification.INTERNAL))
        for edit, days in ((ui.fromOnDateEdit, 0), (ui.toOnDateEdit, 7)):
            edit.setDate(QDate(today.year, today.month, today.day).addDays(days))
        self._kinds[MatterKind.INCOMING].setChecked(True)
        for step in USUAL_STEPS:
            self._steps[step].setChecked(True)

    def _draft(self) -> AuthorityDraft:
        ui = self._ui
        return AuthorityDraft(
            principal_id=ui.principalComboBox.currentData(),
            deputy_id=ui.deputyComboBox.currentData(),
            from_on=_day(ui.fromOnDateEdit),
            to_on=_day(ui.toOnDateEdit),
            kinds=frozenset(kind for kind, box in self._kinds.items() if box.isChecked()),
            steps=frozenset(step for step, box in self._steps.items() if box.isChecked()),
            ceiling=Classification(ui.ceilingComboBox.currentData()),
            basis=ui.basisLineEdit.text(),
        )

    def _on_done_clicked(self) -> None:
        draft, office = self._draft(), self._desk.office
        self._ui.donePushButton.setEnabled(False)
        self._desk.jobs.run(
            lambda _: authorities.give(office, draft), self, done=lambda _: self._on_done(), failed=self._on_failed
        )

    def _on_done(self) -> None:
        self._desk.tell(self.tr("已授权，期限内处理笺上注明“代”"))
        self._saved()
        self.accept()

    def _on_failed(self, error: DeskOfficeError) -> None:
        ui = self._ui
        ui.donePushButton.setEnabled(True)
        labels: dict[str, QLabel] = {
            "principal_id": ui.principalProblemLabel,
            "deputy_id": ui.deputyProblemLabel,
            "from_on": ui.fromOnProblemLabel,
            "to_on": ui.toOnProblemLabel,
            "ceiling": ui.ceilingProblemLabel,
            "kinds": ui.kindsProblemLabel,
            "steps": ui.stepsProblemLabel,
            "basis": ui.basisProblemLabel,
        }
        codes = error.problems if isinstance(error, InvalidDraft) else {}
        for name, label in labels.items():
            show_problem(label, problem(codes[name]) if name in codes else "")
        show_problem(ui.problemLabel, "" if codes else sentence(error))


def _day(edit: QDateEdit) -> date:
    day = edit.date()
    return date(day.year(), day.month(), day.day())
