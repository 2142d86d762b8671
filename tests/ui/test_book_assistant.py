"""A person takes the old book over in the window: sees it understood, puts a cell right, imports, undoes."""

from pathlib import Path
from typing import TypeVar

from openpyxl import Workbook, load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot
from sitting import Sitting
from usecases import old_books

from deskoffice.domain.matters import ListQuery, MatterKind
from deskoffice.ui.circulation.book_assistant import BookAssistant
from deskoffice.ui.circulation.incoming_form import IncomingForm
from deskoffice.usecases import book_import, ledgers, matters
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


def test_a_doubtful_row_is_shown_with_its_place(qtbot: QtBot, office: Office, tmp_path: Path) -> None:
    book, path = Workbook(), tmp_path / "旧簿.xlsx"
    page = book.worksheets[0]
    page.append(["收文编号", "收文日期", "来文单位", "成文日期", "标题"])
    page.append([1, "2024-03-05", "县财政局", "2024-03-09", "关于报送预算的通知"])
    page.append([2, "2024-03-06", None, "2024-03-01", "关于做好值班的通知"])
    book.save(path)
    sitting = Sitting(qtbot, office)
    assistant = opened(sitting)
    assistant.open_book(path)
    label, table = part(assistant, QLabel, "resultLabel"), part(assistant, QTableView, "rowsTableView")
    sitting.until(lambda: "可导入 2" in label.text())
    cells = [[table.model().index(at, column).data() for column in (1, 2, 3)] for at in range(2)]
    assert cells == [
        ["2", "已读入，请核对：成文日期晚于收文日期，照原文记在备注", "关于报送预算的通知"],
        ["3", "已读入，请核对：没有来文单位", "关于做好值班的通知"],
    ]
    assert not part(assistant, QLineEdit, "correctLineEdit").isVisible()
    left(sitting, assistant)


def test_the_form_has_the_names_and_the_order_of_the_offices_own_book(
    qtbot: QtBot, office: Office, tmp_path: Path
) -> None:
    path = tmp_path / "旧台账.xlsx"
    path.write_bytes(old_books.every_shape_of_day().data)
    book_import.run(office, book_import.read(office, path))
    sitting = Sitting(qtbot, office)
    window = sitting.sit_down("wangli")
    form = IncomingForm(window.desk, window)
    form.open()
    sitting.rest()
    ui = form._ui
    assert ui.sourceUnitLabel.text().startswith("发文机关")
    assert ui.documentNumberLabel.text().startswith("文件字号")
    assert ui.titleLabel.text().startswith("事由")
    tops = [line.geometry().top() for line in (ui.sourceUnitLineEdit, ui.documentNumberLineEdit, ui.titleLineEdit)]
    assert tops == sorted(tops)
    form.reject()
    sitting.rest()
    sitting.get_up()
    sitting.office.close()
