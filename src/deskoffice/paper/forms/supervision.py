"""Forms of the supervision office (督查室)."""

from deskoffice.paper.forms.model import Align, Cell, Column, Form, Heading, Row, Table, area

SUPERVISION_NOTICE = Form(
    code="supervision_notice",
    title="督办通知单",
    head=(("督办编号", "number"), ("立项日期", "opened_on")),
    blocks=(
        Row((Cell("督办事项", "title", 165),), 17),
        Row((Cell("事项来源", "source", 82.5), Cell("依据文号", "document_number", 82.5))),
        Row((Cell("主办单位", "lead_unit", 82.5), Cell("责任领导", "leader", 82.5))),
        Row((Cell("协办单位", "co_units", 165),), 11),
        Row((Cell("责任人", "person", 55), Cell("办理时限", "due_on", 55), Cell("督办级别", "urgency", 55))),
        area("目标和要求", "requirements", height=28, weight=1.5),
        area("领导批示", "instructions", height=24),
        Table(
            "reminders",
            (
                Column("催办时间", "date", 26),
                Column("方式", "way", 20),
                Column("催办人", "name", 22),
                Column("进展情况", "progress", 73, Align.LEFT),
            ),
            label="催办记录",
            blank_rows=3,
        ),
        Heading("办　理　情　况　反　馈", is_cut=True),
        area("办理结果", "result", height=30, weight=1.5),
        area("审核意见", "review", height=18),
        Row((Cell("负责人", "head", 55), Cell("办结日期", "closed_on", 55), Cell("评价", "rating", 55))),
    ),
    note="注：一事一单。请按时限反馈；需延期的，应当在期满前书面申请。",
)

FORMS = (SUPERVISION_NOTICE,)
