"""Backup and verify against age, sha256sum and sync, one after the other on the same bytes (design.md section 8)."""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS))

import factories  # noqa: E402  # the tests' folder must be known first

from deskoffice.usecases.office import Office  # noqa: E402
from deskoffice.vault import backup  # noqa: E402
from deskoffice.vault.contents import Audience  # noqa: E402

MEGABYTES = 384
ROUNDS = 3
BOUND = 1 / 0.9
"""Time is the inverse of throughput."""


def run() -> list[tuple[str, float, float]]:
    """The times of ours by theirs."""
    if shutil.which("age") is None:
        return []
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held)
        office = factories.found(folder / "vault", factories.monday_morning()).office
        try:
            _fill(office)
            made, proved = _ours(office, folder)
            busy = min(
                _timed(lambda number=number: _beside_a_writer(office, folder, number)) for number in range(ROUNDS)
            )
        finally:
            office.close()
        encrypted, summed = _theirs(folder)
    return [
        ("备份 / age、sha256sum、sync", made / encrypted, 1 / 0.9),
        ("验证 / age、sha256sum", proved / summed, 1 / 0.9),
        ("38 别人每 2 毫秒写一次时备份 / 没人写时", busy / made, 2.0),
    ]


def _fill(office: Office) -> None:
    with office.act() as act:
        for number in range(MEGABYTES // 8):
            office.vault.contents.put(act.session, os.urandom(8 << 20), Audience.everyone(), name=f"{number}.pdf")


def _ours(office: Office, folder: Path) -> tuple[float, float]:
    """Seconds of a backup, and of reading it back; the best of a few rounds."""
    made = [
        _timed(lambda number=number: backup.create(office.vault, folder / f"set{number}")) for number in range(ROUNDS)
    ]
    target = folder / "set0"
    fingerprint = backup.fingerprint(office.vault)
    proved = [_timed(lambda: backup.verify(target, fingerprint=fingerprint)) for _ in range(ROUNDS)]
    return min(made), min(proved)


def _beside_a_writer(office: Office, folder: Path, number: int) -> None:
    stop = threading.Event()

    def write() -> None:
        while not stop.wait(0.002):
            with office.vault.database.write() as session:
                office.vault.audit.append(session, "bench.done")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        backup.create(office.vault, folder / f"busy{number}")
    finally:
        stop.set()
        writer.join()


def _theirs(folder: Path) -> tuple[float, float]:
    """The same bytes in one file through the three tools, and read back by the second."""
    plain, sealed = folder / "plain", folder / "sealed.age"
    with plain.open("wb") as file:
        for part in sorted((folder / "vault" / "objects").rglob("*")):
            if part.is_file():
                file.write(part.read_bytes())
    key = folder / "key"
    subprocess.run(["age-keygen", "-o", str(key)], check=True, capture_output=True)
    recipient = next(line.split()[-1] for line in key.read_text().splitlines() if "public key" in line)

    def encrypt() -> None:
        subprocess.run(["age", "-r", recipient, "-o", str(sealed), str(plain)], check=True)
        subprocess.run(["sha256sum", str(sealed)], check=True, capture_output=True)
        subprocess.run(["sync", str(sealed)], check=True)

    def prove() -> None:
        subprocess.run(["sha256sum", str(sealed)], check=True, capture_output=True)

    return min(_timed(encrypt) for _ in range(ROUNDS)), min(_timed(prove) for _ in range(ROUNDS))


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
