"""Writes an official document for Word and WPS: same page and grid, fonts by role, real page-number fields."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

from deskoffice.domain.errors import PaperError
from deskoffice.domain.values import chinese_date
from deskoffice.paper import docx_parts as parts
from deskoffice.paper import fonts
from deskoffice.paper.clean import heading_length
from deskoffice.paper.docx_head import WordHead
from deskoffice.paper.docx_tables import imprint_table, table
from deskoffice.paper.docx_text import HAIR, LINE_END, TAB, blank, clean, length, paragraph, run, tabs, with_next
from deskoffice.paper.geometry import SIZE_3, TYPE_AREA, TYPE_AREA_TURNED, WIDTH, em
from deskoffice.paper.layout import ATTENDANCE, Choice, Composer
from deskoffice.paper.model import Block, Layout, OfficialDocument, Paragraph, Table
from deskoffice.paper.sheet import Setter
from deskoffice.paper.tables import needs_turning
from deskoffice.paper.title import title_lines

HEI = parts.face(parts.HEI, SIZE_3, latin=parts.HEI)
FACES = {1: HEI, 2: parts.face(parts.KAI, SIZE_3)}
NEW_PAGE = "<w:pageBreakBefore/>"


class Sheet(Enum):
    """What pages a part of the document stands on."""

    UPRIGHT = 1
    TURNED = 2
    IMPRINT = 3


Part = tuple[Sheet, str]


def write_docx(document: OfficialDocument) -> bytes:
    """The document as a .docx file; the same document gives the same bytes."""
    setter = Setter(fonts.load())
    choice = _choice(document, setter)
    written = _Writer(document, setter, choice).parts()
    sections = [(sheet, "".join(one for _, one in group)) for sheet, group in groupby(written, lambda part: part[0])]
    body = []
    for number, (sheet, content) in enumerate(sections):
        properties = _section(document, sheet, choice, is_first=number == 0)
        is_last = number == len(sections) - 1
        body.append(content + properties if is_last else _ended(content, properties))
    text = f"{parts.PROLOGUE}<w:document {parts.NAMESPACES}><w:body>{''.join(body)}</w:body></w:document>"
    title = document.title.replace("\n", "") or document.document_number
    return parts.package(text, title=clean(title), author="、".join(document.issuers))


def _ended(content: str, section: str) -> str:
    """The end of a section stands in its last paragraph; one more would not find room on a full page."""
    if not content.endswith("</w:p>"):
        return content + paragraph("Flush", "", HAIR + section)
    before, end, behind = content.rpartition("</w:pPr>")
    return before + section + end + behind


def _choice(document: OfficialDocument, setter: Setter) -> Choice:
    """How the printed page was made to fit; a paper that cannot be printed here can still be written."""
    try:
        return Composer(document, setter).compose().choice
    except PaperError:
        return Choice()


def _section(document: OfficialDocument, sheet: Sheet, choice: Choice, *, is_first: bool) -> str:
    is_letter = document.layout is Layout.LETTER and bool(document.issuer_mark)
    if sheet is Sheet.TURNED:
        return parts.section(turned=True)
    if sheet is Sheet.IMPRINT:
        return parts.section(first="bare" if choice.is_bare else "", starts="" if is_letter else "evenPage")
    return parts.section(first="letter" if is_letter and is_first else "")


@dataclass(frozen=True, slots=True)
class _Writer:
    """The parts of one document, in order."""

    document: OfficialDocument
    setter: Setter
    choice: Choice

    def parts(self) -> Iterator[Part]:
        yield from ((Sheet.UPRIGHT, block) for block in self._opening())
        text = list(self._text(self.document.blocks))
        signed = list(self._signature())
        yield from text[:-1]
        yield from ((sheet, with_next(block) if signed else block) for sheet, block in text[-1:])
        yield from ((Sheet.UPRIGHT, with_next(block)) for block in (*self._attachment_note(), *signed[:-1]))
        yield from ((Sheet.UPRIGHT, block) for block in signed[-1:])
        for number, attachment in enumerate(self.document.attachments, 1):
            if attachment.blocks:
                yield from self._attachment(number, attachment.title, attachment.blocks)
        sheet = Sheet.IMPRINT if self.choice.imprint_apart else Sheet.UPRIGHT
        yield from ((sheet, block) for block in self._imprint())

    def _opening(self) -> Iterator[str]:
        document = self.document
        yield from WordHead(document, self.choice.mark_height).blocks()
        if document.title:
            yield self._title(document.title) + blank()
        if document.addressee and self.choice.has_addressee:
            yield paragraph("Flush", run(document.addressee.strip().rstrip("：:") + "："))

    def _title(self, title: str) -> str:
        return paragraph("Title", LINE_END.join(run(line) for line in title_lines(title, self.document.issuers)))

    def _text(self, blocks: Sequence[Block]) -> Iterator[Part]:
        attended = False
        for block in blocks:
            if isinstance(block, Table):
                is_turned = needs_turning(block, self.setter)
                area = TYPE_AREA_TURNED if is_turned else TYPE_AREA
                yield Sheet.TURNED if is_turned else Sheet.UPRIGHT, table(block, self.setter, area)
            elif self.document.layout is Layout.MINUTES and (label := ATTENDANCE.match(block.text)):
                before = "" if attended else blank()
                attended = True
                yield Sheet.UPRIGHT, before + _attendance(block.text, label.end())
            else:
                yield Sheet.UPRIGHT, _paragraph(block)

    def _attachment_note(self) -> Iterator[str]:
        titles = [attachment.title for attachment in self.document.attachments]
        if titles:
            yield blank()
        for number, title in enumerate(titles, 1):
            mark = f"{number}. " if len(titles) > 1 else ""
            label, own = ("附件：", 3.0) if number == 1 else ("", 0.0)
            hang = own + length(mark)
            left = 5.0 + length(mark)
            yield paragraph("Flush", run(label + mark + title), parts.indent(-hang, left))

    def _signature(self) -> Iterator[str]:
        document = self.document
        date = chinese_date(document.dated_on) if document.dated_on else ""
        # Minutes with a head name their office and date there.
        is_in_head = document.layout is Layout.MINUTES and bool(document.issuer_mark and document.issuers)
        if document.layout is Layout.ORDER and document.signers:
            yield blank(2)
            post, _, name = document.signers[0].rpartition(" ")
            spaced = run("\u3000".join(name) if len(name) == 2 else name, FACES[2])
            yield paragraph("Signature", run(f"{post}\u3000\u3000" if post else "") + spaced, parts.indent(0, 0, 4))
            yield blank() + paragraph("Signature", run(date), parts.indent(0, 0, 4))
        elif (document.issuers or date) and not is_in_head:
            yield blank(2 if document.seals else 1)
            names, right = self._signature_indents(length(date))
            for name, inset in zip(document.issuers, names, strict=True):
                yield paragraph("Signature", run(name), parts.indent(0, 0, inset))
            if date:
                yield paragraph("Signature", run(date), parts.indent(0, 0, right))
        if document.note:
            yield paragraph("Normal", run(f"（{document.note.strip('（）()')}）"))

    def _signature_indents(self, date: float) -> tuple[list[float], float]:
        """Right insets of the names and of the date in characters, as 7.3.5 has them with and without a seal."""
        widths = [length(name) for name in self.document.issuers]
        if self.document.seals:
            return [max(4 + (date - width) / 2, 0.0) for width in widths], 4.0
        widest = max(widths, default=0.0)
        right = widest - date if widest - date >= 2 else 2.0
        left = max(widest + 2, right + date + 2)
        return [left - width for width in widths], right

    def _attachment(self, number: int, title: str, blocks: Sequence[Block]) -> Iterator[Part]:
        """A page of its own; a table too wide for it takes mark and title along."""
        first = blocks[0]
        is_turned = isinstance(first, Table) and needs_turning(first, self.setter)
        mark = f"附件{number}" if len(self.document.attachments) > 1 else "附件"
        head = paragraph("AttachmentMark", run(mark), "" if is_turned else NEW_PAGE)
        yield Sheet.TURNED if is_turned else Sheet.UPRIGHT, head + blank() + self._title(title) + blank()
        yield from self._text(blocks)

    def _imprint(self) -> Iterator[str]:
        """What stands at the foot of the last page, with thick outer and thin inner rules."""
        document = self.document
        is_letter = document.layout is Layout.LETTER
        groups: list[list[str]] = [[]]
        if document.addressee and not self.choice.has_addressee:
            groups[0].append(_list_of("主送：", document.addressee.strip().rstrip("：:")))
        if document.copy_to:
            groups[0].append(_list_of("抄送：", "，".join(unit.strip("，,。；; ") for unit in document.copy_to)))
        if document.print_office and not is_letter:
            printed_on = document.printed_on or document.dated_on
            date = f"{chinese_date(printed_on)}印发" if printed_on else ""
            content = run(document.print_office) + TAB + run(date)
            groups.append([paragraph("Imprint", content, tabs(("right", WIDTH - em(14))))])
        elif not is_letter:
            return
        groups = [group for group in groups if group]
        if groups:
            # A table that floats does not begin a section in LibreOffice.
            yield paragraph("Flush", "", HAIR) + imprint_table(groups, has_rules=not is_letter)
            yield paragraph("Flush", "", HAIR)


def _list_of(label: str, units: str) -> str:
    return paragraph("Imprint", run(f"{label}{units}。"), parts.indent(-3, 4, 1))


def _attendance(text: str, label: int) -> str:
    """Who was there: the label in its own face, turned lines under the first name."""
    return paragraph("Normal", run(text[:label], HEI) + run(text[label:]), parts.indent(-label, 2 + label))


def _paragraph(block: Paragraph) -> str:
    """A heading is a heading style; one that runs on into text keeps its face up to its full stop only."""
    if block.level == 0:
        return paragraph("Normal", run(block.text))
    stop = heading_length(block.text, block.level)
    if stop == len(block.text):
        return paragraph(f"Heading{block.level}", run(block.text))
    return paragraph("Normal", run(block.text[:stop], FACES.get(block.level, "")) + run(block.text[stop:]))
