"""Forms of the conference clerk: approval, notice, sign-in, record, agenda, name cards and seating plan."""

from deskoffice.paper.forms.model import Align, Cards, Cell, Column, Flow, Form, Heading, Row, Seats, Table, area

MEETING_REQUEST = Form(
    code="meeting_request",
    title="会议审批单",
    head=(("编号", "number"), ("申请日期", "requested_on")),
    blocks=(
        Row((Cell("会议名称", "title", 165),), 15),
        Row((Cell("主办单位", "unit", 110), Cell("会议类别", "meeting_class", 55))),
        Row((Cell("会议时间", "time", 110), Cell("会期", "length", 55))),
        Row((Cell("会议地点", "place", 110), Cell("会议形式", "way", 55))),
        Row((Cell("依据和\n计划", "basis", 165),), 12),
        Row((Cell("参会范围", "attendees", 165),), 16),
        Row((Cell("代表人数", "size", 55), Cell("工作人员", "staff", 55), Cell("密级", "level", 55))),
        Row((Cell("经费预算", "budget", 82.5), Cell("经费来源", "funding", 82.5))),
        area("会议内容\n和议程", "agenda", height=30, weight=1.5),
        Row((Cell("保密措施", "secrecy_plan", 165),), 12),
        area("主办单位\n意见", "unit_opinion", height=22),
        area("办公室\n意见", "office_opinion", height=22),
        area("领导审批", "approval", height=26),
        Row((Cell("承办人", "handler", 82.5), Cell("联系电话", "phone", 82.5))),
    ),
    note="注：先审批、后开会。未列入年度计划的会议应当说明理由；能合并、能以视频方式召开的不单独开会。",
)

MEETING_NOTICE = Form(
    code="meeting_notice",
    title="会议通知",
    head=(("编号", "number"), ("通知日期", "issued_on")),
    blocks=(
        Row((Cell("主送", "addressee", 165),), 14),
        Row((Cell("会议名称", "title", 165),), 15),
        Row((Cell("会议时间", "time", 165),), 11),
        Row((Cell("会议地点", "place", 165),), 11),
        Row((Cell("主持人", "chair", 82.5), Cell("会议形式", "way", 82.5))),
        area("主要内容", "agenda", height=32, weight=1.5),
        area("参加人员", "attendees", height=26),
        area("有关要求", "requirements", height=32, weight=1.5),
        Row((Cell("联系人", "contact", 82.5), Cell("联系电话", "phone", 82.5))),
        Heading("参　会　回　执", is_cut=True),
        Table(
            "replies",
            (
                Column("单位", "unit", 55, Align.LEFT),
                Column("姓名", "name", 27),
                Column("职务", "post", 48, Align.LEFT),
                Column("电话", "phone", 35),
            ),
            blank_rows=3,
        ),
    ),
    note="注：因故不能参会的，请按规定履行请假手续；涉密会议不得携带手机等移动终端进入会场。",
)

SIGN_IN_SHEET = Form(
    code="sign_in_sheet",
    title="会议签到表",
    key=("title", "time"),
    blocks=(
        Row((Cell("会议名称", "title", 165),), 12),
        Row((Cell("会议时间", "time", 82.5), Cell("会议地点", "place", 82.5))),
        Table(
            "people",
            (
                Column("序号", "number", 12),
                Column("类别", "standing", 16),
                Column("单位", "unit", 47, Align.LEFT),
                Column("职务", "post", 38, Align.LEFT),
                Column("姓名", "name", 24),
                Column("签名", "signature", 28),
            ),
            row_height=11,
            blank_rows=3,
            weight=1,
        ),
        Row(
            (
                Cell("应到", "expected", 41.25, 18),
                Cell("实到", "present", 41.25, 18),
                Cell("请假", "on_leave", 41.25, 18),
                Cell("缺席", "absent", 41.25, 18),
            )
        ),
    ),
    note="注：按职务和单位的规定次序排列；替会、请假的请在签名栏注明。",
    flow=Flow.LIST,
)

MEETING_RECORD = Form(
    code="meeting_record",
    title="会议记录",
    key=("title", "time"),
    head=(("会次", "number"), ("密级", "level")),
    blocks=(
        Row((Cell("会议名称", "title", 165),), 12),
        Row((Cell("时间", "time", 82.5), Cell("地点", "place", 82.5))),
        Row((Cell("主持人", "chair", 82.5), Cell("记录人", "recorder", 82.5))),
        Row((Cell("出席", "present", 165),), 14),
        Row((Cell("列席", "sitting_in", 165),), 10),
        Row((Cell("请假缺席", "absent", 165),), 10),
        Row((Cell("议题", "agenda", 165),), 16),
        Row((Cell("会议内容", "record", 165, 0),), 72, 3),
        Row((Cell("议定事项", "decisions", 165, 0),), 26, 1),
        Row(
            (
                Cell("散会时间", "closed_at", 55),
                Cell("主持人\n签名", "chair_signature", 55),
                Cell("记录人\n签名", "recorder_signature", 55),
            ),
            14,
        ),
    ),
    note="注：如实记录发言原意，不得事后涂改；更正处由更正人签名并注明日期。",
    flow=Flow.LIST,
)

AGENDA = Form(
    code="agenda",
    title="会议议题单",
    key=("title", "time"),
    blocks=(
        Row((Cell("会议名称", "title", 165),), 12),
        Row((Cell("会议时间", "time", 82.5), Cell("会议地点", "place", 82.5))),
        Row((Cell("主持人", "chair", 82.5), Cell("审定", "approved_by", 82.5))),
        Table(
            "items",
            (
                Column("序号", "number", 12),
                Column("议题", "title", 68, Align.LEFT),
                Column("汇报单位和汇报人", "reporter", 36, Align.LEFT),
                Column("列席单位", "units", 33, Align.LEFT),
                Column("时长", "minutes", 16),
            ),
            row_height=16,
            blank_rows=3,
            weight=1,
        ),
        Heading("上 次 会 议 议 定 事 项 落 实 情 况"),
        Table(
            "last",
            (
                Column("序号", "number", 12),
                Column("议定事项", "text", 75, Align.LEFT),
                Column("主办", "leads", 34, Align.LEFT),
                Column("期限", "due", 20),
                Column("落实情况", "state", 24),
            ),
            row_height=10,
            blank_rows=3,
        ),
    ),
    note="注：议题材料请于会前送办公室；未经合法性审查的重大行政决策事项不得提请会议讨论。",
    flow=Flow.LIST,
)

TOPIC_REQUEST = Form(
    code="topic_request",
    title="议题申报单",
    head=(("编号", "number"), ("申报日期", "requested_on")),
    blocks=(
        Row((Cell("议题名称", "title", 165),), 17),
        Row((Cell("申报单位", "unit", 82.5), Cell("汇报人", "reporter", 82.5))),
        Row((Cell("列席单位", "units", 110), Cell("汇报时长", "minutes", 55))),
        area("提请事由", "reason", height=32, weight=1.5),
        area("征求意见和\n采纳情况", "consultation", height=22),
        area("合法性\n审查意见", "legality", height=20),
        area("风险评估和\n公平竞争\n审查", "risk", height=20),
        area("分管领导\n意见", "leader_opinion", height=22),
        area("办公室\n审核", "office_opinion", height=20),
        area("主要领导\n审定", "approval", height=20),
        area("上会结果", "result", height=18),
        Row((Cell("附件", "attachments", 110), Cell("密级", "level", 55))),
    ),
)

PLACE_CARDS = Form(code="place_cards", title="桌签", blocks=(Cards("people"),), is_landscape=True)

SEAT_PLAN = Form(
    code="seat_plan",
    title="会议座次图",
    blocks=(Seats("people", "主　席　台"),),
    head=(("会议名称", "title"), ("时间", "time")),
    note="注：第一排居中为1号，其余按左为上、由中间向两侧依次排列；以会议当日通知为准。",
    is_landscape=True,
)

FORMS = (MEETING_REQUEST, MEETING_NOTICE, SIGN_IN_SHEET, MEETING_RECORD, AGENDA, TOPIC_REQUEST, PLACE_CARDS, SEAT_PLAN)
