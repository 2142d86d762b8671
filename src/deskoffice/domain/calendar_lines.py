"""Days off and moved working days as a file names them: rows of a table, sentences of the notice, or JSON."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from deskoffice.domain.errors import RuleError
from deskoffice.domain.old_dates import Around, read_day, year_in

WORKING = frozenset({"上班", "工作日", "调休上班", "补班", "班"})
FREE = frozenset({"放假", "休息", "节假日", "法定节假日", "放假调休", "公休", "休"})
FIGURES = {"1": "上班", "0": "放假"}
SHORT_ROW = 3
"""In a longer row a figure says something else."""
LONGEST = 31
"""No holiday lasts longer: what does is a slip of the pen."""

Days = dict[date, tuple[bool, str]]
"""True for a working day, with the holiday's name."""

_ASIDE = re.compile(r"[(（][^()（）]*[)）]")
_TO = re.compile(r"\s*(?:至|到|~|～|——|—|–|(?<=[日号])-)\s*")
_ONE = r"(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日"
_SPAN = re.compile(rf"{_ONE}(?:\s*(?:至|到|~|～|—|–|-)\s*{_ONE})?")
_NAME = re.compile(r"^(?:[一二三四五六七八九十]+[、.．]|\d+[、.．])?\s*([\u4e00-\u9fff、]{2,12})[:：]\s*\d")
_BROKEN = re.compile(r"\s*\n\s*(?!(?:[一二三四五六七八九十]+、|\d+[、.])?\s*[\u4e00-\u9fff、]{2,12}[:：]\s*\d)")
_OF_YEAR = re.compile(r"(\d{4})年[^。\n]{0,12}(?:节假日|放假)")


def of_rows(rows: Iterable[tuple[int, Sequence[object]]], year: int | None = None) -> Days:
    """A row a day or a span of days, with 放假 or 上班 beside it or above its column."""
    days: Days = {}
    columns: dict[int, bool] = {}
    for number, cells in rows:
        texts = ["" if cell is None else str(cell).strip() for cell in cells]
        if not any(texts):
            continue
        found = dict(_of_row(cells, texts, columns, year))
        if not found and (days or any(_spans(cell, year) for cell in cells)):
            raise RuleError("calendar_line_wrong", line=number)
        if not found:
            year = year or year_in("".join(texts))
            columns |= {place: works for place, text in enumerate(texts) if (works := _above(text)) is not None}
        days.update(found)
    return days


def _above(heading: str) -> bool | None:
    if "上班" in heading and "放假" in heading:
        return None
    return True if "上班" in heading or "补班" in heading else False if "放假" in heading or "休息" in heading else None


def _of_row(
    cells: Sequence[object], texts: Sequence[str], columns: Mapping[int, bool], year: int | None
) -> Iterator[tuple[date, tuple[bool, str]]]:
    spans = {place: found for place, cell in enumerate(cells) if (found := _spans(cell, year))}
    if sum(map(bool, texts)) <= SHORT_ROW:
        texts = [FIGURES.get(text, text) for text in texts]
    said = {text in WORKING for text in texts if text in WORKING | FREE}
    names = [text for place, text in enumerate(texts) if text and place not in spans and text not in WORKING | FREE]
    name = next((text for text in names if not text.isdecimal()), "")
    if len(said) == 1:
        works, named = said.pop(), [day for found in spans.values() for day in found]
        if not works and len(spans) == len(named) == 2:
            # The first and the last day of a holiday stand in columns of their own.
            named = _between(named[0], named[1])
        yield from ((day, (works, name or ("上班" if works else "放假"))) for day in named)
        return
    for place, found in spans.items():
        if place in columns:
            yield from ((day, (columns[place], name or ("上班" if columns[place] else "放假"))) for day in found)


def _spans(cell: object, year: int | None) -> list[date]:
    """The days that a cell names: one, several, or from one to another."""
    if not isinstance(cell, str):
        day = read_day(cell, Around(year=year))
        return [] if day is None else [day]
    found: list[date] = []
    for part in re.split(r"[、，,;；]", _ASIDE.sub("", cell)):
        ends = _TO.split(part.strip())
        first = read_day(ends[0], Around(year=year))
        if first is None or len(ends) > 2:
            return []
        last = read_day(ends[1], Around(first.year, first.month)) if len(ends) == 2 else first
        found += _between(first, last) if last is not None else []
    return found


def _between(first: date, last: date) -> list[date]:
    length = (last - first).days + 1
    return [first + timedelta(days=number) for number in range(length)] if 1 <= length <= LONGEST else []


def of_notice(text: str) -> Days:
    """元旦：1月1日（周五）至3日（周日）放假调休，共3天。1月4日（周一）上班。

    Gives nothing where no holiday stands before a colon: that is no notice.
    """
    days: Days = {}
    text = _ASIDE.sub("", unicodedata.normalize("NFKC", text))
    titled = _OF_YEAR.search(text)
    year, name = int(titled[1]) if titled else year_in(text), ""
    # Lines of a printed page end where the paper does.
    for clause in re.split(r"[。;,\n]", _BROKEN.sub("", text)):
        heading = _NAME.match(clause.strip())
        name = heading[1] if heading else name
        works = "上班" in clause
        if not name or (not works and "放假" not in clause):
            continue
        for span in _SPAN.findall(clause):
            found = _spans(span, year)
            if not found:
                raise RuleError("calendar_date_wrong", text=span)
            days.update(dict.fromkeys(found, (works, name)))
    return days


def of_json(found: object) -> Days:
    """`{"days": [{"date", "isOffDay", "name"}]}`, a list of such, or `{"holidays": {day: name}, "workdays": …}`."""
    if isinstance(found, dict) and isinstance(found.get("days"), list):
        found = found["days"]
    days: Days = {}
    if isinstance(found, list):
        for number, one in enumerate(found, start=1):
            days.update([_of_object(one, number)])
    elif isinstance(found, dict):
        for key, works in (("holidays", False), ("workdays", True)):
            part = found.get(key)
            for written, name in part.items() if isinstance(part, dict) else ():
                day = read_day(written, Around())
                if day is None:
                    raise RuleError("calendar_line_wrong", line=len(days) + 1)
                days[day] = (works, _chinese(str(name)) or ("上班" if works else "放假"))
    return days


def _of_object(one: object, number: int) -> tuple[date, tuple[bool, str]]:
    day = read_day(one.get("date"), Around()) if isinstance(one, dict) else None
    is_off = one.get("isOffDay") if isinstance(one, dict) else None
    if day is None or not isinstance(is_off, bool) or not isinstance(one, dict):
        raise RuleError("calendar_line_wrong", line=number)
    return day, (not is_off, str(one.get("name") or ("放假" if is_off else "上班")))


def _chinese(text: str) -> str:
    """New Year's Day,元旦,1 is 元旦."""
    found = re.search(r"[\u4e00-\u9fff]+", text)
    return found[0] if found else ""
