"""The page of incoming papers: the list, with envelopes and the courier's receipt beside the registration."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from deskoffice.ui.circulation.incoming import LIST, may_register
from deskoffice.ui.circulation.incoming_envelopes import open_envelope_form
from deskoffice.ui.desk import Desk, Page
from deskoffice.ui.matter_list import MatterListPage
from deskoffice.ui.papers import show_paper
from deskoffice.ui.tree import descendants
from deskoffice.usecases.circulation import incoming_receipts


class IncomingPage(MatterListPage):
    """The list with what only the counter does."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, LIST, parent)
        new = self._ui.newPushButton
        head = next(row for row in descendants(self, QHBoxLayout) if row.indexOf(new) >= 0)
        for name, text, act in (
            ("envelopePushButton", "登记未拆封件", self._on_envelope_clicked),
            ("receiptPushButton", "回执清单", self._on_receipt_clicked),
        ):
            button = QPushButton(text, self)
            button.setObjectName(name)
            button.setVisible(may_register(desk.office.actor))
            button.clicked.connect(act)
            head.insertWidget(head.indexOf(new), button)

    def _on_envelope_clicked(self) -> None:
        open_envelope_form(self.desk, self.window())

    def _on_receipt_clicked(self) -> None:
        day = self.desk.office.today()
        show_paper(self.desk, lambda office: incoming_receipts.receipt(office, day), parent=self.window())


def incoming_page(desk: Desk) -> Page:
    """The page."""
    return IncomingPage(desk)
