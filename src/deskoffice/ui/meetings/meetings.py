"""会议 in the window: its list, and the dialogs of its acts."""

from PySide6.QtWidgets import QWidget

from deskoffice.domain.matters import Action, Changes, ListQuery, MatterCard, MatterKind
from deskoffice.domain.meetings import CALLERS, Verdict
from deskoffice.domain.people import Actor
from deskoffice.ui.act_dialog import ActInput, ActSpec
from deskoffice.ui.circulation import incoming_acts
from deskoffice.ui.desk import Desk, Opener
from deskoffice.ui.files import attach_files
from deskoffice.ui.matter_list import ListSpec, NewMatter
from deskoffice.ui.meetings.decisions import open_decisions
from deskoffice.ui.meetings.discussion import open_discussion
from deskoffice.ui.meetings.meeting_form import MeetingDialog
from deskoffice.ui.meetings.merging import open_merging
from deskoffice.ui.meetings.minutes import open_minutes
from deskoffice.ui.meetings.record import open_record
from deskoffice.ui.meetings.running import open_running
from deskoffice.ui.meetings.sign_in import open_sign_in
from deskoffice.ui.paper_choice import MatterPaper, PaperOpener
from deskoffice.ui.register_list import Register
from deskoffice.usecases import meetings, papers_meeting_lists, papers_meeting_plans, papers_meetings
from deskoffice.usecases.office import Office


def may_call(actor: Actor) -> bool:
    """Those who run meetings."""
    return actor.has(*CALLERS)


def open_new(desk: Desk, parent: QWidget) -> None:
    """An empty form."""
    MeetingDialog(desk, parent).open()


def open_edit(desk: Desk, card: MatterCard, parent: QWidget) -> None:
    """The form of a meeting that was called."""
    MeetingDialog(desk, parent, matter_id=card.row.id).open()


LIST = ListSpec(
    title="会议",
    query=ListQuery(kinds=frozenset({MatterKind.MEETING})),
    headings=("会议号", "会议名称", "密级 缓急", "会期", "在谁手里"),
    unit_word="承办单位",
    new=NewMatter("申请会议", may_call, open_new),
    empty="还没有会议。先申请、后开会；批准后自动编会次，通知参会人员。",
    help_topic="meetings",
)
WAITING = ListQuery(kinds=LIST.query.kinds, open_only=True, mine=True)
REGISTER = Register("会议登记簿", papers_meetings.register_book)


def _approve(office: Office, matter_id: int, filled: ActInput) -> Changes:
    return meetings.approve(office, matter_id, filled.text, verdict=Verdict(filled.choice))


def _refuse(office: Office, matter_id: int, filled: ActInput) -> Changes:
    return meetings.refuse(office, matter_id, filled.text)


def _close(office: Office, matter_id: int, filled: ActInput) -> Changes:
    del filled
    return meetings.close(office, matter_id)


PAPERS = (
    MatterPaper("会议通知", papers_meetings.notice),
    MatterPaper("会议签到表", papers_meetings.sign_in_sheet),
    MatterPaper("会议议题单", papers_meetings.agenda),
    MatterPaper("会议记录", papers_meetings.record),
    MatterPaper("会议纪要", papers_meetings.minutes),
    MatterPaper("桌签", papers_meetings.place_cards),
    MatterPaper("会议审批单", papers_meetings.request_sheet),
    MatterPaper("座次图", papers_meeting_lists.seat_plan),
    MatterPaper("会议通知落实情况表", papers_meeting_lists.notice_log),
    MatterPaper("会务任务分工表", papers_meeting_lists.duties),
    MatterPaper("会议材料发放收回登记表", papers_meeting_lists.materials),
    MatterPaper("手机寄存登记表", papers_meeting_lists.phones),
    MatterPaper("三重一大议事表决记录", papers_meeting_lists.votes),
    MatterPaper("纪要摘录（各单位）", papers_meeting_lists.extracts),
    MatterPaper("议定事项任务分解表", papers_meeting_plans.decided_at),
    MatterPaper("周工作清单", papers_meeting_lists.week_list),
)
ACTS: dict[Action, Opener] = {
    Action.APPROVE: ActSpec(
        title="批准会议",
        button="同意召开",
        told="已同意召开，会次已编，参会人员可以看到会议材料",
        perform=_approve,
        text="审批意见（不填照审批决定记）",
        choice="审批决定",
        choices=(Verdict.AGREED, Verdict.BY_VIDEO),
        phrases=("同意召开。", "改为视频会议，控制规模。"),
    ),
    Action.REFUSE: ActSpec(
        title="不同意召开",
        button="不开",
        told="已不同意召开，议题退回议题库",
        perform=_refuse,
        text="理由",
        warning="不批准后这次会议不再办理；要开须重新申请。",
        phrases=("与其他会议合并召开。", "改为书面征求意见。"),
    ),
    Action.MERGE: open_merging,
    Action.EDIT: open_edit,
    Action.RUN: open_running,
    Action.DISCUSS: open_discussion,
    Action.SIGN_IN: open_sign_in,
    Action.RECORD: open_record,
    Action.DECIDE: open_decisions,
    Action.MINUTES: open_minutes,
    Action.CLOSE: ActSpec(
        title="会议办结",
        button="办结",
        told="会议已办结，议定事项继续督办",
        perform=_close,
        warning="办结后会议材料不再变动；议定事项照常督办。",
    ),
    Action.ATTACH: attach_files,
    Action.ADD_READER: incoming_acts.ACTS[Action.ADD_READER],
    Action.PRINT: PaperOpener(PAPERS),
}
