"""Presses a seal on the pages of a finished PDF: over signature and date, and across all edges (骑缝章)."""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pikepdf
import pypdfium2

from deskoffice.domain.errors import PaperError
from deskoffice.paper.backend_pdf import SEAL_INK, stencil_stream
from deskoffice.paper.geometry import MM_PER_POINT
from deskoffice.paper.sheet import Stencil

SIDE, ABOVE = 27.0, 35.0
"""The text area stands this far from the sides and from top and bottom of the sheet (GB/T 9704-2012 5.2), in mm."""

BELOW_CENTRE = 3.0
"""Name and date stand in the lower half of the seal: its centre is this far above their middle."""

GAP = 1.0
"""White between seals side by side: they may not touch."""

SLICES = 8
"""A seal across more pages than this would be cut too thin to be read: it begins again."""

DATE = re.compile(
    r"[0-9〇○零一二三四五六七八九十]{4}\s*年\s*[0-9一二三四五六七八九十]{1,3}\s*月\s*[0-9一二三四五六七八九十]{1,3}\s*日"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the centre of a seal comes: page from 0, mm from the left and from the top of the page."""

    page: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class _Box:
    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class _Sheet:
    width: float
    height: float


def places(pdf: bytes, owners: Sequence[str], diameter: float) -> tuple[Place, ...]:
    """The centres of the owners' seals: each over its name, the last over the date too, none touching another.

    Where a paper names nobody the seals stand in a row at the end of its text area.
    """
    try:
        with pypdfium2.PdfDocument(io.BytesIO(pdf)) as opened:
            sheets = [_Sheet(page.get_width() * MM_PER_POINT, page.get_height() * MM_PER_POINT) for page in opened]
            date = _last(opened, DATE, sheets)
            names = [_last(opened, re.compile(re.escape(owner)), sheets) if owner else None for owner in owners]
    except pypdfium2.PdfiumError as error:
        raise PaperError("paper_pdf_unreadable") from error
    found: list[Place] = []
    for position, name in enumerate(names):
        is_last = position == len(names) - 1
        wanted = _over(name, date if is_last else None) or _at_end(sheets, len(names) - 1 - position, diameter)
        found.append(_free(_inside(wanted, sheets[wanted.page], diameter), found, sheets[wanted.page], diameter))
    return tuple(found)


def _last(opened: pypdfium2.PdfDocument, wanted: re.Pattern[str], sheets: Sequence[_Sheet]) -> _Box | None:
    """The box of the last occurrence in the paper."""
    for number in range(len(opened) - 1, -1, -1):
        page = opened[number].get_textpage()
        text = page.get_text_range()
        matches = list(wanted.finditer(text)) or list(wanted.finditer(text.replace("\r\n", "  ")))
        if matches:
            return _box(page, number, matches[-1].span(), sheets[number])
    return None


def _box(page: pypdfium2.PdfTextPage, number: int, span: tuple[int, int], sheet: _Sheet) -> _Box:
    boxes = [page.get_charbox(at) for at in range(*span) if at < page.count_chars()]
    lefts, bottoms, rights, tops = zip(*[box for box in boxes if box[2] > box[0]], strict=True)
    mm = MM_PER_POINT
    return _Box(
        number, min(lefts) * mm, sheet.height - max(tops) * mm, max(rights) * mm, sheet.height - min(bottoms) * mm
    )


def _over(name: _Box | None, date: _Box | None) -> Place | None:
    """Over the date, with the name in the same half when it stands just above it; over the name where there is none."""
    if date is not None:
        near = name if name is not None and name.page == date.page and 0 <= date.bottom - name.top < 40 else None
        top = near.top if near else date.top
        return Place(date.page, (date.left + date.right) / 2, (top + date.bottom) / 2 - BELOW_CENTRE)
    if name is not None:
        return Place(name.page, (name.left + name.right) / 2, (name.top + name.bottom) / 2 - BELOW_CENTRE)
    return None


def _at_end(sheets: Sequence[_Sheet], from_right: int, diameter: float) -> Place:
    sheet = sheets[-1]
    x = sheet.width - SIDE - diameter / 2 - from_right * (diameter + GAP)
    return Place(len(sheets) - 1, x, sheet.height - ABOVE - diameter / 2)


def _inside(place: Place, sheet: _Sheet, diameter: float) -> Place:
    """Within the text area, which a seal may not leave."""
    half = diameter / 2
    x = min(max(place.x, SIDE + half), max(sheet.width - SIDE - half, SIDE + half))
    y = min(max(place.y, ABOVE + half), max(sheet.height - ABOVE - half, ABOVE + half))
    return Place(place.page, x, y)


def _free(place: Place, taken: Iterable[Place], sheet: _Sheet, diameter: float) -> Place:
    """The same place, or the next one beside or above the seals that stand there already."""
    step = diameter + GAP
    others = [one for one in taken if one.page == place.page]
    columns = max(1, int((sheet.width - 2 * SIDE) // step))
    tried = [(0, 0), *((row, column) for row in range(8) for column in range(columns) if row or column)]
    for row, column in tried:
        moved = _inside(Place(place.page, place.x - column * step, place.y - row * step), sheet, diameter)
        if all(_distance(moved, other) >= step - 1e-6 for other in others):
            return moved
    return place


def _distance(one: Place, other: Place) -> float:
    return float(((one.x - other.x) ** 2 + (one.y - other.y) ** 2) ** 0.5)


def press(pdf: bytes, seal: Stencil, at: Sequence[Place], diameter: float, *, straddles: bool = False) -> bytes:
    """The seal at these places, and once across the right edges of all pages when it straddles them."""
    try:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            image = opened.make_indirect(stencil_stream(opened, seal))
            ink = opened.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.ExtGState, BM=pikepdf.Name.Multiply))
            for place in at:
                _put(opened.pages[place.page], image, ink, _whole(opened.pages[place.page], place, diameter))
            if straddles:
                for number, operators in _slices(opened, diameter):
                    _put(opened.pages[number], image, ink, operators)
            out = io.BytesIO()
            opened.save(out, deterministic_id=True)
    except (pikepdf.PdfError, ValueError) as error:
        raise PaperError("paper_pdf_unreadable") from error
    return out.getvalue()


def _put(page: pikepdf.Page, image: pikepdf.Object, ink: pikepdf.Object, operators: str) -> None:
    """Over what stands there, as ink is: black shows through it, and a scan does not hide it."""
    name = page.add_resource(image, pikepdf.Name.XObject)
    state = page.add_resource(ink, pikepdf.Name.ExtGState)
    red = " ".join(f"{part:g}" for part in SEAL_INK)
    page.contents_add(b"q", prepend=True)
    page.contents_add(f"Q q {state} gs {red} rg {operators} {name} Do Q".encode())


def _whole(page: pikepdf.Page, place: Place, diameter: float) -> str:
    left, bottom, _, height = _frame(page)
    x = left + (place.x - diameter / 2) / MM_PER_POINT
    y = bottom + height - (place.y + diameter / 2) / MM_PER_POINT
    size = diameter / MM_PER_POINT
    return f"{size:.4f} 0 0 {size:.4f} {x:.4f} {y:.4f} cm"


def _frame(page: pikepdf.Page) -> tuple[float, float, float, float]:
    """Left, bottom, width and height of what is seen of a page, in points."""
    left, bottom, right, top = (float(edge) for edge in page.cropbox)
    return left, bottom, right - left, top - bottom


def _slices(opened: pikepdf.Pdf, diameter: float) -> Iterable[tuple[int, str]]:
    """Each page's strip of the seal, at its right edge, so that pages fanned out show the whole."""
    count = len(opened.pages)
    for start in range(0, count, SLICES):
        group = range(start, min(start + SLICES, count))
        # A last page alone would have the whole seal hanging on it: it shares the seal of the group before.
        if len(group) == 1 and start:
            continue
        strip = diameter / len(group) / MM_PER_POINT
        for position, number in enumerate(group):
            yield number, _strip(opened.pages[number], position * strip, strip, diameter / MM_PER_POINT)


def _strip(page: pikepdf.Page, begins: float, strip: float, size: float) -> str:
    left, bottom, width, height = _frame(page)
    edge, low = left + width - strip, bottom + (height - size) / 2
    clip = f"{edge:.4f} {low:.4f} {strip:.4f} {size:.4f} re W n"
    return f"{clip} {size:.4f} 0 0 {size:.4f} {edge - begins:.4f} {low:.4f} cm"
