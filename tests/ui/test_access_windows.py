"""Coming in and going out at the window: what is told, what must be done first, and two persons in one dialog."""

import shutil

import factories
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from sitting import Running

from deskoffice.domain.people import AccountDraft, PersonDraft, Role
from deskoffice.domain.values import Classification
from deskoffice.storage import people as people_store
from deskoffice.ui.accept_dialog import AcceptDialog
from deskoffice.ui.clipboard import HISTORY_MARK
from deskoffice.ui.idle import IdleWatch
from deskoffice.ui.password_due import PasswordDue
from deskoffice.ui.window import MainWindow
from deskoffice.usecases import backups, people
from deskoffice.usecases.office import open_office

CONTROL = Qt.KeyboardModifier.ControlModifier


def line(parent, name):
    return parent.findChild(QLineEdit, f"{name}LineEdit")


def label(parent, name):
    return parent.findChild(QLabel, f"{name}Label")


def type_login(running, login, password=factories.PASSWORD):
    page = running.session.window
    page._ui.loginLineEdit.setText(login)
    page._ui.passwordLineEdit.setText(password)
    page._ui.loginPushButton.click()


def until(running, kind):
    running.qtbot.waitUntil(lambda: isinstance(running.session.window, kind), timeout=20_000)
    running.qtbot.waitUntil(lambda: running.session.jobs.is_idle, timeout=20_000)
    return running.session.window


def test_the_last_log_in_and_failures_since_are_told(running):
    type_login(running, "wangli")
    until(running, MainWindow)
    running.session.lock()
    running.locked = 0
    again = Running(running.session._app, running.session._folder, running.qtbot)
    type_login(again, "wangli", "wrong-password")
    again.qtbot.waitUntil(lambda: again.session.jobs.is_idle, timeout=20_000)
    type_login(again, "wangli")
    told = until(again, MainWindow)._ui.messageFrame.text
    assert "您上次登录：" in told
    assert "此后有 1 次口令输错" in told
    again.session.close()
    again.session.deleteLater()
    running.locked = 1


def test_a_password_that_an_officer_typed_is_changed_before_anything_is_shown(running, folder):
    make_account(folder)
    type_login(running, "hejing", "typed-by-others")
    due = until(running, PasswordDue)
    for name, typed in (("old", "typed-by-others"), ("new", "typed-by-others"), ("again", "typed-by-others")):
        line(due, name).setText(typed)
    due.save()
    running.qtbot.waitUntil(lambda: label(due, "newProblem").isVisible(), timeout=20_000)
    assert "用过" in label(due, "newProblem").text()
    for name in ("new", "again"):
        line(due, name).setText("my-own-horse-9")
    due.save()
    window = until(running, MainWindow)
    assert "等一位同事登录一次" in window._ui.noticeFrame.text


def make_account(folder):
    office = open_office(folder, "sysadmin", factories.PASSWORD)
    with office.read() as session:
        own = people_store.units(session)[0].id
    person = people.add_person(office, PersonDraft("何静", own, "科员"))
    roles = frozenset({Role.DRAFTER})
    people.add_account(office, AccountDraft("hejing", "typed-by-others", person, roles, Classification.INTERNAL))
    office.close()


def test_top_secret_makes_a_key_file_first(running, folder, tmp_path):
    type_login(running, "zhangwei")
    due = until(running, PasswordDue)
    assert "密钥文件" in label(due, "title").text()
    line(due, "old").setText(factories.PASSWORD)
    due.make_key_file(tmp_path / "stick.key")
    until(running, MainWindow)
    running.session.lock()
    open_office(folder, "zhangwei", factories.PASSWORD, key_file=tmp_path / "stick.key").close()


def test_two_officers_open_a_restored_vault_for_writing_in_one_dialog(running, folder, tmp_path):
    office = open_office(folder, "wangli", factories.PASSWORD)
    made = backups.create(office, tmp_path / "stick")
    office.close()
    shutil.copy(made.target / "manifest.json", folder / "restored.json")
    type_login(running, "wangli")
    window = until(running, MainWindow)
    assert "由备份恢复" in window._ui.noticeFrame.text
    window._ui.noticeFrame._button.click()
    running.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), AcceptDialog), timeout=20_000)
    dialog = QApplication.activeModalWidget()
    running.qtbot.waitUntil(lambda: dialog._ui.personComboBox.count() == 3, timeout=20_000)
    for name in ("firstPassword", "password"):
        line(dialog, name).setText(factories.PASSWORD)
    running.qtbot.keyClick(dialog, Qt.Key.Key_Return, CONTROL)
    running.qtbot.waitUntil(lambda: running.session._office.is_writable, timeout=20_000)
    running.qtbot.waitUntil(lambda: "由备份恢复" not in window._ui.noticeFrame.text, timeout=20_000)


def test_a_clock_behind_the_log_is_a_red_bar(running):
    """The vault was founded by the tests' clock, a day after the machine's own may be."""
    running.session._folder.joinpath("vault.json").stat()
    type_login(running, "wangli")
    window = until(running, MainWindow)
    office = running.session._office
    with office.read() as session:
        is_behind = office.vault.audit.seconds_behind(session) > 0
    assert ("时钟被拨回" in window._ui.noticeFrame.text) == is_behind


def test_what_was_copied_leaves_the_clipboard_after_a_time_and_at_lock(running, qapp):
    type_login(running, "wangli")
    until(running, MainWindow)
    clipboard = qapp.clipboard()
    clipboard.setText("一段正文")
    assert clipboard.mimeData().hasFormat(HISTORY_MARK)
    assert clipboard.text() == "一段正文"
    assert running.session.clipboard.is_waiting
    assert running.session.clipboard._timer.interval() == 30_000
    running.session.clipboard._timer.timeout.emit()
    assert clipboard.text() == ""
    clipboard.setText("又一段")
    running.session.lock()
    assert clipboard.text() == ""


def test_the_workstation_locks_itself_after_the_minutes_that_the_policy_says(qapp, qtbot):
    watch = IdleWatch(qapp, 10)
    assert watch._timer.interval() == 10 * 60 * 1000
    watch._timer.setInterval(30)
    with qtbot.waitSignal(watch.idle):
        watch._timer.start()
    qtbot.wait(1)
    watch.deleteLater()
