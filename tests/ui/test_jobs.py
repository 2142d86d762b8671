"""Work runs off the window's thread and answers nobody who has gone."""

import threading

import pytest
from PySide6.QtCore import QObject

from deskoffice.domain.errors import RuleError
from deskoffice.ui.jobs import Progress


def test_the_answer_comes_back_in_the_windows_thread(jobs, qtbot):
    seen = []
    owner = QObject()
    jobs.run(
        lambda _: threading.current_thread(), owner, done=lambda there: seen.append((there, threading.current_thread()))
    )
    qtbot.waitUntil(lambda: bool(seen))
    there, here = seen[0]
    assert here is threading.main_thread()
    assert there is not here


def test_work_is_done_in_the_order_it_was_given(jobs, qtbot):
    seen = []
    owner = QObject()
    for number in range(5):
        jobs.run(lambda _, n=number: n, owner, done=seen.append)
    qtbot.waitUntil(lambda: len(seen) == 5)
    assert seen == [0, 1, 2, 3, 4]


def test_a_refusal_goes_to_the_one_who_asked(jobs, qtbot):
    def refuse(progress: Progress) -> None:
        raise RuleError("matter_missing")

    codes = []
    jobs.run(refuse, jobs, done=lambda _: None, failed=lambda error: codes.append(error.code))
    qtbot.waitUntil(lambda: codes == ["matter_missing"])


def test_an_answer_is_dropped_with_its_owner(jobs, qtbot):
    gate, seen = threading.Event(), []
    owner = QObject()
    jobs.run(lambda _: gate.wait(5), owner, done=seen.append)
    owner.deleteLater()
    with qtbot.waitSignal(owner.destroyed):
        pass
    gate.set()
    qtbot.waitUntil(lambda: jobs.is_idle)
    assert seen == []


def test_stop_ends_work_at_its_next_report(jobs, qtbot):
    started = threading.Event()

    def work(progress: Progress) -> int:
        started.set()
        while progress.report(1, 100):
            pass
        progress.check()
        return 1

    seen = []
    jobs.run(work, jobs, done=seen.append)
    started.wait(5)
    jobs.stop_running()
    qtbot.waitUntil(lambda: jobs.is_idle)
    assert seen == []


def test_waiting_shows_only_when_it_is_slow(jobs, qtbot):
    gate, slow = threading.Event(), []
    jobs.slow_changed.connect(slow.append)
    jobs.run(lambda _: None, jobs, done=lambda _: None)
    qtbot.waitUntil(lambda: jobs.is_idle)
    assert True not in slow
    jobs.run(lambda _: gate.wait(5), jobs, done=lambda _: None)
    qtbot.waitUntil(lambda: True in slow)
    gate.set()
    qtbot.waitUntil(lambda: slow[-1] is False)


@pytest.mark.parametrize("count", [1, 3])
def test_finishing_does_what_was_submitted(qapp, count):
    from deskoffice.ui.jobs import Jobs

    done, finishing = [], Jobs()
    for number in range(count):
        finishing.run(lambda _, n=number: done.append(n), finishing, done=lambda _: None)
    finishing.finish()
    assert done == list(range(count))
