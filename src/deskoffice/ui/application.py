"""Starts the window: Chinese and colours first, then log-in or the first day, then the main window."""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from deskoffice.domain.access import AccessPolicy
from deskoffice.ui import input_method, theme
from deskoffice.ui.desk import Desk
from deskoffice.ui.jobs import Jobs
from deskoffice.ui.theme import DARK, LIGHT
from deskoffice.usecases import checks, failures, notes, notices, passwords
from deskoffice.usecases.check_words import line_in_words
from deskoffice.usecases.office import HeldKeys, Office, keys_of, open_office_with, vault_exists
from deskoffice.usecases.passwords import Standing

if TYPE_CHECKING:
    from deskoffice.ui.clipboard import ClipboardGuard

PassOn = Callable[[HeldKeys], None]
LOOK = "look"
DARK_NAME = "dark"
READING_MS = 3000
"""As long as what was told can be read before the window opens anew."""
QUIET_MINUTES = 2
"""Shorter than the shortest wait until the workstation locks itself."""


class Session(QObject):
    """From log-in to lock. Locking ends the process and starts it anew: nothing else clears memory."""

    def __init__(
        self, app: QApplication, vault_folder: Path, *, relock: Callable[[], None], pass_on: PassOn | None = None
    ) -> None:
        super().__init__(app)
        self._app, self._folder, self._relock = app, vault_folder, relock
        # The process that saw the password gives the keys to one that has not; without it the session goes on here.
        self._pass_on = pass_on or self.enter
        self._can_renew = pass_on is not None
        self._office: Office | None = None
        self._desk: Desk | None = None
        self.jobs = Jobs(self)
        self.window: QWidget | None = None
        self.clipboard: ClipboardGuard | None = None

    def begin(self) -> None:
        """Log in, or found the office when there is none."""
        from deskoffice.ui.first_run import FirstRun
        from deskoffice.ui.login import LoginPage

        if vault_exists(self._folder):
            login = LoginPage(self.jobs, self._folder)
            login.proved.connect(self._pass_on)
            self._show(login)
        else:
            assistant = FirstRun(self.jobs, self._folder)
            assistant.founded.connect(self._open_anew)
            assistant.restored.connect(self.begin)
            self._show(assistant)

    def enter(self, held: HeldKeys) -> None:
        """Open the office with the keys of a right password; what refuses is told on the log-in page."""
        from deskoffice.ui.login import LoginPage

        if not isinstance(self.window, LoginPage):
            self.begin()
        page, folder = self.window, self._folder
        if isinstance(page, LoginPage):
            page.wait()
            self.jobs.run(lambda _: open_office_with(folder, held), self, done=self._open, failed=page.refuse)

    def _open_anew(self, office: Office) -> None:
        """The same where a password was typed in this process."""
        self._office = office
        if self._can_renew:
            self._renew()
        else:
            self._open(office)

    def _open(self, office: Office) -> None:
        self._office = office
        self.jobs.run(lambda _: passwords.standing(office), self, done=self._check_password)

    def _check_password(self, standing: Standing) -> None:
        """A password that ran out is changed before anything is shown; in a vault that takes no writing it waits."""
        office = self._office
        if office is None:
            return
        if office.is_writable and (standing.must_change or standing.must_have_key_file):
            from deskoffice.ui.password_due import PasswordDue

            due = PasswordDue(self.jobs, office, standing)
            due.settled.connect(lambda: self._open_anew(office))
            due.leaving.connect(self.lock)
            self._show(due)
            return
        self.jobs.run(lambda _: notes.kept(office, LOOK), self, done=self._begin_desk)

    def _begin_desk(self, look: str) -> None:
        office = self._office
        if office is None:
            return
        self._show_desk(look)
        self.jobs.run(lambda _: passwords.policy(office), self, done=self._watch)
        self.jobs.run(lambda _: notices.on_arrival(office), self, done=self._greet)

    def _watch(self, policy: AccessPolicy) -> None:
        """As long as the unit says: until the workstation locks itself, and until the clipboard is cleared."""
        from deskoffice.ui.clipboard import ClipboardGuard
        from deskoffice.ui.idle import IdleWatch

        watch = IdleWatch(self._app, policy.idle_minutes, parent=self)
        watch.idle.connect(partial(self.lock, "idle"))
        self.clipboard = ClipboardGuard(self._app, policy.clipboard_seconds, parent=self)
        quiet = IdleWatch(self._app, QUIET_MINUTES, parent=self)
        quiet.idle.connect(self._check_weekly)

    def _check_weekly(self) -> None:
        """While nobody works, so that nobody waits for it."""
        office = self._office
        if office is not None:
            self.jobs.run(lambda progress: checks.weekly(office, progress.report), self, done=self._checked)

    def _checked(self, found: list[str] | None) -> None:
        if found and self._desk is not None:
            first = line_in_words(found[0])
            self._desk.tell(f"定期体检发现 {len(found)} 处问题，第一处：{first}。请到“体检”查看全部。")

    def _greet(self, text: str) -> None:
        if self._desk is not None:
            self._desk.tell(text)

    def _show_desk(self, look: str) -> None:
        # Here and not above: the log-in page is on the screen before the pages are even read from disk.
        from deskoffice.ui.areas import OPENERS
        from deskoffice.ui.window import MainWindow

        if self._office is None:
            return
        tokens = DARK if look == DARK_NAME else LIGHT
        theme.wear(self._app, tokens)
        self._desk = desk = Desk(self._office, self.jobs, tokens=tokens, openers=OPENERS, parent=self)
        window = MainWindow(desk)
        window.lock_wanted.connect(partial(self.lock, "locked"))
        window.closing.connect(desk.leaving)
        desk.look_wanted.connect(self._switch_look)
        desk.lock_wanted.connect(partial(self.lock, "rekey"))
        desk.renewal_wanted.connect(self._announce_renewal)
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

    def _announce_renewal(self, told: str) -> None:
        if self._can_renew and self._desk is not None:
            self._desk.tell("。".join(filter(None, (told, self.tr("窗口随后重开一次，清除刚输入的口令")))))
            self._renew_soon()

    def _renew_soon(self) -> None:
        QTimer.singleShot(READING_MS, self, self._renew_when_free)

    def _renew_when_free(self) -> None:
        """Not in the middle of a backup or of a dialog."""
        if self.jobs.is_idle and self._app.activeModalWidget() is None:
            self._renew()
        else:
            self._renew_soon()

    def _renew(self) -> None:
        """Become a new process that works on with the same keys and has seen no password."""
        if self._office is not None:
            held = keys_of(self._office)
            self._leave("renewed")
            self._pass_on(held)

    def lock(self, how: str = "") -> None:
        """Blank the screen, close the vault, become a new process at the log-in page."""
        self._leave(how)
        self._relock()

    def _leave(self, how: str) -> None:
        if self.window is not None:
            self.window.hide()
        if self._desk is not None:
            self._desk.leaving.emit()
        # A backup of minutes must not keep the keys in memory: the next one goes on where it was stopped.
        self.jobs.stop_all()
        self.close(how)

    def close(self, how: str = "closed") -> None:
        """Finish what has begun, then close the vault in the thread that opened it."""
        if self.clipboard is not None:
            self.clipboard.clear()
        office, self._office = self._office, None
        if office is None:
            self.jobs.finish()
        else:
            self.jobs.finish(lambda: office.close(how))

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


def run(
    argv: Sequence[str],
    *,
    vault_folder: Path,
    relock: Callable[[], None],
    pass_on: PassOn | None = None,
    held: HeldKeys | None = None,
) -> int:
    """Show the window until it is closed; the exit status. With `held` keys nobody is asked for a password."""
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

        def leave_with(held: HeldKeys) -> None:
            shutil.rmtree(private, ignore_errors=True)
            if pass_on is not None:
                pass_on(held)

        session = Session(app, vault_folder, relock=lock, pass_on=leave_with if pass_on else None)
        sys.excepthook = partial(_on_unforeseen, session)
        session.begin()
        if held is not None and vault_exists(vault_folder):
            session.enter(held)
        status = app.exec()
        session.close()
        return status


def _on_unforeseen(
    session: Session, kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    del kind, trace
    failures.record(error, "window")
    session.refuse(error)
