"""Forms of the seal keeper: approval of a use, hand-over of seals."""

from deskoffice.paper.forms.model import Align, Cell, Column, Flow, Form, Row, Table, Words, area

SEAL_REQUEST = Form(
    code="seal_request",
    title="用印审批单",
    head=(("编号", "number"), ("申请日期", "requested_on")),
    blocks=(
        Row((Cell("申请单位", "unit", 110), Cell("经办人", "applicant", 55))),
        Row((Cell("印章名称", "seal", 165),), 11),
        Row((Cell("用印事项", "purpose", 165),), 20, 0.5),
        Row((Cell("文件标题", "title", 165),), 15),
        Row((Cell("文号", "document_number", 110), Cell("密级", "level", 55))),
        Row((Cell("份数", "copies", 55), Cell("页数", "pages", 55), Cell("用印枚数", "imprints", 55))),
        Row((Cell("骑缝", "straddle", 55), Cell("外带用印", "taken_out", 110)), 11),
        Row((Cell("附件", "attachments", 165),), 10),
        area("部门负责人\n意见", "unit_opinion", height=22),
        area("办公室\n审核意见", "office_opinion", height=22),
        area("分管领导\n意见", "leader_opinion", height=22),
        area("主要领导\n审批", "approval", height=22),
        Row((Cell("用印日期", "stamped_on", 55), Cell("用印人", "stamped_by", 55), Cell("监印人", "overseen_by", 55))),
        Row((Cell("备注", "note", 165),), 11),
    ),
    note="注：先批准、后用印，见字盖章；不得在空白介绍信、空白表格和空白纸上用印。",
)

SEAL_HANDOVER = Form(
    code="seal_handover",
    title="印章移交单",
    head=(("编号", "number"), ("移交日期", "handed_over_on")),
    blocks=(
        Row((Cell("移交单位", "unit", 110), Cell("移交地点", "place", 55))),
        Row((Cell("移交原因", "reason", 165),), 12),
        Table(
            "seals",
            (
                Column("序号", "number", 12),
                Column("印章名称", "name", 48, Align.LEFT),
                Column("类型", "kind", 19),
                Column("材质", "material", 17),
                Column("数量", "count", 15),
                Column("印模", "imprint", 54),
            ),
            row_height=50,
            blank_rows=2,
        ),
        Row((Cell("附随物品", "accessories", 165),), 14, 0.5),
        Row((Cell("未了事项", "open_matters", 165),), 14, 0.5),
        Words("　　上列印章及附随物品已当面点清，印模核对无误。自移交之时起，保管责任由接收人承担。"),
        Row(
            (
                Cell("移交人（签名）", "from_person", 55, 0),
                Cell("接收人（签名）", "to_person", 55, 0),
                Cell("监交人（签名）", "witness", 55, 0),
            ),
            24,
        ),
    ),
    note="注：本单一式三份，移交人、接收人各执一份，一份归档。",
    flow=Flow.LIST,
)

FORMS = (SEAL_REQUEST, SEAL_HANDOVER)
