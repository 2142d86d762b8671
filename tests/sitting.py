"""A person sits down at the real window: logs in, works, gets up again."""

from collections.abc import Callable

import factories
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from deskoffice.ui import theme
from deskoffice.ui.application import Session
from deskoffice.ui.areas import OPENERS
from deskoffice.ui.desk import Desk
from deskoffice.ui.jobs import Jobs
from deskoffice.ui.pages_view import PagesView
from deskoffice.ui.theme import LIGHT
from deskoffice.ui.window import MainWindow
from deskoffice.usecases.office import Office


class Sitting:
    """One log-in after another on one vault; the window is as large as the smallest screen of the office."""

    def __init__(self, qtbot: QtBot, office: Office) -> None:
        self._qtbot = qtbot
        self.office = office
        self._jobs: Jobs | None = None
        self._window: MainWindow | None = None

    @property
    def window(self) -> MainWindow:
        assert self._window is not None
        return self._window

    def sit_down(self, login: str) -> MainWindow:
        """Get up if somebody sits here, log in, and wait until the first page is there."""
        self.get_up()
        self.office = factories.log_in(self.office, login)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        theme.prepare(application)
        theme.wear(application, LIGHT)
        self._jobs = Jobs()
        self._window = MainWindow(Desk(self.office, self._jobs, tokens=LIGHT, openers=OPENERS, parent=self._jobs))
        self._window.resize(1366, 768)
        self._window.show()
        self.rest()
        return self._window

    def rest(self) -> None:
        """Wait until nothing is being worked on."""
        assert self._jobs is not None
        jobs = self._jobs
        self._qtbot.waitUntil(lambda: jobs.is_idle, timeout=60_000)

    def get_up(self) -> None:
        """Close the window and end the worker."""
        if self._window is not None and self._jobs is not None:
            self._window.hide()
            self._jobs.finish()
            self._window.deleteLater()
            self._jobs.deleteLater()
            self._window = self._jobs = None

    def dialog(self, kind: type[QWidget]) -> QWidget:
        """The open dialog of a kind, once it takes keys."""

        def found() -> list[QWidget]:
            return [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]

        self._qtbot.waitUntil(lambda: bool(found()) and found()[0].isActiveWindow(), timeout=60_000)
        self.rest()
        return found()[0]

    @staticmethod
    def type_in(widget: QWidget, text: str) -> None:
        """Chinese as an input method brings it: QTest knows Latin keys only."""
        widget.setFocus()
        typed = QInputMethodEvent()
        typed.setCommitString(text)
        QApplication.sendEvent(widget, typed)

    def until(self, true: Callable[[], bool]) -> None:
        """Wait for something a person would see."""
        self._qtbot.waitUntil(true, timeout=60_000)


def tab(sitting: Sitting, login: str, title: str) -> QWidget:
    """The page of upkeep of that name, read."""
    window = sitting.sit_down(login)
    window.open_area("settings")
    window.page.show_tab(title)
    sitting.rest()
    return window.page.current


class Running:
    """A session that counts how often it was locked."""

    def __init__(self, app, folder, qtbot, pass_on=None) -> None:
        self.locked = 0
        self.session = Session(app, folder, relock=self._count, pass_on=pass_on)
        self.qtbot = qtbot
        self.session.begin()

    def _count(self) -> None:
        self.locked += 1

    def log_in(self) -> MainWindow:
        page = self.session.window
        page._ui.loginLineEdit.setText("wangli")
        page._ui.passwordLineEdit.setText(factories.PASSWORD)
        page._ui.loginPushButton.click()
        self.qtbot.waitUntil(lambda: isinstance(self.session.window, MainWindow), timeout=20_000)
        self.qtbot.waitUntil(lambda: self.session.jobs.is_idle, timeout=20_000)
        return self.session.window


def shows_pages(pane: QWidget) -> bool:
    """Pages stand in a preview, which has no parts before."""
    return any(view._pages for view in pane.findChildren(PagesView))
