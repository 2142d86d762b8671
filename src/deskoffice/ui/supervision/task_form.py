"""督办立项: what is to be done, who leads, by when."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from deskoffice._generated.supervision.task_form import Ui_TaskForm
from deskoffice.domain.matters import Changes
from deskoffice.domain.supervision import TaskDraft, TaskSource
from deskoffice.domain.values import Classification, Urgency
from deskoffice.ui.desk import Desk
from deskoffice.ui.leads import LeadBox, units_of
from deskoffice.ui.matter_form import MatterForm, Store
from deskoffice.usecases import supervision


@dataclass(frozen=True, slots=True)
class TaskTyped:
    """One field for each widget of the form; the lead by name."""

    text: str
    lead: str
    due_on: date | None
    source: TaskSource
    leader: str
    others: str
    urgency: Urgency
    level: Classification
    secrecy_years: int | None


EMPTY = TaskTyped("", "", None, TaskSource.INSTRUCTION, "", "", Urgency.ORDINARY, Classification.PUBLIC, None)


class TaskForm(MatterForm[TaskTyped]):
    """One task, one lead, one day."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        self._ui = Ui_TaskForm()
        super().__init__(desk, self._ui, EMPTY, key="task", parent=parent)
        self._ui.textPlainTextEdit.setFocus()

    def prepare(self) -> None:
        """Whoever may lead."""
        self._lead = LeadBox(self._ui.leadComboBox, self.desk.directory)

    def store(self) -> Store:
        """The task as it stands."""
        typed = self.form.read()
        lead = self._lead.lead_of(typed.lead)
        draft = TaskDraft(
            source=typed.source,
            text=typed.text,
            due_on=typed.due_on,
            lead_unit=lead.unit,
            lead_person_id=lead.person_id,
            others=tuple(units_of(typed.others)),
            leader=typed.leader,
            urgency=typed.urgency,
            level=typed.level,
            secrecy_years=typed.secrecy_years,
        )
        return lambda office: supervision.create(office, draft)

    def told(self, changes: Changes) -> str:
        """With its number."""
        return f"已立项 {changes.number}，已交办"
