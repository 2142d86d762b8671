"""Notices when nobody has touched the keyboard or the mouse for the set minutes."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class IdleWatch(QObject):
    """Filters the events of whichever window has the focus; `idle` comes once for each absence."""

    idle = Signal()

    def __init__(self, app: QGuiApplication, minutes: int, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, singleShot=True, interval=minutes * 60_000)
        self._timer.timeout.connect(self.idle)
        self._timer.start()
        # On windows and not on the application: there Python would be asked about every paint event as well.
        app.focusWindowChanged.connect(self._on_focus_window_changed)

    def _on_focus_window_changed(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Every touch begins the wait anew."""
        if event.type() in TOUCHES:
            self._timer.start()
        return super().eventFilter(watched, event)
