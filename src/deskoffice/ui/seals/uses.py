"""用印 in the window: its list, and the dialogs of its acts."""

from PySide6.QtWidgets import QWidget

from deskoffice.domain.matters import Action, Changes, LinkKind, ListQuery, MatterCard, MatterKind
from deskoffice.domain.people import Actor
from deskoffice.ui.act_dialog import ActInput, ActSpec
from deskoffice.ui.desk import Desk, Opener
from deskoffice.ui.files import attach_files
from deskoffice.ui.matter_list import ListSpec, NewMatter
from deskoffice.ui.paper_choice import MatterPaper, PaperOpener
from deskoffice.ui.register_list import Register
from deskoffice.ui.seals.request_form import SealRequestForm
from deskoffice.ui.seals.stamping import open_stamping
from deskoffice.usecases import matters, papers_seals, seals
from deskoffice.usecases.office import Office
from deskoffice.usecases.previews import PdfPaper


def may_request(actor: Actor) -> bool:
    """Everybody of the office; that nobody stamps what he asked for is the rule's business."""
    return not actor.is_officer


def open_new(desk: Desk, parent: QWidget) -> None:
    """An empty request."""
    SealRequestForm(desk, parent).open()


LIST = ListSpec(
    title="用印",
    query=ListQuery(kinds=frozenset({MatterKind.SEAL_USE})),
    headings=("用印号", "用印文件", "密级 缓急", "期限", "在谁手里"),
    unit_word="申请单位",
    new=NewMatter("申请用印", may_request, open_new),
    empty="还没有用印申请。盖章前先申请，批准的是哪一版，盖的就是哪一版。",
    help_topic="seals",
)
WAITING = ListQuery(kinds=LIST.query.kinds, open_only=True, mine=True)


def _register(office: Office, year: int) -> PdfPaper:
    return papers_seals.register_book(office, None, year)


REGISTER = Register("用印登记簿", _register)


def _approve(office: Office, matter_id: int, filled: ActInput) -> Changes:
    return seals.approve(office, matter_id, filled.text)


def _refuse(office: Office, matter_id: int, filled: ActInput) -> Changes:
    return seals.refuse(office, matter_id, filled.text)


def open_for_signed(desk: Desk, card: MatterCard, parent: QWidget) -> None:
    """用印 straight from a signed document: its signature opened the use, no form is filled in again."""
    use = next((link.matter for link in card.links if link.kind is LinkKind.SEALED_BY and link.forward), None)
    if use is not None:
        desk.jobs.run(
            lambda _: matters.card(desk.office, use.id),
            desk,
            done=lambda found: open_stamping(REFUSE)(desk, found, parent),
        )


REFUSE = ActSpec(
    title="不予用印",
    button="不予用印",
    told="已退回，理由记入用印登记簿",
    perform=_refuse,
    text="理由",
    warning="这次申请到此为止；理由留在用印登记簿里，再要用印须重新申请。",
    phrases=("文件与批准的版本不一致。", "落款与印章不符。", "份数不符。"),
)
ACTS: dict[Action, Opener] = {
    Action.APPROVE: ActSpec(
        title="批准用印",
        button="批准",
        told="已批准，已送印章管理员",
        perform=_approve,
        text="审批意见（不填记“同意”）",
        warning="批准的是现在这一版文件；以后换了版本，要重新报批。",
        phrases=("同意用印。",),
    ),
    Action.REFUSE: REFUSE,
    Action.STAMP: open_stamping(REFUSE),
    Action.ATTACH: attach_files,
    Action.PRINT: PaperOpener((MatterPaper("用印审批单", papers_seals.request_sheet),)),
}
