"""Signature, date and seal under the text (GB/T 9704-2012 7.3.5), and the order's post and name."""

import math
from dataclasses import dataclass, replace

from deskoffice.domain.values import chinese_date
from deskoffice.paper.fonts import Role
from deskoffice.paper.geometry import CELL, LEFT, PITCH, RIGHT, SIZE_3, baseline, baseline_in, em, row_top
from deskoffice.paper.model import Layout, OfficialDocument, SealImpression
from deskoffice.paper.seal import ink_size, stencil
from deskoffice.paper.sheet import BODY, Page, SealMark, Setter, Style

SEAL_GAP = 1.0
"""White between seals that stand side by side: they may not touch."""

NOTE_BELOW_SEALS = 3
"""Rows from a name to the note, when seals stand over the left half of the page too."""

SEAL_ABOVE = 3.0
"""The centre of a seal stands this far above the middle of name and date, so that both lie in its lower half."""

NEAREST = 0.25
"""The least white between the text and the top of a seal."""


@dataclass(frozen=True, slots=True)
class Signature:
    """The block under the text; `tail` is the number of rows it needs behind the last line."""

    document: OfficialDocument
    setter: Setter
    is_compact: bool = False

    @property
    def tail(self) -> int:
        document = self.document
        note = 1 if document.note else 0
        if not self._is_signed:
            return note
        if self._stamp is not None:
            return 4 + self._stamp_rows(ink_size(stencil(self._stamp.picture), self._stamp.diameter)[1]) + note
        if document.layout is Layout.ORDER and document.signers:
            return 5 + note
        if document.seals:
            note *= 1 if len(document.issuers) < 2 else NOTE_BELOW_SEALS - 1
            return (3 if self.is_compact else 4) + (self._seal_rows() - 1) * self._seal_step() + note
        return 1 + len(document.issuers) + (document.dated_on is not None) + note

    @property
    def _is_signed(self) -> bool:
        """Minutes with a head name their office and date there."""
        document = self.document
        is_in_head = document.layout is Layout.MINUTES and bool(document.issuer_mark and document.issuers)
        return not is_in_head and (bool(document.issuers) or document.dated_on is not None)

    def compact(self) -> "Signature":
        """The same with the seal nearer to the text."""
        return replace(self, is_compact=True)

    def draw(self, page: Page, row: int) -> None:
        """Draw from the first free row behind the text."""
        document = self.document
        if self._is_signed:
            if self._stamp is not None:
                self._draw_stamp(page, row, self._stamp)
            elif document.layout is Layout.ORDER and document.signers:
                self._draw_order(page, row)
            elif document.seals:
                self._draw_sealed(page, row)
            else:
                self._draw_plain(page, row)
        if document.note:
            self._draw_note(page, row + self.tail - 1)

    @property
    def _date(self) -> str:
        return chinese_date(self.document.dated_on) if self.document.dated_on else ""

    def _width(self, text: str) -> float:
        return self.setter.width(text, BODY)

    def _draw_note(self, page: Page, row: int) -> None:
        note = self.document.note.strip("（）()")
        self.setter.text(page, f"（{note}）", LEFT + 2 * CELL, baseline(row), BODY)

    def _draw_plain(self, page: Page, row: int) -> None:
        """Without a seal: name two characters from the right, the date begins two characters after the name."""
        names = self.document.issuers
        widest = max((self._width(name) for name in names), default=0.0)
        date = self._width(self._date)
        left = RIGHT - 2 * CELL - widest
        date_left = left + 2 * CELL if names else RIGHT - 4 * CELL - date
        if date_left + date > RIGHT - 2 * CELL:
            date_left = RIGHT - 2 * CELL - date
            left = min(left, date_left - 2 * CELL)
        for name in names:
            row += 1
            self.setter.text(page, name, left, baseline(row), BODY)
        if self._date:
            self.setter.text(page, self._date, date_left, baseline(row + 1), BODY)

    def _draw_order(self, page: Page, row: int) -> None:
        """Post, then two characters on the name; the date a free line below, four characters from the right."""
        for signer in self.document.signers[:1]:
            post, _, name = signer.rpartition(" ")
            style = Style(Role.KAI, SIZE_3, CELL)
            spaced = "\u3000".join(name) if len(name) == 2 else name
            left = RIGHT - 4 * CELL - self.setter.width(spaced, style)
            self.setter.text(page, spaced, left, baseline(row + 2), style)
            if post:
                self.setter.right(page, post, left - 2 * CELL, baseline(row + 2), BODY)
        self.setter.right(page, self._date, RIGHT - 4 * CELL, baseline(row + 4), BODY)

    @property
    def _stamp(self) -> SealImpression | None:
        return next((one for one in self.document.seals if one.is_signature and one.picture), None)

    def _stamp_rows(self, tall: float) -> int:
        return max(math.ceil(tall / PITCH), 1)

    def _draw_stamp(self, page: Page, row: int, stamp: SealImpression) -> None:
        """A signature stamp two free lines below, four characters from the right, the post two before it (7.3.5.3)."""
        ink = stencil(stamp.picture)
        wide, tall = ink_size(ink, stamp.diameter)
        left, middle = RIGHT - 4 * CELL - wide, row_top(row + 2) + tall / 2
        page.items.append(SealMark(left + wide / 2, middle, stamp.diameter, ink))
        post = next((one.rpartition(" ")[0] for one in self.document.signers if " " in one), "")
        y = baseline_in(middle - em(SIZE_3) / 2, em(SIZE_3), SIZE_3)
        self.setter.right(page, post, left - 2 * CELL, y, BODY)
        date_row = row + 3 + self._stamp_rows(tall)
        self.setter.right(page, self._date, RIGHT - 4 * CELL, baseline(date_row), BODY)

    def _draw_sealed(self, page: Page, row: int) -> None:
        """Names in rows of seals; the last stands over the date, which ends four characters from the right."""
        document = self.document
        centre = self._seal_centre()
        columns = self._seal_columns()
        name_row = row + (1 if self.is_compact else 2)
        groups = [document.issuers[at : at + columns] for at in range(0, len(document.issuers), columns)]
        for number, names in enumerate(groups or [()]):
            is_last = number >= len(groups) - 1
            for position, name in enumerate(names):
                x = centre - (len(names) - 1 - position) * self._column_width()
                self.setter.centred(page, name, x, baseline(name_row), BODY)
                self._press(page, row, name_row, x, number * columns + position)
            if is_last and self._date:
                self.setter.centred(page, self._date, centre, baseline(name_row + 1), BODY)
            name_row += self._seal_step()

    def _press(self, page: Page, text_row: int, name_row: int, x: float, index: int) -> None:
        if index >= len(self.document.seals) or not self.document.seals[index].picture:
            return
        seal = self.document.seals[index]
        middle = (row_top(name_row) + row_top(name_row + 1) + em(SIZE_3)) / 2
        # The seal stays within one line of the text above, and never on it.
        top_limit = row_top(text_row - 1) + em(SIZE_3) + NEAREST
        y = max(middle - SEAL_ABOVE, top_limit + seal.diameter / 2)
        page.items.append(SealMark(x, y, seal.diameter, stencil(seal.picture)))

    def _seal_columns(self) -> int:
        room = self._seal_centre() - LEFT - self._largest / 2
        return max(1, min(3, 1 + int(room / self._column_width())))

    def _seal_centre(self) -> float:
        """The middle of the date, the last name and the last seal, inside the type area."""
        name = self._width(self.document.issuers[-1]) if self.document.issuers else 0.0
        date = self._width(self._date)
        return min(RIGHT - 4 * CELL - date / 2, RIGHT - name / 2, RIGHT - self._largest / 2)

    @property
    def _largest(self) -> float:
        return max(seal.diameter for seal in self.document.seals)

    def _column_width(self) -> float:
        names = max((self._width(name) for name in self.document.issuers), default=0.0)
        return max(self._largest + SEAL_GAP, names + CELL)

    def _seal_rows(self) -> int:
        return max(1, -(-len(self.document.issuers) // self._seal_columns()))

    def _seal_step(self) -> int:
        return int(-(-(self._largest + SEAL_GAP) // PITCH))
