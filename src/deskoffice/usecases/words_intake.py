"""Words of the counter: returns, envelopes, courier receipts."""

from enum import Enum

from deskoffice.domain.batches import BatchVerb
from deskoffice.domain.circulation.incoming_returns import ReturnReason, ReturnWay
from deskoffice.domain.matters import Action, StepKind

SENTENCES = {
    "batch_followed": "其中 {count} 件之后又办过，不能整批撤销；请逐件办理。",
    "batch_of_another": "只能撤销自己办的一批，没有变动；请由办的人撤销。",
    "batch_stopped": "{number} 没有办成：{why}整批都没有办，请去掉这一件再办。",
    "batch_too_many": "一次最多办 {most} 件，没有办理；请少选一些。",
    "batch_undone": "这一批已经撤销过，没有变动；请刷新后再看。",
    "not_returned": "这一件没有退文，没有退文单可印；请先办理退文。",
    "no_return_to_report": "没有未通报的退文，没有编新一期；请有退文后再编。",
    "nothing_received": "{day}没有登记收文，没有回执清单可印；请换一天。",
}

PROBLEMS = {
    "same_envelope_registered": "这个封号已经登记过，请核对",
    "opener_without_account": "这个人没有账号，不能在本机拆封登记",
    "person_unknown": "没有这个人，请从名单里选",
}

ACTIONS = {
    "circulation.incoming.due_set": "设办理期限",
    "matter.batch.done": "批量办理",
    "matter.batch.undone": "撤销批量办理",
    "circulation.envelope.opened": "拆封登记",
    "circulation.envelope.registered": "登记未拆封件",
    "circulation.receipt.printed": "打印回执清单",
    "circulation.returns.printed": "打印退文通报",
    "circulation.returns.reported": "编印退文通报",
}

FIELDS = {"envelope": "信封", "envelope_number": "封号", "opener": "拆封人", "opened_on": "拆封时间"}

WORDS: tuple[tuple[Enum, str], ...] = (
    (BatchVerb.PROPOSE, "拟办"),
    (BatchVerb.CIRCULATE, "传阅"),
    (BatchVerb.ASSIGN, "交办"),
    (BatchVerb.MARK_READ, "阅毕"),
    (BatchVerb.URGE, "催办"),
    (BatchVerb.SET_DUE, "设期限"),
    (BatchVerb.CLOSE, "办结"),
    (StepKind.OPENING, "待拆封"),
    (Action.OPEN, "拆封"),
    (ReturnReason.NOT_OURS, "不属本机关办理"),
    (ReturnReason.LEVEL_SKIPPED, "越级行文"),
    (ReturnReason.MANY_ADDRESSEES, "多头主送"),
    (ReturnReason.TO_LEADER, "直接报送领导个人"),
    (ReturnReason.WRONG_KIND, "文种使用不当"),
    (ReturnReason.HIDDEN_REQUEST, "报告夹带请示事项"),
    (ReturnReason.SEVERAL_MATTERS, "请示一文多事"),
    (ReturnReason.NOT_AGREED, "未协商会签"),
    (ReturnReason.NO_SIGNER, "无签发人"),
    (ReturnReason.FORMAT, "格式不规范"),
    (ReturnReason.ATTACHMENTS, "附件缺失"),
    (ReturnReason.NO_SEAL, "未加盖印章"),
    (ReturnReason.SECRECY, "密级、份号标注不规范"),
    (ReturnReason.OTHER, "其他"),
    (ReturnWay.TAKEN, "来人取回"),
    (ReturnWay.SENT, "派人送回"),
    (ReturnWay.CONFIDENTIAL, "机要交通"),
    (ReturnWay.PHONE, "电话告知，原件留存"),
)
