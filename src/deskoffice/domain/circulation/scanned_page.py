"""Finds the elements of an official page by their places in GB/T 9704-2012 among the lines that were read."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from dataclasses import fields as fields_of

from deskoffice.domain.circulation.written import day_in, number_in, plain
from deskoffice.domain.values import LEVEL_WORDS, LONGEST_YEARS, URGENCY_WORDS


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page: its characters, how sure each is (0 to 1), and where it stands, from the top left."""

    text: str
    sure: tuple[float, ...]
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of an upright page of this size."""

    width: float
    height: float
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """Line under line, as search wants it."""
        return "\n".join(line.text for line in sorted(self.lines, key=lambda line: (line.top, line.left)))


@dataclass(frozen=True, slots=True)
class Found:
    """A value with the lines it was read from; None where nothing was, or nothing sure enough."""

    value: str | None = None
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class PageFields:
    """What the page says of itself."""

    issuer: Found = Found()
    document_number: Found = Found()
    title: Found = Found()
    addressee: Found = Found()
    classification: Found = Found()
    secrecy_years: Found = Found()
    copy_number: Found = Found()
    urgency: Found = Found()
    date: Found = Found()


LEVEL = re.compile(r"(绝密|机密|秘密|内部)(?:\D{0,2}(\d{1,2})年)?")
URGENT = re.compile(f"(?:等级|紧急程度|缓急)?：?({'|'.join(word for word in URGENCY_WORDS.values() if word)})")
COPY = re.compile(r"^(?:份号|[Nn][Oo0])?[：:.]?(\d{3,8})$")
SIGNER = re.compile(r"签发人.*$")
TORN_NUMBER = re.compile(r"(?:(?:19|20)\d\d.{0,2}|[〔［【（].{0,8}\D)\d{1,5}号$")
"""A number that a stamp lies on: not to be read as one, and no line of the title."""
MARK_ENDS = ("文件", "令", "纪要")
WIRE = re.compile("(?:内部|密码|明传|传真)*(?:明电|密电|传真|电报)")
"""The mark of a telegram (电报) names its kind, not who sends it."""
ORGAN_ENDS = tuple("局委会部厅院室办府处心组司校队团社站所署行党")
"""A line of the mark that ends otherwise goes on in the next: the others name an organ each."""
SENTENCE = re.compile("^[，。；：、）”]|[。；]")
"""What no title has."""
MARK_FROM = 1.4
"""The mark is so much higher than the lines of the text; a title is not."""
TITLE_FROM = 1.1
ADDRESSEE_BELOW, TITLE_OVER_ADDRESSEE = 1.3, 1.2
"""A line as wide as the text is always in its middle: only its height tells a title (2号) from an addressee (3号)."""
LEAST_SURE, LEAST_SURE_FIGURE = 0.45, 0.7
"""A character below this is a guess, and one wrong figure names another paper; marks are told by their places."""
POOR_SHARE, POOR_BELOW, LEAST_SURE_ON_POOR = 0.03, 0.8, 0.95
"""Where so many letters of a page are below 0.8, wrong ones look sure too: only the surest are taken."""
LARGE_ALONE = 1.3
"""So much higher than the text is a title where no head, number or addressee says that the page has one."""
SPREAD = 1.2
"""A sheet so much wider than high may hold two pages side by side."""
HEAD = 0.55
"""Mark and number stand within so much of the page."""


def fields(page: Page) -> PageFields:
    """The nine elements; what is not there, or not sure, is None."""
    sides = [_moved_back(_Reading(side).fields(), start) for start, side in _sides(page)]
    front = max(sides, key=lambda found: sum(bool(one.value) for one in _values(found)))
    dates = [found.date for found in sides if found.date.value]
    return front if front.date.value or not dates else replace(front, date=dates[-1])


def date_of(page: Page) -> Found:
    """The day of a document whose signature stands on this later page."""
    return _Reading(page).dated()


class _Reading:
    """One page on the way from lines to elements: each element bounds the next."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._lines = sorted(page.lines, key=lambda line: line.top)
        self._is_poor = _is_poor(page.lines)
        words = [line for line in self._lines if len(line.text) > 3]
        heights = sorted(line.height for line in words)
        # Title and mark are higher than the text, and on a short page nearly as many.
        self._size = heights[len(heights) // 5] if heights else 1.0
        self._left = min((line.left for line in words), default=0.0)
        self._number = next((line for line in self._upper(HEAD) if number_in(line.text)), None)
        self._high_title: list[Line] = []
        self._mark = self._mark_lines()
        self._addressee = self._addressee_lines()
        self._title = self._title_lines()

    def fields(self) -> PageFields:
        level = self._in_head(LEVEL)
        return PageFields(
            issuer=self._issuer(),
            document_number=self._document_number(),
            title=self._joined(self._title, _with_dashes),
            addressee=self._joined(self._addressee, lambda text: plain(text).partition("：")[0]),
            classification=self._matched(level, LEVEL, 1),
            secrecy_years=self._years(level),
            copy_number=self._matched(self._in_head(COPY), COPY, 1),
            urgency=self._matched(self._in_head(URGENT), URGENT, 1),
            date=self.dated(),
        )

    def _upper(self, part: float) -> list[Line]:
        return [line for line in self._lines if line.top < self._page.height * part]

    def _mark_lines(self) -> list[Line]:
        until = self._number.top if self._number else self._page.height * HEAD
        above = [line for line in self._upper(HEAD) if line.bottom < until + self._size]
        high = [line for line in above if line.height > MARK_FROM * self._size]
        if not high:
            high = [line for line in above if line.text.endswith("文件") and line.height > TITLE_FROM * self._size]
        tallest = max((line.height for line in high), default=0.0)
        mark = [line for line in high if line.height > 0.6 * tallest]
        if mark and self._number:
            mark = self._with_joint(mark, above, tallest)
        if "关于" in "".join(line.text for line in mark) and not any(line.text.endswith(MARK_ENDS) for line in mark):
            # Older letters have no head: their title stands above the number.
            self._high_title = mark
            return []
        return mark

    def _with_joint(self, mark: list[Line], above: list[Line], tallest: float) -> list[Line]:
        """Of several organs that issue together each name is smaller than the 文件 beside them."""
        top = mark[0].top - 1.5 * tallest
        return [
            line
            for line in above
            if line in mark
            or (
                line.top > top
                and line.height > max(TITLE_FROM * self._size, 0.5 * tallest)
                and not any(known.match(plain(line.text)) for known in (LEVEL, URGENT, COPY))
            )
        ]

    def _head_end(self) -> float:
        """Where mark and number are over."""
        ends = [line.bottom for line in self._mark] + ([self._number.bottom] if self._number else [])
        return max(ends, default=0.0)

    def _addressee_lines(self) -> list[Line]:
        """The first line at the margin that ends with a colon, and those above it that are no higher: no title's."""
        zone = [line for line in self._upper(0.8) if line.top > self._head_end() - self._size / 2]
        ends = (at for at, line in enumerate(zone) if plain(line.text).endswith("：") and self._is_at_margin(line))
        end = next((at for at in ends if zone[at].height < ADDRESSEE_BELOW * self._size), None)
        if end is None:
            return []
        found = [zone[end]]
        for line in reversed(zone[:end]):
            is_high = line.height > TITLE_OVER_ADDRESSEE * zone[end].height
            if is_high or SIGNER.match(line.text) or not self._is_at_margin(line):
                break
            found.insert(0, line)
        return found if len(found) < 5 else []

    def _is_at_margin(self, line: Line) -> bool:
        return abs(line.left - self._left) < 1.3 * self._size

    def _is_centred(self, line: Line) -> bool:
        is_between = line.left > self._left + 1.3 * self._size or line.height > TITLE_FROM * self._size
        return is_between and abs(line.middle - self._page.width / 2) < self._page.width * 0.04

    def _title_lines(self) -> list[Line]:
        if self._high_title:
            return self._high_title
        until = self._addressee[0].top if self._addressee else self._page.height * 0.75
        after = self._head_end() - self._size / 2
        zone = [line for line in self._lines if after < line.top and line.bottom < until + 4]
        found: list[Line] = []
        for line in [line for line in zone if line is not self._number and "签发人" not in line.text]:
            if not found and TORN_NUMBER.search(plain(line.text)):
                continue
            is_large = line.height > TITLE_FROM * self._size
            if self._is_centred(line) and (is_large or self._addressee) and not day_in(line.text):
                found.append(line)
            elif found:
                break
        is_alone = not (self._mark or self._number or self._addressee)
        least, most = LARGE_ALONE * self._size if is_alone else 0.0, 3 * self._size
        is_title = not SENTENCE.search(plain("".join(line.text for line in found)))
        return found if is_title and all(least < line.height < most for line in found) else []

    def _issuer(self) -> Found:
        names = _whole_names(_without_mark_end(plain(line.text)) for line in self._mark)
        read = [line for line in self._mark if self._is_sure(line)]
        if any(line.text.endswith("纪要") for line in self._mark) and (beside := self._beside_date()):
            return self._joined(beside, plain)
        if names and len(read) == len(self._mark) and not WIRE.fullmatch(names[0]):
            return Found("、".join(dict.fromkeys(names)), tuple(self._mark))
        return self._signed()

    def _signed(self) -> Found:
        """Who signed: the line above the date."""
        dated = self._date_line()
        above = [
            line
            for line in self._lines
            if dated is not None and 0 < dated.top - line.top < 3 * self._size and line.left > self._page.width * 0.4
        ]
        return self._joined(above[-1:], plain)

    def _beside_date(self) -> list[Line]:
        """Minutes name their unit at the left of the day."""
        dated = self._date_line()
        if dated is None:
            return []
        return [line for line in self._lines if abs(line.top - dated.top) < self._size / 2 and line.right < dated.left]

    def _document_number(self) -> Found:
        if self._number is not None:
            value = number_in(self._number.text) if self._is_sure(self._number) else None
            return Found(value, (self._number,))
        return Found()

    def _in_head(self, pattern: re.Pattern[str]) -> Line | None:
        """A short line above the title, at the left."""
        until = self._title[0].top if self._title else self._page.height * 0.35
        for line in self._lines:
            is_short = line.right - line.left < self._page.width * 0.4
            is_above = line.top < until and line not in self._mark and line is not self._number
            if is_short and is_above and line.left < self._page.width * 0.45 and pattern.match(plain(line.text)):
                return line
        return None

    def _date_line(self) -> Line | None:
        below = self._title[-1].bottom if self._title else self._head_end()
        dated = [line for line in self._lines if day_in(line.text) and line.right - line.left < self._page.width * 0.5]
        signed = [line for line in dated if line.top > below and line.middle > self._page.width * 0.5]
        heads = [line for line in dated if line.top <= below and line.top > self._page.height * 0.1]
        return signed[-1] if signed else (heads[-1] if heads else None)

    def dated(self) -> Found:
        """成文日期: under the text at the right, or under the head of minutes."""
        line = self._date_line()
        if line is None:
            return Found()
        day = day_in(line.text) if self._is_sure(line) else None
        return Found(day.isoformat() if day else None, (line,))

    def _is_sure(self, line: Line) -> bool:
        least = LEAST_SURE_ON_POOR if self._is_poor else LEAST_SURE
        return all(
            sure >= (max(least, LEAST_SURE_FIGURE) if letter.isdecimal() else least) for letter, sure in _letters(line)
        )

    def _joined(self, lines: Sequence[Line], said: Callable[[str], str]) -> Found:
        if not lines:
            return Found()
        value = said("".join(line.text for line in lines))
        return Found(value if value and all(map(self._is_sure, lines)) else None, tuple(lines))

    def _matched(self, line: Line | None, pattern: re.Pattern[str], group: int) -> Found:
        if line is None:
            return Found()
        match = pattern.match(plain(line.text))
        return Found(match.group(group) if match and self._is_sure(line) else None, (line,))

    def _years(self, line: Line | None) -> Found:
        """The period behind the star, when it is one that the law knows for the level."""
        found = self._matched(line, LEVEL, 2)
        level = next((one for one, word in LEVEL_WORDS.items() if line and plain(line.text).startswith(word)), None)
        longest = LONGEST_YEARS.get(level, 0) if level is not None else 0
        return found if found.value and 0 < int(found.value) <= longest else Found(None, found.lines)


def _with_dashes(text: str) -> str:
    """2026—2030: between figures a stroke is no numeral."""
    return re.sub(r"(?<=[0-9])[一－](?=[0-9])", "—", plain(text))


def _without_mark_end(name: str) -> str:
    for end in MARK_ENDS:
        name = name.removesuffix(end)
    return name


def _whole_names(parts: Iterable[str]) -> list[str]:
    names: list[str] = []
    for part in filter(None, parts):
        if names and not names[-1].endswith(ORGAN_ENDS):
            names[-1] += part
        else:
            names.append(part)
    return names


def _sides(page: Page) -> list[tuple[float, Page]]:
    """The page itself, or the two that lie side by side on its sheet, with where each begins."""
    half = page.width / 2
    across = [line for line in page.lines if line.left < half - page.width * 0.02 and line.right > half * 1.04]
    if page.width < SPREAD * page.height or len(across) > len(page.lines) // 20:
        return [(0.0, page)]
    sides = []
    for start in (0.0, half):
        lines = [line for line in page.lines if start <= line.middle < start + half]
        moved = tuple(replace(line, left=line.left - start, right=line.right - start) for line in lines)
        sides.append((start, Page(half, page.height, moved)))
    return sides


def _values(found: PageFields) -> list[Found]:
    return [getattr(found, one.name) for one in fields_of(PageFields)]


def _moved_back(found: PageFields, start: float) -> PageFields:
    if not start:
        return found
    moved = {
        one.name: Found(
            value.value,
            tuple(replace(line, left=line.left + start, right=line.right + start) for line in value.lines),
        )
        for one, value in zip(fields_of(PageFields), _values(found), strict=True)
    }
    return PageFields(**moved)


def _letters(line: Line) -> list[tuple[str, float]]:
    return [(letter, sure) for letter, sure in zip(line.text, line.sure, strict=False) if letter.isalnum()]


def _is_poor(lines: Sequence[Line]) -> bool:
    sure = [sure for line in lines for _, sure in _letters(line)]
    return sum(one < POOR_BELOW for one in sure) > POOR_SHARE * len(sure)
