"""Forms that travel with a document: handling slip, issue sheet, circulation, reminder and return slips."""

from deskoffice.paper.forms.model import Align, Cell, Column, Flow, Form, Heading, Row, Table, area

SECRECY = Row(
    (
        Cell("密级", "level", 51.5),
        Cell("缓急", "urgency", 37.5, 16, Align.CENTRE),
        Cell("份号", "copy_number", 41, 16, Align.CENTRE),
        Cell("份数", "copies", 35, 16, Align.CENTRE),
    )
)

HANDLING_SLIP = Form(
    code="handling_slip",
    title="文件处理笺",
    key=("receipt_number", "title"),
    blocks=(
        Row((Cell("收文号", "receipt_number", 82.5), Cell("收文日期", "received_on", 82.5))),
        Row((Cell("来文单位", "source_unit", 82.5), Cell("来文字号", "document_number", 82.5))),
        SECRECY,
        Row((Cell("标题", "title", 165),), 17),
        Row((Cell("办理时限", "due_on", 82.5), Cell("归档号", "filing_number", 82.5))),
        area("拟办意见", "proposal", height=26),
        area("领导批示", "instructions", height=34, weight=2),
        Table(
            "readers",
            (Column("姓名", "name", 22), Column("日期", "date", 25)),
            label="传阅签名",
            across=3,
            blank_rows=3,
        ),
        area("承办情况", "handling", height=20),
        area("办理结果", "result", height=20),
    ),
    note="注：本笺随文运转，请批示人、传阅人签署姓名和日期；阅后即退机要室，不得横传。",
    has_filing_corner=True,
)

ISSUE_SHEET = Form(
    code="issue_sheet",
    title="发文稿纸",
    key=("title",),
    head=(("发文字号", "document_number"), ("印发日期", "issued_on")),
    blocks=(
        Row((Cell("签发", "sign", 82.5, 0), Cell("会签", "countersign", 82.5, 0)), 40, 2),
        Row((Cell("办公室核稿", "office_review", 82.5, 0), Cell("部门核稿", "unit_review", 82.5, 0)), 28, 1),
        Row((Cell("标题", "title", 165),), 17),
        Row((Cell("主送", "addressee", 165),), 11),
        Row((Cell("抄送", "copy_to", 165),), 15),
        Row((Cell("附件", "attachments", 165),), 11),
        Row((Cell("文种", "document_kind", 55), Cell("密级期限", "level", 55), Cell("紧急程度", "urgency", 55))),
        Row((Cell("拟稿单位", "draft_unit", 55), Cell("拟稿人", "drafted_by", 55), Cell("电话", "phone", 55))),
        Row((Cell("拟稿日期", "drafted_on", 55), Cell("校对", "proofread_by", 55), Cell("印数", "printed_copies", 55))),
        Row((Cell("份号范围", "copy_range", 55), Cell("定密依据", "secrecy_basis", 110))),
        Row((Cell("公开属性", "disclosure", 55), Cell("不予公开\n理由", "disclosure_reason", 110)), 12),
        area("行文依据和\n拟稿说明", "basis", height=16, weight=0.5),
    ),
    note="注：须用黑色签字笔填写。审批后的文稿有实质性修改的，应当送签发人复审。",
)

CIRCULATION_SHEET = Form(
    code="circulation_sheet",
    title="文件传阅单",
    key=("receipt_number", "title"),
    blocks=(
        Row((Cell("收文号", "receipt_number", 82.5), Cell("收文日期", "received_on", 82.5))),
        Row((Cell("来文单位", "source_unit", 82.5), Cell("来文字号", "document_number", 82.5))),
        SECRECY,
        Row((Cell("标题", "title", 165),), 15),
        Row((Cell("传阅范围", "scope", 165),), 11),
        Row((Cell("阅毕期限", "due_on", 82.5), Cell("归档号", "filing_number", 82.5))),
        Table(
            "readers",
            (
                Column("序号", "number", 12),
                Column("传阅人", "name", 23),
                Column("职务", "post", 28, Align.LEFT),
                Column("送阅时间", "sent_at", 26),
                Column("退还时间", "returned_at", 26),
                Column("阅文意见和签名", "opinion", 50, Align.LEFT),
            ),
            row_height=13.5,
            blank_rows=3,
            weight=1,
        ),
    ),
    note="注：传阅文件由机要室统一送退，不得横传；本人外出时请退机要室改送他人。",
    flow=Flow.LIST,
)

URGE_SLIP = Form(
    code="urge_slip",
    title="催办单",
    head=(("编号", "number"), ("填发日期", "issued_on")),
    blocks=(
        Row((Cell("承办单位", "unit", 110), Cell("承办人", "person", 55))),
        Row((Cell("催办事项", "title", 165),), 17),
        Row((Cell("文号", "document_number", 110), Cell("收文号", "receipt_number", 55))),
        Row((Cell("交办日期", "assigned_on", 55), Cell("办理时限", "due_on", 55), Cell("已超期", "overdue", 55))),
        Row((Cell("催办次数", "times", 55), Cell("催办方式", "way", 55), Cell("催办人", "urged_by", 55))),
        area("领导批示和\n交办要求", "instructions", height=26),
        area("催办意见", "note", height=26),
        Heading("回　　执", is_cut=True),
        area("办理情况", "reply", height=40, weight=1.5),
        Row((Cell("负责人", "head", 55), Cell("经办人", "handler", 55), Cell("反馈日期", "replied_on", 55))),
    ),
    note="注：请在收到本单后按时限书面反馈；不能按期办结的，应当在期满前说明原因并申请延期。",
)

RETURN_SLIP = Form(
    code="return_slip",
    title="退文单",
    head=(("编号", "number"), ("退文日期", "returned_on")),
    blocks=(
        Row((Cell("退往单位", "source_unit", 165),), 11),
        Row((Cell("来文标题", "title", 165),), 17),
        Row((Cell("来文字号", "document_number", 110), Cell("收文日期", "received_on", 55))),
        Row((Cell("收文号", "receipt_number", 110), Cell("份数", "copies", 55))),
        area("退文原因", "reasons", height=50, weight=2),
        area("办理建议", "advice", height=30),
        area("审核意见", "review", height=30),
        Row((Cell("经办人", "handler", 55), Cell("联系电话", "phone", 55), Cell("退文方式", "way", 55))),
        Row((Cell("签收人", "received_by", 82.5), Cell("签收日期", "signed_for_on", 82.5)), 12),
    ),
    note="注：依据《党政机关公文处理工作条例》第二十四条，经初审不符合规定的公文，及时退回来文单位并说明理由。",
)

FORMS = (HANDLING_SLIP, ISSUE_SHEET, CIRCULATION_SHEET, URGE_SLIP, RETURN_SLIP)
