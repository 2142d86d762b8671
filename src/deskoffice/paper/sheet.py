"""Pages as positioned runs of text, rules and seals, in millimetres from the top left: what a back end draws."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from deskoffice.paper.breaker import Atom, Line, break_lines, split_words
from deskoffice.paper.fonts import Face, Fonts, Role
from deskoffice.paper.geometry import CELL, PAGE_HEIGHT, PAGE_WIDTH, SIZE_3, em

CONTROLS = str.maketrans("\t\n\r", "   ")
"""A line has no tabs and no ends inside."""

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
    """One side of a sheet; grows while it is laid out."""

    items: list[Item] = field(default_factory=list)
    width: float = PAGE_WIDTH
    height: float = PAGE_HEIGHT
    number: int | None = None

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


class Setter:
    """Turns text into atoms and lines into runs, with the fonts of this machine."""

    def __init__(self, fonts: Fonts) -> None:
        self.fonts = fonts
        self._faces: dict[str, Face] = {}
        self._words: dict[tuple[str, Style], tuple[Atom, ...]] = {}

    def atoms(self, text: str, style: Style) -> list[Atom]:
        atoms: list[Atom] = []
        for word in split_words(text.translate(CONTROLS)):
            key = word, style
            if key not in self._words:
                self._words[key] = tuple(self._measure(word, style))
            atoms += self._words[key]
        return atoms

    def solid(self, text: str, style: Style) -> Atom:
        """A label of one face that no spacing may change: what hangs under it stays in line."""
        atoms = self.atoms(text, style)
        return Atom(text, sum(atom.width for atom in atoms), atoms[0].face)

    def width(self, text: str, style: Style) -> float:
        return sum(atom.width for atom in self.atoms(text, style))

    def lines(self, text: str, style: Style, width: float, *, indent: float = 0.0) -> list[Line]:
        return break_lines(self.atoms(text, style), width, indent=indent, cell=style.cell or em(style.size))

    def line(self, page: Page, line: Line, x: float, y: float, style: Style) -> None:
        """Put a broken line on the page."""
        page.items += self._runs(line.atoms, [x + offset for offset in line.offsets], y, style)

    def text(self, page: Page, text: str, x: float, y: float, style: Style) -> float:
        """Put one unbroken line on the page; return its width."""
        atoms, offsets, used = self.atoms(text, style), [], 0.0
        for atom in atoms:
            offsets.append(x + used)
            used += atom.width
        page.items += self._runs(atoms, offsets, y, style)
        return used

    def centred(self, page: Page, text: str, middle: float, y: float, style: Style) -> None:
        self.text(page, text, middle - self.width(text, style) / 2, y, style)

    def right(self, page: Page, text: str, edge: float, y: float, style: Style) -> None:
        self.text(page, text, edge - self.width(text, style), y, style)

    def _measure(self, word: str, style: Style) -> list[Atom]:
        faces = [self.fonts.face(style.role, character) for character in word]
        widths = [self._width(face, character, style) for face, character in zip(faces, word, strict=True)]
        self._faces.update({face.name: face for face in faces})
        if len({face.name for face in faces}) == 1:
            return [Atom(word, sum(widths), faces[0].name)]
        return [Atom(*one) for one in zip(word, widths, (face.name for face in faces), strict=True)]

    def _width(self, face: Face, character: str, style: Style) -> float:
        advance = face.advances[ord(character)]
        is_wide = advance > 0.8 and ord(character) >= 0x2010
        return style.cell if style.cell and is_wide else advance * em(style.size)

    def _runs(self, atoms: Sequence[Atom], offsets: Sequence[float], y: float, style: Style) -> list[Run]:
        """Runs of one face, each as long as the white between its characters is constant."""
        runs: list[Run] = []
        text, face, begun, end, gap = "", "", 0.0, 0.0, 0.0
        for position, atom in enumerate(atoms):
            x, natural, count = offsets[position], self._advance(atom, style.size), len(atom.text)
            after = offsets[position + 1] if position + 1 < len(atoms) else x + atom.width
            spacing = (after - x - natural) if count == 1 else (atom.width - natural) / count
            is_even = count == 1 or abs(gap - spacing) < TINY
            if text and face == atom.face and is_even and abs(end - x) < TINY:
                text += atom.text
            else:
                if text:
                    runs.append(Run(begun, y, text, face, style.size, gap, style.colour))
                text, face, begun, gap = atom.text, atom.face, x, spacing
            end = x + natural + gap * count
        if text:
            runs.append(Run(begun, y, text, face, style.size, gap, style.colour))
        return runs

    def _advance(self, atom: Atom, size: float) -> float:
        advances = self._faces[atom.face].advances
        return sum(advances[ord(character)] for character in atom.text) * em(size)
