"""The head of page 1 (版头): copy number, secrecy, urgency, the red mark, number, signatories, red line."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from deskoffice.domain.values import chinese_date, secrecy_mark
from deskoffice.paper.fonts import Role
from deskoffice.paper.geometry import (
    CELL,
    HALF_GAP,
    LEFT,
    PITCH,
    RIGHT,
    SIZE_3,
    TOP,
    WIDTH,
    baseline,
    baseline_from_top,
    em,
    row_top,
)
from deskoffice.paper.model import Layout, OfficialDocument
from deskoffice.paper.sheet import BODY, Colour, Page, Setter, Style

MARK_TOP = {Layout.DOCUMENT: 35.0, Layout.UPWARD: 35.0, Layout.MINUTES: 35.0, Layout.ORDER: 20.0}
"""Upper edge of the mark below the upper edge of the type area."""

LETTER_MARK_TOP = 30.0
LETTER_RULE = (20.0, 190.0)
LETTER_LOWER_RULE = 277.0
LETTER_THICK, LETTER_THIN, LETTER_GAP = 0.8, 0.25, 0.6
"""The double rules of a letter; their widths are custom, the standard gives none."""

RED_LINE = 0.7
RED_LINE_BELOW = 4.0
LARGEST_MARK = 44.0
SMALLEST_MARK = 16.0
MARK_HEIGHTS = (60.0, 45.0, 34.0, 26.0)
"""What the names of a joint mark may take together: the largest that leaves room for text on page 1."""
MARK_GAP, MARK_LEADING = 0.5, 1.3
"""White before 文件, and from name to name, in characters of the mark."""

HEI = Style(Role.HEI, SIZE_3, CELL)
KAI = Style(Role.KAI, SIZE_3, CELL)
CENTRE = LEFT + WIDTH / 2
SIGNER_LABEL = "签发人："


def mark_size(characters: float, rows: int, tallest: float) -> float:
    """Points: as large as the width allows, smaller when many names would crowd the text off the page."""
    widest = WIDTH / characters / em(1.0)
    return max(min(widest, LARGEST_MARK, tallest / (rows * MARK_LEADING) / em(1.0)), SMALLEST_MARK)


def spaced_names(names: Sequence[str]) -> tuple[str, ...]:
    """The names, those of two characters as wide as those of three when they stand among them: 王　芳."""
    if not any(len(name) > 2 for name in names):
        return tuple(names)
    return tuple("\u3000".join(name) if len(name) == 2 else name for name in names)


@dataclass(frozen=True, slots=True)
class Head:
    """Draws the head of a document; `draw` returns the row where the title begins."""

    document: OfficialDocument
    setter: Setter
    tallest: float = MARK_HEIGHTS[0]

    def draw(self, page: Page) -> int:
        if self.document.layout is Layout.LETTER and self.document.issuer_mark:
            return self._draw_letter(page)
        rows = self._draw_secrecy(page, TOP)
        if not self.document.issuer_mark:
            return self._draw_bare_number(page, rows)
        bottom = self._draw_mark(page, TOP + MARK_TOP[self.document.layout])
        # Two free lines under the mark, and the nearest row of the page behind them.
        row = math.ceil((bottom - TOP + 2 * PITCH + HALF_GAP) / PITCH - 0.5)
        if self.document.layout is Layout.ORDER:
            return self._draw_order_number(page, row)
        row = self._draw_number(page, row)
        y = row_top(row) + em(SIZE_3) + RED_LINE_BELOW
        page.rule(y, LEFT, RIGHT, RED_LINE, Colour.RED)
        return math.ceil((y - TOP + 2 * PITCH) / PITCH - 0.35)

    def _secrecy_lines(self) -> list[tuple[str, Style]]:
        """Copy number, level and period, urgency, in this order; an empty string keeps the level on line 2."""
        document = self.document
        mark = secrecy_mark(document.classification, document.secrecy_years)
        lines: list[tuple[str, Style]] = []
        if document.copy_number:
            lines.append((document.copy_number.zfill(6), BODY))
        if mark:
            if not lines and document.layout is not Layout.LETTER:
                lines.append(("", BODY))
            lines.append((mark, HEI))
        if document.urgency:
            lines.append((document.urgency, HEI))
        return lines

    def _draw_secrecy(self, page: Page, top: float) -> int:
        lines = self._secrecy_lines()
        for number, (text, style) in enumerate(lines):
            self.setter.text(page, text, LEFT, baseline_from_top(top + number * PITCH, SIZE_3), style)
        return len(lines)

    def _draw_bare_number(self, page: Page, rows: int) -> int:
        """Without a red head: the number alone, or nothing, above the title."""
        if self.document.document_number:
            self.setter.centred(page, self.document.document_number, CENTRE, baseline(rows), BODY)
            rows += 1
        return rows + 1 if rows else 0

    def _draw_mark(self, page: Page, top: float) -> float:
        """The red name of the issuer; several names stand one over the other, 文件 beside them. Return its foot."""
        names = [name.strip() for name in self.document.issuer_mark]
        if len(names) == 1:
            style = self._mark_style(len(names[0]))
            self.setter.centred(page, names[0], CENTRE, baseline_from_top(top, style.size), style)
            return top + em(style.size)
        return self._draw_joint_mark(page, names, top)

    def _draw_joint_mark(self, page: Page, names: list[str], top: float) -> float:
        suffix = "文件" if all(name.endswith("文件") for name in names) or names[-1].endswith("文件") else ""
        names = [name.removesuffix("文件") for name in names]
        longest = max(len(name) for name in names)
        style = self._mark_style(longest + len(suffix) + MARK_GAP, rows=len(names))
        size = em(style.size)
        block = longest * size
        left = CENTRE - (block + (MARK_GAP + len(suffix)) * size * bool(suffix)) / 2
        for number, name in enumerate(names):
            y = baseline_from_top(top + number * size * MARK_LEADING, style.size)
            gap = (block - len(name) * size) / max(len(name) - 1, 1)
            for position, character in enumerate(name):
                self.setter.text(page, character, left + position * (size + gap), y, style)
        foot = top + (len(names) - 1) * size * MARK_LEADING + size
        if suffix:
            y = baseline_from_top((top + foot - size) / 2, style.size)
            self.setter.text(page, suffix, left + block + MARK_GAP * size, y, style)
        return foot

    def _mark_style(self, characters: float, rows: int = 1) -> Style:
        size = mark_size(characters, rows, self.tallest)
        return Style(Role.BIAO, size, em(size), Colour.RED)

    def _draw_number(self, page: Page, row: int) -> int:
        """Number and signatories on `row` and below; return the row of the last line."""
        document = self.document
        if document.layout is Layout.MINUTES:
            return self._draw_minutes_lines(page, row)
        if document.layout is not Layout.UPWARD:
            self.setter.centred(page, document.document_number, CENTRE, baseline(row), BODY)
            return row
        signers = spaced_names(document.signers)
        pairs = [signers[at : at + 2] for at in range(0, len(signers), 2)]
        widest = max((self._signer_width(name) for name in signers), default=0.0)
        columns = min(len(signers), 2)
        first = RIGHT - CELL - columns * widest - max(columns - 1, 0) * CELL
        for number, names in enumerate(pairs):
            for position, name in enumerate(names):
                self.setter.text(page, name, first + position * (widest + CELL), baseline(row + number), KAI)
        if pairs:
            self.setter.right(page, SIGNER_LABEL, first, baseline(row), BODY)
        row += max(len(pairs) - 1, 0)
        self.setter.text(page, document.document_number, LEFT + CELL, baseline(row), BODY)
        return row

    def _signer_width(self, name: str) -> float:
        return self.setter.width(name, KAI)

    def _draw_minutes_lines(self, page: Page, row: int) -> int:
        """Number in the middle; under it the office on the left and the date on the right, as offices do."""
        document = self.document
        self.setter.centred(page, document.document_number, CENTRE, baseline(row), BODY)
        if not document.issuers:
            return row
        date = chinese_date(document.dated_on) if document.dated_on else ""
        room = WIDTH - 3 * CELL - self.setter.width(date, BODY)
        lines = self.setter.lines("、".join(document.issuers), BODY, room)
        for line in lines:
            row += 1
            self.setter.line(page, line, LEFT + CELL, baseline(row), BODY)
        self.setter.right(page, date, RIGHT - CELL, baseline(row), BODY)
        return row

    def _draw_order_number(self, page: Page, row: int) -> int:
        self.setter.centred(page, self.document.document_number, CENTRE, baseline(row), BODY)
        return row + 3

    def _draw_letter(self, page: Page) -> int:
        """Mark 30 mm from the edge of the paper, red double rules under it and at the foot of the page."""
        mark = self.document.issuer_mark[0].strip().removesuffix("文件")
        style = self._mark_style(len(mark))
        self.setter.centred(page, mark, CENTRE, baseline_from_top(LETTER_MARK_TOP, style.size), style)
        y = LETTER_MARK_TOP + em(style.size) + 4.0
        self._draw_double_rule(page, y, LETTER_THICK, LETTER_THIN)
        self._draw_double_rule(page, LETTER_LOWER_RULE, LETTER_THIN, LETTER_THICK)
        top = y + LETTER_THICK + LETTER_GAP + LETTER_THIN + HALF_GAP
        rows = max(self._draw_secrecy(page, top), 1)
        number = baseline_from_top(top, SIZE_3)
        self.setter.right(page, self.document.document_number, RIGHT, number, BODY)
        return math.ceil((top + rows * PITCH - TOP + 2 * PITCH) / PITCH - 0.35)

    def _draw_double_rule(self, page: Page, y: float, upper: float, lower: float) -> None:
        """Two red rules, the upper edge of the first at `y`."""
        left, right = LETTER_RULE
        page.rule(y + upper / 2, left, right, upper, Colour.RED)
        page.rule(y + upper + LETTER_GAP + lower / 2, left, right, lower, Colour.RED)
