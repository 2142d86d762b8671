"""Printed lists of copies: 清点表, 清退清单, 销毁清册, 份数台账, 借阅登记簿."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deskoffice.domain.copies import BatchKind, BatchState, CopyMove, CopyPlace
from deskoffice.domain.matters import MatterRow
from deskoffice.domain.values import LEVEL_WORDS, Classification, chinese_date, secrecy_mark
from deskoffice.paper.forms.model import Values
from deskoffice.paper.ledger import Column, ledger
from deskoffice.storage.circulation.incoming import IncomingRecord
from deskoffice.storage.copies import CopyEventRecord
from deskoffice.storage.matters import CopyRecord
from deskoffice.usecases import copies, copy_batches, matters, settings
from deskoffice.usecases.copies import CopyOut
from deskoffice.usecases.copy_batches import BatchLine, BatchRow
from deskoffice.usecases.office import CHINA, Office
from deskoffice.usecases.previews import PdfPaper
from deskoffice.usecases.printing import Book, bound, day, filled, trace
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
    """份数台账 of copies that are out, all of those this account may know; of those lent the book of the year."""
    if place is CopyPlace.LENT:
        return bound(office, loans(office, office.today().year))
    found = copies.out(office, 0, copy_batches.MOST_LINES, place).rows
    level = max((one.matter.level for one in found), default=Classification.PUBLIC)
    return bound(office, Book("copy_register", tuple(_copy(one) for one in found), level))


def _copy(one: CopyOut) -> dict[str, str]:
    return _head(one.matter, one.copy.copy_number) | {
        "holder": one.copy.holder,
        "held_since": day(one.copy.held_since),
        "due_on": day(one.copy.due_on),
        "ending": word(one.place),
    }


def _head(matter: MatterRow, copy_number: str) -> dict[str, str]:
    return {
        "document_number": matter.document_number or matter.number,
        "title": matter.title,
        "level": secrecy_mark(matter.level, matter.secrecy_years),
        "copy_number": copy_number,
    }


def loans(office: Office, year: int) -> Book:
    """文件借阅登记簿: every copy lent in a year, and when it came back."""
    begin, end = (datetime(one, 1, 1, tzinfo=CHINA) for one in (year, year + 1))
    with office.read() as session:
        query = (
            select(CopyEventRecord, CopyRecord)
            .join(CopyRecord, CopyRecord.id == CopyEventRecord.copy_id)
            .where(CopyEventRecord.event == CopyMove.LENT.value, CopyEventRecord.at.between(begin, end))
            .order_by(CopyEventRecord.id)
        )
        lent = [(event, copy) for event, copy in session.execute(query)]
        papers = matters.matter_rows_by_id(office, session, {copy.matter_id for _, copy in lent})
        known = [(event, copy) for event, copy in lent if copy.matter_id in papers]
        lines = [_loan(session, event, copy, papers[copy.matter_id]) for event, copy in known]
    level = max((row.level for row in papers.values()), default=Classification.PUBLIC)
    return Book("loan_register", tuple(lines), level, year)


def _loan(session: Session, lent: CopyEventRecord, copy: CopyRecord, matter: MatterRow) -> dict[str, str]:
    query = select(func.min(CopyEventRecord.at)).where(
        CopyEventRecord.copy_id == copy.id,
        CopyEventRecord.id > lent.id,
        CopyEventRecord.event.in_([CopyMove.GIVEN_BACK.value, CopyMove.CLEARED.value]),
    )
    back = session.scalar(query)
    return _head(matter, copy.copy_number) | {
        "lent_on": day(lent.at.astimezone(CHINA).date()),
        "borrower": lent.to_holder,
        "approver": lent.approver,
        "due_on": day(lent.due_on),
        "returned_on": day(back.astimezone(CHINA).date()) if back else "",
    }
