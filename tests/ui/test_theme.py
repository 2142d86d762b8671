"""Both sets of colours are complete and readable."""

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QDialogButtonBox

from deskoffice.ui.theme import DARK, LIGHT, style_sheet


def luminance(colour: str) -> float:
    parts = QColor(colour).getRgbF()[:3]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


PAIRS = [
    ("text", "ground"),
    ("text", "surface"),
    ("text", "selection"),
    ("secondary", "ground"),
    ("secondary", "surface"),
    ("secondary", "status"),
    ("action_text", "action"),
    ("nav_text", "navigation"),
    ("nav_faint", "navigation"),
    ("overdue", "surface"),
    ("soon", "surface"),
    ("done", "surface"),
    ("faint", "ground"),
    ("faint", "surface"),
    ("overdue", "selection"),
    ("soon", "selection"),
    ("secondary", "selection"),
    ("secondary", "header"),
    ("nav_text", "nav_current"),
    ("nav_current_text", "surface"),
    ("nav_current_text", "selection"),
    ("nav_current_text", "message_ground"),
    ("text", "message_ground"),
]


@pytest.mark.parametrize("tokens", [pytest.param(LIGHT, id="light"), pytest.param(DARK, id="dark")])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_text_is_readable(tokens, ink, ground):
    assert contrast(getattr(tokens, ink), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize("tokens", [pytest.param(LIGHT, id="light"), pytest.param(DARK, id="dark")])
def test_badges_are_readable(tokens):
    for ink in (*tokens.levels.values(), *tokens.urgencies.values()):
        assert contrast(ink.text, ink.ground) >= 4.5, ink


@pytest.mark.parametrize("tokens", [pytest.param(LIGHT, id="light"), pytest.param(DARK, id="dark")])
def test_the_style_sheet_names_only_colours_that_exist(tokens):
    assert "@" not in style_sheet(tokens)


def test_qts_own_buttons_speak_chinese(look, qtbot):
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert {button.text().replace("&", "") for button in box.buttons()} == {"确定", "取消"}
