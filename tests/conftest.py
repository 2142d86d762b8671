"""Conditions of every test: no network, a home of its own, no dialog that waits, no window or thread left behind."""

import gc
import os
import shutil
import threading
from collections.abc import Generator, Iterator
from pathlib import Path

import factories
import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox
from vault.boxes import remember_kdf

from deskoffice import sandbox
from deskoffice.usecases.office import Office, open_office

SAMPLES = Path(__file__).resolve().parents[2] / "shared" / "samples"
CANARIES = (factories.PASSWORD, "-Passw0rd", "AGE-SECRET-KEY-1")
"""What no output may hold: passwords of all tests, and how a backup key begins."""
THREADS = pytest.StashKey[set[threading.Thread]]()


def pytest_sessionstart() -> None:
    """The program's own closing, so that its tests prove it: workers and children inherit the kernel's filter."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sandbox.close()


@pytest.fixture(scope="session", autouse=True)
def _home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing of the person who runs the tests is read or written."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        for name in ("CONFIG", "DATA", "CACHE", "STATE"):
            patch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
        yield
    written = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    told = [path for path, raw in written.items() if any(canary.encode() in raw for canary in CANARIES)]
    assert told == [], "a secret stands in a file of the program's own"


@pytest.fixture(scope="session", autouse=True)
def _keys_once() -> Iterator[None]:
    """Every test unlocks copies of the same few vaults: deriving their keys anew was a fifth of the whole run."""
    forget = remember_kdf()
    yield
    forget()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A password or the beginning of a key in what a test printed, logged or raised fails it."""
    report = yield
    said = "".join(text for _, text in report.sections)
    if report.passed and any(canary in said for canary in CANARIES):
        report.outcome = "failed"
        report.longrepr = f"a secret stands in the output of {item.nodeid}"
    return report


@pytest.fixture(autouse=True)
def _no_stray_modal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A forgotten modal dialog fails its test instead of stopping the run."""

    def refuse(self: QDialog, *arguments: object) -> int:
        raise AssertionError(f"unexpected modal dialog: {type(self).__name__} {self.windowTitle()!r}")

    monkeypatch.setattr(QDialog, "exec", refuse)
    monkeypatch.setattr(QMessageBox, "exec", refuse)


@pytest.fixture(scope="session")
def samples() -> Path:
    """Papers of real offices, beside the repository; absent in a clone that stands alone."""
    if not SAMPLES.is_dir():
        pytest.skip("no ../shared/samples here")
    return SAMPLES


@pytest.fixture(scope="session")
def founded_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault founded once: a dozen accounts cost a dozen key derivations."""
    folder = tmp_path_factory.mktemp("founded") / "vault"
    factories.found(folder, factories.monday_morning()).office.close()
    return folder


@pytest.fixture
def office(founded_folder: Path, tmp_path: Path) -> Iterator[Office]:
    """A real office on a vault of its own, open for the 机要员 on a Monday morning."""
    folder = tmp_path / "vault"
    shutil.copytree(founded_folder, folder)
    opened = open_office(folder, "wangli", factories.PASSWORD, clock=factories.monday_morning())
    yield opened
    opened.close()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    item.parent.stash.setdefault(THREADS, set(threading.enumerate()))


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None, None, None]:
    """Deliver the deletions that pytest-qt only asks for, then look for what a test forgot."""
    yield
    application = QApplication.instance()
    if isinstance(application, QApplication):
        for widget in application.topLevelWidgets():
            widget.hide()
            widget.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        if application.topLevelWidgets():
            gc.collect()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        assert not application.topLevelWidgets(), f"windows left behind: {application.topLevelWidgets()}"
    if nextitem is None or nextitem.parent is not item.parent:
        _join_threads(threading.enumerate(), item.parent.stash[THREADS])


def _join_threads(now: list[threading.Thread], before: set[threading.Thread]) -> None:
    """Fixtures of a module may hold a thread, so the look is taken when its last test is over."""
    started = [thread for thread in now if thread not in before and not thread.daemon]
    for thread in started:
        thread.join(1)
    alive = [thread for thread in started if thread.is_alive()]
    assert not alive, f"threads left behind: {alive}"
