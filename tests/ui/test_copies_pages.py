"""份, 文号, 质量 and 总量 at the window: found by number, lent, scanned, reserved, entered, planned."""

from datetime import date

import factories
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QSpinBox, QTableView

from deskoffice.domain.values import Classification
from deskoffice.ui.circulation.copies_page import CopiesPage
from deskoffice.ui.circulation.copy_batch import CopyBatchDialog
from deskoffice.ui.circulation.copy_loan import LoanDialog
from deskoffice.ui.circulation.copy_trail import CopyTrailDialog
from deskoffice.ui.circulation.volume_page import VolumePlanDialog
from deskoffice.ui.management.record_form import RecordForm
from deskoffice.usecases import copies
from deskoffice.usecases.circulation import incoming


@pytest.fixture
def page(office, main):
    """The page of copies with one secret paper of the city's in the safe."""
    draft = factories.incoming_draft(
        level=Classification.SECRET, secrecy_years=10, copy_number="000017", must_return=True
    )
    incoming.register(office, draft, [])
    main.window.open_area("copies")
    main.settle()
    assert isinstance(main.window.page, CopiesPage)
    return main.window.page


def words(table: QTableView) -> list[list[str]]:
    model = table.model()
    return [[str(model.index(r, c).data()) for c in range(model.columnCount())] for r in range(model.rowCount())]


def press(main, widget, key=Qt.Key.Key_Return, modifier=Qt.KeyboardModifier.NoModifier):
    main.qtbot.waitUntil(lambda: widget.window().isActiveWindow())
    main.qtbot.keyClick(widget, key, modifier)
    main.settle()


def test_a_copy_is_found_by_its_number_and_its_way_is_told(main, page):
    line = page.findChild(QLineEdit, "findLineEdit")
    line.setText("000017 东政办发[2026]41号")
    press(main, line)
    dialog = main.dialog(CopyTrailDialog)
    main.settle()
    sentence = dialog.findChild(QLabel, "sentenceLabel").text()
    assert sentence.startswith("东政办发〔2026〕41号 第 000017 号份：在机要室，在 王丽 处第 1 天")
    assert words(dialog.findChild(QTableView, "linesTableView"))[0][1] == "收到"
    dialog.reject()


def test_a_copy_is_lent_and_given_back(main, page, office):
    page.findChild(QPushButton, "keptPushButton").click()
    main.settle()
    page.findChild(QPushButton, "lendPushButton").click()
    dialog = main.dialog(LoanDialog)
    press(main, dialog, modifier=Qt.KeyboardModifier.ControlModifier)
    assert dialog.findChild(QLabel, "peopleProblemLabel").isVisible()
    dialog._ui.peoplePicker.choose([factories.person_id(office, "赵明")])
    dialog.findChild(QComboBox, "approverComboBox").setCurrentText("李强")
    main.type_into(dialog.findChild(QLineEdit, "reasonLineEdit"), "起草参考")
    press(main, dialog, modifier=Qt.KeyboardModifier.ControlModifier)
    page.findChild(QPushButton, "lentPushButton").click()
    main.settle()
    assert words(page._ui.copiesTableView)[0][3:5] == ["赵明", "第 1 天"]
    page.findChild(QPushButton, "backPushButton").click()
    main.settle()
    assert copies.out(office, 0, 9).rows[0].copy.holder == "王丽"


def test_before_going_home_each_copy_is_scanned(main, page):
    page.show_tab("lists")
    main.settle()
    page.findChild(QPushButton, "countPushButton").click()
    main.settle()
    dialog = main.dialog(CopyBatchDialog)
    main.settle()
    assert dialog.findChild(QLabel, "progressLabel").text() == "应有 1 份，见到 0 份，未见 1 份"
    line = dialog.findChild(QLineEdit, "scanLineEdit")
    for text, told in (("000099", "不在这份清单上，请核对"), ("000017", "已点到")):
        line.setText(text)
        press(main, line)
        main.settle()
        assert dialog.findChild(QLabel, "resultLabel").text().startswith(told)
    press(main, dialog, modifier=Qt.KeyboardModifier.ControlModifier)
    main.settle()
    assert "已完成" in dialog.findChild(QLabel, "actTitleLabel").text()
    dialog.reject()
    main.settle()
    assert words(page._ui.batchesTableView)[0][1:6] == ["下班前清点", "已完成", "1", "1", "0"]


def test_numbers_are_reserved_and_given_up_with_a_reason(main):
    main.window.open_area("numbers")
    main.settle()
    page = main.window.page
    page.findChild(QPushButton, "reservePushButton").click()
    form = main.dialog(RecordForm)
    form.findChild(QSpinBox, "countSpinBox").setValue(2)
    main.type_into(form.findChild(QLineEdit, "reasonLineEdit"), "两会文件")
    press(main, form, modifier=Qt.KeyboardModifier.ControlModifier)
    main.settle()
    assert [row[:2] for row in words(page._ui.numbersTableView)] == [
        ["东政办发〔2026〕2号", "预留"],
        ["东政办发〔2026〕1号", "预留"],
    ]
    page.findChild(QPushButton, "voidPushButton").click()
    form = main.dialog(RecordForm)
    main.type_into(form.findChild(QLineEdit, "reasonLineEdit"), "会议取消")
    press(main, form, modifier=Qt.KeyboardModifier.ControlModifier)
    main.settle()
    assert page.findChild(QLabel, "summaryLabel").text() == "已用 0，预留 1，作废 1，断号 0"


def test_an_error_is_entered_and_counted(main):
    main.window.open_area("quality")
    main.settle()
    page = main.window.page
    assert page.findChild(QLabel, "summaryLabel").text().startswith("漏办 0　错办 0　延误 0")
    page.start_new()
    form = main.dialog(RecordForm)
    press(main, form, modifier=Qt.KeyboardModifier.ControlModifier)
    assert form.findChild(QLabel, "noteProblemLabel").isVisible()
    main.type_into(form.findChild(QPlainTextEdit, "notePlainTextEdit"), "版记位置不对，已重印。")
    press(main, form, modifier=Qt.KeyboardModifier.ControlModifier)
    main.settle()
    assert "文字 1" in page.findChild(QLabel, "summaryLabel").text()


def test_a_ceiling_and_last_years_months_are_typed_in(main):
    main.window.open_area("volume")
    main.settle()
    page = main.window.page
    page.findChild(QPushButton, "planPushButton").click()
    main.settle()
    dialog = main.dialog(VolumePlanDialog)
    dialog.findChild(QSpinBox, "ceilingSpinBox").setValue(120)
    dialog.findChild(QSpinBox, "month3SpinBox").setValue(9)
    press(main, dialog, modifier=Qt.KeyboardModifier.ControlModifier)
    main.settle()
    row = words(page._ui.volumeTableView)[0]
    assert row[:6] == ["东政办发", "0", "9（录入）", "-9", "-100.0", "120"]
    assert date(2026, 11, 23) == page._until()
