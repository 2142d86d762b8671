"""Work that takes its time: a bar that says how far it is, and a button that stops it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QPushButton, QWidget

from deskoffice.domain.errors import DeskOfficeError
from deskoffice.ui.jobs import Failed, Job, Jobs, Progress

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class WorkBar:
    """The widgets of the bar, as each page's form has them."""

    frame: QFrame
    label: QLabel
    bar: QProgressBar
    stop: QPushButton


class LongWork(QObject):
    """One piece of work at a time; the buttons that start it are dead meanwhile."""

    def __init__(
        self, jobs: Jobs, bar: WorkBar, starters: tuple[QWidget, ...], *, failed: Failed, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._jobs, self._bar, self._starters, self._failed = jobs, bar, starters, failed
        self._progress: Progress | None = None
        self._what = ""
        bar.stop.clicked.connect(self._on_stop_clicked)
        jobs.progressed.connect(self._on_progressed)

    def run(self, what: str, work: Callable[[Progress], T], *, done: Callable[[T], None]) -> None:
        """Start; `what` stands before the bar."""

        def finished(result: T) -> None:
            self._end()
            done(result)

        def failed(error: DeskOfficeError) -> None:
            self._end()
            self._failed(error)

        self._what = what
        self._bar.label.setText(what)
        self._bar.bar.setRange(0, 0)
        self._bar.stop.setEnabled(True)
        self._bar.frame.show()
        for button in self._starters:
            button.setEnabled(False)
        job: Job[T] = self._jobs.run(work, self, done=finished, failed=failed)
        self._progress = job.progress

    def _end(self) -> None:
        self._progress = None
        self._bar.frame.hide()
        for button in self._starters:
            button.setEnabled(True)

    def _on_progressed(self, done: int, total: int) -> None:
        if self._progress is None or total <= 0:
            return
        # Bytes of a backup are more than a progress bar's integer holds.
        self._bar.bar.setRange(0, 1000)
        self._bar.bar.setValue(done * 1000 // total)
        self._bar.label.setText(f"{self._what} {done * 100 // total}%")

    def _on_stop_clicked(self) -> None:
        if self._progress is not None:
            self._progress.stop()
            self._bar.stop.setEnabled(False)
            self._bar.label.setText(self.tr("正在停止…"))
