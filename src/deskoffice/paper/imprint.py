"""The block at the foot of the last page (版记): who else receives the paper, who printed it and when."""

from dataclasses import dataclass

from deskoffice.domain.values import chinese_date
from deskoffice.paper.breaker import Line
from deskoffice.paper.fonts import Role
from deskoffice.paper.geometry import BOTTOM, HEIGHT, LEFT, RIGHT, SIZE_4, WIDTH, baseline_in, em
from deskoffice.paper.model import Layout, OfficialDocument
from deskoffice.paper.sheet import Page, Setter, Style

THICK, THIN = 0.35, 0.25
LEADING = 15 / 8
"""A line is as high as its characters and 7/8 more."""

TIGHTER = ((SIZE_4, 1.5), (SIZE_4, 1.2), (12.0, 1.2), (10.5, 1.2), (9.0, 1.2), (7.5, 1.15))
"""Sizes and leadings of lists so long that they would not stand on a page."""

CLEARANCE, CLEARANCE_WITHOUT_RULES = 5.0, 2.0
"""The least white between the text and the first rule, or the line of a block without rules."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """The elements as broken lines, from top to bottom."""

    lists: tuple[tuple[str, tuple[Line, ...]], ...]
    office: str
    date: str
    has_rules: bool
    size: float = SIZE_4
    leading: float = LEADING

    @property
    def height(self) -> float:
        lines = sum(len(lines) for _, lines in self.lists) + (1 if self.office or self.date else 0)
        return lines * self.line

    @property
    def line(self) -> float:
        return em(self.size) * self.leading

    def fits_below(self, y: float) -> bool:
        """Whether the block can stand on a page whose last ink is at `y`."""
        return y + (CLEARANCE if self.has_rules else CLEARANCE_WITHOUT_RULES) <= BOTTOM - self.height

    def draw(self, setter: Setter, page: Page) -> None:
        top, style = BOTTOM - self.height, Style(Role.FANG, self.size)
        if self.has_rules:
            page.rule(top, LEFT, RIGHT, THICK)
        for label, lines in self.lists:
            setter.text(page, label, LEFT + em(SIZE_4), baseline_in(top, self.line, self.size), style)
            indent = LEFT + em(SIZE_4) + setter.width(label, style)
            for line in lines:
                setter.line(page, line, indent, baseline_in(top, self.line, self.size), style)
                top += self.line
        if not self.has_rules:
            return
        if self.lists:
            page.rule(top, LEFT, RIGHT, THIN)
        y = baseline_in(top, self.line, self.size)
        setter.text(page, self.office, LEFT + em(SIZE_4), y, style)
        setter.right(page, self.date, RIGHT - em(SIZE_4), y, style)
        page.rule(BOTTOM, LEFT, RIGHT, THICK)


def imprint(document: OfficialDocument, setter: Setter, addressee: str) -> Imprint | None:
    """The block the document asks for; `addressee` is named here when it would crowd the text off the first page."""
    is_letter = document.layout is Layout.LETTER
    if not (document.print_office or (is_letter and (document.copy_to or addressee))):
        return None
    lists = [("主送：", addressee.rstrip("：:") + "。")] if addressee else []
    if document.copy_to:
        lists.append(("抄送：", _joined(document.copy_to)))
    printed_on = document.printed_on or document.dated_on
    date = f"{chinese_date(printed_on)}印发" if printed_on and not is_letter else ""
    office = "" if is_letter else document.print_office
    for size, leading in ((SIZE_4, LEADING), *TIGHTER):
        broken = tuple((label, _broken(text, label, setter, size)) for label, text in lists)
        block = Imprint(broken, office, date, has_rules=not is_letter, size=size, leading=leading)
        if block.height <= HEIGHT:
            break
    return block


def _joined(units: tuple[str, ...]) -> str:
    return "，".join(unit.strip("，,。；; ") for unit in units) + "。"


def _broken(text: str, label: str, setter: Setter, size: float) -> tuple[Line, ...]:
    style = Style(Role.FANG, size)
    width = WIDTH - 2 * em(SIZE_4) - setter.width(label, style)
    return tuple(setter.lines(text, style, width))
