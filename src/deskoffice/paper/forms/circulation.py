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
            (Column("姓名", "name", 20), Column("日期", "date", 27)),
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
        Row((Cell("联合行文\n机关", "joint_with", 165),), 11),
        Row((Cell("主送", "addressee", 165),), 11),
        Row((Cell("抄送", "copy_to", 165),), 13),
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

POST_HAND_OVER = Form(
    code="post_hand_over",
    title="工作移交清单",
    head=(("移交日期", "handed_over_on"), ("件数", "count")),
    blocks=(
        Row((Cell("移交人", "from_person", 82.5), Cell("接收人", "to_person", 82.5))),
        Row((Cell("移交原因", "reason", 110), Cell("监交人", "witness", 55))),
        Table(
            "items",
            (
                Column("序号", "number", 12),
                Column("类别", "kind", 20),
                Column("编号", "code", 38),
                Column("名称（事由）", "title", 67, Align.LEFT),
                Column("说明", "note", 28, Align.LEFT),
            ),
            row_height=11,
            blank_rows=2,
            weight=1,
        ),
        Row(
            (
                Cell("移交人（签名）", "giver_signature", 55, 0),
                Cell("接收人（签名）", "taker_signature", 55, 0),
                Cell("监交人（签名）", "witness_signature", 55, 0),
            ),
            24,
        ),
    ),
    note="注：本单一式三份。涉密文件份号已当面清点无误，自移交之时起由接收人负责办理和保管。",
    flow=Flow.LIST,
)

RETURN_BULLETIN = Form(
    code="return_bulletin",
    title="公文报送退文通报",
    head=(("期号", "number"), ("印发日期", "issued_on")),
    key=("number",),
    blocks=(
        Row((Cell("通报情况", "summary", 165),), 24),
        Heading("一、各单位退文情况"),
        Table(
            "units",
            (
                Column("报送单位", "unit", 62, Align.LEFT),
                Column("退文件数", "count", 22),
                Column("退文原因", "reasons", 81, Align.LEFT),
            ),
            blank_rows=5,
        ),
        Heading("二、退文明细"),
        Table(
            "papers",
            (
                Column("序号", "number", 11),
                Column("报送单位", "unit", 35, Align.LEFT),
                Column("来文字号", "document_number", 31, Align.LEFT),
                Column("标题", "title", 44, Align.LEFT),
                Column("退文原因", "reasons", 29, Align.LEFT),
                Column("重报", "resubmitted", 15),
            ),
            blank_rows=8,
        ),
    ),
    note="注：请各单位对照《党政机关公文处理工作条例》和行文规则规范报送，退文改正后及时重新报送。",
    flow=Flow.LIST,
)

COURIER_RECEIPT = Form(
    code="courier_receipt",
    title="收件回执清单",
    head=(("收件日期", "received_on"), ("合计", "total")),
    key=("received_on",),
    blocks=(
        Table(
            "pieces",
            (
                Column("序号", "number", 11),
                Column("发件单位", "unit", 38, Align.LEFT),
                Column("发送编号", "sent_number", 32, Align.LEFT),
                Column("密级", "level", 20),
                Column("份号", "copy_number", 16),
                Column("份数", "copies", 10),
                Column("送达方式", "way", 16),
                Column("核对", "checked", 10),
                Column("收文号", "receipt_number", 12),
            ),
            row_height=11,
            blank_rows=1,
            weight=1,
        ),
        Row((Cell("送件人", "courier", 55, 16), Cell("收件人", "receiver", 55, 16), Cell("收件时间", "time", 55, 16))),
        Row((Cell("收文专用章", "stamp", 165),), 34),
    ),
    note="注：收件人逐件核对发送编号、密级、份号和封口，无误后签名，加盖收文专用章，一份交送件人，一份留存。",
    flow=Flow.LIST,
)

FORMS = (
    POST_HAND_OVER,
    HANDLING_SLIP,
    ISSUE_SHEET,
    CIRCULATION_SHEET,
    URGE_SLIP,
    RETURN_SLIP,
    RETURN_BULLETIN,
    COURIER_RECEIPT,
)
