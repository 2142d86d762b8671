"""Sets the words of a form in lines that fit their box."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from deskoffice.paper.breaker import Line
from deskoffice.paper.fonts import Role
from deskoffice.paper.forms.model import Align, Opinion
from deskoffice.paper.forms.parts import Written, height_of
from deskoffice.paper.forms.values import signature
from deskoffice.paper.geometry import em
from deskoffice.paper.sheet import Setter, Style

LABEL_SIZES = (12.0, 10.5, 9.0)
CELL_SIZES = (12.0, 10.5, 9.0)
RAGGED_BELOW = 60.0
SMALL = Style(Role.KAI, 9)


class Writer:
    """Breaks text of one form; keeps what it has measured, since a table repeats its words."""

    def __init__(self, setter: Setter) -> None:
        self.setter = setter
        self._fitted: dict[tuple[object, ...], tuple[Written, ...]] = {}

    def lines(
        self, text: str, style: Style, width: float, align: Align = Align.LEFT, *, indent: float = 0.0
    ) -> tuple[Written, ...]:
        """A value, a paragraph for each of its lines."""
        return tuple(Written(line, style, align) for line in self._broken(text, style, width, indent))

    def printed(self, text: str, style: Style, width: float, align: Align = Align.LEFT) -> tuple[Written, ...]:
        """Words of the form itself."""
        return tuple(Written(line, style, align, is_printed=True) for line in self._broken(text, style, width, 0.0))

    def fitted(
        self, text: str, width: float, height: float, align: Align, sizes: Sequence[float] = CELL_SIZES
    ) -> tuple[Written, ...]:
        """A value in the largest size that fits, otherwise in the smallest: the box then grows."""
        key = text, width, height, align, sizes
        if key not in self._fitted:
            for size in sizes:
                self._fitted[key] = self.lines(text, Style(Role.FANG, size), width, align)
                if height_of(self._fitted[key]) <= height:
                    break
        return self._fitted[key]

    def label(self, text: str, width: float, *, is_heading: bool = False) -> tuple[Written, ...]:
        """The label of a cell or, in 黑体, the heading of a column: on one line if a size allows."""
        role = Role.HEI if is_heading else Role.KAI
        for size in LABEL_SIZES[1:] if is_heading else LABEL_SIZES:
            lines = self.printed(text, Style(role, size), width, Align.CENTRE)
            if len(lines) <= 1 + text.count("\n"):
                return lines
        return self.printed(text, Style(role, 10.5), width, Align.CENTRE)

    def opinions(self, opinions: Sequence[Opinion], size: float, width: float) -> tuple[Written, ...]:
        """Each opinion as written, signed and dated at the right."""
        style = Style(Role.FANG, size)
        lines: tuple[Written, ...] = ()
        for one in opinions:
            is_short = "\n" not in one.text and self.setter.width(one.text, style) <= width
            lines += self.lines(one.text, style, width, indent=0.0 if is_short else 2 * em(size))
            if signed := signature(one):
                lines += self.lines(signed, style, width, Align.RIGHT)
        return lines

    def _broken(self, text: str, style: Style, width: float, indent: float) -> list[Line]:
        paragraphs = [paragraph for paragraph in text.split("\n") if paragraph.strip()]
        lines = [line for one in paragraphs for line in self.setter.lines(one, style, width, indent=indent)]
        return lines if width > RAGGED_BELOW else [_ragged(line, width) for line in lines]


def _ragged(line: Line, width: float) -> Line:
    """The line with its natural white, unless it was squeezed: narrow columns look torn when they are justified."""
    widths = [atom.width for atom in line.atoms]
    return replace(line, offsets=tuple(accumulate(widths[:-1], initial=0.0))) if sum(widths) <= width else line
