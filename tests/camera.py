"""Takes pictures of windows at both screen sizes, when everything in them is read and painted."""

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QSize, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

from deskoffice.ui.jobs import Jobs
from deskoffice.ui.pages_view import PagesView
from deskoffice.ui.window import MainWindow

SIZES = (QSize(1366, 768), QSize(1920, 1080))
PATIENCE = 60
TICK_MS = 10


class Camera:
    """Takes each picture once, at both sizes."""

    def __init__(self, app: QApplication, words: list[str], *, out: Path, prefix: str = "") -> None:
        self.app, self._words, self._out, self._prefix = app, words, out, prefix
        self.jobs: Jobs | None = None
        self.taken: list[str] = []

    def settle(self, pause: float = 0.12) -> None:
        """Until nothing is being read, and what was read is painted."""
        started = time.monotonic()
        self.wait(lambda: time.monotonic() - started >= pause and not self._is_busy())
        for _ in range(3):  # the last answers ask for a new layout, the layout for new paint
            self.app.processEvents()
            self.wait(lambda: not self._is_busy())

    def wait(self, is_over: Callable[[], bool], patience: float = PATIENCE) -> None:
        """Go on living until something is so; the tick wakes the loop when nothing else does."""
        tick = QTimer(interval=TICK_MS)
        tick.start()
        started = time.monotonic()
        while not is_over() and time.monotonic() - started < patience:
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        tick.stop()

    def _is_busy(self) -> bool:
        if self.jobs is not None and not self.jobs.is_idle:
            return True
        return any(isinstance(one, PagesView) and not one.is_painted for one in self.app.allWidgets())

    def wants(self, name: str) -> bool:
        """Not taken yet, and asked for."""
        return name not in self.taken and (
            not self._words or any(word in f"{self._prefix}{name}" for word in self._words)
        )

    def wants_some(self, beginning: str) -> bool:
        """Some picture of these is asked for by name, or all are."""
        return not self._words or any(word.startswith(f"{self._prefix}{beginning}") for word in self._words)

    def take(self, name: str, widget: QWidget) -> None:
        """A picture of a window at each size."""
        if not self.wants(name):
            return
        for size in SIZES:
            widget.resize(size)
            self.settle()
            self.save(name, size, widget)

    def save(self, name: str, size: QSize, widget: QWidget) -> None:
        """Write one picture."""
        if name not in self.taken:
            self.taken.append(name)
        folder = self._out / f"{size.width()}x{size.height()}"
        folder.mkdir(parents=True, exist_ok=True)
        widget.grab().save(str(folder / f"{self._prefix}{name}.png"))

    def dialog(self, window: MainWindow, name: str, open_it: Callable[[], None]) -> None:
        """Open something over the window at each size, take it, close it."""
        if not self.wants(name):
            return
        for size in SIZES:
            window.resize(size)
            self.settle()
            self._open_and_take(name, size, open_it)

    def _open_and_take(self, name: str, size: QSize, open_it: Callable[[], None]) -> None:
        open_it()
        self.settle(0.3)
        shown = self.app.activeModalWidget() or self._last_window()
        if shown is None:
            return
        self.save(name, size, shown)
        while (top := self.app.activeModalWidget()) is not None:
            top.close()
            self.settle()
        if isValid(shown) and shown.isVisible():
            shown.close()
        self.settle()

    def _last_window(self) -> QWidget | None:
        others = [one for one in self.app.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
        return others[-1] if others else None
