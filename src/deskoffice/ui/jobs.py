"""Work off the window's thread: one worker for the database, answers back in the window's thread."""

import threading
from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar, cast

import shiboken6
from PySide6.QtCore import QObject, Qt, QThread, QTimer, Signal, Slot

from deskoffice.domain.errors import DeskOfficeError

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


class _Queue:
    """Jobs in the order of submission, what is to be kept of somebody's typing before the rest."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._soon: deque[AnyJob] = deque()
        self._rest: deque[AnyJob] = deque()

    def put(self, job: AnyJob, *, soon: bool) -> None:
        """Behind the others of its lane."""
        with self._lock:
            (self._soon if soon else self._rest).append(job)

    def next(self) -> AnyJob:
        """One for each that was put."""
        with self._lock:
            return (self._soon or self._rest).popleft()


class _Worker(QObject):
    """Lives in the database thread; takes one job for each that was submitted."""

    finished = Signal(object)

    def __init__(self, queue: _Queue) -> None:
        super().__init__()
        self._queue = queue

    @Slot()
    def take(self) -> None:
        job = self._queue.next()
        job.run()
        self.finished.emit(job)

    @Slot()
    def end(self) -> None:
        """After everything submitted before."""
        QThread.currentThread().quit()


class Jobs(QObject):
    """The queue in front of the one database thread. Closing it waits for the work that has begun."""

    slow_changed = Signal(bool)
    """True when work has been running for longer than a person notices."""
    progressed = Signal(int, int)
    failed = Signal(object)
    """A DeskOfficeError nobody else asked for."""
    _submitted = Signal()
    _ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pending: list[AnyJob] = []
        self._thread = QThread()
        self._thread.setObjectName("database")
        self._queue = _Queue()
        self._worker = _Worker(self._queue)
        self._worker.moveToThread(self._thread)
        self._submitted.connect(self._worker.take, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._worker.end, Qt.ConnectionType.QueuedConnection)
        self._worker.finished.connect(self._on_finished, Qt.ConnectionType.QueuedConnection)
        self._patience = QTimer(self, singleShot=True, interval=SLOW_MS)
        self._patience.timeout.connect(lambda: self.slow_changed.emit(True))
        self._thread.start()

    def run(
        self,
        work: Callable[[Progress], T],
        owner: QObject,
        *,
        done: Callable[[T], None],
        failed: Failed | None = None,
        soon: bool = False,
    ) -> Job[T]:
        """Do `work` after everything submitted before, or as the next when it is to be `soon`.

        Answers are dropped with `owner`.
        """
        job = Job(work, owner, done=done, failed=failed or self.failed.emit, tell=self.progressed.emit)
        self._pending.append(cast("AnyJob", job))  # a queue of every T
        if not self._patience.isActive() and len(self._pending) == 1:
            self._patience.start()
        self._queue.put(cast("AnyJob", job), soon=soon)
        self._submitted.emit()
        return job

    @property
    def is_idle(self) -> bool:
        """Nothing is waiting or running."""
        return not self._pending

    def stop_running(self) -> None:
        """Ask the work that runs now to leave."""
        for job in self._pending:
            if job.has_begun:
                job.progress.stop()

    def finish(self) -> None:
        """Do what was submitted, answer nobody, end the thread."""
        self._worker.finished.disconnect(self._on_finished)
        self._ended.emit()
        self._thread.wait()

    @Slot(object)
    def _on_finished(self, job: AnyJob) -> None:
        self._pending.remove(job)
        if not self._pending:
            self._patience.stop()
            self.slow_changed.emit(False)
        job.answer()
