"""单位: organs that send and receive papers, and this office's own sections."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from deskoffice._generated.management.unit_form import Ui_UnitForm
from deskoffice.domain.people import UnitDraft, UnitRow
from deskoffice.ui.desk import Desk, Page
from deskoffice.ui.management.record_form import RecordForm, Saving
from deskoffice.ui.management.record_page import Done, RecordAct, RecordPage, RecordSpec
from deskoffice.usecases import people

LAST_RANK = 100


@dataclass(frozen=True, slots=True)
class UnitTyped:
    """One field for each widget of the form."""

    name: str
    short_name: str
    rank: int
    is_own: bool


def draft_of(typed: UnitTyped) -> UnitDraft:
    """The unit as the use case takes it."""
    return UnitDraft(typed.name, typed.short_name, typed.rank, typed.is_own)


def _open_new(desk: Desk, parent: QWidget, done: Done) -> None:
    saving: Saving[UnitTyped] = Saving(
        "增加单位", "单位已增加", lambda office, typed: people.add_unit(office, draft_of(typed)), done
    )
    RecordForm(desk, Ui_UnitForm(), UnitTyped("", "", LAST_RANK, False), saving=saving, parent=parent).open()


def _open_edit(desk: Desk, row: UnitRow, parent: QWidget, done: Done) -> None:
    saving: Saving[UnitTyped] = Saving(
        "修改单位", "单位已修改", lambda office, typed: people.edit_unit(office, row.id, draft_of(typed)), done
    )
    typed = UnitTyped(row.name, row.short_name, row.rank, row.is_own)
    RecordForm(desk, Ui_UnitForm(), typed, saving=saving, parent=parent).open()


def _cells(row: UnitRow) -> tuple[str, ...]:
    return row.name, row.short_name, row.initials, "内设科室" if row.is_own else "", str(row.rank)


SPEC: RecordSpec[UnitRow] = RecordSpec(
    title="单位",
    headings=("单位全称", "简称", "拼音首字母", "类别", "排序"),
    widths=("", "河东县应急管理局", "hdxyjgljbgs", "内设科室", "99999"),
    stretch=0,
    read=people.units,
    cells=_cells,
    letters=lambda row: row.initials,
    empty="还没有单位。先把常来文的上级机关和县直部门加进来。",
    new="增加单位",
    open_new=_open_new,
    acts=(RecordAct("修改", _open_edit),),
    explanation="改名后，以前登记的文件仍用当时的名称。",
    loaded=lambda desk: desk.directory_changed.emit(),
)


def units_page(desk: Desk) -> Page:
    """The page."""
    return RecordPage(desk, SPEC)
