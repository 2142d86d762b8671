"""Forms of the archivist: the filing stamp, the cover of a bound catalogue, the note in each box."""

from deskoffice.paper.forms.model import Cell, Form, Row, Stamp, area

FILING_STAMP = Form(
    code="filing_stamp",
    title="归档章",
    blocks=(
        Stamp(
            (
                ("全宗号", "fonds_number"),
                ("年度", "year"),
                ("件号", "item_number"),
                ("机构或问题", "unit_code"),
                ("保管期限", "retention"),
                ("页数", "pages"),
            )
        ),
    ),
)

CATALOGUE_COVER = Form(
    code="catalogue_cover",
    title="归档文件目录",
    blocks=(
        Row((Cell("全宗号", "fonds_number", 165, 60),), 34),
        Row((Cell("全宗名称", "fonds_name", 165, 60),), 34),
        Row((Cell("年度", "year", 165, 60),), 34),
        Row((Cell("保管期限", "retention", 165, 60),), 34),
        Row((Cell("机构或问题", "unit_code", 165, 60),), 34),
        Row((Cell("件数", "items", 82.5, 40), Cell("页数", "pages", 82.5, 40)), 34),
    ),
)

BOX_NOTE = Form(
    code="box_note",
    title="备考表",
    head=(("盒号", "box_number"),),
    blocks=(
        area("盒内文件\n情况说明", "state", height=150),
        Row((Cell("整理人", "arranged_by", 82.5), Cell("整理日期", "arranged_on", 82.5)), 12),
        Row((Cell("检查人", "checked_by", 82.5), Cell("检查日期", "checked_on", 82.5)), 12),
    ),
)

FORMS = (FILING_STAMP, CATALOGUE_COVER, BOX_NOTE)
