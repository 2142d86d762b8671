"""What a printed form is made of: rows of labelled cells, areas for opinions, tables, all in millimetres."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Align(StrEnum):
    """How the text of a cell stands between its borders."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class Flow(StrEnum):
    """How a form goes on when the paper is full.

    A sheet keeps all its boxes on the first page, as a slip that passes through many hands must, and
    what is too long goes on overleaf. A list runs on from page to page and is signed at its end. A book
    is a list that is bound: every page bears its title and number.
    """

    SHEET = "sheet"
    LIST = "list"
    BOOK = "book"


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody wrote on the form, by whom and when; `recorded_by` wrote it down for them (代录)."""

    who: str
    when: date | None
    text: str
    recorded_by: str = ""


FieldValue = str | Sequence[Opinion] | Sequence[Mapping[str, str]]
"""Text of a cell, opinions of an area, or the rows of a table by column code."""

Values = Mapping[str, FieldValue]


@dataclass(frozen=True, slots=True)
class Cell:
    """A place for one value; `width` takes in the label, a `label_width` of 0 puts the label inside, on top."""

    label: str
    field: str
    width: float
    label_width: float = 24.0
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Row:
    """Cells side by side, at least `height` high; `weight` is its share of the room the page has left."""

    cells: tuple[Cell, ...]
    height: float = 10.0
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: what stands over it and the code of its values."""

    header: str
    code: str
    width: float
    align: Align = Align.CENTRE


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a repeated header; `across` sets several records side by side, empty rows fill the room."""

    field: str
    columns: tuple[Column, ...]
    label: str = ""
    label_width: float = 24.0
    across: int = 1
    row_height: float = 9.0
    blank_rows: int = 2
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Heading:
    """A line between two parts of a form; `is_cut` draws the dashed line where the paper is torn."""

    text: str
    is_cut: bool = False
    height: float = 16.0


@dataclass(frozen=True, slots=True)
class Words:
    """Printed words of the form itself, without a border."""

    text: str
    size: float = 12.0


@dataclass(frozen=True, slots=True)
class Cards:
    """Name cards (桌签): one folded sheet each, the name to be read from both sides."""

    field: str


@dataclass(frozen=True, slots=True)
class Seats:
    """A seating plan (座次图): rows of seats before the rostrum, number one in the middle."""

    field: str
    rostrum: str


@dataclass(frozen=True, slots=True)
class Stamp:
    """The filing stamp (归档章): 45 by 16 mm, two lines of three cells, in red (DA/T 22-2015)."""

    cells: tuple[tuple[str, str], ...]
    """Caption for people who fill it in by hand, and field; left to right, the upper line first."""


@dataclass(frozen=True, slots=True)
class Crosses:
    """Marks at known places, by which a printer's error is measured."""


Block = Row | Table | Heading | Words | Cards | Seats | Stamp | Crosses


@dataclass(frozen=True, slots=True)
class Form:
    """One printed form: its Chinese title, what stands over the frame, the blocks, a line below."""

    code: str
    title: str
    blocks: tuple[Block, ...]
    head: tuple[tuple[str, str], ...] = ()
    """Label and field above the frame, the first at the left, the last at the right."""
    key: tuple[str, ...] = ()
    """Fields that name the matter again at the top of a continued page."""
    note: str = ""
    flow: Flow = Flow.SHEET
    is_landscape: bool = False
    has_filing_corner: bool = False
    """Marks the place of the filing stamp in the upper right corner."""


COMMON_FIELDS = ("office", "level_mark")
"""On every form: the name of the office over the title, and the secrecy mark in the upper left corner."""


def area(label: str, field: str, *, height: float = 18.0, weight: float = 1.0, width: float = 165.0) -> Row:
    """A full-width box for opinions, which takes the room the page has left."""
    return Row((Cell(label, field, width),), height, weight)


def fields_of(form: Form) -> dict[str, str]:
    """Every field code of the form with its Chinese label, in printing order; tables come as `field.column`."""
    found = {"office": "单位名称", "level_mark": "密级标志"} | {field: label for label, field in form.head}
    for block in form.blocks:
        match block:
            case Row(cells=cells):
                found |= {cell.field: cell.label.replace("\n", "") for cell in cells}
            case Table(field=field, columns=columns):
                found |= {f"{field}.{column.code}": column.header for column in columns}
            case Cards(field=field):
                found[f"{field}.name"] = "姓名"
            case Seats(field=field):
                found |= {f"{field}.name": "姓名", f"{field}.row": "第几排（主席台为0）"}
            case Stamp(cells=stamp_cells):
                found |= {field: caption for caption, field in stamp_cells}
            case Heading() | Words() | Crosses():
                pass
    return found
