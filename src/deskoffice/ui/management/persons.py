"""人员与职务: who works here in which post; a changed post keeps the one before."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QLabel, QWidget

from deskoffice._generated.management.person_form import Ui_PersonForm
from deskoffice.domain.errors import InvalidDraft
from deskoffice.domain.people import PersonDraft, PersonRow
from deskoffice.domain.values import chinese_date
from deskoffice.ui.desk import Desk, Page
from deskoffice.ui.management.record_form import RecordForm, Saving
from deskoffice.ui.management.record_page import Done, RecordAct, RecordPage, RecordSpec
from deskoffice.ui.tree import descendants
from deskoffice.usecases import people, posts
from deskoffice.usecases.office import Office
from deskoffice.usecases.posts import PostRow

LAST_RANK = 100


@dataclass(frozen=True, slots=True)
class PersonTyped:
    """One field for each widget of the form; the unit by its name."""

    name: str
    rank: int
    unit: str
    post: str
    from_on: date | None


class PersonForm(RecordForm[PersonTyped]):
    """Offers the units and shows the posts held before."""

    def prepare(self) -> None:
        """The units, found by any part of their names."""
        combo = self.form.widget("unit")
        if isinstance(combo, QComboBox):
            combo.addItems(self.desk.directory.unit_names())
            combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            completer = QCompleter(combo.model(), combo)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            combo.setCompleter(completer)

    def show_history(self, held: tuple[PostRow, ...]) -> None:
        """Posts, the latest first."""
        lines = [f"{_period(one)}　{one.unit}　{one.title}" for one in held]
        label = next(one for one in descendants(self, QLabel) if one.objectName() == "historyLabel")
        label.setText("历任职务\n" + "\n".join(lines))
        label.setVisible(bool(lines))


def _period(one: PostRow) -> str:
    until = chinese_date(one.to_on) if one.to_on else "今"
    return f"{chinese_date(one.from_on)}—{until}"


def _draft(office: Office, typed: PersonTyped) -> PersonDraft:
    unit_id = next((unit.id for unit in people.units(office) if unit.name == typed.unit), None)
    if unit_id is None:
        raise InvalidDraft({"unit": "unit_unknown"})
    return PersonDraft(typed.name, unit_id, typed.post, typed.rank, typed.from_on)


def _add(office: Office, typed: PersonTyped) -> int:
    return people.add_person(office, _draft(office, typed))


def _open_new(desk: Desk, parent: QWidget, done: Done) -> None:
    own = next((unit.name for unit in desk.directory.units if unit.is_own), "")
    typed = PersonTyped("", LAST_RANK, own, "", None)
    PersonForm(desk, Ui_PersonForm(), typed, saving=Saving("增加人员", "人员已增加", _add, done), parent=parent).open()


def _open_edit(desk: Desk, row: PersonRow, parent: QWidget, done: Done) -> None:
    office = desk.office

    def store(office: Office, typed: PersonTyped) -> None:
        people.change_post(office, row.id, _draft(office, typed))

    unit = next((unit.name for unit in desk.directory.units if unit.id == row.unit_id), row.unit)
    saving = Saving("变更任职", "任职已变更，旧处理笺仍用当时的职务", store, done)
    form = PersonForm(
        desk, Ui_PersonForm(), PersonTyped(row.name, row.rank, unit, row.post, None), saving=saving, parent=parent
    )
    desk.jobs.run(lambda _: posts.history(office, row.id), form, done=form.show_history)
    form.open()


def _cells(row: PersonRow) -> tuple[str, ...]:
    return row.name, row.unit, row.post, row.initials, "有" if row.account_id else "", str(row.rank)


SPEC: RecordSpec[PersonRow] = RecordSpec(
    title="人员与职务",
    headings=("姓名", "单位", "职务", "拼音首字母", "账号", "排序"),
    widths=("欧阳建国", "河东县人民政府办公室", "", "oyjgoyjg", "账号", "99999"),
    stretch=2,
    read=people.persons,
    cells=_cells,
    letters=lambda row: row.initials,
    empty="还没有人员。",
    new="增加人员",
    open_new=_open_new,
    acts=(RecordAct("变更任职", _open_edit),),
    explanation="变更职务时，原职务到前一天为止；以前的批示和处理笺仍用当时的职务。",
    loaded=lambda desk: desk.directory_changed.emit(),
)


def persons_page(desk: Desk) -> Page:
    """The page."""
    return RecordPage(desk, SPEC)
