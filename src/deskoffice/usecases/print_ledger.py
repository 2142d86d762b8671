"""Nothing is printed or exported unentered: the print ledger, and the mark that each copy carries."""

import re
import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePath

from sqlalchemy import ColumnElement

from deskoffice.domain.errors import EnvironmentFailure, RuleError
from deskoffice.domain.matters import MatterKind, MatterRow
from deskoffice.domain.prints import PrintOrder, PrintPage, PrintRow, PrintWay, Shift, check_order, check_shift
from deskoffice.domain.values import secrecy_mark
from deskoffice.paper import fonts, preview
from deskoffice.paper.trace import OfficialBarcode, PrintMark, joined, mark_copy, mark_document, mark_workbook
from deskoffice.storage import people, prints
from deskoffice.storage.matters import MatterRecord
from deskoffice.storage.prints import PrinterShiftRecord, PrintRecord
from deskoffice.usecases import matters, settings
from deskoffice.usecases.circulation import outgoing_paper
from deskoffice.usecases.office import CHINA, Act, Office
from deskoffice.usecases.previews import OUTGOING, STORED, PdfPaper

SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No sign that is read as another: 0 O 1 I L U are left out."""

CODE_LENGTH = 8
LINK = "DO1"


@dataclass(frozen=True, slots=True)
class Entered:
    """The copies as they may leave now, and the code by which their entry is found."""

    paper: PdfPaper
    code: str


@dataclass(frozen=True, slots=True)
class _Entry:
    """What the mark says."""

    code: str
    first_copy: int
    at: datetime
    link: str


def enter(office: Office, paper: PdfPaper, order: PrintOrder) -> Entered:
    """Enter the print or export, then give all its copies in one file, each with its mark."""
    is_pdf = paper.data.startswith(b"%PDF")
    pages = preview.page_count(paper.data) if is_pdf else 0
    check_order(order, pages)
    with office.act() as act:
        matter = act.matter(paper.matter_id) if paper.matter_id else None
        entry = _enter(act, paper, order, matter)
        barcode = _barcode(office, act, matter) if order.has_barcode else None
    if not is_pdf or (order.way is PrintWay.EXPORT and preview.is_signed(paper.data)):
        # A mark inside would break the signature that proves the file: the entry alone has to say where it went.
        mark = PrintMark(str(entry.first_copy), office.actor.name, entry.at, entry.code)
        return Entered(replace(paper, data=_marked(paper, mark)), entry.code)
    chosen = preview.chosen_pages(paper.data, order.first_page, order.last_page or pages)
    copies = [
        mark_copy(
            chosen,
            PrintMark(str(entry.first_copy + number), office.actor.name, entry.at, entry.code),
            fonts.load(),
            link=entry.link if order.has_link else "",
            barcode=barcode,
        )
        for number in range(order.copies)
    ]
    return Entered(replace(paper, data=joined(copies, is_duplex=order.is_duplex)), entry.code)


def save(office: Office, paper: PdfPaper, target: Path) -> str:
    """Enter an export and write the file; return the code by which its entry is found."""
    entered = enter(office, paper, PrintOrder(PrintWay.EXPORT))
    try:
        target.write_bytes(entered.paper.data)
    except OSError as error:
        raise EnvironmentFailure("file_not_written", name=target.name) from error
    return entered.code


def enter_folder(act: Act, what: str) -> str:
    """Enter an export of many files in the act that makes them; return the code by which its entry is found."""
    return _enter(act, PdfPaper(b"", what), PrintOrder(PrintWay.EXPORT), None).code


def _marked(paper: PdfPaper, mark: PrintMark) -> bytes:
    """What we made ourselves bears the mark; a file of others leaves as it came."""
    suffix = PurePath(paper.name).suffix.lower()
    if suffix == ".xlsx" and paper.kind != STORED:
        return mark_workbook(paper.data, mark)
    return mark_document(paper.data, mark) if suffix == ".docx" and paper.kind == OUTGOING else paper.data


def _enter(act: Act, paper: PdfPaper, order: PrintOrder, matter: MatterRecord | None) -> _Entry:
    code = "".join(secrets.choice(SIGNS) for _ in range(CODE_LENGTH))
    what = paper.kind or _kind(paper.name)
    matter_id = matter.id if matter else None
    first = prints.copies_made(act.session, what, matter_id) + 1
    action = "paper.copy.printed" if order.way is PrintWay.PRINT else "paper.copy.exported"
    subject = f"matter:{matter_id}" if matter_id else ""
    number = act.enter(action, subject, trace=code, paper=what, copies=order.copies, printer=order.target or None)
    act.session.add(
        PrintRecord(
            code=code,
            what=what,
            matter_id=matter_id,
            way=order.way.value,
            target=order.target,
            copies=order.copies,
            first_copy=first,
            pages=f"{order.first_page}-{order.last_page}" if order.last_page else "",
            account_id=act.actor.account_id,
            made_at=act.at,
            entry=number,
        )
    )
    name = matter.number if matter else what
    return _Entry(_shown(code), first, act.at.astimezone(CHINA), f"{LINK}:{name}:{code}")


def _kind(name: str) -> str:
    """The kind of paper in a file's name: what follows it may be a title that few may know."""
    return re.split(r"[ 　.（(〔《]", name, maxsplit=1)[0][:40] or "文件"


def _barcode(office: Office, act: Act, matter: MatterRecord | None) -> OfficialBarcode:
    if matter is None or matter.kind != MatterKind.OUTGOING:
        raise RuleError("print_no_barcode")
    document = outgoing_paper.signed_document(office, act.session, matter)
    return OfficialBarcode(
        number=f"{matter.number_order:020d}",
        issuer="、".join(document.issuers),
        kind=document.kind,
        document_number=document.document_number,
        addressee=document.addressee,
        title=document.title.replace("\n", ""),
        secrecy=secrecy_mark(document.classification, document.secrecy_years),
        urgency=document.urgency,
        dated_on=document.dated_on,
        reach="",
        maker=settings.settings_in(act.session).office_name,
        made_on=document.printed_on,
    )


def page(office: Office, typed: str, first: int, size: int) -> PrintPage:
    """Lines of the ledger that this account may see; a code, as printed, finds its line."""
    conditions: list[ColumnElement[bool]] = [prints.visible(office.actor)]
    if typed.strip():
        code = re.sub(r"[\s\-—－]", "", typed).upper()
        conditions.append(PrintRecord.code.startswith(code) | PrintRecord.what.contains(typed.strip()))
    with office.read() as session:
        total, found = prints.page(session, conditions, first, size)
        names = {row.id: row.name for row in people.accounts(session)}
        wanted = {record.matter_id for record in found if record.matter_id is not None}
        known = matters.matter_rows_by_id(office, session, wanted)
        return PrintPage(total, tuple(_row(record, names, known.get(record.matter_id or 0)) for record in found))


def _row(record: PrintRecord, names: dict[int, str], matter: MatterRow | None) -> PrintRow:
    return PrintRow(
        id=record.id,
        code=_shown(record.code),
        what=record.what,
        matter_id=matter.id if matter else None,
        number=matter.number if matter else "",
        title=matter.title if matter else "",
        way=PrintWay(record.way),
        target=record.target,
        copies=record.copies,
        first_copy=record.first_copy,
        pages=record.pages,
        account=names.get(record.account_id, ""),
        made_at=record.made_at.astimezone(CHINA),
        entry=record.entry,
    )


def _shown(code: str) -> str:
    return f"{code[:4]}-{code[4:]}"


def shift(office: Office, printer: str) -> Shift:
    """By how much this printer is corrected."""
    with office.read() as session:
        record = session.get(PrinterShiftRecord, printer)
        return Shift(record.right_mm, record.down_mm) if record else Shift()


def keep_shift(office: Office, printer: str, wanted: Shift) -> None:
    """Correct this printer from now on."""
    check_shift(wanted)
    with office.act() as act:
        act.session.merge(PrinterShiftRecord(printer=printer, right_mm=wanted.right, down_mm=wanted.down))
        act.record_other(
            "paper.printer.calibrated", printer=printer, right=f"{wanted.right:g}", down=f"{wanted.down:g}"
        )
