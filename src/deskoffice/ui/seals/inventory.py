"""印章: the list of seals, who keeps each, what became of it."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QComboBox, QWidget

from deskoffice._generated.seals.hand_over_form import Ui_HandOverForm
from deskoffice._generated.seals.seal_form import Ui_SealForm
from deskoffice._generated.seals.state_form import Ui_SealStateForm
from deskoffice.domain.errors import InvalidDraft
from deskoffice.domain.seal_inventory import (
    INVENTORY,
    NEXT,
    HandOver,
    SealDraft,
    SealKind,
    SealRow,
    SealState,
    StateChange,
)
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.desk import Desk, Page
from deskoffice.ui.leads import person_label
from deskoffice.ui.management.record_form import RecordForm, Saving
from deskoffice.ui.management.record_page import Done, RecordAct, RecordPage, RecordSpec
from deskoffice.ui.papers import show_paper
from deskoffice.usecases import papers_seals, people, seal_custody, seal_inventory
from deskoffice.usecases.office import Office
from deskoffice.usecases.words import word

NOBODY = "无"


@dataclass(frozen=True, slots=True)
class SealTyped:
    """One field for each widget; people by name and post."""

    name: str
    kind: SealKind
    owner: str
    keeper: str
    deputy: str
    material: str
    size: str
    enabled_by: str
    enabled_on: date | None
    place: str
    note: str


@dataclass(frozen=True, slots=True)
class HandOverTyped:
    """Who takes it, who watches, why."""

    taker: str
    witness: str
    reason: str


@dataclass(frozen=True, slots=True)
class StateTyped:
    """What becomes of it, why, before whom."""

    state: str
    reason: str
    first: str
    second: str


def person_of(office: Office, chosen: str, *, field: str) -> int:
    """The person behind what was chosen."""
    found = next((one.id for one in people.persons(office) if person_label(one) == chosen), None)
    if found is None:
        raise InvalidDraft({field: "required"})
    return found


class SealForm(RecordForm[SealTyped]):
    """A seal; its keeper changes by hand-over only."""

    def prepare(self) -> None:
        """Everybody who works here may be named; whoever may keep a seal is checked when it is stored."""
        offer_people(self, "keeper")
        offer_people(self, "deputy", NOBODY)


class HandOverForm(RecordForm[HandOverTyped]):
    """移交."""

    def prepare(self) -> None:
        """Takers and witnesses."""
        offer_people(self, "taker", "")
        offer_people(self, "witness", "")


class SealStateForm(RecordForm[StateTyped]):
    """变更状态; the states it may go to are offered by whoever opens it."""

    def prepare(self) -> None:
        """Witnesses."""
        offer_people(self, "first", NOBODY)
        offer_people(self, "second", NOBODY)


def offer_people(form: SealForm | HandOverForm | SealStateForm, field: str, *first: str) -> None:
    """Fill a list with the people of the office."""
    combo = form.form.widget(field)
    if isinstance(combo, QComboBox):
        combo.addItems([*first, *(person_label(one) for one in form.desk.directory.persons if one.account_id)])


def _draft(office: Office, typed: SealTyped) -> SealDraft:
    deputy = None if typed.deputy == NOBODY else person_of(office, typed.deputy, field="deputy")
    return SealDraft(
        name=typed.name,
        kind=typed.kind,
        owner=typed.owner,
        keeper_id=person_of(office, typed.keeper, field="keeper"),
        deputy_id=deputy,
        material=typed.material,
        size=typed.size,
        enabled_by=typed.enabled_by,
        enabled_on=typed.enabled_on,
        place=typed.place,
        note=typed.note,
    )


def _store(office: Office, typed: SealTyped, seal_id: int | None) -> None:
    """The rules name people by id, the form by name: their problems belong under the names."""
    draft = _draft(office, typed)
    try:
        if seal_id is None:
            seal_inventory.add(office, draft)
        else:
            seal_inventory.edit(office, seal_id, draft)
    except InvalidDraft as error:
        raise InvalidDraft({name.removesuffix("_id"): code for name, code in error.problems.items()}) from error


def _open_new(desk: Desk, parent: QWidget, done: Done) -> None:
    keeper = next((person_label(one) for one in desk.directory.persons if one.id == desk.actor.person_id), "")
    typed = SealTyped("", SealKind.OFFICE, "", keeper, NOBODY, "", "", "", None, "", "")
    saving: Saving[SealTyped] = Saving("登记印章", "印章已登记", lambda office, new: _store(office, new, None), done)
    SealForm(desk, Ui_SealForm(), typed, saving=saving, parent=parent).open()


def _open_edit(desk: Desk, row: SealRow, parent: QWidget, done: Done) -> None:
    known = {one.id: person_label(one) for one in desk.directory.persons}
    typed = SealTyped(
        name=row.name,
        kind=row.kind,
        owner=row.owner,
        keeper=known.get(row.keeper_id, ""),
        deputy=known.get(row.deputy_id or 0, NOBODY),
        material=row.material,
        size=row.size,
        enabled_by=row.enabled_by,
        enabled_on=row.enabled_on,
        place=row.place,
        note=row.note,
    )
    saving: Saving[SealTyped] = Saving("修改印章登记", "已保存", lambda office, new: _store(office, new, row.id), done)
    form = SealForm(desk, Ui_SealForm(), typed, saving=saving, parent=parent)
    form.form.widget("keeper").setEnabled(False)
    form.open()


def _open_hand_over(desk: Desk, row: SealRow, parent: QWidget, done: Done) -> None:
    def store(office: Office, typed: HandOverTyped) -> None:
        taker = person_of(office, typed.taker, field="taker")
        witness = person_of(office, typed.witness, field="witness")
        seal_custody.begin_hand_over(office, row.id, HandOver(taker, witness, typed.reason))

    saving = Saving("移交印章", "印章已移交，移交单可在这里打印", store, done)
    form = HandOverForm(desk, Ui_HandOverForm(), HandOverTyped("", "", ""), saving=saving, parent=parent)
    _name_seal(form, f"{row.name}　现由 {row.keeper} 保管")
    form.open()


def _open_state(desk: Desk, row: SealRow, parent: QWidget, done: Done) -> None:
    offered = {word(state): state for state in SealState if state in NEXT[row.state]}

    def store(office: Office, typed: StateTyped) -> None:
        chosen = [
            person_of(office, name, field=field)
            for field, name in (("first", typed.first), ("second", typed.second))
            if name != NOBODY
        ]
        seal_inventory.change_state(office, row.id, StateChange(offered[typed.state], typed.reason, tuple(chosen)))

    saving = Saving("变更印章状态", "印章状态已变更", store, done)
    form = SealStateForm(desk, Ui_SealStateForm(), StateTyped("", "", NOBODY, NOBODY), saving=saving, parent=parent)
    combo = form.form.widget("state")
    if isinstance(combo, QComboBox):
        combo.addItems(list(offered))
        combo.setCurrentIndex(0)
    _name_seal(form, f"{row.name}　现在：{word(row.state)}")
    form.open()


def _name_seal(form: HandOverForm | SealStateForm, text: str) -> None:
    ui = form.ui
    if isinstance(ui, Ui_HandOverForm | Ui_SealStateForm):
        show_problem(ui.sealLabel, text)


def _print_register(desk: Desk, row: SealRow, parent: QWidget, done: Done) -> None:
    del done
    year = desk.office.today().year
    show_paper(desk, lambda office: papers_seals.register_book(office, row.id, year), parent=parent)


def _print_hand_over(desk: Desk, row: SealRow, parent: QWidget, done: Done) -> None:
    del done
    show_paper(desk, lambda office: papers_seals.hand_over_sheet(office, row.id), parent=parent)


def _print_inventory(desk: Desk, row: SealRow, parent: QWidget, done: Done) -> None:
    del row, done
    show_paper(desk, papers_seals.inventory_book, parent=parent)


def _may_keep(desk: Desk, row: SealRow) -> bool:
    del row
    return desk.actor.has(*INVENTORY)


def _may_move(desk: Desk, row: SealRow) -> bool:
    return desk.actor.has(*INVENTORY) and bool(NEXT[row.state])


def _cells(row: SealRow) -> tuple[str, ...]:
    deputy = f"（{row.deputy}代管）" if row.deputy else ""
    return row.name, word(row.kind), row.owner, f"{row.keeper}{deputy}", row.place, word(row.state)


SPEC: RecordSpec[SealRow] = RecordSpec(
    title="印章",
    headings=("印章", "类型", "所属机关", "保管人", "存放地点", "状态"),
    widths=("", "收文专用章", "河东县人民政府办公室", "欧阳建国（欧阳代管）", "机要室保险柜", "停用"),
    stretch=0,
    read=seal_inventory.all_seals,
    cells=_cells,
    empty="还没有登记印章。先登记一枚，才能申请用印。",
    new="登记印章",
    open_new=_open_new,
    acts=(
        RecordAct("修改", _open_edit, _may_keep),
        RecordAct("移交", _open_hand_over, _may_move),
        RecordAct("变更状态", _open_state, _may_move, is_dangerous=True),
        RecordAct("打印移交单", _print_hand_over),
        RecordAct("用印登记簿", _print_register),
        RecordAct("印章清册", _print_inventory),
    ),
    faint=lambda row: row.state is not SealState.IN_USE,
    explanation="谁保管谁用印；换人办移交，停用、缴销、销毁都留下记录。",
)


def inventory_page(desk: Desk) -> Page:
    """The page."""
    return RecordPage(desk, SPEC)
