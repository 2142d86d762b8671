"""发文登记簿 of a year, and the 文件分发清单 of one document: what was issued, and to whom each copy went."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from sqlalchemy import select

from deskoffice.domain.copies import CopyMove, CopyOrigin
from deskoffice.domain.errors import RuleError
from deskoffice.domain.matters import ENDED, MatterKind, MatterRow
from deskoffice.domain.values import Classification, secrecy_mark
from deskoffice.storage.circulation.outgoing import OutgoingRecord
from deskoffice.storage.copies import CopyEventRecord
from deskoffice.storage.matter_queries import entered_in, may_know
from deskoffice.storage.matters import CopyRecord, MatterRecord
from deskoffice.usecases import matters, printing
from deskoffice.usecases.office import Act, Office
from deskoffice.usecases.previews import PdfPaper
from deskoffice.usecases.printing import Book, day
from deskoffice.usecases.words import word

PAGE = 500


def register(office: Office, year: int | None) -> Book:
    """Every document drafted in a year in the order of the numbers; those without one at the beginning."""
    with office.read() as session:
        query = (
            select(MatterRecord, OutgoingRecord)
            .join(OutgoingRecord, OutgoingRecord.matter_id == MatterRecord.id)
            .where(*entered_in(year), may_know(office.actor))
            .order_by(MatterRecord.number_order, MatterRecord.id)
        )
        found = [(matter, record) for matter, record in session.execute(query)]
        lines, level = [], Classification.PUBLIC
        for start in range(0, len(found), PAGE):
            some = found[start : start + PAGE]
            rows = matters.rows(office, session, [matter for matter, _ in some])
            lines += [_line(row, record) for row, (_, record) in zip(rows, some, strict=True)]
            level = max(level, *(row.level for row in rows))
    return Book("outgoing_register", tuple(lines), level, year)


def _line(row: MatterRow, record: OutgoingRecord) -> dict[str, str]:
    return {
        "number": row.document_number,
        "issued_on": day(record.dispatched_on),
        "title": row.title,
        "addressee": record.addressee,
        "level": secrecy_mark(row.level, row.secrecy_years),
        "urgency": word(row.urgency) if row.urgency else "",
        "draft_unit": row.unit,
        "signer": record.signer,
        "printed_copies": str(record.printed_copies),
        "note": word(row.state) if row.state in ENDED else row.holder,
    }


def distribution(office: Office, matter_id: int) -> PdfPaper:
    """To which unit how many copies went and which, to be signed for."""
    with office.look() as act:
        matter = act.matter(matter_id)
        if matter.kind != MatterKind.OUTGOING:
            raise RuleError("matter_missing")
        row = matters.rows(office, act.session, [matter])[0]
        handed = list(_handed_out(act, matter_id))
        if not handed:
            raise RuleError("outgoing_not_dispatched")
    lines = [_given(row, place, unit, numbers) for place, (unit, numbers) in enumerate(handed, start=1)]
    made = printing.bound(office, Book("distribution_list", tuple(lines), row.level, row.created_on.year))
    return replace(made, name=f"文件分发清单 {row.document_number}.pdf", matter_id=matter_id)


def _handed_out(act: Act, matter_id: int) -> Iterator[tuple[str, list[str]]]:
    """Each unit with the numbers it got; a copy that moved on was given to whoever had it first."""
    copies = act.session.scalars(
        select(CopyRecord)
        .where(CopyRecord.matter_id == matter_id, CopyRecord.origin == CopyOrigin.ORIGINAL.value)
        .order_by(CopyRecord.copy_number)
    ).all()
    events = act.session.execute(
        select(CopyEventRecord.copy_id, CopyEventRecord.from_holder)
        .where(CopyEventRecord.copy_id.in_([copy.id for copy in copies]), CopyEventRecord.event != CopyMove.MADE.value)
        .order_by(CopyEventRecord.id.desc())
    )
    first = {row.copy_id: row.from_holder for row in events}
    for unit, group in groupby(copies, lambda copy: first.get(copy.id) or copy.holder):
        yield unit, [copy.copy_number for copy in group]


def _given(row: MatterRow, place: int, unit: str, numbers: Sequence[str]) -> dict[str, str]:
    span = numbers[0] if len(numbers) == 1 else f"{numbers[0]}—{numbers[-1]}"
    return {
        "place": str(place),
        "document_number": row.document_number,
        "title": row.title,
        "unit": unit,
        "copies": str(len(numbers)),
        "copy_number": span,
    }
