"""The form of registration as the office's own book has it: its names of columns, its order, none of them folded."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from deskoffice._generated.circulation.incoming_form import Ui_IncomingForm
from deskoffice.usecases.book_import import OwnColumn

LONGEST = 8
"""A longer heading explains more than it names."""


class OwnBook(QObject):
    """Puts the names and the order of an imported book on the form."""

    def __init__(self, ui: Ui_IncomingForm, *, folded: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._ui, self._folded = ui, folded
        self._labels = {
            "source_unit": ui.sourceUnitLabel,
            "document_number": ui.documentNumberLabel,
            "title": ui.titleLabel,
            "level": ui.levelLabel,
            "secrecy_years": ui.secrecyYearsLabel,
            "urgency": ui.urgencyLabel,
            "copy_number": ui.copyNumberLabel,
            "post_kind": ui.postKindLabel,
            "received_on": ui.receivedOnLabel,
            "document_date": ui.documentDateLabel,
            "copies": ui.copiesLabel,
            "pages": ui.pagesLabel,
            "retention": ui.retentionLabel,
            "addressee": ui.addresseeLabel,
        }
        self._long: dict[str, tuple[QVBoxLayout, QWidget]] = {
            "source_unit": (ui.layout6, ui.sourceUnitLineEdit),
            "document_number": (ui.layout7, ui.documentNumberLineEdit),
            "title": (ui.layout8, ui.titleLineEdit),
        }

    def show(self, columns: Sequence[OwnColumn]) -> None:
        """Nothing changes for an office that brought no book."""
        for column in columns:
            label = self._labels.get(column.field)
            if label is not None and 0 < len(column.heading) <= LONGEST:
                _rename(label, column.heading)
        self._order([column.field for column in columns if column.field in self._long])
        if any(column.field in self._folded for column in columns if column.field != "received_on"):
            self._ui.morePushButton.setChecked(True)

    def _order(self, wanted: Sequence[str]) -> None:
        """The long fields from the top down; those that the book does not have follow."""
        names = list(dict.fromkeys([*wanted, *self._long]))
        if not wanted or names == list(self._long):
            return
        for place, name in enumerate(names):
            block = self._long[name][0]
            self._ui.layout5.removeItem(block)
            self._ui.layout5.insertLayout(place, block)
        lines = [self._long[name][1] for name in names]
        for first, second in zip(lines, [*lines[1:], self._ui.levelComboBox], strict=True):
            QWidget.setTabOrder(first, second)
        lines[0].setFocus()


def _rename(label: QLabel, heading: str) -> None:
    """The letter that jumps to the field stays what people know."""
    letter = re.search(r"\(&.\)", label.text())
    label.setText(heading + (letter.group() if letter else ""))
