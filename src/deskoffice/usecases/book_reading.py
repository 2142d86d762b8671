"""An old register book as the program understands it: sheets, headings, columns, each row an entry or refused."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from deskoffice.domain.circulation.book_columns import SECOND_LINE, Field, agree, day_text, heading, is_register, named
from deskoffice.domain.circulation.old_book import OldEntry, Place, RowRefused, read_row
from deskoffice.domain.errors import EnvironmentFailure, PaperError
from deskoffice.domain.old_dates import Around, month_in, year_in
from deskoffice.paper.xlsx_in import FORMULA, Sheet, read_workbook

TOP_ROWS = 12
"""The headings stand among the first rows with anything in them."""
SAMPLE_ROWS = 120
SUBTOTAL = re.compile(
    "^(第.{1,4}页)?(本页|本月|本年|本季|上半年|下半年|全年|.{1,3}月份?)?(小计|合计|总计|累计|共计|小结)|^共.{0,3}\\d+.{0,2}[件份条]"
)
SAID_BELOW = re.compile("^(填表人|制表|登记人|审核|负责人|注[:：]|说明[:：]|备注[:：]|填表说明|打印日期)")
LEFT_BLANK = re.compile("(以下|此页|本页)?(空白|无正文)|[转接承过].{0,2}页")
OUTGOING = re.compile("发文登记|发文簿|发文台账")
REFUSED_FOR = {
    "old_title_missing": Field.TITLE,
    "old_title_too_long": Field.TITLE,
    "old_date_missing": Field.RECEIVED_ON,
    "old_date_unreadable": Field.RECEIVED_ON,
    "old_level_unknown": Field.LEVEL,
}
"""The field whose cell a person can put right."""


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """How one sheet is read. Without fields it is no register and is left alone."""

    sheet: Sheet
    headings: tuple[str, ...] = ()
    fields: tuple[Field | None, ...] = ()
    first: int = 0
    """Place of the first row below the headings, among the rows with anything in them."""
    around: Around = field(default_factory=Around)
    corrections: Mapping[int, Mapping[Field, str]] = field(default_factory=dict)
    """By row number: what a person put in place of a cell that could not be read."""

    @property
    def signature(self) -> str:
        """Equal for sheets with the same headings in the same order."""
        return "|".join(heading(text) for text in self.headings)

    def with_fields(self, fields: Sequence[Field | None]) -> "SheetPlan":
        """The same sheet with columns taken otherwise."""
        return replace(self, fields=tuple(fields))

    def corrected(self, row: int, column: Field, text: str) -> "SheetPlan":
        """The same sheet with a cell as a person says it should be."""
        return replace(self, corrections={**self.corrections, row: {**self.corrections.get(row, {}), column: text}})

    def samples(self, column: int, most: int = 3) -> tuple[str, ...]:
        """Some cells of a column, to recognise it by."""
        found = (cells[column] for _, cells in self.sheet.rows(self.first, self.first + 40) if column < len(cells))
        texts = (day_text(cell).strip() for cell in found if cell is not None and cell is not FORMULA)
        return tuple(dict.fromkeys(text for text in texts if text))[:most]


@dataclass(frozen=True, slots=True)
class BookPlan:
    """A book read and understood, ready to be gone through."""

    name: str
    sheets: tuple[SheetPlan, ...]

    @property
    def mapping(self) -> dict[str, str]:
        """Their headings and our fields, over all sheets."""
        return {
            text: one.value
            for plan in self.sheets
            for text, one in zip(plan.headings, plan.fields, strict=True)
            if one is not None
        }

    @property
    def size(self) -> int:
        """Rows below the headings, subtotals among them; for the progress bar."""
        return sum(len(plan.sheet.packed) - plan.first for plan in self.sheets if plan.fields)


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row of the book: an entry, or the code of the refusal."""

    sheet: str
    row: int
    entry: OldEntry | None
    refusal: str = ""
    cell: str = ""
    """What stands where the refusal comes from."""


def open_book(path: Path, remembered: Mapping[str, Sequence[Field | None]]) -> BookPlan:
    """Read a workbook and find out what its columns are; columns once corrected by a person stay so."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise EnvironmentFailure("file_not_read", name=path.name) from error
    plans: list[SheetPlan] = []
    for sheet in read_workbook(data):
        before = next((plan for plan in reversed(plans) if plan.fields), None)
        plan = _plan(sheet, before)
        known = remembered.get(plan.signature) if plan.fields else None
        plans.append(plan.with_fields(known) if known is not None and len(known) == len(plan.fields) else plan)
    if not any(plan.fields for plan in plans):
        raise PaperError("paper_xlsx_no_register")
    return BookPlan(path.name, tuple(plans))


def _plan(sheet: Sheet, before: SheetPlan | None) -> SheetPlan:
    top = list(sheet.rows(0, TOP_ROWS))
    at = max(range(len(top)), key=lambda place: (_telling(top[place][1]), -place), default=None)
    if at is None:
        return SheetPlan(sheet)
    if _telling(top[at][1]) < 3:
        return _continued(sheet, before)
    above = " ".join(day_text(cell) for _, cells in top[:at] for cell in cells if cell is not None)
    title = f"{sheet.title} {above}"
    if OUTGOING.search(title) and "收文" not in title:
        return SheetPlan(sheet)
    headings, first = _headings(sheet, top, at)
    columns = _columns(sheet, first, len(headings))
    fields = agree(headings, columns)
    year = year_in(sheet.title) or year_in(re.sub("填表.*|打印.*|制表.*", "", above)) or year_in(above)
    around = Around(year, month_in(sheet.title), is_padded=_has_padded_days(fields, columns))
    plan = SheetPlan(sheet, headings, fields, first, around)
    return plan if is_register(fields) else SheetPlan(sheet)


def _has_padded_days(fields: Sequence[Field | None], columns: Sequence[Sequence[object]]) -> bool:
    """Some day of the column was typed as 3.05."""
    numbers = (
        value
        for one, values in zip(fields, columns, strict=True)
        if one is Field.RECEIVED_ON
        for value in values
        if isinstance(value, float)
    )
    return any(0 < round(value % 1 * 100) < 10 for value in numbers)


def _telling(cells: Sequence[object]) -> int:
    """How many cells of a row are names of fields."""
    return len({found for cell in cells if (found := named(cell)) is not None and len(heading(cell)) <= 12})


def _continued(sheet: Sheet, before: SheetPlan | None) -> SheetPlan:
    """A sheet without headings goes on as the one before it, when its columns hold the same things."""
    if before is None:
        return SheetPlan(sheet)
    blank = ("",) * len(before.headings)
    guessed = agree(blank, _columns(sheet, 0, len(blank)))
    sure = [(one, before.fields[at]) for at, one in enumerate(guessed) if one is not None]
    if len(sure) < 2 or any(one is not other for one, other in sure):
        return SheetPlan(sheet)
    year = year_in(sheet.title) or before.around.year
    around = Around(year, month_in(sheet.title), is_padded=before.around.is_padded)
    return SheetPlan(sheet, before.headings, before.fields, 0, around)


def _headings(sheet: Sheet, top: Sequence[tuple[int, list[object]]], at: int) -> tuple[tuple[str, ...], int]:
    """Headings of one or two rows; a heading over several columns stands over each of them."""
    number, cells = top[at]
    width = max(len(row) for _, row in sheet.rows(at, at + SAMPLE_ROWS))
    upper = [day_text(cell) if isinstance(cell, str) else "" for cell in cells] + [""] * (width - len(cells))
    for first_row, left, last_row, right in sheet.merged:
        if first_row <= number <= last_row:
            for column in range(left, min(right, width) + 1):
                upper[column - 1] = upper[column - 1] or upper[left - 1]
    below = top[at + 1] if at + 1 < len(top) else None
    if below is None or not _is_second_line(below[1], sheet, number):
        return tuple(upper), at + 1
    return tuple(_joined(upper, below[1], width)), at + 2


def _is_second_line(cells: Sequence[object], sheet: Sheet, number: int) -> bool:
    texts = [heading(cell) for cell in cells if cell is not None]
    if not texts or not all(isinstance(cell, str) for cell in cells if cell is not None):
        return False
    is_two_high = any(first == number and last == number + 1 for first, _, last, _ in sheet.merged)
    known = sum(1 for text in texts if text in SECOND_LINE or (named(text) is not None and len(text) <= 8))
    return known * 2 > len(texts) and (is_two_high or len(texts) < 8)


def _joined(upper: Sequence[str], lower: Sequence[object], width: int) -> Iterator[str]:
    """月 and 日 below 收文日期, 字 and 号 below 来文字号; otherwise the lower name counts where it says more."""
    for column in range(width):
        low = heading(lower[column]) if column < len(lower) else ""
        high = upper[column]
        over = named(high)
        if low in {"年", "月", "日"} and over in (None, Field.RECEIVED_ON):
            yield f"收文日期{low}"
        elif not low or low in SECOND_LINE or (named(low) is None and over is not None):
            yield high or low
        else:
            yield low


def _columns(sheet: Sheet, first: int, width: int) -> list[list[object]]:
    columns: list[list[object]] = [[] for _ in range(width)]
    for _, cells in sheet.rows(first, first + SAMPLE_ROWS):
        for at, cell in enumerate(cells[:width]):
            if cell is not None and cell is not FORMULA:
                columns[at].append(cell)
    return columns


def rows(plan: SheetPlan) -> Iterator[ReadRow | None]:
    """Each row as an entry or a refusal; None for subtotals, repeated headings and what is no entry."""
    place = Place(plan.around, plan.headings, plan.fields)
    down = _merged_down(plan)
    names = {heading(text) for text in plan.headings if text}
    for number, cells in plan.sheet.rows(plan.first):
        for column, (last, value) in down.get(number, {}).items():
            cells.extend([None] * (column - len(cells)))
            cells[column - 1] = value if cells[column - 1] is None else cells[column - 1]
            del last
        if _is_no_entry(cells, names, plan):
            _notice_month(cells, place)
            yield None
            continue
        yield _read(plan, number, cells, place)


def _read(plan: SheetPlan, number: int, cells: list[object], place: Place) -> ReadRow:
    corrected = plan.corrections.get(number, {})
    needed = {Field.TITLE, Field.RECEIVED_ON, Field.LEVEL, Field.SOURCE_UNIT, Field.DOCUMENT_NUMBER, Field.DAY}
    for cell, one in zip(cells, plan.fields, strict=False):
        if cell is FORMULA and one in needed and one not in corrected:
            return ReadRow(plan.sheet.title, number, None, "old_formula_without_result")
    known = [None if cell is FORMULA else cell for cell in cells]
    try:
        return ReadRow(plan.sheet.title, number, read_row(known, place, plan.corrections.get(number, {})))
    except RowRefused as refusal:
        column = REFUSED_FOR.get(refusal.code)
        there = (day_text(cell) for cell, one in zip(known, plan.fields, strict=False) if one is column)
        return ReadRow(plan.sheet.title, number, None, refusal.code, next(there, ""))


def _merged_down(plan: SheetPlan) -> dict[int, dict[int, tuple[int, object]]]:
    """Row → column → value of the cell that was merged over it from above."""
    wanted: dict[int, list[tuple[int, int]]] = {}
    for first, left, last, right in plan.sheet.merged:
        if last > first and left == right and last - first < 500:
            wanted.setdefault(first, []).append((left, last))
    found: dict[int, dict[int, tuple[int, object]]] = {}
    if not wanted:
        return found
    for number, cells in plan.sheet.rows(plan.first):
        for column, last in wanted.get(number, ()):
            value = cells[column - 1] if column <= len(cells) else None
            for row in range(number + 1, last + 1):
                found.setdefault(row, {})[column] = (last, value)
    return found


def _is_no_entry(cells: Sequence[object], names: set[str], plan: SheetPlan) -> bool:
    texts = [heading(cell) for cell in cells if isinstance(cell, str) and cell.strip()]
    if not texts:
        # Numbers alone: a line numbered in advance, or the sum of a column.
        return not any(one is Field.TITLE for cell, one in zip(cells, plan.fields, strict=False) if cell is not None)
    same = sum(1 for text in texts if text in names)
    if same >= 3 and same * 2 > len(texts):
        return True
    has_title = any(
        one is Field.TITLE and isinstance(cell, str) and cell.strip()
        for cell, one in zip(cells, plan.fields, strict=False)
    )
    has_more = any(
        one in (Field.SOURCE_UNIT, Field.DOCUMENT_NUMBER, Field.RECEIVED_ON, Field.DAY)
        and cell is not None
        and heading(cell) != texts[0]
        for cell, one in zip(cells, plan.fields, strict=False)
    )
    if len(texts) == 1 and LEFT_BLANK.fullmatch(texts[0]):
        return True
    if SUBTOTAL.match(texts[0]) and not (has_title and has_more):
        return True
    return not has_title and bool(SAID_BELOW.match(texts[0]) or len(cells) == 1 or (len(texts) == 1 and not has_more))


def _notice_month(cells: Sequence[object], place: Place) -> None:
    """A line that says only 三月 or 2023年 tells about the days below it."""
    texts = [day_text(cell) for cell in cells if cell is not None]
    if len(texts) == 1 and len(texts[0]) <= 10:
        around = place.around
        year, month = year_in(texts[0]) or around.year, month_in(texts[0]) or around.month
        place.around = replace(around, year=year, month=month)
