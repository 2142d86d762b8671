"""Measures of GB/T 9704-2012 in millimetres from the top left corner of an A4 page."""

from dataclasses import dataclass

MM_PER_POINT = 25.4 / 72
PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
TOP, LEFT, WIDTH, HEIGHT = 37.0, 28.0, 156.0, 225.0
RIGHT, BOTTOM = LEFT + WIDTH, TOP + HEIGHT
COLUMNS, ROWS = 28, 22


@dataclass(frozen=True, slots=True)
class Area:
    """The type area (版心) of a page."""

    left: float
    top: float
    width: float
    height: float


TYPE_AREA = Area(LEFT, TOP, WIDTH, HEIGHT)
TYPE_AREA_TURNED = Area(PAGE_HEIGHT - BOTTOM, LEFT, HEIGHT, WIDTH)
"""The same area for what lies on its side: the head of a table is on the left of the upright page, odd or even."""

SIZE_2, SIZE_3, SIZE_4 = 22.0, 16.0, 14.0
"""Type sizes 二号, 三号, 四号 in points."""

ASCENT = 0.88
"""Share of the em box above the baseline, the same in every Chinese font."""


def em(size: float) -> float:
    """Height of a character of `size` points."""
    return size * MM_PER_POINT


CELL = WIDTH / COLUMNS
"""Advance of a body character: 28 of them fill the line, which 28 ems of 16 pt would overrun by 2 mm."""

PITCH = (HEIGHT - em(SIZE_3)) / (ROWS - 1)
"""From line to line: the em box of line 1 stands on the upper edge of the type area, that of line 22 on the lower."""

HALF_GAP = em(SIZE_3) * 7 / 8
"""The gap that makes a line of 一行: 7/8 of a size-3 character."""


def row_top(row: float) -> float:
    return TOP + row * PITCH


def baseline(row: float, size: float = SIZE_3) -> float:
    """Baseline of a line of `size` points centred in the size-3 box of a row."""
    return row_top(row) + em(SIZE_3) / 2 + em(size) * (ASCENT - 0.5)


def baseline_from_top(top: float, size: float) -> float:
    """Baseline of a line whose em box begins at `top`."""
    return top + em(size) * ASCENT


def baseline_in(top: float, height: float, size: float) -> float:
    """Baseline of a line of `size` points centred in a band of the page."""
    return top + height / 2 + em(size) * (ASCENT - 0.5)
