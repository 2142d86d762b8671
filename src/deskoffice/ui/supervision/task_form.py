"""督办立项: what is to be done, who leads, by when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QLabel, QWidget

from deskoffice._generated.supervision.task_form import Ui_TaskForm
from deskoffice.domain.matters import Changes
from deskoffice.domain.supervision import TaskDraft, TaskSource
from deskoffice.domain.values import Classification, Urgency
from deskoffice.ui.desk import Desk
from deskoffice.ui.leads import LeadBox
from deskoffice.ui.matter_form import MatterForm, Store
from deskoffice.ui.picker import unit_choices
from deskoffice.ui.typing import Values
from deskoffice.usecases import supervision


@dataclass(frozen=True, slots=True)
class TaskTyped:
    """One field for each widget of the form; the lead by name."""

    text: str
    lead: str
    due_on: date | None
    source: TaskSource
    leader: str
    urgency: Urgency
    level: Classification
    secrecy_years: int | None


EMPTY = TaskTyped("", "", None, TaskSource.INSTRUCTION, "", Urgency.ORDINARY, Classification.PUBLIC, None)


class TaskForm(MatterForm[TaskTyped]):
    """One task, one lead, one day."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        self._ui = Ui_TaskForm()
        super().__init__(desk, self._ui, EMPTY, key="task", parent=parent)
        self._ui.textPlainTextEdit.setFocus()

    def prepare(self) -> None:
        """Units and people."""
        self._lead = LeadBox(self._ui.leadComboBox, self.desk.directory)
        self._ui.othersPicker.offer(unit_choices(self.desk.directory.units), single=False, name="协办单位")

    def store(self) -> Store:
        """The task as it stands."""
        typed, lead = self.form.read(), self._lead.lead()
        draft = TaskDraft(
            source=typed.source,
            text=typed.text,
            due_on=typed.due_on,
            lead_unit=lead.unit,
            lead_person_id=lead.person_id,
            others=tuple(choice.text for choice in self._ui.othersPicker.chosen()),
            leader=typed.leader,
            urgency=typed.urgency,
            level=typed.level,
            secrecy_years=typed.secrecy_years,
        )
        return lambda office: supervision.create(office, draft)

    def told(self, changes: Changes) -> str:
        """With its number."""
        return f"已立项 {changes.number}，已交办"

    def other_problems(self) -> Mapping[str, QLabel]:
        """The picker has no field of the binding."""
        return {"others": self._ui.othersProblemLabel}

    def values(self) -> Values:
        """With the units that help."""
        return {**super().values(), "others": [choice.id for choice in self._ui.othersPicker.chosen()]}

    def show_values(self, values: Values) -> None:
        """Put back what `values` gave."""
        super().show_values(values)
        ids = values["others"]
        self._ui.othersPicker.choose(ids if isinstance(ids, list) else [])
