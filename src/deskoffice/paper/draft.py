"""Finds the parts of an official document in the paragraphs of a draft: title, text, attachments, tables."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from deskoffice.paper.clean import SourceLine, clean, heading_level, join_broken
from deskoffice.paper.model import Attachment, Block, Body, Finding, Paragraph, Span, Table

TITLE_HINT = -1
"""Hint of a paragraph that the source itself calls its title."""

LONGEST_TITLE = 60
KINDS = (
    *(
        "决议",
        "决定",
        "命令",
        "公报",
        "公告",
        "通告",
        "意见",
        "通知",
        "通报",
        "报告",
        "请示",
        "批复",
        "议案",
        "函",
        "纪要",
    ),
    *("方案", "办法", "规定", "细则", "计划", "总结", "要点", "预案", "谋划", "讲话", "规划"),
)
ATTACHMENT_MARK = re.compile(r"^附件\s*(\d{0,2}|[一二三四五六七八九十])\s*[:：]?$")
ATTACHMENT_NOTE = re.compile(r"^附件?\s*[:：]\s*(.+)$")
ATTACHMENT_ITEM = re.compile(r"^(\d{1,2})[.．、]\s*(.+)$")
MOST_HEAD_LINES, MOST_TITLE_LINES = 8, 4
TYPED_NUMBER = re.compile(
    r"^[\u4e00-\u9fff]{1,12} ?[〔\[［【（(]\d{4}[〕\]］】）)] ?第?\d{1,4} ?号(?:\s*签发人[:：].*)?$"
)
TYPED_HEAD = re.compile(r"^(?:\d{6}|(?:绝密|机密|秘密)(?:★.{1,6})?|特\s*急|加\s*急|[\u4e00-\u9fff\s]{2,40}文\s*件)$")
SENTENCE_END = tuple("。；：！？，、;:!?,.")


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A table of the draft."""

    rows: tuple[tuple[str, ...], ...]
    row: int
    is_wide: bool = False
    merged: tuple[Span, ...] = ()


SourceItem = SourceLine | SourceTable


def assemble(items: Sequence[SourceItem], *, refused: Collection[str] = (), is_wrapped: bool = False) -> Body:
    """The body of a document; `is_wrapped` says that line breaks of the source may cut sentences."""
    parts, findings = _clean_all(items, refused, is_wrapped=is_wrapped)
    number, parts, typed = _take_head(parts)
    title, parts = _take_title(parts)
    text, bound = _split_attachments(parts)
    text, named = _take_attachment_note(text)
    attachments = _match_attachments(named, bound)
    return Body(tuple(_block(part) for part in text), (*findings, *typed), title, attachments, number)


def _clean_all(
    items: Sequence[SourceItem], refused: Collection[str], *, is_wrapped: bool
) -> tuple[list[SourceItem], list[Finding]]:
    findings: list[Finding] = []
    cleaned: list[SourceItem] = []
    pending: list[SourceLine] = []
    for item in (*items, None):
        if isinstance(item, SourceLine):
            pending.append(item)
            continue
        lines = pending
        if is_wrapped:
            lines, joined = join_broken(lines, refused)
            findings += joined
        lines, changed = clean(lines, refused)
        findings += changed
        cleaned += lines
        pending = []
        if item is not None:
            cleaned.append(_clean_table(item, refused))
    return cleaned, findings


def _clean_table(table: SourceTable, refused: Collection[str]) -> SourceTable:
    rows = []
    for cells in table.rows:
        lines = [clean([SourceLine(cell, table.row)], refused)[0] for cell in cells]
        rows.append(tuple(one[0].text if one else "" for one in lines))
    return replace(table, rows=tuple(rows))


def _block(part: SourceItem) -> Block:
    if isinstance(part, SourceTable):
        return Table(part.rows, part.is_wide, part.merged)
    return Paragraph(part.text, heading_level(part.text) or max(part.hint, 0))


def _text(part: SourceItem) -> str:
    return part.text if isinstance(part, SourceLine) else ""


def _take_head(parts: Sequence[SourceItem]) -> tuple[str, list[SourceItem], list[Finding]]:
    """The number under a red head that somebody typed; the fields say what head is printed."""
    texts = [_text(part) for part in parts[:MOST_HEAD_LINES]]
    at = next((index for index, text in enumerate(texts) if TYPED_NUMBER.match(text)), None)
    if at is None or not all(TYPED_HEAD.match(text) for text in texts[:at]):
        return "", list(parts), []
    number = re.split(r"\s*签发人", texts[at])[0]
    return number, list(parts[at + 1 :]), [Finding("typed_head", " ".join(texts[: at + 1])[:60])]


def _take_title(parts: Sequence[SourceItem]) -> tuple[str, list[SourceItem]]:
    """The first paragraph when it reads like a title; a title typed on two lines is one title."""
    if len(parts) < 2 or not isinstance(parts[0], SourceLine) or not _is_title(parts[0]):
        return "", list(parts)
    lines = list(takewhile(lambda one: isinstance(one, SourceLine) and _is_title(one), parts[:MOST_TITLE_LINES]))
    for count in range(3, len(lines) + 1):
        joined = "".join(_text(one) for one in lines[:count])
        # Name of the organ, subject and kind on lines of their own.
        if len(joined) <= LONGEST_TITLE and joined.endswith(KINDS) and not _text(parts[count - 2]).endswith(KINDS):
            return joined, list(parts[count:])
    second = parts[1]
    if isinstance(second, SourceLine) and _is_title(second) and _continues_title(second.text):
        return parts[0].text + second.text, list(parts[2:])
    return parts[0].text, list(parts[1:])


def _is_title(line: SourceLine) -> bool:
    if line.hint == TITLE_HINT:
        return True
    text = line.text
    return (
        len(text) <= LONGEST_TITLE
        and line.hint == 0
        and not text.endswith(SENTENCE_END)
        and heading_level(text) == 0
        and not ATTACHMENT_MARK.match(text)
        and not re.search(r"[。；]|\d{4}年\d{1,2}月\d{1,2}日$", text)
    )


def _continues_title(text: str) -> bool:
    return text.startswith("关于") or text.rstrip("）)").endswith(tuple(KINDS))


def _split_attachments(parts: Sequence[SourceItem]) -> tuple[list[SourceItem], list[Attachment]]:
    """What stands behind a line that says 附件1 belongs to that attachment; its first line is the title."""
    starts = [
        index
        for index, part in enumerate(parts)
        if index and isinstance(part, SourceLine) and ATTACHMENT_MARK.match(part.text)
    ]
    if not starts:
        return list(parts), []
    attachments = []
    for start, end in zip(starts, [*starts[1:], len(parts)], strict=True):
        content = list(parts[start + 1 : end])
        first, title = content[0] if content else None, ""
        if isinstance(first, SourceLine) and heading_level(first.text) == 0:
            title, content = first.text, content[1:]
        attachments.append(Attachment(title, tuple(_block(part) for part in content)))
    return list(parts[: starts[0]]), attachments


def _take_attachment_note(parts: Sequence[SourceItem]) -> tuple[list[SourceItem], list[str]]:
    """The names in a typed 附件： list, which the layout sets itself."""
    for index, part in enumerate(parts):
        match = ATTACHMENT_NOTE.match(part.text) if isinstance(part, SourceLine) else None
        if match is None:
            continue
        first = ATTACHMENT_ITEM.match(match.group(1))
        titles = [first.group(2) if first else match.group(1)]
        end = index + 1
        while first and end < len(parts):
            line = parts[end]
            item = ATTACHMENT_ITEM.match(line.text) if isinstance(line, SourceLine) else None
            if item is None or int(item.group(1)) != len(titles) + 1:
                break
            titles.append(item.group(2))
            end += 1
        return [*parts[:index], *parts[end:]], [title.rstrip("。；;") for title in titles]
    return list(parts), []


def _match_attachments(named: Sequence[str], bound: Sequence[Attachment]) -> tuple[Attachment, ...]:
    """Names of the list with the contents behind the text, in order."""
    merged = [
        replace(one, title=one.title or (named[index] if index < len(named) else "")) for index, one in enumerate(bound)
    ]
    return (*merged, *(Attachment(title) for title in named[len(bound) :]))
