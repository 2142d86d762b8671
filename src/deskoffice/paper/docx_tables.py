"""Tables of the Word files we write: those of the text with the columns of the printed page, and the imprint's."""

from collections.abc import Sequence
from itertools import pairwise

from deskoffice.paper import docx_parts as parts
from deskoffice.paper.docx_text import lines, paragraph
from deskoffice.paper.fonts import Role
from deskoffice.paper.geometry import LEFT, WIDTH, Area
from deskoffice.paper.model import Table
from deskoffice.paper.sheet import Setter, Style
from deskoffice.paper.tables import columns, full_rows

THICK, THIN = 8, 6
"""Rules of the imprint in eighths of a point: the nearest to 0.35 mm, and 0.25 mm."""

NO_MARGINS, NARROW_MARGINS = (
    f'<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="{side}" w:type="dxa"/>'
    f'<w:bottom w:w="0" w:type="dxa"/><w:right w:w="{side}" w:type="dxa"/></w:tblCellMar>'
    for side in (0, 40)
)
EDGES = "".join(
    f'<w:{side} w:val="single" w:sz="6" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
LEFT_ALIGNED = '<w:jc w:val="left"/>'


def table(block: Table, setter: Setter, area: Area) -> str:
    """Size and columns as on the printed page; the first row is repeated on each page."""
    rows = full_rows(block)
    if not rows:
        return ""
    size, edges = columns(rows, setter, area)
    widths = [right - left for left, right in pairwise(edges)]
    written = []
    for number, cells in enumerate(rows):
        head = "<w:tblHeader/>" if number == 0 else ""
        style = parts.face(parts.HEI, size, latin=parts.HEI) if number == 0 else parts.face(parts.FANG, size)
        content = "".join(
            _cell(cell, width, style, is_long=number > 0 and setter.width(cell, Style(Role.FANG, size)) > width)
            for cell, width in zip(cells, widths, strict=True)
        )
        written.append(f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{content}</w:tr>")
    grid = grid_of([parts.twips(width) for width in widths])
    return (
        f"<w:tbl>{properties(parts.twips(area.width), EDGES, margins=NARROW_MARGINS)}{grid}{''.join(written)}</w:tbl>"
    )


def _cell(cell: str, width: float, style: str, *, is_long: bool) -> str:
    text = paragraph("Cell", lines(cell.split("\n"), style), LEFT_ALIGNED if is_long else "")
    return cell_of(parts.twips(width), text, '<w:vAlign w:val="center"/>')


def cell_of(width: int, content: str, more: str = "") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{more}</w:tcPr>{content}</w:tc>'


def properties(width: int, sides: str = "", *, place: str = "", margins: str = "", alignment: str = "") -> str:
    """Table properties in schema order."""
    borders = f"<w:tblBorders>{sides}</w:tblBorders>" if sides else ""
    return (
        f'<w:tblPr>{place}<w:tblW w:w="{width}" w:type="dxa"/>{alignment}{borders}<w:tblLayout w:type="fixed"/>'
        f"{margins}</w:tblPr>"
    )


def grid_of(widths: Sequence[int]) -> str:
    return "<w:tblGrid>" + "".join(f'<w:gridCol w:w="{width}"/>' for width in widths) + "</w:tblGrid>"


def imprint_table(groups: Sequence[Sequence[str]], *, has_rules: bool) -> str:
    """A table that floats to the foot of its page; each group of paragraphs is a row.

    Its place is said from the edge of the paper: LibreOffice floats no table as wide as the text otherwise.
    """
    width = parts.twips(WIDTH)
    place = (
        '<w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin" w:horzAnchor="page" '
        f'w:tblpX="{parts.twips(LEFT)}" w:tblpYSpec="bottom"/><w:tblOverlap w:val="never"/>'
    )
    edge = '<w:{0} w:val="single" w:sz="{1}" w:space="0" w:color="000000"/>'
    sides = "".join(edge.format(*one) for one in (("top", THICK), ("bottom", THICK), ("insideH", THIN)))
    rows = "".join(f"<w:tr>{cell_of(width, ''.join(group))}</w:tr>" for group in groups)
    head = properties(width, sides if has_rules else "", place=place, margins=NO_MARGINS) + grid_of([width])
    return f"<w:tbl>{head}{rows}</w:tbl>"
