"""The frame of the window: areas, finder, manual, views, lock."""

import factories
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit

from deskoffice.ui.areas import OPENERS
from deskoffice.ui.desk import Desk
from deskoffice.ui.finder import Finder
from deskoffice.ui.manual import CHAPTERS, Manual
from deskoffice.ui.matter_list import MatterListPage
from deskoffice.ui.matter_model import DUE, TITLE
from deskoffice.ui.name_dialog import NameDialog
from deskoffice.ui.theme import LIGHT
from deskoffice.ui.tree import descendants
from deskoffice.ui.window import MainWindow
from deskoffice.usecases.circulation import incoming


def found(finder: Finder) -> list[str]:
    return [finder._model.item(row).text() for row in range(finder._model.rowCount())]


def test_every_area_opens(main):
    for key in main.window.area_keys:
        main.window.open_area(key)
        main.settle()
        assert main.window.windowTitle().startswith("案头")


def test_the_finder_finds_commands_by_pinyin_letters(main):
    main.window.open_finder()
    finder = main.dialog(Finder)
    main.type_into(finder._ui.finderLineEdit, "sw")
    assert "收文" in found(finder)


def test_the_finder_opens_a_matter_in_its_list(main, office):
    changes = incoming.register(office, factories.incoming_draft())
    main.window.open_finder()
    finder = main.dialog(Finder)
    main.type_into(finder._ui.finderLineEdit, "汛期值班")
    main.qtbot.waitUntil(lambda: "关于做好汛期值班值守工作的通知" in found(finder))
    main.qtbot.keyClick(finder._ui.finderLineEdit, Qt.Key.Key_Return)
    main.settle()
    assert main.window.page._ui.cardFrame.card.row.id == changes.matter_ids[0]


def test_every_chapter_of_the_manual_is_there(main):
    for key, _ in CHAPTERS:
        main.window.open_manual(key)
        manual = main.dialog(Manual)
        assert len(manual._ui.chapterTextBrowser.toPlainText()) > 80
        manual.reject()


def test_every_page_has_a_chapter(main):
    known = {key for key, _ in CHAPTERS}
    for key in main.window.area_keys:
        main.window.open_area(key)
        assert main.window.page.help_topic in known
    main.settle()


def test_a_saved_view_stands_in_the_navigation_and_can_be_taken_back(main):
    main.window.open_area("incoming")
    main.settle()
    page = main.window.page
    assert isinstance(page, MatterListPage)
    page._chips._scope_chips["overdue"].click()
    page._chips.save_wanted.emit()
    dialog = main.dialog(NameDialog)
    dialog._ui.nameLineEdit.setText("晚了的")
    dialog._ui.savePushButton.click()
    main.settle()
    assert "view:晚了的" in list(main.window._navigation.keys())
    page._chips.clear()
    main.window._ui.navigationListView.setCurrentIndex(main.window._navigation.index_of("view:晚了的"))
    main.settle()
    assert page._chips.state.scope == "overdue"
    main.window._views.remove(main.window._views.views[0])
    assert "view:晚了的" not in list(main.window._navigation.keys())
    main.window._ui.messageFrame._undo_button.click()
    main.settle()
    assert "view:晚了的" in list(main.window._navigation.keys())


def test_a_message_moves_nothing_on_the_page(main, office):
    incoming.register(office, factories.incoming_draft())
    main.window.open_area("incoming")
    main.settle()
    page, bar = main.window.page, main.window._ui.messageFrame
    acts = [one for one in page._ui.cardFrame.findChildren(QAbstractButton) if one.isVisible()]
    before = [one.mapToGlobal(one.rect().topLeft()) for one in acts]
    main.window.desk.tell("已登记，收〔2026〕1号")
    main.qtbot.waitUntil(bar.isVisible)
    main.settle()
    assert [one.mapToGlobal(one.rect().topLeft()) for one in acts] == before
    shown = bar.rect().translated(bar.mapToGlobal(bar.rect().topLeft()))
    assert not any(shown.contains(one.mapToGlobal(one.rect().bottomLeft())) for one in acts)


def test_lock_is_asked_for_by_its_button(main):
    with main.qtbot.waitSignal(main.window.lock_wanted):
        main.window._ui.lockPushButton.click()


def test_the_status_bar_says_who_and_at_which_level(main):
    assert main.window._ui.actorLabel.text() == "王丽 · 机要员 · 涉密等级 机密"


INPUTS = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox, QAbstractItemView)


def nameless(window) -> list[str]:
    """Inputs that a screen reader could not name; parts that Qt puts inside its own widgets are not ours."""
    return [
        f"{type(widget).__name__} {widget.objectName()}"
        for kind in INPUTS
        for widget in descendants(window, kind)
        if not widget.isHidden()
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not widget.objectName().startswith("qt_")
        and not (widget.accessibleName() or getattr(widget, "text", str)())
        and widget.parent() is not None
        and not isinstance(widget.parent(), (QComboBox, QAbstractSpinBox))
        and type(widget).__module__ != "PySide6.QtWidgets.private"
        and type(widget).__name__ not in ("QComboBoxListView", "QListView")
    ]


def test_everything_that_takes_the_focus_has_a_name(main):
    for key in main.window.area_keys:
        main.window.open_area(key)
        main.settle()
    assert nameless(main.window) == []


@pytest.mark.parametrize("login", ["sysadmin", "secadmin", "auditor", "intern"])
def test_a_window_opens_for_everybody(office, jobs, look, qtbot, login):
    desk = Desk(factories.as_login(office, login), jobs, tokens=LIGHT, openers=OPENERS)
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: jobs.is_idle, timeout=20_000)
    assert "incoming" not in window.area_keys or not desk.actor.is_officer
    desk.deleteLater()


def test_nothing_scrolls_sideways_at_1366(main, office):
    incoming.register(office, factories.incoming_draft(title="关于" + "进一步" * 60 + "的通知"))
    main.window.open_area("incoming")
    main.settle()
    table = main.window.page._ui.matterTableView
    assert table.horizontalScrollBar().maximum() == 0
    assert main.window.minimumSizeHint().width() <= 1366


def test_what_a_role_seldom_needs_is_folded_and_opens_by_key_and_stays_so(main):
    view, model = main.window._ui.navigationListView, main.window._navigation
    main.settle()
    rare = model.index_of("blank_forms")
    assert view.isRowHidden(rare.row())
    heading = model.section_of(rare)
    view.setCurrentIndex(heading)
    main.qtbot.keyClick(view, Qt.Key.Key_Return)
    assert not view.isRowHidden(rare.row())
    main.settle()
    again = MainWindow(main.window.desk)
    main.qtbot.addWidget(again)
    main.settle()
    assert not again._ui.navigationListView.isRowHidden(again._navigation.index_of("blank_forms").row())


def test_daily_areas_of_the_clerk_need_no_scrolling_at_768(main):
    main.window.resize(1366, 768)
    main.settle()
    assert main.window._ui.navigationListView.verticalScrollBar().maximum() == 0


def test_an_area_of_a_folded_section_is_shown_when_it_is_opened(main):
    main.window.open_area("blank_forms")
    main.settle()
    view = main.window._ui.navigationListView
    assert not view.isRowHidden(view.currentIndex().row())


def test_a_section_opened_for_one_area_folds_again_behind_it(main):
    main.window.open_area("blank_forms")
    main.window.open_area("incoming")
    main.settle()
    model = main.window._navigation
    assert main.window._ui.navigationListView.isRowHidden(model.index_of("blank_forms").row())


def test_at_125_percent_a_list_keeps_room_for_its_titles(main, office):
    incoming.register(office, factories.incoming_draft(title="关于" + "进一步" * 60 + "的通知"))
    main.window.open_area("incoming")
    main.settle()
    main.window.resize(1366 * 4 // 5, 768 * 4 // 5)
    main.settle()
    table = main.window.page._ui.matterTableView
    assert table.columnWidth(TITLE) >= 100
    assert table.isColumnHidden(DUE)
    main.window.resize(1366, 768)
    main.settle()
    assert not table.isColumnHidden(DUE)


def test_chips_are_wide_where_there_is_room_and_whole_where_there_is_none(main):
    main.window.open_area("outgoing")
    chip = main.window.page._chips._scope_chips["open"]
    for width, is_narrow in ((1366, False), (1093, True), (1366, False)):
        main.window.resize(width, 700)
        main.settle()
        main.qtbot.waitUntil(lambda wanted=is_narrow: bool(chip.property("narrow")) is wanted)
        assert chip.width() >= chip.minimumWidth()
    assert main.window._ui.pageScrollArea.horizontalScrollBar().maximum() == 0
