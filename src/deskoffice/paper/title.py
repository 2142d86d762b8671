"""Breaks a title into lines at sense, in the shape of a trapezium or a diamond."""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise, product

from deskoffice.paper.breaker import NO_END, NO_START
from deskoffice.paper.title_words import VOCABULARY

LONGEST_LINE = 20
"""Characters of 二号 that the type area holds."""

LATIN = 0.58
"""Width of a figure of 小标宋, which is wider than half a character."""

MOST_LINES = 4
SLACK = 7
"""Characters that a line of a longer title may give up for a better end."""

WORST_SPLIT = 60.0
"""A title is rather left in its usual lines than broken against the sense."""

WORDS = frozenset(word for line in VOCABULARY for word in line.split())
"""A title is too short for statistics and too precious for a guess."""

INSIDE, UNKNOWN, BESIDE = 30.0, 9.0, 5.0
"""What speaks against a line end in a known word, between characters of none, and at the edge of one."""

PLACE = re.compile(r"^(?:中共)?(.{1,4}?[省市县区州旗])")
"""The place in an issuer's name, 清河县 of 清河县人民政府: it stays whole wherever the title repeats it."""

ORGAN = r"[^的和及与、《》“”关于]{1,8}?(?:局|政府|委员会|法院|检察院|公司|协会|学校|医院)"
"""What makes a place the name of an organ, 税务局 behind 清河县."""

BRACKETED = re.compile(r"（[^（）]*）|“[^“”]*”|《[^《》]*》")
IN_BRACKETS = 8.0
"""What else speaks against a line end between brackets, which belong on one line where they fit."""

EDGE_TO_EDGE = 10.0
"""What speaks against a line that fills the type area from edge to edge."""

BEFORE = (
    *("关于", "印发", "转发", "批转", "进一步", "做好", "加强", "开展", "推进", "召开", "成立", "调整", "表彰", "公布"),
)
STICKY_START = "的和与及或之等了"


def title_lines(title: str, issuers: Sequence[str] = ()) -> list[str]:
    """The lines of a title; a line break the drafter typed is kept."""
    return title_options(title, issuers)[0]


def title_options(title: str, issuers: Sequence[str] = ()) -> list[list[str]]:
    """The best lines of a title first, then the best with a line more or less, for a page that needs the room."""
    if "\n" in title:
        return [[line.strip() for line in title.split("\n") if line.strip()]]
    length = _length(title)
    least = int(-(-length // LONGEST_LINE))
    penalties = _cut_penalties(title, issuers)
    if least > MOST_LINES:
        return [_by_length(title, penalties)]
    usual = int(-(-length // (LONGEST_LINE - 1)))
    best = [
        min(_splits(title, penalties, count), default=None) for count in range(least, min(usual + 1, MOST_LINES) + 1)
    ]
    options = sorted(option for option in best if option is not None)
    if length <= LONGEST_LINE - 1:
        options.sort(key=lambda option: len(option[1]))
    lines = [split for penalty, split in options if penalty < WORST_SPLIT] or [_by_length(title, penalties)]
    others = [split for split in lines[1:] if abs(len(split) - len(lines[0])) <= 1 and not _is_nearly_block(split)]
    return [lines[0], *others]


def _splits(title: str, penalties: Sequence[float], count: int) -> Iterator[tuple[float, list[str]]]:
    """Every way to break the title into so many lines, with what speaks against it."""
    if count == 1:
        # A title that fills its line from edge to edge is better broken.
        if _width(title) <= LONGEST_LINE:
            yield (0.0 if _length(title) <= LONGEST_LINE - 1 else 30.0), [title]
        return
    reach = [0.0, *accumulate(_length(character) for character in title)]
    for cuts in product(*(_near(reach, penalties, reach[-1] * line / count, count) for line in range(1, count))):
        edges = (0, *cuts, len(title))
        lengths = [reach[end] - reach[start] for start, end in pairwise(edges)]
        split = [title[start:end].strip() for start, end in pairwise(edges)]
        if max(map(_width, split)) <= LONGEST_LINE and min(lengths) >= 3:
            penalty = sum(penalties[cut] for cut in cuts) + _shape_penalty(lengths)
            # Lines of as many signs look like a block, be some of them narrow figures.
            penalty += EDGE_TO_EDGE * sum(length > LONGEST_LINE - 0.5 for length in lengths)
            yield penalty + (20 if _is_block(split) else 0), split


def _is_block(lines: Sequence[str]) -> bool:
    return len(lines) > 1 and len({len(line.replace(" ", "")) for line in lines}) == 1


def _is_nearly_block(lines: Sequence[str]) -> bool:
    """Lines that differ by a character at most have no shape either."""
    lengths = [_length(line) for line in lines]
    return len(lines) > 1 and (_is_block(lines) or max(lengths) - min(lengths) <= 1)


def _near(reach: Sequence[float], penalties: Sequence[float], target: float, count: int) -> list[int]:
    """Places for a line end around where lines of one length would have it; the more lines, the fewer are tried."""
    span = 9.0 if count == 2 else 8.0
    inside = [at for at in range(2, len(reach) - 2) if abs(reach[at] - target) <= span and penalties[at] < 100]
    return [at for at in inside if penalties[at] < 30] or inside


def _cut_penalties(title: str, issuers: Sequence[str]) -> list[float]:
    """What speaks against a line end before each character: 100 and more forbids it."""
    places = [found.group(1) for issuer in issuers if (found := PLACE.match(issuer))]
    organs = [found for place in places for found in re.findall(re.escape(place) + ORGAN, title)]
    words = [word for word in (*WORDS, *places, *organs, *issuers) if word and word in title]
    penalties = _beside_words(title, words)
    for at in range(1, len(title)):
        penalties[at] = _between(title[at - 1], title[at], penalties[at])
        if title.startswith(BEFORE, at):
            penalties[at] = min(penalties[at], 1.0)
    for word in words:
        _protect(title, word, penalties)
    for found in BRACKETED.finditer(title):
        for at in range(found.start() + 1, found.end()):
            penalties[at] += IN_BRACKETS
    for issuer in issuers:
        if issuer and title.startswith(issuer):
            penalties[len(issuer)] = 0.0
    return penalties


def _between(before: str, after: str, usual: float) -> float:
    """What speaks against a line end between two characters."""
    if after in NO_START or before in NO_END or (before.isascii() and after.isascii()) or after.isspace():
        return 100.0
    if before.isdigit():
        return 40.0
    if after in STICKY_START:
        return 16.0
    if before in "的和与及、》”" or after in "（《“":
        return 3.0
    return 0.0 if before.isspace() else usual


def _beside_words(title: str, words: Sequence[str]) -> list[float]:
    penalties = [UNKNOWN] * (len(title) + 1)
    for word in words:
        for found in re.finditer(re.escape(word), title):
            penalties[found.start()] = penalties[found.end()] = BESIDE
    return penalties


def _protect(title: str, word: str, penalties: list[float]) -> None:
    start = title.find(word) if word else -1
    while start >= 0:
        for at in range(start + 1, start + len(word)):
            penalties[at] = max(penalties[at], INSIDE)
        start = title.find(word, start + 1)


def _shape_penalty(lengths: Sequence[float]) -> float:
    """Trapezium and diamond are free; equal lines, an hourglass and a very short line are not."""
    steps = [later - earlier for earlier, later in pairwise(lengths)]
    penalty = 6.0 * (len(lengths) - 2) + sum(max(0.0, abs(step) - 6) for step in steps)
    if all(step == 0 for step in steps):
        penalty += 60
    if any(step < 0 for step in steps) and any(step > 0 for step in steps):
        falls_first = next(step for step in steps if step) < 0
        penalty += 40 if falls_first else 0
    return penalty + (10 if min(lengths) < 4 else 0) + (0 if steps[-1] < 0 else 2)


def _by_length(title: str, penalties: Sequence[float]) -> list[str]:
    """Lines of a title so long that its shape no longer matters, each ended where least speaks against it."""
    lines: list[str] = []
    start = 0
    while _width(title[start:]) > LONGEST_LINE:
        reach = list(accumulate(map(_width, title[start:])))
        fitting = [start + at for at, width in enumerate(reach, 1) if LONGEST_LINE - SLACK <= width <= LONGEST_LINE - 1]
        end = min(fitting, key=lambda at: (penalties[at], -at))
        lines.append(title[start:end].strip())
        start = end
    lines.append(title[start:].strip())
    if _is_block(lines[-2:]):
        lines[-2:] = [lines[-2] + lines[-1][0], lines[-1][1:]]
    return lines


def _length(text: str) -> float:
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def _width(text: str) -> float:
    return sum(LATIN if character.isascii() else 1.0 for character in text)
