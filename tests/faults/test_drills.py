"""A few of every fault that `./dev soak` tries by the thousand: none loses, hides or crashes anything."""

import contextlib
import random
import shutil

import pytest
from faults import drills


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_a_power_cut_loses_nothing_confirmed(tmp_path):
    assert drills.power_cuts(tmp_path, 40).is_clean


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_the_power_cuts_would_show_a_program_that_does_not_sync(tmp_path):
    key, recording = drills.recorded(tmp_path)
    recording.events = [event for event in recording.events if event.kind != "sync"]
    chance, whole = random.Random(1), 0
    for _ in range(20):
        confirmed = recording.cut(len(recording.events), chance, tmp_path / "cut")
        with contextlib.suppress(Exception):
            whole += drills.holds(tmp_path / "cut", key, confirmed)
    assert whole < 10


@pytest.mark.parametrize(
    ("drill", "cases"),
    [
        (drills.kills, 5),
        (drills.page_flips, 6),
        (drills.wal_cuts, 40),
        (drills.damaged_backups, 120),
        (drills.backup_kills, 2),
        (drills.mutated_files, 600),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_fault_is_told_and_loses_nothing(tmp_path, drill, cases):
    tally = drill(tmp_path, cases)
    assert tally.is_clean, tally
