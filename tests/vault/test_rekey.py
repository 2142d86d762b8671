"""A new database key: everyone still unlocks, the old key opens nothing, and a crash leaves one of both files."""

import errno
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from vault.boxes import ADMIN, LI, SOAK, WANG, Box, password

from deskoffice.domain.errors import EnvironmentFailure, VaultError
from deskoffice.vault import opening, rekey
from deskoffice.vault.contents import Audience
from deskoffice.vault.database import Database


def put(box: Box) -> int:
    vault = box.unlock(LI)
    with vault.database.write() as session:
        number = vault.contents.put_text(session, "换钥前", Audience.only(box.ids[LI], box.ids[WANG]))
    box.locked()
    return number


def reads(box: Box, login: str, number: int) -> bool:
    vault = box.unlock(login)
    with vault.database.read() as session:
        found = vault.contents.texts(session, [number])
    problems = vault.problems
    box.locked()
    assert problems == ()
    return found == {number: "换钥前"}


def test_everyone_unlocks_after_a_change_and_the_old_key_opens_nothing(box: Box) -> None:
    number = put(box)
    vault = box.unlock(ADMIN)
    old = bytearray(vault.database.key)
    rekey.change_database_key(vault)
    box.opened.clear()
    assert [reads(box, login, number) for login in (LI, WANG, ADMIN)] == [True, True, False]
    stale = Database(box.folder / "vault.db", old)
    with pytest.raises(VaultError, match="vault_damaged"), stale.read() as session:
        session.connection()
    stale.close()


def test_passwords_recoveries_and_further_changes_go_on(box: Box) -> None:
    number = put(box)
    for _ in range(2):
        rekey.change_database_key(box.unlock(ADMIN))
        box.opened.clear()
    box.unlock(LI).change_password(password(LI), password(LI))
    box.locked()
    opening.recover(box.folder, box.shares[1:], WANG, password(WANG), clock=box.clock)
    rekey.change_database_key(box.unlock(LI))
    box.opened.clear()
    assert reads(box, LI, number)
    assert reads(box, WANG, number)
    vault = box.unlock(LI)
    assert vault.audit.verify().ok


@pytest.mark.parametrize("earlier", [0, 1, 2], ids=["first change", "second change", "third change"])
def test_a_change_that_stops_before_the_exchange_leaves_the_old_file_open(
    box: Box, earlier: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = put(box)
    for _ in range(earlier):
        rekey.change_database_key(box.unlock(ADMIN))
        box.opened.clear()
    vault = box.unlock(LI)
    with monkeypatch.context() as pulled:
        pulled.setattr(Path, "replace", no_exchange(Path.replace))
        with pytest.raises(EnvironmentFailure, match="disk_failed"):
            rekey.change_database_key(vault)
    box.opened.clear()
    assert [reads(box, login, number) for login in (LI, WANG)] == [True, True]
    opening.recover(box.folder, box.shares[1:], WANG, password(WANG), clock=box.clock)
    assert reads(box, WANG, number)


def no_exchange(replace: Callable[[Path, Path], Path]) -> Callable[[Path, Path], Path]:
    """A disk that goes just as the copy should take the database's place."""

    def replacing(path: Path, target: Path) -> Path:
        if path.name == rekey.COPY_NAME:
            raise OSError(errno.EIO, "gone")
        return replace(path, target)

    return replacing


WORKER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from deskoffice.vault import opening, rekey
while True:
    vault = opening.unlock(Path(sys.argv[1]), sys.argv[2], sys.argv[3], clock=lambda: datetime.now(UTC))
    print("open", flush=True)
    rekey.change_database_key(vault)
"""


@pytest.mark.timeout(3600)
def test_a_kill_at_any_time_leaves_a_vault_that_opens(box: Box) -> None:
    number, chance = put(box), random.Random(3)
    command = [sys.executable, "-c", WORKER, str(box.folder), LI, password(LI)]
    for _ in range(50 if SOAK else 3):
        with subprocess.Popen(command, stdout=subprocess.PIPE, env=dict(os.environ)) as worker:
            assert worker.stdout is not None
            worker.stdout.readline()
            time.sleep(chance.uniform(0, 0.15))
            worker.kill()
        assert reads(box, WANG, number)
