"""Asks for one name."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from deskoffice._generated.name_dialog import Ui_NameDialog


class NameDialog(QDialog):
    """One line; the button waits until something is written."""

    def __init__(self, question: str, suggested: str, *, chosen: Callable[[str], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._ui = Ui_NameDialog()
        self._ui.setupUi(self)
        self._ui.questionLabel.setText(question)
        self._ui.nameLineEdit.setAccessibleName(question)
        self._ui.nameLineEdit.textChanged.connect(lambda text: self._ui.savePushButton.setEnabled(bool(text.strip())))
        self._ui.nameLineEdit.setText(suggested)
        self._ui.nameLineEdit.selectAll()
        self._ui.savePushButton.setEnabled(bool(suggested))
        self._ui.savePushButton.clicked.connect(self.accept)
        self._ui.cancelPushButton.clicked.connect(self.reject)
        self.accepted.connect(lambda: chosen(self._ui.nameLineEdit.text().strip()))
