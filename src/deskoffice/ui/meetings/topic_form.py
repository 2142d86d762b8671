"""申报议题: what is to be decided at the left, which units sit in at the right."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QLabel, QWidget

from deskoffice._generated.meetings.topic_form import Ui_TopicForm
from deskoffice.domain.matters import Changes
from deskoffice.domain.meeting_topics import MajorKind, TopicProposal
from deskoffice.domain.people import PersonRow
from deskoffice.domain.values import Classification
from deskoffice.ui.desk import Desk
from deskoffice.ui.leads import person_label
from deskoffice.ui.matter_form import MatterForm, Store
from deskoffice.ui.picker import unit_choices
from deskoffice.ui.typing import Values
from deskoffice.usecases import meeting_topics
from deskoffice.usecases.circulation import outgoing
from deskoffice.usecases.office import Office

LEADERS = "办公室领导"


@dataclass(frozen=True, slots=True)
class TopicTyped:
    """One field for each widget; the approver by name and post."""

    title: str
    unit: str
    reporter: str
    reason: str
    consulted: str
    major: MajorKind
    amount: int | None
    minutes: int | None
    level: Classification
    secrecy_years: int | None
    approver: str
    is_major_decision: bool


class TopicForm(MatterForm[TopicTyped]):
    """Proposes a topic, or changes one (`matter_id`) until a leader has consented."""

    def __init__(self, desk: Desk, parent: QWidget, *, matter_id: int | None = None) -> None:
        self._matter_id = matter_id
        self._approvers: tuple[PersonRow, ...] = ()
        self._ui = Ui_TopicForm()
        key = "topic" if matter_id is None else f"topic.{matter_id}"
        super().__init__(desk, self._ui, self._empty(desk), key=key, parent=parent)
        self.resize(parent.size() * 0.86)
        self._ui.splitter.setSizes([self.width() * 2 // 3, self.width() // 3])
        self._ui.titleLineEdit.setFocus()
        if matter_id is not None:
            office = desk.office
            self.setWindowTitle(self.tr("案头 · 修改议题"))
            self._ui.formTitleLabel.setText(self.tr("修改议题"))
            self._ui.donePushButton.setText(self.tr("保存  Ctrl+Enter"))
            for widget in (self._ui.levelComboBox, self._ui.reasonPlainTextEdit, self._ui.approverComboBox):
                widget.setEnabled(False)
            self._ui.isMajorDecisionCheckBox.setEnabled(False)
            desk.jobs.run(lambda _: meeting_topics.draft_of(office, matter_id), self, done=self._show_draft)

    @staticmethod
    def _empty(desk: Desk) -> TopicTyped:
        return TopicTyped(
            title="",
            unit=desk.actor.unit,
            reporter="",
            reason="",
            consulted="",
            major=MajorKind.NONE,
            amount=None,
            minutes=None,
            level=Classification.PUBLIC,
            secrecy_years=None,
            approver=LEADERS,
            is_major_decision=False,
        )

    def prepare(self) -> None:
        """Units, and the leaders who may consent."""
        ui, office = self._ui, self.desk.office
        ui.unitsPicker.offer(unit_choices(self.desk.directory.units), single=False, name="列席单位")
        ui.approverComboBox.addItem(LEADERS)
        self.desk.jobs.run(lambda _: outgoing.signatories(office), self, done=self._offer_approvers)

    def _offer_approvers(self, found: tuple[PersonRow, ...]) -> None:
        self._approvers = found
        self._ui.approverComboBox.addItems([person_label(one) for one in found])

    def store(self) -> Store:
        """Propose it, or change it."""
        typed, matter_id = self.form.read(), self._matter_id
        draft = TopicProposal(
            title=typed.title,
            unit=typed.unit,
            reporter=typed.reporter,
            reason=typed.reason,
            units=tuple(choice.text for choice in self._ui.unitsPicker.chosen()),
            consulted=typed.consulted,
            major=typed.major,
            amount=typed.amount,
            minutes=typed.minutes,
            is_major_decision=typed.is_major_decision,
            level=typed.level,
            secrecy_years=typed.secrecy_years,
        )
        approver_id = next((one.id for one in self._approvers if person_label(one) == typed.approver), None)

        def work(office: Office) -> Changes:
            if matter_id is not None:
                return meeting_topics.edit(office, matter_id, draft)
            return meeting_topics.propose(office, draft, approver_id=approver_id)

        return work

    def _show_draft(self, draft: TopicProposal) -> None:
        names = ("title", "unit", "reporter", "reason", "consulted", "major", "amount", "minutes")
        more = ("level", "secrecy_years", "is_major_decision")
        shown = {name: getattr(draft, name) for name in (*names, *more)}
        self.form.show(replace(self._empty(self.desk), **shown))
        self._ui.unitsPicker.choose(unit.id for unit in self.desk.directory.units if unit.name in draft.units)

    def told(self, changes: Changes) -> str:
        """Its number, and where it is now."""
        return "议题已修改" if self._matter_id is not None else f"议题 {changes.number} 已报送"

    def other_problems(self) -> Mapping[str, QLabel]:
        """The units stand beside the fields."""
        return {"units": self._ui.unitsProblemLabel}

    def values(self) -> Values:
        """With the units."""
        return {**super().values(), "units": [choice.id for choice in self._ui.unitsPicker.chosen()]}

    def show_values(self, values: Values) -> None:
        """Put back what `values` gave."""
        super().show_values(values)
        units = values["units"]
        self._ui.unitsPicker.choose(units if isinstance(units, list) else [])
