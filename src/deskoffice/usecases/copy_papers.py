"""Printed lists of copies: 清点表, 清退清单, 销毁清册."""

from collections.abc import Mapping, Sequence

from deskoffice.domain.copies import BatchKind, BatchState, CopyPlace
from deskoffice.domain.values import LEVEL_WORDS, Classification, chinese_date, secrecy_mark
from deskoffice.paper.forms.model import Values
from deskoffice.paper.ledger import Column, ledger
from deskoffice.storage.circulation.incoming import IncomingRecord
from deskoffice.usecases import copies, copy_batches, settings
from deskoffice.usecases.copy_batches import BatchLine, BatchRow
from deskoffice.usecases.office import Office
from deskoffice.usecases.previews import PdfPaper
from deskoffice.usecases.printing import filled, trace
from deskoffice.usecases.table_papers import Table, taken_out
from deskoffice.usecases.words import word


def paper(office: Office, batch_id: int) -> PdfPaper:
    """The list as its kind is printed; the printing stands in the log."""
    row, lines = copy_batches.batch(office, batch_id), copy_batches.lines(office, batch_id)
    makers = {
        BatchKind.COUNT: _count,
        BatchKind.CLEARING: _clearing,
        BatchKind.DESTRUCTION: _destruction,
    }
    with office.act() as act:
        act.record_other("circulation.copies.list_printed", f"batch:{batch_id}")
    name = f"{word(row.kind)} {row.unit}{row.year or ''} {row.on:%Y%m%d}.pdf"
    return PdfPaper(makers[row.kind](office, row, lines), name)


def _highest(lines: Sequence[BatchLine]) -> str:
    level = max((line.out.matter.level for line in lines), default=Classification.PUBLIC)
    return LEVEL_WORDS[level] if level > Classification.PUBLIC else ""


def _count(office: Office, row: BatchRow, lines: Sequence[BatchLine]) -> bytes:
    columns = [Column("文号", 42), Column("标题", 92), Column("密级", 24), Column("份号", 20), Column("在谁手里", 30)]
    columns += [Column("清点", 26), Column("备注", 36)]
    cells = []
    for line in lines:
        matter, copy = line.out.matter, line.out.copy
        number = matter.document_number or matter.number
        mark = secrecy_mark(matter.level, matter.secrecy_years)
        state = f"在位 {line.seen_at:%H:%M}" if line.seen_at else "未见"
        note = f"借出，应还 {copy.due_on:%m-%d}" if line.out.place is CopyPlace.LENT and copy.due_on else ""
        cells.append([number, matter.title, mark, copy.copy_number, copy.holder, state, note])
    title = (
        f"下班前清点表　{chinese_date(row.on)}　应有 {row.total} 份，见到 {row.seen} 份，未见 {row.total - row.seen} 份"
    )
    return ledger(
        title,
        columns,
        cells,
        office=settings.read_settings(office).office_name,
        year=None,
        level_mark=_highest(lines),
        made_at=office.now(),
        trace=trace(office),
    )


def _listed(row: BatchRow, lines: Sequence[BatchLine]) -> list[BatchLine]:
    """Once closed the list has what went; before, everything that should go."""
    return [line for line in lines if line.seen_at is not None or row.state is not BatchState.DONE]


def _pages(office: Office, lines: Sequence[BatchLine]) -> Mapping[int, str]:
    ids = {line.out.matter.id for line in lines}
    with office.read() as session:
        found = {one: session.get(IncomingRecord, one) for one in ids}
    return {one: str(record.pages or "") for one, record in found.items() if record is not None}


def _clearing(office: Office, row: BatchRow, lines: Sequence[BatchLine]) -> bytes:
    listed = _listed(row, lines)
    pages = _pages(office, listed)
    rows = [
        {
            "number": str(at),
            "source_unit": line.out.matter.unit,
            "document_number": line.out.matter.document_number,
            "title": line.out.matter.title,
            "level": secrecy_mark(line.out.matter.level, line.out.matter.secrecy_years),
            "copy_number": line.out.copy.copy_number,
            "pages": pages.get(line.out.matter.id, ""),
            "note": "" if line.seen_at or row.state is BatchState.DONE else "未清点到",
        }
        for at, line in enumerate(listed, start=1)
    ]
    values: Values = {
        "level_mark": _highest(listed),
        "number": f"{row.on.year}-{row.id}",
        "returned_on": chinese_date(row.done_on or row.on),
        "unit": settings.read_settings(office).office_name,
        "receiving_unit": row.unit,
        "copies": rows,
        "total": f"{len(rows)} 份",
        "handler": row.made_by,
        "received_by": row.people,
    }
    return filled(office, "return_list", values)


def _destruction(office: Office, row: BatchRow, lines: Sequence[BatchLine]) -> bytes:
    listed = _listed(row, lines)
    pages = _pages(office, listed)
    rows = [
        {
            "number": str(at),
            "title": line.out.matter.title,
            "document_number": line.out.matter.document_number or line.out.matter.number,
            "level": secrecy_mark(line.out.matter.level, line.out.matter.secrecy_years),
            "copy_number": line.out.copy.copy_number,
            "pages": pages.get(line.out.matter.id, ""),
            "reason": "办理完毕，无保存价值",
            "note": "",
        }
        for at, line in enumerate(listed, start=1)
    ]
    approval = f"{row.approved_by}　批准" if row.approved_by else ""
    values: Values = {
        "level_mark": _highest(listed),
        "number": f"{row.on.year}-{row.id}",
        "registered_on": chinese_date(row.on),
        "unit": settings.read_settings(office).office_name,
        "carriers": rows,
        "total": f"{len(rows)} 份",
        "destroyed_on": chinese_date(row.done_on) if row.done_on else "",
        "way": row.way,
        "approval": approval,
        "counted_by": row.made_by,
        "witnesses": row.people,
    }
    return filled(office, "destruction_list", values)


def register(office: Office, place: CopyPlace | None) -> PdfPaper:
    """份数台账 of copies that are out: all of those this account may know."""
    found = copies.out(office, 0, copy_batches.MOST_LINES, place).rows
    columns = [Column("文号", 42), Column("标题", 92), Column("密级", 24), Column("份号", 20), Column("在谁手里", 34)]
    columns += [Column("自", 24), Column("应还", 24)]
    cells = [
        [
            one.matter.document_number or one.matter.number,
            one.matter.title,
            secrecy_mark(one.matter.level, one.matter.secrecy_years),
            one.copy.copy_number,
            one.copy.holder,
            one.copy.held_since.isoformat(),
            one.copy.due_on.isoformat() if one.copy.due_on else "",
        ]
        for one in found
    ]
    level = max((one.matter.level for one in found), default=Classification.PUBLIC)
    return taken_out(office, Table("copies_out", "在外份台账", columns, cells, level))
