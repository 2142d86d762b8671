"""签发: what the check found, the number that will be given, and the words."""

from datetime import date

from PySide6.QtCore import QDate, QModelIndex, QPoint, Qt
from PySide6.QtGui import QColor, QKeySequence, QShortcut, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QDialog, QMenu, QPushButton, QWidget

from deskoffice._generated.circulation.outgoing_sign import Ui_SignDialog
from deskoffice.domain.circulation.outgoing import Signing
from deskoffice.domain.errors import DeskOfficeError, InvalidDraft
from deskoffice.domain.matters import Action, Changes, MatterCard
from deskoffice.domain.numbering import NumberState
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.desk import Desk
from deskoffice.ui.jobs import Progress
from deskoffice.ui.theme import mark
from deskoffice.ui.tree import descendants
from deskoffice.ui.typing import Typing, Values
from deskoffice.usecases import numbering
from deskoffice.usecases.circulation import outgoing, outgoing_check
from deskoffice.usecases.circulation.outgoing_check import CheckLine
from deskoffice.usecases.messages import problem, sentence
from deskoffice.usecases.numbering import NumberChoice

PHRASES = ("同意。", "同意印发。", "请按程序办理。")
Begun = tuple[tuple[CheckLine, ...], tuple[NumberChoice, ...]]


def open_sign(desk: Desk, card: MatterCard, parent: QWidget) -> None:
    """The opener of 签发."""
    SignDialog(desk, card, parent=parent, is_recorded=False).open()


def open_record(desk: Desk, card: MatterCard, parent: QWidget) -> None:
    """The opener of 代录签发."""
    SignDialog(desk, card, parent=parent, is_recorded=True).open()


class SignDialog(QDialog):
    """The signer sees what the check found before he signs; what must be mended first keeps the button dead."""

    def __init__(self, desk: Desk, card: MatterCard, *, parent: QWidget, is_recorded: bool) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._card, self._is_recorded, self._window = desk, card, is_recorded, parent
        self._choices: tuple[NumberChoice, ...] = ()
        self._lines: tuple[CheckLine, ...] = ()
        self._findings = QStandardItemModel(self)
        self._ui = Ui_SignDialog()
        self._ui.setupUi(self)
        self._set_up()
        self._connect()
        key = f"outgoing.sign.{card.row.id}"
        self._typing = Typing(desk, key, form=self, read=self._values, show=self._show_values)
        office, matter_id = desk.office, card.row.id

        def work(progress: Progress) -> Begun:
            del progress
            return outgoing_check.of_stored(office, matter_id), numbering.choices(office, matter_id)

        desk.jobs.run(work, self, done=self._show, failed=self._on_failed)

    def _set_up(self) -> None:
        ui, row, today = self._ui, self._card.row, self._desk.office.today()
        name = self.tr("代录签发") if self._is_recorded else self.tr("签发")
        self.setWindowTitle(f"案头 · {name}")
        ui.actTitleLabel.setText(name)
        ui.matterLabel.setText("　".join(part for part in (row.number, row.title) if part))
        ui.findingsListView.setModel(self._findings)
        ui.dayBlock.setVisible(self._is_recorded)
        ui.dayDateEdit.setMaximumDate(QDate(today.year, today.month, today.day))
        ui.dayDateEdit.setDate(ui.dayDateEdit.maximumDate())
        warning = self.tr("按纸上的原文和日期录入；发文稿纸会注明由您代录。")
        if not self._is_recorded:
            warning = self.tr("签发后正文固定，编发文字号；要改须退回重签。")
        ui.warningLabel.setText(warning)
        ui.donePushButton.setEnabled(False)
        for button in descendants(self, QPushButton):
            button.setAutoDefault(False)
        ui.opinionPlainTextEdit.setFocus()

    def _connect(self) -> None:
        ui = self._ui
        ui.numberComboBox.currentIndexChanged.connect(self._on_number_chosen)
        ui.findingsListView.activated.connect(self._on_finding_chosen)
        ui.phrasesPushButton.clicked.connect(self._on_phrases_clicked)
        ui.cancelPushButton.clicked.connect(self.reject)
        ui.donePushButton.clicked.connect(self._on_done_clicked)
        QShortcut(QKeySequence("Ctrl+Return"), self, self._on_done_clicked)

    def _values(self) -> Values:
        ui = self._ui
        return {"opinion": ui.opinionPlainTextEdit.toPlainText(), "override": ui.overrideLineEdit.text()}

    def _show_values(self, values: Values) -> None:
        self._ui.opinionPlainTextEdit.setPlainText(str(values["opinion"]))
        self._ui.overrideLineEdit.setText(str(values["override"]))
        show_problem(self._ui.restoredLabel, self.tr("已恢复上次没写完的内容。"))

    def _show(self, begun: Begun) -> None:
        self._lines, self._choices = begun
        ui = self._ui
        for line in self._lines:
            item = QStandardItem(("必须改　" if line.is_blocking else "提示　") + line.sentence)
            tokens = self._desk.tokens
            item.setForeground(QColor(tokens.overdue if line.is_blocking else tokens.text))
            self._findings.appendRow(item)
        hard = sum(line.is_blocking and not line.can_be_overridden for line in self._lines)
        soft = sum(line.is_blocking and line.can_be_overridden for line in self._lines)
        text = self.tr("签发前体检：没有发现问题")
        if self._lines:
            text = self.tr("签发前体检：必须改 %1 处，提示 %2 处，回车到那一处")
            text = text.replace("%1", str(hard + soft)).replace("%2", str(len(self._lines) - hard - soft))
        ui.checkLabel.setText(text)
        mark(ui.checkLabel, "grade", "overdue" if hard + soft else "done")
        ui.findingsListView.setVisible(bool(self._lines))
        ui.overrideBlock.setVisible(bool(soft) and not hard)
        # Opened with room for findings; where there are none it is not needed.
        self.resize(self.width(), min(self.height(), self.sizeHint().height()))
        for choice in self._choices:
            ui.numberComboBox.addItem(_choice_text(choice))
        ui.donePushButton.setEnabled(not hard)

    def _on_number_chosen(self, at: int) -> None:
        self._ui.reasonBlock.setVisible(0 <= at < len(self._choices) and self._choices[at].is_gap)

    def _on_finding_chosen(self, index: QModelIndex) -> None:
        """Back to the draft at that place, for those who may change it; others see where it is."""
        del index
        if Action.EDIT in self._desk.offered(self._card):
            self.reject()
            self._desk.act(self._card, Action.EDIT, self._window)

    def _on_phrases_clicked(self) -> None:
        menu, ui = QMenu(self), self._ui
        for phrase in PHRASES:
            menu.addAction(phrase).triggered.connect(
                lambda _=False, text=phrase: ui.opinionPlainTextEdit.insertPlainText(text)
            )
        menu.popup(ui.phrasesPushButton.mapToGlobal(QPoint(0, ui.phrasesPushButton.height())))

    def _signing(self) -> Signing:
        ui, at = self._ui, self._ui.numberComboBox.currentIndex()
        chosen = self._choices[at] if 0 < at < len(self._choices) else None
        return Signing(
            serial=chosen.serial if chosen else None,
            number_reason=ui.numberReasonLineEdit.text().strip(),
            override=ui.overrideLineEdit.text().strip(),
        )

    def _on_done_clicked(self) -> None:
        ui = self._ui
        if not ui.donePushButton.isEnabled():
            return
        office, matter_id, signing = self._desk.office, self._card.row.id, self._signing()
        words, day = ui.opinionPlainTextEdit.toPlainText().strip(), ui.dayDateEdit.date()
        signed_on, is_recorded = date(day.year(), day.month(), day.day()), self._is_recorded

        def work(progress: Progress) -> Changes:
            del progress
            if is_recorded:
                return outgoing.record_signature(office, matter_id, words, signed_on, signing)
            return outgoing.sign(office, matter_id, words, signing)

        ui.donePushButton.setEnabled(False)
        self._desk.jobs.run(work, self, done=self._on_done, failed=self._on_failed)

    def _on_done(self, changes: Changes) -> None:
        self._typing.forget()
        self._desk.tell(self.tr("已签发，文号 %1，下一步已送出").replace("%1", changes.number))
        self._desk.note(changes)
        self.accept()

    def _on_failed(self, error: DeskOfficeError) -> None:
        self._ui.donePushButton.setEnabled(True)
        words = sentence(error)
        if isinstance(error, InvalidDraft):
            words = "；".join(problem(code) for code in error.problems.values())
        show_problem(self._ui.problemLabel, words)


def _choice_text(choice: NumberChoice) -> str:
    if choice.state is NumberState.RESERVED:
        return f"{choice.text}　预留：{choice.reason}"
    return f"{choice.text}　补断号" if choice.is_gap else choice.text
