"""Dialogs of the acts on an incoming document."""

from PySide6.QtWidgets import QWidget

from deskoffice.domain.circulation import verbs as verb_rules
from deskoffice.domain.matters import Action, Changes, MatterCard, StepKind
from deskoffice.domain.steps import Nature, Order, Place, SendOn, UrgeWay
from deskoffice.ui.act_dialog import ActInput, ActSpec
from deskoffice.ui.circulation.assign import open_assign
from deskoffice.ui.circulation.incoming_form import IncomingForm, Task
from deskoffice.ui.circulation.incoming_returns import open_return
from deskoffice.ui.circulation.instruction import USUAL, open_instruction
from deskoffice.ui.desk import Desk, Opener
from deskoffice.ui.files import attach_files
from deskoffice.ui.paper_choice import MatterPaper, PaperOpener
from deskoffice.usecases import dwell
from deskoffice.usecases.circulation import circulating, incoming, slips, verbs
from deskoffice.usecases.circulation.verbs import PastStep, Taker
from deskoffice.usecases.office import Office

PROPOSALS = ("请县长阅示。", "请分管领导阅批，县有关部门按职责办理。", "拟请传阅。", "拟同意，按程序办理。")
ASKED = (StepKind.HANDLING, StepKind.INSTRUCTION, StepKind.CIRCULATION, StepKind.COUNTERSIGN, StepKind.REVIEW)


def open_edit(desk: Desk, card: MatterCard, parent: QWidget) -> None:
    """The form of a registered document."""
    IncomingForm(desk, parent, matter_id=card.row.id).open()


def open_envelope(desk: Desk, card: MatterCard, parent: QWidget) -> None:
    """The form for what was inside an envelope."""
    IncomingForm(desk, parent, matter_id=card.row.id, task=Task.OPEN).open()


def _propose(office: Office, matter_id: int, filled: ActInput) -> Changes:
    return incoming.propose(office, matter_id, filled.text, filled.person_ids)


def _nature(filled: ActInput) -> Nature:
    return Nature(filled.choice) if filled.choice else Nature.REQUEST


def _order(filled: ActInput) -> Order:
    return Order(filled.choice) if filled.choice else Order.TOGETHER


def _instruct(office: Office, matter_id: int, filled: ActInput) -> Changes:
    return incoming.instruct(office, matter_id, filled.text, _nature(filled))


def _report(office: Office, matter_id: int, filled: ActInput) -> Changes:
    return incoming.report(office, matter_id, filled.step_id, filled.text)


def _circulate(office: Office, matter_id: int, filled: ActInput) -> Changes:
    people, order = filled.person_ids, _order(filled)
    return circulating.circulate(office, matter_id, people, due_on=filled.day, note=filled.text, order=order)


def _mark_read(office: Office, matter_id: int, filled: ActInput) -> Changes:
    return circulating.mark_read(office, matter_id, filled.text, step_id=filled.step_id)


def _open_next(office: Office, matter_id: int, filled: ActInput) -> Changes:
    return circulating.open_next(office, matter_id, filled.text)


def _urge(office: Office, matter_id: int, filled: ActInput) -> Changes:
    way = UrgeWay(filled.choice) if filled.choice else UrgeWay.PHONE
    return incoming.urge(office, matter_id, filled.text, way=way, step_id=filled.step_id)


def _close(office: Office, matter_id: int, filled: ActInput) -> Changes:
    return incoming.close(office, matter_id, filled.text)


def _add_readers(office: Office, matter_id: int, filled: ActInput) -> Changes:
    return incoming.add_readers(office, matter_id, filled.person_ids, filled.text)


def _send_on(office: Office, matter_id: int, filled: ActInput) -> Changes:
    what = SendOn(filled.choice) if filled.choice else SendOn.REVIEW
    kind = StepKind.REVIEW if what is SendOn.REVIEW else StepKind.COUNTERSIGN
    order = Order.IN_TURN if what is SendOn.COUNTERSIGN_IN_TURN else Order.TOGETHER
    people, units = filled.person_ids, filled.units
    return verbs.send_on(office, matter_id, kind, people, units=units, order=order, due_on=filled.day, note=filled.text)


def _countersign(office: Office, matter_id: int, filled: ActInput) -> Changes:
    return verbs.answer(office, matter_id, StepKind.COUNTERSIGN, filled.text, step_id=filled.step_id)


def _review(office: Office, matter_id: int, filled: ActInput) -> Changes:
    return verbs.answer(office, matter_id, StepKind.REVIEW, filled.text, step_id=filled.step_id)


def _send_back(office: Office, matter_id: int, filled: ActInput) -> Changes:
    return verbs.send_back(office, matter_id, filled.text, step_id=filled.step_id)


def _withdraw(office: Office, matter_id: int, filled: ActInput) -> Changes:
    return verbs.withdraw(office, matter_id, filled.text)


def _add_signer(office: Office, matter_id: int, filled: ActInput) -> Changes:
    place = Place(filled.choice) if filled.choice else Place.BEFORE
    return verbs.add_signer(office, matter_id, filled.person_ids, filled.text, place)


def _transfer(office: Office, matter_id: int, filled: ActInput) -> Changes:
    taker = Taker(next(iter(filled.person_ids), None), next(iter(filled.units), ""))
    return verbs.transfer(office, matter_id, taker, filled.text, step_id=filled.step_id)


def _suspend(office: Office, matter_id: int, filled: ActInput) -> Changes:
    return verbs.suspend(office, matter_id, filled.text, filled.day)


def _resume(office: Office, matter_id: int, filled: ActInput) -> Changes:
    return verbs.resume(office, matter_id, filled.text)


def _extend(office: Office, matter_id: int, filled: ActInput) -> Changes:
    return verbs.extend(office, matter_id, filled.day, filled.text, step_id=filled.step_id)


def _back_enter(office: Office, matter_id: int, filled: ActInput) -> Changes:
    kind = StepKind(filled.choice) if filled.choice else StepKind.INSTRUCTION
    person_id, unit = next(iter(filled.person_ids), None), next(iter(filled.units), "")
    return verbs.back_enter(office, matter_id, PastStep(kind, person_id, filled.text, filled.day, unit))


def _void(office: Office, matter_id: int, filled: ActInput) -> Changes:
    return verbs.void(office, matter_id, filled.text)


ACTS: dict[Action, Opener] = {
    Action.PROPOSE: ActSpec(
        title="拟办",
        button="送批示",
        told="拟办意见已存，已送领导批示",
        perform=_propose,
        text="拟办意见",
        people="送哪位领导批示",
        phrases=PROPOSALS,
    ),
    Action.RECORD_INSTRUCTION: open_instruction,
    Action.REPORT: ActSpec(
        title="反馈办理结果",
        button="存入结果",
        told="办理结果已存",
        perform=_report,
        text="办理结果",
        step=StepKind.HANDLING,
    ),
    Action.INSTRUCT: ActSpec(
        title="批示",
        button="批示",
        told="批示已存",
        perform=_instruct,
        text="批示意见",
        choice="批示性质",
        choices=(Nature.REQUEST, Nature.PRAISE, Nature.READ),
        phrases=USUAL,
    ),
    Action.ASSIGN: open_assign,
    Action.CIRCULATE: ActSpec(
        title="传阅",
        button="开始传阅",
        told="已送传阅",
        perform=_circulate,
        people="传阅给",
        choice="传阅方式",
        choices=(Order.TOGETHER, Order.IN_TURN),
        day="请在何日前阅毕",
        text="为什么传阅，印在传阅单上",
        warning="依次传阅时，前一位退还后才送下一位，不得横传。",
        phrases=("请阅。", "请阅示，阅后退机要室。", "请学习掌握有关要求。"),
    ),
    Action.MARK_READ: ActSpec(
        title="阅毕",
        button="阅毕",
        told="已记阅毕",
        perform=_mark_read,
        steps=(StepKind.CIRCULATION,),
        text="意见（只是看过不用填，“已阅”不算意见）",
    ),
    Action.OPEN_NEXT: ActSpec(
        title="提前送阅",
        button="提前送下一位",
        told="已提前送下一位，理由已记录",
        perform=_open_next,
        text="为什么不等退还",
        warning="前一位还没有退还。提前送阅要有理由，理由印在传阅单上。",
        phrases=("前一位外出，文件已由机要员取回。", "事急，另送复印件传阅。"),
    ),
    Action.URGE: ActSpec(
        title="催办",
        button="记下催办",
        told="催办已编号记录",
        perform=_urge,
        # The proposal waits on the desk of the section; it is urged like any other.
        steps=(*ASKED, StepKind.PROPOSAL),
        choice="催办方式",
        choices=(UrgeWay.PHONE, UrgeWay.IN_PERSON, UrgeWay.SLIP),
        text="催办内容",
        phrases=("请于今日下班前反馈。", "已超期，请说明原因并尽快办结。"),
    ),
    Action.SEND_ON: ActSpec(
        title="送审会签",
        button="送出",
        told="已送出",
        perform=_send_on,
        choice="送什么",
        choices=tuple(SendOn),
        people="送给谁",
        units="送哪些单位",
        day="请在何日前答复",
        text="说明",
    ),
    Action.COUNTERSIGN: ActSpec(
        title="会签",
        button="存入会签意见",
        told="会签意见已存",
        perform=_countersign,
        steps=(StepKind.COUNTERSIGN,),
        text="会签意见",
        phrases=("同意。", "无不同意见。", "建议修改后印发："),
    ),
    Action.REVIEW: ActSpec(
        title="审核",
        button="存入审核意见",
        told="审核意见已存",
        perform=_review,
        steps=(StepKind.REVIEW,),
        text="审核意见",
        phrases=("同意拟办意见。", "请补充有关部门意见。"),
    ),
    Action.SEND_BACK: ActSpec(
        title="退回",
        button="退回",
        told="已退回，请送出人重新拟办",
        perform=_send_back,
        steps=tuple(verb_rules.SENT_BACK),
        text="退回理由",
        warning="退回后由送出的人重新拟办；这一步和理由都留在处理笺上。",
        phrases=("不属于我处职责。", "材料不全，请补充后再送。"),
    ),
    Action.WITHDRAW: ActSpec(
        title="撤回",
        button="撤回",
        told="已撤回",
        perform=_withdraw,
        text="撤回理由",
        warning="撤回您送出而对方还没有签收的全部环节，排在后面的也一并取消。",
        phrases=("送错。", "内容有变，重新拟办。"),
    ),
    Action.ADD_SIGNER: ActSpec(
        title="加签",
        button="加签",
        told="已加签",
        perform=_add_signer,
        people="请谁加签",
        choice="加在哪里",
        choices=(Place.BEFORE, Place.AFTER),
        text="为什么加签",
        phrases=("请先提出意见。", "请一并审阅。"),
    ),
    Action.TRANSFER: ActSpec(
        title="转办",
        button="转办",
        told="已转办，期限不变",
        perform=_transfer,
        steps=tuple(verb_rules.PASSED_ON),
        people="转给谁",
        one_person=True,
        units="或转给哪个单位",
        text="转办理由",
        phrases=("按职责分工转办。", "原承办人外出。"),
    ),
    Action.SUSPEND: ActSpec(
        title="挂起",
        button="挂起",
        told="已挂起，时限暂停计算",
        perform=_suspend,
        text="为什么挂起，在等什么",
        day="预计何日恢复",
        phrases=("等待上级答复。", "等待有关单位补报材料。"),
    ),
    Action.RESUME: ActSpec(
        title="恢复办理",
        button="恢复",
        told="已恢复，期限按挂起的工作日顺延，原期限保留",
        perform=_resume,
        text="说明（没有可不填）",
    ),
    Action.EXTEND: ActSpec(
        title="延期",
        button="延期",
        told="已延期，原期限仍印在处理笺上",
        perform=_extend,
        steps=tuple(verb_rules.PASSED_ON),
        day="延到何日",
        text="延期理由",
        phrases=("情况复杂，需进一步核实。", "涉及单位多，需会商。"),
    ),
    Action.BACK_ENTER: ActSpec(
        title="补录",
        button="补录",
        told="已补录，处理笺上注明补录",
        perform=_back_enter,
        choice="补录哪一环节",
        choices=(
            StepKind.INSTRUCTION,
            StepKind.CIRCULATION,
            StepKind.COUNTERSIGN,
            StepKind.REVIEW,
            StepKind.HANDLING,
        ),
        people="谁办的",
        one_person=True,
        units="或哪个单位办的",
        day="实际日期",
        day_optional=False,
        text="纸上原文（只是看过可不填）",
        warning="把已经在纸上办完的环节按真实日期记进来；处理笺上注明由您补录。",
    ),
    Action.VOID: ActSpec(
        title="作废",
        button="作废",
        told="已作废，登记号保留",
        perform=_void,
        text="作废理由",
        warning="作废后这一件不再办理；登记号、理由和经手人都保留，号不再给别的文件。",
        phrases=("重复登记。", "登记有误，另行登记。"),
    ),
    Action.RETURN: open_return,
    Action.OPEN: open_envelope,
    Action.CLOSE: ActSpec(
        title="办结",
        button="办结",
        told="已办结",
        perform=_close,
        text="办理结果",
        phrases=("已按批示办理。", "已传阅完毕。"),
    ),
    Action.EDIT: open_edit,
    Action.ATTACH: attach_files,
    Action.ADD_READER: ActSpec(
        title="扩大知悉范围",
        button="加入知悉范围",
        told="已加入知悉范围",
        perform=_add_readers,
        people="增加哪些人",
        text="理由",
        warning="加入后，这些人能解密并阅读这一件的全部内容；此事记入审计日志。",
    ),
    Action.PRINT: PaperOpener(
        (
            MatterPaper("文件处理笺", slips.handling_slip),
            MatterPaper("文件传阅单", slips.circulation_sheet),
            MatterPaper("催办单", slips.urge_slip),
            MatterPaper("责任倒查表", dwell.way_of),
        )
    ),
}
