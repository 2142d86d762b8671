"""Builds an official document from a draft and its fields, and leaves out what the draft repeats of them."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from deskoffice.domain.errors import PaperError
from deskoffice.domain.values import LEVEL_WORDS, URGENCY_WORDS, Classification, chinese_date
from deskoffice.paper.model import Attachment, Block, Body, Finding, Layout, OfficialDocument, Paragraph

KEYS = frozenset(
    {
        *("kind", "issuer", "issuer_mark", "document_number", "title", "addressee", "classification", "secrecy_years"),
        *("copy_number", "urgency", "signer", "date", "attachments", "note", "copy_to", "print_office", "print_date"),
        "layout",
    }
)
LEVELS = {word: level for level, word in LEVEL_WORDS.items()}
URGENCIES = frozenset(word for word in URGENCY_WORDS.values() if word)
LINE_ENDS = re.compile(r"\s*[\n\r\t\v\f]+\s*")
"""Fields are one line each; only a title may be broken where its writer wants it."""

SEPARATORS = re.compile(r"[\n、，,;；]")
NUMBER_FORM = re.compile(r"^[^\s〔〕]{1,20}〔[12]\d{3}〕[1-9]\d*号$|^第[1-9]\d*[号期]$|^〔[12]\d{3}〕[1-9]\d*号$")
DATE_LINE = re.compile(r"^(\d{4})年(\d{1,2})月(\d{1,2})日$")
NOTE_LINE = re.compile(r"^（[^（）]{2,60}）$")
ADDRESSEE_LINE = re.compile(
    r"^(各|省|市|县|区|州|[\u4e00-\u9fff（）]{2,}"
    r"(政府|委员会|办公室|局|厅|部|委|院|会|公司|中心|单位|处)).*[:：]$"
)
LONGEST_ADDRESSEE = 400

Meta = Mapping[str, object]


def document_from_meta(body: Body, meta: Meta) -> OfficialDocument:
    """The document of `design.md` section 6's keys; what the text repeats is left out and listed."""
    unknown = sorted(set(meta) - KEYS)
    if unknown:
        raise PaperError("paper_meta_unknown_key", key=", ".join(unknown))
    document = OfficialDocument(
        layout=_layout(meta),
        kind=_text(meta, "kind"),
        issuers=_names(meta, "issuer"),
        issuer_mark=_lines(meta, "issuer_mark"),
        title=_text(meta, "title"),
        addressee="，".join(_lines(meta, "addressee")),
        classification=_classification(meta),
        secrecy_years=_years(meta),
        copy_number=_copy_number(meta),
        urgency=_urgency(meta),
        signers=_names(meta, "signer"),
        dated_on=_date(meta, "date"),
        note=_text(meta, "note"),
        copy_to=_names(meta, "copy_to"),
        print_office=_text(meta, "print_office"),
        printed_on=_date(meta, "print_date"),
    )
    document = _with_body(document, body, _lines(meta, "attachments"))
    return _with_number(document, _text(meta, "document_number") or body.number)


def _value(meta: Meta, key: str) -> object:
    value = meta.get(key)
    return "" if value is None else value


def _text(meta: Meta, key: str) -> str:
    value = _value(meta, key)
    if isinstance(value, str | int) and not isinstance(value, bool):
        return LINE_ENDS.sub("" if key != "title" else "\n", str(value).strip())
    raise PaperError("paper_meta_wrong_value", key=key)


def _lines(meta: Meta, key: str) -> tuple[str, ...]:
    """A list, or a text with one entry a line."""
    value = _value(meta, key)
    if isinstance(value, str):
        value = value.split("\n")
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
        raise PaperError("paper_meta_wrong_value", key=key)
    return tuple(LINE_ENDS.sub("", one.strip()) for one in value if one.strip())


def _names(meta: Meta, key: str) -> tuple[str, ...]:
    """A list, or a text with names between marks."""
    value = _value(meta, key)
    return _lines({key: SEPARATORS.split(value) if isinstance(value, str) else value}, key)


def _layout(meta: Meta) -> Layout:
    word = _text(meta, "layout") or Layout.DOCUMENT.value
    if word not in set(Layout):
        raise PaperError("paper_meta_wrong_value", key="layout")
    return Layout(word)


def _classification(meta: Meta) -> Classification:
    word = _text(meta, "classification")
    if word and word not in LEVELS:
        raise PaperError("paper_meta_wrong_value", key="classification")
    return LEVELS[word] if word else Classification.PUBLIC


def _years(meta: Meta) -> int | None:
    word = _text(meta, "secrecy_years").removesuffix("年")
    if not word:
        return None
    if not word.isdecimal() or not 0 < int(word) <= 30:
        raise PaperError("paper_meta_wrong_value", key="secrecy_years")
    return int(word)


def _copy_number(meta: Meta) -> str:
    word = _text(meta, "copy_number")
    if word and (not word.isdecimal() or len(word) > 6):
        raise PaperError("paper_meta_wrong_value", key="copy_number")
    return word


def _urgency(meta: Meta) -> str:
    word = _text(meta, "urgency")
    if word and word not in URGENCIES:
        raise PaperError("paper_meta_wrong_value", key="urgency")
    return word


def _date(meta: Meta, key: str) -> date | None:
    value = _value(meta, key)
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError as error:
        raise PaperError("paper_meta_wrong_value", key=key) from error


def _with_number(document: OfficialDocument, typed: str) -> OfficialDocument:
    """The number with its year in 〔〕; a form the standard does not know is a finding."""
    number = re.sub(r"[\[［【（(﹝]((?:19|20)\d\d)[\]］】）)﹞]", r"〔\1〕", typed)
    number = re.sub(r"〕第?0*([1-9]\d*)号?$", r"〕\1号", number)
    findings = list(document.findings)
    if number != typed:
        findings.append(Finding("number_brackets", typed))
    if number and not NUMBER_FORM.match(number):
        findings.append(Finding("number_form", number))
    if document.kind and document.title and document.kind not in document.title:
        findings.append(Finding("kind_not_in_title", document.kind))
    return replace(document, document_number=number, findings=tuple(findings))


def _with_body(document: OfficialDocument, body: Body, titles: tuple[str, ...]) -> OfficialDocument:
    document = replace(document, findings=body.findings)
    document, blocks = _settle_title(document, body)
    document, blocks = _settle_addressee(document, blocks)
    document, blocks = _settle_signature(document, blocks)
    return replace(document, blocks=tuple(blocks), attachments=_attachments(titles, body.attachments))


def _noted(document: OfficialDocument, code: str, text: str) -> OfficialDocument:
    return replace(document, findings=(*document.findings, Finding(code, text[:60])))


def _settle_title(document: OfficialDocument, body: Body) -> tuple[OfficialDocument, list[Block]]:
    blocks = list(body.blocks)
    if not body.title:
        return document, blocks
    if not document.title:
        return _noted(replace(document, title=body.title), "title_from_text", body.title), blocks
    if _same(document.title, body.title):
        return _noted(document, "repeated_title", body.title), blocks
    return document, [Paragraph(body.title), *blocks]


def _same(one: str, other: str) -> bool:
    """Equal but for blanks and marks, or one is the end of the other (a title without its issuer)."""
    first, second = (re.sub(r"[\W_]", "", text) for text in (one, other))
    shorter, longer = sorted((first, second), key=len)
    return first == second or (len(shorter) >= 8 and longer.endswith(shorter))


def _settle_addressee(document: OfficialDocument, blocks: list[Block]) -> tuple[OfficialDocument, list[Block]]:
    """A first line like 各乡镇人民政府： is the addressee."""
    first = blocks[0] if blocks else None
    if not isinstance(first, Paragraph) or "如下" in first.text or len(first.text) > LONGEST_ADDRESSEE:
        return document, blocks
    if document.addressee:
        is_repeated = _same(document.addressee, first.text)
        return (_noted(document, "repeated_addressee", first.text), blocks[1:]) if is_repeated else (document, blocks)
    if ADDRESSEE_LINE.match(first.text) and len(blocks) > 1 and document.issuer_mark:
        return _noted(replace(document, addressee=first.text), "addressee_from_text", first.text), blocks[1:]
    return document, blocks


def _settle_signature(document: OfficialDocument, blocks: list[Block]) -> tuple[OfficialDocument, list[Block]]:
    """Name and date typed under the text: repeated ones go, missing ones are taken from there."""
    document, blocks = _settle_note(document, blocks)
    last = blocks[-1] if blocks else None
    typed = DATE_LINE.match(last.text) if isinstance(last, Paragraph) else None
    if typed is None or not isinstance(last, Paragraph):
        return document, blocks
    try:
        day = date(int(typed[1]), int(typed[2]), int(typed[3]))
    except ValueError:
        return document, blocks
    if document.dated_on not in {None, day}:
        return document, blocks
    code = "repeated_signature" if document.dated_on else "signature_from_text"
    kept, name = blocks[:-1], _typed_name(blocks)
    if name and (not document.issuers or name in document.issuers):
        kept = kept[:-1]
        document = replace(document, issuers=document.issuers or (name,))
    return _noted(replace(document, dated_on=day), code, f"{name} {chinese_date(day)}".strip()), kept


def _settle_note(document: OfficialDocument, blocks: list[Block]) -> tuple[OfficialDocument, list[Block]]:
    """A note in brackets typed under the date is the note of the document (附注)."""
    texts = [block.text if isinstance(block, Paragraph) else "" for block in blocks[-2:]]
    if len(texts) < 2 or not DATE_LINE.match(texts[0]) or not NOTE_LINE.match(texts[1]):
        return document, blocks
    if document.note and not _same(document.note, texts[1]):
        return document, blocks
    code = "repeated_note" if document.note else "note_from_text"
    return _noted(replace(document, note=document.note or texts[1].strip("（）")), code, texts[1]), blocks[:-1]


def _typed_name(blocks: list[Block]) -> str:
    """The name over a typed date, when the paragraph before the last reads like one."""
    name = blocks[-2] if len(blocks) > 2 else None
    if isinstance(name, Paragraph) and len(name.text) <= 25 and not re.search(r"[，。；：！？、]", name.text):
        return name.text
    return ""


def _attachments(titles: tuple[str, ...], bound: tuple[Attachment, ...]) -> tuple[Attachment, ...]:
    """The named attachments with what the text brings for each; the given names win."""
    named = [Attachment(title, bound[at].blocks if at < len(bound) else ()) for at, title in enumerate(titles)]
    return (*named, *bound[len(titles) :])
