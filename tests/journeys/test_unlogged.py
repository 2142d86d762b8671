"""Nothing happens that cannot be entered in the log: tried on every audited act, with a log that takes no entry."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest
from journeys import unlogged_walk
from journeys.random_office import ACTS, RandomOffice
from journeys.unlogged_walk import committed
from vault.boxes import SOAK

from deskoffice.domain.errors import DeskOfficeError, EnvironmentFailure
from deskoffice.usecases import log_lines
from deskoffice.usecases.log_lines import ACTIONS
from deskoffice.usecases.office import Office
from deskoffice.vault.audit import AuditLog

STEPS = 2000 if SOAK else 40
Act = Callable[[RandomOffice, Office, int], None]
pytestmark = pytest.mark.timeout(14400 if SOAK else 240)


@dataclass
class Refusing:
    """Puts an act that the log refuses before each act that it takes."""

    patch: pytest.MonkeyPatch
    refused: int = 0
    proved: set[str] = field(default_factory=set)

    def refuse(self, *_: object, **__: object) -> int:
        self.refused += 1
        raise EnvironmentFailure("disk_full")

    def twice(self, name: str, act: Act) -> Act:
        def both(world: RandomOffice, who: Office, matter_id: int) -> None:
            before, refused, drawn = committed(who.vault.database), self.refused, world.random.getstate()
            with self.patch.context() as patched, suppress(DeskOfficeError):
                patched.setattr(AuditLog, "_enter", self.refuse)
                act(world, who, matter_id)
            assert committed(who.vault.database) == before, f"{name} left something that the log knows nothing of"
            world.random.setstate(drawn)
            act(world, who, matter_id)
            if committed(who.vault.database) != before:
                assert self.refused > refused, f"{name} needs no entry in the log"
                self.proved.add(name)

        return both


def test_what_cannot_be_entered_in_the_log_has_no_effect(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    refusing = Refusing(monkeypatch)
    for name, act in list(ACTS.items()):
        monkeypatch.setitem(ACTS, name, refusing.twice(name, act))
    world = RandomOffice(office, Random(26))
    for _ in range(STEPS):
        assert world.step() == []
    assert len(refusing.proved) >= (20 if SOAK else 3)


TESTS = Path(__file__).resolve().parents[1]
DRIVEN_BY = ("usecases", "vault", "ui", "journeys/test_meeting_day.py", "journeys/test_issuing.py")
"""The tests that are run again with a log that refuses."""
SILENT = {
    "usecases.notes.keep": "what is being typed, the looks and the views of one person, sealed to him alone",
    "usecases.notes.drop": "the same",
    "usecases.authorities.settle": "what an authority, which was entered, gives and takes; the heads hold its readers",
    "usecases.copy_batches.scan": "a tick on a list of copies, which counts for nothing before the list is finished",
    "vault.making.fill": "the founding, whose entries are made when the tables are there",
    "test": "a test that writes past the use cases",
}
"""Who may write and enter nothing."""
FORMER = {
    *("meetings.extract.printed", "meetings.register.printed", "supervision.register.printed"),
    *("seals.hand_over.printed", "seals.inventory.printed", "seals.register.printed"),
}
"""Acts that stand in older logs and have words for that; nothing enters them any more."""


@pytest.mark.skipif(
    not SOAK, reason="every test of the program is run, and once more for each act in it: ./dev soak tests"
)
def test_every_audited_act_is_refused_whole_by_a_log_that_refuses(tmp_path: Path) -> None:
    found = tmp_path / "found.json"
    command = [sys.executable, "-m", "pytest", "-q", "-p", unlogged_walk.__name__, "--timeout=3600"]
    told = {**os.environ, unlogged_walk.ASKED: str(found)}
    told.pop("DESKOFFICE_SOAK", None)  # the acts are the same in a short run
    subprocess.run([*command, *(str(TESTS / each) for each in DRIVEN_BY)], check=False, env=told, cwd=TESTS.parent)
    walk = json.loads(found.read_text())
    assert walk["left"] == {}, "acts that happened without their entry"
    assert set(walk["silent"]) <= set(SILENT), "writes that enter nothing"
    assert set(ACTIONS) - set(walk["shown"]) - FORMER == set(), "acts that no test drives"


def test_what_is_left_out_of_the_walk_is_entered_by_nothing() -> None:
    sources = Path(log_lines.__file__).parents[1].rglob("*.py")
    written = "".join(path.read_text(encoding="utf-8") for path in sources if path.name[:5] != "words")
    lines = Path(log_lines.__file__).read_text(encoding="utf-8")
    assert [code for code in FORMER if written.count(f'"{code}"') > lines.count(f'"{code}"')] == []
