"""The page of incoming papers: the list, with envelopes and the courier's receipt beside the registration."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from deskoffice.ui.circulation.incoming import LIST, may_register
from deskoffice.ui.circulation.incoming_envelopes import open_envelope_form
from deskoffice.ui.dates import day_text
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
            ("receiptPushButton", "回执清单 ▾", self._on_receipt_clicked),
        ):
            button = QPushButton(text, self)
            button.setObjectName(name)
            button.setVisible(may_register(desk.office.actor))
            button.clicked.connect(act)
            head.insertWidget(head.indexOf(new), button)
            self._receipt = button

    def _on_envelope_clicked(self) -> None:
        open_envelope_form(self.desk, self.window())

    def _on_receipt_clicked(self) -> None:
        self.desk.jobs.run(lambda _: incoming_receipts.days(self.desk.office), self, done=self._offer_days)

    def _offer_days(self, days: Sequence[tuple[date, int]]) -> None:
        """The list is for the courier of one day, today's first."""
        today = self.desk.office.today()
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for day, pieces in days or [(today, 0)]:
            text = self.tr("%1（%2 件）").replace("%1", "今天" if day == today else day_text(day, today))
            menu.addAction(text.replace("%2", str(pieces))).triggered.connect(partial(self.print_receipt, day))
        below = QPoint(0, self._receipt.height() + 2)
        menu.popup(self._receipt.mapToGlobal(below))

    def print_receipt(self, day: date) -> None:
        """The list of a day's pieces, to be looked at and printed."""
        show_paper(self.desk, lambda office: incoming_receipts.receipt(office, day), parent=self.window())


def incoming_page(desk: Desk) -> Page:
    """The page."""
    return IncomingPage(desk)
