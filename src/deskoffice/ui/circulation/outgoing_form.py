"""拟稿: the text at the left, the page as it will print at the right, what to look at below."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QColor, QKeySequence, QShortcut, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from deskoffice._generated.circulation.outgoing_form import Ui_OutgoingForm
from deskoffice.domain.circulation.outgoing import OutgoingDraft
from deskoffice.domain.errors import DeskOfficeError, InvalidDraft
from deskoffice.domain.matters import Changes, MatterKind
from deskoffice.domain.numbering import SeriesRow
from deskoffice.domain.values import Classification
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.circulation.outgoing_proof import RENDERED_WIDTH
from deskoffice.ui.circulation.outgoing_typed import OutgoingTyped, draft_of, empty, typed_of
from deskoffice.ui.desk import Desk
from deskoffice.ui.files import choose_files, read_files
from deskoffice.ui.forms import FormBinding
from deskoffice.ui.jobs import Job, Progress
from deskoffice.ui.theme import mark
from deskoffice.ui.tree import descendants
from deskoffice.ui.typing import Typing
from deskoffice.usecases import settings
from deskoffice.usecases.circulation import outgoing, outgoing_draft, outgoing_import, outgoing_proof
from deskoffice.usecases.circulation.outgoing_check import CheckLine
from deskoffice.usecases.circulation.outgoing_import import RULES, WORDS, ImportedDraft
from deskoffice.usecases.circulation.outgoing_proof import Proof
from deskoffice.usecases.messages import sentence
from deskoffice.usecases.words import word

PAUSE_MS = 600
"""The page is set again when the typing rests for so long."""
FOLDED = (
    *("level", "secrecy_years", "retention"),
    *("copy_to", "joint_with", "attachment_titles", "note", "kept_rules"),
)
RETENTIONS = ("永久", "30年", "10年")
Begun = tuple[tuple[SeriesRow, ...], OutgoingDraft | None]


class OutgoingForm(QDialog):
    """Drafts one document, new or stored (`matter_id`); what is typed goes only when the writer says so."""

    def __init__(self, desk: Desk, parent: QWidget, *, matter_id: int | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._matter_id = desk, matter_id
        self._series: tuple[SeriesRow, ...] = ()
        self._stored: OutgoingTyped | None = None
        self._job: Job[Proof] | None = None
        self._typing: Typing | None = None
        self._pdf = b""
        self._ui = Ui_OutgoingForm()
        self._ui.setupUi(self)
        self._form = FormBinding(self, OutgoingTyped)
        self._findings = QStandardItemModel(self)
        self._ui.findingsListView.setModel(self._findings)
        self._ui.retentionComboBox.addItems(RETENTIONS)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._connect()
        self._watch()
        self.resize(parent.size() * 0.96)
        self._ui.splitter.setSizes([self.width() * 11 // 20, self.width() * 9 // 20])
        self._begin()

    def _connect(self) -> None:
        ui = self._ui
        self._fill_rules()
        ui.importPushButton.clicked.connect(lambda: choose_files(self, self.tr("案头 · 导入文稿"), self._import))
        ui.levelComboBox.currentIndexChanged.connect(self._show_level)
        ui.discardPushButton.clicked.connect(self._on_discard_clicked)
        ui.cancelPushButton.clicked.connect(self.reject)
        ui.savePushButton.clicked.connect(lambda: self._save(self._on_saved))
        ui.submitPushButton.clicked.connect(lambda: self._save(self._submit))
        ui.morePushButton.toggled.connect(ui.moreWidget.setVisible)
        ui.inPushButton.clicked.connect(lambda: ui.proofView.zoom(larger=True))
        ui.outPushButton.clicked.connect(lambda: ui.proofView.zoom(larger=False))
        ui.findingsListView.clicked.connect(self._on_finding_chosen)
        ui.findingsListView.activated.connect(self._on_finding_chosen)
        self._pause.timeout.connect(self._prove)
        ui.proofView.page_wanted.connect(self._draw_page)
        QShortcut(QKeySequence("Ctrl+S"), self, ui.savePushButton.click)
        QShortcut(QKeySequence("Ctrl+Return"), self, ui.submitPushButton.click)
        for button in descendants(self, QPushButton):
            button.setAutoDefault(False)

    def _fill_rules(self) -> None:
        """A switch for each rule of cleaning; what is switched off is printed as it was typed."""
        ui, menu = self._ui, QMenu(self)
        for code in RULES:
            action = menu.addAction(WORDS[code])
            action.setCheckable(True)
            action.triggered.connect(lambda _: self._on_rule_switched())
        menu.aboutToShow.connect(self._show_rules)
        ui.rulesPushButton.setMenu(menu)

    def _show_rules(self) -> None:
        kept = self._ui.keptRulesLineEdit.text().split("、")
        for action in self._ui.rulesPushButton.menu().actions():
            action.setChecked(action.text() not in kept)

    def _on_rule_switched(self) -> None:
        kept = [one.text() for one in self._ui.rulesPushButton.menu().actions() if not one.isChecked()]
        self._ui.keptRulesLineEdit.setText("、".join(kept))

    def _watch(self) -> None:
        """Every field changes the page; so does moving to another paragraph."""
        for line in descendants(self, QLineEdit):
            line.textChanged.connect(self._pause.start)
            line.returnPressed.connect(self.focusNextChild)
        for combo in descendants(self, QComboBox):
            combo.currentIndexChanged.connect(self._pause.start)
        for spin in descendants(self, QSpinBox):
            spin.valueChanged.connect(self._pause.start)
        for text in descendants(self, QPlainTextEdit):
            text.textChanged.connect(self._pause.start)
        self._ui.bodyTextPlainTextEdit.cursorPositionChanged.connect(self._pause.start)

    def _begin(self) -> None:
        office, matter_id = self._desk.office, self._matter_id

        def work(progress: Progress) -> Begun:
            del progress
            found = [row for row in settings.all_series(office) if row.kind == MatterKind.OUTGOING]
            stored = None if matter_id is None else outgoing_draft.draft_of(office, matter_id)
            kept = [row for row in found if not row.is_retired or (stored and stored.series_id == row.id)]
            return tuple(kept), stored

        self._desk.jobs.run(work, self, done=self._show)

    def _show(self, begun: Begun) -> None:
        self._series, stored = begun
        ui = self._ui
        ui.seriesComboBox.addItems([row.code for row in self._series])
        self._form.show(typed_of(stored, self._series) if stored else empty(self._series))
        ui.levelComboBox.setEnabled(stored is None)
        ui.formTitleLabel.setText(self.tr("修改文稿") if stored else self.tr("拟稿"))
        ui.titleLineEdit.setFocus()
        self._stored = self._form.read()
        key = "outgoing" if self._matter_id is None else f"outgoing.{self._matter_id}"
        self._typing = Typing(self._desk, key, form=self, read=self._form.values, show=self._form.show_values)
        self._typing.restored.connect(lambda: self._set_restored(visible=True))

    def _set_restored(self, *, visible: bool) -> None:
        self._ui.restoredLabel.setVisible(visible)
        self._ui.discardPushButton.setVisible(visible)

    def _on_discard_clicked(self) -> None:
        if self._stored is not None:
            self._form.show(self._stored)
        self._begin_typing_anew()

    def _begin_typing_anew(self) -> None:
        self._set_restored(visible=False)
        if self._typing is not None:
            self._typing.begin_anew()

    def _show_level(self, chosen: int) -> None:
        level, banner = list(Classification)[chosen], self._ui.bannerLabel
        banner.setText(self.tr("本稿密级：%1").replace("%1", word(level)))
        banner.setVisible(level > Classification.PUBLIC)
        mark(banner, "level", str(level.value))

    def _prove(self) -> None:
        if self._job is not None:
            self._job.drop()
        typed, office = self._form.read(), self._desk.office
        if not typed.body_text:
            self._ui.proofLabel.setText(self.tr("写下正文就能看到"))
            return
        series, matter_id = self._series, self._matter_id
        paragraph = self._ui.bodyTextPlainTextEdit.textCursor().block().text()
        self._job = self._desk.jobs.run(
            lambda _: outgoing_proof.proof(office, draft_of(typed, series), matter_id=matter_id, paragraph=paragraph),
            self,
            done=self._show_proof,
            failed=lambda error: self._ui.proofLabel.setText(sentence(error)),
        )

    def _show_proof(self, proof: Proof) -> None:
        self._pdf = proof.pdf
        self._ui.proofView.show_proof(proof.pages, proof.place)
        self._ui.proofLabel.setText(self.tr("共 %1 页").replace("%1", str(proof.pages)))
        self._show_findings(proof.findings)

    def _draw_page(self, number: int) -> None:
        """Drawn in the worker, and forgotten when another proof came meanwhile."""
        pdf = self._pdf

        def done(image: bytes) -> None:
            if pdf is self._pdf:
                self._ui.proofView.show_page(number, image)

        self._desk.jobs.run(lambda _: outgoing_proof.page(pdf, number, RENDERED_WIDTH), self, done=done)

    def _show_findings(self, findings: Sequence[CheckLine]) -> None:
        self._findings.clear()
        for found in findings:
            item = QStandardItem(("必须改　" if found.is_blocking else "") + found.sentence)
            item.setData((found.place, found.row), Qt.ItemDataRole.UserRole)
            item.setEditable(False)
            if found.is_blocking:
                item.setForeground(QColor(self._desk.tokens.overdue))
            self._findings.appendRow(item)
        self._ui.findingsLabel.setText(
            self.tr("校对、体检提示 %1 处，回车跳到那一处").replace("%1", str(len(findings)))
        )
        self._ui.findingsFrame.setVisible(bool(findings))

    def _on_finding_chosen(self, index: QModelIndex) -> None:
        place, row = index.data(Qt.ItemDataRole.UserRole)
        if place == "body_text" and row:
            self._go_to_line(row)
            return
        if place in FOLDED:
            self._ui.morePushButton.setChecked(True)
        names = self._form.values()
        (self._form.widget(place) if place in names else self._ui.titleLineEdit).setFocus()

    def _go_to_line(self, row: int) -> None:
        edit = self._ui.bodyTextPlainTextEdit
        cursor = edit.textCursor()
        cursor.setPosition(edit.document().findBlockByNumber(row - 1).position())
        cursor.movePosition(cursor.MoveOperation.EndOfBlock, cursor.MoveMode.KeepAnchor)
        edit.setTextCursor(cursor)
        edit.setFocus()

    def _import(self, paths: list[Path]) -> None:
        self._desk.jobs.run(
            lambda _: outgoing_import.bring_in(read_files(paths[:1])[0]),
            self,
            done=self._take_imported,
            failed=self._on_failed,
        )

    def _take_imported(self, brought: ImportedDraft) -> None:
        ui = self._ui
        ui.bodyTextPlainTextEdit.setPlainText(brought.text)
        if brought.title and not ui.titleLineEdit.text().strip():
            ui.titleLineEdit.setText(brought.title)
        if brought.attachment_titles:
            ui.attachmentTitlesPlainTextEdit.setPlainText("\n".join(brought.attachment_titles))
        self._show_findings(
            [
                CheckLine(one.sentence, "body_text", one.row, is_blocking=False, can_be_overridden=False)
                for one in brought.findings
            ]
        )
        ui.bodyTextPlainTextEdit.setFocus()

    def _save(self, done: Callable[[Changes], None]) -> None:
        typed, series, office, matter_id = self._form.read(), self._series, self._desk.office, self._matter_id
        self._set_busy(busy=True)

        def work(progress: Progress) -> Changes:
            del progress
            draft = draft_of(typed, series)
            return outgoing.create(office, draft) if matter_id is None else outgoing.edit(office, matter_id, draft)

        def saved(changes: Changes) -> None:
            self._stored = typed
            self._matter_id = changes.matter_ids[0]
            done(changes)

        self._desk.jobs.run(work, self, done=saved, failed=self._on_failed)

    def _submit(self, changes: Changes) -> None:
        office, matter_id = self._desk.office, changes.matter_ids[0]
        self._desk.jobs.run(
            lambda _: outgoing.submit(office, matter_id), self, done=self._on_submitted, failed=self._on_failed
        )

    def _on_saved(self, changes: Changes) -> None:
        self._set_busy(busy=False)
        self._ui.levelComboBox.setEnabled(False)
        self._form.show_problems({})
        show_problem(self._ui.problemLabel, "")
        self._begin_typing_anew()
        self._desk.tell(self.tr("文稿已存"))
        self._desk.note(changes)

    def _on_submitted(self, changes: Changes) -> None:
        self._begin_typing_anew()
        self._desk.tell(self.tr("已送核稿"))
        self._desk.note(changes)
        self.accept()

    def _on_failed(self, error: DeskOfficeError) -> None:
        self._set_busy(busy=False)
        problems = error.problems if isinstance(error, InvalidDraft) else {}
        if not set(FOLDED).isdisjoint(problems):
            self._ui.morePushButton.setChecked(True)
        has_all = self._form.show_problems(problems)
        show_problem(self._ui.problemLabel, "" if problems and has_all else sentence(error))

    def _set_busy(self, *, busy: bool) -> None:
        for button in (self._ui.savePushButton, self._ui.submitPushButton):
            button.setEnabled(not busy)

    def reject(self) -> None:
        """Close; what is not stored is kept for the next time."""
        if self._typing is not None and self._form.read() != self._stored:
            self._typing.keep()
            self._desk.tell(self.tr("没存的内容已留着，下次打开接着写"))
        super().reject()
