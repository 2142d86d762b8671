"""The head of page 1 (版头) for Word: copy number, secrecy, mark, number, signatories, red line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from deskoffice.domain.values import chinese_date, secrecy_mark
from deskoffice.paper import docx_parts as parts
from deskoffice.paper.docx_tables import NO_MARGINS, cell_of, grid_of, properties
from deskoffice.paper.docx_text import TAB, blank, length, paragraph, run, tabs
from deskoffice.paper.geometry import CELL, HEIGHT, ROWS, SIZE_3, WIDTH, em
from deskoffice.paper.head import (
    LETTER_MARK_TOP,
    MARK_GAP,
    MARK_LEADING,
    MARK_TOP,
    SIGNER_LABEL,
    mark_size,
    spaced_names,
)
from deskoffice.paper.model import Layout, OfficialDocument

WORD_PITCH = HEIGHT / ROWS
"""Word divides the type area evenly; the standard's grid ends with half a gap less."""

UNDER_MARK, UNDER_RED_LINE = 8.0, 9.2
"""Heights of the two free lines: number and title come to stand where they are on paper, measured in LibreOffice."""

RED_LINE = f'<w:pBdr><w:bottom w:val="single" w:sz="16" w:space="8" w:color="{parts.RED}"/></w:pBdr>'
CENTRED = '<w:jc w:val="center"/>'
LEFT_ALIGNED = '<w:jc w:val="left"/>'
KAI = parts.face(parts.KAI, SIZE_3)


def _mark_line(size: float, leading: float = 1.1, *, before: float = 0.0) -> str:
    """A line of exact height, so that what stands below does not depend on the font that a machine has."""
    above = max(parts.twips(before), 0)
    return f'<w:spacing w:before="{above}" w:after="0" w:line="{round(size * leading * 20)}" w:lineRule="exact"/>'


@dataclass(frozen=True, slots=True)
class WordHead:
    """The paragraphs above the title."""

    document: OfficialDocument
    mark_height: float

    def blocks(self) -> Iterator[str]:
        document, lines = self.document, self._secrecy()
        if not document.issuer_mark:
            yield from (paragraph(style, run(word)) for style, word in lines)
            if document.document_number:
                yield paragraph("Number", run(document.document_number))
            if lines or document.document_number:
                yield blank()
        elif document.layout is Layout.LETTER:
            yield from self._letter_head(lines)
        else:
            yield from (paragraph(style, run(word)) for style, word in lines)
            yield from self._mark(MARK_TOP[document.layout] - len(lines) * WORD_PITCH)
            yield blank(2, mm=UNDER_MARK)
            yield from self._number()
            yield blank(2, mm=UNDER_RED_LINE)

    def _secrecy(self) -> list[tuple[str, str]]:
        """Style and words of each line; an empty one keeps the level on line 2."""
        document = self.document
        mark = secrecy_mark(document.classification, document.secrecy_years)
        lines = [("Flush", document.copy_number.zfill(6))] if document.copy_number else []
        if mark and not lines and document.layout is not Layout.LETTER:
            lines.append(("Flush", ""))
        return [*lines, *(("Secrecy", word) for word in (mark, document.urgency) if word)]

    def _mark(self, top: float) -> Iterator[str]:
        names = self.document.issuer_mark
        if len(names) == 1:
            size = self._size(len(names[0]))
            yield paragraph("Mark", run(names[0], self._mark_face(size)), _mark_line(size, before=top))
            return
        if top > 0:
            yield paragraph("Flush", "", f'<w:spacing w:line="{parts.twips(top)}" w:lineRule="exact"/>')
        yield self._joint_mark()

    def _joint_mark(self) -> str:
        """The names spread to the width of the longest, 文件 beside them."""
        names = self.document.issuer_mark
        suffix = "文件" if names[-1].endswith("文件") else ""
        plain = [name.removesuffix("文件") for name in names]
        longest = max(len(name) for name in plain)
        size = self._size(longest + (len(suffix) + MARK_GAP) * bool(suffix), len(names))
        face, spacing = self._mark_face(size), _mark_line(size, MARK_LEADING)
        rows = "".join(paragraph("Mark", run(name, face), f'{spacing}<w:jc w:val="distribute"/>') for name in plain)
        # Half a point more: a name as wide as its cell would be broken for the rounding of its characters.
        widths = [parts.twips(longest * em(size)) + 10]
        cells = cell_of(widths[0], rows)
        if suffix:
            widths.append(parts.twips((len(suffix) + MARK_GAP) * em(size)) + 10)
            beside = paragraph("Mark", run(suffix, face), f'{spacing}<w:jc w:val="right"/>')
            cells += cell_of(widths[1], beside, '<w:vAlign w:val="center"/>')
        table = properties(sum(widths), margins=NO_MARGINS, alignment=CENTRED) + grid_of(widths)
        return f"<w:tbl>{table}<w:tr>{cells}</w:tr></w:tbl>"

    def _size(self, characters: float, rows: int = 1) -> float:
        # A little less than the width: what fills it to a hair is broken by the rounding of another program.
        return int(mark_size(characters + 0.1, rows, self.mark_height) * 2) / 2

    def _mark_face(self, size: float) -> str:
        return parts.face(parts.BIAO, size, latin=parts.BIAO, colour=parts.RED)

    def _number(self) -> Iterator[str]:
        """The number with the red line 4 mm below, and what stands beside or under it."""
        document = self.document
        if document.layout is Layout.ORDER:
            yield paragraph("Number", run(document.document_number))
        elif document.layout is Layout.UPWARD:
            yield from self._signed_number()
        elif document.layout is Layout.MINUTES and document.issuers:
            date = chinese_date(document.dated_on) if document.dated_on else ""
            yield paragraph("Number", run(document.document_number))
            # Tabs, not indents: the red line is the paragraph's border and would be indented with it.
            content = f"{TAB}{run('、'.join(document.issuers))}{TAB}{run(date)}"
            yield paragraph("Number", content, RED_LINE + tabs(("left", CELL), ("right", WIDTH - CELL)) + LEFT_ALIGNED)
        else:
            yield paragraph("Number", run(document.document_number), RED_LINE)

    def _signed_number(self) -> Iterator[str]:
        """Two signatories on a line, the number on the last."""
        signers = spaced_names(self.document.signers)
        pairs = [signers[at : at + 2] for at in range(0, len(signers), 2)] or [()]
        widest = max((length(name) for name in signers), default=0.0) * CELL
        first = WIDTH - CELL - min(len(signers), 2) * (widest + CELL) + CELL
        label = first - len(SIGNER_LABEL) * CELL
        stops = tabs(("left", CELL), ("left", label), ("left", first), ("left", first + widest + CELL))
        for number, names in enumerate(pairs):
            is_last = number == len(pairs) - 1
            said = run(self.document.document_number) if is_last else ""
            signed = TAB.join(run(name, KAI) for name in names)
            content = f"{TAB}{said}{TAB}{run(SIGNER_LABEL) if number == 0 and names else ''}{TAB}{signed}"
            yield paragraph("Number", content, (RED_LINE if is_last else "") + stops + LEFT_ALIGNED)

    def _letter_head(self, lines: Sequence[tuple[str, str]]) -> Iterator[str]:
        """The mark stands above the type area: in a frame, 30 mm from the edge of the paper."""
        document = self.document
        name = document.issuer_mark[0].removesuffix("文件")
        frame = (
            f'<w:framePr w:w="{parts.twips(170)}" w:hSpace="0" w:wrap="notBeside" w:vAnchor="page" w:hAnchor="page" '
            f'w:x="{parts.twips(20)}" w:y="{parts.twips(LETTER_MARK_TOP)}"/>'
        )
        rule = f'<w:pBdr><w:bottom w:val="thickThinSmallGap" w:sz="24" w:space="8" w:color="{parts.RED}"/></w:pBdr>'
        size = self._size(len(name))
        yield paragraph("Mark", run(name, self._mark_face(size)), frame + rule + _mark_line(size))
        style, word = lines[0] if lines else ("Flush", "")
        number = run(document.document_number, parts.face(parts.FANG, SIZE_3))
        yield paragraph(style, f"{run(word)}{TAB}{number}", tabs(("right", WIDTH)) + LEFT_ALIGNED)
        yield from (paragraph(style, run(word)) for style, word in lines[1:])
        yield blank(2)
