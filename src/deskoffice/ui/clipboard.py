"""What is copied here leaves the clipboard again: after a time, at lock and at the end."""

from PySide6.QtCore import QMimeData, QObject, Qt, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

HISTORY_MARK = "x-kde-passwordManagerHint"
_MODES = (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)


class ClipboardGuard(QObject):
    """Only what was copied while this program was in front is cleared: others' copies are none of its business."""

    def __init__(self, app: QGuiApplication, seconds: int, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app, self._clipboard = app, app.clipboard()
        self._ours: dict[QClipboard.Mode, str] = {}
        self._timer = QTimer(self, singleShot=True, interval=seconds * 1000)
        self._timer.timeout.connect(self.clear)
        self._clipboard.changed.connect(self._on_changed)

    @property
    def is_waiting(self) -> bool:
        """Something of ours is there, and its time runs."""
        return self._timer.isActive()

    def clear(self) -> None:
        """Now."""
        self._timer.stop()
        for mode in tuple(self._ours):
            self._clipboard.clear(mode)
        self._ours.clear()

    def _on_changed(self, mode: QClipboard.Mode) -> None:
        copied = self._clipboard.mimeData(mode) if mode in _MODES else None
        # At work somewhere else: the desktop does not always tell who owns it.
        if copied is None or self._app.applicationState() != Qt.ApplicationState.ApplicationActive:
            self._ours.pop(mode, None)
        elif copied.formats():
            self._timer.start()
            text = copied.text()
            if not copied.hasFormat(HISTORY_MARK) and self._ours.get(mode) != text:
                self._ours[mode] = text
                self._mark(copied, mode)

    def _mark(self, copied: QMimeData, mode: QClipboard.Mode) -> None:
        """Managers of clipboard histories leave out what carries the mark."""
        marked = QMimeData()
        for name in copied.formats():
            marked.setData(name, copied.data(name))
        marked.setData(HISTORY_MARK, b"secret")
        self._clipboard.setMimeData(marked, mode)
