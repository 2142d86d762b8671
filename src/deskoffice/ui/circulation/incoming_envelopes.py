"""未拆封件: the dialog in which only the envelope is entered, and the opening by the person it is for."""

from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from deskoffice._generated.circulation.envelope_form import Ui_EnvelopeForm
from deskoffice.domain.circulation.incoming_envelopes import EnvelopeDraft
from deskoffice.domain.matters import Changes
from deskoffice.ui.desk import Desk
from deskoffice.ui.management.record_form import RecordForm, Saving
from deskoffice.ui.picker import person_choices, unit_choices
from deskoffice.ui.spelling import Spelling
from deskoffice.usecases.circulation import incoming_envelopes
from deskoffice.usecases.office import Office


class EnvelopeForm(RecordForm[EnvelopeDraft]):
    """Units and people are found by pinyin letters."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        self._registered: Changes | None = None

        def store(office: Office, typed: EnvelopeDraft) -> object:
            self._registered = incoming_envelopes.register_envelope(office, typed)
            return self._registered

        empty = EnvelopeDraft("", "", desk.office.today())
        saving = Saving("登记未拆封件", "已登记，等待拆封", store, self._tell)
        super().__init__(desk, Ui_EnvelopeForm(), empty, saving=saving, parent=parent)

    def _tell(self) -> None:
        if self._registered is not None:
            self.desk.tell(f"已登记 {self._registered.number}，等待拆封")
            self.desk.note(self._registered)

    def prepare(self) -> None:
        """Names to choose from."""
        directory = self.desk.directory
        for name, choices in (
            ("source_unit", unit_choices(directory.units)),
            ("opener", person_choices(directory.persons)),
        ):
            line = self.form.widget(name)
            if isinstance(line, QLineEdit):
                Spelling(line, partial(list, choices))


def open_envelope_form(desk: Desk, parent: QWidget) -> None:
    """An empty form."""
    EnvelopeForm(desk, parent).open()
