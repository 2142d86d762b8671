"""A person takes the old book over in the window: sees it understood, puts a cell right, imports, undoes."""

from pathlib import Path
from typing import TypeVar

from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot
from sitting import Sitting
from usecases import old_books

from deskoffice.domain.matters import ListQuery, MatterKind
from deskoffice.ui.circulation.book_assistant import BookAssistant
from deskoffice.usecases import ledgers, matters
from deskoffice.usecases.office import Office

W = TypeVar("W", bound=QWidget)
INCOMING = ListQuery(kinds=frozenset({MatterKind.INCOMING}))


def book_with_a_bad_day(folder: Path) -> Path:
    path = folder / "旧台账.xlsx"
    path.write_bytes(old_books.two_line_headings().data)
    book = load_workbook(path)
    book.worksheets[0]["C4"] = "某日"
    book.save(path)
    return path


def part(assistant: BookAssistant, kind: type[W], name: str) -> W:
    """A widget of the form."""
    found = assistant.findChild(kind, name)
    assert found is not None
    return found


def opened(sitting: Sitting) -> BookAssistant:
    window = sitting.sit_down("wangli")
    assistant = BookAssistant(window.desk, window)
    assistant.open()
    return assistant


def left(sitting: Sitting, assistant: BookAssistant) -> None:
    assistant.close()
    sitting.rest()
    sitting.get_up()
    sitting.office.close()


def test_an_old_book_is_tried_corrected_imported_and_undone(qtbot: QtBot, office: Office, tmp_path: Path) -> None:
    sitting = Sitting(qtbot, office)
    assistant = opened(sitting)
    label = part(assistant, QLabel, "resultLabel")
    assistant.open_book(book_with_a_bad_day(tmp_path))
    sitting.until(lambda: "试导入：共 120 行，可导入 119，重复 0，不能导入 1" in label.text())

    part(assistant, QTableView, "rowsTableView").selectRow(0)
    line = part(assistant, QLineEdit, "correctLineEdit")
    line.clear()
    sitting.type_in(line, "2024年1月3日")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    sitting.until(lambda: "可导入 120" in label.text())

    qtbot.mouseClick(part(assistant, QPushButton, "importPushButton"), Qt.MouseButton.LeftButton)
    sitting.until(lambda: "已导入 120 件" in label.text())
    assert matters.list_page(sitting.office, INCOMING, 0, 1).total == 120

    scans = tmp_path / "扫描"
    scans.mkdir()
    number = next(row.document_number for row in ledgers.rows(sitting.office, INCOMING) if row.document_number)
    (scans / f"{number}.txt").write_text("扫描件文字", encoding="utf-8")
    (scans / "别的.txt").write_text("无关", encoding="utf-8")
    assistant.attach_scans(scans)
    sitting.until(lambda: "已挂 1 个扫描件" in label.text() and "别的.txt" in label.text())

    qtbot.mouseClick(part(assistant, QPushButton, "undoPushButton"), Qt.MouseButton.LeftButton)
    sitting.until(lambda: "可导入 120" in label.text())
    assert matters.list_page(sitting.office, INCOMING, 0, 1).total == 0
    left(sitting, assistant)


def test_a_column_can_be_taken_otherwise(qtbot: QtBot, office: Office, tmp_path: Path) -> None:
    sitting = Sitting(qtbot, office)
    assistant = opened(sitting)
    path = tmp_path / "book.xlsx"
    path.write_bytes(old_books.formulas().data)
    assistant.open_book(path)
    columns = part(assistant, QTableView, "columnsTableView")
    label, choice = part(assistant, QLabel, "resultLabel"), part(assistant, QComboBox, "fieldComboBox")
    sitting.until(lambda: "可导入 50" in label.text())
    columns.selectRow(3)
    assert choice.currentText() == "标题"
    choice.setCurrentIndex(0)
    choice.activated.emit(0)
    sitting.until(lambda: "不能导入 50" in label.text())
    left(sitting, assistant)
