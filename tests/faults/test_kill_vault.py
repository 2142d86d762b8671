"""The process is killed at random moments: what was confirmed is there afterwards, and the vault opens."""

import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from vault.boxes import LI, SOAK, Clock, make, password

from deskoffice.domain.errors import VaultError
from deskoffice.vault import header as headers
from deskoffice.vault import opening, slots

ROUNDS = 200 if SOAK else 3

# Each prints a line only after the act is confirmed.
PASSWORDS = """
current, number = sys.argv[3], 0
while True:
    vault.change_password(current, f"next-{number}")
    current, number = f"next-{number}", number + 1
    print(current, flush=True)
"""
CONTENTS = """
number = 0
while True:
    audience = Audience.everyone() if number % 2 else Audience.only(vault.account_id)
    with vault.database.write() as session:
        small = vault.contents.put_text(session, f"small {number}", audience)
        large = vault.contents.put(session, bytes([number % 256]) * 40000, audience)
        if number % 3 == 2:
            vault.contents.grant(session, [small], [others[0]])
        if number % 3 == 0:
            vault.contents.revoke(session, [small, large], [others[0]])
    print(number, small, large, flush=True)
    number += 1
"""
WORKER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from sqlalchemy import select
from deskoffice.vault import opening
from deskoffice.vault.contents import Audience
from deskoffice.vault.tables import account_key
vault = opening.unlock(Path(sys.argv[1]), sys.argv[2], sys.argv[3], clock=lambda: datetime.now(UTC))
with vault.database.read() as session:
    others = session.scalars(select(account_key.c.id).where(account_key.c.id != vault.account_id)).all()
print("ready", flush=True)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    make(tmp_path / "vault", Clock()).vault.close()
    yield tmp_path / "vault"
    shutil.rmtree(tmp_path / "vault")


def killed(folder: Path, work: str, typed: str, seconds: float) -> list[str]:
    """The lines that were confirmed before the kill."""
    command = [sys.executable, "-c", WORKER + work, str(folder), LI, typed]
    worker = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert worker.stdout is not None
    assert worker.stdout.readline() == "ready\n"
    time.sleep(seconds)
    worker.send_signal(signal.SIGKILL)
    lines = [line.strip() for line in worker.stdout.readlines() if line.endswith("\n")]
    worker.stdout.close()
    worker.wait()
    return lines


def opens(folder: Path, typed: str) -> bool:
    header, _ = headers.load(folder)
    try:
        slots.open_slot(header, LI, typed, None)[1].wipe()
    except VaultError:
        return False
    return True


@pytest.mark.timeout(3600)
def test_a_password_change_leaves_the_old_or_the_new_and_never_neither(folder: Path) -> None:
    current, chance = password(LI), random.Random(1)
    for _ in range(ROUNDS):
        confirmed = killed(folder, PASSWORDS, current, chance.uniform(0, 1.0))
        if confirmed:
            current = confirmed[-1]
        following = f"next-{len(confirmed)}"
        if opens(folder, following):
            current = following
        assert opens(folder, current)


@pytest.mark.timeout(3600)
def test_confirmed_contents_open_after_every_kill(folder: Path) -> None:
    expected: dict[int, bytes] = {}
    chance = random.Random(2)
    for _ in range(ROUNDS):
        for line in killed(folder, CONTENTS, password(LI), chance.uniform(0, 0.3)):
            number, small, large = map(int, line.split())
            expected |= {small: f"small {number}".encode(), large: bytes([number % 256]) * 40000}
    vault = opening.unlock(folder, LI, password(LI), clock=Clock())
    with vault.database.read() as session:
        assert {number: vault.contents.open(session, number).data for number in expected} == expected
    vault.close()
    assert len(expected) >= ROUNDS
