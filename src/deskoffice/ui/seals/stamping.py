"""用印: the approved page large, the checklist beside it, the button dead until each line is ticked."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QDialog, QPushButton, QWidget

from deskoffice._generated.seals.stamping import Ui_StampingDialog
from deskoffice.domain.errors import DeskOfficeError
from deskoffice.domain.matters import Action, Changes, ContentRole, ContentRow, MatterCard
from deskoffice.domain.seals import StampCheck, Stamping, StampingSheet
from deskoffice.domain.values import secrecy_mark
from deskoffice.ui.act_dialog import ActSpec, show_problem
from deskoffice.ui.dates import moment_text
from deskoffice.ui.desk import Desk, Opener
from deskoffice.ui.tree import descendants
from deskoffice.ui.typing import Typing, Values
from deskoffice.usecases import seal_register, seals
from deskoffice.usecases.messages import sentence
from deskoffice.usecases.words import word


def open_stamping(refusal: ActSpec) -> Opener:
    """The opener of the act; from the page the keeper may also refuse."""

    def opener(desk: Desk, card: MatterCard, parent: QWidget) -> None:
        StampingDialog(desk, card, refusal=refusal, parent=parent).open()

    return opener


class StampingDialog(QDialog):
    """Shows the version that was approved; says how many imprints were made and why they differ."""

    def __init__(self, desk: Desk, card: MatterCard, *, refusal: ActSpec, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._card, self._refusal, self._window = desk, card, refusal, parent
        self._sheet: StampingSheet | None = None
        self._typing: Typing | None = None
        self._ui = Ui_StampingDialog()
        self._ui.setupUi(self)
        self._checks = self._check_boxes()
        self._connect()
        self.resize(parent.size() * 0.96)
        self._ui.splitter.setSizes([self.width() * 62 // 100, self.width() * 38 // 100])
        row, office = card.row, desk.office
        self._ui.matterLabel.setText("　".join(part for part in (row.number, row.title) if part))
        self._ui.levelLabel.setText(secrecy_mark(row.level, row.secrecy_years))
        self._show_ready()
        desk.jobs.run(
            lambda _: seal_register.stamping_sheet(office, row.id), self, done=self._show, failed=self._on_failed
        )

    def _check_boxes(self) -> Mapping[StampCheck, QCheckBox]:
        ui = self._ui
        return {
            StampCheck.SIGNATURE_SEEN: ui.signatureSeenCheckBox,
            StampCheck.ISSUER_MATCHES: ui.issuerMatchesCheckBox,
            StampCheck.NOT_BLANK: ui.notBlankCheckBox,
            StampCheck.COUNTS_MATCH: ui.countsMatchCheckBox,
            StampCheck.STRADDLES: ui.straddlesCheckBox,
        }

    def _connect(self) -> None:
        ui = self._ui
        for box in self._checks.values():
            box.toggled.connect(self._show_ready)
        ui.donePushButton.clicked.connect(self._on_done_clicked)
        ui.refusePushButton.clicked.connect(self._on_refuse_clicked)
        ui.cancelPushButton.clicked.connect(self.reject)
        QShortcut(QKeySequence("Ctrl+Return"), self, ui.donePushButton.click)
        for button in descendants(self, QPushButton):
            button.setAutoDefault(False)

    def _show(self, sheet: StampingSheet) -> None:
        self._sheet = sheet
        ui, today = self._ui, self._desk.office.today()
        if sheet.seal is None:
            ui.sealLabel.setText(self.tr("用哪枚印章"))
            for seal in sheet.seals:
                ui.sealComboBox.addItem(seal.name, seal.id)
        else:
            ui.sealLabel.setText(sheet.seal.name)
        ui.sealComboBox.setVisible(sheet.seal is None)
        people = self.tr("%1 申请　%2 批准于 %3")
        values = (sheet.requester, sheet.approver, moment_text(sheet.approved_at, today))
        for place, text in enumerate(values, start=1):
            people = people.replace(f"%{place}", text)
        ui.peopleLabel.setText(people)
        for check, box in self._checks.items():
            box.setVisible(check in sheet.checks)
        self._show_counts(sheet)
        attached = self.tr("随附 %1，一并核对。").replace("%1", "、".join(sheet.attached)) if sheet.attached else ""
        ui.fileLabel.setText(f"{attached}{word(sheet.file)}")
        if sheet.seal is None and not sheet.seals:
            show_problem(ui.problemLabel, self.tr("还没有在用的印章，请先在左边“印章”里登记。"))
        if not sheet.is_unchanged:
            show_problem(ui.problemLabel, self.tr("这份文件或附件在批准后换过，不能盖章；请不予用印，退回重新报批。"))
        ui.paperPreview.show_content(self._desk, sheet.paper_matter_id, _content(sheet))
        self._show_ready()
        self._checks[sheet.checks[0]].setFocus()
        key = f"stamping.{sheet.row.id}"
        self._typing = Typing(self._desk, key, form=self, read=self._values, show=self._show_values)

    def _values(self) -> Values:
        """The note alone: ticks are given anew with the paper before the eyes."""
        return {"note": self._ui.notePlainTextEdit.toPlainText()}

    def _show_values(self, values: Values) -> None:
        self._ui.notePlainTextEdit.setPlainText(str(values["note"]))

    def _show_counts(self, sheet: StampingSheet) -> None:
        text = self.tr("批准 %1 份，盖 %2 枚")
        self._ui.approvedLabel.setText(text.replace("%1", str(sheet.copies)).replace("%2", str(sheet.imprints)))
        self._ui.stampedSpinBox.setMaximum(sheet.imprints)
        self._ui.stampedSpinBox.setValue(sheet.imprints)

    def _ticked(self) -> frozenset[StampCheck]:
        return frozenset(check for check, box in self._checks.items() if box.isChecked())

    def _show_ready(self) -> None:
        """The button lives when every line is ticked, and says what is missing until then."""
        sheet, button = self._sheet, self._ui.donePushButton
        left = 0 if sheet is None else sum(check not in self._ticked() for check in sheet.checks)
        button.setEnabled(sheet is not None and sheet.is_unchanged and not left)
        button.setText(self.tr("还有 %n 项未核对", "", left) if left else self.tr("用印  Ctrl+Enter"))

    def _on_done_clicked(self) -> None:
        sheet, office = self._sheet, self._desk.office
        if sheet is None:
            return
        ui = self._ui
        done = Stamping(
            seen_digest=sheet.digest,
            checks=self._ticked(),
            stamped=ui.stampedSpinBox.value(),
            spoiled=ui.spoiledSpinBox.value(),
            note=ui.notePlainTextEdit.toPlainText().strip(),
            seal_id=ui.sealComboBox.currentData(),
        )
        ui.donePushButton.setEnabled(False)
        self._desk.jobs.run(
            lambda _: seals.stamp(office, sheet.row.id, done), self, done=self._on_done, failed=self._on_failed
        )

    def _on_done(self, changes: Changes) -> None:
        if self._typing is not None:
            self._typing.forget()
        self._desk.tell(self.tr("已用印，记入用印登记簿"))
        self._desk.note(changes)
        self.accept()

    def _on_failed(self, error: DeskOfficeError) -> None:
        self._show_ready()
        is_about_note = error.code == "seal_difference_unexplained"
        show_problem(self._ui.noteProblemLabel, sentence(error) if is_about_note else "")
        show_problem(self._ui.problemLabel, "" if is_about_note else sentence(error))
        if is_about_note:
            self._ui.notePlainTextEdit.setFocus()
            self._ui.checksScrollArea.ensureWidgetVisible(self._ui.noteProblemLabel)

    def _on_refuse_clicked(self) -> None:
        if Action.REFUSE in self._card.actions:
            self._refusal(self._desk, self._card, self._window)
            self.reject()


def _content(sheet: StampingSheet) -> ContentRow:
    return ContentRow(
        id=sheet.content_id,
        content_id=sheet.content_id,
        role=ContentRole.APPROVED,
        version=1,
        name=sheet.paper_name,
        media_type=sheet.media_type,
        size=0,
        digest=sheet.digest,
        author=sheet.approver,
        created_at=sheet.approved_at,
    )
