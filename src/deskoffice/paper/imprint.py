"""The block at the foot of the last page (版记): who else receives the paper, who printed it and when."""

from dataclasses import dataclass

from deskoffice.domain.values import chinese_date
from deskoffice.paper.breaker import Line
from deskoffice.paper.fonts import Role
from deskoffice.paper.geometry import BOTTOM, LEFT, RIGHT, SIZE_4, WIDTH, baseline_in, em
from deskoffice.paper.model import Layout, OfficialDocument
from deskoffice.paper.sheet import Page, Setter, Style

STYLE = Style(Role.FANG, SIZE_4)
THICK, THIN = 0.35, 0.25
LINE = em(SIZE_4) * 15 / 8
"""A line of 四号: its height and 7/8 more."""

CLEARANCE, CLEARANCE_WITHOUT_RULES = 5.0, 2.0
"""The least white between the text and the first rule, or the line of a block without rules."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """The elements as broken lines, from top to bottom."""

    lists: tuple[tuple[str, tuple[Line, ...]], ...]
    office: str
    date: str
    has_rules: bool

    @property
    def height(self) -> float:
        lines = sum(len(lines) for _, lines in self.lists) + (1 if self.office or self.date else 0)
        return lines * LINE

    def fits_below(self, y: float) -> bool:
        """Whether the block can stand on a page whose last ink is at `y`."""
        return y + (CLEARANCE if self.has_rules else CLEARANCE_WITHOUT_RULES) <= BOTTOM - self.height

    def draw(self, setter: Setter, page: Page) -> None:
        top = BOTTOM - self.height
        if self.has_rules:
            page.rule(top, LEFT, RIGHT, THICK)
        for label, lines in self.lists:
            setter.text(page, label, LEFT + em(SIZE_4), baseline_in(top, LINE, SIZE_4), STYLE)
            indent = LEFT + em(SIZE_4) + setter.width(label, STYLE)
            for line in lines:
                setter.line(page, line, indent, baseline_in(top, LINE, SIZE_4), STYLE)
                top += LINE
        if not self.has_rules:
            return
        if self.lists:
            page.rule(top, LEFT, RIGHT, THIN)
        y = baseline_in(top, LINE, SIZE_4)
        setter.text(page, self.office, LEFT + em(SIZE_4), y, STYLE)
        setter.right(page, self.date, RIGHT - em(SIZE_4), y, STYLE)
        page.rule(BOTTOM, LEFT, RIGHT, THICK)


def imprint(document: OfficialDocument, setter: Setter, addressee: str) -> Imprint | None:
    """The block the document asks for; `addressee` is named here when it would crowd the text off the first page."""
    is_letter = document.layout is Layout.LETTER
    if not (document.print_office or (is_letter and (document.copy_to or addressee))):
        return None
    lists = []
    if addressee:
        lists.append(("主送：", _broken(addressee.rstrip("：:") + "。", "主送：", setter)))
    if document.copy_to:
        lists.append(("抄送：", _broken(_joined(document.copy_to), "抄送：", setter)))
    printed_on = document.printed_on or document.dated_on
    date = f"{chinese_date(printed_on)}印发" if printed_on and not is_letter else ""
    office = "" if is_letter else document.print_office
    return Imprint(tuple(lists), office, date, has_rules=not is_letter)


def _joined(units: tuple[str, ...]) -> str:
    return "，".join(unit.strip("，,。；; ") for unit in units) + "。"


def _broken(text: str, label: str, setter: Setter) -> tuple[Line, ...]:
    width = WIDTH - 2 * em(SIZE_4) - setter.width(label, STYLE)
    return tuple(setter.lines(text, STYLE, width))
