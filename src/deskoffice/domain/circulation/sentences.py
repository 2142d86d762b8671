"""What a sentence of an instruction says by itself: who is to do it, and by when."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

_DAY = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日")
_ENDS = "。；！？\n"
_TODAY, _TOMORROW = ("今天", "今日", "下班前", "当日"), ("明天", "明日")


def owner_in(sentence: str, names: Iterable[str]) -> str:
    """The first of the names that the sentence speaks of; of two at one place the longer."""
    found = [(sentence.find(name), -len(name), name) for name in names if len(name) > 1 and name in sentence]
    return min(found)[2] if found else ""


def day_in(sentence: str, today: date) -> date | None:
    """The day the sentence names, of this year or, when that is past, of the next."""
    if (match := _DAY.search(sentence)) is not None:
        year, month, day = match.groups()
        return _date(int(year) if year else today.year, int(month), int(day), today, is_fixed=bool(year))
    if any(word in sentence for word in _TODAY):
        return today
    if any(word in sentence for word in _TOMORROW):
        return today + timedelta(days=1)
    if "本周" in sentence or "周五前" in sentence:
        return today + timedelta(days=max(0, 4 - today.weekday()))
    if "月底" in sentence:
        first_of_next = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
        return first_of_next - timedelta(days=1)
    return None


def _date(year: int, month: int, day: int, today: date, *, is_fixed: bool) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    if found < today and not is_fixed:
        return _date(year + 1, month, day, today, is_fixed=True)
    return found


def sentence_at(text: str, position: int) -> str:
    """The sentence around a place in a text, its mark included; behind the last mark it is the last sentence."""
    position = min(position, len(text.rstrip(_ENDS + " ")))
    start = max((text.rfind(mark, 0, position) + 1 for mark in _ENDS), default=0)
    ends = [at for mark in _ENDS if (at := text.find(mark, max(start, position))) >= 0]
    end = min(ends) + 1 if ends else len(text)
    return text[start:end].strip()
