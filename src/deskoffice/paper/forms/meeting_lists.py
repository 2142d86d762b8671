"""Lists of the conference clerk: notices told, duties, papers and telephones, votes, decisions, plans and the week."""

from deskoffice.paper.forms.model import Align, Cell, Column, Flow, Form, Heading, Row, Table, area

_MEETING = Row((Cell("会议名称", "title", 165),), 12)
_WHEN = Row((Cell("会议时间", "time", 82.5), Cell("会议地点", "place", 82.5)))

NOTICE_LOG = Form(
    code="notice_log",
    title="会议通知落实情况表",
    key=("title", "time"),
    blocks=(
        _MEETING,
        _WHEN,
        Table(
            "people",
            (
                Column("序号", "number", 11),
                Column("单位", "unit", 38, Align.LEFT),
                Column("姓名", "name", 18),
                Column("通知时间", "told_at", 24),
                Column("方式", "way", 13),
                Column("通知人", "told_by", 17),
                Column("接听人", "to_whom", 17),
                Column("回复（请假事由、代会人）", "answer", 27, Align.LEFT),
            ),
            row_height=9,
            blank_rows=3,
            weight=1,
        ),
    ),
    note="注：逐人逐单位通知并登记；请假的写明事由和批准人，代会的写明姓名和职务。",
    flow=Flow.LIST,
)

DUTY_LIST = Form(
    code="meeting_duties",
    title="会务任务分工表",
    key=("title", "time"),
    blocks=(
        _MEETING,
        _WHEN,
        Table(
            "items",
            (
                Column("阶段", "phase", 15),
                Column("事项", "text", 72, Align.LEFT),
                Column("责任人", "person", 22),
                Column("完成时限", "due", 28),
                Column("办妥时间和人", "done", 28),
            ),
            row_height=10,
            blank_rows=4,
            weight=1,
        ),
    ),
    note="注：会前、会中、会后逐项落实，办妥一项签一项。",
    flow=Flow.LIST,
)

MATERIALS = Form(
    code="meeting_materials",
    title="会议材料发放收回登记表",
    key=("title", "time"),
    blocks=(
        _MEETING,
        _WHEN,
        Table(
            "people",
            (
                Column("编号", "number", 20),
                Column("单位", "unit", 45, Align.LEFT),
                Column("领取人", "name", 24),
                Column("领取签名", "signature", 28),
                Column("收回日期", "returned", 24),
                Column("收回人签名", "collected", 24),
            ),
            row_height=10,
            blank_rows=3,
            weight=1,
        ),
    ),
    note="注：编号材料会后当场收回，不得带离会场；缺号的当日追回并报告。",
    flow=Flow.LIST,
)

PHONES = Form(
    code="phone_deposit",
    title="手机寄存登记表",
    key=("title", "time"),
    blocks=(
        _MEETING,
        _WHEN,
        Table(
            "people",
            (
                Column("柜号", "slot", 18),
                Column("单位", "unit", 52, Align.LEFT),
                Column("姓名", "name", 27),
                Column("存入时间", "put_at", 22),
                Column("取走时间", "taken_at", 22),
                Column("签名", "signature", 24),
            ),
            row_height=10,
            blank_rows=4,
            weight=1,
        ),
    ),
    note="注：涉密会议不得携带手机、智能手表、录音录像设备进入会场，统一存放，散会后凭签名取回。",
    flow=Flow.LIST,
)

EXTRACT = Form(
    code="minutes_extract",
    title="会议纪要摘录",
    head=(("纪要文号", "number"), ("摘录日期", "made_on")),
    key=("unit", "title"),
    blocks=(
        Row((Cell("发往单位", "unit", 165),), 12),
        Row((Cell("会议", "title", 110), Cell("主持人", "chair", 55)), 12),
        Row((Cell("会议时间", "time", 165),)),
        Table(
            "items",
            (
                Column("序号", "number", 12),
                Column("议题", "topic", 40, Align.LEFT),
                Column("议定事项", "text", 57, Align.LEFT),
                Column("牵头和配合", "leads", 27, Align.LEFT),
                Column("完成期限", "due", 29),
            ),
            row_height=14,
            blank_rows=1,
            weight=1,
        ),
        Row((Cell("摘录人", "made_by", 82.5), Cell("核对人", "checked_by", 82.5)), 12),
    ),
    note="注：本摘录只含与你单位有关的议定事项，请按期办理并向督查室反馈；未经批准不得翻印、转发。",
    flow=Flow.LIST,
)

DECISIONS = Form(
    code="decision_list",
    title="议定事项落实情况表",
    head=(("范围", "scope"), ("截至", "made_on")),
    key=("scope",),
    blocks=(
        Table(
            "items",
            (
                Column("会次", "meeting", 25),
                Column("议定事项", "text", 48, Align.LEFT),
                Column("牵头和配合", "leads", 30, Align.LEFT),
                Column("责任领导", "leader", 20),
                Column("期限", "due", 22),
                Column("落实情况", "state", 20),
            ),
            row_height=12,
            blank_rows=2,
            weight=1,
        ),
        Row(
            (
                Cell("共计", "total", 41.25, 18),
                Cell("已办结", "done", 41.25, 18),
                Cell("在办", "open", 41.25, 18),
                Cell("超期", "late", 41.25, 18),
            )
        ),
    ),
    note="注：每项议定事项都列入督办；超期的由督查室催办并通报。",
    flow=Flow.LIST,
)

WEEK_LIST = Form(
    code="week_list",
    title="周工作清单",
    key=("time",),
    head=(("会次", "number"), ("主持人", "chair")),
    blocks=(
        Row((Cell("会议时间", "time", 82.5), Cell("参加人员", "present", 82.5)), 12),
        Heading("上 周 工 作 完 成 情 况"),
        Table(
            "last",
            (
                Column("序号", "number", 12),
                Column("工作", "text", 72, Align.LEFT),
                Column("责任人", "leads", 31, Align.LEFT),
                Column("期限", "due", 22),
                Column("结果", "state", 28),
            ),
            row_height=10,
            blank_rows=3,
            weight=1,
        ),
        Heading("本 周 工 作 任 务"),
        Table(
            "next",
            (
                Column("序号", "number", 12),
                Column("工作", "text", 72, Align.LEFT),
                Column("责任人", "leads", 31, Align.LEFT),
                Column("期限", "due", 22),
                Column("备注", "state", 28),
            ),
            row_height=10,
            blank_rows=3,
            weight=1,
        ),
    ),
    note="注：上周没有完成的转入本周，连续两周没有完成的说明原因。",
    flow=Flow.LIST,
)

VOTES = Form(
    code="major_vote",
    title="“三重一大”事项议事表决记录",
    head=(("会次", "number"), ("密级", "level")),
    key=("topic", "time"),
    blocks=(
        Row((Cell("议题", "topic", 165),), 14),
        Row((Cell("类别", "major", 82.5), Cell("涉及金额", "amount", 82.5))),
        Row((Cell("会议时间", "time", 82.5), Cell("主持人", "chair", 82.5))),
        Row((Cell("应到", "expected", 55), Cell("实到", "present", 55), Cell("列席", "sitting_in", 55)), 12),
        Table(
            "voices",
            (
                Column("发言次序", "number", 20),
                Column("姓名", "name", 25),
                Column("意见", "view", 80, Align.LEFT),
                Column("表决", "vote", 18),
                Column("签名", "signature", 22),
            ),
            row_height=13,
            blank_rows=2,
            weight=1,
        ),
        Row((Cell("赞成", "votes_for", 55), Cell("反对", "against", 55), Cell("弃权", "abstained", 55))),
        area("议决结果", "result", height=22, weight=0.3),
        Row((Cell("主持人签名", "chair_signature", 82.5), Cell("记录人签名", "recorder_signature", 82.5)), 13),
    ),
    note="注：逐人发言、逐人表决，主要负责人末位表态；到会过半数方可议事，赞成超过应到会半数为通过。",
    flow=Flow.LIST,
)

PLAN = Form(
    code="meeting_plan",
    title="年度会议计划",
    head=(("年度", "year"), ("编制日期", "made_on")),
    key=("year",),
    blocks=(
        Table(
            "items",
            (
                Column("序号", "number", 11),
                Column("月份", "month", 12),
                Column("会议名称", "title", 44, Align.LEFT),
                Column("主办单位", "unit", 30, Align.LEFT),
                Column("分类", "class", 13),
                Column("形式", "way", 13),
                Column("规模", "size", 13),
                Column("经费", "cost", 15),
                Column("执行", "held", 14),
            ),
            row_height=11,
            blank_rows=4,
            weight=1,
        ),
        Row((Cell("编制人", "made_by", 82.5), Cell("批准人", "approved_by", 82.5)), 12),
    ),
    note="注：未列入计划的会议应当单独报批；能合并、能以视频方式召开的不单独开会。",
    flow=Flow.LIST,
)

COMPARISON = Form(
    code="meeting_comparison",
    title="精简会议对照表",
    head=(("年度", "year"), ("截至", "made_on")),
    blocks=(
        Table(
            "items",
            (
                Column("分类", "class", 25),
                Column("上年次数", "before", 25),
                Column("本年次数", "now", 25),
                Column("增减", "change", 25),
                Column("上年人次", "before_size", 22),
                Column("本年人次", "now_size", 22),
                Column("本年经费", "cost", 21),
            ),
            row_height=12,
            blank_rows=5,
        ),
        area("说明", "remark", height=40),
        Row((Cell("填表人", "made_by", 82.5), Cell("审核人", "checked_by", 82.5)), 12),
    ),
    note="注：按已批准召开的会议统计；上年数据为录入的，在说明中注明。",
)

LEADER_WEEK = Form(
    code="leader_week",
    title="一周领导活动安排",
    head=(("起止", "week"), ("编制日期", "made_on")),
    key=("week",),
    blocks=(
        Table(
            "items",
            (
                Column("日期", "day", 31),
                Column("时间", "time", 15),
                Column("领导", "leader", 19),
                Column("活动内容", "what", 44, Align.LEFT),
                Column("地点", "place", 28, Align.LEFT),
                Column("参加人员", "attendants", 28, Align.LEFT),
            ),
            row_height=11,
            blank_rows=3,
            weight=1,
        ),
        Row((Cell("本周带班", "duty", 165),), 16),
    ),
    note="注：内部资料，注意保存；安排有变动的以当日通知为准。",
    flow=Flow.LIST,
)

FORMS = (
    NOTICE_LOG,
    DUTY_LIST,
    MATERIALS,
    PHONES,
    EXTRACT,
    DECISIONS,
    WEEK_LIST,
    VOTES,
    PLAN,
    COMPARISON,
    LEADER_WEEK,
)
