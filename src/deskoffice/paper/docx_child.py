"""The child process that parses a Word file: it may use little memory and time, and open no file.

Run as a module, with the file on standard input; one JSON object comes back on standard output.
"""

import encodings.cp437  # noqa: F401  # names in a zip file may be written so, and later nothing can be opened
import io
import json
import sys
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from lxml import etree

from deskoffice.paper.docx_grid import Element, W, read_grid, value
from deskoffice.paper.limits import limit

MEMORY = 1024 * 1024 * 1024
SECONDS = 8
LARGEST_PART = 64 * 1024 * 1024
LARGEST_TOTAL = 256 * 1024 * 1024
MOST_ENTRIES = 5000
PACKINGS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""Word knows no others."""

MOST_PARAGRAPHS = 50_000

MC_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
REL = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
DOCUMENT_TYPE = "/officeDocument"

TEXT, TAB, BREAK, RETURN, HYPHEN = W + "t", W + "tab", W + "br", W + "cr", W + "noBreakHyphen"
SKIPPED = frozenset(
    W + name for name in ("del", "moveFrom", "txbxContent", "rt", "instrText", "delText", "pPr", "sectPr", "tblPr")
) | {MC_FALLBACK}
PICTURES = frozenset(W + name for name in ("drawing", "pict", "object"))
BOX = W + "txbxContent"
IMAGES = ("}blip", "}imagedata", "}OLEObject", "}chart")

DIGITS = "零一二三四五六七八九"


class Refused(Exception):  # it is the child's answer, not an error of the program
    """The file is not taken; `code` and `reason` go to the parent."""

    def __init__(self, code: str, reason: str = "") -> None:
        super().__init__(code)
        self.code, self.reason = code, reason


BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError)
"""What the zip and XML readers say of a file that is none."""


@dataclass
class Level:
    """One level of an automatic numbering."""

    form: str = "decimal"
    pattern: str = "%1."
    start: int = 1


@dataclass
class Reader:
    """Walks the body once; counters of automatic numbers run along.

    `unended` is the text of paragraphs whose end was deleted, `section` the item where the section began.
    """

    numbering: Mapping[str, Mapping[int, Level]]
    styles: Mapping[str, "StyleFacts"]
    items: list[dict[str, object]] = field(default_factory=list)
    warnings: list[tuple[str, str]] = field(default_factory=list)
    counters: dict[str, dict[int, int]] = field(default_factory=dict)
    unended: str = ""
    section: int = 0

    def read(self, body: Element) -> None:
        for block in _blocks(body):
            if len(self.items) > MOST_PARAGRAPHS:
                raise Refused("paper_docx_too_costly")
            if block.tag == W + "tbl":
                rows = [row for row in block.iter(W + "tr") if next(row.iterancestors(W + "tbl")) is block]
                cells, merged = read_grid(rows, self._paragraph_text)
                self.items.append({"rows": cells, "merged": merged})
            else:
                self._read_paragraph(block)
                self._end_section(block.find(f"{W}pPr/{W}sectPr"))
        self._end_section(body.find(W + "sectPr"))

    def _end_section(self, section: Element | None) -> None:
        """Tables of a landscape section are wide."""
        if section is None:
            return
        size = section.find(W + "pgSz")
        if size is not None and size.get(W + "orient") == "landscape":
            for item in self.items[self.section :]:
                if "rows" in item:
                    item["wide"] = True
        self.section = len(self.items)

    def _read_paragraph(self, paragraph: Element) -> None:
        facts = self.styles.get(_style_id(paragraph), StyleFacts())
        text = self._paragraph_text(paragraph)
        number = self._number(paragraph, facts) if text.strip() else ""
        text, self.unended = self.unended + number + text, ""
        if paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None:
            self.unended = text
            return
        for part in text.split("\n"):
            self.items.append({"text": part, "hint": facts.hint or _outline_hint(paragraph)})
        self._read_boxes(paragraph)

    def _read_boxes(self, paragraph: Element) -> None:
        """The words of text boxes stand behind their paragraph; a copy for older programs says nothing new."""
        for box in paragraph.iter(BOX):
            if not _is_fallback(box):
                words = [self._paragraph_text(one) for one in box.iterchildren(W + "p")]
                self.items += [{"text": one, "hint": 0} for one in words]
                self.warnings.append(("text_box_taken", "".join(words).strip()[:20]))

    def _paragraph_text(self, paragraph: Element) -> str:
        pieces = list(self._pieces(paragraph))
        text = "".join(pieces)
        if next(paragraph.iter(MATH), None) is not None:
            self.warnings.append(("formula_left_out", text.strip()[:20]))
        if any(_has_image(one) for one in paragraph.iter(*PICTURES)):
            self.warnings.append(("picture_left_out", text.strip()[:20]))
        if next(paragraph.iter(W + "footnoteReference", W + "endnoteReference"), None) is not None:
            self.warnings.append(("note_left_out", text.strip()[:20]))
        return text

    def _pieces(self, element: Element) -> Iterator[str]:
        for child in element:
            tag = child.tag
            if tag in SKIPPED or not isinstance(tag, str):
                continue
            if tag == TEXT:
                yield child.text or ""
            elif tag in {TAB, HYPHEN, BREAK, RETURN}:
                yield {TAB: " ", HYPHEN: "-"}.get(tag, "\n")
            elif tag == W + "r" and _is_hidden(child):
                self.warnings.append(
                    ("hidden_text_left_out", "".join(one.text or "" for one in child.iter(TEXT)).strip()[:20])
                )
            elif tag not in PICTURES:
                yield from self._pieces(child)

    def _number(self, paragraph: Element, facts: "StyleFacts") -> str:
        own = paragraph.find(f"{W}pPr/{W}numPr")
        number_id, level = facts.number_id, facts.level
        if own is not None:
            identity = own.find(W + "numId")
            number_id = identity.get(W + "val", "") if identity is not None else number_id
            level = value(own.find(W + "ilvl"), level)
        levels = self.numbering.get(number_id, {})
        if level not in levels:
            return ""
        counts = self.counters.setdefault(number_id, {})
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        return _number_text(levels, level, counts)


@dataclass
class StyleFacts:
    """What a paragraph style says of structure: hint -1 is the title, 1 to 4 a heading."""

    hint: int = 0
    number_id: str = ""
    level: int = 0


def _blocks(body: Element) -> Iterator[Element]:
    """Paragraphs and tables in order, out of content controls and insertions too."""
    for child in body:
        if child.tag in {W + "p", W + "tbl"}:
            yield child
        elif isinstance(child.tag, str) and child.tag not in SKIPPED:
            yield from _blocks(child)


def _style_id(paragraph: Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(W + "val", "")


def _outline_hint(paragraph: Element) -> int:
    level = value(paragraph.find(f"{W}pPr/{W}outlineLvl"), 9)
    return level + 1 if 0 <= level <= 3 else 0


def _is_hidden(run: Element) -> bool:
    hidden = run.find(f"{W}rPr/{W}vanish")
    return hidden is not None and hidden.get(W + "val", "1") not in {"0", "false", "off"}


def _is_fallback(element: Element) -> bool:
    return next(element.iterancestors(MC_FALLBACK), None) is not None


def _has_image(drawing: Element) -> bool:
    """More than a line or a text box; its copy for older programs does not count."""
    tags = [part.tag for part in drawing.iter() if isinstance(part.tag, str)]
    is_plain = any(tag == BOX or tag.endswith("}line") for tag in tags)
    return not _is_fallback(drawing) and (not is_plain or any(tag.endswith(IMAGES) for tag in tags))


def _number_text(levels: Mapping[int, Level], level: int, counts: Mapping[int, int]) -> str:
    text = levels[level].pattern
    if levels[level].form == "bullet":
        return ""
    for number, facts in levels.items():
        text = text.replace(f"%{number + 1}", _figure(facts.form, counts.get(number, facts.start)))
    return text


def _figure(form: str, number: int) -> str:
    if form in {"none", "bullet"}:
        return ""
    if form.startswith(("chinese", "japanese", "taiwanese", "ideograph")) and 0 < number < 100:
        return _chinese(number)
    if form in {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"} and 0 < number <= 20:
        return chr(0x245F + number)
    if form in {"upperLetter", "lowerLetter"} and 0 < number <= 26:
        return chr((64 if form == "upperLetter" else 96) + number)
    return str(number)


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    if tens == 0:
        return DIGITS[ones]
    return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")


def read(data: bytes) -> dict[str, object]:
    """Items, warnings, or the code of a refusal."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        _check_entries(archive)
        main = _main_part(archive)
        body = _part(archive, main).find(W + "body")
        if body is None:
            raise Refused("paper_docx_not_word")
        folder = str(PurePosixPath(main).parent)
        reader = Reader(
            _numbering(_optional(archive, f"{folder}/numbering.xml")),
            _styles(_optional(archive, f"{folder}/styles.xml")),
        )
        reader.read(body)
    return {"items": reader.items, "warnings": reader.warnings}


def _check_entries(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > LARGEST_TOTAL:
        raise Refused("paper_docx_hostile", "size")
    if len(set(names)) != len(names):
        raise Refused("paper_docx_hostile", "names")
    for name in names:
        if "\\" in name or "\x00" in name or name.startswith("/") or ".." in name.split("/") or ":" in name:
            raise Refused("paper_docx_hostile", "names")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused("paper_docx_encrypted")
    if any(entry.compress_type not in PACKINGS for entry in entries):
        raise Refused("paper_docx_broken")


def _main_part(archive: zipfile.ZipFile) -> str:
    for relation in _part(archive, "_rels/.rels").iter(REL):
        if relation.get("Type", "").endswith(DOCUMENT_TYPE) and relation.get("TargetMode") != "External":
            return relation.get("Target", "").lstrip("/")
    raise Refused("paper_docx_not_word")


def _part(archive: zipfile.ZipFile, name: str) -> Element:
    try:
        entry = archive.getinfo(name)
    except KeyError:
        raise Refused("paper_docx_not_word") from None
    if entry.file_size > LARGEST_PART:
        raise Refused("paper_docx_hostile", "size")
    with archive.open(entry) as file:
        data = file.read(LARGEST_PART + 1)
    if len(data) > LARGEST_PART:
        raise Refused("paper_docx_hostile", "size")
    # No part of a Word file has a document type; those who add one want entities.
    probe = data.replace(b"\x00", b"").upper()
    if b"<!DOCTYPE" in probe or b"<!ENTITY" in probe:
        raise Refused("paper_docx_hostile", "doctype")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(data, parser)


def _optional(archive: zipfile.ZipFile, name: str) -> Element | None:
    return _part(archive, name) if name in archive.namelist() else None


def _numbering(root: Element | None) -> dict[str, dict[int, Level]]:
    """Levels by numbering id, with the starts that a list overrides."""
    if root is None:
        return {}
    abstract = {one.get(W + "abstractNumId", ""): _levels(one) for one in root.iterchildren(W + "abstractNum")}
    numbering: dict[str, dict[int, Level]] = {}
    for number in root.iterchildren(W + "num"):
        target = number.find(W + "abstractNumId")
        levels = dict(abstract.get("" if target is None else target.get(W + "val", ""), {}))
        for override in number.iterchildren(W + "lvlOverride"):
            at = int(override.get(W + "ilvl", "0")) if override.get(W + "ilvl", "0").isdecimal() else 0
            start = override.find(W + "startOverride")
            if start is not None and at in levels:
                levels[at] = Level(levels[at].form, levels[at].pattern, value(start, 1))
        numbering[number.get(W + "numId", "")] = levels
    return numbering


def _levels(abstract: Element) -> dict[int, Level]:
    levels: dict[int, Level] = {}
    for level in abstract.iterchildren(W + "lvl"):
        at = level.get(W + "ilvl", "")
        if at.isdecimal() and int(at) < 9:
            form, pattern = level.find(W + "numFmt"), level.find(W + "lvlText")
            levels[int(at)] = Level(
                "decimal" if form is None else form.get(W + "val", "decimal"),
                "" if pattern is None else pattern.get(W + "val", ""),
                value(level.find(W + "start"), 1),
            )
    return levels


def _styles(root: Element | None) -> dict[str, StyleFacts]:
    if root is None:
        return {}
    styles: dict[str, StyleFacts] = {}
    for style in root.iterchildren(W + "style"):
        name = style.find(W + "name")
        word = "" if name is None else name.get(W + "val", "").lower()
        number = style.find(f"{W}pPr/{W}numPr/{W}numId")
        styles[style.get(W + "styleId", "")] = StyleFacts(
            -1 if word == "title" else _outline_hint(style),
            "" if number is None else number.get(W + "val", ""),
            value(style.find(f"{W}pPr/{W}numPr/{W}ilvl"), 0),
        )
    return styles


def close_in() -> None:
    """Little memory and time; file and answer go through pipes that are open already, nothing else can be opened."""
    limit(memory=MEMORY, seconds=SECONDS, open_files=0)


def answer(data: bytes) -> dict[str, object]:
    """Items and warnings, or the code of the refusal."""
    try:
        return read(data)
    except Refused as refusal:
        return {"code": refusal.code, "reason": refusal.reason}
    except (MemoryError, RecursionError):
        return {"code": "paper_docx_too_costly"}
    except (*BROKEN, etree.XMLSyntaxError):
        return {"code": "paper_docx_broken"}


def main() -> None:
    """Limit the process, read the file, answer."""
    close_in()
    sys.stdout.buffer.write(json.dumps(answer(sys.stdin.buffer.read())).encode())


if __name__ == "__main__":
    main()
