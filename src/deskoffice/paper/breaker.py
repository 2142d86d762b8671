"""Breaks a paragraph into lines of equal length by the Chinese rules of forbidden starts and ends (避头尾)."""

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

NO_START = frozenset("，。、；：？！）》〉」』】〕〗”’…—～·,.;:?!)]}%‰℃％°")
NO_END = frozenset("（《〈「『【〔〖“‘([{")
CLOSING = frozenset("，。、；：？！）》〉」』】〕〗”’")
OPENING = NO_END - frozenset("([{")

LONGEST_WORD, LONGEST_NUMBER = 8, 10
"""A Latin run of more characters may be broken, a telephone number behind its hyphen."""

ATOM = re.compile(r"——|……|[0-9A-Za-z.,:/\-+%@#_~&=?]*[0-9A-Za-z%]|.", re.DOTALL)
CUT = re.compile(r"(?<![/:])(?=/)|(?<=[.?&=_@])(?![.?&=_@/])")
"""Where an address may be cut: before a slash, behind a dot or a sign that joins."""

NUMBERS = re.compile(r"(?<=-)|(?=/)")
SYLLABLE = re.compile(r".+?[^\W_fijlrtI]|.+")
"""What has letters is cut nearly anywhere rather than that the line before it has a hole; not so a number."""

NARROW = frozenset("fijlrtI/|")
STANDS_IN = 0.075
"""A line that ends in a narrow letter ends so many cells before the edge, or it would look too long."""

SQUEEZE = 0.45
"""A full-width mark may lose nearly half of its cell, since half of it is white; two neighbours stay in order."""

SQUEEZE_AT_END = 0.5
TALL_MARKS = frozenset("？！")
SQUEEZE_TALL = 0.3
"""These stand nearer to the middle of their cell and have less white to give."""

MOST_SQUEEZED = 2.25
"""Cells by which a line may be too long before it is squeezed: 30 characters in place of 28, and a fraction."""

WIDEST_GAP = 0.6
"""A line is left ragged when filling it would take more white between two characters, in cells."""

WIDEST_HOLE = 1.5
"""Cells a line may lose to its next line before it is rather set tighter."""

REACH = 12.0
"""Cells by which a line may be too short while better line ends are looked for."""

CUT_COST = 3.0
"""A word is cut rather than that a line has a hole of so many cells, to the power of four."""

SLACK = 1e-6


@dataclass(frozen=True, slots=True)
class Atom:
    """Characters that stand together, set in one face; `width` counts in the unit of the line.

    `natural` is what the face itself takes for them: the rest of the width is white behind each.
    """

    text: str
    width: float
    face: str = ""
    natural: float = 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """Atoms with the distance of each from the left edge of the text."""

    atoms: tuple[Atom, ...]
    offsets: tuple[float, ...]
    is_last: bool

    @property
    def text(self) -> str:
        return "".join(atom.text for atom in self.atoms)


@dataclass(frozen=True, slots=True)
class Room:
    """What a paragraph has for its lines."""

    width: float
    indent: float
    cell: float
    widest_gap: float

    def of(self, start: int) -> float:
        """The width of the line that begins with this atom."""
        return self.width if start else self.width - self.indent


def split_words(text: str, longest: int = LONGEST_WORD) -> list[str]:
    """Smallest pieces that no line end may cut; every character comes back, in order.

    What is longer than `longest` is cut, so that no line before it has a hole.
    """
    words: list[str] = ATOM.findall(text)
    if max(map(len, words), default=0) <= longest:
        return words
    return [piece for word in words for piece in (_pieces(word) if len(word) > longest else (word,))]


def _pieces(word: str) -> list[str]:
    if not any(one.isalpha() for one in word):
        return [piece for piece in NUMBERS.split(word) if piece] if len(word) > LONGEST_NUMBER else [word]
    return [syllable for piece in CUT.split(word) if piece for syllable in SYLLABLE.findall(piece)]


def break_lines(
    atoms: Sequence[Atom],
    width: float,
    *,
    indent: float = 0.0,
    cell: float,
    extra: float = 0.0,
    extra_from: int = 0,
    widest_gap: float = WIDEST_GAP,
) -> list[Line]:
    """Lines no wider than `width`, the first one `indent` from the left.

    `extra` sets more (or, below zero, less) into the lines from `extra_from` on than their natural width, by
    spacing: it makes a paragraph a line shorter or longer when a page needs it.
    """
    room = Room(width, indent, cell, widest_gap)
    atoms = _fit_atoms(atoms, width - indent)
    ends = [0.0, *accumulate(atom.width for atom in atoms)]
    stops = [0]
    while stops[-1] < len(atoms):
        more = extra if len(stops) > extra_from else 0.0
        stops.append(_line_end(atoms, ends, stops[-1], room.of(stops[-1]) + more, cell=cell))
    if not extra and not all(_is_smooth(atoms, ends, start, end, room) for start, end in pairwise(stops)):
        stops = _balanced(atoms, ends, room) or stops
    return [_line(atoms, start, end, room) for start, end in pairwise(stops)]


def _line(atoms: Sequence[Atom], start: int, end: int, room: Room) -> Line:
    chosen, is_last = atoms[start:end], end == len(atoms)
    left = 0.0 if start else room.indent
    offsets = _place(chosen, room.of(start), room.cell, widest_gap=0.0 if is_last else room.widest_gap)
    return Line(tuple(chosen), tuple(left + offset for offset in offsets), is_last)


def _is_smooth(atoms: Sequence[Atom], ends: Sequence[float], start: int, end: int, room: Room) -> bool:
    """Neither a hole at the end of the line nor a word cut there."""
    hole = room.of(start) - (ends[_before_blanks(atoms, end)] - ends[start])
    return end == len(atoms) or (hole <= WIDEST_HOLE * room.cell and _is_joint(atoms, end))


def _balanced(atoms: Sequence[Atom], ends: Sequence[float], room: Room) -> list[int] | None:
    """The line ends that together cost least: several lines give a little where one had a hole."""
    best = {0: (0.0, 0)}
    for start in range(len(atoms)):
        if start not in best:
            continue
        for end in _reachable(ends, start, room):
            cost = best[start][0] + _cost(atoms, ends, start, end, room)
            if cost < best.get(end, (math.inf, 0))[0]:
                best[end] = cost, start
    stops = [len(atoms)]
    while stops[-1]:
        if stops[-1] not in best:
            return None
        stops.append(best[stops[-1]][1])
    return stops[::-1]


def _reachable(ends: Sequence[float], start: int, room: Room) -> range:
    """Line ends that make the line not much too short, nor longer than marks and spacing can give."""
    edge = ends[start] + room.of(start)
    longest = max(bisect_right(ends, edge + MOST_SQUEEZED * room.cell) - 1, start + 1)
    shortest = bisect_left(ends, edge - REACH * room.cell)
    return range(min(max(shortest, start + 1), longest), longest + 1)


def _cost(atoms: Sequence[Atom], ends: Sequence[float], start: int, end: int, room: Room) -> float:
    """What speaks against a line; infinite where it may not end or cannot be squeezed."""
    is_last = end == len(atoms)
    if not is_last and not _may_break(atoms, end):
        return math.inf
    solid = _before_blanks(atoms, end)
    excess = (ends[solid] - ends[start] - room.of(start)) / room.cell
    cut = 0.0 if is_last or _is_joint(atoms, end) else CUT_COST
    if excess <= SLACK:
        return 0.0 if is_last else excess**4 + cut
    tracking = max(excess - _white(atoms[start:solid], room.cell) / room.cell, 0.0)
    return excess / 4 + 4 * tracking + cut if tracking <= 1.0 else math.inf


def _fit_atoms(atoms: Sequence[Atom], width: float) -> Sequence[Atom]:
    if max((atom.width for atom in atoms), default=0.0) <= width:
        return atoms
    fitting: list[Atom] = []
    for atom in atoms:
        if atom.width <= width:
            fitting.append(atom)
        else:
            count = len(atom.text)
            fitting += [Atom(one, atom.width / count, atom.face, atom.natural / count) for one in atom.text]
    return fitting


def _line_end(atoms: Sequence[Atom], ends: Sequence[float], start: int, width: float, *, cell: float) -> int:
    """Index after the last atom of the line that begins at `start`; `ends` are the sums of the widths."""
    end = bisect_right(ends, ends[start] + width + SLACK, start + 1) - 1
    end = max(_behind_blanks(atoms, end), start + 1)
    if end < len(atoms) and end > start + 1 and width - (ends[end] - ends[start]) > WIDEST_HOLE * cell:
        end = _behind_blanks(atoms, _squeezed_in(atoms, start, end, width, cell))
    if end == len(atoms):
        return end
    if _may_break(atoms, end):
        return _at_a_joint(atoms, start, end, width - (ends[end] - ends[start]), cell)
    down = _push_down(atoms, start, end)
    # Where pushing down would leave a wide hole, a little less white between all characters is seen less.
    hole = width - (ends[down] - ends[start]) if down else width
    tracking = cell if hole > WIDEST_HOLE * cell else 0.0
    return _pull_up(atoms, start, end, width, cell, tracking=tracking) or down or end


def _at_a_joint(atoms: Sequence[Atom], start: int, end: int, hole: float, cell: float) -> int:
    """The same line end, or one at a joint of the address it would cut, when that is near."""
    for at in range(end, start + 1, -1):
        if _is_joint(atoms, at) and _may_break(atoms, at):
            return at if hole <= WIDEST_HOLE * cell else end
        hole += atoms[at - 1].width
    return end


def _is_joint(atoms: Sequence[Atom], at: int) -> bool:
    """A word begins or ends here, or an address may be cut here without a reader's notice."""
    before, after = atoms[at - 1].text[-1], atoms[at].text
    is_begun = not after[0].isascii() or not before.isascii() or before.isspace()
    return is_begun or CUT.search(before + after) is not None


def _before_blanks(atoms: Sequence[Atom], end: int) -> int:
    while end > 1 and atoms[end - 1].text.isspace():
        end -= 1
    return end


def _behind_blanks(atoms: Sequence[Atom], end: int) -> int:
    """Blanks at a line end take no room: they hang in the margin."""
    while end < len(atoms) and atoms[end].text.isspace():
        end += 1
    return end


def _squeezed_in(atoms: Sequence[Atom], start: int, end: int, width: float, cell: float) -> int:
    """A figure that is a little too long stays on the line when marks and spacing give the rest."""
    used = sum(atom.width for atom in atoms[start : end + 1])
    room = SQUEEZE * cell + _white(atoms[start : end + 1], cell)
    return end + 1 if used - width <= room + SLACK else end


def _may_break(atoms: Sequence[Atom], at: int) -> bool:
    before = at - 1
    # A blank at a line end hangs in the margin: what stands before it is seen there, and no line begins with one.
    while before > 0 and atoms[before].text.isspace():
        before -= 1
    return (
        not atoms[at].text[0].isspace() and atoms[at].text[0] not in NO_START and atoms[before].text[-1] not in NO_END
    )


def _pull_up(atoms: Sequence[Atom], start: int, end: int, width: float, cell: float, *, tracking: float) -> int | None:
    """Take the marks that may not start a line into this one, by squeezing marks of full width."""
    after = end
    while after < len(atoms) and not _may_break(atoms, after):
        after = _behind_blanks(atoms, after + 1)
        used = sum(atom.width for atom in atoms[start:after])
        room = min(_white(atoms[start:after], cell) + tracking, MOST_SQUEEZED * cell)
        if used - width > room + SLACK:
            return None
    return after


def _push_down(atoms: Sequence[Atom], start: int, end: int) -> int | None:
    return next((at for at in range(end - 1, start, -1) if _may_break(atoms, at)), None)


def _marks(atoms: Sequence[Atom]) -> list[int]:
    """Indices of the marks that can give up white; an opening mark at the line start keeps the edge straight."""
    return [index for index, atom in enumerate(atoms) if atom.text in CLOSING or (atom.text in OPENING and index > 0)]


def _spare(atom: Atom, cell: float) -> float:
    """What a mark can give up of its cell."""
    return (SQUEEZE_TALL if atom.text in TALL_MARKS else SQUEEZE) * cell


def _white(atoms: Sequence[Atom], cell: float) -> float:
    return sum(_spare(atoms[index], cell) for index in _marks(atoms))


def _place(atoms: Sequence[Atom], width: float, cell: float, *, widest_gap: float) -> list[float]:
    """Offsets of the atoms: squeezed when they are too wide, spread to the right edge otherwise."""
    solid = _before_blanks(atoms, len(atoms))
    used = sum([atom.width for atom in atoms[:solid]])
    width -= STANDS_IN * cell if atoms[solid - 1].text[-1] in NARROW else 0.0
    gap = 0.0
    if used > width + SLACK:
        return _tightened(atoms, solid, used - width, cell)
    if widest_gap and solid > 1 and width - used <= widest_gap * cell * (solid - 1):
        gap = (width - used) / (solid - 1)
    return list(accumulate([atom.width + gap for atom in atoms[:-1]], initial=0.0))


def _tightened(atoms: Sequence[Atom], solid: int, excess: float, cell: float) -> list[float]:
    """Offsets where marks give up white, and all characters the rest."""
    given = [0.0] * len(atoms)
    gap = -_squeeze(atoms[:solid], given, excess, cell) / max(solid - 1, 1)
    offsets, x = [], 0.0
    for atom, less in zip(atoms, given, strict=True):
        # An opening mark is white on its left, so it is that side that gives way.
        offsets.append(x - less if atom.text in OPENING else x)
        x += atom.width - less + gap
    return offsets


def _squeeze(atoms: Sequence[Atom], given: list[float], excess: float, cell: float) -> float:
    """Enter into `given` what each mark gives up, the line-end mark first; return the rest that marks cannot give."""
    marks = _marks(atoms)
    if marks and marks[-1] == len(atoms) - 1 and atoms[-1].text in CLOSING:
        given[marks[-1]] = min(excess, cell * (SQUEEZE_TALL if atoms[-1].text in TALL_MARKS else SQUEEZE_AT_END))
        excess -= given[marks.pop()]
    spares = {index: _spare(atoms[index], cell) for index in marks}
    share = min(excess / sum(spares.values()), 1.0) if spares else 0.0
    for index, spare in spares.items():
        given[index] = spare * share
    return excess - share * sum(spares.values())
