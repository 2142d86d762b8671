"""两位三员到场: a restored vault, or one put back, is written to again after both have typed their passwords."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from deskoffice._generated.joint_dialog import Ui_JointDialog
from deskoffice.domain.access import JointAct
from deskoffice.domain.errors import DeskOfficeError
from deskoffice.domain.people import AccountRow
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.desk import Desk
from deskoffice.ui.joint_dialog import JointSpec, Typed, forget, show_spec
from deskoffice.usecases import ceremonies
from deskoffice.usecases.messages import problem, sentence

WARNING = (
    "确认之后，日志从这里接着写，丢掉的那一段不再找回。请先查明原因，核对最近的核对点和备份登记；"
    "两位三员的姓名、签名和两头的核对值都记入日志。"
)
SPEC = JointSpec(JointAct.ACCEPT, "确认继续使用", WARNING, "两人确认")


class AcceptDialog(QDialog):
    """Both officers type; whoever is logged in need not be one of them."""

    def __init__(self, desk: Desk, accepted: Callable[[], None], *, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._then = desk, accepted
        self._ui = Ui_JointDialog()
        self._ui.setupUi(self)
        ui = self._ui
        show_spec(self, ui, SPEC)
        ui.firstNameLabel.hide()
        self._both = (
            Typed(self, ui.firstPersonComboBox, ui.firstPasswordLineEdit, ui.firstKeyFilePushButton),
            Typed(self, ui.personComboBox, ui.passwordLineEdit, ui.keyFilePushButton),
        )
        self._told = ""
        self.finished.connect(lambda: forget(desk, self._told, *self._both))
        ui.donePushButton.clicked.connect(self._on_done_clicked)
        office = desk.office
        desk.jobs.run(lambda _: ceremonies.officers(office), self, done=self._offer)

    def _offer(self, rows: Sequence[AccountRow]) -> None:
        for at, typed in enumerate(self._both):
            typed.offer([*rows[at:], *rows[:at]])
        self._ui.firstPasswordLineEdit.setFocus()

    def _on_done_clicked(self) -> None:
        ui = self._ui
        labels = (ui.firstPasswordProblemLabel, ui.passwordProblemLabel)
        for typed, label in zip(self._both, labels, strict=True):
            show_problem(label, problem("required") if typed.is_empty else "")
        if any(typed.is_empty for typed in self._both) or not ui.donePushButton.isEnabled():
            return
        first, second = (typed.take() for typed in self._both)
        office = self._desk.office
        ui.donePushButton.setEnabled(False)
        self._desk.jobs.run(
            lambda _: ceremonies.accept(office, first, second), self, done=self._on_done, failed=self._on_failed
        )

    def _on_done(self, result: None) -> None:
        del result
        self._told = self.tr("已确认，可以继续办理；请写出一个核对点存到介质")
        self.accept()
        self._then()

    def _on_failed(self, error: DeskOfficeError) -> None:
        self._ui.donePushButton.setEnabled(True)
        show_problem(self._ui.problemLabel, sentence(error))
        self._ui.firstPasswordLineEdit.setFocus()
