"""Pages as positioned runs of text, rules and seals, in millimetres from the top left: what a back end draws."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import accumulate, chain, groupby
from operator import attrgetter, sub

from deskoffice.paper.breaker import LONGEST_WORD, WIDEST_GAP, Atom, Line, break_lines, split_words
from deskoffice.paper.fonts import Face, Fonts, Role
from deskoffice.paper.geometry import CELL, PAGE_HEIGHT, PAGE_WIDTH, SIZE_3, em

CONTROLS = str.maketrans("\t\n\r", "   ")
"""A line has no tabs and no ends inside."""

LONGEST_IN_CELL = 16
"""Tables and forms break between words: their columns are made as wide as words are, but for addresses."""

TINY = 1e-5
"""Distances below a hundredth of a micrometre are rounding."""


class Colour(StrEnum):
    """Inks of an official paper."""

    BLACK = "black"
    RED = "red"
    GREY = "grey"


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one face at a constant advance; `y` is the baseline, `spacing` the white added after each."""

    x: float
    y: float
    text: str
    face: str
    size: float
    spacing: float = 0.0
    colour: Colour = Colour.BLACK


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line of the given width."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: float
    colour: Colour = Colour.BLACK


@dataclass(frozen=True, slots=True)
class Stencil:
    """A seal as a one-bit picture, painted where a bit is 0; rows are padded to bytes."""

    bits: bytes
    columns: int
    rows: int


@dataclass(frozen=True, slots=True)
class SealMark:
    """A seal pressed at a centre."""

    cx: float
    cy: float
    diameter: float
    stencil: Stencil


Item = Run | Rule | SealMark


@dataclass(slots=True)
class Page:
    """One side of a sheet; grows while it is laid out.

    `turned` is a landscape page that lies on it, its head on the left edge.
    """

    items: list[Item] = field(default_factory=list)
    width: float = PAGE_WIDTH
    height: float = PAGE_HEIGHT
    number: int | None = None
    turned: "Page | None" = None

    def rule(self, y: float, x0: float, x1: float, width: float, colour: Colour = Colour.BLACK) -> None:
        self.items.append(Rule(x0, y, x1, y, width, colour))


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set: face, size in points, and the advance of a full-width character (0: its own width)."""

    role: Role
    size: float = SIZE_3
    cell: float = 0.0
    colour: Colour = Colour.BLACK


BODY = Style(Role.FANG, SIZE_3, CELL)


class Measured(dict[str, tuple[Atom, ...]]):
    """The atoms of each word of one style; a word is measured when it is first asked for."""

    def __init__(self, measure: Callable[[str, Style], tuple[Atom, ...]], style: Style) -> None:
        super().__init__()
        self._measure, self._style = measure, style

    def __missing__(self, word: str) -> tuple[Atom, ...]:
        self[word] = self._measure(word, self._style)
        return self[word]


class Setter:
    """Turns text into atoms and lines into runs, with the fonts of this machine."""

    def __init__(self, fonts: Fonts) -> None:
        self.fonts = fonts
        self._words: dict[Style, Measured] = {}

    def atoms(self, text: str, style: Style) -> list[Atom]:
        words = self._words.get(style)
        if words is None:
            words = self._words[style] = Measured(self._measure, style)
        longest = LONGEST_WORD if style.cell else LONGEST_IN_CELL
        return list(chain.from_iterable(map(words.__getitem__, split_words(text.translate(CONTROLS), longest))))

    def solid(self, text: str, style: Style) -> Atom:
        """A label of one face that no spacing may change: what hangs under it stays in line."""
        atoms = self.atoms(text, style)
        width, natural = sum(atom.width for atom in atoms), sum(atom.natural for atom in atoms)
        return Atom(text, width, atoms[0].face, natural)

    def width(self, text: str, style: Style) -> float:
        return sum(atom.width for atom in self.atoms(text, style))

    def lines(
        self, text: str, style: Style, width: float, *, indent: float = 0.0, widest_gap: float = WIDEST_GAP
    ) -> list[Line]:
        cell = style.cell or em(style.size)
        return break_lines(self.atoms(text, style), width, indent=indent, cell=cell, widest_gap=widest_gap)

    def line(self, page: Page, line: Line, x: float, y: float, style: Style) -> None:
        """Put a broken line on the page."""
        page.items += self._runs(line.atoms, line.offsets, (x, y), style)

    def text(self, page: Page, text: str, x: float, y: float, style: Style) -> float:
        """Put one unbroken line on the page; return its width."""
        atoms = self.atoms(text, style)
        offsets = list(accumulate((atom.width for atom in atoms), initial=0.0))
        page.items += self._runs(atoms, offsets, (x, y), style)
        return offsets[-1]

    def centred(self, page: Page, text: str, middle: float, y: float, style: Style) -> None:
        self.text(page, text, middle - self.width(text, style) / 2, y, style)

    def right(self, page: Page, text: str, edge: float, y: float, style: Style) -> None:
        self.text(page, text, edge - self.width(text, style), y, style)

    def _measure(self, word: str, style: Style) -> tuple[Atom, ...]:
        faces = [self.fonts.face(style.role, character) for character in word]
        naturals = [face.advances[ord(one)] * em(style.size) for face, one in zip(faces, word, strict=True)]
        widths = [self._width(face, one, style) for face, one in zip(faces, word, strict=True)]
        if len({face.name for face in faces}) == 1:
            return (Atom(word, sum(widths), faces[0].name, sum(naturals)),)
        names = (face.name for face in faces)
        return tuple(Atom(*one) for one in zip(word, widths, names, naturals, strict=True))

    def _width(self, face: Face, character: str, style: Style) -> float:
        advance = face.advances[ord(character)]
        is_wide = advance > 0.8 and ord(character) >= 0x2010
        return style.cell if style.cell and is_wide else advance * em(style.size)

    def _runs(
        self, atoms: Sequence[Atom], offsets: Sequence[float], origin: tuple[float, float], style: Style
    ) -> list[Run]:
        """Runs of one face, each as long as the white between its characters is constant."""
        runs: list[Run] = []
        start = 0
        for face, group in groupby(atoms, attrgetter("face")):
            chosen = list(group)
            xs = offsets[start : start + len(chosen)]
            start += len(chosen)
            gap = _even_gap(chosen, xs)
            if gap is None:
                runs += _broken_runs(chosen, xs, origin, style)
            else:
                text = "".join([atom.text for atom in chosen])
                runs.append(Run(origin[0] + xs[0], origin[1], text, face, style.size, gap, style.colour))
        return runs


def _even_gap(atoms: Sequence[Atom], xs: Sequence[float]) -> float | None:
    """The white behind each character when it is the same behind all; nothing else can be said of a single word."""
    first = atoms[0]
    if len(atoms) == 1:
        return (first.width - first.natural) / len(first.text)
    steps, naturals = list(map(sub, xs[1:], xs)), {atom.natural for atom in atoms}
    is_even = max(steps) - min(steps) < TINY and max(naturals) - min(naturals) < TINY
    return steps[0] - first.natural if is_even and all(len(atom.text) == 1 for atom in atoms) else None


def _broken_runs(atoms: Sequence[Atom], xs: Sequence[float], origin: tuple[float, float], style: Style) -> list[Run]:
    """Runs of a face in a line where marks have been squeezed or words of several characters stand."""
    left, y = origin
    runs: list[Run] = []
    text, begun, end, gap = "", 0.0, 0.0, 0.0
    for position, atom in enumerate(atoms):
        x, count = xs[position], len(atom.text)
        after = xs[position + 1] if position + 1 < len(atoms) else x + atom.width
        spacing = (after - x - atom.natural) if count == 1 else (atom.width - atom.natural) / count
        is_even = count == 1 or abs(gap - spacing) < TINY
        if text and is_even and abs(end - x) < TINY:
            text += atom.text
        else:
            if text:
                runs.append(Run(left + begun, y, text, atom.face, style.size, gap, style.colour))
            text, begun, gap = atom.text, x, spacing
        end = x + atom.natural + gap * count
    runs.append(Run(left + begun, y, text, atoms[0].face, style.size, gap, style.colour))
    return runs
