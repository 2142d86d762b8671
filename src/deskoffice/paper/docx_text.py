"""Runs and paragraphs of the Word files we write."""

import re
from xml.sax.saxutils import escape

from deskoffice.paper import docx_parts as parts

INVALID = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
TAB = "<w:r><w:tab/></w:r>"
LINE_END = "<w:r><w:br/></w:r>"
HAIR = '<w:spacing w:line="20" w:lineRule="exact"/>'
"""A paragraph that has to be there and is not to be seen."""


def clean(text: str) -> str:
    return INVALID.sub("", text)


def run(text: str, properties: str = "") -> str:
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(clean(text))}</w:t></w:r>' if text else ""


def lines(texts: list[str], properties: str = "") -> str:
    """The texts under one another in one paragraph."""
    return LINE_END.join(run(text, properties) for text in texts)


def paragraph(style: str, content: str, properties: str = "") -> str:
    """`properties` are children of w:pPr that stand behind w:pStyle, in schema order."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


def blank(count: int = 1, *, mm: float | None = None) -> str:
    """Empty lines, each so high when it is said."""
    height = "" if mm is None else f'<w:spacing w:line="{parts.twips(mm)}" w:lineRule="exact"/>'
    return paragraph("Flush", "", height) * count


def length(text: str) -> float:
    """Width in characters: digits and letters are half as wide."""
    return sum(0.5 if one.isascii() else 1.0 for one in text)


def tabs(*stops: tuple[str, float]) -> str:
    """Tab stops so many millimetres from the left edge of the text."""
    written = "".join(f'<w:tab w:val="{kind}" w:pos="{parts.twips(mm)}"/>' for kind, mm in stops)
    return f"<w:tabs>{written}</w:tabs>"


def with_next(written: str) -> str:
    """The same paragraphs kept on the page of what follows them."""
    return re.sub(r'(<w:pStyle w:val="\w+"/>)', r"\1<w:keepNext/>", written)
