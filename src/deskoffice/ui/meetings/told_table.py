"""通知: one line for everybody called, answered by one key, stored together."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QPushButton, QTableView, QWidget

from deskoffice.domain.meeting_running import Answer, Running, Told, Way
from deskoffice.domain.meetings import AttendeeRow
from deskoffice.ui.dates import moment_text
from deskoffice.ui.desk import Desk
from deskoffice.ui.text_table import show_in
from deskoffice.usecases.words import word

HEADINGS = ("姓名", "单位和职务", "通知记录", "接听人", "回复", "请假事由 / 代会人")
SAMPLES = ("欧阳建国", "", "11月24日 08:30 电话 欧阳", "欧阳建国", "派人代会", "因公出差在外地学习")
NAME, UNIT, KEPT, TO_WHOM, ANSWER, SAID = range(6)


class ToldTable:
    """The table and its keys. What is marked here is new; what was kept before stands in the third column."""

    def __init__(self, desk: Desk, table: QTableView, way: QComboBox, owner: QWidget) -> None:
        self._desk, self._table, self._way = desk, table, way
        self._lines: Sequence[AttendeeRow] = ()
        self._marked: dict[int, Answer] = {}
        self._model = QStandardItemModel(0, len(HEADINGS), owner)
        self._model.setHorizontalHeaderLabels(list(HEADINGS))
        show_in(table, self._model, SAMPLES, stretch=UNIT, tokens=desk.tokens)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for one in Way:
            way.addItem(word(one), one)

    def connect_keys(self, buttons: Sequence[tuple[QPushButton, Answer]]) -> None:
        """1 to 4 mark the selected lines."""
        for at, (button, answer) in enumerate(buttons, start=1):
            button.clicked.connect(lambda _=False, wanted=answer: self._mark_selected(wanted))
            key = QKeySequence(f"{at}")
            QShortcut(key, self._table, button.click, context=Qt.ShortcutContext.WidgetShortcut)

    def show(self, lines: Sequence[AttendeeRow], running: Running) -> None:
        """Everybody called, with the last telling of each."""
        self._lines, self._marked = lines, {}
        self._model.setRowCount(0)
        today = self._desk.office.today()
        for line in lines:
            told = running.last_told(line.id)
            kept = f"{moment_text(told.at, today)} {word(told.way)} {told.by}" if told else ""
            answer = word(told.answer) if told else ""
            where = f"{line.unit}{line.post}" if line.person else line.unit
            to_whom, said = (told.to_whom, told.said) if told else ("", "")
            items = [QStandardItem(t) for t in (line.person or "（派人）", where, kept, to_whom, answer, said)]
            for at in (NAME, UNIT, KEPT, ANSWER):
                items[at].setEditable(False)
            self._model.appendRow(items)
        self._table.setCurrentIndex(self._model.index(0, NAME))

    def _mark_selected(self, answer: Answer) -> None:
        rows = sorted({index.row() for index in self._table.selectionModel().selectedRows()})
        for row in rows:
            self._mark(row, answer)
        if rows and answer in (Answer.LEAVE, Answer.STAND_IN):
            self._table.setCurrentIndex(self._model.index(rows[0], SAID))
            self._table.edit(self._model.index(rows[0], SAID))
        elif len(rows) == 1 and rows[0] + 1 < self._model.rowCount():
            self._table.setCurrentIndex(self._model.index(rows[0] + 1, NAME))

    def _mark(self, row: int, answer: Answer) -> None:
        self._marked[row] = answer
        self._model.item(row, ANSWER).setText(word(answer))

    def mark_rest(self) -> None:
        """Everybody without a telling is coming."""
        for row in range(self._model.rowCount()):
            if row not in self._marked and not self._model.item(row, KEPT).text():
                self._mark(row, Answer.COMING)

    def entries(self) -> tuple[Told, ...]:
        """What was marked since the table was shown."""
        way = Way(self._way.currentData())
        return tuple(
            Told(
                self._lines[row].id,
                way,
                self._model.item(row, TO_WHOM).text().strip(),
                answer,
                self._model.item(row, SAID).text().strip(),
            )
            for row, answer in sorted(self._marked.items())
        )
