"""The longest that the window's thread is away from its events, and its memory, with a million matters open."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

MATTERS = 1_000_000
MOST_MS, MOST_MEGABYTES = 50.0, 300.0
ROUNDS = 3
PATIENCE = 120.0
"""Seconds for one thing that a person does; then the bench itself has failed."""


def run() -> Iterator[tuple[str, float, float]]:
    """Each round in a process of its own: what one leaves in memory is not the next one's."""
    found: list[dict[str, float]] = []
    for _ in range(ROUNDS):
        done = subprocess.run(
            [sys.executable, str(Path(__file__)), str(MATTERS)], check=True, capture_output=True, text=True
        )
        found.append(json.loads(done.stdout.splitlines()[-1]))
    megabytes = [one.pop("megabytes") for one in found]
    for name in found[0]:
        yield f"longest wait of the window, {name}, ms", min(one[name] for one in found), MOST_MS
    yield f"memory with {MATTERS:,} matters open, MB", min(megabytes), MOST_MEGABYTES


class Probe:
    """A timer that fires whenever the window's thread is free: the most work between two ticks was a wait.

    It counts what the thread works: what other programs take of the machine is not the window's doing.
    """

    def __init__(self) -> None:
        from PySide6.QtCore import QTimer

        self.longest = 0.0
        self._last = time.thread_time()
        self._timer = QTimer()
        self._timer.timeout.connect(self._tick)
        self._timer.start(0)

    def _tick(self) -> None:
        now = time.thread_time()
        self.longest = max(self.longest, (now - self._last) * 1000)
        self._last = now

    def begin(self) -> None:
        """Forget what was before."""
        self.longest, self._last = 0.0, time.thread_time()


def sit(matters: int) -> dict[str, float]:
    """Open the list of 收文 as a person does, and do there what a person does."""
    here = Path(__file__).resolve()
    sys.path[:0] = [str(here.parent), str(here.parents[1])]
    import big_vault
    from PySide6.QtWidgets import QApplication

    from deskoffice.ui import theme
    from deskoffice.ui.areas import OPENERS
    from deskoffice.ui.desk import Desk
    from deskoffice.ui.jobs import Jobs
    from deskoffice.ui.theme import LIGHT
    from deskoffice.ui.window import MainWindow

    application = QApplication([])
    theme.prepare(application)
    theme.wear(application, LIGHT)
    jobs = Jobs()
    window = MainWindow(Desk(big_vault.opened(matters), jobs, tokens=LIGHT, openers=OPENERS, parent=jobs))
    window.resize(1366, 768)
    window.show()
    found = Visit(application, jobs, window).all()
    window.hide()
    jobs.finish()
    return found


class Visit:
    """What is done at the list, one thing after another, each with its longest wait."""

    def __init__(self, application: object, jobs: object, window: object) -> None:
        self._application, self._jobs, self._window = application, jobs, window
        self._probe = Probe()
        self._rest()

    def _rest(self) -> None:
        from PySide6.QtCore import QEventLoop

        until, quiet = time.perf_counter() + PATIENCE, 0
        while quiet < 50 and time.perf_counter() < until:
            self._application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
            quiet = quiet + 1 if self._jobs.is_idle else 0

    def _measured(self, *acts: object) -> float:
        self._rest()
        self._probe.begin()
        for act in acts:
            act()
            self._rest()
        return self._probe.longest

    def all(self) -> dict[str, float]:
        """Open, scroll, jump, sort, search, select."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        opened = self._measured(lambda: self._window.open_area("incoming"))
        page = self._window.page
        ui, bar = page._ui, page._ui.matterTableView.verticalScrollBar()
        keys = (Qt.Key.Key_PageDown, Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_Home)
        found = {
            "opening 收文": opened,
            "scrolling": self._measured(*[lambda at=at: bar.setValue(bar.maximum() * at // 40) for at in range(40)]),
            "keys": self._measured(*[lambda key=key: QTest.keyClick(ui.matterTableView, key) for key in keys * 3]),
            "chips": self._measured(*[lambda key=key: page.show_scope(key) for key in ("overdue", "all", "open")]),
            "typing a search": self._measured(
                *[lambda text=text: ui.searchLineEdit.setText(text) for text in ("防", "防汛", "防汛抗旱", "")]
            ),
            "selecting many": self._measured(ui.matterTableView.selectAll, ui.matterTableView.clearSelection),
        }
        status = Path("/proc/self/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
        return {**found, "megabytes": int(line.split()[1]) / 1024}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(sit(int(sys.argv[1]))) + "\n")
