"""发文 in the window: its list, the drafting page, and the dialogs of its acts."""

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QWidget

from deskoffice.domain.errors import InvalidDraft
from deskoffice.domain.matters import Action, Changes, ListQuery, MatterCard, MatterKind, State
from deskoffice.domain.people import Actor, PersonRow, Role
from deskoffice.ui.act_dialog import ActDialog, ActInput, ActSpec
from deskoffice.ui.circulation.outgoing_dispatch import open_dispatch
from deskoffice.ui.circulation.outgoing_form import OutgoingForm
from deskoffice.ui.circulation.outgoing_preparing import COUNTERSIGN, RECORD, open_ask, open_classify, open_decide
from deskoffice.ui.circulation.outgoing_print import open_print
from deskoffice.ui.circulation.outgoing_sign import open_record, open_sign
from deskoffice.ui.circulation.outgoing_versions import open_versions
from deskoffice.ui.desk import Desk, Opener
from deskoffice.ui.files import attach_files
from deskoffice.ui.matter_list import SCOPES, ListSpec, NewMatter, Scope
from deskoffice.ui.picker import person_choices
from deskoffice.usecases.circulation import outgoing, outgoing_ending
from deskoffice.usecases.office import Office


def may_draft(actor: Actor) -> bool:
    """Those who write what goes out."""
    return actor.has(Role.DRAFTER, Role.SECRETARIAT, Role.CONFIDENTIAL_CLERK, Role.OFFICE_LEADER)


def open_new(desk: Desk, parent: QWidget) -> None:
    """An empty draft."""
    OutgoingForm(desk, parent).open()


def open_edit(desk: Desk, card: MatterCard, parent: QWidget) -> None:
    """The drafting page of a stored draft."""
    OutgoingForm(desk, parent, matter_id=card.row.id).open()


def _in_state(key: str, word: str, *states: State) -> Scope:
    def narrow(query: ListQuery, today: date) -> ListQuery:
        del today
        return replace(query, states=frozenset(states))

    return Scope(key, word, narrow)


BY_STATE = (
    SCOPES[0],
    _in_state("drafting", "拟稿", State.DRAFTING),
    _in_state("review", "核稿", State.REVIEW),
    _in_state("signing", "待签发", State.SIGNING),
    _in_state("signed", "待用印", State.SIGNED),
    _in_state("stamped", "待印发", State.STAMPED),
    SCOPES[-1],
)
LIST = ListSpec(
    title="发文",
    query=ListQuery(kinds=frozenset({MatterKind.OUTGOING})),
    headings=("发文号", "标题", "密级 缓急", "期限", "在谁手里"),
    unit_word="发文单位",
    scopes=BY_STATE,
    new=NewMatter("拟稿", may_draft, open_new),
    empty="还没有发文。从拟第一份稿开始，边写边看印出来的样子。",
    help_topic="outgoing",
)


def _submit(desk: Desk, card: MatterCard, parent: QWidget) -> None:
    """送核 needs no words, so it needs no dialog."""
    del parent
    office, matter_id = desk.office, card.row.id

    def done(changes: Changes) -> None:
        desk.tell("已送核稿")
        desk.note(changes)

    desk.jobs.run(lambda _: outgoing.submit(office, matter_id), desk, done=done)


def _review(office: Office, matter_id: int, filled: ActInput) -> Changes:
    if not filled.person_ids:
        raise InvalidDraft({"person_ids": "required"})
    return outgoing.review(office, matter_id, filled.text, filled.person_ids[0])


def _return(office: Office, matter_id: int, filled: ActInput) -> Changes:
    return outgoing.return_to_drafter(office, matter_id, filled.text)


def _withdraw(office: Office, matter_id: int, filled: ActInput) -> Changes:
    return outgoing_ending.withdraw(office, matter_id, filled.text)


def _ask_seal(office: Office, matter_id: int, filled: ActInput) -> Changes:
    return outgoing_ending.ask_seal_again(office, matter_id, filled.text)


def _void(office: Office, matter_id: int, filled: ActInput) -> Changes:
    return outgoing_ending.void(office, matter_id, filled.text)


def _close(office: Office, matter_id: int, filled: ActInput) -> Changes:
    del filled
    return outgoing.close(office, matter_id)


REVIEW = ActSpec(
    title="核稿",
    button="送签发",
    told="核稿意见已存，已送签发",
    perform=_review,
    people="请谁签发",
    one_person=True,
    text="核稿意见",
    phrases=("已核，请签发。", "格式、文种、依据已核，拟同意。"),
)


class ReviewDialog(ActDialog):
    """核稿: offers only those who may sign."""

    def __init__(self, desk: Desk, card: MatterCard, *, parent: QWidget) -> None:
        super().__init__(desk, card, spec=REVIEW, parent=parent)
        self._ui.peoplePicker.offer([], single=True, name=REVIEW.people)
        office = desk.office
        desk.jobs.run(lambda _: outgoing.signatories(office), self, done=self._offer)

    def _offer(self, signatories: tuple[PersonRow, ...]) -> None:
        self._ui.peoplePicker.offer(person_choices(signatories), single=True, name=REVIEW.people)
        if len(signatories) == 1:
            self._ui.peoplePicker.choose([signatories[0].id])


def _open_review(desk: Desk, card: MatterCard, parent: QWidget) -> None:
    ReviewDialog(desk, card, parent=parent).open()


ACTS: dict[Action, Opener] = {
    Action.EDIT: open_edit,
    Action.SUBMIT: _submit,
    Action.REVIEW: _open_review,
    Action.RETURN: ActSpec(
        title="退回修改",
        button="退回拟稿人",
        told="已退回拟稿人修改",
        perform=_return,
        text="退回理由",
        phrases=("文种不当。", "依据不足。", "格式不合规范。", "请补充会签意见。"),
    ),
    Action.SIGN: open_sign,
    Action.RECORD_SIGNATURE: open_record,
    Action.ASK_COUNTERSIGN: open_ask,
    Action.COUNTERSIGN: COUNTERSIGN,
    Action.RECORD_COUNTERSIGN: RECORD,
    Action.CLASSIFY: open_classify,
    Action.CONFIRM_LEVEL: open_decide,
    Action.VERSIONS: open_versions,
    Action.DISPATCH: open_dispatch,
    Action.CLOSE: ActSpec(
        title="办结", button="办结", told="已办结", perform=_close, warning="办结后原稿、定稿归入案卷。"
    ),
    Action.ASK_SEAL: ActSpec(
        title="重新送印",
        button="送印章管理员",
        told="已重新送印，等印章管理员用印",
        perform=_ask_seal,
        text="给印章管理员的说明",
        warning="正文、文号和签发都不变，按原签发稿再送印章管理员；正文要改的请选“退回修改”，改后重签，文号保留。",
        phrases=("已按要求补齐，请用印。", "份数已核对，请用印。", "落款无误，请核对后用印。"),
    ),
    Action.WITHDRAW: ActSpec(
        title="撤回",
        button="撤回",
        told="已撤回，可以接着改",
        perform=_withdraw,
        text="撤回理由",
        warning="撤回您送出而对方还没有办的这一步；正在会签的也一并收回。",
        phrases=("内容有变，重新修改。", "送错。"),
    ),
    Action.VOID: ActSpec(
        title="作废",
        button="作废",
        told="已作废，文号和理由保留",
        perform=_void,
        text="作废理由",
        warning="作废后这一件不再办理。已编的文号随件注销、不再使用，断号报告写明理由；等着盖的章不再盖，已印的纸件请收回销毁。",
        phrases=("不再印发。", "内容并入另一文件。", "重复起草。"),
    ),
    Action.ATTACH: attach_files,
    Action.PRINT: open_print,
}
