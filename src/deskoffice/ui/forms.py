"""Binds a draft to a Designer form: field `received_on` to receivedOnDateEdit and receivedOnProblemLabel."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import Enum
from functools import partial
from types import UnionType
from typing import Generic, TypeVar, Union, get_args, get_origin, get_type_hints

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)

from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.theme import mark
from deskoffice.ui.tree import descendants
from deskoffice.usecases.messages import problem
from deskoffice.usecases.words import word

D = TypeVar("D")
KINDS = (QLineEdit, QPlainTextEdit, QDateEdit, QComboBox, QSpinBox, QCheckBox)
Input = QLineEdit | QPlainTextEdit | QDateEdit | QComboBox | QSpinBox | QCheckBox


@dataclass(frozen=True, slots=True)
class Bound:
    """One field of the draft with its widget and the label of its problem."""

    name: str
    type: type
    is_optional: bool
    widget: Input
    problem: QLabel


class FormBinding(Generic[D]):
    """Reads and shows drafts of one dataclass. A field without its widgets raises LookupError when the form is made."""

    def __init__(self, form: QWidget, draft_type: type[D]) -> None:
        self._type = draft_type
        self._bound = tuple(_bind(form, draft_type))
        for one in self._bound:
            if isinstance(one.widget, QComboBox) and issubclass(one.type, Enum):
                _fill(one.widget, one.type)
            if isinstance(one.widget, QLineEdit):
                one.widget.textEdited.connect(partial(_unmark, one))

    def widget(self, name: str) -> Input:
        """The widget of a field."""
        return next(one.widget for one in self._bound if one.name == name)

    def read(self) -> D:
        """The draft as it is typed now."""
        return self._type(**{one.name: _read(one) for one in self._bound})

    def show(self, draft: D) -> None:
        """Fill the form."""
        for one in self._bound:
            _show(one, getattr(draft, one.name))
        self.show_problems({})

    def values(self) -> dict[str, object]:
        """What stands in the widgets, whether it makes a draft or not, in plain values."""
        return {one.name: _raw(one.widget) for one in self._bound}

    def show_values(self, values: Mapping[str, object]) -> None:
        """Put back what `values` gave."""
        for one in self._bound:
            if one.name in values:
                _show_raw(one.widget, values[one.name])

    def show_problems(self, problems: Mapping[str, str]) -> bool:
        """Write each problem under its field and go to the first; False when a problem has no field here."""
        first: Input | None = None
        for one in self._bound:
            code = problems.get(one.name, "")
            show_problem(one.problem, problem(code) if code else "")
            mark(one.widget, "wrong", bool(code))
            first = first or (one.widget if code else None)
        if first is not None:
            first.setFocus()
        return set(problems) <= {one.name for one in self._bound}


def _unmark(one: Bound, typed: str) -> None:
    """What is being mended is not blamed any longer."""
    del typed
    show_problem(one.problem, "")
    mark(one.widget, "wrong", False)


def camel(name: str) -> str:
    """`received_on` → `receivedOn`."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def _bind(form: QWidget, draft_type: type) -> Iterator[Bound]:
    hints = get_type_hints(draft_type)
    named = {widget.objectName(): widget for widget in descendants(form, QWidget)}
    for one in fields(draft_type):
        stem = camel(one.name)
        found = (named.get(stem + kind.__name__[1:]) for kind in KINDS)
        widgets = [widget for widget in found if isinstance(widget, KINDS)]
        label = named.get(f"{stem}ProblemLabel")
        if len(widgets) != 1 or not isinstance(label, QLabel):
            raise LookupError(f"{form.objectName()}: {one.name} needs one input {stem}… and {stem}ProblemLabel")
        kind, is_optional = _bare(hints[one.name])
        yield Bound(one.name, kind, is_optional, widgets[0], label)


def _bare(hint: object) -> tuple[type, bool]:
    """`date | None` → (date, True)."""
    if get_origin(hint) in {UnionType, Union}:
        kinds = [kind for kind in get_args(hint) if kind is not type(None)]
        return kinds[0], True
    if not isinstance(hint, type):
        raise TypeError(f"a form cannot show {hint}")
    return hint, False


def _fill(combo: QComboBox, kind: type[Enum]) -> None:
    combo.clear()
    for value in kind:
        combo.addItem(word(value) or "无", value)


def _read(one: Bound) -> object:
    widget = one.widget
    if isinstance(widget, QLineEdit):
        return _number(widget.text(), one) if one.type is int else widget.text().strip()
    if isinstance(widget, QPlainTextEdit):
        return widget.toPlainText().strip()
    if isinstance(widget, QDateEdit):
        day = widget.date()
        is_empty = one.is_optional and day == widget.minimumDate()
        return None if is_empty else date(day.year(), day.month(), day.day())
    if isinstance(widget, QComboBox):
        return one.type(widget.currentData()) if issubclass(one.type, Enum) else widget.currentText().strip()
    if isinstance(widget, QSpinBox):
        return None if one.is_optional and widget.value() == widget.minimum() else widget.value()
    return widget.isChecked()


def _number(text: str, one: Bound) -> int | None:
    digits = text.strip()
    if not digits and one.is_optional:
        return None
    # Anything that is no number becomes 0, which the draft's own check names under the field.
    return int(digits) if digits.isdecimal() else 0


def _show(one: Bound, value: object) -> None:
    widget = one.widget
    if isinstance(widget, QLineEdit):
        widget.setText("" if value is None else str(value))
        # A long title is read from its beginning.
        widget.setCursorPosition(0)
    elif isinstance(widget, QPlainTextEdit):
        widget.setPlainText(str(value))
    elif isinstance(widget, QDateEdit):
        shown = QDate(value.year, value.month, value.day) if isinstance(value, date) else widget.minimumDate()
        widget.setDate(shown)
    elif isinstance(widget, QComboBox):
        _choose(widget, value)
    elif isinstance(widget, QSpinBox):
        widget.setValue(value if isinstance(value, int) else widget.minimum())
    else:
        widget.setChecked(bool(value))


def _raw(widget: Input) -> str | int | bool:
    if isinstance(widget, QLineEdit):
        return widget.text()
    if isinstance(widget, QPlainTextEdit):
        return widget.toPlainText()
    if isinstance(widget, QDateEdit):
        return widget.date().toString(Qt.DateFormat.ISODate)
    if isinstance(widget, QComboBox):
        return widget.currentText()
    return widget.value() if isinstance(widget, QSpinBox) else widget.isChecked()


def _show_raw(widget: Input, value: object) -> None:
    if isinstance(widget, QLineEdit):
        widget.setText(str(value))
        widget.setCursorPosition(0)
    elif isinstance(widget, QPlainTextEdit):
        widget.setPlainText(str(value))
    elif isinstance(widget, QDateEdit):
        widget.setDate(QDate.fromString(str(value), Qt.DateFormat.ISODate))
    elif isinstance(widget, QComboBox):
        widget.setCurrentText(str(value))
    elif isinstance(widget, QSpinBox):
        widget.setValue(value if isinstance(value, int) else widget.minimum())
    else:
        widget.setChecked(bool(value))


def _choose(combo: QComboBox, value: object) -> None:
    if isinstance(value, Enum):
        # findData compares by value, and Qt gives back what it was given, so members are found by their position.
        combo.setCurrentIndex(list(type(value)).index(value))
    else:
        combo.setCurrentText(str(value))
