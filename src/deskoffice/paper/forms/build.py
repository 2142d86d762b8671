"""Measures a form with its values: each block becomes a part whose text is broken into lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from deskoffice.paper.fonts import Role
from deskoffice.paper.forms.model import Align, Cell, Column, Form, Heading, Row, Table, Words, fields_of
from deskoffice.paper.forms.parts import ABOVE, SIDE, Box, Part, Strip, Written
from deskoffice.paper.forms.values import Filled, shortened
from deskoffice.paper.forms.writer import SMALL, Writer
from deskoffice.paper.sheet import Style

AGAIN = "（续）"
LABEL_AGAIN = "\n（续）"
HEADING = Style(Role.BIAO, 15)
LAST_HEAD_ITEM = 58.0
"""Width of the item over the right end of the frame."""

LONGEST_KEY = 80
TABLE_SIZES = (10.5, 9.0)


@dataclass(frozen=True, slots=True)
class Builder:
    """Turns blocks into parts from one left edge on, with the areas' text in one size."""

    writer: Writer
    filled: Filled
    left: float
    width: float
    area_size: float

    def part(self, block: Row | Table | Heading | Words) -> Part:
        match block:
            case Row():
                return self._row(block)
            case Table():
                return self._table(block)
            case Heading():
                lines = self.writer.printed(block.text, HEADING, self.width, Align.CENTRE)
                strip = Strip((Box(self.left, self.width, lines),), block.height)
                return Part((strip,), block.height, is_framed=False, is_torn_here=block.is_cut)
            case Words():
                style = Style(Role.FANG, block.size)
                return self._loose(self.writer.printed(block.text, style, self.width - 2 * SIDE))

    def head(self, form: Form, *, limit: int | None = None) -> Part | None:
        """The numbers and dates over the frame."""
        if not form.head:
            return None
        boxes: list[Box] = []
        for place, (label, field) in enumerate(form.head):
            boxes += self._head_item(place, len(form.head), f"{label}：", shortened(self.filled.text(field), limit))
        return Part((Strip(tuple(boxes)),), is_framed=False)

    def key(self, form: Form) -> Part | None:
        """What a continued page says of the matter it belongs to; the first page has it in full."""
        labels = fields_of(form)
        text = "\n".join(f"{labels[field]}：{shortened(self.filled.text(field), LONGEST_KEY)}" for field in form.key)
        if not text:
            return self.head(form, limit=LONGEST_KEY)
        return self._loose(self.writer.lines(text, Style(Role.FANG, 10.5), self.width - 2 * SIDE))

    def note(self, form: Form) -> Part | None:
        return self._loose(self.writer.printed(form.note, SMALL, self.width - 2 * SIDE)) if form.note else None

    def mark(self) -> Written:
        """Stands in a box whose text goes on overleaf."""
        return self.writer.printed("（下接续页）", SMALL, self.width, Align.RIGHT)[0]

    def _head_item(self, place: int, count: int, label: str, text: str) -> list[Box]:
        """Label and value side by side: an overprint must find the value where the form has it."""
        step = (self.width - LAST_HEAD_ITEM) / max(count - 1, 1)
        x, width = self.left + place * step, LAST_HEAD_ITEM if place and place == count - 1 else step
        style = Style(Role.FANG, 12)
        label_width = self.writer.setter.width(label, style)
        room = width - label_width - 2 * SIDE
        return [
            Box(x, label_width + 2 * SIDE, self.writer.printed(label, style, label_width + SIDE)),
            Box(x + label_width, width - label_width, self.writer.fitted(text, room, 8, Align.LEFT)),
        ]

    def _loose(self, lines: tuple[Written, ...]) -> Part:
        return Part((Strip((Box(self.left, self.width, lines),)),), is_framed=False)

    def _row(self, row: Row) -> Part:
        boxes, x = [], self.left
        for cell in row.cells:
            boxes.append(self._cell(cell, row, x))
            x += cell.width
        return Part((Strip(tuple(boxes), row.height),), row.height, row.weight)

    def _cell(self, cell: Cell, row: Row, x: float) -> Box:
        width = cell.width - cell.label_width - 2 * SIDE
        is_area = row.weight > 0 or not cell.label_width
        lines = self._area_lines(cell, width) if is_area else self._cell_lines(cell, row, width)
        return Box(
            x,
            cell.width,
            lines,
            self._label(cell.label, cell.label_width, cell.width),
            self._label(cell.label + LABEL_AGAIN, cell.label_width, cell.width),
            cell.label_width,
            is_top=is_area,
        )

    def _area_lines(self, cell: Cell, width: float) -> tuple[Written, ...]:
        return self.writer.opinions(self.filled.opinions(cell.field), self.area_size, width)

    def _cell_lines(self, cell: Cell, row: Row, width: float) -> tuple[Written, ...]:
        return self.writer.fitted(self.filled.text(cell.field), width, row.height - 2 * ABOVE, cell.align)

    def _label(self, text: str, label_width: float, width: float) -> tuple[Written, ...]:
        if label_width:
            return self.writer.label(text, label_width - 2)
        line = text.replace("\n", "") + "："
        return self.writer.printed(line, Style(Role.KAI, 12), width - 2 * SIDE) if text else ()

    def _table(self, table: Table) -> Part:
        indent = table.label_width if table.label else 0.0
        columns = table.columns * table.across
        rows = self.filled.rows(table.field)
        grouped = [rows[start : start + table.across] for start in range(0, len(rows), table.across)]
        head = self._strip(
            columns, [self.writer.label(one.header, one.width - 1, is_heading=True) for one in columns], indent, 8.0
        )
        return Part(
            tuple(self._record(table, columns, group, indent) for group in grouped),
            head.height + table.blank_rows * table.row_height,
            table.weight,
            head,
            self._side(table) if table.label else None,
            self._record(table, columns, [], indent),
        )

    def _record(
        self, table: Table, columns: Sequence[Column], group: Sequence[Mapping[str, str]], indent: float
    ) -> Strip:
        texts = [row.get(column.code, "") for row in group for column in table.columns]
        texts += [""] * (len(columns) - len(texts))
        room = table.row_height - 2 * ABOVE
        cells = [
            self.writer.fitted(text, column.width - 2 * SIDE, room, column.align, TABLE_SIZES) if text else ()
            for text, column in zip(texts, columns, strict=True)
        ]
        return self._strip(columns, cells, indent, table.row_height)

    def _strip(
        self, columns: Sequence[Column], cells: Sequence[tuple[Written, ...]], indent: float, height: float
    ) -> Strip:
        boxes, x = [], self.left + indent
        for column, lines in zip(columns, cells, strict=True):
            boxes.append(Box(x, column.width, lines))
            x += column.width
        return Strip(tuple(boxes), height)

    def _side(self, table: Table) -> Box:
        return Box(
            self.left,
            table.label_width,
            label=self.writer.label(table.label, table.label_width - 2),
            label_again=self.writer.label(table.label + LABEL_AGAIN, table.label_width - 2),
            label_width=table.label_width,
        )
