"""Writes an official document for Word and WPS: same page and grid, fonts by role, real page-number fields."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from deskoffice.domain.values import chinese_date, secrecy_mark
from deskoffice.paper import docx_parts as parts
from deskoffice.paper.clean import heading_length
from deskoffice.paper.geometry import CELL, HEIGHT, MM_PER_POINT, ROWS, SIZE_3, WIDTH, em
from deskoffice.paper.head import LARGEST_MARK, LETTER_MARK_TOP, MARK_TOP, SIGNER_LABEL
from deskoffice.paper.model import Block, Layout, OfficialDocument, Paragraph, Table
from deskoffice.paper.title import title_lines

WORD_PITCH = HEIGHT / ROWS
"""Word divides the type area evenly; the standard's grid ends with half a gap less."""

INVALID = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
TAB = "<w:r><w:tab/></w:r>"
THICK, THIN = 8, 6
"""Rules of the imprint in eighths of a point: 0.35 and 0.25 mm."""


def write_docx(document: OfficialDocument) -> bytes:
    """The document as a .docx file; the same document gives the same bytes."""
    body = "".join(_Writer(document).blocks())
    is_letter = document.layout is Layout.LETTER and bool(document.issuer_mark)
    text = (
        f"{parts.PROLOGUE}<w:document {parts.NAMESPACES}><w:body>{body}"
        f"{parts.section(bare_first_page=is_letter)}</w:body></w:document>"
    )
    title = document.title.replace("\n", "") or document.document_number
    return parts.package(text, title=_clean(title), author="、".join(document.issuers), bare_first_page=is_letter)


def _clean(text: str) -> str:
    return INVALID.sub("", text)


def run(text: str, properties: str = "") -> str:
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(_clean(text))}</w:t></w:r>' if text else ""


def paragraph(style: str, content: str, properties: str = "") -> str:
    """`properties` are children of w:pPr that stand behind w:pStyle, in schema order."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


def blank(count: int = 1) -> str:
    return paragraph("Flush", "") * count


def _length(text: str) -> float:
    """Width in characters: digits and letters are half as wide."""
    return sum(0.5 if one.isascii() else 1.0 for one in text)


def _before(mm: float) -> str:
    return f'<w:spacing w:before="{max(parts.twips(mm), 0)}" w:after="0"/>'


@dataclass(frozen=True, slots=True)
class _Writer:
    """The blocks of one document, in order."""

    document: OfficialDocument

    def blocks(self) -> Iterator[str]:
        document = self.document
        yield from self._head()
        if document.title:
            lines = [run(line) for line in title_lines(document.title, document.issuers)]
            yield paragraph("Title", "<w:r><w:br/></w:r>".join(lines))
            yield blank()
        if document.addressee:
            yield paragraph("Flush", run(document.addressee.strip().rstrip("：:") + "："))
        yield from _text(document.blocks)
        yield from self._attachment_note()
        yield from self._signature()
        for number, attachment in enumerate(document.attachments, 1):
            if attachment.blocks:
                yield from self._attachment(number, attachment.title, attachment.blocks)
        yield from self._imprint()

    def _head(self) -> Iterator[str]:
        lines = self._secrecy()
        if not self.document.issuer_mark:
            yield from lines
            if self.document.document_number:
                yield paragraph("Number", run(self.document.document_number))
            if lines or self.document.document_number:
                yield blank()
            return
        if self.document.layout is Layout.LETTER:
            yield from self._letter_head(lines)
            return
        yield from lines
        top = MARK_TOP[self.document.layout] - len(lines) * WORD_PITCH
        yield from self._mark(top)
        yield blank(2)
        yield from self._number()
        yield blank(2)

    def _secrecy(self) -> list[str]:
        document = self.document
        mark = secrecy_mark(document.classification, document.secrecy_years)
        lines = [paragraph("Flush", run(document.copy_number.zfill(6)))] if document.copy_number else []
        if mark and not lines and document.layout is not Layout.LETTER:
            lines.append(blank())
        return [*lines, *(paragraph("Secrecy", run(word)) for word in (mark, document.urgency) if word)]

    def _mark(self, top: float) -> Iterator[str]:
        names = self.document.issuer_mark
        if len(names) == 1:
            yield paragraph("Mark", run(names[0], self._mark_face(len(names[0]))), _before(top))
            return
        suffix = "文件" if names[-1].endswith("文件") else ""
        plain = [name.removesuffix("文件") for name in names]
        size = self._mark_face(max(len(name) for name in plain) + len(suffix) + 1)
        if top > 0:
            yield paragraph("Flush", "", f'<w:spacing w:line="{parts.twips(top)}" w:lineRule="exact"/>')
        rows = "".join(paragraph("Mark", run(name, size), '<w:jc w:val="distribute"/>') for name in plain)
        width = parts.twips(WIDTH)
        left = round(width * (0.76 if suffix else 1))
        cell = '<w:tc><w:tcPr><w:tcW w:w="{}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{}</w:tc>'
        cells = cell.format(left, rows)
        cells += cell.format(width - left, paragraph("Mark", run(suffix, size))) if suffix else ""
        grid = _grid([left, width - left] if suffix else [width])
        yield f"<w:tbl>{_table_properties(width)}{grid}<w:tr>{cells}</w:tr></w:tbl>"

    def _mark_face(self, characters: float) -> str:
        size = min(WIDTH / characters / MM_PER_POINT, LARGEST_MARK)
        return parts.face(parts.BIAO, int(size * 2) / 2, latin=parts.BIAO, colour=parts.RED)

    def _number(self) -> Iterator[str]:
        """The number with the red line 4 mm below; signatories on the right of an upward document."""
        document = self.document
        line = f'<w:pBdr><w:bottom w:val="single" w:sz="16" w:space="8" w:color="{parts.RED}"/></w:pBdr>'
        if document.layout is Layout.ORDER:
            yield paragraph("Number", run(document.document_number))
        elif document.layout is Layout.UPWARD:
            left, right = parts.twips(CELL), parts.twips(WIDTH - CELL)
            tabs = f'<w:tabs><w:tab w:val="left" w:pos="{left}"/><w:tab w:val="right" w:pos="{right}"/></w:tabs>'
            names = "\u3000".join(document.signers)
            signed = run(SIGNER_LABEL) + run(names, parts.face(parts.KAI, SIZE_3)) if names else ""
            # Tabs, not an indent: the red line is the paragraph's border and would be indented with it.
            content = f"{TAB}{run(document.document_number)}{TAB}{signed}"
            yield paragraph("Number", content, line + tabs + '<w:jc w:val="left"/>')
        else:
            yield paragraph("Number", run(document.document_number), line)

    def _letter_head(self, lines: Sequence[str]) -> Iterator[str]:
        """The mark stands above the type area: in a frame, 30 mm from the edge of the paper."""
        document = self.document
        name = document.issuer_mark[0].removesuffix("文件")
        frame = (
            f'<w:framePr w:w="{parts.twips(170)}" w:hSpace="0" w:wrap="notBeside" w:vAnchor="page" w:hAnchor="page" '
            f'w:x="{parts.twips(20)}" w:y="{parts.twips(LETTER_MARK_TOP)}"/>'
        )
        rule = f'<w:pBdr><w:bottom w:val="thickThinSmallGap" w:sz="24" w:space="8" w:color="{parts.RED}"/></w:pBdr>'
        yield paragraph("Mark", run(name, self._mark_face(len(name))), frame + rule)
        yield paragraph("Number", run(document.document_number), '<w:jc w:val="right"/>')
        yield from lines
        yield blank(2)

    def _attachment_note(self) -> Iterator[str]:
        titles = [attachment.title for attachment in self.document.attachments]
        if titles:
            yield blank()
        for number, title in enumerate(titles, 1):
            mark = f"{number}. " if len(titles) > 1 else ""
            label, own = ("附件：", 3.0) if number == 1 else ("", 0.0)
            hang = own + _length(mark)
            left = 5.0 + _length(mark)
            yield paragraph("Flush", run(label + mark + title), parts.indent(-hang, left))

    def _signature(self) -> Iterator[str]:
        document = self.document
        date = chinese_date(document.dated_on) if document.dated_on else ""
        if document.layout is Layout.ORDER and document.signers:
            yield blank(2)
            yield paragraph("Signature", run(document.signers[0].replace(" ", "\u3000\u3000")), parts.indent(0, 0, 4))
            yield blank() + paragraph("Signature", run(date), parts.indent(0, 0, 4))
        elif document.issuers or date:
            yield blank(2 if document.seals else 1)
            names, right = self._signature_indents(_length(date))
            for name, inset in zip(document.issuers, names, strict=True):
                yield paragraph("Signature", run(name), parts.indent(0, 0, inset))
            if date:
                yield paragraph("Signature", run(date), parts.indent(0, 0, right))
        if document.note:
            yield paragraph("Normal", run(f"（{document.note.strip('（）()')}）"))

    def _signature_indents(self, date: float) -> tuple[list[float], float]:
        """Right insets of the names and of the date in characters, as 7.3.5 has them with and without a seal."""
        widths = [_length(name) for name in self.document.issuers]
        if self.document.seals:
            return [max(4 + (date - width) / 2, 0.0) for width in widths], 4.0
        widest = max(widths, default=0.0)
        right = widest - date if widest - date >= 2 else 2.0
        left = max(widest + 2, right + date + 2)
        return [left - width for width in widths], right

    def _attachment(self, number: int, title: str, blocks: Sequence[Block]) -> Iterator[str]:
        mark = f"附件{number}" if len(self.document.attachments) > 1 else "附件"
        yield paragraph("AttachmentMark", run(mark), "<w:pageBreakBefore/>")
        lines = [run(line) for line in title_lines(title, self.document.issuers)]
        yield blank() + paragraph("Title", "<w:r><w:br/></w:r>".join(lines)) + blank()
        yield from _text(blocks)

    def _imprint(self) -> Iterator[str]:
        """A table that floats to the foot of the last page, with thick outer and thin inner rules."""
        document = self.document
        rows: list[str] = []
        if document.copy_to:
            units = "，".join(unit.strip("，,。；; ") for unit in document.copy_to)
            rows.append(paragraph("Imprint", run(f"抄送：{units}。"), parts.indent(-3, 4, 1)))
        if document.print_office and document.layout is not Layout.LETTER:
            printed_on = document.printed_on or document.dated_on
            date = f"{chinese_date(printed_on)}印发" if printed_on else ""
            tab = f'<w:tabs><w:tab w:val="right" w:pos="{parts.twips(WIDTH - em(14))}"/></w:tabs>'
            rows.append(paragraph("Imprint", run(document.print_office) + TAB + run(date), tab))
        elif document.layout is not Layout.LETTER:
            return
        if rows:
            yield _floating_table(rows, has_rules=document.layout is not Layout.LETTER)
            yield paragraph("Flush", "", '<w:spacing w:line="20" w:lineRule="exact"/>')


def _text(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Table):
            yield _table(block)
        elif isinstance(block, Paragraph):
            yield _paragraph(block)


def _paragraph(block: Paragraph) -> str:
    """A heading is a heading style; one that runs on into text keeps its face up to its full stop only."""
    if block.level == 0:
        return paragraph("Normal", run(block.text))
    stop = heading_length(block.text, block.level)
    if stop == len(block.text):
        return paragraph(f"Heading{block.level}", run(block.text))
    faces = {1: parts.face(parts.HEI, SIZE_3, latin=parts.HEI), 2: parts.face(parts.KAI, SIZE_3)}
    return paragraph("Normal", run(block.text[:stop], faces.get(block.level, "")) + run(block.text[stop:]))


def _table(table: Table) -> str:
    count = max((len(row) for row in table.rows), default=0)
    if count == 0:
        return ""
    width = parts.twips(WIDTH)
    edge = '<w:{0} w:val="single" w:sz="6" w:space="0" w:color="000000"/>'
    sides = "".join(edge.format(side) for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    rows = []
    for number, cells in enumerate(table.rows):
        properties = (
            "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if number == 0 else "<w:trPr><w:cantSplit/></w:trPr>"
        )
        padded = (*cells, *[""] * (count - len(cells)))
        style = parts.face(parts.HEI, 12, latin=parts.HEI) if number == 0 else ""
        content = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width // count}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
            f"{paragraph('Cell', run(cell, style))}</w:tc>"
            for cell in padded
        )
        rows.append(f"<w:tr>{properties}{content}</w:tr>")
    return f"<w:tbl>{_table_properties(width, sides)}{_grid([width // count] * count)}{''.join(rows)}</w:tbl>"


def _table_properties(width: int, sides: str = "", place: str = "") -> str:
    borders = f"<w:tblBorders>{sides}</w:tblBorders>" if sides else ""
    return f'<w:tblPr>{place}<w:tblW w:w="{width}" w:type="dxa"/>{borders}<w:tblLayout w:type="fixed"/></w:tblPr>'


def _grid(widths: Sequence[int]) -> str:
    return "<w:tblGrid>" + "".join(f'<w:gridCol w:w="{width}"/>' for width in widths) + "</w:tblGrid>"


def _floating_table(rows: Sequence[str], *, has_rules: bool) -> str:
    width = parts.twips(WIDTH)
    place = (
        '<w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin" w:horzAnchor="margin" '
        'w:tblpXSpec="center" w:tblpYSpec="bottom"/><w:tblOverlap w:val="never"/>'
    )
    edge = '<w:{0} w:val="single" w:sz="{1}" w:space="0" w:color="000000"/>'
    sides = "".join(edge.format(*one) for one in (("top", THICK), ("bottom", THICK), ("insideH", THIN)))
    cell = '<w:tr><w:tc><w:tcPr><w:tcW w:w="{}" w:type="dxa"/></w:tcPr>{}</w:tc></w:tr>'
    content = "".join(cell.format(width, row) for row in rows)
    return f"<w:tbl>{_table_properties(width, sides if has_rules else '', place)}{_grid([width])}{content}</w:tbl>"
