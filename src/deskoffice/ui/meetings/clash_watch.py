"""Tells while a meeting is being typed which room or whom it would want a second time."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QLabel, QWidget

from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.desk import Desk
from deskoffice.usecases import meeting_calling
from deskoffice.usecases.meeting_calling import Taking
from deskoffice.usecases.meeting_days import Wanted

PAUSE_MS = 250
SHOWN = 4
"""Clashes that are named; of more the number is told."""


class ClashWatch(QObject):
    """Asks again after every change; an answer to a question that is no longer asked is dropped."""

    def __init__(self, desk: Desk, label: QLabel, *, read: Callable[[], Taking], form: QWidget) -> None:
        super().__init__(form)
        self._desk, self._label, self._read, self._form = desk, label, read, form
        self._asked: Taking | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._ask)

    def note(self) -> None:
        """Something changed."""
        self._pause.start()

    def _ask(self) -> None:
        taking, office = self._read(), self._desk.office
        if taking == self._asked:
            return
        self._asked = taking

        def show(found: Sequence[Wanted]) -> None:
            if taking == self._asked:
                show_problem(self._label, sentence_of(found))

        self._desk.jobs.run(lambda _: meeting_calling.taken(office, taking), self._form, done=show)


def sentence_of(found: Sequence[Wanted]) -> str:
    """Who, when and for what; nothing when nobody is wanted twice."""
    if not found:
        return ""
    named = "；".join(f"{one.who} {one.starts_at:%H:%M}–{one.ends_at:%H:%M}“{one.what}”" for one in found[:SHOWN])
    more = f"，另有 {len(found) - SHOWN} 处" if len(found) > SHOWN else ""
    return f"同一时间已有安排：{named}{more}。可以照样报批。"
