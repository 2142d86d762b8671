"""kill -9 while papers are registered and opinions written: what was confirmed is there, and the vault checks clean."""

import random
import shutil
import subprocess
import sys
from pathlib import Path

import factories
from vault.boxes import SOAK

from deskoffice.domain.matters import ListQuery, MatterKind
from deskoffice.usecases import checks, matters
from deskoffice.usecases.office import open_office

KILLS = 200 if SOAK else 3
WORKER = Path(__file__).with_name("office_worker.py")


def killed(folder: Path, moment: random.Random, serial: int) -> list[str]:
    """Run the worker, kill it at a random moment after it began, give what it had confirmed."""
    environment = {"PYTHONPATH": str(WORKER.parents[1]), "PATH": "/usr/bin:/bin"}
    worker = subprocess.Popen(
        [sys.executable, WORKER, folder, str(serial)], stdout=subprocess.PIPE, text=True, env=environment
    )
    assert worker.stdout is not None
    confirmed = [worker.stdout.readline()]
    assert confirmed[0], "the worker did not come so far as to confirm anything"
    try:
        worker.communicate(timeout=moment.uniform(0, 0.4))
    except subprocess.TimeoutExpired:
        worker.kill()
        rest, _ = worker.communicate()
        confirmed += rest.splitlines(keepends=True)
    return [line.strip() for line in confirmed if line.endswith("\n")]


def test_nothing_confirmed_is_lost(founded_folder: Path, tmp_path: Path) -> None:
    assert lost_after(KILLS, founded_folder, tmp_path / "vault", seed=7) == []


def lost_after(kills: int, founded: Path, folder: Path, *, seed: int) -> list[str]:
    """What was confirmed and is not there any more, after so many kills; also used by the long run."""
    shutil.copytree(founded, folder)
    moment = random.Random(seed)
    confirmed: list[str] = []
    for number in range(kills):
        confirmed += killed(folder, moment, number * 1000)
    office = open_office(folder, "wangli", factories.PASSWORD, clock=factories.monday_morning())
    try:
        assert checks.everything(office) == []
        rows = matters.list_page(office, ListQuery(frozenset({MatterKind.INCOMING})), 0, 10_000).rows
        there = {f"registered {row.number}" for row in rows}
        for row in rows:
            there |= {f"said {step.opinion}" for step in matters.card(office, row.id).steps}
        serials = sorted(int(row.number.split("〕")[1].removesuffix("号")) for row in rows)
        assert serials == list(range(1, len(rows) + 1)), "a number was skipped or given twice"
        assert len(confirmed) >= kills
        return [line for line in confirmed if line not in there]
    finally:
        office.close()
