"""Draws positioned pages on a reportlab canvas, with fonts embedded as subsets and text that can be read back."""

import io
import zlib
from collections.abc import Iterable, Sequence

import pikepdf
from reportlab.lib.colors import Color
from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from deskoffice.paper.fonts import Face, Fonts, Role
from deskoffice.paper.geometry import MM_PER_POINT
from deskoffice.paper.sheet import Colour, Page, Rule, Run, SealMark, Stencil

INKS = {Colour.BLACK: Color(0, 0, 0), Colour.RED: Color(0.9, 0, 0), Colour.GREY: Color(0.25, 0.25, 0.25)}
SEAL_INK = (0.86, 0.0, 0.0)
CODES_IN_BLOCK = 100
"""A ToUnicode map may not list more codes in one block (Adobe technical note 5014)."""


class SubsetFont(TTFont):
    """A font whose ToUnicode maps are right beyond U+FFFF too: reportlab writes five hexadecimal digits there."""

    def addObjects(self, doc: pdfdoc.PDFDocument) -> None:  # noqa: N802  # reportlab calls it
        subsets = [list(subset) for subset in self.state[doc].subsets]
        names = [self.getSubsetInternalName(number, doc)[1:] for number in range(len(subsets))]
        super().addObjects(doc)
        for name, subset in zip(names, subsets, strict=True):
            key = doc.idToObject[name].ToUnicode.name  # type: ignore[attr-defined]  # the stub knows only the base class
            doc.idToObject[key].content = to_unicode_map(subset)  # type: ignore[attr-defined]  # the same


class PageCanvas(Canvas):
    """A canvas that tells the codes of characters: its own text objects measure every run and name every font anew."""

    _doc: pdfdoc.PDFDocument

    def coded(self, face: str, text: str) -> list[tuple[str, bytes]]:
        """The name of each subset of the face that has a part of the text, and the codes of that part."""
        font = pdfmetrics.getFont(face)
        if not isinstance(font, SubsetFont):
            raise TypeError(face)
        parts: list[tuple[int, bytes]] = font.splitString(text, self._doc)
        return [(font.getSubsetInternalName(subset, self._doc), codes) for subset, codes in parts]


def to_unicode_map(subset: Sequence[int]) -> str:
    """The map from the codes of a subset font back to characters, in UTF-16."""
    rows = [f"<{code:02X}> <{chr(value).encode('utf-16-be').hex().upper()}>" for code, value in enumerate(subset)]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
    ]
    for start in range(0, len(rows), CODES_IN_BLOCK):
        block = rows[start : start + CODES_IN_BLOCK]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return "\n".join([*lines, "endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"])


def draw(pages: Sequence[Page], fonts: Fonts) -> bytes:
    """The pages as a PDF whose bytes depend on nothing but the pages and the font files."""
    first = _register(fonts.face(Role.SONG, "1"))
    sheets = [sheet for page in pages for sheet in (page, page.turned) if sheet is not None]
    for face in fonts.faces({item.face for sheet in sheets for item in sheet.items if isinstance(item, Run)}):
        _register(face)
    buffer = io.BytesIO()
    # Without a first font of ours the canvas would name Helvetica, which is not embedded. The streams stay open:
    # whoever finishes the file compresses them, and reportlab would write them in ASCII besides.
    canvas = PageCanvas(
        buffer,
        pageCompression=0,
        invariant=1,
        initialFontName=first,  # type: ignore[arg-type]  # the stub has the type of the size here
    )
    for page in pages:
        _draw_page(canvas, page)
    canvas.save()
    return _press_seals(buffer.getvalue(), pages)


def _register(face: Face) -> str:
    """Make the face known to reportlab, whose canvas finds fonts by name."""
    if face.name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(SubsetFont(face.name, str(face.path), subfontIndex=face.index, asciiReadable=False))
    return face.name


def _draw_page(canvas: PageCanvas, page: Page) -> None:
    canvas.setPageSize((page.width / MM_PER_POINT, page.height / MM_PER_POINT))
    _draw_items(canvas, page)
    if page.turned is not None:
        canvas.saveState()
        canvas.transform(0, 1, -1, 0, page.width / MM_PER_POINT, 0)
        _draw_items(canvas, page.turned)
        canvas.restoreState()
    canvas.showPage()


def _draw_items(canvas: PageCanvas, page: Page) -> None:
    _draw_rules(canvas, page, (item for item in page.items if isinstance(item, Rule)))
    _draw_runs(canvas, page, (item for item in page.items if isinstance(item, Run)))


def _draw_rules(canvas: Canvas, page: Page, rules: Iterable[Rule]) -> None:
    set_before: tuple[float, Colour] | None = None
    for rule in rules:
        if (rule.width, rule.colour) != set_before:
            canvas.setStrokeColor(INKS[rule.colour])
            canvas.setLineWidth(rule.width / MM_PER_POINT)
            set_before = rule.width, rule.colour
        canvas.line(*(_x(rule.x0), _y(page, rule.y0), _x(rule.x1), _y(page, rule.y1)))


def _draw_runs(canvas: PageCanvas, page: Page, runs: Iterable[Run]) -> None:
    """All text of the page as one object; what stays the same from run to run is not said again."""
    operators = ["BT"]
    colour, spacing, font = None, 0.0, ("", 0.0)
    for run in runs:
        if run.colour is not colour:
            ink = INKS[run.colour]
            operators.append(f"{ink.red:g} {ink.green:g} {ink.blue:g} rg")
        if run.spacing != spacing:
            operators.append(f"{run.spacing / MM_PER_POINT:.5f} Tc")
        colour, spacing = run.colour, run.spacing
        operators.append(f"1 0 0 1 {_x(run.x):.4f} {_y(page, run.y):.4f} Tm")
        for name, codes in canvas.coded(run.face, run.text):
            if (name, run.size) != font:
                operators.append(f"{name} {run.size:g} Tf")
                font = name, run.size
            operators.append(f"<{codes.hex()}> Tj")
    canvas.addLiteral("\n".join([*operators, "ET"]))


def _x(x: float) -> float:
    return x / MM_PER_POINT


def _y(page: Page, y: float) -> float:
    return (page.height - y) / MM_PER_POINT


def _press_seals(data: bytes, pages: Sequence[Page]) -> bytes:
    """Put the seals under the text of their pages, as one-bit stencils: red only where the seal is, no transparency."""
    if not any(isinstance(item, SealMark) for page in pages for item in page.items):
        return data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page, target in zip(pages, pdf.pages, strict=True):
            for mark in (item for item in page.items if isinstance(item, SealMark)):
                name = target.add_resource(stencil_stream(pdf, mark.stencil), pikepdf.Name.XObject)
                target.contents_add(_stencil_operators(page, mark, str(name)), prepend=True)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def stencil_stream(pdf: pikepdf.Pdf, stencil: Stencil) -> pikepdf.Stream:
    """The seal as an image mask of a file."""
    return pikepdf.Stream(
        pdf,
        zlib.compress(stencil.bits),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=stencil.columns,
        Height=stencil.rows,
        ImageMask=True,
        BitsPerComponent=1,
        Filter=pikepdf.Name.FlateDecode,
    )


def _stencil_operators(page: Page, mark: SealMark, name: str) -> bytes:
    size = mark.diameter / MM_PER_POINT
    x, y = _x(mark.cx - mark.diameter / 2), _y(page, mark.cy + mark.diameter / 2)
    red = " ".join(f"{part:g}" for part in SEAL_INK)
    return f"q {red} rg {size:.4f} 0 0 {size:.4f} {x:.4f} {y:.4f} cm {name} Do Q".encode()
