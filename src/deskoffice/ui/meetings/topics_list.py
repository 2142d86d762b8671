"""议题 in the window: the pool and everything that was ever proposed, with the dialogs of its acts."""

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QWidget

from deskoffice.domain.matters import Action, Changes, ListQuery, MatterCard, MatterKind, State
from deskoffice.domain.meeting_topics import PROPOSERS, LegalReview
from deskoffice.domain.people import Actor
from deskoffice.ui.act_dialog import ActInput, ActSpec
from deskoffice.ui.circulation import incoming_acts
from deskoffice.ui.desk import Desk, Opener
from deskoffice.ui.files import attach_files
from deskoffice.ui.matter_list import ListSpec, NewMatter, Scope, as_is, open_only
from deskoffice.ui.meetings.topic_form import TopicForm
from deskoffice.ui.paper_choice import MatterPaper, PaperOpener
from deskoffice.usecases import meeting_topics, papers_meeting_plans
from deskoffice.usecases.office import Office


def may_propose(actor: Actor) -> bool:
    """Those who write topics."""
    return actor.has(*PROPOSERS)


def open_new(desk: Desk, parent: QWidget) -> None:
    """An empty form."""
    TopicForm(desk, parent).open()


def open_edit(desk: Desk, card: MatterCard, parent: QWidget) -> None:
    """The form of a topic."""
    TopicForm(desk, parent, matter_id=card.row.id).open()


def _in_pool(query: ListQuery, today: date) -> ListQuery:
    del today
    return replace(query, states=frozenset({State.POOL}))


def _before(query: ListQuery, today: date) -> ListQuery:
    del today
    return replace(query, states=frozenset({State.LEGAL_REVIEW, State.CONSENT}))


LIST = ListSpec(
    title="议题",
    query=ListQuery(kinds=frozenset({MatterKind.TOPIC})),
    headings=("议题号", "议题", "密级 缓急", "期限", "在谁手里"),
    unit_word="申报单位",
    scopes=(
        Scope("open", "未议定", open_only),
        Scope("pool", "待上会", _in_pool),
        Scope("before", "审查中", _before),
        Scope("all", "全部", as_is),
    ),
    new=NewMatter("申报议题", may_propose, open_new),
    empty="议题库是空的。先申报议题，经合法性审查和领导同意后列入会议。",
    help_topic="meetings",
)
WAITING = ListQuery(kinds=LIST.query.kinds, open_only=True, mine=True)


def _review(office: Office, matter_id: int, filled: ActInput) -> Changes:
    return meeting_topics.review_legality(office, matter_id, LegalReview(filled.choice), filled.text)


def _approve(office: Office, matter_id: int, filled: ActInput) -> Changes:
    return meeting_topics.approve(office, matter_id, filled.text)


def _refuse(office: Office, matter_id: int, filled: ActInput) -> Changes:
    return meeting_topics.refuse(office, matter_id, filled.text)


def _withdraw(office: Office, matter_id: int, filled: ActInput) -> Changes:
    return meeting_topics.withdraw(office, matter_id, filled.text)


ACTS: dict[Action, Opener] = {
    Action.REVIEW_LEGALITY: ActSpec(
        title="合法性审查",
        button="存入审查意见",
        told="审查意见已存",
        perform=_review,
        text="审查意见",
        choice="审查结论",
        choices=tuple(LegalReview),
        warning="重大行政决策未经合法性审查或审查未通过的，不得提交会议讨论。",
        phrases=("主体合法，符合法定权限和程序。", "建议修改后提交。"),
    ),
    Action.APPROVE: ActSpec(
        title="同意上会",
        button="同意上会",
        told="已同意，议题进入议题库",
        perform=_approve,
        text="意见（不填记“同意上会”）",
        phrases=("同意上会。", "请先与有关单位会商后上会。"),
    ),
    Action.REFUSE: ActSpec(
        title="不同意上会",
        button="不同意",
        told="已不同意上会，理由留在记录里",
        perform=_refuse,
        text="理由",
        warning="不同意后这项议题不再办理；要上会须重新申报。",
        phrases=("由分管领导专题研究，不上会。", "材料不齐，补充后重新申报。"),
    ),
    Action.WITHDRAW: ActSpec(
        title="撤回议题",
        button="撤回",
        told="议题已撤回",
        perform=_withdraw,
        text="撤回原因",
        warning="撤回后这项议题不再办理；要上会须重新申报。",
    ),
    Action.EDIT: open_edit,
    Action.ATTACH: attach_files,
    Action.ADD_READER: incoming_acts.ACTS[Action.ADD_READER],
    Action.PRINT: PaperOpener((MatterPaper("议题申报单", papers_meeting_plans.topic_request),)),
}
