"""What the use cases ask of the typesetter: read a draft, typeset a document, write it for Word.

Everything raises PaperError with one of these codes (values in brackets):
paper_file_kind [suffix], paper_file_too_large [megabytes], paper_not_text, paper_empty,
paper_glyph_missing [characters, codes], paper_meta_unknown_key [key], paper_meta_wrong_value [key],
paper_docx_broken, paper_docx_hostile [reason], paper_docx_encrypted, paper_docx_not_word, paper_docx_too_costly,
paper_seal_picture_unreadable, paper_seal_picture_empty, paper_seal_picture_too_large [side], paper_pdf_unreadable;
and EnvironmentFailure paper_fonts_missing [role] when the program was installed without its fonts.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePath

from deskoffice.domain.errors import PaperError
from deskoffice.domain.values import chinese_date, secrecy_mark
from deskoffice.paper import archive, backend_pdf, fonts, layout
from deskoffice.paper.clean import BROKEN_LINES, RULES, SourceLine
from deskoffice.paper.draft import TITLE_HINT, SourceItem, SourceTable, assemble
from deskoffice.paper.meta import document_from_meta
from deskoffice.paper.model import Body, Finding, OfficialDocument
from deskoffice.paper.text_in import is_rule, markdown_heading, table_cells, text_lines, without_markup

__all__ = ["Body", "Finding", "OfficialDocument", "Typeset", "document_from_meta", "read_body", "to_docx", "typeset"]


CLEANING_RULES = (BROKEN_LINES, *(code for code, _ in RULES))
"""What `read_body` applies unless it is refused."""


@dataclass(frozen=True, slots=True)
class Typeset:
    """A finished PDF/A file; `fonts` are role, file and SHA-256 of the faces, for the print log."""

    pdf: bytes
    pages: int
    findings: tuple[Finding, ...]
    fonts: tuple[tuple[str, str, str], ...]


def typeset(
    document: OfficialDocument,
    *,
    clock_time: datetime,
    account: str = "",
    attached: Sequence[archive.AttachedFile] = (),
    flavour: archive.Flavour | None = None,
) -> Typeset:
    """The document as PDF/A-2u (3u with `attached` data); the same arguments give the same bytes."""
    faces = fonts.load()
    laid_out = layout.lay_out(document, faces)
    description = archive.Description(
        document.title.replace("\n", "") or document.document_number or "公文",
        "、".join(document.issuers) or document.print_office or "DeskOffice",
        clock_time,
        _properties(document, account),
    )
    pdf = archive.finish(
        backend_pdf.draw(laid_out.pages, faces),
        description,
        headings=laid_out.headings,
        attached=attached,
        flavour=flavour,
    )
    rare = faces.substituted(layout.document_text(document))
    notices = {"rare_characters": rare, "font_changes_lines": faces.unusual_width()}
    findings = (*document.findings, *(Finding(code, text) for code, text in notices.items() if text))
    return Typeset(pdf, len(laid_out.pages), findings, faces.log())


def _properties(document: OfficialDocument, account: str) -> dict[str, str]:
    properties = {
        "documentNumber": document.document_number,
        "documentKind": document.kind,
        "secrecy": secrecy_mark(document.classification, document.secrecy_years),
        "date": chinese_date(document.dated_on) if document.dated_on else "",
        "account": account,
    }
    return {name: value for name, value in properties.items() if value}


def to_docx(document: OfficialDocument) -> bytes:
    """The document for Word and WPS: same page, same grid, styles with the fonts those machines have."""
    from deskoffice.paper.docx_out import write_docx

    return write_docx(document)


def read_body(name: str, data: bytes, refused: Collection[str] = ()) -> Body:
    """The draft of a .docx, .txt or .md file; `refused` are codes of cleaning rules that are not to be applied."""
    suffix = PurePath(name).suffix.lower()
    if suffix == ".docx":
        from deskoffice.paper.docx_in import docx_items

        items, warnings = docx_items(data)
        body = assemble(items, refused=refused)
        body = replace(body, findings=(*warnings, *body.findings))
    elif suffix == ".md":
        body = assemble(_markdown_items(data), refused=refused)
    elif suffix == ".txt":
        body = assemble(text_lines(data), refused=refused, is_wrapped=True)
    else:
        raise PaperError("paper_file_kind", suffix=suffix or name)
    if not body.blocks and not body.title:
        raise PaperError("paper_empty")
    return body


def _markdown_items(data: bytes) -> list[SourceItem]:
    """Markdown as paragraphs and tables; the first heading of level 1 is the title."""
    items: list[SourceItem] = []
    rows: list[tuple[str, ...]] = []
    for line in (*text_lines(data), SourceLine("", 0)):
        cells = table_cells(line.text)
        if is_rule(line.text):
            continue
        if cells is not None:
            rows.append(cells)
            continue
        if rows:
            items.append(SourceTable(tuple(rows), line.row))
            rows = []
        signs, words = markdown_heading(line.text)
        is_title = signs == 1 and not any(isinstance(item, SourceLine) and item.text.strip() for item in items)
        hint = TITLE_HINT if is_title else min(max(signs - 1, 0), 4)
        items.append(SourceLine(without_markup(words), line.row, hint))
    return items
