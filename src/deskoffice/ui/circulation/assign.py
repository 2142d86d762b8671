"""交办: who leads, who helps, who is told, each by the own day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from deskoffice._generated.circulation.assign import Ui_AssignDialog
from deskoffice.domain.errors import DeskOfficeError, InvalidDraft
from deskoffice.domain.matters import Changes, MatterCard
from deskoffice.domain.steps import HandlingPart
from deskoffice.domain.values import chinese_date
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.desk import Desk
from deskoffice.ui.forms import FormBinding
from deskoffice.ui.leads import LeadBox
from deskoffice.ui.text_table import EmptyNote, TextModel, show_in
from deskoffice.ui.tree import descendants
from deskoffice.ui.typing import Typing, Values
from deskoffice.usecases.circulation import incoming
from deskoffice.usecases.circulation.incoming import Assignment, Handler
from deskoffice.usecases.messages import problem, sentence
from deskoffice.usecases.words import word


@dataclass(frozen=True, slots=True)
class HandlerTyped:
    """One field for each widget."""

    handler: str
    part: HandlingPart
    due_on: date | None
    note: str


def open_assign(desk: Desk, card: MatterCard, parent: QWidget) -> None:
    """The opener of the act."""
    AssignDialog(desk, card, parent=parent).open()


class AssignDialog(QDialog):
    """Nothing is handed out until all of them are handed out together."""

    def __init__(self, desk: Desk, card: MatterCard, *, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._card = desk, card
        self._lines: Sequence[HandlerTyped] = ()
        self._ui = Ui_AssignDialog()
        self._ui.setupUi(self)
        self._lead = LeadBox(self._ui.handlerComboBox, desk.directory)
        self._form = FormBinding(self, HandlerTyped)
        self._model: TextModel[HandlerTyped] = TextModel(("承办单位或承办人", "承办方式", "期限"), _cells, parent=self)
        widths = ("", "主办　　", "2026年12月31日")
        show_in(self._ui.handlersTableView, self._model, widths, stretch=0, tokens=desk.tokens)
        EmptyNote(self._ui.handlersTableView, self.tr("在上面填承办单位或承办人，按“加入”，一行一个。"))
        row = card.row
        self._ui.matterLabel.setText("　".join(part for part in (row.number, row.title[:40]) if part))
        self._form.show(HandlerTyped("", HandlingPart.LEAD, row.due_on, ""))
        self._connect()
        key = f"incoming.assign.{row.id}"
        self._typing = Typing(desk, key, form=self, read=self._values, show=self._show_values)
        restored = self.tr("已恢复上次没写完的内容。")
        self._typing.restored.connect(lambda: show_problem(self._ui.restoredLabel, restored))
        self._ui.handlerComboBox.setFocus()

    def _connect(self) -> None:
        ui = self._ui
        ui.addPushButton.clicked.connect(self._add)
        ui.removePushButton.clicked.connect(self._on_remove_clicked)
        ui.donePushButton.clicked.connect(self._on_done_clicked)
        ui.cancelPushButton.clicked.connect(self.reject)
        for keys in ("Ctrl++", "Ctrl+="):
            QShortcut(QKeySequence(keys), self, self._add)
        QShortcut(QKeySequence("Ctrl+Return"), self, self._on_done_clicked)
        QShortcut(QKeySequence(Qt.Key.Key_Delete), ui.handlersTableView, self._on_remove_clicked)
        for button in descendants(self, QPushButton):
            button.setAutoDefault(False)

    def _values(self) -> Values:
        lines = [[line.handler, line.part.value, str(line.due_on or "")] for line in self._lines]
        return {**self._form.values(), "lines": lines}

    def _show_values(self, values: Values) -> None:
        self._form.show_values(values)
        lines = values["lines"]
        if isinstance(lines, list):
            self._show_lines([HandlerTyped(who, HandlingPart(part), _day(due), "") for who, part, due in lines])

    def _add(self) -> bool:
        """Into the table; False with the reason under the field when nobody is named."""
        typed = self._form.read()
        if not typed.handler.strip():
            self._form.show_problems({"handler": "required"})
            return False
        self._show_lines([*self._lines, typed])
        # The lead comes first; who follows helps, mostly by the same day.
        self._form.show(replace(typed, handler="", part=HandlingPart.ASSIST))
        self._ui.handlerComboBox.setFocus()
        return True

    def _on_remove_clicked(self) -> None:
        at = self._ui.handlersTableView.currentIndex().row()
        self._show_lines([line for position, line in enumerate(self._lines) if position != at])

    def _show_lines(self, lines: Sequence[HandlerTyped]) -> None:
        self._lines = lines
        self._model.show_rows(lines)

    def _handler(self, line: HandlerTyped) -> Handler:
        lead = self._lead.lead_of(line.handler)
        return Handler(lead.person_id, lead.unit, line.part, line.due_on)

    def _on_done_clicked(self) -> None:
        """Who is still being typed counts too."""
        if (self._form.read().handler.strip() or not self._lines) and not self._add():
            return
        handlers = tuple(self._handler(line) for line in self._lines)
        assignment = Assignment(handlers, self._form.read().note)
        office, matter_id = self._desk.office, self._card.row.id
        self._ui.donePushButton.setEnabled(False)
        self._desk.jobs.run(
            lambda _: incoming.assign(office, matter_id, assignment), self, done=self._on_done, failed=self._on_failed
        )

    def _on_done(self, changes: Changes) -> None:
        self._typing.forget()
        self._desk.tell(self.tr("已交办"))
        self._desk.note(changes)
        self.accept()

    def _on_failed(self, error: DeskOfficeError) -> None:
        self._ui.donePushButton.setEnabled(True)
        codes = error.problems if isinstance(error, InvalidDraft) else {}
        text = problem(codes["handlers"]) if "handlers" in codes else sentence(error)
        show_problem(self._ui.problemLabel, text)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _cells(line: HandlerTyped) -> tuple[str, ...]:
    return line.handler, word(line.part), chinese_date(line.due_on) if line.due_on else "不定期限"
