"""Who leads a task: one box for units and people, found by their names or the letters of the pinyin."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QComboBox, QLineEdit

from deskoffice.domain.circulation.sentences import owner_in
from deskoffice.domain.people import PersonRow
from deskoffice.ui.desk import Directory
from deskoffice.ui.picker import Choice, person_choices, unit_choices
from deskoffice.ui.spelling import Spelling


@dataclass(frozen=True, slots=True)
class Lead:
    """A person of the office, or a unit by its name."""

    unit: str = ""
    person_id: int | None = None


class LeadBox:
    """Makes an editable combo box offer units and people."""

    def __init__(self, combo: QComboBox, directory: Directory) -> None:
        self._combo = combo
        self._people: dict[str, int] = {}
        self._spoken = {short: unit.name for unit in directory.units for short in (unit.short_name, unit.name) if short}
        self._choices: Sequence[Choice] = [*unit_choices(directory.units), *person_choices(directory.colleagues())]
        for choice in person_choices(directory.colleagues()):
            self._people[_text(choice)] = choice.id
        combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        combo.addItems([_text(choice) for choice in self._choices])
        line = QLineEdit(combo)
        line.setPlaceholderText("名称或拼音首字母")
        line.setAccessibleName(combo.accessibleName())
        combo.setLineEdit(line)
        combo.setCurrentIndex(-1)
        combo.setCompleter(Spelling(line, lambda: self._choices, _text).completer)

    def lead_of(self, text: str) -> Lead:
        """Who a text of the box is: somebody of the list, or a unit that is written out."""
        person_id = self._people.get(text)
        return Lead(unit=text) if person_id is None else Lead(person_id=person_id)

    def named_in(self, text: str) -> str:
        """Who of the list a text speaks of, as the box shows him; nothing when nobody."""
        people = {label.split("　")[0]: label for label in self._people}
        found = owner_in(text, [*self._spoken, *people])
        return self._spoken.get(found) or people.get(found, "")


def person_label(person: PersonRow) -> str:
    """How a person is offered in a list: the name, then unit and post."""
    return _text(person_choices([person])[0])


def _text(choice: Choice) -> str:
    return f"{choice.text}　{choice.beside}".rstrip("　")


def units_of(text: str) -> list[str]:
    """Units written in one cell, parted as people part them."""
    for mark in "，,；; ":
        text = text.replace(mark, "、")
    return [unit for unit in text.split("、") if unit]
