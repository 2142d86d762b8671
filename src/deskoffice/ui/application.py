"""Starts the window: Chinese and colours first, then log-in or the first day, then the main window."""

import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QSettings
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from deskoffice.ui import input_method, theme
from deskoffice.ui.desk import Desk
from deskoffice.ui.jobs import Jobs
from deskoffice.ui.theme import LIGHT, Tokens
from deskoffice.usecases.office import Office, vault_exists

IDLE_MINUTES = 10


class Session(QObject):
    """From log-in to lock. Locking ends the process and starts it anew: nothing else clears memory."""

    def __init__(self, app: QApplication, vault_folder: Path, *, tokens: Tokens, relock: Callable[[], None]) -> None:
        super().__init__(app)
        self._app, self._folder, self._tokens, self._relock = app, vault_folder, tokens, relock
        self._office: Office | None = None
        self._desk: Desk | None = None
        self.jobs = Jobs(self)
        self.window: QWidget | None = None

    def begin(self) -> None:
        """Log in, or found the office when there is none."""
        from deskoffice.ui.first_run import FirstRun
        from deskoffice.ui.login import LoginPage

        if vault_exists(self._folder):
            login = LoginPage(self.jobs, self._folder)
            login.opened.connect(self._open)
            self._show(login)
        else:
            assistant = FirstRun(self.jobs, self._folder)
            assistant.founded.connect(self._open)
            self._show(assistant)

    def _open(self, office: Office) -> None:
        # Here and not above: the log-in page is on the screen before the pages are even read from disk.
        from deskoffice.ui.areas import OPENERS
        from deskoffice.ui.idle import IdleWatch
        from deskoffice.ui.window import MainWindow

        self._office = office
        self._desk = desk = Desk(office, self.jobs, tokens=self._tokens, openers=OPENERS, parent=self)
        window = MainWindow(desk)
        window.lock_wanted.connect(self.lock)
        window.closing.connect(desk.leaving)
        watch = IdleWatch(self._app, IDLE_MINUTES, parent=window)
        watch.idle.connect(self.lock)
        self._show(window)

    def lock(self) -> None:
        """Blank the screen, close the vault, become a new process at the log-in page."""
        if self.window is not None:
            self.window.hide()
        if self._desk is not None:
            self._desk.leaving.emit()
        self.close()
        self._relock()

    def close(self) -> None:
        """Finish what has begun, then close the vault in the thread that opened it."""
        office, self._office = self._office, None
        if office is not None:
            self.jobs.run(lambda _: office.close(), self, done=lambda _: None)
        self.jobs.finish()

    def _show(self, window: QWidget) -> None:
        before, self.window = self.window, window
        screen = self._app.primaryScreen().availableGeometry()
        window.resize(screen.size() if isinstance(window, QMainWindow) else screen.size() * 0.8)
        window.move(screen.topLeft())
        if isinstance(window, QMainWindow):
            window.showMaximized()
        else:
            window.move(screen.center() - window.rect().center())
            window.show()
        if before is not None:
            before.close()
            before.deleteLater()


def run(argv: Sequence[str], *, vault_folder: Path, relock: Callable[[], None]) -> int:
    """Show the window until it is closed; the exit status."""
    with tempfile.TemporaryDirectory(prefix="deskoffice-") as private:
        # Qt's file dialog writes the names of folders into its settings; these go with the session.
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, private)
        way = input_method.prepare(os.environ)
        app = QApplication(list(argv))
        input_method.install(app, way)
        app.setApplicationName("deskoffice")
        theme.prepare(app)
        theme.wear(app, LIGHT)
        session = Session(app, vault_folder, tokens=LIGHT, relock=relock)
        session.begin()
        status = app.exec()
        session.close()
        return status
