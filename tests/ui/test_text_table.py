"""Short tables: badges for secrecy, and a reason where there is nothing."""

import pytest
from PySide6.QtWidgets import QTableView

from deskoffice.domain.values import Classification, Urgency
from deskoffice.ui.badges import badge_of_words
from deskoffice.ui.home import listed
from deskoffice.ui.text_table import EmptyNote, TextModel, show_in
from deskoffice.ui.theme import DARK, LIGHT


@pytest.mark.parametrize("tokens", [pytest.param(LIGHT, id="light"), pytest.param(DARK, id="dark")])
def test_words_of_secrecy_and_urgency_are_badges_and_others_are_not(tokens):
    secret, urgent = badge_of_words("机密★20年", tokens), badge_of_words("特急", tokens)
    assert (secret.word, secret.ink) == ("机密★20年", tokens.levels[Classification.SECRET])
    assert urgent.ink == tokens.urgencies[Urgency.VERY_URGENT]
    assert badge_of_words("", tokens) is None
    assert badge_of_words("公开", tokens) is None


def test_an_empty_table_says_why_until_its_first_row(look, qtbot):
    table = QTableView()
    qtbot.addWidget(table)
    model: TextModel[str] = TextModel(("日期", "密级"), lambda row: (row, "秘密"), parent=table)
    show_in(table, model, ("88月88日", "秘密★88年"), stretch=0, tokens=LIGHT)
    note = EmptyNote(table, "还没有备份。点“现在备份”。")
    table.show()
    assert note.isVisible()
    assert table.accessibleDescription() == note.text()
    model.show_rows(["11月23日"])
    assert not note.isVisible()
    assert table.accessibleDescription() == ""


def test_what_is_to_mind_is_shown_as_written():
    assert "&lt;b&gt;" in listed(["关于<b>的通知"])
    assert listed([]) == ""


def test_words_get_the_room_that_the_title_does_not_need(look, qtbot):
    table = QTableView()
    qtbot.addWidget(table)
    model: TextModel[tuple[str, str]] = TextModel(("标题", "责任人"), lambda row: row, parent=table)
    show_in(table, model, ("", "张三三"), stretch=0, tokens=LIGHT)
    table.resize(900, 300)
    table.show()
    usual = table.columnWidth(1)
    model.show_rows([("关于值班的通知", "县住房和城乡建设局")])
    assert table.columnWidth(1) > usual
    model.show_rows([("关于进一步加强全县今冬明春安全生产工作的通知" * 4, "赵明")])
    assert table.columnWidth(1) <= usual
    assert table.columnWidth(0) + table.columnWidth(1) == table.viewport().width()
