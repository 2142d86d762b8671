"""备份介质: which sticks, disks and discs a backup may go to, and whose turn it is."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from deskoffice._generated.management.medium_form import Ui_MediumForm
from deskoffice.domain.media import MediumDraft, MediumKind, MediumRow
from deskoffice.domain.people import Actor
from deskoffice.domain.values import Classification
from deskoffice.ui.dates import moment_text
from deskoffice.ui.desk import Desk, Page
from deskoffice.ui.files import choose_folder
from deskoffice.ui.management.record_form import RecordForm, Saving
from deskoffice.ui.management.record_page import Done, RecordAct, RecordPage, RecordSpec
from deskoffice.usecases import media
from deskoffice.usecases.words import word


def keeps_media(actor: Actor) -> bool:
    """Who keeps the register of carriers."""
    return actor.has(*media.KEEPERS)


@dataclass(frozen=True, slots=True)
class MediumTyped:
    """One field for each widget of the form."""

    number: str
    kind: MediumKind
    level: Classification
    keeper: str


def _open_new(desk: Desk, parent: QWidget, done: Done) -> None:
    choose_folder(
        parent, "案头 · 选插上的介质", chosen=lambda folder: open_form(desk, folder, parent=parent, done=done)
    )


def open_form(desk: Desk, folder: Path, *, parent: QWidget, done: Done) -> None:
    """The form for the medium that a folder lies on."""

    def store(office: object, typed: MediumTyped) -> None:
        del office
        draft = MediumDraft(typed.number, typed.kind, typed.level, typed.keeper)
        media.register(desk.office, folder, draft)

    saving: Saving[MediumTyped] = Saving("登记备份介质", "介质已登记，可以备份到它上面", store, done)
    typed = MediumTyped("", MediumKind.STICK, Classification.SECRET, desk.actor.name)
    RecordForm(desk, Ui_MediumForm(), typed, saving=saving, parent=parent).open()


def _end(desk: Desk, row: MediumRow, parent: QWidget, done: Done) -> None:
    office = desk.office

    def ended(_: object) -> None:
        desk.tell(f"已停用 {row.number}，不再往上面备份；请按载体管理规定处理实物")
        done()

    desk.jobs.run(lambda _: media.end(office, row.id), parent, done=ended)


def _cells(row: MediumRow) -> tuple[str, ...]:
    last = moment_text(row.last_backup_at, row.last_backup_at.date()) if row.last_backup_at else "还没有用过"
    state = "已停用" if not row.is_active else "轮到它" if row.is_next else ""
    return row.number, word(row.kind), word(row.level), row.keeper, row.registered_on.isoformat(), last, state


SPEC: RecordSpec[MediumRow] = RecordSpec(
    title="备份介质",
    headings=("编号", "类别", "密级", "保管人", "登记日期", "最近一次备份", "轮换"),
    widths=("", "移动硬盘", "机密", "欧阳建国", "2026-12-28", "12月28日 08:30", "轮到它"),
    stretch=0,
    read=media.rows,
    cells=_cells,
    faint=lambda row: not row.is_active,
    empty="还没有登记备份介质。插上 U 盘或移动硬盘，登记编号、密级和保管人；三个轮换最稳妥。",
    new="登记介质",
    open_new=_open_new,
    acts=(RecordAct("停用", _end, allowed=lambda _, row: row.is_active, is_dangerous=True),),
    explanation="没有登记的移动介质，备份不会往上面写。介质密级不低于库里文件的最高密级。",
)


def media_page(desk: Desk) -> Page:
    """The page."""
    return RecordPage(desk, SPEC)
