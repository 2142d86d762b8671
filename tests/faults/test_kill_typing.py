"""kill -9 in the middle of typing: what was typed a second before is there, to the character."""

import json
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import factories
import pytest
from faults.typing_worker import nth
from usecases.meeting_cases import held
from vault.boxes import SOAK

from deskoffice.usecases import checks, notes
from deskoffice.usecases.circulation import incoming
from deskoffice.usecases.office import open_office

KILLS = int(os.environ.get("DESKOFFICE_KILLS", "200" if SOAK else "2"))
AT_MOST_LOST = 1.0 if SOAK else 3.0
"""Seconds of typing; the everyday run shares its cores with other tests."""
WORKER = Path(__file__).with_name("typing_worker.py")
pytestmark = pytest.mark.timeout(7200 if SOAK else 240)
KEYS = {
    "opinion": ("zhaoming", "typing.incoming.拟办.1", "text"),
    "draft": ("sunfang", "typing.outgoing", "body_text"),
    "record": ("wuhao", "typing.meeting.record.1", "text"),
    "minutes": ("wuhao", "typing.meeting.minutes.1", "text"),
}
EVERY_DAY = ("opinion", "draft")
"""The others use the same journal: they are killed in the long run."""


def typed_until_killed(folder: Path, what: str, seconds: float) -> tuple[list[tuple[int, float]], float]:
    """Each length with its moment, and the moment of death."""
    environment = {"PYTHONPATH": str(WORKER.parents[1]), "PATH": "/usr/bin:/bin", "QT_QPA_PLATFORM": "offscreen"}
    worker = subprocess.Popen(
        [sys.executable, WORKER, folder, what],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )
    assert worker.stdout is not None
    lines = [worker.stdout.readline()]
    if lines[0]:
        try:
            worker.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            killed_at = time.monotonic()
            worker.kill()
    rest, said = worker.communicate()
    assert lines[0], said
    lines += rest.splitlines(keepends=True)
    pairs = [line.split() for line in lines if line.endswith("\n")]
    return [(int(length), float(moment)) for length, moment in pairs], killed_at


@pytest.mark.parametrize("what", KEYS if SOAK else EVERY_DAY)
def test_at_most_the_last_second_of_typing_is_gone(founded_folder: Path, tmp_path: Path, what: str) -> None:
    folder = tmp_path / "vault"
    shutil.copytree(founded_folder, folder)
    login = KEYS[what][0]
    office = open_office(
        folder, "wuhao" if login == "wuhao" else "wangli", factories.PASSWORD, clock=factories.monday_morning()
    )
    if login == "wuhao":
        held(office)
    else:
        incoming.register(office, factories.incoming_draft())
    office.close()
    moment, login, key, field = random.Random(11), *KEYS[what]
    worst = 0.0
    for _ in range(KILLS):
        typed, killed_at = typed_until_killed(folder, what, moment.uniform(0.05, 4.0))
        office = open_office(folder, login, factories.PASSWORD, clock=factories.monday_morning())
        kept = json.loads(notes.kept(office, key) or "{}").get(field, "")
        office.close()
        assert kept == "".join(map(nth, range(len(kept))))
        lost = [at for length, at in typed if length > len(kept)]
        worst = max(worst, killed_at - min(lost, default=killed_at))
        assert worst < AT_MOST_LOST, f"{worst:.2f} s of {what} were gone"
    office = open_office(folder, "wangli", factories.PASSWORD, clock=factories.monday_morning())
    assert checks.everything(office) == []
    office.close()
    sys.stdout.write(f"{KILLS} kills while typing {what}: at most {worst:.2f} s gone\n")
