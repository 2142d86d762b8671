"""What can be done to all the rows that are selected, in place of the chips; and the line that takes it back."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from deskoffice._generated.batch_bar import Ui_BatchBar
from deskoffice._generated.batch_undo import Ui_BatchUndo
from deskoffice.domain.batches import MOST, BatchRow, BatchVerb, Offer
from deskoffice.domain.errors import DeskOfficeError
from deskoffice.domain.matters import Changes, ListQuery, MatterKind, MatterRow
from deskoffice.ui.act_dialog import ActForm, ActInput, ActSpec, Subject
from deskoffice.ui.desk import Desk
from deskoffice.ui.jobs import Job, Progress
from deskoffice.ui.matter_model import MatterModel
from deskoffice.ui.matter_table import MatterTable
from deskoffice.usecases import batches
from deskoffice.usecases.batches import Batch
from deskoffice.usecases.messages import sentence
from deskoffice.usecases.office import Office
from deskoffice.usecases.words import word

PAUSE_MS = 120
"""A held arrow key selects faster than the acts of each selection can be asked for."""
NAMED = 3
BatchActs = Mapping[tuple[MatterKind, BatchVerb], ActSpec]


class BatchBar(QFrame):
    """Says how many are selected and offers the acts that most of them allow first."""

    shown = Signal(bool)
    """Two rows or more are selected, or no longer."""
    finished = Signal()
    """A batch was done."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ui = Ui_BatchBar()
        self._ui.setupUi(self)
        self._count = 0
        self._offers: tuple[Offer, ...] = ()
        self._job: Job[tuple[Offer, ...]] | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._ask)

    def set_up(
        self, desk: Desk, table: MatterTable, model: MatterModel, query: Callable[[], ListQuery], acts: BatchActs
    ) -> None:
        """Join the list; called once after the table has its model."""
        self._desk, self._table, self._model, self._query, self._acts = desk, table, model, query, acts
        table.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self._ui.clearPushButton.clicked.connect(self.clear)

    @property
    def is_several(self) -> bool:
        """Whether a batch is meant, and not the one matter beside the list."""
        return self._count > 1

    def clear(self) -> None:
        """Only the current row stays selected."""
        current = self._table.currentIndex()
        self._table.clearSelection()
        self._table.setCurrentIndex(current)
        self._table.setFocus()

    def act_likely(self) -> None:
        """Enter: the act that most of them allow."""
        if self._offers:
            self.open(self._offers[0])

    def _ranges(self) -> list[tuple[int, int]]:
        return sorted((part.top(), part.height()) for part in self._table.selectionModel().selection().toList())

    def _on_selection_changed(self) -> None:
        was_several = self.is_several
        self._count = sum(height for _, height in self._ranges())
        if self._job is not None:
            self._job.drop()
        self._show_offers(())
        self._ui.countLabel.setText(self.tr("已选 %1 件").replace("%1", f"{self._count:,}"))
        if self.is_several:
            self._pause.start()
        else:
            self._pause.stop()
        if was_several != self.is_several:
            self.shown.emit(self.is_several)

    def _ask(self) -> None:
        if (refusal := self._desk.office.refusal) is not None:
            self._ui.hintLabel.setText(sentence(refusal))
            return
        if self._count > MOST:
            self._ui.hintLabel.setText(self.tr("一次最多办 %1 件，请少选一些").replace("%1", str(MOST)))
            return
        office, query, ranges = self._desk.office, self._query(), self._ranges()
        self._job = self._desk.jobs.run(lambda _: batches.offers(office, query, ranges), self, done=self._on_offered)

    def _on_offered(self, offers: tuple[Offer, ...]) -> None:
        self._show_offers(tuple(one for one in offers if (one.kind, one.verb) in self._acts))
        if not self._offers:
            self._ui.hintLabel.setText(self.tr("这些件没有可以一起办的事，请逐件办理"))

    def _show_offers(self, offers: tuple[Offer, ...]) -> None:
        self._offers = offers
        row = self._ui.actsLayout
        while row.count():
            row.takeAt(0).widget().deleteLater()
        self._ui.hintLabel.clear()
        for offer in offers:
            row.addWidget(self._button(offer))

    def _button(self, offer: Offer) -> QPushButton:
        name, some = word(offer.verb), len(offer.matter_ids)
        text = name if some == self._count else self.tr("%1（%2 件可办）").replace("%1", name).replace("%2", str(some))
        made = QPushButton(text, self)
        made.setProperty("role", "chip")
        made.setAccessibleName(text)
        made.clicked.connect(partial(self.open, offer))
        return made

    def open(self, offer: Offer) -> None:
        """The dialog of an act, for all that allow it."""
        spec = self._acts[offer.kind, offer.verb]
        subject = Subject(self._words(offer), offer.kind, "batch")

        def perform(office: Office, filled: ActInput) -> Changes:
            done = batches.run(
                office, offer.verb, offer.matter_ids, lambda joined, matter_id: spec.perform(joined, matter_id, filled)
            )
            return done.changes

        def done(changes: Changes) -> None:
            del changes
            self.clear()
            self.finished.emit()

        ActForm(self._desk, subject, spec=spec, perform=perform, done=done, parent=self.window()).open()

    def _words(self, offer: Offer) -> str:
        known: dict[int, MatterRow] = {row.id: row for _, row in self._model.known_rows()}
        names = [known[one].number or known[one].title for one in offer.matter_ids if one in known][:NAMED]
        text = self.tr("%1 等 %2 件，办成后可以整批撤销")
        return text.replace("%1", "、".join(names)).replace("%2", str(len(offer.matter_ids)))


class BatchUndo(QFrame):
    """The last batch of today, as long as it can be taken back and was not waved away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ui = Ui_BatchUndo()
        self._ui.setupUi(self)
        self._row: BatchRow | None = None
        self._waved_away = 0
        self.hide()

    def set_up(self, desk: Desk, acts: BatchActs) -> None:
        """Join the list; called once."""
        self._desk, self._may_have = desk, bool(acts)
        self._ui.undoPushButton.clicked.connect(self.undo)
        self._ui.hidePushButton.clicked.connect(self._on_hide_clicked)

    def refresh(self) -> None:
        """Ask again which batch was the last."""
        if self._may_have:
            office = self._desk.office
            self._desk.jobs.run(lambda _: batches.last(office), self, done=self._show)

    def _show(self, row: BatchRow | None) -> None:
        self._row = row
        if row is not None:
            text = self.tr("%1 已办好 %2 件：%3。")
            for place, value in (("%1", f"{row.at:%H:%M}"), ("%2", f"{row.count:,}"), ("%3", word(row.verb))):
                text = text.replace(place, value)
            self._ui.doneLabel.setText(text)
        self.setVisible(row is not None and row.id != self._waved_away)

    def _on_hide_clicked(self) -> None:
        self._waved_away = self._row.id if self._row else 0
        self.hide()

    def undo(self) -> None:
        """Take it back whole."""
        office, row = self._desk.office, self._row
        if row is None:
            return

        def work(progress: Progress) -> Batch:
            return batches.undo(office, row.id, progress.report)

        def done(batch: Batch) -> None:
            text = self.tr("已整批撤销：%1 %2 件，都回到办理之前").replace("%1", word(row.verb))
            self._desk.tell(text.replace("%2", f"{row.count:,}"))
            self._desk.note(batch.changes)
            self.refresh()

        def failed(error: DeskOfficeError) -> None:
            self._desk.refuse(error)
            self._waved_away = row.id
            self.hide()

        self._desk.jobs.run(work, self, done=done, failed=failed)
