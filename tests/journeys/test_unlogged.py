"""Nothing happens that cannot be entered in the log: every act of the random office with a log that takes no entry."""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random

import pytest
from journeys.random_office import ACTS, RandomOffice
from vault.boxes import SOAK

from deskoffice.domain.errors import DeskOfficeError, EnvironmentFailure
from deskoffice.usecases.office import Office
from deskoffice.vault.audit import AuditLog

STEPS = 2000 if SOAK else 40
Act = Callable[[RandomOffice, Office, int], None]
pytestmark = pytest.mark.timeout(7200 if SOAK else 240)


def everything(office: Office) -> str:
    """One hash over all rows of all tables."""
    whole = hashlib.sha256()
    with office.vault.database.read() as session:
        connection = session.connection()
        names = connection.exec_driver_sql("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        for name in [row[0] for row in names]:
            for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"'):
                whole.update(repr(tuple(row)).encode())
    return whole.hexdigest()


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
            before, refused, drawn = everything(who), self.refused, world.random.getstate()
            with self.patch.context() as patched, suppress(DeskOfficeError):
                patched.setattr(AuditLog, "_enter", self.refuse)
                act(world, who, matter_id)
            assert everything(who) == before, f"{name} left something that the log knows nothing of"
            world.random.setstate(drawn)
            act(world, who, matter_id)
            if everything(who) != before:
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
