"""合并召开: which meeting takes the topics of this one."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from deskoffice._generated.meetings.merge_form import Ui_MergeForm
from deskoffice.domain.errors import InvalidDraft
from deskoffice.domain.matters import Changes, MatterCard, MatterRow
from deskoffice.ui.desk import Desk
from deskoffice.ui.management.record_form import RecordForm, Saving
from deskoffice.usecases import meetings
from deskoffice.usecases.office import Office


@dataclass(frozen=True, slots=True)
class MergeTyped:
    """The meeting by number and title."""

    target: str
    opinion: str


class MergeForm(RecordForm[MergeTyped]):
    """Meetings that are offered are read when it opens."""

    def offer(self, rows: tuple[MatterRow, ...]) -> None:
        """Fill the list."""
        ui = self.ui
        if isinstance(ui, Ui_MergeForm):
            ui.targetComboBox.addItems([_label(row) for row in rows])


def _label(row: MatterRow) -> str:
    return f"{row.number} {row.title}"


def open_merging(desk: Desk, card: MatterCard, parent: QWidget) -> None:
    """The opener of the act."""
    office, matter_id = desk.office, card.row.id
    offered: dict[str, int] = {}

    def store(office: Office, typed: MergeTyped) -> Changes:
        into_id = offered.get(typed.target)
        if into_id is None:
            raise InvalidDraft({"target": "required"})
        return meetings.merge(office, matter_id, into_id, typed.opinion)

    def done() -> None:
        desk.note(Changes((matter_id, *offered.values())))

    saving = Saving("合并召开", "已合并，议题并入所选会议", store, done)
    form = MergeForm(desk, Ui_MergeForm(), MergeTyped("", ""), saving=saving, parent=parent)

    def show(rows: tuple[MatterRow, ...]) -> None:
        offered.update({_label(row): row.id for row in rows})
        form.offer(rows)

    desk.jobs.run(lambda _: meetings.mergeable(office, matter_id), form, done=show)
    form.open()
