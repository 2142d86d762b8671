"""The longest that the window's thread is away from its events: at every page, and with a million matters open."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

MATTERS = 1_000_000
MOST_MS, MOST_MEGABYTES = 50.0, 300.0
ROUNDS = 3
PATIENCE = 120.0
"""Seconds for one thing that a person does; then the bench itself has failed."""


PRACTICE = 400
"""Documents of the vault whose pages are opened one by one."""
SEATS = ("wangli", "yangguang", "qianjin")
"""Between them they see every page."""


def run() -> Iterator[tuple[str, float, float]]:
    """Each round in a process of its own: what one leaves in memory is not the next one's."""
    found = [_told("list", str(MATTERS)) for _ in range(ROUNDS)]
    megabytes = [one.pop("megabytes") for one in found]
    for name in found[0]:
        yield f"longest wait of the window, {name}, ms", min(one[name] for one in found), MOST_MS
    yield f"memory with {MATTERS:,} matters open, MB", min(megabytes), MOST_MEGABYTES
    with tempfile.TemporaryDirectory() as home:
        _told("practice", home)
        for seat in SEATS:
            rounds = [_told("pages", home, seat) for _ in range(ROUNDS)]
            least = {name: min(one[name] for one in rounds) for name in rounds[0]}
            slowest = max(least, key=lambda name: least[name])
            name = f"opening {len(least)} pages as {seat}, the slowest: {slowest}"
            yield f"longest wait of the window, {name}, ms", least[slowest], MOST_MS


def _told(*words: str) -> dict[str, float]:
    done = subprocess.run([sys.executable, str(Path(__file__)), *words], check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


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


def prepare() -> None:
    """Where this runs by itself."""
    here = Path(__file__).resolve()
    sys.path[:0] = [str(here.parent), str(here.parents[1])]


def build(home: str) -> dict[str, float]:
    """A practice vault, for pages with something on them."""
    from deskoffice.usecases import demo

    demo.build(Path(home) / "vault", documents=PRACTICE, seed=1)
    return {}


def sit_at_list(matters: str) -> dict[str, float]:
    """Open the list of 收文 as a person does, and do there what a person does."""
    import big_vault

    return sit(big_vault.opened(int(matters)), Visit.at_list)


def sit_at_pages(home: str, login: str) -> dict[str, float]:
    """Open every page that this person sees, each for the first time."""
    from deskoffice.usecases import demo_texts
    from deskoffice.usecases.office import open_office

    return sit(open_office(Path(home) / "vault", login, demo_texts.PASSWORD), Visit.at_pages)


def sit(office: object, visit: object) -> dict[str, float]:
    """At the smallest screen of the office."""
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
    window = MainWindow(Desk(office, jobs, tokens=LIGHT, openers=OPENERS, parent=jobs))
    window.resize(1366, 768)
    window.show()
    found = visit(Visit(application, jobs, window))
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

    def at_pages(self) -> dict[str, float]:
        """One page after another, and of the settings every tab."""
        found = {}
        for key in self._window.area_keys:
            found[key] = self._measured(lambda key=key: self._window.open_area(key))
            tabs = getattr(self._window.page._ui, "settingsTabWidget", None)
            for at in range(1, tabs.count() if tabs else 0):
                found[f"{key}/{tabs.tabText(at)}"] = self._measured(partial(tabs.setCurrentIndex, at))
        return found

    def at_list(self) -> dict[str, float]:
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
            "selecting all": self._measured(
                lambda: page.show_scope("all"), ui.matterTableView.selectAll, ui.matterTableView.clearSelection
            ),
        }
        status = Path("/proc/self/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
        return {**found, "megabytes": int(line.split()[1]) / 1024}


if __name__ == "__main__":
    prepare()
    way = {"list": sit_at_list, "practice": build, "pages": sit_at_pages}[sys.argv[1]]
    sys.stdout.write(json.dumps(way(*sys.argv[2:]), ensure_ascii=False) + "\n")
