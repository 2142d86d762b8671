"""会务分工: the checklist before, during and after, written in like a sheet."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QTableView, QWidget

from deskoffice.domain.errors import InvalidDraft
from deskoffice.domain.meeting_running import CheckItem, CheckRow, Phase
from deskoffice.ui.dates import moment_text
from deskoffice.ui.desk import Desk
from deskoffice.ui.text_table import show_in
from deskoffice.usecases.office import CHINA
from deskoffice.usecases.words import word

HEADINGS = ("阶段", "事项", "责任人", "时限", "办妥")
SAMPLES = ("会前", "", "欧阳建国", "2026-11-24 08:30", "11月24日 08:30 欧阳建国")
PHASE, TEXT, PERSON, DUE, DONE = range(5)
CLOCK = "%Y-%m-%d %H:%M"


class DutyTable:
    """Open things may be changed; done ones only be looked at."""

    def __init__(self, desk: Desk, table: QTableView, owner: QWidget) -> None:
        self._desk, self._table = desk, table
        self._rows: list[CheckRow | None] = []
        self._model = QStandardItemModel(0, len(HEADINGS), owner)
        self._model.setHorizontalHeaderLabels(list(HEADINGS))
        show_in(table, self._model, SAMPLES, stretch=TEXT, tokens=desk.tokens)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def show(self, rows: Sequence[CheckRow]) -> str:
        """The checklist; gives how many things are done and late."""
        self._rows = list(rows)
        self._model.setRowCount(0)
        now, today = self._desk.office.now(), self._desk.office.today()
        for row in rows:
            done = f"{moment_text(row.done_at, today)} {row.done_by}" if row.done_at else ""
            late = "超时" if row.is_late(now) else ""
            due = row.due_at.strftime(CLOCK) if row.due_at else ""
            self._append((word(row.phase), row.text, row.person, due, done or late), is_open=row.done_at is None)
        self._table.setCurrentIndex(self._model.index(0, TEXT))
        done_count = sum(row.done_at is not None for row in rows)
        late_count = sum(row.is_late(now) for row in rows)
        return f"共 {len(rows)} 项，办妥 {done_count} 项" + (f"，超时 {late_count} 项" if late_count else "")

    def _append(self, texts: Sequence[str], *, is_open: bool) -> None:
        items = [QStandardItem(text) for text in texts]
        for at, item in enumerate(items):
            item.setEditable(is_open and at in (TEXT, PERSON, DUE))
            if at == DONE and texts[DONE] == "超时":
                item.setData(self._desk.tokens.overdue, Qt.ItemDataRole.ForegroundRole)
        self._model.appendRow(items)

    def add(self) -> None:
        """A thing more, of the phase of the current line."""
        at = self._table.currentIndex().row()
        phase = self._model.item(at, PHASE).text() if at >= 0 else word(Phase.BEFORE)
        self._rows.append(None)
        self._append((phase, "", self._desk.actor.name, "", ""), is_open=True)
        index = self._model.index(self._model.rowCount() - 1, TEXT)
        self._table.setCurrentIndex(index)
        self._table.edit(index)

    def remove(self) -> None:
        """Drop the current line while it is open."""
        at = self._table.currentIndex().row()
        if at >= 0 and not self._is_done(at):
            self._model.removeRow(at)
            del self._rows[at]

    def _is_done(self, at: int) -> bool:
        row = self._rows[at]
        return row is not None and row.done_at is not None

    def current_id(self) -> int | None:
        """The kept thing under the cursor."""
        at = self._table.currentIndex().row()
        row = self._rows[at] if 0 <= at < len(self._rows) else None
        return row.id if row is not None and row.done_at is None else None

    def items(self) -> tuple[CheckItem, ...]:
        """The open things as they stand; raises InvalidDraft for a time that is none."""
        phases = {word(phase): phase for phase in Phase}
        found = []
        for at in range(self._model.rowCount()):
            if not self._is_done(at):
                texts = [self._model.item(at, column).text().strip() for column in range(DONE)]
                found.append(CheckItem(phases[texts[PHASE]], texts[TEXT], texts[PERSON], _moment(texts[DUE])))
        return tuple(found)


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        return datetime.strptime(text, CLOCK).replace(tzinfo=CHINA)
    except ValueError as error:
        raise InvalidDraft({"due_at": "moment_unknown"}) from error
