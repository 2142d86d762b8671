"""Starts the window: Chinese and colours first, then log-in or the first day, then the main window."""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, QSettings
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from deskoffice.ui import input_method, theme
from deskoffice.ui.desk import Desk
from deskoffice.ui.jobs import Jobs
from deskoffice.ui.theme import DARK, LIGHT
from deskoffice.usecases import failures, notes
from deskoffice.usecases.office import Office, vault_exists

IDLE_MINUTES = 10
LOOK = "look"
DARK_NAME = "dark"


class Session(QObject):
    """From log-in to lock. Locking ends the process and starts it anew: nothing else clears memory."""

    def __init__(self, app: QApplication, vault_folder: Path, *, relock: Callable[[], None]) -> None:
        super().__init__(app)
        self._app, self._folder, self._relock = app, vault_folder, relock
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
            assistant.restored.connect(self.begin)
            self._show(assistant)

    def _open(self, office: Office) -> None:
        self._office = office
        self.jobs.run(lambda _: notes.kept(office, LOOK), self, done=self._show_desk)

    def _show_desk(self, look: str) -> None:
        # Here and not above: the log-in page is on the screen before the pages are even read from disk.
        from deskoffice.ui.areas import OPENERS
        from deskoffice.ui.idle import IdleWatch
        from deskoffice.ui.window import MainWindow

        if self._office is None:
            return
        tokens = DARK if look == DARK_NAME else LIGHT
        theme.wear(self._app, tokens)
        self._desk = desk = Desk(self._office, self.jobs, tokens=tokens, openers=OPENERS, parent=self)
        window = MainWindow(desk)
        window.lock_wanted.connect(self.lock)
        window.closing.connect(desk.leaving)
        desk.look_wanted.connect(self._switch_look)
        watch = IdleWatch(self._app, IDLE_MINUTES, parent=window)
        watch.idle.connect(self.lock)
        self._show(window)

    def _switch_look(self) -> None:
        """The other set of colours: the window is made anew, what was being typed is kept."""
        office, desk = self._office, self._desk
        if office is None or desk is None:
            return
        look = "" if desk.tokens is DARK else DARK_NAME
        desk.leaving.emit()
        self.jobs.run(lambda _: notes.keep(office, LOOK, look), self, done=lambda _: self._show_desk(look))

    def refuse(self, error: BaseException) -> None:
        """Say that something unforeseen happened; the details are in the log."""
        if self._desk is not None:
            self._desk.refused.emit(error)

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
        theme.speak_chinese()
        app = QApplication(list(argv))
        input_method.install(app, way)
        app.setApplicationName("deskoffice")
        theme.prepare(app)
        theme.wear(app, LIGHT)

        def lock() -> None:
            # A new process takes the place of this one, so nothing after this line is ever run.
            shutil.rmtree(private, ignore_errors=True)
            relock()

        session = Session(app, vault_folder, relock=lock)
        sys.excepthook = partial(_on_unforeseen, session)
        session.begin()
        status = app.exec()
        session.close()
        return status


def _on_unforeseen(
    session: Session, kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    del kind, trace
    failures.record(error, "window")
    session.refuse(error)
