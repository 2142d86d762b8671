"""代字与编号: the series that give numbers, their gaps, and why a number is not used."""

from dataclasses import dataclass

from PySide6.QtWidgets import QLabel, QWidget

from deskoffice._generated.management.series_form import Ui_SeriesForm
from deskoffice._generated.management.void_form import Ui_VoidForm
from deskoffice.domain.errors import InvalidDraft
from deskoffice.domain.matters import MatterKind
from deskoffice.domain.numbering import SeriesDraft, SeriesRow, written
from deskoffice.ui.desk import Desk, Page
from deskoffice.ui.management.record_form import Question, RecordForm, Saving, confirm, run
from deskoffice.ui.management.record_page import Done, RecordAct, RecordPage, RecordSpec
from deskoffice.ui.tree import descendants
from deskoffice.usecases import settings
from deskoffice.usecases.office import Office
from deskoffice.usecases.words import word

SHOWN_GAPS = 30


@dataclass(frozen=True, slots=True)
class SeriesTyped:
    """One field for each widget of the form."""

    kind: MatterKind
    code: str
    name: str
    issuer_mark: str


@dataclass(frozen=True, slots=True)
class VoidTyped:
    """A number that is not used, and why."""

    year: int
    serial: int
    reason: str


def _add(office: Office, typed: SeriesTyped) -> None:
    settings.add_series(office, SeriesDraft(typed.kind.value, typed.code, typed.name, typed.issuer_mark))


def _open_new(desk: Desk, parent: QWidget, done: Done) -> None:
    typed = SeriesTyped(MatterKind.OUTGOING, "", "", "")
    saving = Saving("增加代字", "代字已增加", _add, done)
    RecordForm(desk, Ui_SeriesForm(), typed, saving=saving, parent=parent).open()


def _open_void(desk: Desk, row: SeriesRow, parent: QWidget, done: Done) -> None:
    office, year = desk.office, desk.office.today().year

    def store(office: Office, typed: VoidTyped) -> None:
        if not typed.reason:
            raise InvalidDraft({"reason": "required"})
        if typed.serial not in settings.gap_report(office, row.id, typed.year):
            raise InvalidDraft({"serial": "number_no_gap"})
        settings.void_number(office, row.id, typed.year, typed.serial, typed.reason)

    saving = Saving(f"断号：{row.code}", "这个号已注明不用", store, done)
    form = RecordForm(desk, Ui_VoidForm(), VoidTyped(year, 0, ""), saving=saving, parent=parent)

    def show(gaps: list[int]) -> None:
        label = next(one for one in descendants(form, QLabel) if one.objectName() == "gapsLabel")
        label.setText(gap_text(row.code, year, gaps))
        if gaps:
            form.form.show(VoidTyped(year, gaps[0], ""))

    desk.jobs.run(lambda _: settings.gap_report(office, row.id, year), form, done=show)
    form.open()


def gap_text(code: str, year: int, gaps: list[int]) -> str:
    """The gaps of a year in one sentence."""
    if not gaps:
        return f"{year}年没有断号。"
    shown = "、".join(written(code, year, serial) for serial in gaps[:SHOWN_GAPS])
    more = f" 等 {len(gaps)} 个" if len(gaps) > SHOWN_GAPS else ""
    return f"{year}年断号：{shown}{more}。注明原因后不再算断号。"


def _retire(desk: Desk, row: SeriesRow, parent: QWidget, done: Done) -> None:
    text = f"停用代字“{row.code}”？以后不再用它编号，已编的号都保留。"

    def then() -> None:
        run(desk, lambda office: settings.retire_series(office, row.id), told=f"{row.code} 已停用", done=done)

    confirm(parent, Question("停用代字", text, "停用"), then)


def _cells(row: SeriesRow) -> tuple[str, ...]:
    return row.code, word(MatterKind(row.kind)), row.name, row.issuer_mark, "已停用" if row.is_retired else ""


SPEC: RecordSpec[SeriesRow] = RecordSpec(
    title="代字与编号",
    headings=("代字", "用于", "名称", "发文机关标志", "状态"),
    widths=("东政办发电", "督办事项", "县政府办公室文件", "", "已停用"),
    stretch=3,
    read=settings.all_series,
    cells=_cells,
    faint=lambda row: row.is_retired,
    empty="还没有代字。",
    new="增加代字",
    open_new=_open_new,
    acts=(
        RecordAct("断号…", _open_void),
        RecordAct("停用…", _retire, lambda desk, row: not row.is_retired, is_dangerous=True),  # noqa: ARG005
    ),
    explanation="每个代字每年从1号编起，号不重用；发文用的代字要有发文机关标志。",
)


def series_page(desk: Desk) -> Page:
    """The page."""
    return RecordPage(desk, SPEC)
