"""One row of somebody's old register as an incoming paper: what it says, what is doubtful, why it is refused."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from deskoffice.domain.circulation.book_columns import Field, day_text
from deskoffice.domain.circulation.incoming import IncomingDraft, PostKind, number_key
from deskoffice.domain.old_dates import Around, read_day
from deskoffice.domain.values import LONGEST_YEARS, Classification, Urgency

LONGEST_UNIT, LONGEST_TITLE = 100, 300
NO_UNIT = "（原登记簿未填）"
_COPIES_BESIDE = re.compile(r"[\s,，、;；/]*[\d０-９]+\s*份$")
NOTHING = {"", "/", "\\", "-", "--", "—", "——", "无", "无文号", "/无", "无号", "空", "·", "None", "null"}
DITTO = {"〃", "″", "同上", '"', "”", "“", "''", "..", "同前"}
LEVELS = (
    ("绝密", Classification.TOP_SECRET),
    ("机密", Classification.SECRET),
    ("秘密", Classification.CONFIDENTIAL),
    ("密", Classification.CONFIDENTIAL),
    ("内部", Classification.INTERNAL),
)
URGENCIES = (
    ("特提", Urgency.MOST_URGENT),
    ("特急", Urgency.VERY_URGENT),
    ("平急", Urgency.NORMAL),
    ("平", Urgency.ORDINARY),
    ("急", Urgency.URGENT),
)
POST_KINDS = (
    ("请示", PostKind.REQUEST),
    ("批示", PostKind.INSTRUCTED),
    ("信访", PostKind.PETITION),
    ("机要", PostKind.CONFIDENTIAL),
    ("电话", PostKind.TELEGRAM),
    ("传真", PostKind.TELEGRAM),
    ("电报", PostKind.TELEGRAM),
    ("上级", PostKind.SUPERIOR),
)
WORDS = (Field.PROPOSAL, Field.INSTRUCTION, Field.CIRCULATION, Field.HANDLER, Field.HANDLING)
T = TypeVar("T")


_ODD = re.compile(r"[\s<_\u200b-\u200f\ufeff\x00-\x08\x0e-\x1f]")


class RowRefused(Exception):  # an answer about a row, not an error of the program
    """The row cannot be taken in; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class OldEntry:
    """A row as it will be entered."""

    draft: IncomingDraft
    number: str
    serial: int
    closed_on: date | None
    said: Mapping[Field, str]
    """What was said and done, verbatim."""
    note: str
    """Columns that have no field here, with their headings."""
    doubts: tuple[str, ...]

    def key(self) -> str:
        """Equal for the same entry typed twice: the paper when it has a number, else the whole entry."""
        draft = self.draft
        paper = number_key(draft.source_unit, draft.document_number)
        day = draft.received_on.isoformat()
        own = "" if paper else self.number
        unit = draft.source_unit
        return "|".join((paper or unit, _folded(draft.title), draft.copy_number, day, own))


@dataclass(slots=True)
class Place:
    """Where a reading stands in a sheet: what its title says, and what the row above had."""

    around: Around
    headings: Sequence[str]
    fields: Sequence[Field | None]
    above: dict[int, object] = field(default_factory=dict)


def read_row(cells: Sequence[object], place: Place, corrected: Mapping[Field, str]) -> OldEntry:
    """The row as an entry, with some cells as a person corrected them; RowRefused when title or day cannot be had."""
    values = _values(cells, place) | dict(corrected)
    if Field.RECEIVED_ON in corrected:
        values = {one: value for one, value in values.items() if one not in (Field.MONTH, Field.DAY)}
    doubts: list[str] = []
    title = text_of(values.get(Field.TITLE))
    if not title:
        raise RowRefused("old_title_missing")
    if len(title) > LONGEST_TITLE:
        raise RowRefused("old_title_too_long")
    received = _received(values, place)
    if received is None:
        raise RowRefused("old_date_missing" if _empty(values) else "old_date_unreadable")
    place.around = replace(place.around, before=received)
    number, serial = _own_number(values)
    return OldEntry(
        draft=_draft(values, title, received, doubts),
        number=number,
        serial=serial,
        closed_on=read_day(values.get(Field.CLOSED_ON), Around(received.year, None, received)),
        said={one: said for one in WORDS if (said := _words(values.get(one)))},
        note=_note(cells, place, values, doubts),
        doubts=tuple(doubts),
    )


def _values(cells: Sequence[object], place: Place) -> dict[Field, object]:
    """Cells by field; columns of one field joined, signs for 'as above' replaced."""
    found: dict[Field, object] = {}
    for at, (cell, one) in enumerate(zip(cells, place.fields, strict=False)):
        if one is None or cell is None:
            continue
        value = place.above.get(at) if isinstance(cell, str) and cell.strip() in DITTO else cell
        place.above[at] = value
        if one is Field.DOCUMENT_NUMBER and one in found:
            value = _with_part(day_text(found[one]), day_text(value))
        elif one in found and one not in (Field.RECEIVED_ON, Field.TITLE):
            value = f"{day_text(found[one])}；{day_text(value)}"
        found[one] = value
    return found


def _with_part(number: str, part: str) -> str:
    """A number in several columns gets the brackets and the 号 that its headings stood for."""
    bare = unicodedata.normalize("NFKC", part).strip()
    if re.fullmatch(r"(?:19|20)\d\d年?", bare) and not re.search(r"\d", number):
        return f"{number}〔{bare.removesuffix('年')}〕"
    if re.fullmatch(r"第?\d{1,5}号?", bare) and number.endswith("〕"):
        return f"{number}{int(re.sub('[第号]', '', bare))}号"
    return number + part


def text_of(value: object) -> str:
    """A cell as one line: a line break typed to make it fit joins Chinese, and parts Latin words."""
    text = day_text(value)
    if not _ODD.search(text):
        return "" if text in NOTHING else text
    text = re.sub(r"\s*(?:<br\s*/?>|[\r\n\v\f]|_x000[dD]_)\s*", "\n", text)
    text = re.sub(r"(?<=[A-Za-z0-9])\n(?=[A-Za-z])", " ", text.strip())
    text = re.sub(r"[\u200b-\u200f\ufeff\x00-\x08\x0e-\x1f]", "", text.replace("\n", ""))
    text = re.sub(r"[ \t\u00a0\u3000]+", " ", text).strip()
    # Spaces that align a heading or a title in its cell stand between Chinese characters.
    text = re.sub(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])", "", text)
    return "" if text in NOTHING else text


def _words(value: object) -> str:
    text = re.sub(r"\s*(?:<br\s*/?>|_x000[dD]_)\s*", "\n", day_text(value)).strip()
    return "" if text in NOTHING else text


def _folded(text: str) -> str:
    return re.sub(r"\W", "", unicodedata.normalize("NFKC", text))


def _empty(values: Mapping[Field, object]) -> bool:
    return not any(text_of(values.get(one)) for one in (Field.RECEIVED_ON, Field.MONTH, Field.DAY))


def _received(values: Mapping[Field, object], place: Place) -> date | None:
    around = place.around
    if around.year is None:
        around = replace(around, year=_year_of(values) or (around.before.year if around.before else None))
    if Field.DAY in values or Field.MONTH in values:
        year = _whole(values.get(Field.YEAR)) or around.year
        month = _whole(values.get(Field.MONTH)) or (around.before.month if around.before else around.month)
        joined = f"{year}年{month}月{_whole(values.get(Field.DAY))}日"
        return read_day(joined, around) if year and month and values.get(Field.DAY) else None
    return read_day(values.get(Field.RECEIVED_ON), around)


def _year_of(values: Mapping[Field, object]) -> int | None:
    """A year that the row itself names in its numbers, for a sheet that names none."""
    for one in (Field.NUMBER, Field.DOCUMENT_NUMBER):
        found = re.search(r"(?<!\d)((?:19|20)\d\d)(?!\d)", unicodedata.normalize("NFKC", text_of(values.get(one))))
        if found:
            return int(found[1])
    return None


def _whole(value: object) -> int | None:
    found = re.search(r"\d+", unicodedata.normalize("NFKC", day_text(value)))
    return int(found[0]) if found else None


def _own_number(values: Mapping[Field, object]) -> tuple[str, int]:
    number = text_of(values.get(Field.NUMBER)) or text_of(values.get(Field.SERIAL))
    digits = re.findall(r"\d+", unicodedata.normalize("NFKC", number))
    return number[:60], min(int(digits[-1]), 999_999) if digits else 0


def _draft(values: Mapping[Field, object], title: str, received: date, doubts: list[str]) -> IncomingDraft:
    level, years = _secrecy(values, doubts)
    unit = text_of(values.get(Field.SOURCE_UNIT))[:LONGEST_UNIT]
    if not unit:
        doubts.append("old_unit_missing")
    return IncomingDraft(
        source_unit=unit or NO_UNIT,
        title=title,
        received_on=received,
        document_number=text_of(values.get(Field.DOCUMENT_NUMBER))[:LONGEST_UNIT],
        level=level,
        secrecy_years=years,
        urgency=_named(text_of(values.get(Field.URGENCY)), URGENCIES, Urgency.ORDINARY),
        due_on=_day_after(values.get(Field.DUE_ON), received),
        post_kind=_named(text_of(values.get(Field.POST_KIND)), POST_KINDS, PostKind.OTHER),
        document_date=_day_before(values.get(Field.DOCUMENT_DATE), received, doubts),
        copy_number=text_of(values.get(Field.COPY_NUMBER))[:40],
        copies=max(1, _whole(values.get(Field.COPIES)) or _copies_beside(values) or 1),
        pages=_whole(values.get(Field.PAGES)) or None,
        addressee=text_of(values.get(Field.ADDRESSEE))[:LONGEST_UNIT],
        retention=text_of(values.get(Field.RETENTION))[:20] or "10年",
    )


def _secrecy(values: Mapping[Field, object], doubts: list[str]) -> tuple[Classification, int | None]:
    text = _COPIES_BESIDE.sub("", text_of(values.get(Field.LEVEL)))
    text = "" if text in NOTHING else text
    level = Classification.PUBLIC if text.startswith("非") else _named(text, LEVELS, Classification.PUBLIC)
    if text and level is Classification.PUBLIC and not re.search("普|一般|公开|非|平", text):
        # Whoever cannot tell how secret a paper is must not enter it as public.
        raise RowRefused("old_level_unknown")
    longest = LONGEST_YEARS.get(level)
    period = _whole(values.get(Field.SECRECY_YEARS)) or _whole(re.sub("[^★☆*\\d年]", "", text))
    if longest is None or period is None:
        return level, None
    if not 1 <= period <= longest:
        doubts.append("old_period_too_long")
        return level, None
    return level, period


def _copies_beside(values: Mapping[Field, object]) -> int | None:
    """机密 3份: how many, in the cell of the level."""
    beside = _COPIES_BESIDE.search(unicodedata.normalize("NFKC", text_of(values.get(Field.LEVEL))))
    return _whole(beside[0]) if beside else None


def _named(text: str, words: Sequence[tuple[str, T]], otherwise: T) -> T:
    return next((value for word, value in words if word in text), otherwise)


def _day_after(value: object, received: date) -> date | None:
    due = read_day(value, Around(received.year, None, received))
    return due if due is not None and due >= received else None


def _day_before(value: object, received: date, doubts: list[str]) -> date | None:
    day = read_day(value, Around(received.year, None, received))
    if (
        day is not None
        and day > received
        and (received - day.replace(year=day.year - 1, day=min(day.day, 28))).days < 200
    ):
        # A day without a year, written in December and received in January.
        day = read_day(value, Around(received.year - 1, None, None)) or day
    if day is not None and day > received:
        doubts.append("old_dates_crossed")
        return None
    if day is None and text_of(value):
        doubts.append("old_document_date_unreadable")
    return day


def _note(cells: Sequence[object], place: Place, values: Mapping[Field, object], doubts: Sequence[str]) -> str:
    """What has no field here is kept in words, so that nothing of the old book is lost."""
    kept: list[str] = []
    for at, cell in enumerate(cells):
        one = place.fields[at] if at < len(place.fields) else None
        heading = place.headings[at] if at < len(place.headings) else ""
        is_kept = one is None or one is Field.REMARK or (one is Field.POST_KIND and text_of(cell))
        if is_kept and (said := _words(cell)):
            kept.append(f"{heading}：{said}" if heading else said)
    if doubts:
        unread = {
            "old_dates_crossed": Field.DOCUMENT_DATE,
            "old_document_date_unreadable": Field.DOCUMENT_DATE,
            "old_period_too_long": Field.LEVEL,
        }
        kept += [f"原文：{text_of(values.get(unread[code]))}" for code in doubts if code in unread]
    return "；".join(kept)
