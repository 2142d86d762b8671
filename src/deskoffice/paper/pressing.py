"""Presses a seal on the pages of a finished PDF: over signature and date, and across all edges (骑缝章)."""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pikepdf
import pypdfium2
import pypdfium2.raw

from deskoffice.domain.errors import PaperError
from deskoffice.paper import page_view
from deskoffice.paper.backend_pdf import SEAL_INK, stencil_stream
from deskoffice.paper.geometry import MM_PER_POINT
from deskoffice.paper.page_view import PageView
from deskoffice.paper.seal_signature import VisibleSeal
from deskoffice.paper.sheet import Stencil

SIDE, ABOVE = 27.0, 35.0
"""The text area stands this far from the sides and from top and bottom of the sheet (GB/T 9704-2012 5.2), in mm."""

BELOW_CENTRE = 3.0
"""Name and date stand in the lower half of the seal: its centre is this far above their middle."""

GAP = 1.0
"""White between seals side by side: they may not touch."""

SLICES = 8
"""A seal across more pages than this would be cut too thin to be read: it begins again."""

LEAD = 2.0
"""White between a heading and the sample under it."""

NEAR = 40.0
"""A name and the date that belongs to it are no further apart than this."""

DATE = re.compile(
    r"[0-9〇○零一二三四五六七八九十]{4}\s*年\s*[0-9一二三四五六七八九十]{1,3}\s*月\s*[0-9一二三四五六七八九十]{1,3}\s*日(?!\s*印发)"
)
"""A date in figures of either kind; the day of printing in the block at the foot is none that a seal goes over."""


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

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def places(pdf: bytes, owners: Sequence[str], diameter: float) -> tuple[Place, ...]:
    """The centres of the owners' seals: each over its name, the last over the date too, none touching another.

    Where a paper names nobody the seals stand in a row at the end of its text area.
    """
    try:
        sheets = views(pdf)
        with pypdfium2.PdfDocument(io.BytesIO(pdf)) as opened:
            dates = _all(opened, DATE, sheets)
            names = [_all(opened, _spaced(owner), sheets) if owner else [] for owner in owners]
    except (pypdfium2.PdfiumError, pikepdf.PdfError, ValueError) as error:
        raise PaperError("paper_pdf_unreadable") from error
    found: list[Place] = []
    for position, known in enumerate(names):
        is_last = position == len(names) - 1
        wanted = _over(known, dates if is_last else []) or _at_end(sheets, len(names) - 1 - position, diameter)
        found.append(_free(_inside(wanted, sheets[wanted.page], diameter), found, sheets[wanted.page], diameter))
    return tuple(found)


def beneath(pdf: bytes, heading: str, diameter: float, rows: Sequence[str] = ()) -> tuple[Place, ...]:
    """Where samples stand on a form: in the column of a heading beside each of the rows, or right under the heading."""
    sheets = views(pdf)
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as opened:
        heads = {box.page: box for box in reversed(_all(opened, _spaced(heading), sheets))}
        lines = [_all(opened, _spaced(row), sheets) for row in rows]
    if not rows:
        head = next(iter(heads.values()))
        below = Place(head.page, head.middle, head.bottom + LEAD + diameter / 2)
        return (_inside(below, sheets[head.page], diameter),)
    found: list[Place] = []
    for boxes in lines:
        # The name of one seal begins that of another, and stands above the table too: the next one down is meant.
        after = (found[-1].page, found[-1].y) if found else (0, 0.0)
        inside = (box for box in boxes if box.page in heads and box.top > heads[box.page].bottom)
        line = next(box for box in inside if (box.page, box.bottom) > after)
        found.append(Place(line.page, heads[line.page].middle, (line.top + line.bottom) / 2))
    return tuple(found)


def views(pdf: bytes) -> list[PageView]:
    """How each page is seen."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return [page_view.of_page(page) for page in opened.pages]


def _spaced(name: str) -> re.Pattern[str]:
    """A name at the foot of a paper is often spread out, or broken over two lines."""
    return re.compile(r"\s*".join(re.escape(sign) for sign in name if not sign.isspace()))


def _all(opened: pypdfium2.PdfDocument, wanted: re.Pattern[str], sheets: Sequence[PageView]) -> list[_Box]:
    """The boxes of all occurrences in the paper, in reading order."""
    found = []
    for number in range(len(opened)):
        page = opened[number].get_textpage()
        # Sign by sign: the text as a whole leaves signs out, and would not fit the boxes.
        text = "".join(chr(pypdfium2.raw.FPDFText_GetUnicode(page, at)) for at in range(page.count_chars()))
        for match in wanted.finditer(text):
            box = _box(page, number, match.span(), sheets[number])
            if box is not None:
                found.append(box)
    return found


def _box(page: pypdfium2.PdfTextPage, number: int, span: tuple[int, int], sheet: PageView) -> _Box | None:
    """Around the characters that are drawn; of a text broken over lines, around its last line."""
    boxes = [sheet.seen(page.get_charbox(at)) for at in range(*span)]
    drawn = [box for box in boxes if box[2] > box[0]]
    if not drawn:
        return None
    line = [box for box in drawn if box[3] > drawn[-1][1]]
    lefts, tops, rights, bottoms = zip(*line, strict=True)
    return _Box(number, min(lefts), min(tops), max(rights), max(bottoms))


def _over(names: Sequence[_Box], dates: Sequence[_Box]) -> Place | None:
    """Over a name and the date under it; else over the last date, and over the last name where there is none."""
    pairs = [
        (name, date)
        for name in names
        for date in dates
        if date.page == name.page and 0 <= date.bottom - name.top < NEAR and abs(date.middle - name.middle) < 2 * NEAR
    ]
    if pairs:
        # Two parties sign side by side: to each name its own date.
        name, date = min(pairs, key=lambda pair: (-pair[0].page, -pair[0].top, abs(pair[0].middle - pair[1].middle)))
        return Place(date.page, date.middle, (name.top + date.bottom) / 2 - BELOW_CENTRE)
    for boxes in (dates, names):
        if boxes:
            box = boxes[-1]
            return Place(box.page, box.middle, (box.top + box.bottom) / 2 - BELOW_CENTRE)
    return None


def _at_end(sheets: Sequence[PageView], from_right: int, diameter: float) -> Place:
    sheet = sheets[-1]
    x = sheet.width - SIDE - diameter / 2 - from_right * (diameter + GAP)
    return Place(len(sheets) - 1, x, sheet.height - ABOVE - diameter / 2)


def _inside(place: Place, sheet: PageView, diameter: float) -> Place:
    """Within the text area, which a seal may not leave; in the middle of a sheet that is too small for one."""
    half = diameter / 2
    return Place(place.page, _between(place.x, SIDE + half, sheet.width), _between(place.y, ABOVE + half, sheet.height))


def _between(wanted: float, margin: float, length: float) -> float:
    return min(max(wanted, margin), length - margin) if length >= 2 * margin else length / 2


def _free(place: Place, taken: Iterable[Place], sheet: PageView, diameter: float) -> Place:
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


def as_picture(pdf: bytes, seal: Stencil, place: Place, diameter: float) -> VisibleSeal:
    """The seal at its place as the picture of a signature, for a file that may no longer be written into."""
    view, half, size = views(pdf)[place.page], diameter / 2, round(diameter / MM_PER_POINT)
    x, y = view.written(place.x, place.y)
    left, bottom = round(x - half / MM_PER_POINT), round(y - half / MM_PER_POINT)
    upright = PageView(diameter, diameter, 0, 0, size, size, view.turn).matrix
    red = " ".join(f"{part:g}" for part in SEAL_INK)
    operators = f"q {upright} /Ink gs {red} rg {size} 0 0 {size} 0 0 cm /Seal Do Q"
    return VisibleSeal(place.page, (left, bottom, left + size, bottom + size), operators, seal)


def _put(page: pikepdf.Page, image: pikepdf.Object, ink: pikepdf.Object, operators: str) -> None:
    """Over what stands there, as ink is: black shows through it, and a scan does not hide it."""
    name = page.add_resource(image, pikepdf.Name.XObject)
    state = page.add_resource(ink, pikepdf.Name.ExtGState)
    red = " ".join(f"{part:g}" for part in SEAL_INK)
    page.contents_add(b"q", prepend=True)
    page.contents_add(f"Q q {page_view.of_page(page).matrix} {state} gs {red} rg {operators} {name} Do Q".encode())


def _whole(page: pikepdf.Page, place: Place, diameter: float) -> str:
    x = (place.x - diameter / 2) / MM_PER_POINT
    y = (page_view.of_page(page).height - place.y - diameter / 2) / MM_PER_POINT
    size = diameter / MM_PER_POINT
    return f"{size:.4f} 0 0 {size:.4f} {x:.4f} {y:.4f} cm"


def _slices(opened: pikepdf.Pdf, diameter: float) -> Iterable[tuple[int, str]]:
    """Each page's strip of the seal, at its right edge, so that pages fanned out show the whole."""
    count = len(opened.pages)
    for start in range(0, count, SLICES):
        group = range(start, min(start + SLICES, count))
        # One page alone has no edge to be joined to: the whole seal would hang on it.
        if len(group) == 1:
            continue
        strip = diameter / len(group) / MM_PER_POINT
        for position, number in enumerate(group):
            yield number, _strip(opened.pages[number], position * strip, strip, diameter / MM_PER_POINT)


def _strip(page: pikepdf.Page, begins: float, strip: float, size: float) -> str:
    seen = page_view.of_page(page)
    edge, low = seen.width / MM_PER_POINT - strip, (seen.height / MM_PER_POINT - size) / 2
    clip = f"{edge:.4f} {low:.4f} {strip:.4f} {size:.4f} re W n"
    return f"{clip} {size:.4f} 0 0 {size:.4f} {edge - begins:.4f} {low:.4f} cm"
