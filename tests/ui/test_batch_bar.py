"""Several rows of a list selected, one act done to all of them, and taken back as one."""

from datetime import date

import factories
import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QPushButton

from deskoffice.ui.act_dialog import ActForm
from deskoffice.usecases import matters
from deskoffice.usecases.circulation import incoming

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(main, office):
    """The list of 收文 with four papers, the keyboard in it."""
    for at in range(4):
        incoming.register(office, factories.incoming_draft(document_number=f"东政办发〔2026〕{at + 60}号"))
    main.window.open_area("incoming")
    main.settle()
    main.window.page._ui.matterTableView.setFocus()
    return main.window.page


def offered(page) -> list[str]:
    bar = page._ui.batchFrame
    return [one.text() for one in bar.findChildren(QPushButton) if one is not bar._ui.clearPushButton]


def select_three(main, page) -> None:
    table = page._ui.matterTableView
    for _ in range(2):
        main.qtbot.keyClick(table, Qt.Key.Key_Down, SHIFT)
    main.qtbot.waitUntil(lambda: bool(offered(page)), timeout=20_000)
    main.settle()


def holders(office, page) -> list[str]:
    model = page._ui.matterTableView.model()
    return [matters.card(office, model.row(at).id).row.holder for at in range(model.count)]


def test_three_papers_are_circulated_by_keyboard_and_taken_back_as_one(main, office, page):
    select_three(main, page)
    assert page._ui.batchFrame.isVisible()
    assert page._ui.batchFrame._ui.countLabel.text() == "已选 3 件"
    before = holders(office, page)
    main.qtbot.keyClick(page._ui.matterTableView, Qt.Key.Key_Return)
    dialog = main.dialog(ActForm)
    dialog._ui.peoplePicker.choose([factories.person_id(office, "李强")])
    dialog._ui.textPlainTextEdit.setPlainText("请阅。")
    dialog._ui.donePushButton.click()
    main.qtbot.waitUntil(page._ui.undoFrame.isVisible, timeout=20_000)
    main.settle()
    assert holders(office, page) == ["李强 传阅"] * 3 + before[3:]
    assert "3 件：传阅" in page._ui.undoFrame._ui.doneLabel.text()
    assert page._ui.chipsWidget.isVisible()
    page._ui.undoFrame._ui.undoPushButton.click()
    main.qtbot.waitUntil(page._ui.undoFrame.isHidden, timeout=20_000)
    main.settle()
    assert holders(office, page) == before


def test_one_row_is_no_batch_and_escape_leaves_it(main, page):
    assert page._ui.chipsWidget.isVisible()
    select_three(main, page)
    main.qtbot.keyClick(page._ui.matterTableView, Qt.Key.Key_Escape)
    assert page._ui.chipsWidget.isVisible()
    assert len(page._ui.matterTableView.selectionModel().selectedRows()) == 1


def test_what_only_some_allow_says_how_many(main, office, page):
    row = page._ui.matterTableView.model().row(1)
    section = factories.as_login(office, "zhaoming")
    incoming.propose(section, row.id, "存查。", [])
    select_three(main, page)
    assert "传阅" in offered(page)
    assert "办结（1 件可办）" in offered(page)


def test_a_day_is_set_for_all(main, office, page):
    select_three(main, page)
    main.qtbot.mouseClick(next(b for b in page._ui.batchFrame.findChildren(QPushButton) if b.text() == "设期限"), LEFT)
    dialog = main.dialog(ActForm)
    dialog._ui.dayDateEdit.setDate(date(2026, 11, 27))
    dialog._ui.donePushButton.click()
    main.qtbot.waitUntil(page._ui.undoFrame.isVisible, timeout=20_000)
    main.settle()
    model = page._ui.matterTableView.model()
    assert [model.row(at).due_on for at in range(4)] == [date(2026, 11, 27)] * 3 + [None]


def test_a_refused_batch_keeps_the_dialog_and_changes_nothing(main, office, page):
    select_three(main, page)
    before = holders(office, page)
    page._ui.batchFrame.act_likely()
    dialog = main.dialog(ActForm)
    dialog._ui.donePushButton.click()
    main.settle()
    assert dialog._ui.peopleProblemLabel.text()
    assert holders(office, page) == before
    dialog.reject()


def test_more_than_a_days_work_is_not_offered(main, page):
    table = page._ui.matterTableView
    table.selectAll()
    page._ui.batchFrame._count = 501
    page._ui.batchFrame._ask()
    assert "500" in page._ui.batchFrame._ui.hintLabel.text()
    table.selectionModel().clearSelection()
    table.selectionModel().setCurrentIndex(table.model().index(0, 0), QItemSelectionModel.SelectionFlag.NoUpdate)


LEFT = Qt.MouseButton.LeftButton
