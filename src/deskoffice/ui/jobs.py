"""Work off the window's thread: a worker for the database, one for what is being typed, answers in the window."""

import threading
from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar, cast

import shiboken6
from PySide6.QtCore import QObject, Qt, QThread, QTimer, Signal, Slot

from deskoffice.domain.errors import DeskOfficeError
from deskoffice.ui.turns import Turns

T = TypeVar("T")
SLOW_MS = 300
"""Shorter waits show nothing: a bar that flashes says less than none."""


class Stopped(Exception):
    """The person pressed stop; the work leaves at its next report."""


class Progress:
    """What running work says about itself, and how it learns that it should stop."""

    def __init__(self, tell: Callable[[int, int], None]) -> None:
        self._tell = tell
        self._stop = threading.Event()

    def report(self, done: int, total: int) -> bool:
        """Say how far the work is; False when it should stop, for libraries that ask by return value."""
        self._tell(done, total)
        return not self._stop.is_set()

    def check(self) -> None:
        """Raise `Stopped` when the person pressed stop."""
        if self._stop.is_set():
            raise Stopped

    def stop(self) -> None:
        """Ask the work to leave at its next report."""
        self._stop.set()


class Job(Generic[T]):
    """One piece of work with its owner and the two ways it can end."""

    def __init__(
        self,
        work: Callable[[Progress], T],
        owner: QObject,
        *,
        done: Callable[[T], None],
        failed: "Failed",
        tell: "Tell",
    ) -> None:
        self.work = work
        self.owner = owner
        self.done = done
        self.failed = failed
        self.progress = Progress(tell)
        self.is_dropped = False
        self.has_begun = False
        self.result: T | None = None
        self.error: BaseException | None = None

    def drop(self) -> None:
        """Forget the answer; work that has not begun is not begun."""
        self.is_dropped = True

    def run(self) -> None:
        """In the worker's thread."""
        if self.is_dropped:
            return
        self.has_begun = True
        try:
            self.result = self.work(self.progress)
        except BaseException as error:  # noqa: BLE001 - carried to the window's thread and raised or shown there
            self.error = error

    def answer(self) -> None:
        """In the window's thread: call back, unless the page has gone."""
        if self.is_dropped or not shiboken6.isValid(self.owner) or isinstance(self.error, Stopped):
            return
        if isinstance(self.error, DeskOfficeError):
            self.failed(self.error)
        elif self.error is not None:
            raise self.error
        else:
            self.done(cast("T", self.result))  # the work returned, so this is its T, which may be None


Failed = Callable[[DeskOfficeError], None]
Tell = Callable[[int, int], None]
AnyJob = Job[object]


class _Worker(QObject):
    """Lives in a thread of its own; takes one job for each that was submitted, in that order."""

    finished = Signal(object)
    _submitted = Signal()
    _ended = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._queue: deque[AnyJob] = deque()
        self._thread = QThread()
        self._thread.setObjectName(name)
        self.moveToThread(self._thread)
        self._submitted.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._end, Qt.ConnectionType.QueuedConnection)
        self._thread.start()

    def submit(self, job: AnyJob) -> None:
        """Behind everything submitted before."""
        self._queue.append(job)
        self._submitted.emit()

    def finish(self) -> None:
        """Do what was submitted, end the thread."""
        self._ended.emit()
        self._thread.wait()

    @Slot()
    def _take(self) -> None:
        job = self._queue.popleft()
        job.run()
        self.finished.emit(job)

    @Slot()
    def _end(self) -> None:
        QThread.currentThread().quit()


class Jobs(QObject):
    """The queues in front of the two threads. Closing them waits for the work that has begun.

    What is being typed is stored aside: behind the setting of a page or a long import it would be lost by a power cut.
    """

    slow_changed = Signal(bool)
    """True when work has been running for longer than a person notices."""
    progressed = Signal(int, int)
    failed = Signal(object)
    """A DeskOfficeError nobody else asked for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pending: list[AnyJob] = []
        self._turns: list[Turns] = []
        self._worker, self._journal = _Worker("database"), _Worker("journal")
        for worker in (self._worker, self._journal):
            worker.finished.connect(self._on_finished, Qt.ConnectionType.QueuedConnection)
        self._patience = QTimer(self, singleShot=True, interval=SLOW_MS)
        self._patience.timeout.connect(lambda: self.slow_changed.emit(True))

    def run(
        self,
        work: Callable[[Progress], T],
        owner: QObject,
        *,
        done: Callable[[T], None],
        failed: Failed | None = None,
        aside: bool = False,
    ) -> Job[T]:
        """Do `work` after everything submitted before; `aside`, after what else is kept of typing and before nothing.

        Answers are dropped with `owner`.
        """
        job = Job(work, owner, done=done, failed=failed or self.failed.emit, tell=self.progressed.emit)
        self._pending.append(cast("AnyJob", job))  # a queue of every T
        if not self._patience.isActive() and len(self._pending) == 1:
            self._patience.start()
        (self._journal if aside else self._worker).submit(cast("AnyJob", job))
        return job

    def join(self, turns: Turns) -> Turns:
        """Nothing is idle before what the window's own thread does in parts is done too."""
        self._turns = [*(one for one in self._turns if shiboken6.isValid(one)), turns]
        return turns

    @property
    def is_idle(self) -> bool:
        """Nothing is waiting or running."""
        return not self._pending and all(one.is_idle for one in self._turns if shiboken6.isValid(one))

    def stop_running(self) -> None:
        """Ask the work that runs now to leave."""
        for job in self._pending:
            if job.has_begun:
                job.progress.stop()

    def stop_all(self) -> None:
        """Ask it of what waits as well: work that never asks whether to stop is done whole."""
        for job in self._pending:
            job.progress.stop()

    def finish(self, last: Callable[[], None] = lambda: None) -> None:
        """Do what was submitted and then the `last`, answer nobody, end the threads."""
        for worker in (self._journal, self._worker):
            worker.finished.disconnect(self._on_finished)
        self._journal.finish()
        self.run(lambda _: last(), self, done=lambda _: None)
        self._worker.finish()

    @Slot(object)
    def _on_finished(self, job: AnyJob) -> None:
        self._pending.remove(job)
        if not self._pending:
            self._patience.stop()
            self.slow_changed.emit(False)
        job.answer()
