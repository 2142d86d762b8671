"""A list of matters with its printed register of the year beside the search box."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from deskoffice.ui.desk import Desk, Page
from deskoffice.ui.matter_list import ListSpec, MatterListPage
from deskoffice.ui.papers import show_paper
from deskoffice.ui.tree import descendants
from deskoffice.usecases.office import Office
from deskoffice.usecases.previews import PdfPaper


@dataclass(frozen=True, slots=True)
class Register:
    """A register that is printed by year."""

    name: str
    make: Callable[[Office, int], PdfPaper]


class RegisterListPage(MatterListPage):
    """The list with one button more."""

    def __init__(self, desk: Desk, spec: ListSpec, register: Register, parent: QWidget | None = None) -> None:
        super().__init__(desk, spec, parent)
        self._register = register
        button = QPushButton(register.name, self)
        button.setObjectName("registerPushButton")
        button.setAccessibleName(f"打印{register.name}")
        button.clicked.connect(self._on_register_clicked)
        new = self._ui.newPushButton
        head = next(row for row in descendants(self, QHBoxLayout) if row.indexOf(new) >= 0)
        head.insertWidget(head.indexOf(new), button)

    def _on_register_clicked(self) -> None:
        year, make = self.desk.office.today().year, self._register.make
        show_paper(self.desk, lambda office: make(office, year), parent=self.window())


def register_list_of(spec: ListSpec, register: Register) -> Callable[[Desk], Page]:
    """A page that lists matters and prints their register."""
    return lambda desk: RegisterListPage(desk, spec, register)
