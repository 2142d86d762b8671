"""A draft brought in from a Word or text file: its words for the editor, and what was changed or left out."""

from dataclasses import dataclass

from deskoffice.paper import documents
from deskoffice.paper.model import Finding
from deskoffice.usecases.attachments import FileDraft

WORDS = {
    "invisible_characters": "去掉了看不见的字符",
    "web_debris": "去掉了网页残留",
    "stray_spaces": "去掉了多余的空格",
    "full_width_letters": "全角数字、字母改为半角",
    "half_width_marks": "半角标点改为全角",
    "heading_numbers": "层次序数改用规范写法",
    "straight_quotes": "直引号改为中文引号",
    "doubled_marks": "重复的标点改为一个",
    "number_brackets": "文号年份改用六角括号〔〕",
    "blank_lines": "去掉了空行",
    "broken_lines": "接上了被截断的行",
    "title_from_text": "标题取自正文第一行",
    "repeated_title": "正文里重复的标题没有印",
    "addressee_from_text": "主送取自正文第一行",
    "repeated_addressee": "正文里重复的主送没有印",
    "signature_from_text": "落款取自正文末尾",
    "note_from_text": "附注取自正文末尾",
    "repeated_note": "正文末尾重复的附注没有印",
    "typed_head": "稿上手打的红头没有印，红头按所选代字印",
    "text_box_taken": "文本框里的字接在本段之后",
    "repeated_signature": "正文末尾重复的落款没有印",
    "number_form": "文号写法不合规范",
    "kind_not_in_title": "标题里没有文种",
    "rare_characters": "有生僻字，已换字体印出",
    "formula_left_out": "公式没有带入",
    "picture_left_out": "图片没有带入",
    "note_left_out": "批注、脚注没有带入",
    "hidden_text_left_out": "隐藏文字没有带入",
}
"""What each code of the typesetter means to a person."""


RULES = documents.CLEANING_RULES
"""Codes of the rules that a drafter may refuse, in the order they apply."""


@dataclass(frozen=True, slots=True)
class DraftFinding:
    """Something to look at in a draft; `row` is the line of the text, from 1, or 0 for the whole."""

    code: str
    row: int
    sentence: str


@dataclass(frozen=True, slots=True)
class ImportedDraft:
    """What a file brought: parts the file does not have are empty."""

    title: str
    text: str
    attachment_titles: tuple[str, ...]
    findings: tuple[DraftFinding, ...]


def bring_in(file: FileDraft) -> ImportedDraft:
    """Read a .docx, .txt or .md draft; raises PaperError with one reason."""
    body = documents.read_body(file.name, file.data)
    titles = tuple(attachment.title for attachment in body.attachments)
    return ImportedDraft(body.title, body.text, titles, in_words(body.findings))


def in_words(findings: tuple[Finding, ...]) -> tuple[DraftFinding, ...]:
    """Findings as sentences, each once, in the order of the text."""
    unique = dict.fromkeys((found.row, found.code, found.text) for found in findings)
    return tuple(DraftFinding(code, row, _sentence(code, row, text)) for row, code, text in sorted(unique))


def _sentence(code: str, row: int, text: str) -> str:
    place = f"第 {row} 行　" if row else ""
    about = f"：{text}" if text else ""
    return f"{place}{WORDS[code]}{about}"
