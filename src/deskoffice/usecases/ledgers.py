"""Registers on paper and as workbooks: the rows this account may know, of one year."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from deskoffice.domain.errors import RuleError
from deskoffice.domain.matters import ListQuery, MatterKind, MatterRow, SortKey
from deskoffice.domain.values import Classification, secrecy_mark
from deskoffice.paper.ledger import Column
from deskoffice.storage import matter_queries
from deskoffice.usecases import (
    matters,
    papers_meetings,
    papers_seals,
    papers_supervision,
    printing,
)
from deskoffice.usecases.circulation import issued_papers
from deskoffice.usecases.office import Office
from deskoffice.usecases.previews import PdfPaper
from deskoffice.usecases.table_papers import Table, taken_out
from deskoffice.usecases.words import word

PAGE = 500


@dataclass(frozen=True, slots=True)
class Register:
    """A register: its title, the kind of matter, and its columns."""

    title: str
    kind: MatterKind
    columns: tuple[tuple[str, float, Callable[[MatterRow], str]], ...]
    """Header, width in mm, and what stands in the cell."""


def _date(row: MatterRow) -> str:
    return row.created_on.isoformat()[5:]


def _level(row: MatterRow) -> str:
    return secrecy_mark(row.level, row.secrecy_years)


def _due(row: MatterRow) -> str:
    return row.due_on.isoformat()[5:] if row.due_on else ""


def _state(row: MatterRow) -> str:
    return row.holder or word(row.state)


def _closed(row: MatterRow) -> str:
    return row.closed_on.isoformat()[5:] if row.closed_on else ""


_NUMBER = ("编号", 34.0, lambda row: row.number)
_DAY = ("日期", 16.0, _date)
_TITLE = ("标题（事由）", 84.0, lambda row: row.title)
_LEVEL = ("密级", 22.0, _level)
_STATE = ("办理情况", 38.0, _state)
_CLOSED = ("办结", 16.0, _closed)

REGISTERS: dict[str, Register] = {
    "incoming": Register(
        "收文登记簿",
        MatterKind.INCOMING,
        (
            _NUMBER,
            _DAY,
            ("来文单位", 40.0, lambda row: row.unit),
            ("来文字号", 36.0, lambda row: row.document_number),
            _TITLE,
            _LEVEL,
            ("缓急", 14.0, lambda row: word(row.urgency)),
            ("期限", 16.0, _due),
            _STATE,
            _CLOSED,
        ),
    ),
    "outgoing": Register("发文登记簿", MatterKind.OUTGOING, (_NUMBER, _DAY, _TITLE, _LEVEL, _STATE, _CLOSED)),
    "seal_use": Register(
        "用印登记簿",
        MatterKind.SEAL_USE,
        (_NUMBER, _DAY, ("申请单位", 40.0, lambda row: row.unit), _TITLE, _LEVEL, _STATE, _CLOSED),
    ),
    "meeting": Register("会议登记簿", MatterKind.MEETING, (_NUMBER, _DAY, _TITLE, _LEVEL, _STATE, _CLOSED)),
    "topic": Register(
        "议题登记簿",
        MatterKind.TOPIC,
        (_NUMBER, _DAY, ("申报单位", 40.0, lambda row: row.unit), _TITLE, _LEVEL, _STATE, _CLOSED),
    ),
    "task": Register(
        "督办事项登记簿",
        MatterKind.TASK,
        (
            _NUMBER,
            _DAY,
            ("牵头单位", 40.0, lambda row: row.unit),
            _TITLE,
            _LEVEL,
            ("期限", 16.0, _due),
            _STATE,
            _CLOSED,
        ),
    ),
}


BOOKS: dict[MatterKind, Callable[[Office, int | None], printing.Book]] = {
    MatterKind.OUTGOING: issued_papers.register,
    MatterKind.SEAL_USE: papers_seals.register,
    MatterKind.MEETING: papers_meetings.register,
    MatterKind.TASK: papers_supervision.register,
}
"""Books whose columns need more than a list shows."""


def _register(name: str) -> Register:
    found = REGISTERS.get(name) or next((r for r in REGISTERS.values() if r.title.startswith(name)), None)
    if found is None:
        raise RuleError("register_unknown", name=name, known="、".join(REGISTERS))
    return found


def rows(office: Office, query: ListQuery) -> Iterator[MatterRow]:
    """All rows of a list, page by page."""
    first = 0
    while True:
        page = matters.list_page(office, query, first, PAGE)
        yield from page.rows
        first += PAGE
        if first >= page.total:
            return


def export(office: Office, name: str, suffix: str, year: int | None = None) -> PdfPaper:
    """A register of a year as `pdf` (bound book) or `xlsx`."""
    register = _register(name)
    if register.kind in BOOKS:
        return printing.bound(office, BOOKS[register.kind](office, year), suffix)
    query = ListQuery(kinds=frozenset({register.kind}), year=year, sort=SortKey.NUMBER, descending=False)
    return export_list(office, register, query, suffix)


def export_list(office: Office, register: Register, query: ListQuery, suffix: str) -> PdfPaper:
    """Exactly the rows of a query, with the columns of a register."""
    found = list(rows(office, query))
    cells = [[text(row) for _, _, text in register.columns] for row in found]
    level = max((row.level for row in found), default=Classification.PUBLIC)
    table = Table(
        register.kind.value,
        register.title,
        [Column(header, width) for header, width, _ in register.columns],
        cells,
        level,
        query.year or office.today().year,
        sheet=str(query.year or "全部"),
        file=f"{register.title}{query.year or ''}",
    )
    return taken_out(office, table, suffix)


def matter_count(office: Office) -> dict[str, int]:
    """How many matters of each kind this account may know."""
    with office.read() as session:
        return {
            kind.value: matter_queries.count(session, ListQuery(frozenset({kind})), office.actor) for kind in MatterKind
        }
