"""The dialog of most acts: people, units, a day and words, whichever the act needs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QWidget

from deskoffice._generated.act_dialog import Ui_ActDialog
from deskoffice.domain.errors import DeskOfficeError, InvalidDraft
from deskoffice.domain.matters import Changes, MatterCard, MatterKind, StepKind, StepRow
from deskoffice.ui.desk import Desk
from deskoffice.ui.phrases import Phrases
from deskoffice.ui.picker import person_choices, unit_choices
from deskoffice.ui.theme import mark
from deskoffice.ui.tree import descendants
from deskoffice.ui.typing import Typing, Values
from deskoffice.usecases.messages import problem, sentence
from deskoffice.usecases.office import Office
from deskoffice.usecases.words import word


@dataclass(frozen=True, slots=True)
class ActInput:
    """What a person filled in; parts the act does not ask for are empty."""

    text: str = ""
    person_ids: tuple[int, ...] = ()
    units: tuple[str, ...] = ()
    day: date | None = None
    step_id: int = 0
    choice: str = ""
    """The code of what was chosen."""


ROOM = 72
"""How much higher than at the least a list of people and a box of words open."""
Perform = Callable[[Office, int, ActInput], Changes]


@dataclass(frozen=True, slots=True)
class ActSpec:
    """One act as its dialog shows it; a part with an empty label is not asked for."""

    title: str
    button: str
    told: str
    """Said quietly when it is done."""
    perform: Perform
    text: str = ""
    people: str = ""
    one_person: bool = False
    units: str = ""
    day: str = ""
    day_optional: bool = True
    step: StepKind | None = None
    """The open steps of this kind are offered to choose from."""
    steps: tuple[StepKind, ...] = ()
    """The same where several kinds are meant; the actor's own comes first."""
    choice: str = ""
    choices: tuple[StrEnum, ...] = ()
    """What the choice is between, the usual one first."""
    warning: str = ""
    phrases: tuple[str, ...] = ()

    def __call__(self, desk: Desk, card: MatterCard, parent: QWidget) -> None:
        """Open the dialog: an ActSpec is an opener."""
        ActDialog(desk, card, spec=self, parent=parent).open()


@dataclass(frozen=True, slots=True)
class Subject:
    """What the act is done to, one matter or several, in words; the key keeps what was typed apart."""

    words: str
    kind: MatterKind
    key: str
    due_on: date | None = None
    steps: tuple[StepRow, ...] = ()


PLACES: Mapping[str, str] = {
    "opinion": "text",
    "person_ids": "people",
    "readers": "people",
    "handlers": "people",
    "units": "units",
    "due_on": "day",
    "said_on": "day",
}
"""Which part of the dialog shows the problem of which field."""


class ActForm(QDialog):
    """Stays open with everything typed until the act is done."""

    def __init__(
        self,
        desk: Desk,
        subject: Subject,
        *,
        spec: ActSpec,
        perform: Callable[[Office, ActInput], Changes],
        done: Callable[[Changes], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._subject, self._spec = desk, subject, spec
        self._perform, self._tell = perform, done
        self._ui = Ui_ActDialog()
        self._ui.setupUi(self)
        self._set_up_words()
        self._set_up_parts()
        self._ui.donePushButton.clicked.connect(self._on_done_clicked)
        self._ui.cancelPushButton.clicked.connect(self.reject)
        ui = self._ui
        if spec.text:
            self._phrases = Phrases(
                desk,
                f"{subject.kind.value}.{spec.title}",
                usual=spec.phrases,
                button=ui.phrasesPushButton,
                text=ui.textPlainTextEdit,
                form=self,
            )
        QShortcut(QKeySequence("Ctrl+Return"), self, self._on_done_clicked)
        for button in descendants(self, QPushButton):
            # Enter in a line or a list is no word that the act is wanted.
            button.setAutoDefault(False)
        key = f"{subject.kind.value}.{spec.title}.{subject.key}"
        self._typing = Typing(desk, key, form=self, read=self._values, show=self._show_values)
        self._typing.restored.connect(lambda: show_problem(self._ui.restoredLabel, self.tr("已恢复上次没写完的内容。")))
        self._take_room()

    def _take_room(self) -> None:
        """Lists and words begin with more than they need at the least, where the screen has it."""
        has_lists = bool(self._spec.people or self._spec.units)
        self._ui.layout1.setStretchFactor(self._ui.layout3, 3 if has_lists else 0)
        hint, screen = self.sizeHint(), self.screen().availableGeometry().height()
        wanted = hint.height() + ROOM * (has_lists + bool(self._spec.text))
        self.resize(hint.width(), min(wanted, screen * 4 // 5))

    def _set_up_words(self) -> None:
        ui, spec = self._ui, self._spec
        self.setWindowTitle(self.tr("案头 · %1").replace("%1", spec.title))
        ui.actTitleLabel.setText(spec.title)
        ui.matterLabel.setText(self._subject.words)
        ui.warningLabel.setText(spec.warning)
        ui.warningLabel.setVisible(bool(spec.warning))
        ui.donePushButton.setText(f"{spec.button}  Ctrl+Enter")
        ui.donePushButton.setAccessibleName(spec.button)

    def _set_up_parts(self) -> None:
        ui, spec = self._ui, self._spec
        directory, words = self._desk.directory, {"text": spec.text, "people": spec.people}
        asks_step = spec.step is not None or bool(spec.steps)
        words |= {"units": spec.units, "day": spec.day, "step": self.tr("谁的环节") if asks_step else ""}
        words["choice"] = spec.choice
        blocks = {"text": ui.textBlock, "people": ui.peopleBlock, "units": ui.unitsBlock, "day": ui.dayBlock}
        for name, block in (blocks | {"step": ui.stepBlock, "choice": ui.choiceBlock}).items():
            block.setVisible(bool(words[name]))
        for label, text, letter in (
            (ui.textLabel, spec.text, "T"),
            (ui.peopleLabel, spec.people, "P"),
            (ui.unitsLabel, spec.units, "U"),
            (ui.dayLabel, spec.day, "D"),
            (ui.choiceLabel, spec.choice, "C"),
        ):
            label.setText(f"{text}(&{letter})")
        if spec.people:
            ui.peoplePicker.offer(person_choices(directory.colleagues()), single=spec.one_person, name=spec.people)
        if spec.units:
            ui.unitsPicker.offer(unit_choices(directory.units), single=False, name=spec.units)
        if spec.people and spec.units:
            self.setMinimumWidth(self.minimumWidth() * 3 // 2)
        self._set_up_day()
        self._set_up_steps()
        ui.choiceComboBox.setAccessibleName(spec.choice)
        for one in spec.choices:
            ui.choiceComboBox.addItem(word(one), one)
        ui.textPlainTextEdit.setAccessibleName(spec.text)
        (ui.peoplePicker if spec.people else ui.textPlainTextEdit).setFocus()

    def _set_up_day(self) -> None:
        ui, today = self._ui, self._desk.office.today()
        if not self._spec.day_optional:
            ui.dayDateEdit.setSpecialValueText("")
            ui.dayDateEdit.setMaximumDate(QDate(today.year, today.month, today.day))
            ui.dayDateEdit.setDate(ui.dayDateEdit.maximumDate())
            return
        due = self._subject.due_on
        ui.dayDateEdit.setDate(QDate(due.year, due.month, due.day) if due else ui.dayDateEdit.minimumDate())

    def _set_up_steps(self) -> None:
        kinds = {self._spec.step, *self._spec.steps}
        waiting = [step for step in self._subject.steps if step.kind in kinds and step.done_at is None]
        own = self._desk.actor.person_id
        for step in sorted(waiting, key=lambda step: step.person_id != own):
            name = step.person or step.unit or step.post
            shown = f"{name}　{word(step.kind)}" if self._spec.steps else name
            self._ui.stepComboBox.addItem(shown, step.id)
        if not waiting:
            self._ui.stepBlock.hide()

    def read(self) -> ActInput:
        """What is filled in now."""
        ui, spec = self._ui, self._spec
        day = ui.dayDateEdit.date()
        has_day = spec.day and not (spec.day_optional and day == ui.dayDateEdit.minimumDate())
        return ActInput(
            text=ui.textPlainTextEdit.toPlainText().strip(),
            person_ids=tuple(choice.id for choice in ui.peoplePicker.chosen()),
            units=tuple(choice.text for choice in ui.unitsPicker.chosen()),
            day=date(day.year(), day.month(), day.day()) if has_day else None,
            step_id=ui.stepComboBox.currentData() or 0,
            choice=str(ui.choiceComboBox.currentData() or ""),
        )

    def _values(self) -> Values:
        ui = self._ui
        return {
            "text": ui.textPlainTextEdit.toPlainText(),
            "people": [choice.id for choice in ui.peoplePicker.chosen()],
            "units": [choice.id for choice in ui.unitsPicker.chosen()],
        }

    def _show_values(self, values: Values) -> None:
        ui = self._ui
        ui.textPlainTextEdit.setPlainText(str(values["text"]))
        for picker, name in ((ui.peoplePicker, "people"), (ui.unitsPicker, "units")):
            ids = values[name]
            picker.choose(ids if isinstance(ids, list) else [])

    def _on_done_clicked(self) -> None:
        filled, office, perform = self.read(), self._desk.office, self._perform
        self._ui.donePushButton.setEnabled(False)
        self._desk.jobs.run(lambda _: perform(office, filled), self, done=self._on_done, failed=self._on_failed)

    def _on_done(self, changes: Changes) -> None:
        self._typing.forget()
        self._tell(changes)
        self._desk.note(changes)
        self.accept()

    def _on_failed(self, error: DeskOfficeError) -> None:
        self._ui.donePushButton.setEnabled(True)
        parts = {"text": self._ui.textProblemLabel, "people": self._ui.peopleProblemLabel}
        parts |= {"units": self._ui.unitsProblemLabel, "day": self._ui.dayProblemLabel}
        for label in (*parts.values(), self._ui.problemLabel):
            show_problem(label, "")
        if not isinstance(error, InvalidDraft):
            show_problem(self._ui.problemLabel, sentence(error))
            return
        for field, code in error.problems.items():
            show_problem(parts.get(PLACES.get(field, ""), self._ui.problemLabel), problem(code))
        mark(self._ui.textPlainTextEdit, "wrong", "opinion" in error.problems)


class ActDialog(ActForm):
    """One act on one matter."""

    def __init__(self, desk: Desk, card: MatterCard, *, spec: ActSpec, parent: QWidget) -> None:
        row = card.row
        words = "　".join(part for part in (row.number, row.title) if part)
        subject = Subject(words, row.kind, str(row.id), row.due_on, card.steps)

        def perform(office: Office, filled: ActInput) -> Changes:
            return spec.perform(office, row.id, filled)

        def done(changes: Changes) -> None:
            del changes
            desk.tell(spec.told)

        super().__init__(desk, subject, spec=spec, perform=perform, done=done, parent=parent)


def show_problem(label: QLabel, text: str) -> None:
    """A sentence under a field; nothing takes no place."""
    label.setText(text)
    label.setVisible(bool(text))
