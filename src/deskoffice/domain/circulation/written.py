"""How numbers and days are written on papers, read whatever hand, machine or scanner wrote them."""

import re
import unicodedata
from datetime import date

OPENING, CLOSING = "〔[【({〈<《「『〖", "〕]】)}〉>》」』〗"
NUMBER = re.compile(
    rf"^([\u4e00-\u9fff]{{1,20}}?)[{re.escape(OPENING)}]((?:19|20)\d\d)[{re.escape(CLOSING)}]第?(\d{{1,5}})号(?=$|签发人)"
)
ORDER_NUMBER = re.compile(rf"^(?:[{re.escape(OPENING)}](20\d\d)[{re.escape(CLOSING)}])?第?0*(\d{{1,5}})([号期])$")
DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日$")
_TO_TEN = "一二三四五六七八九十"
CHINESE_DAY = re.compile(rf"([一二][零一二三四五六七八九]{{3}})年([{_TO_TEN}]{{1,2}})月([{_TO_TEN}]{{1,3}})日$")
PLAIN_DAY = re.compile(r"^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?$|^(\d{4})(\d\d)(\d\d)$")
FIGURES = {figure: value for value, figure in enumerate("零一二三四五六七八九")}
FIRST_YEAR, LAST_YEAR = 1949, 2100

_WIDE = str.maketrans("(),:;?!", "（），：；？！")
_READ_AS_FIGURES = re.compile(r"(?<=[\d〔\[（(第])[OoQlI|]|[OoQlI|](?=[\d〕\]）)号年月日])")
_ZERO = str.maketrans("〇○O", "零零零")


def plain(text: str) -> str:
    """Without spaces, figures narrow, marks as Chinese text has them, quotation marks in pairs."""
    narrow = "".join(_narrow(letter) for letter in text if not letter.isspace())
    wide = narrow.translate(_WIDE)
    parts = re.split(r"[\"＂]", wide)
    return "".join(part + ("“" if at % 2 == 0 else "”") for at, part in enumerate(parts[:-1])) + parts[-1]


def _narrow(letter: str) -> str:
    return unicodedata.normalize("NFKC", letter) if "０" <= letter <= "ｚ" and letter.isalnum() else letter


def number_in(text: str) -> str | None:
    """The number of a document that a line consists of, with 〔〕; None when it is none."""
    bare = _figures("".join(unicodedata.normalize("NFKC", text).split()))
    found = NUMBER.match(bare)
    if found:
        code, year, serial = found.groups()
        return f"{code.removesuffix('字')}〔{year}〕{int(serial)}号"
    short = ORDER_NUMBER.match(bare)
    if short:
        year, serial, unit = short.groups()
        return f"〔{year}〕{serial}{unit}" if year else f"第{serial}{unit}"
    return None


def with_brackets(number: str) -> str:
    """A number as it was typed or encoded, its year in 〔〕 whatever stood there."""
    bare = "".join(unicodedata.normalize("NFKC", number).split())
    return re.sub(rf"[{re.escape(OPENING)}](\d{{4}})[{re.escape(CLOSING)}]", r"〔\1〕", bare)


def _figures(text: str) -> str:
    """Letters that stand among figures are figures that were read wrongly."""
    return _READ_AS_FIGURES.sub(lambda match: "1" if match.group() in "lI|" else "0", text)


def day_in(text: str) -> date | None:
    """The day at the end of a line, in figures or in Chinese."""
    bare = _figures("".join(unicodedata.normalize("NFKC", text).split()))
    found = DAY.search(bare)
    if found:
        return _day(*map(int, found.groups()))
    chinese = CHINESE_DAY.search(bare.translate(_ZERO))
    if chinese:
        year = int("".join(str(FIGURES[figure]) for figure in chinese.group(1)))
        return _day(year, _count(chinese.group(2)), _count(chinese.group(3)))
    return None


def day_of(text: str) -> date | None:
    """A day written alone: 2026-06-03, 20260603, 2026.6.3, 2026年6月3日."""
    bare = unicodedata.normalize("NFKC", text).strip()
    found = PLAIN_DAY.match(bare)
    if found:
        return _day(*(int(part) for part in found.groups() if part))
    return day_in(bare)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if FIRST_YEAR <= year <= LAST_YEAR else None


def _count(text: str) -> int:
    """一 to 三十一."""
    tens, _, ones = text.partition("十")
    if "十" not in text:
        return FIGURES.get(text, 0)
    return FIGURES.get(tens, 1) * 10 + FIGURES.get(ones, 0)
