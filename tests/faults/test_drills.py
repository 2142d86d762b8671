"""A few of every fault that `./dev soak` tries by the thousand: none loses, hides or crashes anything."""

import contextlib
import random
import shutil
from dataclasses import replace

import pytest
from faults import drills


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    return drills.recorded(tmp_path_factory.mktemp("recorded"))


def test_a_power_cut_loses_nothing_confirmed(session, tmp_path):
    tally = drills.cuts_of(tmp_path, *session, cuts=30)
    assert tally.is_clean, tally


def test_the_power_cuts_would_show_a_program_that_does_not_sync(session, tmp_path):
    key, recording = session
    careless = replace(recording, events=[event for event in recording.events if event.kind != "sync"])
    chance, whole = random.Random(1), 0
    for _ in range(10):
        confirmed = careless.cut(len(careless.events), chance, tmp_path / "cut")
        with contextlib.suppress(Exception):
            whole += drills.holds(tmp_path / "cut", key, confirmed)
    assert whole < 5


@pytest.mark.parametrize(
    ("drill", "cases"),
    [
        (drills.kills, 4),
        (drills.page_flips, 4),
        (drills.wal_cuts, 40),
        (drills.damaged_backups, 120),
        (drills.backup_kills, 2),
        (drills.restore_kills, 2),
        (drills.mutated_files, 400),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_fault_is_told_and_loses_nothing(tmp_path, drill, cases):
    tally = drill(tmp_path, cases)
    assert tally.is_clean, tally
