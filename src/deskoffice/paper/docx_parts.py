"""The fixed parts of the Word files we write: page set-up, grid, styles with their fonts, footers, package."""

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

from deskoffice.paper.geometry import (
    CELL,
    HEIGHT,
    LEFT,
    MM_PER_POINT,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    ROWS,
    SIZE_3,
    TOP,
    WIDTH,
)

FANG, KAI, HEI = "仿宋_GB2312", "楷体_GB2312", "黑体"
BIAO, SONG, LATIN = "方正小标宋简体", "宋体", "Times New Roman"
RED = "E60000"

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
PROLOGUE = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
FIXED_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The earliest a zip file knows: the same document gives the same bytes."""


def twips(mm: float) -> int:
    """Twentieths of a point."""
    return round(mm / MM_PER_POINT * 20)


LINE_PITCH = twips(HEIGHT / ROWS)
CHARACTER_SPACE = round((CELL / MM_PER_POINT - SIZE_3) * 4096)
"""What a grid of characters would take from each, in 4096ths of a point.

Paragraphs keep off the grid of characters, whose 28 their own width makes: on it LibreOffice sets 14 to the line, or
loses a comma at its end.
"""

IMPRINT_PITCH = round(14 * 15 / 8 * 20)
"""A line of 四号: its characters and 7/8 more."""

BODY_SCALE = 98
"""Width of 三号 in per cent: 28 unscaled characters overrun the line by 2 mm."""

FOOTER_FROM_EDGE = twips(25.5)
"""Puts the dashes of the page number 7 mm under the type area."""

TURNED_NUMBER_FROM_EDGE, TURNED_NUMBER_WIDTH = 22.0, 12.0
"""The same for a page on its side: its number stands in the middle of a column so far from the edge."""


TABLE_STYLE = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
    '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="57" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)


def cells(count: float) -> int:
    """Hundredths of a character, the unit of w:firstLineChars."""
    return round(count * 100)


def fonts(chinese: str, latin: str = LATIN) -> str:
    return f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{chinese}" w:cs="{latin}"/>'


def face(chinese: str, points: float, *, latin: str = LATIN, colour: str = "") -> str:
    """Run properties in schema order."""
    ink = f'<w:color w:val="{colour}"/>' if colour else ""
    size = round(points * 2)
    scale = f'<w:w w:val="{BODY_SCALE if points == SIZE_3 else 100}"/>'
    return f'<w:rPr>{fonts(chinese, latin)}{ink}{scale}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'


def indent(first: float = 0.0, left: float = 0.0, right: float = 0.0) -> str:
    """Indents in characters, with the same in twips for programs that know no characters."""
    parts = []
    for name, count in (("left", left), ("right", right)):
        parts.append(f'w:{name}Chars="{cells(count)}" w:{name}="{twips(count * CELL)}"')
    name = "hanging" if first < 0 else "firstLine"
    parts.append(f'w:{name}Chars="{cells(abs(first))}" w:{name}="{twips(abs(first) * CELL)}"')
    return f"<w:ind {' '.join(parts)}/>"


def _style(
    name: str, label: str, paragraph: str, run: str, *, based: str = "Normal", outline: int | None = None
) -> str:
    level = "" if outline is None else f'<w:outlineLvl w:val="{outline}"/>'
    base = f'<w:basedOn w:val="{based}"/>' if based else ""
    default = "" if based else ' w:default="1"'
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{name}"><w:name w:val="{label}"/>{base}<w:qFormat/>'
        f"<w:pPr>{paragraph}{level}</w:pPr>{run}</w:style>"
    )


def styles() -> str:
    exact = f'<w:spacing w:before="0" w:after="0" w:line="{LINE_PITCH - 1}" w:lineRule="exact"/>'
    free = '<w:snapToGrid w:val="0"/>'
    small = f'<w:spacing w:before="0" w:after="0" w:line="{IMPRINT_PITCH}" w:lineRule="exact"/>'
    tight = '<w:spacing w:before="0" w:after="0" w:line="276" w:lineRule="auto"/>'
    loose = f'<w:spacing w:before="0" w:after="0" w:line="{LINE_PITCH - 1}" w:lineRule="atLeast"/>'
    normal = (
        '<w:widowControl w:val="0"/><w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        f"{free}"
    )
    flat = indent()
    body = [
        _style("Normal", "Normal", f'{normal}{exact}{indent(2)}<w:jc w:val="both"/>', face(FANG, SIZE_3), based=""),
        _style("Title", "Title", f'{exact}{flat}<w:jc w:val="center"/>', face(BIAO, 22)),
        _style("Heading1", "heading 1", "<w:keepNext/>", face(HEI, SIZE_3, latin=HEI), outline=0),
        _style("Heading2", "heading 2", "<w:keepNext/>", face(KAI, SIZE_3), outline=1),
        _style("Heading3", "heading 3", "<w:keepNext/>", face(FANG, SIZE_3), outline=2),
        _style("Heading4", "heading 4", "<w:keepNext/>", face(FANG, SIZE_3), outline=3),
        _style("Flush", "主送机关", flat, face(FANG, SIZE_3)),
        _style("Secrecy", "密级和紧急程度", f'{flat}<w:jc w:val="left"/>', face(HEI, SIZE_3, latin=HEI)),
        _style("Number", "发文字号", f'{flat}<w:jc w:val="center"/>', face(FANG, SIZE_3)),
        _style("Signature", "发文机关署名", f'{flat}<w:jc w:val="right"/>', face(FANG, SIZE_3)),
        _style("AttachmentMark", "附件序号", f'{flat}<w:jc w:val="left"/>', face(HEI, SIZE_3, latin=HEI)),
        _style("Imprint", "版记", f"{small}{indent(0, 1, 1)}", face(FANG, 14)),
        _style("Cell", "表格文字", f'{tight}{flat}<w:jc w:val="center"/>', face(FANG, 12)),
        _style("Mark", "发文机关标志", f'{loose}{flat}<w:jc w:val="center"/>', face(BIAO, 44, latin=BIAO, colour=RED)),
        _style("Footer", "footer", flat, face(SONG, 14, latin=SONG)),
    ]
    defaults = (
        f"<w:docDefaults><w:rPrDefault>{face(FANG, SIZE_3).replace('</w:rPr>', '')}"
        '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
    )
    return f"{PROLOGUE}<w:styles {NAMESPACES}>{defaults}{''.join(body)}{TABLE_STYLE}</w:styles>"


def section(*, first: str = "", starts: str = "", turned: bool = False) -> str:
    """Page, margins, grid of 28 by 22, footers.

    `first` names another footer for the first page, `starts` says where the section begins (a new page, or evenPage),
    `turned` lays the paper on its side, the number staying where the upright pages have it.
    """
    names = {"even": "turnedEven", "default": "turnedDefault"} if turned else {"even": "even", "default": "default"}
    names |= {"first": first} if first else {}
    references = "".join(f'<w:footerReference w:type="{kind}" r:id="{name}Footer"/>' for kind, name in names.items())
    right, bottom = PAGE_WIDTH - LEFT - WIDTH, PAGE_HEIGHT - TOP - HEIGHT
    edges = {"top": TOP, "right": right, "bottom": bottom, "left": LEFT}
    size = f'w:w="{twips(PAGE_WIDTH)}" w:h="{twips(PAGE_HEIGHT)}"'
    if turned:
        edges = {"top": LEFT, "right": TOP, "bottom": right, "left": bottom}
        size = f'w:w="{twips(PAGE_HEIGHT)}" w:h="{twips(PAGE_WIDTH)}" w:orient="landscape"'
    margins = " ".join(f'w:{side}="{twips(mm)}"' for side, mm in edges.items())
    begins = f'<w:type w:val="{starts}"/>' if starts else ""
    return (
        f"<w:sectPr>{references}{begins}<w:pgSz {size}/>"
        f'<w:pgMar {margins} w:header="851" w:footer="{FOOTER_FROM_EDGE}" w:gutter="0"/>'
        f"{'<w:titlePg/>' if first else ''}"
        f'<w:docGrid w:type="linesAndChars" w:linePitch="{LINE_PITCH}" w:charSpace="{CHARACTER_SPACE}"/></w:sectPr>'
    )


def footer(*, even: bool) -> str:
    """A real page-number field between dashes, on the outer side, one character in."""
    return f"{PROLOGUE}<w:ftr {NAMESPACES}>{_page_number(even=even)}</w:ftr>"


def _page_number(*, even: bool) -> str:
    side = indent(0, 1, 0) if even else indent(0, 0, 1)
    run = face(SONG, 14, latin=SONG)
    field = (
        f'<w:r>{run}<w:t xml:space="preserve">— </w:t></w:r>'
        f'<w:r>{run}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{run}<w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        f'<w:r>{run}<w:fldChar w:fldCharType="separate"/></w:r><w:r>{run}<w:t>1</w:t></w:r>'
        f'<w:r>{run}<w:fldChar w:fldCharType="end"/></w:r>'
        f'<w:r>{run}<w:t xml:space="preserve"> —</w:t></w:r>'
    )
    justify = f'<w:jc w:val="{"left" if even else "right"}"/>'
    return f'<w:p><w:pPr><w:pStyle w:val="Footer"/>{side}{justify}</w:pPr>{field}</w:p>'


def turned_footer(*, even: bool) -> str:
    """The number of a page on its side: upright where the other pages have it, so on the left edge, turned."""
    tall, wide = twips(WIDTH), twips(TURNED_NUMBER_WIDTH)
    place = (
        '<w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="page" w:horzAnchor="page" '
        f'w:tblpX="{twips(TURNED_NUMBER_FROM_EDGE)}" w:tblpY="{twips(LEFT)}"/>'
    )
    table = (
        f'<w:tbl><w:tblPr>{place}<w:tblW w:w="{wide}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{wide}"/></w:tblGrid><w:tr><w:trPr><w:trHeight w:val="{tall}" w:hRule="exact"/>'
        f'</w:trPr><w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/><w:textDirection w:val="tbRl"/>'
        f'<w:vAlign w:val="center"/></w:tcPr>{_page_number(even=even)}</w:tc></w:tr></w:tbl>'
    )
    return f'{PROLOGUE}<w:ftr {NAMESPACES}>{table}<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr></w:p></w:ftr>'


def bare_footer() -> str:
    """Nothing: the page of the imprint behind a white one."""
    return f'{PROLOGUE}<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr></w:p></w:ftr>'


def letter_footer() -> str:
    """The lower double rule of a letter, thin above thick, 20 mm above the edge of the paper."""
    border = f'<w:pBdr><w:bottom w:val="thinThickSmallGap" w:sz="24" w:space="1" w:color="{RED}"/></w:pBdr>'
    ind = f'<w:ind w:left="{-twips(8)}" w:right="{-twips(6)}" w:firstLineChars="0" w:firstLine="0"/>'
    paragraph = f'<w:p><w:pPr><w:pStyle w:val="Footer"/>{border}{ind}</w:pPr></w:p>'
    return f"{PROLOGUE}<w:ftr {NAMESPACES}>{paragraph}</w:ftr>"


def package(document: str, *, title: str, author: str) -> bytes:
    """The zip file, its parts in a fixed order."""
    footers = {
        "even": footer(even=True),
        "default": footer(even=False),
        "letter": letter_footer(),
        "bare": bare_footer(),
        "turnedEven": turned_footer(even=True),
        "turnedDefault": turned_footer(even=False),
    }
    footers = {name: text for name, text in footers.items() if f'"{name}Footer"' in document}
    parts = {
        "[Content_Types].xml": _content_types(footers),
        "_rels/.rels": _relationships(
            {
                "document": (f"{OFFICE}/officeDocument", "word/document.xml"),
                "core": (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            }
        ),
        "word/document.xml": document,
        "word/_rels/document.xml.rels": _relationships(
            {
                "styles": (f"{OFFICE}/styles", "styles.xml"),
                "settings": (f"{OFFICE}/settings", "settings.xml"),
                **{f"{kind}Footer": (f"{OFFICE}/footer", f"footer-{kind}.xml") for kind in footers},
            }
        ),
        "word/styles.xml": styles(),
        "word/settings.xml": _settings(),
        **{f"word/footer-{kind}.xml": text for kind, text in footers.items()},
        "docProps/core.xml": _core(title, author),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, FIXED_MOMENT), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _content_types(footers: Mapping[str, str]) -> str:
    types = {
        "/word/document.xml": f"{WORD_TYPE}.document.main+xml",
        "/word/styles.xml": f"{WORD_TYPE}.styles+xml",
        "/word/settings.xml": f"{WORD_TYPE}.settings+xml",
        **{f"/word/footer-{kind}.xml": f"{WORD_TYPE}.footer+xml" for kind in footers},
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in types.items())
    return (
        f'{PROLOGUE}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relationships(targets: Mapping[str, tuple[str, str]]) -> str:
    rows = "".join(f'<Relationship Id="{key}" Type="{kind}" Target="{to}"/>' for key, (kind, to) in targets.items())
    return f'{PROLOGUE}<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def _settings() -> str:
    mode = 'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"'
    return (
        f"{PROLOGUE}<w:settings {NAMESPACES}><w:evenAndOddHeaders/>"
        '<w:drawingGridVerticalSpacing w:val="156"/><w:characterSpacingControl w:val="compressPunctuation"/>'
        f"<w:compat><w:useFELayout/><w:compatSetting {mode}/></w:compat>"
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


def _core(title: str, author: str) -> str:
    return (
        f'{PROLOGUE}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(author)}</dc:creator></cp:coreProperties>"
    )
