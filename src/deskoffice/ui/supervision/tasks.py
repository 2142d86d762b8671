"""督办 and 议定事项 in the window: their list, and the dialogs of their acts."""

from PySide6.QtWidgets import QWidget

from deskoffice.domain.batches import BatchVerb
from deskoffice.domain.matters import Action, Changes, ListQuery, MatterKind
from deskoffice.domain.people import Actor, Role
from deskoffice.domain.supervision import CHASERS
from deskoffice.ui.act_dialog import ActInput, ActSpec
from deskoffice.ui.circulation import incoming_acts
from deskoffice.ui.desk import Desk, Opener
from deskoffice.ui.files import attach_files
from deskoffice.ui.matter_list import ListSpec, NewMatter
from deskoffice.ui.paper_choice import MatterPaper, PaperOpener
from deskoffice.ui.register_list import Register
from deskoffice.ui.supervision.task_form import TaskForm
from deskoffice.usecases import papers_supervision, supervision
from deskoffice.usecases.office import Office


def may_create(actor: Actor) -> bool:
    """Those who chase, and the secretariat."""
    return actor.has(*CHASERS, Role.SECRETARIAT)


def open_new(desk: Desk, parent: QWidget) -> None:
    """An empty form."""
    TaskForm(desk, parent).open()


OPEN = ListQuery(kinds=frozenset({MatterKind.TASK}), open_only=True)
REGISTER = Register("督办事项台账", papers_supervision.register_book)


def _report(office: Office, matter_id: int, filled: ActInput) -> Changes:
    return supervision.report(office, matter_id, filled.text)


def _return(office: Office, matter_id: int, filled: ActInput) -> Changes:
    return supervision.return_for_more(office, matter_id, filled.text)


def _close(office: Office, matter_id: int, filled: ActInput) -> Changes:
    return supervision.close(office, matter_id, filled.text)


def _urge(office: Office, matter_id: int, filled: ActInput) -> Changes:
    return supervision.urge(office, matter_id, filled.text)


URGE = ActSpec(
    title="催办",
    button="记下催办",
    told="催办已记录，印在督办通知单上",
    perform=_urge,
    text="催办内容",
    phrases=("期限临近，请抓紧办理。", "已超期，请说明原因并尽快办结。"),
)
LIST = ListSpec(
    title="督办事项",
    query=ListQuery(kinds=frozenset({MatterKind.TASK})),
    headings=("督办号", "事项", "密级 缓急", "办结期限", "在谁手里"),
    unit_word="主办单位",
    new=NewMatter("督办立项", may_create, open_new),
    empty="还没有督办事项。会议议定的事项会自动列在这里，批示和上级文件要督办的从立项开始。",
    help_topic="supervision",
    batch={(MatterKind.TASK, BatchVerb.URGE): URGE},
)
ACTS: dict[Action, Opener] = {
    Action.REPORT: ActSpec(
        title="反馈办理结果",
        button="存入结果",
        told="办理结果已存，待督查核实销号",
        perform=_report,
        text="办理结果",
        phrases=("已办结，情况如下：", "正在办理，预计按期完成。"),
    ),
    Action.RETURN: ActSpec(
        title="退回补办",
        button="退回补办",
        told="已退回补办",
        perform=_return,
        text="退回理由",
        warning="退回后仍由原承办人办理，期限不变。",
        phrases=("办理结果不具体，请补充。", "未按要求完成，请继续办理。"),
    ),
    Action.CLOSE: ActSpec(
        title="销号",
        button="销号",
        told="已核实销号",
        perform=_close,
        text="核实意见",
        phrases=("经核实，已按要求办结，同意销号。",),
    ),
    Action.URGE: URGE,
    Action.ATTACH: attach_files,
    Action.ADD_READER: incoming_acts.ACTS[Action.ADD_READER],
    Action.PRINT: PaperOpener((MatterPaper("督办通知单", papers_supervision.notice),)),
}
