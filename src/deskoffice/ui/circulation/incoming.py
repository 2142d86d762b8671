"""收文 in the window: its lists and its form."""

from PySide6.QtWidgets import QWidget

from deskoffice.domain.matters import ListQuery, MatterKind, State
from deskoffice.domain.people import Actor, Role
from deskoffice.ui.circulation.incoming_batch import INCOMING_BATCH
from deskoffice.ui.circulation.incoming_form import IncomingForm
from deskoffice.ui.desk import Desk
from deskoffice.ui.matter_list import ListSpec, NewMatter
from deskoffice.ui.register_list import Register
from deskoffice.usecases import worksheets


def may_register(actor: Actor) -> bool:
    """Those who enter what comes in."""
    return actor.has(Role.CONFIDENTIAL_CLERK, Role.SECRETARIAT)


def open_new(desk: Desk, parent: QWidget) -> None:
    """An empty form."""
    IncomingForm(desk, parent).open()


QUERY = ListQuery(kinds=frozenset({MatterKind.INCOMING}))
REGISTER = NewMatter("登记收文", may_register, open_new)
LIST = ListSpec(
    title="收文",
    query=QUERY,
    new=REGISTER,
    empty="还没有收文。早上的来文到了，从登记第一件开始。",
    batch=INCOMING_BATCH,
    help_topic="incoming",
)
CIRCULATING = ListSpec(
    title="传阅",
    query=ListQuery(kinds=frozenset({MatterKind.INCOMING}), states=frozenset({State.CIRCULATION})),
    empty="现在没有正在传阅的文件。",
    batch=INCOMING_BATCH,
    help_topic="incoming",
)
OVERNIGHT = ListSpec(
    title="案不过夜",
    query=worksheets.UNMOVED,
    empty="来文都已送出，没有过夜的件。",
    batch=INCOMING_BATCH,
    help_topic="incoming",
)
SWEEP = Register("清查单", worksheets.overnight)
