"""The first day: names, the three officers and the first account, printed secrets. Four pages, about three minutes."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QFont, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from deskoffice._generated.first_run import Ui_FirstRun
from deskoffice.domain.errors import DeskOfficeError, InvalidDraft
from deskoffice.domain.people import Role
from deskoffice.domain.values import Classification
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.files import choose_target
from deskoffice.ui.jobs import Jobs, Progress
from deskoffice.ui.management.restore_dialog import RestoreDialog
from deskoffice.ui.tree import descendants
from deskoffice.usecases.founding import Founded, FoundingAccount, FoundingDraft, create_office
from deskoffice.usecases.messages import problem, sentence
from deskoffice.usecases.settings import OfficeSettings

NAMES, ACCOUNTS, SECRETS, READY = range(4)
TITLES = ("办公室名称", "人员与口令", "恢复份额与备份密钥", "完成")
PEOPLE = (
    # The first business account opens the office and runs its papers alone until others are added.
    ("clerk", "机要员", frozenset({Role.CONFIDENTIAL_CLERK, Role.SECRETARIAT, Role.DRAFTER}), Classification.SECRET),
    ("system", "系统管理员", frozenset({Role.SYSTEM_ADMIN}), Classification.PUBLIC),
    ("security", "安全保密管理员", frozenset({Role.SECURITY_ADMIN}), Classification.PUBLIC),
    ("audit", "安全审计员", frozenset({Role.AUDIT_ADMIN}), Classification.PUBLIC),
)
SHARE_NOTE = "装封保管，交接登记。三份中任意两份可以重设口令；单独一份打不开任何东西。"
PRINTED_FAMILIES = ["Noto Sans Mono CJK SC", "monospace"]
"""Of equal width: no digit is taken for a letter, and Qt writes into the PDF which characters it shows."""
PRINTED_POINTS = 14
KEY_NOTE = "装封保管，与备份盘分开。恢复备份时要用。"


class FirstRun(QWidget):
    """Founds the office. The vault is made when the accounts are confirmed; the secrets are then shown once."""

    founded = Signal(object)
    """Office, open under the first business account."""
    restored = Signal()
    """The vault of another machine was brought back from a backup."""

    def __init__(self, jobs: Jobs, vault_folder: Path) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._jobs, self._folder = jobs, vault_folder
        self._made: Founded | None = None
        self._ui = Ui_FirstRun()
        self._ui.setupUi(self)
        self.setWindowTitle(self.tr("案头 · 建立办公室"))
        self._ui.folderPathLabel.setText(str(vault_folder))
        self._connect()
        self._show_page(NAMES)

    def _connect(self) -> None:
        ui = self._ui
        ui.nextPushButton.clicked.connect(self._on_next_clicked)
        ui.backPushButton.clicked.connect(lambda: self._show_page(NAMES))
        ui.restorePushButton.clicked.connect(self._on_restore_clicked)
        ui.printPushButton.clicked.connect(self._on_print_clicked)
        ui.pdfPushButton.clicked.connect(self._on_pdf_clicked)
        for box in (ui.sharesCheckBox, ui.keysCheckBox):
            box.toggled.connect(self._show_buttons)
        ui.officeNameLineEdit.editingFinished.connect(self._on_name_entered)
        for line in descendants(self, QLineEdit):
            is_last = line in (ui.codeLineEdit, ui.auditAgainLineEdit)
            line.returnPressed.connect(ui.nextPushButton.click if is_last else self.focusNextChild)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closed before the last step: the vault is made, so the office is closed properly."""
        made, self._made = self._made, None
        if made is not None:
            self._jobs.run(lambda _: made.office.close(), self._jobs, done=lambda _: None)
        super().closeEvent(event)

    def _show_page(self, page: int) -> None:
        ui = self._ui
        ui.pageStack.setCurrentIndex(page)
        ui.stepLabel.setText(TITLES[page])
        ui.stepsLabel.setText(self.tr("第 %1 步，共 4 步").replace("%1", str(page + 1)))
        show_problem(ui.problemLabel, "")
        self._show_buttons()
        first = {NAMES: ui.officeNameLineEdit, ACCOUNTS: ui.clerkNameLineEdit, SECRETS: ui.printPushButton}.get(page)
        (first or ui.nextPushButton).setFocus()

    def _on_name_entered(self) -> None:
        """Nearly every red head is the name of the office; it can still be changed."""
        ui, name = self._ui, self._ui.officeNameLineEdit.text().strip()
        if name and not ui.issuerMarkLineEdit.text().strip():
            ui.issuerMarkLineEdit.setText(f"{name}文件")

    def _show_buttons(self) -> None:
        ui, page = self._ui, self._ui.pageStack.currentIndex()
        ui.backPushButton.setVisible(page == ACCOUNTS)
        ui.restorePushButton.setVisible(page == NAMES)
        words = {NAMES: self.tr("下一步"), ACCOUNTS: self.tr("建立办公室"), SECRETS: self.tr("已妥善保管，下一步")}
        ui.nextPushButton.setText(words.get(page, self.tr("开始办公")))
        is_kept = ui.sharesCheckBox.isChecked() and ui.keysCheckBox.isChecked()
        ui.nextPushButton.setEnabled(page != SECRETS or is_kept)

    def _on_restore_clicked(self) -> None:
        dialog = RestoreDialog(self._jobs, parent=self, target=self._folder)
        dialog.restored.connect(lambda _: self.restored.emit())
        dialog.open()

    def _on_next_clicked(self) -> None:
        page = self._ui.pageStack.currentIndex()
        if page == NAMES and self._names_are_there():
            self._show_page(ACCOUNTS)
        elif page == ACCOUNTS and self._passwords_agree():
            self._found()
        elif page == SECRETS:
            self._ui.secretsLabel.clear()
            self._show_page(READY)
        elif page == READY and self._made is not None:
            office, self._made = self._made.office, None
            self.founded.emit(office)

    def _names_are_there(self) -> bool:
        ui = self._ui
        lines = (
            (ui.officeNameLineEdit, ui.officeNameProblemLabel),
            (ui.shortNameLineEdit, ui.shortNameProblemLabel),
            (ui.issuerMarkLineEdit, ui.issuerMarkProblemLabel),
            (ui.codeLineEdit, ui.codeProblemLabel),
        )
        for line, label in lines:
            show_problem(label, "" if line.text().strip() else problem("required"))
        return all(line.text().strip() for line, _ in lines)

    def _passwords_agree(self) -> bool:
        for name, title, _, _ in PEOPLE:
            if not self._line(name, "Name").text().strip() or not self._line(name, "Login").text().strip():
                show_problem(self._ui.accountsProblemLabel, self.tr("请填写%1的姓名和登录名").replace("%1", title))
                return False
            if self._line(name, "Password").text() != self._line(name, "Again").text():
                text = self.tr("%1两次输入的口令不一样").replace("%1", title)
                show_problem(self._ui.accountsProblemLabel, text)
                self._line(name, "Password").setFocus()
                return False
        show_problem(self._ui.accountsProblemLabel, "")
        return True

    def _line(self, name: str, part: str) -> QLineEdit:
        return next(line for line in descendants(self, QLineEdit) if line.objectName() == f"{name}{part}LineEdit")

    def _draft(self) -> FoundingDraft:
        ui = self._ui
        settings = OfficeSettings(
            office_name=ui.officeNameLineEdit.text().strip(),
            short_name=ui.shortNameLineEdit.text().strip(),
            issuer_name=ui.officeNameLineEdit.text().strip(),
        )
        accounts = tuple(
            FoundingAccount(
                login=self._line(name, "Login").text().strip(),
                password=self._line(name, "Password").text(),
                name=self._line(name, "Name").text().strip(),
                post=title,
                roles=roles,
                clearance=clearance,
            )
            for name, title, roles, clearance in PEOPLE
        )
        return FoundingDraft(settings, ui.codeLineEdit.text().strip(), ui.issuerMarkLineEdit.text().strip(), accounts)

    def _found(self) -> None:
        draft, folder = self._draft(), self._folder
        self._ui.nextPushButton.setEnabled(False)
        self._ui.workProgressBar.setVisible(True)

        def work(progress: Progress) -> Founded:
            del progress
            return create_office(folder, draft)

        self._jobs.run(work, self, done=self._on_founded, failed=self._on_failed)

    def _on_founded(self, made: Founded) -> None:
        self._made = made
        self._ui.workProgressBar.setVisible(False)
        self._ui.secretsLabel.setText(secrets_text(made))
        self._show_page(SECRETS)

    def _on_failed(self, error: DeskOfficeError) -> None:
        self._ui.workProgressBar.setVisible(False)
        self._ui.nextPushButton.setEnabled(True)
        codes = error.problems.values() if isinstance(error, InvalidDraft) else ()
        text = "；".join(problem(code) for code in dict.fromkeys(codes)) or sentence(error)
        show_problem(self._ui.problemLabel, text)

    def _on_print_clicked(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        dialog.accepted.connect(lambda: self._document().print_(printer))
        QDialog.open(dialog)

    def _on_pdf_clicked(self) -> None:
        choose_target(self, self.tr("案头 · 存到 U 盘"), name="恢复份额与备份密钥.pdf", chosen=self._write_pdf)

    def _write_pdf(self, target: Path) -> None:
        writer = QPdfWriter(str(target))
        writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        self._document().print_(writer)
        self._ui.savedLabel.setText(self.tr("已存为 %1，共 5 页，一页装一封").replace("%1", target.name))

    def _document(self) -> QTextDocument:
        """One sheet for each envelope, so that no sheet holds two secrets."""
        made = self._made
        document = QTextDocument()
        # In points: the screen's font counts pixels, and those of a printer are too small to read.
        font = QFont(PRINTED_FAMILIES)
        font.setPointSizeF(PRINTED_POINTS)
        document.setDefaultFont(font)
        if made is None:
            return document
        office = self._ui.officeNameLineEdit.text().strip()
        shares = [(f"恢复份额 {at} / 3", share, SHARE_NOTE) for at, share in enumerate(made.recovery_shares, start=1)]
        keys = [(f"备份密钥 {at} / 2", key, KEY_NOTE) for at, key in enumerate(made.backup_keys, start=1)]
        parts = [
            f"<div style='page-break-before:{'always' if at else 'auto'}'><h2>{office}</h2><h1>{title}</h1>"
            f"<p>{secret}</p><p>{note}</p></div>"
            for at, (title, secret, note) in enumerate(shares + keys)
        ]
        document.setHtml("".join(parts))
        return document


def secrets_text(made: Founded) -> str:
    """All secrets for the screen, numbered."""
    lines = [f"恢复份额 {at} / 3\n{share}" for at, share in enumerate(made.recovery_shares, start=1)]
    lines += [f"备份密钥 {at} / 2\n{key}" for at, key in enumerate(made.backup_keys, start=1)]
    return "\n\n".join(lines)
