"""Papers of the office that are no tables: name cards, the seating plan, the filing stamp."""

import io
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

import pikepdf

from deskoffice.paper.fonts import Fonts, Role
from deskoffice.paper.forms.build import Builder
from deskoffice.paper.forms.dressing import LANDSCAPE, PORTRAIT, Extras, draw_title, finished, moved
from deskoffice.paper.forms.model import Align, Cards, Form, Seats, Stamp
from deskoffice.paper.forms.painter import Ink, Painter
from deskoffice.paper.forms.parts import height_of
from deskoffice.paper.forms.values import Filled
from deskoffice.paper.forms.writer import SMALL, Writer
from deskoffice.paper.geometry import ASCENT, em
from deskoffice.paper.sheet import Colour, Page, Rule, Setter, Style

CARD_SIZE, CARD_WIDTH = 130.0, 250.0
SEAT_WIDTH, SEAT_HEIGHT, ROW_PITCH = 25.0, 12.0, 17.0
PLAN_LEFT, BOX_HEIGHT = 24.0, 10.5
STAMP_WIDTH, STAMP_HEIGHT, STAMP_TOP = 45.0, 16.0, 12.0
"""The filing stamp stands in the middle of the white above the type area (DA/T 22-2015)."""

CROSSES_AT = ((20.0, 90.0), (105.0, 150.0), (190.0, 90.0), (20.0, 270.0), (190.0, 270.0))
CROSSES_WORDS = (
    "　　用尺量出每个十字中心到纸左边、上边的实际距离，与旁边印的数字相减：实际距离小多少毫米，"
    "就向右、向下改正多少毫米；实际距离大，改正数取负值。把改正数填入这台打印机的设置后再印一张，应当相差不到0.5毫米。"
)


def cards(block: Cards, filled: Filled, fonts: Fonts, extras: Extras) -> list[Page]:
    """A page for each person: the name in the lower half, as large as it may be, above the fold."""
    setter = Setter(fonts)
    painter = Painter(setter, extras.ink, LANDSCAPE.width, LANDSCAPE.height)
    for row in filled.rows(block.field) or [{}]:
        painter.new_page()
        name, middle = row.get("name", ""), LANDSCAPE.height / 2
        painter.dashed(0, LANDSCAPE.width, middle)
        space = {2: 1.8, 3: 1.25}.get(len(name), 1.1)
        size = min(CARD_SIZE, CARD_SIZE * CARD_WIDTH / max(_wide(setter, name, CARD_SIZE, space), 1.0))
        style = Style(Role.BIAO, size, em(size) * space)
        left = (LANDSCAPE.width - _wide(setter, name, size, space)) / 2
        setter.text(painter.page, name, left, middle * 1.5 + em(size) * (ASCENT - 0.5), style)
    return painter.pages


def readable_from_both_sides(data: bytes) -> bytes:
    """Every page once more upon itself, turned by half a circle."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.contents_coalesce()
            drawn = page.Contents.read_bytes()
            width, height = page.mediabox[2], page.mediabox[3]
            turn = f"q -1 0 0 -1 {width} {height} cm\n".encode()
            page.Contents = pdf.make_stream(b"q\n" + drawn + b"\nQ\n" + turn + drawn + b"\nQ\n")
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue()


def _wide(setter: Setter, name: str, size: float, space: float) -> float:
    """Width of a spaced name without the white behind its last character."""
    cell = em(size) * space
    return setter.width(name, Style(Role.BIAO, size, cell)) - (cell - em(size)) if name else 0.0


UNTAKEN = tuple({"row": str(row), "name": ""} for row, count in enumerate((7, 9, 9, 9, 9)) for _ in range(count))
"""Seats of a plan that is filled in by hand."""


def seats(form: Form, block: Seats, filled: Filled, fonts: Fonts, extras: Extras) -> list[Page]:
    """Rows of seats; row 0 sits on the rostrum and faces the others."""
    setter = Setter(fonts)
    painter, writer = Painter(setter, extras.ink, LANDSCAPE.width, LANDSCAPE.height), Writer(setter)
    builder = Builder(writer, filled, LANDSCAPE.left, LANDSCAPE.frame, 12.0)
    y = LANDSCAPE.bottom + 1
    for number, people in _by_row(filled.rows(block.field) or UNTAKEN):
        if y + SEAT_HEIGHT > LANDSCAPE.bottom:
            painter.new_page()
            y = _plan_head(form, block, painter, builder)
        _seat_row(painter, writer, _seated(people, faces_us=number == 0), number, y)
        y += ROW_PITCH + (8.0 if number == 0 else 0.0)
    if not painter.pages:
        painter.new_page()
        _plan_head(form, block, painter, builder)
    if note := builder.note(form):
        painter.parts([(note, note.need)], LANDSCAPE.bottom - note.need)
    return finished(form, painter.pages, painter, filled, extras)


def placed(form: Form, block: Seats, filled: Filled, fonts: Fonts, extras: Extras) -> list[Page]:
    """Seats where the rows say they are, about the table that the first row describes."""
    setter = Setter(fonts)
    painter, writer = Painter(setter, extras.ink, LANDSCAPE.width, LANDSCAPE.height), Writer(setter)
    builder = Builder(writer, filled, LANDSCAPE.left, LANDSCAPE.frame, 12.0)
    painter.new_page()
    rows = filled.rows(block.field)
    y = draw_title(form, filled, painter, LANDSCAPE)
    if head := builder.head(form):
        y = painter.parts([(head, head.need)], y) + 2
    corners = [tuple(map(float, pair.split(","))) for pair in rows[0].get("table", "").split()] if rows else []
    for (x0, y0), (x1, y1) in zip(corners, [*corners[1:], *corners[:1]], strict=True):
        painter.rule(PLAN_LEFT + x0, y + y0, PLAN_LEFT + x1, y + y1, 0.2)
    for row in rows:
        _box(painter, writer, row.get("name", ""), PLAN_LEFT + float(row["x"]), y + float(row["y"]), float(row["wide"]))
    if note := builder.note(form):
        painter.parts([(note, note.need)], LANDSCAPE.bottom - note.need)
    return finished(form, painter.pages, painter, filled, extras)


def _box(painter: Painter, writer: Writer, name: str, x: float, y: float, width: float) -> None:
    """A seat about its middle, the name as large as it may be."""
    left, right, top, bottom = x - width / 2, x + width / 2, y - BOX_HEIGHT / 2, y + BOX_HEIGHT / 2
    for x0, y0, x1, y1 in ((left, top, right, top), (left, bottom, right, bottom)):
        painter.rule(x0, y0, x1, y1, 0.3)
    for across in (left, right):
        painter.rule(across, top, across, bottom, 0.3)
    lines = writer.fitted(name, width - 1.6, BOX_HEIGHT - 0.6, Align.CENTRE, (14.0, 12.0, 10.5, 9.0, 7.5, 6.5))
    painter.text(lines, left + 0.8, y - height_of(lines) / 2, width - 1.6)


def _plan_head(form: Form, block: Seats, painter: Painter, builder: Builder) -> float:
    y = draw_title(form, builder.filled, painter, LANDSCAPE)
    if head := builder.head(form):
        y = painter.parts([(head, head.need)], y)
    words = builder.writer.printed(block.rostrum, Style(Role.HEI, 14), 80, Align.CENTRE)
    painter.text(words, LANDSCAPE.width / 2 - 40, y + 2, 80)
    return y + height_of(words) + 5


def _by_row(people: Sequence[Mapping[str, str]]) -> Iterator[tuple[int, list[Mapping[str, str]]]]:
    numbered = sorted(people, key=lambda one: int(one.get("row") or 1))
    for number, row in groupby(numbered, key=lambda one: int(one.get("row") or 1)):
        yield number, list(row)


def _seated(people: Sequence[Mapping[str, str]], *, faces_us: bool) -> list[Mapping[str, str]]:
    """From left to right as drawn: the first in the middle, the second at the left hand of the first."""
    left_hand, right_hand = list(people[1::2]), list(people[2::2])
    middle = list(people[:1])
    # Who sits on the rostrum looks down the page: their left hand is on our right.
    if faces_us:
        return [*reversed(right_hand), *middle, *left_hand]
    return [*reversed(left_hand), *middle, *right_hand]


def _seat_row(painter: Painter, writer: Writer, people: Sequence[Mapping[str, str]], number: int, top: float) -> None:
    if number:
        painter.text(writer.printed(f"第{number}排", SMALL, 14), LANDSCAPE.left, top + 4, 14)
    width = min(SEAT_WIDTH, (LANDSCAPE.frame - 30) / len(people))
    x = (LANDSCAPE.width - width * len(people)) / 2
    for person in people:
        left, right, bottom = x + 0.8, x + width - 0.8, top + SEAT_HEIGHT
        for x0, y0, x1, y1 in (
            (left, top, right, top),
            (left, bottom, right, bottom),
            (left, top, left, bottom),
            (right, top, right, bottom),
        ):
            painter.rule(x0, y0, x1, y1, 0.35)
        lines = writer.fitted(person.get("name", ""), width - 3, SEAT_HEIGHT, Align.CENTRE, (14.0, 12.0, 10.5, 9.0))
        painter.text(lines, x + 1.5, top + (SEAT_HEIGHT - height_of(lines)) / 2, width - 3)
        x += width


def stamp(block: Stamp, filled: Filled, fonts: Fonts, extras: Extras) -> list[Page]:
    """An empty page with the stamp where it belongs on the first page of a paper."""
    setter = Setter(fonts)
    painter, writer = Painter(setter, extras.ink, PORTRAIT.width, PORTRAIT.height), Writer(setter)
    painter.new_page()
    left = (PORTRAIT.width - STAMP_WIDTH) / 2
    width, height = STAMP_WIDTH / 3, STAMP_HEIGHT / 2
    if extras.ink is Ink.ALL:
        painter.page.items += _stamp_lines(left, width, height)
    for place, (_, field) in enumerate(block.cells):
        x, y = left + place % 3 * width, STAMP_TOP + place // 3 * height
        lines = writer.fitted(filled.text(field), width - 1.5, height - 1, Align.CENTRE, (10.5, 9.0, 7.5, 6.0))
        painter.text(lines, x + 0.75, y + (height - height_of(lines)) / 2, width - 1.5)
    return [moved(page, *extras.shift) for page in painter.pages]


def _stamp_lines(left: float, width: float, height: float) -> list[Rule]:
    right, bottom = left + STAMP_WIDTH, STAMP_TOP + STAMP_HEIGHT
    across = [Rule(left, y, right, y, 0.35, Colour.RED) for y in (STAMP_TOP, STAMP_TOP + height, bottom)]
    return across + [
        Rule(x, STAMP_TOP, x, bottom, 0.35, Colour.RED) for x in (left, left + width, left + 2 * width, right)
    ]


def pressed(paper: bytes, stamp_page: bytes) -> bytes:
    """The paper with the stamp on its first page; what it says of itself stays."""
    with pikepdf.open(io.BytesIO(paper)) as pdf, pikepdf.open(io.BytesIO(stamp_page)) as mark:
        pdf.pages[0].add_overlay(mark.pages[0], None)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()


def joined(papers: Sequence[bytes]) -> bytes:
    """Several printed papers one after another, to be sent to the printer in one go."""
    with pikepdf.open(io.BytesIO(papers[0])) as pdf:
        for paper in papers[1:]:
            with pikepdf.open(io.BytesIO(paper)) as other:
                pdf.pages.extend(other.pages)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()


def crosses(form: Form, filled: Filled, fonts: Fonts, extras: Extras) -> list[Page]:
    """A page with marks at places it names, to be measured with a ruler."""
    setter = Setter(fonts)
    painter, writer = Painter(setter, extras.ink, PORTRAIT.width, PORTRAIT.height), Writer(setter)
    painter.new_page()
    y = draw_title(form, filled, painter, PORTRAIT)
    painter.text(writer.printed(CROSSES_WORDS, Style(Role.FANG, 12), PORTRAIT.frame), PORTRAIT.left, y, PORTRAIT.frame)
    for x, y in CROSSES_AT:
        painter.rule(x - 6, y, x + 6, y, 0.15)
        painter.rule(x, y - 6, x, y + 6, 0.15)
        words = writer.printed(f"距左边{x:.0f}毫米，距上边{y:.0f}毫米", SMALL, 60, Align.CENTRE)
        painter.text(words, x - 30 if 40 < x < 170 else (x - 5 if x <= 40 else x - 55), y + 7, 60)
    return finished(form, painter.pages, painter, filled, extras)
