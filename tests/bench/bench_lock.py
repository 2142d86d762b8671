"""From the lock to the log-in page of a new process, and how exactly an absence is counted (criterion 43)."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve()
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1])]
MOST_SECONDS, IDLE_MINUTES, IDLE_MOST = 1.0, 1, 5.0
ROUNDS = 2


def run() -> Iterator[tuple[str, float, float]]:
    """Seconds that the processes work, on the machine of the criteria: what others take is not the lock's doing."""
    with tempfile.TemporaryDirectory() as held:
        import factories
        from bench_criteria import slowness

        folder = Path(held) / "vault"
        factories.found(folder, factories.monday_morning()).office.close()
        taken = [told("lock", str(folder)) / max(1.0, slowness()) for _ in range(ROUNDS)]
    yield "43 从锁定到新进程的登录页（秒）", min(taken), MOST_SECONDS
    yield "43 闲置锁定与规定时间之差（秒）", abs(told("idle", "") - 60 * IDLE_MINUTES), IDLE_MOST


def told(what: str, argument: str) -> float:
    """What a process of its own measures."""
    done = subprocess.run([sys.executable, str(HERE), what, argument], check=True, capture_output=True, text=True)
    return float(json.loads(done.stdout.splitlines()[-1]))


def lock(folder: Path) -> None:
    """Sit at the desk, lock, and become the program that asks for the password."""
    import factories
    from PySide6.QtWidgets import QApplication

    from deskoffice.ui import theme
    from deskoffice.ui.application import Session
    from deskoffice.ui.window import MainWindow
    from deskoffice.usecases.office import prove_person

    application = QApplication([])
    theme.prepare(application)

    def again() -> None:
        os.execv(sys.executable, [sys.executable, str(HERE), "login", str(folder), str(begun)])

    session = Session(application, folder, relock=again)
    session.enter(prove_person(folder, "wangli", factories.PASSWORD))
    while not isinstance(session.window, MainWindow) or not session.jobs.is_idle:
        application.processEvents()
    begun = time.process_time()
    session.lock("idle")


def login(folder: Path, begun: float) -> None:
    """The program as it starts, until its first page is painted."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QWidget

    from deskoffice import app, sandbox
    from deskoffice.ui.application import Session

    show = Session._show

    def shown(session: Session, window: QWidget) -> None:
        show(session, window)
        window.repaint()
        sys.stdout.write(json.dumps(time.process_time() - begun) + "\n")
        QTimer.singleShot(0, QApplication.quit)

    Session._show = shown
    sandbox.close()
    app.open_window(folder)


def idle() -> None:
    """An absence of a minute."""
    from PySide6.QtWidgets import QApplication

    from deskoffice.ui.idle import IdleWatch

    application, begun = QApplication([]), time.monotonic()
    watch = IdleWatch(application, IDLE_MINUTES)
    watch.idle.connect(application.quit)
    application.exec()
    sys.stdout.write(json.dumps(time.monotonic() - begun) + "\n")


if __name__ == "__main__":
    act, *given = sys.argv[1:]
    if act == "lock":
        lock(Path(given[0]))
    elif act == "login":
        login(Path(given[0]), float(given[1]))
    else:
        idle()
