"""The office's Chinese words for the codes of the domain; pages, papers and exports all take them from here."""

from enum import Enum

from deskoffice.domain.circulation.incoming import PostKind
from deskoffice.domain.matters import Action, ContentRole, CopyEnd, LinkKind, MatterKind, Outcome, State, StepKind
from deskoffice.domain.numbering import NumberState
from deskoffice.domain.people import Role
from deskoffice.domain.values import LEVEL_WORDS, URGENCY_WORDS

_WORDS: dict[Enum, str] = {
    MatterKind.INCOMING: "收文",
    MatterKind.OUTGOING: "发文",
    MatterKind.SEAL_USE: "用印",
    MatterKind.MEETING: "会议",
    MatterKind.TASK: "督办事项",
    State.REGISTERED: "待拟办",
    State.PROPOSAL: "拟办中",
    State.INSTRUCTION: "待批示",
    State.HANDLING: "办理中",
    State.CIRCULATION: "传阅中",
    State.DRAFTING: "拟稿",
    State.REVIEW: "核稿",
    State.SIGNING: "待签发",
    State.SIGNED: "已签发",
    State.STAMPED: "已用印",
    State.DISPATCHED: "已印发",
    State.REQUESTED: "待审批",
    State.APPROVED: "已批准",
    State.HELD: "已召开",
    State.MINUTED: "已出纪要",
    State.REPORTED: "待销号",
    State.CLOSED: "办结",
    State.ARCHIVED: "已归档",
    State.RETURNED: "已退文",
    State.REFUSED: "未批准",
    State.VOID: "作废",
    StepKind.REGISTER: "登记",
    StepKind.PROPOSAL: "拟办",
    StepKind.INSTRUCTION: "批示",
    StepKind.HANDLING: "承办",
    StepKind.CIRCULATION: "传阅",
    StepKind.DRAFT: "拟稿",
    StepKind.REVIEW: "核稿",
    StepKind.COUNTERSIGN: "会签",
    StepKind.SIGN: "签发",
    StepKind.APPROVAL: "审批",
    StepKind.STAMP: "用印",
    StepKind.DISPATCH: "印发",
    StepKind.RECORD: "会议记录",
    StepKind.REPORT: "反馈",
    StepKind.URGE: "催办",
    StepKind.RETURN: "退回",
    StepKind.CLOSE: "办结",
    Outcome.DONE: "已办",
    Outcome.AGREED: "同意",
    Outcome.READ: "已阅",
    Outcome.RETURNED: "退回",
    Outcome.REFUSED: "不同意",
    Outcome.WITHDRAWN: "撤回",
    Action.PROPOSE: "拟办",
    Action.INSTRUCT: "批示",
    Action.RECORD_INSTRUCTION: "代录批示",
    Action.ASSIGN: "交办",
    Action.REPORT: "反馈结果",
    Action.CIRCULATE: "传阅",
    Action.MARK_READ: "阅毕",
    Action.URGE: "催办",
    Action.RETURN: "退回",
    Action.CLOSE: "办结",
    Action.EDIT: "修改",
    Action.SUBMIT: "送核",
    Action.REVIEW: "核稿",
    Action.SIGN: "签发",
    Action.STAMP: "用印",
    Action.DISPATCH: "印发分发",
    Action.APPROVE: "批准",
    Action.REFUSE: "不批准",
    Action.SIGN_IN: "签到",
    Action.RECORD: "会议记录",
    Action.MINUTES: "印发纪要",
    Action.DECIDE: "议定事项",
    Action.ATTACH: "加附件",
    Action.ADD_READER: "知悉范围",
    Action.PRINT: "打印",
    LinkKind.ANSWERS: "答复",
    LinkKind.DECIDED_BY: "议定于",
    LinkKind.SEALED_BY: "用印于",
    LinkKind.ISSUED_AS: "印发为",
    LinkKind.CHASES: "督办自",
    LinkKind.RELATES: "相关",
    ContentRole.BODY: "正文",
    ContentRole.ATTACHMENT: "附件",
    ContentRole.SCAN: "扫描件",
    ContentRole.SIGNED_PDF: "签发版式文件",
    ContentRole.RECORD: "会议记录",
    ContentRole.MINUTES: "会议纪要",
    CopyEnd.ARCHIVED: "归档",
    CopyEnd.RETURNED: "清退",
    CopyEnd.DESTROYED: "销毁",
    NumberState.ISSUED: "已用",
    NumberState.RESERVED: "预留",
    NumberState.VOID: "作废",
    PostKind.SUPERIOR: "上级来文",
    PostKind.CONFIDENTIAL: "机要件",
    PostKind.REQUEST: "请示件",
    PostKind.INSTRUCTED: "批示件",
    PostKind.PETITION: "信访件",
    PostKind.TELEGRAM: "电话、传真",
    PostKind.OTHER: "其他来文",
    Role.CONFIDENTIAL_CLERK: "机要员",
    Role.DRAFTER: "拟稿人",
    Role.SECRETARIAT: "秘书科审核",
    Role.OFFICE_LEADER: "办公室领导",
    Role.SIGNATORY: "签发领导",
    Role.SEAL_KEEPER: "印章管理员",
    Role.CONFERENCE_CLERK: "会务",
    Role.SUPERVISION_CLERK: "督查",
    Role.ARCHIVIST: "档案员",
    Role.SYSTEM_ADMIN: "系统管理员",
    Role.SECURITY_ADMIN: "安全保密管理员",
    Role.AUDIT_ADMIN: "安全审计员",
}

_BY_TYPE: dict[tuple[type[Enum], object], str] = {
    (type(key), key.value): text
    # IntEnum members of two classes with one value are equal as keys, so each table is read by itself.
    for table in (_WORDS, LEVEL_WORDS, URGENCY_WORDS)
    for key, text in table.items()
}


def word(value: Enum) -> str:
    """The Chinese word of a code."""
    return _BY_TYPE[type(value), value.value]


FIELDS = {
    "source_unit": "来文单位",
    "document_number": "来文字号",
    "title": "标题",
    "received_on": "收文日期",
    "document_date": "成文日期",
    "level": "密级",
    "secrecy_years": "保密期限（年）",
    "urgency": "紧急程度",
    "copy_number": "份号",
    "copies": "份数",
    "pages": "页数",
    "addressee": "主送",
    "due_on": "办理期限",
    "post_kind": "来文种类",
    "must_return": "是否清退",
    "retention": "保管期限",
    "created_by": "登记人",
    "created_on": "登记日期",
    "number": "收文号",
}


def field(code: str) -> str:
    """The label of a field."""
    return FIELDS[code]
