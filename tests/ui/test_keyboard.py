"""Every page and form can be worked without a mouse: letters that are one's own, and a Tab that comes round."""

import html
import re
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QPlainTextEdit, QTabBar, QTextEdit, QWidget

from deskoffice.ui.tree import descendants
from deskoffice.ui.window import MainWindow

FORMS = Path(__file__).resolve().parents[2] / "ui"


@pytest.mark.parametrize("form", sorted(FORMS.rglob("*.ui")), ids=lambda path: path.stem)
def test_no_two_words_of_a_form_have_the_same_letter(form):
    words = re.findall(r'<property name="(?:text|title)"><string>([^<]*)</string>', form.read_text("utf-8"))
    letters = Counter(found[1] for word in words if (found := re.search(r"&(\w)", html.unescape(word))))
    assert [letter for letter, count in letters.items() if count > 1] == []


def wanted(page: QWidget) -> list[QWidget]:
    """What a person would want to reach by Tab; one chip of an exclusive row stands for all."""
    return [
        one
        for one in descendants(page, QWidget)
        if one.isVisible()
        and one.isEnabled()
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not one.objectName().startswith("qt_")
        and one.focusProxy() is None
        and not isinstance(one, QTabBar)
        and not (getattr(one, "autoExclusive", bool)() and not one.isChecked())
        and one.parentWidget() is not None
        and not one.parentWidget().inherits("QAbstractSpinBox")
        and not one.parentWidget().inherits("QComboBox")
    ]


def walk(window: MainWindow) -> list[QWidget]:
    """Where Tab leads, until it comes back to where it began."""
    seen: list[QWidget] = []
    while (here := window.focusWidget()) not in seen:
        seen.append(here)
        window.focusNextPrevChild(True)
    assert here is seen[0], f"{window.windowTitle()}: Tab ends at {here.objectName()}"
    return seen


def keeps_tab(widget: QWidget) -> bool:
    """Tab would be typed, or move inside."""
    if isinstance(widget, QAbstractItemView):
        return widget.tabKeyNavigation()
    return isinstance(widget, QPlainTextEdit | QTextEdit) and not (widget.isReadOnly() or widget.tabChangesFocus())


def test_tab_comes_by_everything_of_every_page_and_round_again(main):
    window = main.window
    missed = {}
    for key in window.area_keys:
        window.open_area(key)
        main.settle()
        window._ui.navigationListView.setFocus()
        seen = walk(window)
        left = [one for one in wanted(window.page) if one not in seen or keeps_tab(one)]
        if left:
            missed[key] = [f"{type(one).__name__} {one.objectName()}" for one in left]
    assert missed == {}
