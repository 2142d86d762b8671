"""Types into a real form until it is killed; says each character, with the moment, on standard output."""

import itertools
import sys
import time
from pathlib import Path

import factories
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QPlainTextEdit, QWidget

from deskoffice.domain.matters import Action, ListQuery, MatterKind
from deskoffice.ui.areas import OPENERS
from deskoffice.ui.circulation.outgoing import open_new
from deskoffice.ui.desk import Desk
from deskoffice.ui.jobs import Jobs
from deskoffice.ui.theme import LIGHT
from deskoffice.ui.tree import descendants
from deskoffice.usecases import matters
from deskoffice.usecases.office import Office, open_office

ACTS = {
    "opinion": (MatterKind.INCOMING, Action.PROPOSE),
    "record": (MatterKind.MEETING, Action.RECORD),
    "minutes": (MatterKind.MEETING, Action.MINUTES),
}
EVERY_MS = 12
FIRST, LETTERS = 0x4E00, 20_000
PASTED = 6000
"""Letters that the draft begins with: a dozen pages, whose setting takes its time."""
BURST, REST = 40, 60
"""After so many letters the writer rests for so many ticks, and the page is set meanwhile."""


def nth(place: int) -> str:
    """The letter at a place of what is typed."""
    return chr(FIRST + place % LETTERS)


def field(desk: Desk, parent: QWidget, what: str) -> QPlainTextEdit:
    """Where an opinion, the text of a draft, or what was said and decided at a meeting is typed."""
    if what in ACTS:
        kind, act = ACTS[what]
        (row,) = matters.list_page(desk.office, ListQuery(frozenset({kind})), 0, 1).rows
        desk.act(matters.card(desk.office, row.id), act, parent)
    else:
        open_new(desk, parent)
    texts = [text for top in QApplication.topLevelWidgets() for text in descendants(top, QPlainTextEdit)]
    return max(texts, key=lambda text: text.height() if what == "draft" else text.isVisible())


def type_on(text: QPlainTextEdit, count: int = 1) -> None:
    """Some characters more: the n-th is always the same, so that a gap would show."""
    text.moveCursor(text.textCursor().MoveOperation.End)
    begin = len(text.toPlainText())
    text.insertPlainText("".join(map(nth, range(begin, begin + count))))
    sys.stdout.write(f"{len(text.toPlainText())} {time.monotonic()}\n")
    sys.stdout.flush()


def run(office: Office, what: str) -> None:
    app = QApplication(sys.argv[:1])
    jobs = Jobs()
    desk = Desk(office, jobs, tokens=LIGHT, openers=OPENERS)
    window = QMainWindow()
    window.show()
    typed: list[QPlainTextEdit] = []
    clock = QTimer(interval=EVERY_MS)
    ticks = itertools.count()

    def tick() -> None:
        if not typed and jobs.is_idle:
            typed.append(field(desk, window, what))
        elif typed and jobs.is_idle and not clock.property("typing"):
            clock.setProperty("typing", True)
            typed[0].clear()
            if what == "draft":
                type_on(typed[0], PASTED)
        elif clock.property("typing") and (what != "draft" or next(ticks) % (BURST + REST) < BURST):
            type_on(typed[0])

    clock.timeout.connect(tick)
    clock.start()
    app.exec()


if __name__ == "__main__":
    login = {"opinion": "zhaoming", "draft": "sunfang"}.get(sys.argv[2], "wuhao")
    run(open_office(Path(sys.argv[1]), login, factories.PASSWORD, clock=factories.monday_morning()), sys.argv[2])
