"""审计要点 and 核对核对点: what the auditor looks at in a period, and the log against a witness from outside."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from deskoffice._generated.management.audit_desk import Ui_AuditDesk
from deskoffice._generated.management.compare_dialog import Ui_CompareDialog
from deskoffice.domain.errors import DeskOfficeError
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.desk import Desk
from deskoffice.ui.files import ANY_FILE, choose_files
from deskoffice.ui.text_table import EmptyNote, TextModel, show_in
from deskoffice.ui.theme import mark
from deskoffice.usecases import audit_desk
from deskoffice.usecases.audit_desk import Compared, Finding, Kind
from deskoffice.usecases.audits import Sieve
from deskoffice.usecases.messages import problem, sentence

HEADINGS = ("日志序号", "类别", "时间", "谁", "情况")
WIDTHS = ("1,000,000", "打印后未登记分发", "2026-11-23 08:30", "欧阳建国", "")
LONGEST_DAYS = 31


class AuditDesk(QDialog):
    """A month is looked through when the page shows everything."""

    entry_wanted = Signal(int)
    """The number in the log of what a line speaks of."""

    def __init__(self, desk: Desk, sieve: Sieve, *, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._found: Sequence[Finding] = ()
        self._ui = Ui_AuditDesk()
        self._ui.setupUi(self)
        ui, office = self._ui, desk.office
        self._lines: TextModel[Finding] = TextModel(HEADINGS, _cells, parent=self)
        show_in(ui.findingsTableView, self._lines, WIDTHS, stretch=4, tokens=desk.tokens)
        ui.kindComboBox.addItem(self.tr("全部类别"), "")
        for kind in Kind:
            ui.kindComboBox.addItem(kind.value, kind.value)
        ui.kindComboBox.currentIndexChanged.connect(self._show)
        ui.closePushButton.clicked.connect(self.reject)
        ui.findingsTableView.activated.connect(self._on_activated)
        until = sieve.until or office.today()
        since = sieve.since or until.fromordinal(until.toordinal() - LONGEST_DAYS)
        self._period = f"{since:%Y年%-m月%-d日} 至 {until:%Y年%-m月%-d日}"
        desk.jobs.run(lambda _: audit_desk.findings(office, since, until), self, done=self._take, failed=desk.refuse)

    def _on_activated(self, index: QModelIndex) -> None:
        one = self._lines.row(index.row())
        if one is not None:
            self.entry_wanted.emit(one.seq)
            self.accept()

    def _take(self, found: Sequence[Finding]) -> None:
        self._found = found
        EmptyNote(self._ui.findingsTableView, self.tr("这段时间没有要问的事。"))
        self._show()

    def _show(self) -> None:
        wanted = self._ui.kindComboBox.currentData()
        rows = [one for one in self._found if not wanted or one.kind.value == wanted]
        self._lines.show_rows(rows)
        text = self.tr("%1，%2 条").replace("%1", self._period).replace("%2", f"{len(rows):,}")
        self._ui.summaryLabel.setText(text)


class CompareDialog(QDialog):
    """One witness after the other; each answer says what it means."""

    def __init__(self, desk: Desk, *, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self._ui = Ui_CompareDialog()
        self._ui.setupUi(self)
        ui = self._ui
        ui.comparePushButton.clicked.connect(self.compare_code)
        ui.codeLineEdit.returnPressed.connect(self.compare_code)
        ui.cancelPushButton.clicked.connect(self.reject)
        ui.filePushButton.clicked.connect(
            lambda: choose_files(self, self.tr("案头 · 选核对点文件"), self._take_file, name_filter=ANY_FILE)
        )
        QShortcut(QKeySequence("Ctrl+Return"), self, self.compare_code)

    def compare_code(self) -> None:
        """The twenty characters from paper."""
        code, office = self._ui.codeLineEdit.text().strip(), self._desk.office
        show_problem(self._ui.codeProblemLabel, "" if code else problem("required"))
        if code:
            self._desk.jobs.run(
                lambda _: audit_desk.compare_code(office, code), self, done=self._show, failed=self._on_failed
            )

    def compare_file(self, path: Path) -> None:
        """A checkpoint from a stick."""
        office = self._desk.office
        self._desk.jobs.run(
            lambda _: audit_desk.compare_file(office, path), self, done=self._show, failed=self._on_failed
        )

    def _take_file(self, paths: list[Path]) -> None:
        if paths:
            self.compare_file(paths[0])

    def _show(self, found: Compared) -> None:
        show_problem(self._ui.problemLabel, "")
        show_problem(self._ui.resultLabel, found.text)
        mark(self._ui.resultLabel, "grade", "done" if found.is_good else "overdue")

    def _on_failed(self, error: DeskOfficeError) -> None:
        show_problem(self._ui.resultLabel, "")
        show_problem(self._ui.problemLabel, sentence(error))


def _cells(one: Finding) -> tuple[str, ...]:
    return f"{one.seq:,}", one.kind.value, f"{one.at:%Y-%m-%d %H:%M}", one.who, one.text
