"""Forms of the seal keeper: approval of a use, hand-over, taking out, ending, yearly check, counts."""

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

SEAL_LOAN = Form(
    code="seal_loan",
    title="印章外带审批单",
    head=(("编号", "number"), ("申请日期", "asked_on")),
    blocks=(
        Row((Cell("印章名称", "seal", 110), Cell("申请人", "applicant", 55))),
        Row((Cell("经手人", "first", 82.5), Cell("同行人", "second", 82.5))),
        Row((Cell("带往地点", "place", 110), Cell("应还时间", "due_at", 55))),
        Row((Cell("外带事由", "purpose", 165),), 24, 0.5),
        area("办公室\n审核意见", "office_opinion", height=26),
        area("领导审批", "approval", height=26),
        Row((Cell("取走时间", "out_at", 82.5), Cell("取走人签名", "taken_by", 82.5)), 12),
        Row((Cell("归还时间", "back_at", 82.5), Cell("收回人", "taken_back_by", 82.5)), 12),
        Row((Cell("归还情况", "note", 165),), 14),
    ),
    note="注：印章原则上不得带出办公室；确需外带的，须经批准、两人同行，用后当日归还。",
)

SEAL_ENDING = Form(
    code="seal_ending",
    title="印章停用、缴销、销毁登记表",
    head=(("编号", "number"), ("办理日期", "ended_on")),
    blocks=(
        Row((Cell("印章名称", "name", 110), Cell("类型", "kind", 55))),
        Row((Cell("所属机关", "owner", 110), Cell("材质规格", "made_of", 55))),
        Row((Cell("启用", "enabled", 110), Cell("保管人", "keeper", 55))),
        Table(
            "steps",
            (
                Column("序号", "number", 12),
                Column("事项", "event", 18),
                Column("日期", "on", 26),
                Column("原因", "reason", 50, Align.LEFT),
                Column("接收单位", "receiver", 31, Align.LEFT),
                Column("见证人", "witnesses", 28, Align.LEFT),
            ),
            row_height=11,
            blank_rows=2,
        ),
        Row((Cell("最后印模", "imprint", 165, 0),), 55),
        area("领导审批", "approval", height=26),
        Row((Cell("见证人（两人签名）", "witnesses", 110, 0), Cell("经办人（签名）", "handler", 55, 0)), 24),
    ),
    note="注：缴销交制发机关或档案馆；销毁须经批准，两人以上当场见证，本表永久保存。",
    flow=Flow.LIST,
)

SEAL_CHECK = Form(
    code="seal_check",
    title="印章年度核查表",
    head=(("年度", "year"), ("核查日期", "checked_on")),
    blocks=(
        Table(
            "seals",
            (
                Column("序号", "number", 12),
                Column("印章名称", "name", 42, Align.LEFT),
                Column("类型", "kind", 18),
                Column("保管人", "keeper", 17),
                Column("存放地点", "place", 24, Align.LEFT),
                Column("状态", "state", 13),
                Column("核查结果", "result", 19),
                Column("情况", "note", 20, Align.LEFT),
            ),
            row_height=12,
            blank_rows=8,
        ),
        Row((Cell("总体情况", "summary", 165),), 20, 0.5),
        Row((Cell("核查人（签名）", "checked_by", 82.5, 0), Cell("监督人（签名）", "witness", 82.5, 0)), 22),
    ),
    note="注：逐枚看实物、看印面、比印模，核对保管人和存放地点；不相符的当场写明并报告。",
    flow=Flow.LIST,
)

SEAL_COUNTS = Form(
    code="seal_counts",
    title="用印统计表",
    head=(("年度", "year"), ("统计日期", "made_on")),
    blocks=(
        Row((Cell("用印次数", "uses", 82.5), Cell("盖印枚数", "stamped", 82.5))),
        Row((Cell("废印枚数", "spoiled", 82.5), Cell("不予用印", "refused", 82.5))),
        Table(
            "lines",
            (
                Column("按什么统计", "group", 35),
                Column("名称", "name", 95, Align.LEFT),
                Column("枚数", "imprints", 35),
            ),
            row_height=9,
            blank_rows=6,
        ),
    ),
    note="注：枚数按用印登记簿的实盖数统计，废印、不予用印另计。",
    flow=Flow.LIST,
)

SEAL_IMPRINTS = Form(
    code="seal_imprints",
    title="印章印模册",
    head=(("单位", "unit"), ("制表日期", "made_on")),
    blocks=(
        Table(
            "seals",
            (
                Column("序号", "number", 12),
                Column("印章名称", "name", 50, Align.LEFT),
                Column("启用文号和日期", "enabled", 31, Align.LEFT),
                Column("保管人", "keeper", 18),
                Column("印模（原大）", "imprint", 54),
            ),
            row_height=50,
            blank_rows=4,
        ),
    ),
    note="注：印模按原大印出，只由保管人打印；与实物逐枚核对后随印章清册永久保存。",
    flow=Flow.LIST,
)

FORMS = (SEAL_REQUEST, SEAL_HANDOVER, SEAL_LOAN, SEAL_ENDING, SEAL_CHECK, SEAL_COUNTS, SEAL_IMPRINTS)
