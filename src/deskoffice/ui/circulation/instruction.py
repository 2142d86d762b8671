"""代录批示: the scan at the left, the exact words at the right, and a task of each sentence that asks for one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from deskoffice._generated.circulation.instruction import Ui_InstructionDialog
from deskoffice.domain.circulation import sentences
from deskoffice.domain.errors import DeskOfficeError, InvalidDraft
from deskoffice.domain.matters import Changes, ContentRole, MatterCard, StepKind
from deskoffice.domain.steps import Nature
from deskoffice.domain.supervision import TaskDraft, TaskSource
from deskoffice.domain.values import chinese_date
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.desk import Desk
from deskoffice.ui.files import choose_files, read_files
from deskoffice.ui.jobs import Progress
from deskoffice.ui.leads import LeadBox
from deskoffice.ui.phrases import Phrases
from deskoffice.ui.text_table import EmptyNote, TextModel, show_in
from deskoffice.ui.tree import descendants
from deskoffice.ui.typing import Typing, Values
from deskoffice.usecases import attachments, matters
from deskoffice.usecases.circulation import instructions
from deskoffice.usecases.circulation.instructions import InstructionDraft
from deskoffice.usecases.messages import problem, sentence
from deskoffice.usecases.words import word

USUAL = ("同意。", "请按要求认真落实。", "请牵头办理，及时反馈。", "按程序办理。")
SHOWN = (ContentRole.SCAN, ContentRole.ATTACHMENT, ContentRole.BODY)


@dataclass(frozen=True, slots=True)
class TaskTyped:
    """A sentence that became a task."""

    text: str
    lead: str
    due_on: date | None


def open_instruction(desk: Desk, card: MatterCard, parent: QWidget) -> None:
    """The opener of the act."""
    InstructionDialog(desk, card, parent=parent).open()


class InstructionDialog(QDialog):
    """Words are kept for each leader apart: turning to the other's loses nothing."""

    def __init__(self, desk: Desk, card: MatterCard, *, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._card = desk, card
        self._tasks: Sequence[TaskTyped] = ()
        self._words: dict[str, str] = {}
        self._step = ""
        self._ui = Ui_InstructionDialog()
        self._ui.setupUi(self)
        self._lead = LeadBox(self._ui.leadComboBox, desk.directory)
        self._model: TextModel[TaskTyped] = TextModel(("督办事项", "主办", "期限"), _cells, parent=self)
        widths = ("", "县应急管理局　　", "2026年12月31日")
        show_in(self._ui.tasksTableView, self._model, widths, stretch=0, tokens=desk.tokens)
        EmptyNote(self._ui.tasksTableView, self.tr("批示要求办理的，一句一项立督办。"))
        self._fill()
        self._connect()
        self.resize(parent.size() * 0.94)
        self._ui.splitter.setSizes([self.width() // 2, self.width() // 2])
        self._show_scans(card)
        key = f"incoming.instruction.{card.row.id}"
        self._typing = Typing(desk, key, form=self, read=self._values, show=self._show_values)
        restored = self.tr("已恢复上次没写完的内容。")
        self._typing.restored.connect(lambda: show_problem(self._ui.restoredLabel, restored))
        ui = self._ui
        Phrases(desk, "incoming.批示", usual=USUAL, button=ui.phrasesPushButton, text=ui.wordsPlainTextEdit, form=self)
        self._ui.wordsPlainTextEdit.setFocus()

    def _fill(self) -> None:
        ui, row, today = self._ui, self._card.row, self._desk.office.today()
        ui.matterLabel.setText("　".join(part for part in (row.number, row.title[:36]) if part))
        for step in self._card.steps:
            if step.kind is StepKind.INSTRUCTION and step.done_at is None:
                ui.stepComboBox.addItem(f"{step.person or step.post}　{step.post}".rstrip("　"), step.id)
        for nature in Nature:
            ui.natureComboBox.addItem(word(nature), nature)
        ui.saidOnDateEdit.setMaximumDate(QDate(today.year, today.month, today.day))
        ui.saidOnDateEdit.setDate(ui.saidOnDateEdit.maximumDate())
        ui.dueOnDateEdit.setDate(ui.dueOnDateEdit.minimumDate())
        ui.taskWidget.setEnabled(False)
        self._step = str(ui.stepComboBox.currentData() or "")

    def _connect(self) -> None:
        ui = self._ui
        ui.stepComboBox.currentIndexChanged.connect(self._on_leader_changed)
        ui.takePushButton.clicked.connect(self._on_take_clicked)
        ui.removePushButton.clicked.connect(self._on_remove_clicked)
        ui.donePushButton.clicked.connect(self._on_done_clicked)
        ui.cancelPushButton.clicked.connect(self.reject)
        ui.scanPushButton.clicked.connect(self._on_scan_clicked)
        ui.scanComboBox.currentIndexChanged.connect(self._on_scan_changed)
        ui.tasksTableView.selectionModel().currentRowChanged.connect(self._show_task)
        ui.leadComboBox.editTextChanged.connect(self._on_task_edited)
        ui.dueOnDateEdit.dateChanged.connect(self._on_task_edited)
        QShortcut(QKeySequence("Ctrl+T"), self, self._on_take_clicked)
        QShortcut(QKeySequence("Ctrl+Return"), self, self._on_done_clicked)
        QShortcut(QKeySequence(Qt.Key.Key_Delete), ui.tasksTableView, self._on_remove_clicked)
        for button in descendants(self, QPushButton):
            button.setAutoDefault(False)

    def _show_scans(self, card: MatterCard) -> None:
        """The newest scan first; an instruction is written on the paper, not in the file that came."""
        self._card = card
        found = [one for one in card.contents if one.role in SHOWN and one.name]
        found.sort(key=lambda one: (SHOWN.index(one.role), -one.id))
        self._ui.scanComboBox.clear()
        for one in found:
            self._ui.scanComboBox.addItem(f"{word(one.role)}　{one.name}", one)
        if not found:
            self._ui.scanPreview.show_nothing(
                self.tr("还没有扫描件。把批示页扫描后放进来，原文和录入的文字就并排留存。")
            )

    def _on_scan_changed(self) -> None:
        content = self._ui.scanComboBox.currentData()
        if content is not None:
            self._ui.scanPreview.show_content(self._desk, self._card.row.id, content)

    def _on_scan_clicked(self) -> None:
        office, matter_id = self._desk.office, self._card.row.id

        def add(paths: list[Path]) -> None:
            def work(progress: Progress) -> MatterCard:
                for file in read_files(paths):
                    progress.check()
                    attachments.attach(office, matter_id, replace(file, role=ContentRole.SCAN))
                return matters.card(office, matter_id)

            self._desk.jobs.run(work, self, done=self._show_scans)

        choose_files(self, self.tr("案头 · 放入批示扫描件"), add)

    def _on_leader_changed(self) -> None:
        ui = self._ui
        self._words[self._step] = ui.wordsPlainTextEdit.toPlainText()
        self._step = str(ui.stepComboBox.currentData() or "")
        ui.wordsPlainTextEdit.setPlainText(self._words.get(self._step, ""))

    def _values(self) -> Values:
        words = {**self._words, self._step: self._ui.wordsPlainTextEdit.toPlainText()}
        tasks = [[task.text, task.lead, str(task.due_on or "")] for task in self._tasks]
        return {"step": self._step, "words": words, "tasks": tasks}

    def _show_values(self, values: Values) -> None:
        words, tasks = values["words"], values["tasks"]
        if isinstance(words, dict) and isinstance(tasks, list):
            at = self._ui.stepComboBox.findData(int(str(values["step"]) or 0))
            self._ui.stepComboBox.setCurrentIndex(max(0, at))
            self._words = {str(step): str(text) for step, text in words.items()}
            self._ui.wordsPlainTextEdit.setPlainText(self._words.get(self._step, ""))
            self._show_tasks([TaskTyped(text, lead, _day(due)) for text, lead, due in tasks])

    def _on_take_clicked(self) -> None:
        """What is selected, or the sentence at the cursor, with its owner and day as it says them."""
        edit = self._ui.wordsPlainTextEdit
        cursor = edit.textCursor()
        text = cursor.selectedText().strip() or sentences.sentence_at(edit.toPlainText(), cursor.position())
        if not text or any(task.text == text for task in self._tasks):
            return
        today = self._desk.office.today()
        due_on = sentences.day_in(text, today) or self._card.row.due_on
        lead = self._lead.named_in(text)
        self._show_tasks([*self._tasks, TaskTyped(text, lead, due_on)])
        self._ui.tasksTableView.selectRow(len(self._tasks) - 1)
        if not lead:
            self._ui.leadComboBox.setFocus()

    def _at(self) -> int:
        return self._ui.tasksTableView.currentIndex().row()

    def _show_tasks(self, tasks: Sequence[TaskTyped]) -> None:
        at = self._at()
        self._tasks = tasks
        self._model.show_rows(tasks)
        if tasks:
            self._ui.tasksTableView.selectRow(min(max(at, 0), len(tasks) - 1))
        self._ui.taskWidget.setEnabled(bool(tasks))

    def _show_task(self) -> None:
        at = self._at()
        if 0 <= at < len(self._tasks):
            task, ui = self._tasks[at], self._ui
            for widget in (ui.leadComboBox, ui.dueOnDateEdit):
                widget.blockSignals(True)
            ui.leadComboBox.setEditText(task.lead)
            day = task.due_on
            ui.dueOnDateEdit.setDate(QDate(day.year, day.month, day.day) if day else ui.dueOnDateEdit.minimumDate())
            for widget in (ui.leadComboBox, ui.dueOnDateEdit):
                widget.blockSignals(False)

    def _on_task_edited(self) -> None:
        at, ui = self._at(), self._ui
        if not 0 <= at < len(self._tasks):
            return
        day = ui.dueOnDateEdit.date()
        due_on = None if day == ui.dueOnDateEdit.minimumDate() else date(day.year(), day.month(), day.day())
        changed = replace(self._tasks[at], lead=ui.leadComboBox.currentText(), due_on=due_on)
        self._tasks = [changed if place == at else task for place, task in enumerate(self._tasks)]
        self._model.show_row(at, changed)

    def _on_remove_clicked(self) -> None:
        at = self._at()
        self._show_tasks([task for place, task in enumerate(self._tasks) if place != at])

    def _draft(self) -> InstructionDraft:
        ui = self._ui
        day = ui.saidOnDateEdit.date()
        return InstructionDraft(
            step_id=int(self._step or 0),
            words=ui.wordsPlainTextEdit.toPlainText(),
            said_on=date(day.year(), day.month(), day.day()),
            nature=Nature(ui.natureComboBox.currentData()),
            tasks=tuple(self._task(task) for task in self._tasks),
        )

    def _task(self, typed: TaskTyped) -> TaskDraft:
        lead = self._lead.lead_of(typed.lead)
        return TaskDraft(TaskSource.INSTRUCTION, typed.text, typed.due_on, lead.unit.strip(), lead.person_id)

    def _on_done_clicked(self) -> None:
        draft, office, matter_id = self._draft(), self._desk.office, self._card.row.id
        self._ui.donePushButton.setEnabled(False)
        self._desk.jobs.run(
            lambda _: instructions.record(office, matter_id, draft), self, done=self._on_done, failed=self._on_failed
        )

    def _on_done(self, changes: Changes) -> None:
        self._typing.forget()
        count = len(self._tasks)
        told = self.tr("批示已代录，立督办 %1 项").replace("%1", str(count)) if count else self.tr("批示已代录")
        self._desk.tell(told)
        self._desk.note(changes)
        self.accept()

    def _on_failed(self, error: DeskOfficeError) -> None:
        ui = self._ui
        ui.donePushButton.setEnabled(True)
        codes = error.problems if isinstance(error, InvalidDraft) else {}
        places = {"opinion": ui.wordsProblemLabel, "said_on": ui.saidOnProblemLabel}
        places |= {"lead": ui.leadProblemLabel, "due_on": ui.dueOnProblemLabel}
        for label in (*places.values(), ui.problemLabel):
            show_problem(label, "")
        for name, code in codes.items():
            show_problem(places.get(name, ui.problemLabel), problem(code))
        if not codes:
            show_problem(ui.problemLabel, sentence(error))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _cells(task: TaskTyped) -> tuple[str, ...]:
    return task.text, task.lead.split("　")[0], chinese_date(task.due_on) if task.due_on else "未填"
