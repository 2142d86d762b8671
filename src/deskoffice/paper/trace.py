"""Marks on a print or export: copy, account, time and a code that finds the audit entry; bar codes when wanted."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from xml.sax.saxutils import escape

import pikepdf
import segno
from pdf417gen import encode

from deskoffice.domain.errors import PaperError
from deskoffice.domain.values import chinese_date
from deskoffice.paper import backend_pdf
from deskoffice.paper.fonts import Fonts, Role
from deskoffice.paper.geometry import LEFT, MM_PER_POINT
from deskoffice.paper.sheet import Colour, Page, Rule, Setter, Style

SMALL = Style(Role.SONG, 6.5, colour=Colour.GREY)
FOOT = 9.5
"""The baseline of the mark above the lower edge of the paper, over the line that says who made a form."""

QR_SIZE = 14.0
BARCODE_MODULE = 0.27
"""The finest module that a scan of 150 dots an inch still reads."""

BARCODE_LEFT, BARCODE_TOP = 95.0, 273.0
ROW_HEIGHT = 3
"""A row of a PDF417 symbol is three modules tall (GB/T 17172)."""

BARCODE_COLUMNS, BARCODE_LEVEL = 14, 4
LONGEST_BARCODE = 500
"""Bytes that fit between the page number and the foot of the paper."""

VERSION = "GB0626-2005"
ABSENT = "无"


@dataclass(frozen=True, slots=True)
class PrintMark:
    """Who made this copy and when; `code` is short and finds the audit entry."""

    copy_number: str
    account: str
    at: datetime
    code: str

    @property
    def words(self) -> str:
        copy = f"第{self.copy_number}份　" if self.copy_number else ""
        return f"{copy}{self.account}　{self.at:%Y-%m-%d %H:%M}　{self.code}"


@dataclass(frozen=True, slots=True)
class OfficialBarcode:
    """Fields of the document bar code (机关公文二维条码) in their order."""

    number: str
    issuer: str
    kind: str
    document_number: str
    addressee: str
    title: str
    secrecy: str
    urgency: str
    dated_on: date | None
    reach: str
    maker: str
    made_on: date | None

    @property
    def text(self) -> str:
        """Fields between ^, 无 for an empty one, | at the end."""
        dates = [chinese_date(day) if day else "" for day in (self.dated_on, self.made_on)]
        fields = (
            *(self.number, self.issuer, self.kind, self.document_number, self.addressee, self.title),
            *(self.secrecy, self.urgency, dates[0], self.reach, self.maker, dates[1]),
        )
        words = (field.replace("^", "").replace("|", "").strip() or ABSENT for field in fields)
        return "^".join((VERSION, *words)) + "^|"


def mark_copy(
    pdf: bytes, mark: PrintMark, fonts: Fonts, *, link: str = "", barcode: OfficialBarcode | None = None
) -> bytes:
    """A copy of the file with the mark at the foot of each page; the master is not touched.

    `link` becomes a QR code on each page, `barcode` a PDF417 symbol at the foot of page 1.
    """
    fonts.require(mark.words)
    setter = Setter(fonts)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        _take_off_signatures(document)
        pages = [
            _overlay_page(page, mark, setter, f"{number}/{len(document.pages)}")
            for number, page in enumerate(document.pages, 1)
        ]
        for page in pages if link else ():
            page.items += _qr_rules(link, page.width - 28.0, page.height - 21.0)
        if barcode is not None and pages:
            pages[0].items += _barcode_rules(barcode.text)
        with pikepdf.open(io.BytesIO(backend_pdf.draw(pages, fonts))) as overlay:
            for target, extra in zip(document.pages, overlay.pages, strict=True):
                target.add_overlay(extra, None)
        out = io.BytesIO()
        document.save(out, deterministic_id=True)
    return out.getvalue()


def joined(copies: Sequence[bytes], *, is_duplex: bool) -> bytes:
    """Copies one behind the other; printed on both sides, each begins on a new sheet."""
    if len(copies) == 1:
        return copies[0]
    with pikepdf.open(io.BytesIO(copies[0])) as document:
        for number, copy in enumerate(copies):
            if number:
                with pikepdf.open(io.BytesIO(copy)) as other:
                    document.pages.extend(other.pages)
            box = document.pages[-1].mediabox
            if is_duplex and len(document.pages) % 2 and number < len(copies) - 1:
                document.add_blank_page(page_size=(int(box[2]), int(box[3])))
        out = io.BytesIO()
        document.save(out, deterministic_id=True)
    return out.getvalue()


def mark_workbook(data: bytes, mark: PrintMark) -> bytes:
    """The workbook with the mark at the foot of each printed page."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data))
    for sheet in book.worksheets:
        if sheet.oddFooter is not None:
            sheet.oddFooter.left.text = mark.words
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def mark_document(data: bytes, mark: PrintMark) -> bytes:
    """The Word file of ours with the mark among its properties (文档属性, 备注): its pages are to be worked on."""
    core = "docProps/core.xml"
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in given.infolist():
            part = given.read(entry)
            if entry.filename == core:
                said = f"<dc:description>{escape(mark.words)}</dc:description></cp:coreProperties>"
                part = part.replace(b"</cp:coreProperties>", said.encode())
            made.writestr(entry, part)
    return out.getvalue()


def _take_off_signatures(document: pikepdf.Pdf) -> None:
    """Their pictures stay, as ink on the page: a signature covers the file that was signed, and a copy is another."""
    if "/AcroForm" not in document.Root:
        return
    document.flatten_annotations("print")
    for page in document.pages:
        left = [one for one in page.get("/Annots", ()) if one.get("/Subtype") != pikepdf.Name.Widget]
        page.obj.Annots = pikepdf.Array(left)
    for key in ("/AcroForm", "/Perms"):
        if key in document.Root:
            del document.Root[key]


def _overlay_page(target: pikepdf.Page, mark: PrintMark, setter: Setter, number: str) -> Page:
    box = [float(edge) * MM_PER_POINT for edge in target.mediabox]
    page = Page(width=box[2] - box[0], height=box[3] - box[1])
    setter.text(page, f"{mark.words}　{number}", LEFT, page.height - FOOT, SMALL)
    return page


def _qr_rules(text: str, left: float, top: float) -> list[Rule]:
    modules = [list(row) for row in segno.make(text, error="m", micro=False).matrix]
    side = QR_SIZE / len(modules)
    return _rules(modules, left, top, side, side)


def _barcode_rules(text: str) -> list[Rule]:
    if len(text.encode("gb18030")) > LONGEST_BARCODE:
        raise PaperError("paper_barcode_too_long", most=LONGEST_BARCODE)
    codes = encode(text, columns=BARCODE_COLUMNS, security_level=BARCODE_LEVEL, encoding="gb18030")
    rows = [[int(bit) for word in row for bit in f"{word:b}"] for row in codes]
    return _rules(rows, BARCODE_LEFT, BARCODE_TOP, BARCODE_MODULE, BARCODE_MODULE * ROW_HEIGHT)


def _rules(modules: Sequence[Sequence[int]], left: float, top: float, wide: float, tall: float) -> list[Rule]:
    """Dark modules of each row, neighbours joined, as rules: sharp at every resolution."""
    rules: list[Rule] = []
    for number, row in enumerate(modules):
        y, column = top + (number + 0.5) * tall, 0
        for is_dark, group in groupby(row):
            count = len(list(group))
            if is_dark:
                rules.append(Rule(left + column * wide, y, left + (column + count) * wide, y, tall))
            column += count
    return rules
