"""Lists of numbered copies that go back to their issuer or are destroyed."""

from deskoffice.paper.forms.model import Align, Cell, Column, Flow, Form, Row, Table, Words

RETURN_LIST = Form(
    code="return_list",
    title="涉密文件清退清单",
    head=(("编号", "number"), ("清退日期", "returned_on")),
    blocks=(
        Row((Cell("清退单位", "unit", 132.5), Cell("接收单位", "receiving_unit", 132.5))),
        Table(
            "copies",
            (
                Column("序号", "number", 13),
                Column("发文单位", "source_unit", 44, Align.LEFT),
                Column("文号", "document_number", 45, Align.LEFT),
                Column("标题", "title", 74, Align.LEFT),
                Column("密级", "level", 27),
                Column("份号", "copy_number", 20),
                Column("页数", "pages", 14),
                Column("备注", "note", 28, Align.LEFT),
            ),
            blank_rows=3,
            weight=1,
        ),
        Row(
            (
                Cell("合计", "total", 85),
                Cell("经办人", "handler", 60),
                Cell("审核人", "reviewed_by", 60),
                Cell("接收人", "received_by", 60),
            )
        ),
    ),
    note="注：清退时双方逐份核对份号和页数；本清单一式两份，双方各存一份，长期保存。",
    flow=Flow.LIST,
    is_landscape=True,
)

DESTRUCTION_LIST = Form(
    code="destruction_list",
    title="涉密载体销毁清册",
    head=(("编号", "number"), ("登记日期", "registered_on")),
    blocks=(
        Row((Cell("送销单位", "unit", 132.5), Cell("销毁单位", "destroying_unit", 132.5))),
        Table(
            "carriers",
            (
                Column("序号", "number", 13),
                Column("载体名称", "title", 82, Align.LEFT),
                Column("文号或编号", "document_number", 48, Align.LEFT),
                Column("密级", "level", 27),
                Column("份号", "copy_number", 20),
                Column("页数", "pages", 16),
                Column("销毁原因", "reason", 35, Align.LEFT),
                Column("备注", "note", 24, Align.LEFT),
            ),
            blank_rows=2,
            weight=1,
        ),
        Row((Cell("合计", "total", 85), Cell("销毁日期", "destroyed_on", 90), Cell("销毁方式", "way", 90))),
        Row((Cell("审批意见", "approval", 165), Cell("清点登记人", "counted_by", 100, 30)), 20),
        Words("　　上列载体已逐件清点、核对，与登记相符；销毁全程由监销人在场监督，确认无法还原。", 11),
        Row(
            (
                Cell("送销人（两人签名）", "escorts", 88, 0),
                Cell("监销人（两人签名）", "witnesses", 88, 0),
                Cell("接收、销毁人（签名）", "destroyed_by", 89, 0),
            ),
            20,
        ),
    ),
    note="注：清点、登记、审批后送销，两人以上押运和监销；本清册长期保存，不随载体销毁。",
    flow=Flow.LIST,
    is_landscape=True,
)

FORMS = (RETURN_LIST, DESTRUCTION_LIST)
