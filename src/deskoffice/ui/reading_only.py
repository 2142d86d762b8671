"""A vault that takes no writing: every button is out of use and says why, but those that only show something."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QPushButton

from deskoffice.domain.errors import DeskOfficeError
from deskoffice.usecases.messages import sentence

READS, WRITES = "reads", "writes"
"""Properties of a button: it only shows something; it writes though it looks like one that narrows a list."""
LEAVING = {"cancelPushButton", "closePushButton"}
_SEEN = {QEvent.Type.Polish, QEvent.Type.EnabledChange, QEvent.Type.DynamicPropertyChange}


class ReadingOnly(QObject):
    """Watches the buttons of the whole program from its making to `lift`: a new one is refused until it is marked."""

    def __init__(self, refusal: DeskOfficeError, parent: QObject) -> None:
        super().__init__(parent)
        self.reason = sentence(refusal)
        if (application := QApplication.instance()) is not None:
            application.installEventFilter(self)

    def lift(self) -> None:
        """Let buttons be used that are made from now on."""
        if (application := QApplication.instance()) is not None:
            application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A button that is shown, or that its page puts into use, is put out of use again."""
        if event.type() in _SEEN and isinstance(watched, QPushButton) and not only_shows(watched):
            watched.setEnabled(False)
            watched.setToolTip(self.reason)
            watched.setAccessibleDescription(self.reason)
        return False


def only_shows(button: QPushButton) -> bool:
    """Chips that narrow a list, what leads away from a dialog, Qt's own, and what is marked in its form."""
    if isinstance(button.parent(), QDialogButtonBox) or button.objectName() in LEAVING or button.property(READS):
        return True
    return button.property("role") == "chip" and not button.property(WRITES)
