"""Cleans the text people paste: every change is a finding that can be refused by its code."""

import html
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from deskoffice.paper.model import Finding

CJK = r"\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
MARKS = r"，。、；：？！（）《》〈〉〔〕【】「」“”‘’…—"
INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffd\ufffe]"
)
PRIVATE = re.compile("[\ue000-\uf8ff]")
BLANKS = re.compile("[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
AROUND = " \t\u3000\u00a0"

DEBRIS = re.compile(
    r"""^[\s\W]*(
      (?:来源|稿源|信息来源|文章来源|原文链接|本文链接|原标题|阅读次数|浏览次数|浏览量|点击数|点击次数|访问量|访问次数|字号|字体
        |责任编辑|编辑|作者|发布时间|发布日期|更新时间|发布者|发布机构|索引号|相关附件|相关链接|延伸阅读|标签|关键词|分享到|分享|扫一扫.*
        |转载请注明.*|版权所有.*|免责声明.*|ICP备.*)\s*[:：].*
      |(?:字号|字体)?\s*[\[【(（]?\s*大\s*中\s*小\s*[\]】)）]?\s*(?:打印|关闭|收藏|\s)*
      |(?:打印本页|打印|关闭窗口|关闭|返回顶部|返回首页|返回列表|返回|上一篇|下一篇|上一页|下一页|点击下载|下载附件|点击查看|查看更多|展开全文
        |阅读全文|收藏本页|我要纠错|分享|首页)(?:\s*[|\-/·]?\s*(?:打印本页|打印|关闭窗口|关闭|返回顶部|收藏|分享|首页))*\s*(?:[:：].*)?
      |(?:当前位置|您的位置|您现在的位置)\s*[:：].*
      |.*(?:微信扫一扫|扫描二维码|长按识别|关注我们|关注公众号|Copyright|All\s+Rights\s+Reserved|沪公网安备|京公网安备).*
      |(?:https?://|www\.)\S+
    )[\s\W]*$""",
    re.VERBOSE | re.IGNORECASE,
)
TAG = re.compile(r"</?(?:p|br|div|span|font|strong|b|i|u|a|img|td|tr|table|h[1-6])\b[^<>]{0,200}>", re.IGNORECASE)

HEADINGS = (
    re.compile(r"^[一二三四五六七八九十百]+、"),
    re.compile(r"^[（(][一二三四五六七八九十百]+[）)]"),
    re.compile(r"^\d{1,2}[.．](?!\d)"),
    re.compile(r"^[（(]\d{1,2}[）)]"),
)

LONGEST_HEADING = 30
"""Characters; a longer sentence with a number is a point of the text, as 批复 and 通报 have them."""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A paragraph of the draft with its place in the source, from 1.

    `hint` is the heading level the source gives it by style (0: none, -1: the title).
    """

    text: str
    row: int
    hint: int = 0


def heading_level(text: str) -> int:
    """1 to 4 by the number the paragraph begins with (一、 （一） 1. （1）), 0 for text."""
    return next((level for level, pattern in enumerate(HEADINGS, 1) if pattern.match(text)), 0)


def heading_length(text: str, level: int) -> int:
    """Characters at the beginning of a paragraph of this level that are its heading.

    All of it when nothing runs on behind it; of a point that is a sentence only its number.
    """
    said = text[: text.find("。") + 1] or text
    is_point = said.endswith(("；", ";")) or (len(said) > LONGEST_HEADING and said.endswith(tuple("。：，！？")))
    number = HEADINGS[level - 1].match(text) if is_point and level else None
    return number.end() if number else len(said)


def clean(lines: Iterable[SourceLine], refused: Collection[str] = ()) -> tuple[list[SourceLine], list[Finding]]:
    """The lines after every rule that is not refused, with what each rule changed.

    Blanks around a paragraph and empty paragraphs go in any case: the layout sets indents and spacing itself.
    """
    cleaned: list[SourceLine] = []
    findings: list[Finding] = []
    empty = 0
    for line in lines:
        text = line.text.strip(AROUND)
        for code, rule in RULES:
            changed = text if code in refused else rule(text)
            if changed != text:
                findings.append(Finding(code, _excerpt(text, changed), line.row))
                text = changed
        text = text.strip(AROUND)
        if text:
            cleaned.append(replace(line, text=text))
        elif not line.text.strip():
            empty += 1
    if empty and cleaned:
        findings.append(Finding("blank_lines", str(empty)))
    return cleaned, findings


def _invisible(text: str) -> str:
    return PRIVATE.sub("", INVISIBLE.sub("", text))


def _web_debris(text: str) -> str:
    plain = TAG.sub("", html.unescape(text)) if "&" in text or "<" in text else text
    return "" if DEBRIS.match(plain.strip()) else plain


def _stray_spaces(text: str) -> str:
    """Blanks stay only between Latin words and figures."""
    text = BLANKS.sub(" ", text.strip(AROUND))
    near = f"[{CJK}{MARKS}]"
    text = re.sub(f"(?<={near}) +", "", text)
    return re.sub(f" +(?={near})", "", text)


def _full_width_letters(text: str) -> str:
    """Figures and letters typed in full width; marks of full width are right."""
    return "".join(
        unicodedata.normalize("NFKC", one) if "\uff10" <= one <= "\uff19" or (one.isalpha() and _is_wide(one)) else one
        for one in text
    )


def _is_wide(letter: str) -> bool:
    return "\uff21" <= letter <= "\uff3a" or "\uff41" <= letter <= "\uff5a"


PAIRS = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}


def _half_width_marks(text: str) -> str:
    """Marks of Chinese sentences in full width (GB/T 15834); figures, times and Latin text keep theirs."""
    near, around = rf"(?<=[{CJK}{MARKS}]) *[,;:?!] *", rf" *[,;:?!](?=[{CJK}“《（])| +[,;:?!] +(?=.*[{CJK}])"
    text = re.sub(f"{near}|{around}", lambda match: PAIRS[match.group().strip()], text)
    text = re.sub(rf"(?<=[{CJK}”》）\d%])[,;](?=\s|$)", lambda match: PAIRS[match.group()], text)
    text = re.sub(rf"(?<=[{CJK}”》）])\.(?=\s|$|[{CJK}“《（])", "。", text)
    text = re.sub(rf"\(([^()]*[{CJK}][^()]*)\)", r"（\1）", text)
    text = re.sub(rf"(?<=[{CJK}，。；：])\((\d{{1,3}})\)", r"（\1）", text)
    text = re.sub(r"^\((\d{1,2}|[一二三四五六七八九十]+)\)", r"（\1）", text)
    return re.sub(r"^(\d{1,2})．", r"\1.", text)


def _straight_quotes(text: str) -> str:
    return re.sub(rf'"([^"“”]*[{CJK}][^"“”]*)"', r"“\1”", text)


def _doubled_marks(text: str) -> str:
    text = re.sub(r"(?:\.{3,}|。{3,}|…{1,}|·{6})", lambda match: match.group() if match.group() == "……" else "……", text)
    text = re.sub(r"(?<![-—])--+(?![-—])", "——", text)
    return re.sub(r"([，。、；：])\1+", r"\1", text)


def _number_brackets(text: str) -> str:
    """The year of a document number stands in 〔〕 (GB/T 9704-2012 7.2.5)."""
    text = re.sub(rf"(?<=[{CJK}])[\[［【（(﹝]((?:19|20)\d\d)[\]］】）)﹞](?=\s*第?\s*\d+\s*号)", r"〔\1〕", text)
    return re.sub(r"(〔(?:19|20)\d\d〕)\s*第?\s*0*([1-9]\d*)\s*号", r"\1\2号", text)


RULES: Sequence[tuple[str, Callable[[str], str]]] = (
    ("invisible_characters", _invisible),
    ("web_debris", _web_debris),
    ("stray_spaces", _stray_spaces),
    ("full_width_letters", _full_width_letters),
    ("half_width_marks", _half_width_marks),
    ("straight_quotes", _straight_quotes),
    ("doubled_marks", _doubled_marks),
    ("number_brackets", _number_brackets),
)
"""In the order they apply; the codes are those of the findings."""

BROKEN_LINES = "broken_lines"
ENDS = "。！？：；…”）》.!?:;)"


def join_broken(lines: Sequence[SourceLine], refused: Collection[str] = ()) -> tuple[list[SourceLine], list[Finding]]:
    """Join lines that a mail program or a PDF cut: text that stops in the middle of a sentence at the usual width."""
    if BROKEN_LINES in refused:
        return list(lines), []
    usual = _usual_width(lines)
    joined: list[SourceLine] = []
    findings: list[Finding] = []
    is_open = False
    for line in lines:
        text = line.text.strip(AROUND)
        if is_open and text and not _begins_paragraph(line.text):
            glue = " " if joined[-1].text[-1:].isascii() and text[:1].isascii() else ""
            joined[-1] = replace(joined[-1], text=joined[-1].text.rstrip() + glue + text)
            findings.append(Finding(BROKEN_LINES, _excerpt(text), line.row))
        else:
            joined.append(line)
        stops = text[-1:] in ENDS or not text
        is_open = not stops and (text[-1:] in "，、" or (usual > 0 and abs(len(text) - usual) <= 2))
        is_open = is_open and not (heading_level(joined[-1].text.strip()) and joined[-1] is line and len(text) < usual)
    return joined, findings


def _usual_width(lines: Sequence[SourceLine]) -> int:
    """The length at which the lines were cut; 0 when they were not."""
    lengths = [len(line.text.rstrip()) for line in lines if line.text.strip()]
    longest = max(lengths, default=0)
    if not 20 <= longest <= 60:
        return 0
    near = [length for length in lengths if longest - length <= 2]
    return longest if len(near) >= 3 and len(near) * 3 >= len(lengths) else 0


def _begins_paragraph(text: str) -> bool:
    return text.startswith(("\u3000", "  ", "\t")) or heading_level(text.strip()) > 0


def _excerpt(text: str, changed: str = "") -> str:
    """The place of the first change with a few words around it."""
    pairs = enumerate(zip(text, changed, strict=False))
    first = next((at for at, (before, after) in pairs if before != after), len(changed) if changed else 0)
    return text[max(first - 8, 0) : first + 24].strip()
