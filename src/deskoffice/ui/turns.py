"""Work of the window's thread that is done in parts, so that no key and no click waits for all of it."""

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

Step = Callable[[], object]


class Turns(QObject):
    """Takes one step in each turn of the event loop; who needs what they lead to has them taken at once.

    Qt paints and fires timers in the same turn, so that a turn is left out for painting what was changed before.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps: deque[Step] = deque()
        self._rests = 0
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._on_turn)

    @property
    def is_idle(self) -> bool:
        """Nothing is left to be done."""
        return not self._steps

    def begin(self, *steps: Step) -> None:
        """Take these; what was left of others is not wanted any more."""
        self._steps.clear()
        self.add(*steps)

    def add(self, *steps: Step) -> None:
        """Take these after what is left."""
        self._steps.extend(steps)
        if self._steps:
            # The timer fires once more in the turn that this is called in.
            self._rests = 2
            self._timer.start()

    def settle(self) -> None:
        """Take all that are left, now."""
        while self._steps:
            self._steps.popleft()()

    def _on_turn(self) -> None:
        if self._rests:
            self._rests -= 1
        elif self._steps:
            self._rests = 1
            self._steps.popleft()()
        if not self._steps:
            self._timer.stop()
