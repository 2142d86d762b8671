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

BUTTON = (
    r"(?:(?:我要|点击)?(?:打印|分享|收藏|关闭|纠错|评论|下载|查看)(?:本页|窗口|附件|本站|更多|全文)?|返回(?:顶部|首页|列表)?|[上下]一[篇条页]"
    r"|展开全文|阅读全文|首页|网站地图|联系我们|关于我们|相关(?:文档|新闻|信息|推荐|阅读)|推荐阅读|热门文章|TOP)"
)
"""Words that a web page writes on its buttons."""

DEBRIS = re.compile(
    r"""^\s*©.*|^[\s\W]*+(
      (?:来源|稿源|信息来源|文章来源|原文链接|本文链接|原标题|字号|字体|字体大小|责任编辑|编辑|审核|作者|发布时间|发布日期|更新时间|发布者
        |(?:阅读|浏览|点击|访问)(?:次数|人数|量|数)?|发布机构|发布单位|发文机关|发文机构|发文字号|成文日期|成文时间|生成日期|索\s*引\s*号|文\s*号
        |主题分类|信息分类|公开方式|公开形式|公开类别|时效性|有效性|相关附件|附件下载|相关链接|延伸阅读|标签|关键词|分享到|分享|扫一扫.*
        |上一[篇条页]|下一[篇条页]|点击下载|技术支持|转载请注明.*|免责声明.*|ICP备.*)\s*[:：](?!.*[。；]).*
      |(?:字号|字体)?\s*[\[【(（]?\s*大\s*中\s*小\s*[\]】)）]?\s*(?:打印|关闭|收藏|\s)*
      |(?:{BUTTON}[\s\W]*+)++
      |时间[:：]\s*\d{4}-.*(?:来源|点击|浏览|阅读).*|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\s+\d{1,2}:\d{2}(?::\d{2})?
      |(?:您(?:现在|当前)?的?(?:当前)?|当前)位置\s*[:：].*|(?:网站)?首页\s*[>›»].*|主办[:：].*承办[:：].*|版权所有.*
      |(?:微信)?扫一扫.{0,20}|用?手机扫.{0,20}
      |.*(?:微信扫一扫|扫描二维码|长按识别|关注我们|关注公众号|Copyright|All\s+Rights\s+Reserved|公网安备|ICP备\d).*
      |(?:https?://|www\.)\S+
    )[\s\W]*$""".replace("{BUTTON}", BUTTON),
    re.VERBOSE | re.IGNORECASE,
)
TAG = re.compile(
    r"<(script|style)\b.*?</\1>|<!--.*?-->|</?(?:p|br|div|span|font|strong|b|i|u|a|img|td|tr|th|tbody|thead|table|h[1-6]|li|ul|ol"
    r"|em|sup|sub|section|article|center|label|input|button|iframe|script|style|o:p)\b[^<>]{0,400}>",
    re.IGNORECASE,
)

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
    return "" if plain.strip() and DEBRIS.match(plain.strip()) else plain


NAMES = re.compile(r"[\u4e00-\u9fff·]{1,4}")
HAN = r"[\u4e00-\u9fff]"
NAME = rf"(?:{HAN}{{2,4}}|{HAN}[{AROUND}]+{HAN}(?=[{AROUND}]|$))"
"""A name as people type it: one of two characters is often spaced to three, 李　强."""

LABELLED = re.compile(rf"^[^，。；：]{{1,10}}[：:][{AROUND}]*{NAME}[{AROUND}]+[\u4e00-\u9fff（(]")
ROLL = re.compile(rf"^[^，。；：]{{1,10}}[：:][{AROUND}]*{NAME}(?:[{AROUND}]+{NAME})*$")
ARTICLE = re.compile(rf"^(第[一二三四五六七八九十百零〇]+[编章节条])[{AROUND}]+")
"""The number of an article of a regulation, which a blank parts from its text."""

WIDE = re.compile("[ \u00a0]*\u3000[ \u00a0\u3000]*|[ \u00a0]{2,}")
LONGEST_OF_LIST = 45


def is_list(text: str) -> bool:
    """Names side by side, or a name and its office: blanks are all that parts them (领导小组成员名单)."""
    return _parted(text.strip(AROUND)) is not None


def _parted(text: str) -> str | None:
    """The line of a list with one blank of full width between its parts; None for text."""
    if ROLL.match(text) and BLANKS.search(text.rpartition("：")[2]):
        return BLANKS.sub("\u3000", text)
    if len(text) > LONGEST_OF_LIST or re.search("[。；！？]", text) or heading_level(_without_blanks(text)):
        return None
    parts, columns = BLANKS.split(text), WIDE.split(text)
    longer = sum(len(part) > 1 for part in parts)
    # A name of two characters is often spaced to three: 李　强.
    has_names = len(parts) > 2 and (longer * 2 >= len(parts) or (longer > 0 and " " not in text))
    if LABELLED.match(text) or (has_names and all(map(NAMES.fullmatch, parts))):
        return BLANKS.sub("\u3000", text)
    if len(columns) > 1 and min(map(len, columns)) > 1 and not re.search("[，,]", text):
        return "\u3000".join(map(_without_blanks, columns))
    return None


def _stray_spaces(text: str) -> str:
    """Blanks stay only between Latin words and figures, and where they part names."""
    text = text.strip(AROUND)
    article = ARTICLE.match(text)
    if article:
        return f"{article.group(1)}\u3000{_without_blanks(text[article.end() :])}"
    return _parted(text) or _without_blanks(text)


def _without_blanks(text: str) -> str:
    text = BLANKS.sub(" ", text)
    near = f"[{CJK}{MARKS}]"
    text = re.sub(f"(?<={near}) +", "", text)
    text = re.sub(rf"(?<={HAN})(\d+)\. (?=\d)", r"\1.", text)
    return re.sub(f" +(?={near})|(?<=\\d) +(?=[%‰])", "", text)


def _full_width_letters(text: str) -> str:
    """Figures and letters typed in full width; marks of full width are right."""
    return "".join(
        unicodedata.normalize("NFKC", one) if "\uff10" <= one <= "\uff19" or (one.isalpha() and _is_wide(one)) else one
        for one in text
    )


def _is_wide(letter: str) -> bool:
    return "\uff21" <= letter <= "\uff3a" or "\uff41" <= letter <= "\uff5a"


ABBREVIATED = re.compile(r"\b(?:etc|Inc|Ltd|Co|Corp|No|al)\.$", re.IGNORECASE)
PAIRS = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}


def _half_width_marks(text: str) -> str:
    """Marks of Chinese sentences in full width (GB/T 15834); figures, times and Latin text keep theirs."""
    text = re.sub(rf" *\( *([^()]*[{CJK}][^()]*?) *\) *", r"（\1）", text)
    near, around = rf"(?<=[{CJK}{MARKS}]) *[,;:?!] *", rf" *[,;:?!](?=[{CJK}“《（])| +[,;:?!] +(?=.*[{CJK}])"
    text = re.sub(f"{near}|{around}", lambda match: PAIRS[match.group().strip()], text)
    text = re.sub(rf"(?<=[{CJK}”》）\d%])[,;](?=\s|$)", lambda match: PAIRS[match.group()], text)
    text = re.sub(rf"(?<=[{CJK}”》）])\.{{1,2}}(?=\s|$|[{CJK}“《（])", "。", text)
    if re.search(rf"[{CJK}].*[，。；：！？]", text) and not ABBREVIATED.search(text):
        text = re.sub(r"(?<=[0-9A-Za-z%])\.$", "。", text)
    text = re.sub(rf"(?<=[{CJK}，。；：])\((\d{{1,3}})\)", r"（\1）", text)
    text = re.sub(r"^\((\d{1,2}|[一二三四五六七八九十]+)\)", r"（\1）", text)
    return re.sub(r"^(\d{1,2})．", r"\1.", text)


def _heading_numbers(text: str) -> str:
    """Numbers of headings as GB/T 9704-2012 7.3.3 writes them: 一、 （一） 1. （1）."""
    text = re.sub(r"^([一二三四五六七八九十]{1,3})[.．,，](?=\S)", r"\1、", text)
    text = re.sub(r"^([（(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)])[、.．,，]", r"\1", text)
    return re.sub(r"^(\d{1,2})[、](?=\D)", r"\1.", text)


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
    ("heading_numbers", _heading_numbers),
    ("half_width_marks", _half_width_marks),
    ("straight_quotes", _straight_quotes),
    ("doubled_marks", _doubled_marks),
    ("number_brackets", _number_brackets),
)
"""In the order they apply; the codes are those of the findings."""

BROKEN_LINES = "broken_lines"
NUMBERED = re.compile(
    r"^(?:\d{1,2} ?[、.．]|[①-⑳]|第[一二三四五六七八九十百零〇]+[编章节条]|附件|[\u4e00-\u9fff]{2,6}[:：])"
)
"""What begins a paragraph beside the numbers of headings."""

ENDS = "。！？：；…”）》.!?:;)"


def join_broken(lines: Sequence[SourceLine], refused: Collection[str] = ()) -> tuple[list[SourceLine], list[Finding]]:
    """Join lines that a mail program or a PDF cut: text that stops in the middle of a sentence at the usual width."""
    if BROKEN_LINES in refused:
        return list(lines), []
    usual = _usual_width(lines)
    joined: list[SourceLine] = []
    findings: list[Finding] = []
    is_open = is_cut = False
    for line in lines:
        text = line.text.strip(AROUND)
        goes_on = is_open or (is_cut and text[-1:] in ENDS)
        if goes_on and text and not _begins_paragraph(line.text):
            glue = " " if joined[-1].text[-1:].isascii() and text[:1].isascii() else ""
            joined[-1] = replace(joined[-1], text=joined[-1].text.rstrip() + glue + text)
            findings.append(Finding(BROKEN_LINES, _excerpt(text), line.row))
        else:
            joined.append(line)
        stops = text[-1:] in ENDS or not text or is_list(text)
        stops = stops or (heading_level(joined[-1].text.strip()) > 0 and joined[-1] is line and len(text) < usual)
        is_open = not stops and (text[-1:] in "，、," or (usual > 0 and abs(len(text) - usual) <= 2))
        # A long line with marks in it that stops in the middle was cut, when the next one ends as a sentence does.
        is_cut = not stops and len(text) > LONGEST_HEADING and re.search(f"[，。；：]|{HAN}[,;]", text) is not None
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
    is_indented = text.startswith(("\u3000", "  ", "\t"))
    return is_indented or heading_level(text.strip()) > 0 or NUMBERED.match(text) is not None


def _excerpt(text: str, changed: str = "") -> str:
    """The place of the first change with a few words around it."""
    pairs = enumerate(zip(text, changed, strict=False))
    first = next((at for at, (before, after) in pairs if before != after), len(changed) if changed else 0)
    return text[max(first - 8, 0) : first + 24].strip()
