"""印发分发: which unit gets how many copies; what is left over stays with the clerk."""

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QDialog, QPushButton, QWidget

from deskoffice._generated.circulation.outgoing_dispatch import Ui_DispatchDialog
from deskoffice.domain.circulation.outgoing import Distribution, OutgoingDraft
from deskoffice.domain.circulation.outgoing_check import left_out
from deskoffice.domain.errors import DeskOfficeError
from deskoffice.domain.matters import Changes, MatterCard
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.desk import Desk
from deskoffice.ui.picker import unit_choices
from deskoffice.ui.text_table import show_in
from deskoffice.ui.theme import mark
from deskoffice.ui.tree import descendants
from deskoffice.usecases.circulation import outgoing, outgoing_draft
from deskoffice.usecases.messages import sentence

UNIT, COPIES = range(2)
OFFERED = 12
"""Units shown under what is typed."""
SHOWN = 3
"""Units named that are still to be given a copy."""


def open_dispatch(desk: Desk, card: MatterCard, parent: QWidget) -> None:
    """The opener of the act."""
    DispatchDialog(desk, card, parent=parent).open()


class DispatchDialog(QDialog):
    """A line for each unit; copies are typed into the table."""

    def __init__(self, desk: Desk, card: MatterCard, *, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._card = desk, card
        self._printed = 0
        self._draft: OutgoingDraft | None = None
        self._ui = Ui_DispatchDialog()
        self._ui.setupUi(self)
        self._lines = QStandardItemModel(0, 2, self)
        self._lines.setHorizontalHeaderLabels([self.tr("单位"), self.tr("份数")])
        self._units = QStringListModel(self)
        self._set_up()
        self._connect()
        office = desk.office
        desk.jobs.run(lambda _: outgoing_draft.draft_of(office, card.row.id), self, done=self._begin)

    def _set_up(self) -> None:
        ui, row = self._ui, self._card.row
        ui.matterLabel.setText("　".join(part for part in (row.number, row.title) if part))
        table = ui.distributionTableView
        show_in(table, self._lines, ("", "88888888"), stretch=UNIT, tokens=self._desk.tokens)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        completer = QCompleter(self._units, self)
        # The list is filtered by pinyin letters too, so the completer shows all it is given.
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.activated.connect(self._add_unit)
        ui.unitLineEdit.setCompleter(completer)
        for button in descendants(self, QPushButton):
            button.setAutoDefault(False)

    def _connect(self) -> None:
        ui = self._ui
        ui.unitLineEdit.textEdited.connect(self._on_unit_typed)
        ui.unitLineEdit.returnPressed.connect(self._on_enter)
        ui.everyPushButton.clicked.connect(self._on_every_clicked)
        ui.removePushButton.clicked.connect(self._on_remove_clicked)
        ui.cancelPushButton.clicked.connect(self.reject)
        ui.donePushButton.clicked.connect(self._on_done_clicked)
        self._lines.itemChanged.connect(self._show_sum)
        QShortcut(QKeySequence(Qt.Key.Key_Delete), ui.distributionTableView, self._on_remove_clicked)
        QShortcut(QKeySequence("Ctrl+Return"), self, self._on_done_clicked)

    def _begin(self, draft: OutgoingDraft) -> None:
        self._draft, self._printed = draft, draft.printed_copies
        self._show_sum()
        self._ui.unitLineEdit.setFocus()

    def _fitting(self, typed: str) -> list[str]:
        choices = unit_choices(self._desk.directory.units)
        return [choice.text for choice in choices if choice.fits(typed)] if typed.strip() else []

    def _on_unit_typed(self, typed: str) -> None:
        self._units.setStringList(self._fitting(typed)[:OFFERED])
        self._ui.unitLineEdit.completer().complete()

    def _on_enter(self) -> None:
        typed = self._ui.unitLineEdit.text().strip()
        if typed:
            self._add_unit((self._fitting(typed) or [typed])[0])

    def _add_unit(self, name: str) -> None:
        """A unit that stands there already gets one more."""
        known = self._lines.findItems(name, column=UNIT)
        if known:
            copies = self._lines.item(known[0].row(), COPIES)
            copies.setText(str(_number(copies) + 1))
        else:
            unit, copies = QStandardItem(name), QStandardItem("1")
            unit.setEditable(False)
            self._lines.appendRow([unit, copies])
        self._ui.unitLineEdit.clear()
        self._show_sum()

    def _on_every_clicked(self) -> None:
        for unit in self._desk.directory.units:
            if not unit.is_own and not self._lines.findItems(unit.name, column=UNIT):
                self._add_unit(unit.name)

    def _on_remove_clicked(self) -> None:
        index = self._ui.distributionTableView.currentIndex()
        if index.isValid():
            self._lines.removeRow(index.row())
            self._show_sum()

    def distribution(self) -> tuple[Distribution, ...]:
        """The lines as they stand."""
        rows = range(self._lines.rowCount())
        return tuple(Distribution(self._lines.item(r, UNIT).text(), _number(self._lines.item(r, COPIES))) for r in rows)

    def _show_sum(self) -> None:
        given = sum(part.copies for part in self.distribution())
        left = self._printed - given
        text = self.tr("印制 %1 份，分发 %2 份，")
        text += self.tr("留本人 %3 份") if left >= 0 else self.tr("多出 %3 份")
        values = (("%1", self._printed), ("%2", given), ("%3", abs(left)))
        for place, value in values:
            text = text.replace(place, str(value))
        names = left_out(self._draft, [part.unit for part in self.distribution()]) if self._draft else ()
        if names:
            text += self.tr("；主送、抄送点名还没分发：%1").replace("%1", _shortened(names))
        self._ui.sumLabel.setText(text)
        mark(self._ui.sumLabel, "grade", "overdue" if left < 0 else "soon" if names else "plain")

    def _on_done_clicked(self) -> None:
        parts, office, row = self.distribution(), self._desk.office, self._card.row
        self._ui.donePushButton.setEnabled(False)
        self._desk.jobs.run(
            lambda _: outgoing.dispatch(office, row.id, parts), self, done=self._on_done, failed=self._on_failed
        )

    def _on_done(self, changes: Changes) -> None:
        self._desk.tell(self.tr("已印发，份号 000001 至 %1").replace("%1", f"{self._printed:06d}"))
        self._desk.note(changes)
        self.accept()

    def _on_failed(self, error: DeskOfficeError) -> None:
        self._ui.donePushButton.setEnabled(True)
        show_problem(self._ui.problemLabel, sentence(error))


def _shortened(names: Sequence[str]) -> str:
    shown = "、".join(names[:SHOWN])
    return shown if len(names) <= SHOWN else f"{shown}等{len(names)}家"


def _number(item: QStandardItem) -> int:
    """What is no number counts as none, which the rule then names."""
    text = item.text().strip()
    return int(text) if text.isdecimal() else 0
