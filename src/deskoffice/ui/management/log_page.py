"""日志: what was done, by whom, when; proved unbroken, and witnessed outside by checkpoints."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import QDate
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from deskoffice._generated.management.log_page import Ui_LogPage
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.dates import moment_text
from deskoffice.ui.desk import Desk, Page
from deskoffice.ui.files import choose_target
from deskoffice.ui.jobs import Progress
from deskoffice.ui.management.audit_desk import AuditDesk, CompareDialog
from deskoffice.ui.management.long_work import LongWork, WorkBar
from deskoffice.ui.papers import show_paper
from deskoffice.ui.text_table import TextModel, show_in
from deskoffice.ui.theme import mark
from deskoffice.usecases import audits, log_lines, log_paper
from deskoffice.usecases.audits import Sieve
from deskoffice.usecases.log_lines import LogLine, LogVerdict

HEADINGS = ("序号", "时间", "谁", "做了什么", "对象", "说明")
KINDS = (
    ("全部类别", ""),
    ("登录与密钥", "vault."),
    ("口令与双人在场", "access."),
    ("账号与人员", "people."),
    ("收文发文", "circulation."),
    ("查看与附件", "matter."),
    ("用印", "seals."),
    ("会议", "meetings."),
    ("督办", "supervision."),
    ("备份", "backup."),
    ("设置", "settings."),
)
"""What the codes of entries begin with, in words."""
WIDTHS = ("1,000,000", "2026年11月23日 08:30 时间可疑", "欧阳建国", "收回他人对保密库文件夹的权限", "账号 欧阳建国", "")


class LogPage(Page):
    """The auditor's page: newest first, a page at a time, or one day."""

    help_topic = "officers"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._read: list[LogLine] = []
        self._ui = Ui_LogPage()
        self._ui.setupUi(self)
        ui, today = self._ui, desk.office.today()
        self._lines: TextModel[LogLine] = TextModel(HEADINGS, lambda line: _cells(line, today), parent=self)
        show_in(ui.entriesTableView, self._lines, WIDTHS, stretch=5, tokens=desk.tokens)
        for edit in (ui.dayDateEdit, ui.untilDateEdit):
            edit.setDate(QDate(today.year, today.month, today.day))
        for words, prefix in KINDS:
            ui.kindComboBox.addItem(words, prefix)
        ui.personComboBox.addItem(self.tr("所有人"), None)
        office = desk.office
        desk.jobs.run(lambda _: audits.names(office), self, done=self._offer)
        bar = WorkBar(ui.workFrame, ui.workLabel, ui.workProgressBar, ui.stopPushButton)
        self._work = LongWork(desk.jobs, bar, (ui.verifyPushButton,), failed=desk.refuse, parent=self)
        self._connect()

    def _connect(self) -> None:
        ui = self._ui
        ui.dayCheckBox.toggled.connect(ui.dayDateEdit.setEnabled)
        ui.dayCheckBox.toggled.connect(self.refresh)
        ui.dayCheckBox.toggled.connect(ui.untilDateEdit.setEnabled)
        for edit in (ui.dayDateEdit, ui.untilDateEdit):
            edit.dateChanged.connect(self.refresh)
        for box in (ui.personComboBox, ui.kindComboBox):
            box.currentIndexChanged.connect(self.refresh)
        ui.deskPushButton.clicked.connect(self.look_through)
        ui.comparePushButton.clicked.connect(lambda: CompareDialog(self.desk, parent=self.window()).open())
        ui.paperPushButton.clicked.connect(self.print_out)
        ui.morePushButton.clicked.connect(self._on_more_clicked)
        ui.searchLineEdit.textChanged.connect(self._show)
        ui.verifyPushButton.clicked.connect(self.verify)
        ui.checkpointPushButton.clicked.connect(
            lambda: choose_target(
                self.window(),
                self.tr("案头 · 核对点存到哪里"),
                name=self._name("核对点", "txt"),
                chosen=self.checkpoint,
            )
        )
        ui.exportPushButton.clicked.connect(
            lambda: choose_target(
                self.window(), self.tr("案头 · 导出到哪里"), name=self._name("日志核对", "jsonl"), chosen=self.export
            )
        )
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, ui.searchLineEdit.setFocus)

    def _name(self, what: str, suffix: str) -> str:
        return f"{what}{self.desk.office.today():%Y%m%d}.{suffix}"

    def _offer(self, names: dict[int, str]) -> None:
        for number, name in names.items():
            self._ui.personComboBox.addItem(name, number)

    def sieve(self) -> Sieve:
        """Which entries are asked for now."""
        ui = self._ui
        days = [edit.date().toPython() for edit in (ui.dayDateEdit, ui.untilDateEdit)]
        since, until = sorted(day for day in days if isinstance(day, date))
        person, is_bounded = ui.personComboBox.currentData(), ui.dayCheckBox.isChecked()
        return Sieve(
            since=since if is_bounded else None,
            until=until if is_bounded else None,
            account_id=person if isinstance(person, int) else None,
            action=ui.kindComboBox.currentData() or "",
        )

    def look_through(self) -> None:
        """审计要点 of the days above; from a line of it to its entry."""
        page = AuditDesk(self.desk, self.sieve(), parent=self.window())
        page.entry_wanted.connect(self.show_entry)
        page.open()

    def show_entry(self, seq: int) -> None:
        """The log up to this entry, whoever made the ones before it."""
        self._read = []
        self._ui.searchLineEdit.clear()
        self._ask(seq + 1, Sieve())
        self._ui.entriesTableView.setFocus()

    def print_out(self) -> None:
        """The lines of the sieve as a paper for the file."""
        sieve = self.sieve()
        show_paper(self.desk, lambda office: log_paper.paper(office, sieve), parent=self.window())

    def refresh(self) -> None:
        """From the newest entry."""
        self._read = []
        self._ask(None, self.sieve())

    def _on_more_clicked(self) -> None:
        if self._read:
            self._ask(self._read[-1].seq, self.sieve())

    def _ask(self, before: int | None, sieve: Sieve) -> None:
        office = self.desk.office
        self.desk.jobs.run(lambda _: log_lines.page(office, before=before, sieve=sieve), self, done=self._take)

    def _take(self, lines: tuple[LogLine, ...]) -> None:
        self._read += lines
        self._ui.morePushButton.setVisible(len(lines) == audits.PAGE)
        self._show()

    def _show(self) -> None:
        typed, today = self._ui.searchLineEdit.text().strip(), self.desk.office.today()
        found = [line for line in self._read if any(typed in cell for cell in _cells(line, today))]
        self._lines.show_rows(found)
        self._ui.summaryLabel.setText(self.tr("已读出 %1 条").replace("%1", f"{len(found):,}"))

    def verify(self) -> None:
        """Read the whole log and say whether it holds."""
        office = self.desk.office

        def work(progress: Progress) -> LogVerdict:
            return log_lines.verify(office, progress.report)

        self._work.run(self.tr("正在校验"), work, done=self._on_verified)

    def _on_verified(self, verdict: LogVerdict) -> None:
        if verdict.is_good:
            text = self.tr("全部 %1 条日志首尾相接，没有改动、调换、删减。核对值 %2")
        else:
            text = self.tr("日志被动过，共 %1 条，请立即报告保密领导小组，不要再用这个库：%3")
        text = text.replace("%1", f"{verdict.entries:,}").replace("%2", verdict.head)
        self._tell(text.replace("%3", "、".join(verdict.problems)), is_good=verdict.is_good)

    def checkpoint(self, target: Path) -> None:
        """Sign the log into a file that is kept outside."""
        office = self.desk.office
        self.desk.jobs.run(
            lambda _: audits.checkpoint(office, target).code, self, done=lambda code: self._on_checkpoint(target, code)
        )

    def _on_checkpoint(self, target: Path, code: str) -> None:
        text = self.tr("核对点已写到 %1。请把核对码抄到纸质登记本：%2").replace("%1", target.name)
        self._tell(text.replace("%2", code), is_good=True)
        self.refresh()

    def export(self, target: Path) -> None:
        """Hashes for the separate verifier; no content of any entry."""
        office = self.desk.office
        self.desk.jobs.run(
            lambda _: audits.export(office, target),
            self,
            done=lambda count: self._tell(
                self.tr("%1 条日志的核对值已导出，不含日志内容。").replace("%1", f"{count:,}"), is_good=True
            ),
        )

    def _tell(self, text: str, *, is_good: bool) -> None:
        show_problem(self._ui.resultLabel, text)
        mark(self._ui.resultLabel, "grade", "done" if is_good else "overdue")
        self._ui.resultFrame.show()


def _cells(line: LogLine, today: date) -> tuple[str, ...]:
    at = moment_text(line.at, today) + (" 时间可疑" if line.is_doubtful else "")
    return f"{line.seq:,}", at, line.who, line.what, line.subject, line.detail
