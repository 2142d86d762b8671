"""Fills in by when a paper is to be done, as the office's table of limits says, and how it was reckoned."""

from datetime import date

from PySide6.QtCore import QDate, QObject
from PySide6.QtWidgets import QComboBox, QDateEdit, QLabel

from deskoffice.domain.circulation.incoming import PostKind
from deskoffice.domain.values import Urgency
from deskoffice.ui.desk import Desk
from deskoffice.usecases import deadlines
from deskoffice.usecases.deadlines import Due


class DueHint(QObject):
    """Follows what a person chooses; a day that was typed afterwards stays."""

    def __init__(
        self, desk: Desk, urgency: QComboBox, kind: QComboBox, *, received: QDateEdit, due: QDateEdit, label: QLabel
    ) -> None:
        super().__init__(due)
        self._desk, self._urgency, self._kind = desk, urgency, kind
        self._received, self._due, self._label = received, due, label
        self._name = label.text()
        urgency.activated.connect(self._reckon)
        kind.activated.connect(self._reckon)

    def _reckon(self) -> None:
        office, day = self._desk.office, self._received.date()
        received_on = date(day.year(), day.month(), day.day())
        urgency, kind = Urgency(self._urgency.currentData()), PostKind(self._kind.currentData())
        self._desk.jobs.run(lambda _: deadlines.proposed(office, received_on, urgency, kind), self, done=self._show)

    def _show(self, found: Due | None) -> None:
        self._label.setText(self._name if found is None else f"{self._name}　{found.words}")
        if found is not None:
            self._due.setDate(QDate(found.on.year, found.on.month, found.on.day))
