"""From log-in to lock, as the program runs it."""

import threading

import factories
from PySide6.QtWidgets import QApplication
from sitting import Running

from deskoffice.ui import application
from deskoffice.ui.circulation.incoming_form import IncomingForm
from deskoffice.ui.first_run import FirstRun
from deskoffice.ui.login import LoginPage
from deskoffice.ui.theme import DARK, LIGHT
from deskoffice.ui.window import MainWindow
from deskoffice.usecases import backups, checks, notes, search
from deskoffice.usecases.circulation import incoming
from deskoffice.usecases.office import open_office, open_office_with, prove_person


def test_a_vault_asks_for_the_password_and_no_vault_for_an_office(look, running, tmp_path, qtbot):
    assert isinstance(running.session.window, LoginPage)
    other = Running(look, tmp_path / "nothing", qtbot)
    assert isinstance(other.session.window, FirstRun)
    other.session.close()
    other.session.deleteLater()


def test_the_login_page_names_nothing_of_the_office(running):
    shown = " ".join(
        label.text() for label in running.session.window.findChildren(type(running.session.window._ui.noteLabel))
    )
    assert "河东县" not in shown


def test_lock_closes_the_vault_and_keeps_what_was_being_typed(running, folder):
    window = running.log_in()
    window.open_area("incoming:new")
    running.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), IncomingForm))
    form = QApplication.activeModalWidget()
    running.qtbot.waitUntil(lambda: running.session.jobs.is_idle)
    form._form.show_values({"title": "写到一半"})
    window.lock_wanted.emit()
    assert running.locked == 1
    assert not window.isVisible()
    again = open_office(folder, "wangli", factories.PASSWORD)
    assert "写到一半" in notes.kept(again, "typing.incoming")
    again.close()


def test_after_a_password_was_typed_at_work_another_process_goes_on(look, folder, qtbot, monkeypatch):
    monkeypatch.setattr(application, "READING_MS", 0)
    handed = []
    running = Running(look, folder, qtbot, pass_on=handed.append)
    running.session.enter(prove_person(folder, "wangli", factories.PASSWORD))
    qtbot.waitUntil(lambda: isinstance(running.session.window, MainWindow), timeout=20_000)
    qtbot.waitUntil(lambda: running.session.jobs.is_idle, timeout=20_000)
    window = running.session.window
    window.open_area("incoming:new")
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), IncomingForm))
    window.desk.forget_passwords("已停用")
    qtbot.waitUntil(lambda: running.session.jobs.is_idle, timeout=20_000)
    assert handed == [], "not over an open form"
    assert window._ui.messageFrame.text.startswith("已停用。窗口随后重开一次")
    QApplication.activeModalWidget().close()
    qtbot.waitUntil(lambda: len(handed) == 1, timeout=20_000)
    again = open_office_with(folder, handed[0])
    assert again.actor.login == "wangli"
    again.close()
    running.session.deleteLater()


def test_lock_while_something_is_saved_waits_for_it(running, folder):
    window, office = running.log_in(), running.session._office
    draft = factories.incoming_draft()
    running.session.jobs.run(lambda _: incoming.register(office, draft), running.session, done=lambda _: None)
    window.lock_wanted.emit()
    again = open_office(folder, "wangli", factories.PASSWORD)
    assert [hit.row.title for hit in search.find(again, draft.title, 5).hits] == [draft.title]
    again.close()


def test_lock_stops_a_backup_and_the_next_one_is_whole(running, folder, tmp_path):
    window, office, begun = running.log_in(), running.session._office, threading.Event()

    def work(progress):
        def report(done: int, total: int) -> bool:
            begun.set()
            progress._stop.wait(60)
            return progress.report(done, total)

        return backups.create(office, tmp_path / "sets", report)

    running.session.jobs.run(work, running.session, done=lambda _: None)
    assert begun.wait(60)
    window.lock_wanted.emit()
    assert running.locked == 1
    assert not list((tmp_path / "sets").rglob("manifest.json"))
    again = open_office(folder, "wangli", factories.PASSWORD)
    assert checks.everything(again) == []
    assert backups.verify(backups.create(again, tmp_path / "sets").target).ok
    again.close()


def test_the_look_is_changed_and_kept(running):
    running.log_in()
    running.session._desk.look_wanted.emit()
    running.qtbot.waitUntil(lambda: running.session._desk.tokens is DARK)
    running.qtbot.waitUntil(lambda: running.session.jobs.is_idle)
    assert notes.kept(running.session._office, "look") == "dark"
    running.session._desk.look_wanted.emit()
    running.qtbot.waitUntil(lambda: running.session._desk.tokens is LIGHT)
    running.qtbot.waitUntil(lambda: running.session.jobs.is_idle)


def test_what_was_not_foreseen_is_said_in_one_sentence(running):
    window = running.log_in()
    running.session.refuse(ValueError("一段正文"))
    assert "已保存的内容都在" in window._ui.messageFrame.text
    assert "一段正文" not in window._ui.messageFrame.text
