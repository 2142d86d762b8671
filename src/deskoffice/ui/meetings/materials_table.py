"""材料和手机: numbered papers and telephones of everybody called, in one table."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QTableView, QWidget

from deskoffice.domain.meeting_running import GivenRow, Running
from deskoffice.domain.meetings import AttendeeRow
from deskoffice.ui.dates import day_text
from deskoffice.ui.desk import Desk
from deskoffice.ui.text_table import show_in

HEADINGS = ("姓名", "单位和职务", "材料编号", "发放", "收回", "手机柜号", "存入", "取走")
SAMPLES = ("欧阳建国", "", "000123", "11月24日", "11月24日", "A12", "08:30", "11:45")
NAME, UNIT, NUMBER, GIVEN, BACK, SLOT, PUT, TAKEN = range(8)


class MaterialsTable:
    """Numbers and cabinet places are typed in; the rest tells what was done."""

    def __init__(self, desk: Desk, table: QTableView, owner: QWidget) -> None:
        self._desk, self._table = desk, table
        self._lines: Sequence[AttendeeRow] = ()
        self._given: dict[int, GivenRow] = {}
        self._model = QStandardItemModel(0, len(HEADINGS), owner)
        self._model.setHorizontalHeaderLabels(list(HEADINGS))
        show_in(table, self._model, SAMPLES, stretch=UNIT, tokens=desk.tokens)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def show(self, lines: Sequence[AttendeeRow], running: Running) -> str:
        """Everybody called; gives what is still out."""
        self._lines = lines
        self._given = {row.attendee_id: row for row in running.given}
        phones = {row.attendee_id: row for row in running.phones}
        today = self._desk.office.today()
        self._model.setRowCount(0)
        for line in lines:
            given, phone = self._given.get(line.id), phones.get(line.id)
            texts = [line.stand_in or line.person or "（派人）", f"{line.unit}{line.post if line.person else ''}"]
            texts += _given_texts(given, today)
            texts += [phone.slot, f"{phone.put_at:%H:%M}"] if phone else ["", ""]
            texts.append(f"{phone.taken_at:%H:%M}" if phone and phone.taken_at else "")
            items = [QStandardItem(text) for text in texts]
            for at, item in enumerate(items):
                item.setEditable((at == NUMBER and given is None) or (at == SLOT and phone is None))
            self._model.appendRow(items)
        self._table.setCurrentIndex(self._model.index(0, NUMBER))
        out = sum(row.copy.ended_on is None for row in running.given)
        left = sum(row.taken_at is None for row in running.phones)
        papers = f"未收回 {out} 份" if out else "没有材料在外"
        return f"{papers}　寄存手机 {left} 部" if left else papers

    def number_all(self) -> None:
        """001 onwards down the sheet for those without a number."""
        taken = {self._text(row, NUMBER) for row in range(self._model.rowCount())}
        following = 1
        for row in range(self._model.rowCount()):
            if not self._text(row, NUMBER):
                while f"{following:03d}" in taken:
                    following += 1
                taken.add(f"{following:03d}")
                self._model.item(row, NUMBER).setText(f"{following:03d}")

    def _text(self, row: int, column: int) -> str:
        return self._model.item(row, column).text().strip()

    def to_give(self) -> list[tuple[int, str]]:
        """Numbers typed for those who hold nothing yet."""
        return [
            (line.id, self._text(row, NUMBER))
            for row, line in enumerate(self._lines)
            if line.id not in self._given and self._text(row, NUMBER)
        ]

    def out(self, *, selected_only: bool) -> list[int]:
        """Copies that are out, of the selected lines or of all."""
        return [
            self._given[line.id].copy.id
            for line in self._chosen(selected_only=selected_only)
            if line.id in self._given and self._given[line.id].copy.ended_on is None
        ]

    def _chosen(self, *, selected_only: bool) -> Sequence[AttendeeRow]:
        if not selected_only:
            return self._lines
        rows = {index.row() for index in self._table.selectionModel().selectedRows()}
        return [line for at, line in enumerate(self._lines) if at in rows]

    def to_put(self) -> list[tuple[int, str]]:
        """Cabinet places typed for telephones not yet put away."""
        return [
            (line.id, self._text(row, SLOT))
            for row, line in enumerate(self._lines)
            if self._text(row, SLOT) and not self._text(row, PUT)
        ]

    def to_take(self) -> list[int]:
        """Telephones in the cabinet, of the selected lines, or all when one line alone is selected."""
        rows = {index.row() for index in self._table.selectionModel().selectedRows()}
        return [
            line.id
            for row, line in enumerate(self._lines)
            if self._text(row, PUT) and not self._text(row, TAKEN) and (len(rows) < 2 or row in rows)
        ]


def _given_texts(given: GivenRow | None, today: date) -> list[str]:
    if given is None:
        return ["", "", ""]
    copy = given.copy
    back = day_text(copy.ended_on, today) if copy.ended_on else ""
    return [copy.copy_number, day_text(copy.held_since, today), back]
