"""A desk on a real office for the tests of the window; everything runs as it does for a person."""

import shutil
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from sitting import Running, Sitting

from deskoffice.ui import theme
from deskoffice.ui.areas import OPENERS
from deskoffice.ui.desk import Desk
from deskoffice.ui.jobs import Jobs
from deskoffice.ui.theme import LIGHT
from deskoffice.ui.window import MainWindow
from deskoffice.usecases.office import Office


@pytest.fixture
def look(qapp: QApplication) -> QApplication:
    theme.prepare(qapp)
    theme.wear(qapp, LIGHT)
    return qapp


@pytest.fixture
def jobs(qapp: QApplication) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.finish()
    made.deleteLater()


@pytest.fixture
def desk(office: Office, jobs: Jobs, look: QApplication) -> Iterator[Desk]:
    made = Desk(office, jobs, tokens=LIGHT, openers=OPENERS)
    yield made
    made.deleteLater()


class Windowed:
    """The main window with what tests do again and again."""

    def __init__(self, window: MainWindow, qtbot) -> None:
        self.window, self.qtbot = window, qtbot

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.window.desk.jobs.is_idle, timeout=20_000)

    def dialog(self, kind):
        self.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind))
        return QApplication.activeModalWidget()

    def type_into(self, widget: QWidget, text: str) -> None:
        """As an input method does: QTest's keys know no Chinese."""
        widget.setFocus()
        typed = QInputMethodEvent()
        typed.setCommitString(text)
        QApplication.sendEvent(widget, typed)


@pytest.fixture
def main(desk: Desk, qtbot) -> Windowed:
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    shown = Windowed(window, qtbot)
    shown.settle()
    return shown


@pytest.fixture
def sitting(qtbot, office) -> Iterator[Sitting]:
    seat = Sitting(qtbot, office)
    yield seat
    seat.get_up()
    seat.office.close()


@pytest.fixture
def folder(founded_folder, tmp_path):
    there = tmp_path / "vault"
    shutil.copytree(founded_folder, there)
    return there


@pytest.fixture
def running(look, folder, qtbot):
    made = Running(look, folder, qtbot)
    yield made
    if not made.locked:
        made.session.close()
    made.session.deleteLater()
