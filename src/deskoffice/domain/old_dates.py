"""Days as people write them in a book: any marks, short years, Chinese numerals, numbers of a spreadsheet."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

FIRST_DAY = date(1899, 12, 30)
"""Day 0 of a spreadsheet, as all of them count since 1900-03-01."""
SERIALS = range(18264, 73051)
"""Numbers that a spreadsheet shows as days of 1950 to 2099."""
EARLIEST, LATEST = 1949, 2099

_NUMERALS = str.maketrans("〇○零一二三四五六七八九壹贰叁肆伍陆柒捌玖两元", "00012345678912345678921")
_TENS = re.compile("([一二三四五六七八九]?)十([一二三四五六七八九]?)")
_FULL = re.compile(r"^(\d{4}|\d{2})[年./\-,、 ]+(\d{1,2})[月./\-,、 ]+(\d{1,2})[日号]?")
_RUN = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_SHORT = re.compile(r"^(\d{1,2})[月./\-、 ]+(\d{1,2})[日号]?$")
_DAY = re.compile(r"^(\d{1,2})[日号]?$")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_MONTH_OF_YEAR = re.compile(r"^(?:19|20)\d\d[./\-](\d{1,2})$")
_MONTH = re.compile(r"(?<![\d十])(\d{1,2})月")


@dataclass(frozen=True, slots=True)
class Around:
    """What the place of a cell tells about it: year and month of the sheet, and the day of the row above."""

    year: int | None = None
    month: int | None = None
    before: date | None = None
    is_padded: bool = False
    """Days are typed with two digits, 3.05: what a spreadsheet shows as 3.1 was 3.10."""


def plain(text: str) -> str:
    """One width, Arabic numerals, no spaces at the ends: 二〇二三年十一月五日 becomes 2023年11月5日."""
    folded = unicodedata.normalize("NFKC", text).strip()
    return _TENS.sub(_tens, folded).translate(_NUMERALS)


def _tens(match: re.Match[str]) -> str:
    tens, ones = match.groups()
    return str((int(tens.translate(_NUMERALS)) if tens else 1) * 10 + (int(ones.translate(_NUMERALS)) if ones else 0))


def year_in(text: str) -> int | None:
    """A year named in the title of a sheet, 2023年收文登记簿."""
    found = _YEAR.search(plain(text))
    return int(found[1]) if found else None


def month_in(text: str) -> int | None:
    """A month named in the title of a sheet, 三月."""
    found = _MONTH.search(plain(text)) or _MONTH_OF_YEAR.search(plain(text))
    return int(found[1]) if found and 1 <= int(found[1]) <= 12 else None


def read_day(value: object, around: Around) -> date | None:
    """The day that a cell means; None when nobody could say."""
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _of_number(value, around)
    if not isinstance(value, str):
        return None
    text = re.sub(r"[(\uff08].*?[)\uff09]$|(?<=[日号\d])[ T]+\d{1,2}[:时].*$", "", plain(value)).strip(" .。")
    text = re.sub(r"\s*([年月日./\-])\s*", r"\1", text)
    if found := _RUN.match(text):
        return _day(*map(int, found.groups()))
    if found := _FULL.match(text):
        year, month, day = map(int, found.groups())
        return _day(year if year > 99 else 2000 + year if year < 70 else 1900 + year, month, day)
    if found := _SHORT.match(text):
        return _with_year(int(found[1]), int(found[2]), around)
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        return _of_number(float(text), around)
    found = _DAY.match(text)
    return _with_year(around.month, int(found[1]), around) if found and around.month else None


def _of_number(value: float, around: Around) -> date | None:
    whole = int(value)
    if whole in SERIALS:
        return FIRST_DAY + timedelta(days=whole)
    if 19490101 <= whole <= 20991231 and whole == value:
        return _day(whole // 10000, whole // 100 % 100, whole % 100)
    if whole == value:
        return _with_year(around.month, whole, around) if around.month else None
    return _month_and_day(value, around)


def _month_and_day(value: float, around: Around) -> date | None:
    """3.15 as typed; 3.1 may have been 3.10, as its column or the row above tells: a book goes on in time."""
    month, _, digits = f"{value:.2f}".rstrip("0").partition(".")
    readings = [int(digits)]
    if len(digits) == 1 and int(digits) <= 3:
        readings = [int(digits) * 10] if around.is_padded else [int(digits), int(digits) * 10]
    days = [found for one in readings if (found := _with_year(int(month), one, around))]
    if len(days) == 2 and around.before is not None:
        before = around.before
        return min(days, key=lambda day: (day < before, abs(day - before)))
    return days[0] if len(days) == 1 else None


def _with_year(month: int | None, day: int, around: Around) -> date | None:
    year = around.year or (around.before.year if around.before else None)
    return None if year is None or month is None else _day(year, month, day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if EARLIEST <= year <= LATEST else None
    except ValueError:
        return None
