"""收文 in the window: its list, its form, and the dialogs of its acts."""

from PySide6.QtWidgets import QWidget

from deskoffice.domain.matters import Action, Changes, ListQuery, MatterCard, MatterKind, State, StepKind
from deskoffice.domain.people import Actor, Role
from deskoffice.ui.act_dialog import ActInput, ActSpec
from deskoffice.ui.circulation.incoming_form import IncomingForm
from deskoffice.ui.desk import Desk, Opener
from deskoffice.ui.files import attach_files
from deskoffice.ui.matter_list import ListSpec, NewMatter
from deskoffice.ui.papers import show_paper
from deskoffice.usecases.circulation import incoming, slips
from deskoffice.usecases.circulation.incoming import Assignment
from deskoffice.usecases.office import Office

PROPOSALS = ("请县长阅示。", "请分管领导阅批，县有关部门按职责办理。", "拟请传阅。", "拟同意，按程序办理。")
INSTRUCTIONS = ("同意。", "阅。", "请按要求认真落实。", "请牵头办理，及时反馈。", "按程序办理。")


def may_register(actor: Actor) -> bool:
    """Those who enter what comes in."""
    return actor.has(Role.CONFIDENTIAL_CLERK, Role.SECRETARIAT)


def open_new(desk: Desk, parent: QWidget) -> None:
    """An empty form."""
    IncomingForm(desk, parent).open()


def open_edit(desk: Desk, card: MatterCard, parent: QWidget) -> None:
    """The form of a registered document."""
    IncomingForm(desk, parent, matter_id=card.row.id).open()


QUERY = ListQuery(kinds=frozenset({MatterKind.INCOMING}))
REGISTER = NewMatter("登记收文", may_register, open_new)
LIST = ListSpec(
    title="收文",
    query=QUERY,
    new=REGISTER,
    empty="还没有收文。早上的来文到了，从登记第一件开始。",
    help_topic="incoming",
)
CIRCULATING = ListSpec(
    title="传阅",
    query=ListQuery(kinds=frozenset({MatterKind.INCOMING}), states=frozenset({State.CIRCULATION})),
    empty="现在没有正在传阅的文件。",
    help_topic="incoming",
)


def _propose(office: Office, matter_id: int, filled: ActInput) -> Changes:
    return incoming.propose(office, matter_id, filled.text, filled.person_ids)


def _instruct(office: Office, matter_id: int, filled: ActInput) -> Changes:
    return incoming.instruct(office, matter_id, filled.text)


def _record_instruction(office: Office, matter_id: int, filled: ActInput) -> Changes:
    said_on = filled.day or office.today()
    return incoming.record_instruction(office, matter_id, filled.step_id, opinion=filled.text, said_on=said_on)


def _assign(office: Office, matter_id: int, filled: ActInput) -> Changes:
    assignment = Assignment(filled.person_ids, filled.units, filled.day, filled.text)
    return incoming.assign(office, matter_id, assignment)


def _report(office: Office, matter_id: int, filled: ActInput) -> Changes:
    return incoming.report(office, matter_id, filled.step_id, filled.text)


def _circulate(office: Office, matter_id: int, filled: ActInput) -> Changes:
    return incoming.circulate(office, matter_id, filled.person_ids, due_on=filled.day, note=filled.text)


def _mark_read(office: Office, matter_id: int, filled: ActInput) -> Changes:
    return incoming.mark_read(office, matter_id, filled.text)


def _urge(office: Office, matter_id: int, filled: ActInput) -> Changes:
    return incoming.urge(office, matter_id, filled.text)


def _return(office: Office, matter_id: int, filled: ActInput) -> Changes:
    return incoming.return_to_sender(office, matter_id, filled.text)


def _close(office: Office, matter_id: int, filled: ActInput) -> Changes:
    return incoming.close(office, matter_id, filled.text)


def _add_readers(office: Office, matter_id: int, filled: ActInput) -> Changes:
    return incoming.add_readers(office, matter_id, filled.person_ids, filled.text)


def _print_slip(desk: Desk, card: MatterCard, parent: QWidget) -> None:
    show_paper(desk, lambda office: slips.handling_slip(office, card.row.id), parent=parent)


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
    Action.INSTRUCT: ActSpec(
        title="批示", button="批示", told="批示已存", perform=_instruct, text="批示意见", phrases=INSTRUCTIONS
    ),
    Action.RECORD_INSTRUCTION: ActSpec(
        title="代录批示",
        button="存入批示",
        told="批示已代录，处理笺上注明代录",
        perform=_record_instruction,
        text="批示原文，一字不改",
        day="批示日期",
        day_optional=False,
        step=StepKind.INSTRUCTION,
        warning="按纸上的原文录入；处理笺上会注明由您代录。",
    ),
    Action.ASSIGN: ActSpec(
        title="交办",
        button="交办",
        told="已交办",
        perform=_assign,
        people="承办人",
        units="承办单位，第一个为牵头",
        day="办理期限",
        text="交办要求",
    ),
    Action.REPORT: ActSpec(
        title="反馈办理结果",
        button="存入结果",
        told="办理结果已存",
        perform=_report,
        text="办理结果",
        step=StepKind.HANDLING,
    ),
    Action.CIRCULATE: ActSpec(
        title="传阅",
        button="开始传阅",
        told="已送传阅",
        perform=_circulate,
        people="传阅给",
        day="请在何日前阅毕",
        text="说明",
    ),
    Action.MARK_READ: ActSpec(
        title="阅毕", button="阅毕", told="已记阅毕", perform=_mark_read, text="意见（没有可不填）", phrases=("阅。",)
    ),
    Action.URGE: ActSpec(
        title="催办",
        button="记下催办",
        told="催办已记录",
        perform=_urge,
        text="催办内容",
        phrases=("请于今日下班前反馈。", "已超期，请说明原因并尽快办结。"),
    ),
    Action.RETURN: ActSpec(
        title="退文",
        button="退回来文单位",
        told="已退文",
        perform=_return,
        text="退文理由",
        warning="退文后这一件不再办理；登记号保留，不会给别的文件。",
        phrases=("行文关系不当。", "文种使用错误。", "未经会签。", "附件不全。"),
    ),
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
    Action.PRINT: _print_slip,
}
