"""密钥与整库: what two officers do with the whole vault."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from deskoffice._generated.management.keys_page import Ui_KeysPage
from deskoffice.domain.access import JointAct
from deskoffice.ui.desk import Desk, Page
from deskoffice.ui.files import choose_folder
from deskoffice.ui.joint_dialog import JointSpec, ask_then
from deskoffice.usecases import ceremonies
from deskoffice.usecases.joint import Second
from deskoffice.usecases.office import Office

REKEY = JointSpec(
    JointAct.REKEY,
    "更换数据库密钥",
    "整个数据库换一把新密钥，其间不能办理任何事；换好后退出到登录页。请确认刚做过备份，并且没有人正在办理。",
    "两人确认更换",
)


class KeysPage(Page):
    """Each act says what it is for before it asks for two."""

    help_topic = "security"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._ui = Ui_KeysPage()
        self._ui.setupUi(self)
        self._ui.rekeyPushButton.clicked.connect(self.change_key)
        self._ui.copyPushButton.clicked.connect(
            lambda: choose_folder(self.window(), self.tr("案头 · 复制到哪里"), chosen=self.copy_into)
        )

    def change_key(self) -> None:
        """Ask for both; afterwards everybody logs in again."""
        ask_then(
            self.desk,
            REKEY,
            ceremonies.change_database_key,
            parent=self.window(),
            done=self.desk.lock_wanted.emit,
        )

    def copy_into(self, folder: Path) -> None:
        """Ask for both, then copy into a new folder there."""
        target = folder / f"案头保密库{self.desk.office.today():%Y%m%d}"
        text = self.tr("把整个保密库复制到“%1”。拿到它的人还需要口令才能打开；请按涉密载体登记和保管。")
        spec = JointSpec(
            JointAct.COPY_OUT,
            "复制整库",
            text.replace("%1", target.name),
            "两人确认复制",
            told=f"整库已复制到“{target.name}”，请登记后离机保管",
        )

        def perform(office: Office, second: Second) -> None:
            ceremonies.copy_out(office, second, target)

        ask_then(self.desk, spec, perform, parent=self.window(), done=self.refresh)
