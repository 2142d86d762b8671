"""账号: who may log in, with which roles and clearance; 三员 are apart from one another and from business."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QDialog, QPushButton, QWidget

from deskoffice._generated.management.account_form import Ui_AccountForm
from deskoffice.domain.access import JointAct
from deskoffice.domain.errors import DeskOfficeError, InvalidDraft
from deskoffice.domain.people import OFFICERS, AccountDraft, AccountRow, PersonRow, Role
from deskoffice.domain.values import Classification
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.desk import Desk, Page
from deskoffice.ui.forms import camel
from deskoffice.ui.joint_dialog import JointSpec, ask_then
from deskoffice.ui.management.record_page import Done, RecordAct, RecordPage, RecordSpec
from deskoffice.ui.tree import descendants
from deskoffice.usecases import people
from deskoffice.usecases.joint import Second
from deskoffice.usecases.messages import problem, sentence
from deskoffice.usecases.office import Office
from deskoffice.usecases.words import word

SHOWN = ("login", "password")
"""Fields whose problems have a place of their own; what is wrong with the roles stands under them."""


@dataclass(frozen=True, slots=True)
class Task:
    """What the form is opened for: a new account, or the roles of one."""

    title: str
    told: str
    row: AccountRow | None
    done: Done


class AccountForm(QDialog):
    """A new account of a person without one, or the roles and clearance of an account."""

    def __init__(self, desk: Desk, task: Task, *, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._task = desk, task
        self._ui = Ui_AccountForm()
        self._ui.setupUi(self)
        self.setWindowTitle(f"案头 · {task.title}")
        self._ui.formTitleLabel.setText(task.title)
        self._boxes = {role: self._box(role) for role in Role}
        for level in Classification:
            self._ui.clearanceComboBox.addItem(word(level), level)
        self._connect()
        self._begin(task.row)

    def _box(self, role: Role) -> QCheckBox:
        name = f"{camel(role.value)}CheckBox"
        return next(box for box in descendants(self, QCheckBox) if box.objectName() == name)

    def _connect(self) -> None:
        self._ui.savePushButton.clicked.connect(self._save)
        self._ui.cancelPushButton.clicked.connect(self.reject)
        for box in self._boxes.values():
            box.toggled.connect(self._keep_apart)
        for button in descendants(self, QPushButton):
            button.setAutoDefault(False)
        QShortcut(QKeySequence("Ctrl+Return"), self, self._save)

    def _begin(self, row: AccountRow | None) -> None:
        ui = self._ui
        if row is None:
            office = self._desk.office
            self._desk.jobs.run(lambda _: people.persons(office), self, done=self._offer)
            return
        ui.newWidget.hide()
        ui.formTitleLabel.setText(f"{self._task.title}：{row.name}（{row.login}）")
        ui.clearanceComboBox.setCurrentIndex(list(Classification).index(row.clearance))
        for role, box in self._boxes.items():
            box.setChecked(role in row.roles)
        self._keep_apart()

    def _offer(self, persons: Sequence[PersonRow]) -> None:
        for person in persons:
            if person.account_id is None:
                self._ui.personComboBox.addItem(f"{person.name}　{person.post}", person.id)

    def _keep_apart(self) -> None:
        """Offer no role that cannot stand beside those ticked."""
        ticked = self._roles()
        for role, box in self._boxes.items():
            is_free = not ticked or role in ticked or (role not in OFFICERS and not ticked & OFFICERS)
            box.setEnabled(is_free)

    def _roles(self) -> frozenset[Role]:
        return frozenset(role for role, box in self._boxes.items() if box.isChecked())

    def _save(self) -> None:
        ui, roles, row = self._ui, self._roles(), self._task.row
        clearance = list(Classification)[ui.clearanceComboBox.currentIndex()]
        person_id = ui.personComboBox.currentData() or 0
        draft = AccountDraft(ui.loginLineEdit.text().strip(), ui.passwordLineEdit.text(), person_id, roles, clearance)

        def store(office: Office) -> None:
            if row is not None:
                people.change_account(office, row.id, roles, clearance)
            elif not person_id:
                raise InvalidDraft({"person": "required"})
            else:
                people.add_account(office, draft)

        office = self._desk.office
        ui.savePushButton.setEnabled(False)
        self._desk.jobs.run(lambda _: store(office), self, done=self._on_saved, failed=self._on_failed)

    def _on_saved(self, result: None) -> None:
        del result
        self._desk.tell(self._task.told)
        self._task.done()
        self.accept()

    def _on_failed(self, error: DeskOfficeError) -> None:
        ui = self._ui
        ui.savePushButton.setEnabled(True)
        problems = error.problems if isinstance(error, InvalidDraft) else {}
        labels = {"person": ui.personProblemLabel, "login": ui.loginProblemLabel, "password": ui.passwordProblemLabel}
        for name, label in labels.items():
            show_problem(label, problem(problems[name]) if name in problems else "")
        is_about_roles = error.code.startswith("roles_")
        show_problem(ui.rolesProblemLabel, sentence(error) if is_about_roles else "")
        show_problem(ui.problemLabel, "" if problems or is_about_roles else sentence(error))


def _open_new(desk: Desk, parent: QWidget, done: Done) -> None:
    told = "账号已建立；涉及全办公室的内容，等一位业务人员登录后自动交接"
    AccountForm(desk, Task("建立账号", told, None, done), parent=parent).open()


def _open_change(desk: Desk, row: AccountRow, parent: QWidget, done: Done) -> None:
    AccountForm(desk, Task("调整岗位和涉密等级", "已调整，下次登录生效", row, done), parent=parent).open()


def _disable(desk: Desk, row: AccountRow, parent: QWidget, done: Done) -> None:
    text = f"停用 {row.name}（{row.login}）的账号。密钥随即销毁，不能恢复；写过的内容都保留。须两位三员同时在场。"
    spec = JointSpec(JointAct.DISABLE, "停用账号", text, "停用并销毁密钥", f"{row.name}的账号已停用")

    def perform(office: Office, second: Second) -> None:
        people.disable_account(office, row.id, second)

    ask_then(desk, spec, perform, parent=parent, done=done)


def _cells(row: AccountRow) -> tuple[str, ...]:
    roles = "、".join(word(role) for role in Role if role in row.roles)
    return row.name, row.login, roles, word(row.clearance), "已停用" if row.is_disabled else ""


SPEC: RecordSpec[AccountRow] = RecordSpec(
    title="账号",
    headings=("姓名", "登录名", "岗位", "涉密等级", "状态"),
    widths=("欧阳建国", "zhangweiguo88", "", "涉密等级", "已停用"),
    stretch=2,
    read=people.accounts,
    cells=_cells,
    faint=lambda row: row.is_disabled,
    empty="还没有账号。",
    new="建立账号",
    open_new=_open_new,
    acts=(
        RecordAct(
            "调整岗位和涉密等级",
            _open_change,
            lambda desk, row: desk.actor.has(Role.SECURITY_ADMIN) and not row.is_disabled,
        ),
        RecordAct(
            "停用…",
            _disable,
            lambda desk, row: not row.is_disabled and row.id != desk.actor.account_id,
            is_dangerous=True,
        ),
    ),
    explanation="系统管理员建账号、停用账号；安全保密管理员定岗位和涉密等级。",
)


def accounts_page(desk: Desk) -> Page:
    """The page."""
    return RecordPage(desk, SPEC)
