"""Reads plain text and Markdown drafts into cleaned paragraphs."""

import re

from deskoffice.domain.errors import PaperError
from deskoffice.paper.clean import SourceLine

LARGEST_TEXT = 20 * 1024 * 1024
ENCODINGS = ("utf-8-sig", "gb18030")
LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")
STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
CODE = re.compile(r"`([^`]+)`")


def decode(data: bytes) -> str:
    """The text in UTF-8, UTF-16 with its mark, or the encoding of older Windows (GB 18030)."""
    if len(data) > LARGEST_TEXT:
        raise PaperError("paper_file_too_large", megabytes=LARGEST_TEXT // 1024**2)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(data, "utf-16")
    if b"\x00" in data:
        raise PaperError("paper_not_text")
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise PaperError("paper_not_text")


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise PaperError("paper_not_text") from error


def text_lines(data: bytes) -> list[SourceLine]:
    """The lines of a text file with their numbers."""
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").replace("\u2028", "\n")
    return [SourceLine(line, row) for row, line in enumerate(text.split("\n"), 1)]


def without_markup(line: str) -> str:
    """A Markdown line as its words alone."""
    line = LINK.sub(r"\1", STRONG.sub(r"\2", CODE.sub(r"\1", line)))
    return re.sub(r"^\s*(?:[-*+]\s+|>\s?)", "", line)


def markdown_heading(line: str) -> tuple[int, str]:
    """Number of # signs and the words behind them; 0 for other lines."""
    match = re.match(r"^(#{1,6})\s+(.*?)\s*#*$", line)
    return (len(match.group(1)), match.group(2)) if match else (0, line)


def is_rule(line: str) -> bool:
    """Whether the line is a horizontal rule or the dashes under a table head."""
    return bool(re.match(r"^\s*(?:[-*_]\s*){3,}$|^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$", line))


def table_cells(line: str) -> tuple[str, ...] | None:
    """Cells of a Markdown table row, or None."""
    line = line.strip()
    if not (line.startswith("|") and line.endswith("|") and line.count("|") >= 2):
        return None
    return tuple(cell.strip() for cell in line[1:-1].split("|"))
