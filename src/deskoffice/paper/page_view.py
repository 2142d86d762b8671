"""How a page of a foreign PDF is seen: cut to its crop box and turned, against the coordinates it is written in."""

from collections.abc import Sequence
from dataclasses import dataclass

import pikepdf

from deskoffice.paper.geometry import MM_PER_POINT

DEEPEST = 50
"""Nodes above a page that are asked for what it inherits; a file that has more is built to mislead."""


@dataclass(frozen=True, slots=True)
class PageView:
    """Width and height in mm as a reader shows the page; edges and turn as the file says, in points and degrees."""

    width: float
    height: float
    left: float
    bottom: float
    right: float
    top: float
    turn: int

    def seen(self, box: Sequence[float]) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of a box in points, in mm from the corner that is seen at the top left."""
        corners = [self._seen(box[0], box[1]), self._seen(box[2], box[3])]
        xs, ys = zip(*corners, strict=True)
        return min(xs), min(ys), max(xs), max(ys)

    def _seen(self, x: float, y: float) -> tuple[float, float]:
        across, down = {
            0: (x - self.left, self.top - y),
            90: (y - self.bottom, x - self.left),
            180: (self.right - x, y - self.bottom),
            270: (self.top - y, self.right - x),
        }[self.turn]
        return across * MM_PER_POINT, down * MM_PER_POINT

    def written(self, x: float, y: float) -> tuple[float, float]:
        """Where in the file, in points, the spot is that is seen `x` and `y` mm from the top left corner."""
        across, down = x / MM_PER_POINT, y / MM_PER_POINT
        return {
            0: (self.left + across, self.top - down),
            90: (self.left + down, self.bottom + across),
            180: (self.right - across, self.bottom + down),
            270: (self.right - down, self.top - across),
        }[self.turn]

    @property
    def matrix(self) -> str:
        """Lets what follows be drawn in points from the bottom left corner of the page as it is seen."""
        parts = {
            0: (1, 0, 0, 1, self.left, self.bottom),
            90: (0, 1, -1, 0, self.right, self.bottom),
            180: (-1, 0, 0, -1, self.right, self.top),
            270: (0, -1, 1, 0, self.left, self.top),
        }[self.turn]
        return " ".join(f"{part:.10g}" for part in parts) + " cm"


def of_page(page: pikepdf.Page) -> PageView:
    """What is shown of the page: the crop box within the sheet."""
    sheet, cut = _edges(page.mediabox), _edges(page.cropbox)
    left, bottom = max(sheet[0], cut[0]), max(sheet[1], cut[1])
    right, top = min(sheet[2], cut[2]), min(sheet[3], cut[3])
    if right <= left or top <= bottom:
        left, bottom, right, top = sheet
    turn = _turn(page.obj)
    across, upright = (right - left) * MM_PER_POINT, (top - bottom) * MM_PER_POINT
    if turn in (90, 270):
        across, upright = upright, across
    return PageView(across, upright, left, bottom, right, top, turn)


def _edges(box: pikepdf.Array) -> tuple[float, float, float, float]:
    """Left, bottom, right and top; a file may name any two opposite corners."""
    one, two, three, four = (float(edge) for edge in box)
    return min(one, three), min(two, four), max(one, three), max(two, four)


def _turn(node: pikepdf.Object) -> int:
    """Degrees clockwise, inherited from above where the page is silent."""
    for _ in range(DEEPEST):
        if "/Rotate" in node:
            return round(float(node["/Rotate"]) / 90) * 90 % 360
        if "/Parent" not in node:
            break
        node = node["/Parent"]
    return 0
