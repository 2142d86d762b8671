"""今日工作单 and the list of what must not stay overnight, on paper."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from deskoffice.domain.matters import ListQuery, MatterKind, MatterRow, SortKey, State
from deskoffice.domain.values import LEVEL_WORDS, Classification, secrecy_mark
from deskoffice.paper.ledger import Column, ledger
from deskoffice.usecases import copies, ledgers, seal_custody, settings
from deskoffice.usecases.copies import CopyOut
from deskoffice.usecases.office import Office
from deskoffice.usecases.previews import PdfPaper
from deskoffice.usecases.words import word

COLUMNS = (
    Column("栏目", 20.0),
    Column("编号", 34.0),
    Column("事项", 100.0),
    Column("密级", 22.0),
    Column("期限", 18.0),
    Column("在谁手里", 40.0),
    Column("办结打勾", 20.0),
)
ALL = frozenset(MatterKind)
UNMOVED = ListQuery(
    kinds=frozenset({MatterKind.INCOMING}),
    states=frozenset({State.REGISTERED}),
    sort=SortKey.CREATED,
    descending=False,
)
"""Registered, and nobody has said yet what is to be done."""
COPIES_SHOWN = 200


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Lines with the highest level among them."""

    lines: Sequence[Sequence[str]]
    level: Classification


def today(office: Office) -> PdfPaper:
    """What one person has to do today: late, due, in his hands, to be held, to come back."""
    sheet = _today(office)
    with office.look() as act:
        act.record_other("worksheet.today.printed", rows=len(sheet.lines))
    return _printed(office, sheet, f"{office.actor.name} 今日工作单")


def _today(office: Office) -> _Sheet:
    day = office.today()
    late = list(ledgers.rows(office, ListQuery(ALL, due_before=day, mine=True, sort=SortKey.DUE, descending=False)))
    due_query = ListQuery(ALL, due_before=day + timedelta(days=1), sort=SortKey.DUE, descending=False)
    due = [row for row in ledgers.rows(office, due_query) if row.due_on == day]
    meetings = [row for row in due if row.kind is MatterKind.MEETING]
    mine = list(ledgers.rows(office, ListQuery(ALL, open_only=True, mine=True, sort=SortKey.DUE, descending=False)))
    shown = {row.id for row in (*late, *due)}
    groups = (
        ("已超期", late),
        ("今日到期", [row for row in due if row.kind is not MatterKind.MEETING]),
        ("今日会议", meetings),
        ("待办", [row for row in mine if row.id not in shown]),
    )
    lines = [_line(name, row) for name, rows in groups for row in rows]
    out = copies.out(office, 0, COPIES_SHOWN).rows
    back = [one for one in out if one.copy.due_on is not None and one.copy.due_on <= day]
    lines += [
        ["应还份", one.copy.copy_number, one.matter.title, _mark(one.matter), _day_of(one), one.copy.holder, ""]
        for one in back
    ]
    lines += [["印章", *line] for line in seal_custody.daily_lines(office)]
    return _Sheet(lines, _highest([*(row for _, rows in groups for row in rows), *(one.matter for one in back)]))


def _line(name: str, row: MatterRow) -> list[str]:
    due = f"{row.due_on:%m-%d}" if row.due_on else ""
    return [name, row.number or word(row.kind), row.title, _mark(row), due, row.holder, ""]


def _day_of(one: CopyOut) -> str:
    return f"{one.copy.due_on:%m-%d}" if one.copy.due_on else ""


def _mark(row: MatterRow) -> str:
    return secrecy_mark(row.level, row.secrecy_years)


def _highest(rows: Iterable[MatterRow]) -> Classification:
    return max((row.level for row in rows), default=Classification.PUBLIC)


def overnight(office: Office, year: int) -> PdfPaper:
    """案不过夜 清查: what came in and has not moved, the oldest first."""
    del year
    rows = list(ledgers.rows(office, UNMOVED))
    day = office.today()
    lines = [_line(_nights((day - row.created_on).days), row) for row in rows]
    with office.look() as act:
        act.record_other("worksheet.overnight.printed", rows=len(rows))
    return _printed(office, _Sheet(lines, _highest(rows)), "案不过夜清查单")


def _nights(nights: int) -> str:
    return f"已过 {nights} 夜" if nights else "今日来文"


def _printed(office: Office, sheet: _Sheet, title: str) -> PdfPaper:
    level = sheet.level
    pdf = ledger(
        title,
        COLUMNS,
        sheet.lines,
        office=settings.read_settings(office).office_name,
        year=office.today().year,
        level_mark=LEVEL_WORDS[level] if level > Classification.PUBLIC else "",
        made_at=office.now(),
    )
    return PdfPaper(pdf, f"{title} {office.today():%Y-%m-%d}.pdf")
