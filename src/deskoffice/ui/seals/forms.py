"""The dialogs in which a seal is written down, handed over, set aside, or asked for to be taken out."""

from dataclasses import dataclass
from datetime import date, datetime, time

from PySide6.QtWidgets import QComboBox, QWidget

from deskoffice._generated.seals.hand_over_form import Ui_HandOverForm
from deskoffice._generated.seals.loan_form import Ui_SealLoanForm
from deskoffice._generated.seals.seal_form import Ui_SealForm
from deskoffice._generated.seals.state_form import Ui_SealStateForm
from deskoffice.domain.errors import InvalidDraft
from deskoffice.domain.seal_custody import LoanDraft
from deskoffice.domain.seal_inventory import NEXT, HandOver, SealDraft, SealKind, SealRow, SealState, StateChange
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.desk import Desk
from deskoffice.ui.leads import person_label
from deskoffice.ui.management.record_form import RecordForm, Saving
from deskoffice.ui.management.record_page import Done
from deskoffice.usecases import people, seal_custody, seal_inventory
from deskoffice.usecases.office import CHINA, Office
from deskoffice.usecases.words import word

NOBODY = "无"
HOURS = 17
"""A seal is expected back at the end of the day."""


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
    """What becomes of it, why, who took it in, before whom."""

    state: str
    reason: str
    receiver: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class LoanTyped:
    """Who goes with it, where to, why, until when."""

    first: str
    second: str
    place: str
    reason: str
    due_on: date
    due_hour: int


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


class SealLoanForm(RecordForm[LoanTyped]):
    """申请外带."""

    def prepare(self) -> None:
        """The two who go."""
        offer_people(self, "first", "")
        offer_people(self, "second", "")


Form = SealForm | HandOverForm | SealStateForm | SealLoanForm


def offer_people(form: Form, field: str, *first: str) -> None:
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


def own_label(desk: Desk) -> str:
    """The person who sits here, as lists name him."""
    return next((person_label(one) for one in desk.directory.persons if one.id == desk.actor.person_id), "")


def open_new(desk: Desk, parent: QWidget, done: Done) -> None:
    """登记印章."""
    typed = SealTyped("", SealKind.OFFICE, "", own_label(desk), NOBODY, "", "", "", None, "", "")
    saving: Saving[SealTyped] = Saving("登记印章", "印章已登记", lambda office, new: _store(office, new, None), done)
    SealForm(desk, Ui_SealForm(), typed, saving=saving, parent=parent).open()


def open_edit(desk: Desk, row: SealRow, parent: QWidget, done: Done) -> None:
    """修改."""
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


def open_hand_over(desk: Desk, row: SealRow, parent: QWidget, done: Done) -> None:
    """移交: the other two sign at their own accounts."""

    def store(office: Office, typed: HandOverTyped) -> None:
        taker = person_of(office, typed.taker, field="taker")
        witness = person_of(office, typed.witness, field="witness")
        seal_custody.begin_hand_over(office, row.id, HandOver(taker, witness, typed.reason))

    saving = Saving("移交印章", "移交已发起，待监交人、接收人各自登录签字", store, done)
    form = HandOverForm(desk, Ui_HandOverForm(), HandOverTyped("", "", ""), saving=saving, parent=parent)
    _name_seal(form, f"{row.name}　现由 {row.keeper} 保管；三方签完字才算移交")
    form.open()


def open_state(desk: Desk, row: SealRow, parent: QWidget, done: Done) -> None:
    """变更状态."""
    offered = {word(state): state for state in SealState if state in NEXT[row.state]}

    def store(office: Office, typed: StateTyped) -> None:
        chosen = [
            person_of(office, name, field=field)
            for field, name in (("first", typed.first), ("second", typed.second))
            if name != NOBODY
        ]
        change = StateChange(offered[typed.state], typed.reason, tuple(chosen), typed.receiver)
        seal_inventory.change_state(office, row.id, change)

    saving = Saving("变更印章状态", "印章状态已变更", store, done)
    empty = StateTyped("", "", "", NOBODY, NOBODY)
    form = SealStateForm(desk, Ui_SealStateForm(), empty, saving=saving, parent=parent)
    combo = form.form.widget("state")
    if isinstance(combo, QComboBox):
        combo.addItems(list(offered))
        combo.setCurrentIndex(0)
    _name_seal(form, f"{row.name}　现在：{word(row.state)}")
    form.open()


def open_loan(desk: Desk, row: SealRow, parent: QWidget, done: Done) -> None:
    """申请外带."""

    def store(office: Office, typed: LoanTyped) -> None:
        due = datetime.combine(typed.due_on, time(typed.due_hour), CHINA)
        first = person_of(office, typed.first, field="first")
        second = person_of(office, typed.second, field="second")
        try:
            seal_custody.ask_out(office, row.id, LoanDraft(first, second, typed.place, typed.reason, due))
        except InvalidDraft as error:
            named = {"due_on" if name == "due_at" else name: code for name, code in error.problems.items()}
            raise InvalidDraft(named) from error

    saving = Saving("外带印章", "外带申请已提交，待领导批准", store, done)
    empty = LoanTyped(own_label(desk), "", "", "", desk.office.today(), HOURS)
    form = SealLoanForm(desk, Ui_SealLoanForm(), empty, saving=saving, parent=parent)
    _name_seal(form, f"{row.name}　现由 {row.keeper} 保管")
    form.open()


def _name_seal(form: HandOverForm | SealStateForm | SealLoanForm, text: str) -> None:
    ui = form.ui
    if isinstance(ui, Ui_HandOverForm | Ui_SealStateForm | Ui_SealLoanForm):
        show_problem(ui.sealLabel, text)
