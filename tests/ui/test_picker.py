"""Finding people and units by keys alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QVBoxLayout

from deskoffice.ui.picker import Choice, Picker
from deskoffice.ui.spelling import spelled


@pytest.fixture
def form(qtbot, look):
    """Two pickers with their letters, and a button that Enter would press."""
    dialog = QDialog()
    box = QVBoxLayout(dialog)
    dialog.pickers, dialog.sent = [], []
    for letter in "PU":
        label, picker = QLabel(f"请谁会签(&{letter})"), Picker()
        picker.offer([Choice(1, "李强", "", "lq"), Choice(2, "县财政局", "", "xczj")], single=False, name="请谁会签")
        label.setBuddy(picker)
        dialog.pickers.append(picker)
        box.addWidget(label)
        box.addWidget(picker)
    button = QPushButton("送会签")
    button.setDefault(True)
    button.clicked.connect(lambda: dialog.sent.append(True))
    box.addWidget(button)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def press(qtbot, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(QApplication.focusWidget(), key, modifier)


def test_enter_ticks_one_and_sends_nothing(form, qtbot):
    people, _ = form.pickers
    people.setFocus()
    qtbot.keyClicks(QApplication.focusWidget(), "lq")
    press(qtbot, Qt.Key.Key_Return)
    assert [one.text for one in people.chosen()] == ["李强"]
    qtbot.keyClicks(QApplication.focusWidget(), "xc")
    press(qtbot, Qt.Key.Key_Return)
    assert [one.text for one in people.chosen()] == ["李强", "县财政局"]
    assert form.sent == []


def test_the_letter_of_a_label_leads_into_its_picker(form, qtbot):
    people, units = form.pickers
    people.setFocus()
    press(qtbot, Qt.Key.Key_U, Qt.KeyboardModifier.AltModifier)
    assert units.isAncestorOf(QApplication.focusWidget())
    press(qtbot, Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    assert people.isAncestorOf(QApplication.focusWidget())


CHOICES = [Choice(1, "县财政局监督股", "", "xczjjdg"), Choice(2, "县财政局", "", "xczj"), Choice(3, "韩梅", "", "hm")]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("xczj", "县财政局", id="all the letters of one, the beginning of another"),
        pytest.param(" HM ", "韩梅", id="capitals and blanks"),
        pytest.param("xczjj", "县财政局监督股", id="the beginning of one"),
        pytest.param("zzz", None, id="nobody"),
        pytest.param("县财", None, id="words stay as they are written"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_letters_mean_a_name_and_words_stay(typed, meant):
    choice = spelled(CHOICES, typed)
    assert (choice.text if choice else None) == meant
