"""Tables of the Word files we write: those of the text with the columns of the printed page, and the imprint's."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from deskoffice.paper import docx_parts as parts
from deskoffice.paper.docx_text import lines, paragraph
from deskoffice.paper.fonts import Role
from deskoffice.paper.geometry import LEFT, WIDTH, Area
from deskoffice.paper.merged import complete, head_rows
from deskoffice.paper.model import Span, Table
from deskoffice.paper.sheet import Setter, Style
from deskoffice.paper.tables import columns

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
    """Size and columns as on the printed page; the head is repeated on each page."""
    block = complete(block)
    if not block.rows:
        return ""
    size, edges = columns(block, setter, area)
    count = head_rows(block)
    written = []
    for number in range(len(block.rows)):
        is_head = number < count
        style = parts.face(parts.HEI, size, latin=parts.HEI) if is_head else parts.face(parts.FANG, size)
        cells = "".join(_cells(block, number, edges, style, setter, Style(Role.FANG, size), is_head=is_head))
        written.append(f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if is_head else ''}</w:trPr>{cells}</w:tr>")
    grid = grid_of([parts.twips(right - left) for left, right in pairwise(edges)])
    return (
        f"<w:tbl>{properties(parts.twips(area.width), EDGES, margins=NARROW_MARGINS)}{grid}{''.join(written)}</w:tbl>"
    )


def _cells(
    block: Table, row: int, edges: Sequence[float], face: str, setter: Setter, style: Style, *, is_head: bool
) -> Iterator[str]:
    """The cells of a row from left to right; what is merged is one across, and says so downwards."""
    spans = {one.column: one for one in block.merged if one.row <= row < one.row + one.rows}
    column = 0
    while column < len(edges) - 1:
        span = spans.get(column, Span(row, column))
        width = edges[column + span.columns] - edges[column]
        text = block.rows[row][column]
        is_long = not is_head and setter.width(text, style) > width
        yield _cell(text, width, face, _merging(span, row), is_long=is_long)
        column += span.columns


def _merging(span: Span, row: int) -> str:
    across = f'<w:gridSpan w:val="{span.columns}"/>' if span.columns > 1 else ""
    begins = ' w:val="restart"' if row == span.row else ""
    return across + (f"<w:vMerge{begins}/>" if span.rows > 1 else "")


def _cell(cell: str, width: float, style: str, merging: str, *, is_long: bool) -> str:
    text = paragraph("Cell", lines(cell.split("\n"), style), LEFT_ALIGNED if is_long else "")
    return cell_of(parts.twips(width), text, f'{merging}<w:vAlign w:val="center"/>')


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
