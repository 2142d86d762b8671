"""登录记录: who was in, from when to when, how it ended."""

from collections.abc import Sequence

from deskoffice.ui.desk import Desk, Page
from deskoffice.ui.management.record_page import RecordPage, RecordSpec
from deskoffice.usecases import sessions
from deskoffice.usecases.sessions import CUT_OFF, Sitting


def _cells(row: Sitting) -> Sequence[str]:
    until = f"{row.until:%Y-%m-%d %H:%M}" if row.until else "—"
    failures = f"此前输错 {row.failures} 次" if row.failures else ""
    return row.name, row.login, f"{row.since:%Y-%m-%d %H:%M}", until, row.ending, failures


SPEC: RecordSpec[Sitting] = RecordSpec(
    title="登录记录",
    headings=("姓名", "登录名", "从", "到", "怎么结束", "登录前"),
    widths=("欧阳建国", "zhangweiguo88", "2026-11-23 08:30", "2026-11-23 18:30", "无人操作自动锁定", ""),
    stretch=5,
    read=sessions.sittings,
    cells=_cells,
    empty="还没有登录记录。",
    faint=lambda row: row.ending == CUT_OFF,
    explanation="安全保密管理员和安全审计员看到全部，其他人看到自己的。“没有正常结束”是断电或强制结束，请核对当时的情况。",
)


def sessions_page(desk: Desk) -> Page:
    """The page."""
    return RecordPage(desk, SPEC)
