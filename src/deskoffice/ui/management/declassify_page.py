"""到期解密: papers whose period of secrecy is over, taken out of it by two who are both present."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from deskoffice.domain.access import JointAct, may_begin
from deskoffice.domain.people import Actor
from deskoffice.domain.values import secrecy_mark
from deskoffice.ui.desk import Desk, Page
from deskoffice.ui.joint_dialog import JointSpec, ask_then
from deskoffice.ui.management.record_page import Done, PageAct, RecordAct, RecordPage, RecordSpec
from deskoffice.usecases import declassifying
from deskoffice.usecases.declassifying import OverRow
from deskoffice.usecases.joint import Second
from deskoffice.usecases.office import Office


def declassifies(actor: Actor) -> bool:
    """Who may begin it."""
    return may_begin(JointAct.DECLASSIFY, actor.roles)


def _ask(desk: Desk, rows: Sequence[OverRow], parent: QWidget, done: Done) -> None:
    if not rows:
        desk.tell("没有保密期限届满的件，不用解密")
        return
    ids = [row.matter.id for row in rows]
    named = f"“{rows[0].matter.title}”" if len(rows) == 1 else f"所列 {len(rows)} 件"
    spec = JointSpec(
        JointAct.DECLASSIFY,
        "到期解密",
        f"{named}保密期限已满，解密后按内部文件管理，知悉范围不变；需要公开的，另行保密审查。请两位当面核对原件和清单。",
        "两人确认解密",
        told=f"已解密 {len(rows)} 件，请在原件上作解密标志",
    )

    def perform(office: Office, second: Second) -> None:
        declassifying.declassify(office, ids, second)

    ask_then(desk, spec, perform, parent=parent, done=done)


def _ask_all(desk: Desk, parent: QWidget, done: Done) -> None:
    office = desk.office
    desk.jobs.run(lambda _: declassifying.over(office), parent, done=lambda rows: _ask(desk, rows, parent, done))


def _cells(row: OverRow) -> tuple[str, ...]:
    one = row.matter
    mark = secrecy_mark(one.level, one.secrecy_years)
    return one.number, one.title, one.document_number, mark, one.created_on.isoformat(), row.over_on.isoformat()


SPEC: RecordSpec[OverRow] = RecordSpec(
    title="到期解密",
    headings=("登记号", "标题", "文号", "密级", "登记日期", "期限届满"),
    widths=("收〔2026〕888号", "", "东政办发〔2026〕88号", "机密★20年", "2026-12-28", "2026-12-28"),
    stretch=1,
    read=declassifying.over,
    cells=_cells,
    empty="没有保密期限届满的件。",
    acts=(RecordAct("解密本件", lambda desk, row, parent, done: _ask(desk, [row], parent, done), is_dangerous=True),),
    page_acts=(PageAct("全部解密", _ask_all),),
    explanation="期限从登记之日起算。解密须有权的两人同时在场；要延长期限的，请先在定密中改过。",
)


def declassify_page(desk: Desk) -> Page:
    """The page."""
    return RecordPage(desk, SPEC)
