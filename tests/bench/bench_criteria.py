"""What the security criteria allow, on one large vault.

Their numbers are those of a quiet machine that hashes 1,153 MiB a second. Here processor time is taken, and what a
hash takes at the same moment tells by how much this machine, with all that it does beside, is slower.
"""

import hashlib
import os
import resource
import signal
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from vault.boxes import ADMIN, LI, WANG, ZHAO, make, password

from deskoffice.domain.errors import EnvironmentFailure
from deskoffice.vault import kdf, opening, rekey
from deskoffice.vault.check import pages
from deskoffice.vault.contents import Audience
from deskoffice.vault.opening import Created, Vault

PIECE = 31 << 10
PIECES = 16_500
"""Half a gigabyte in the database's own pages."""
LEFT, ENTRIES, APPENDED = 5_000, 100_000, 300
_BATCH = 500
_HASHED = bytes(32 << 20)
_HASHED_IN = 32 / 1153
_MEGABYTES = 200
_SCAN = 32 << 20


def now() -> datetime:
    return datetime.now(UTC)


def run() -> Iterator[tuple[str, float, float]]:
    """Seconds, or milliseconds where it says so, and what the criterion of that number allows."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "vault"
        made = make(folder, now)
        made.vault.close()
        vault = opened(folder, LI)
        yield "27 追加一条日志（毫秒，中位数）", _appended(vault), 1.0
        yield "20 停用一人，5,000 份换钥重封", _left(vault, made), 15.0
        _log(vault)
        yield "27 核对 100,000 条日志", seconds(vault.audit.verify), 2.0
        _fill(vault)
        size, key = vault.database.path.stat().st_size, vault.database.key
        taken = seconds(lambda: pages(vault.database.path, key, is_read_only=False))
        yield "11 完整性检查，每 200 MB", taken * (_MEGABYTES << 20) / size, 1.0
        vault.close()
        yield "9 打开（口令验明之后）", _opened_again(folder), 0.1
        yield "8 只读文件夹，从口令到打开", _opened_for_reading(folder), 2.0
        vault = opened(folder, WANG)
        yield "7 磁盘写满，从保存 32 MB 到提示", _told_that_it_is_full(vault), 2.0
        yield "16 改口令", seconds(lambda: vault.change_password(password(WANG), password(WANG) + "2")), 3.0
        vault.close()
        vault = opened(folder, ADMIN)
        yield f"21 更换数据库密钥，{size >> 20} MB", seconds(lambda: rekey.change_database_key(vault)), 15.0
    yield "14 一次口令推导", seconds(lambda: kdf.derive("口令", bytes(16), kdf.KdfCost(), None)), 2.0


def opened(folder: Path, login: str) -> Vault:
    return opening.unlock(folder, login, password(login), clock=now)


def seconds(work: Callable[[], object]) -> float:
    """On the machine of the criteria."""
    before = slowness()
    taken = _taken(work)
    return taken / max(1.0, (before + slowness()) / 2)


def slowness() -> float:
    """How many times longer than on that machine a hash takes now."""
    return _taken(_hash) / _HASHED_IN


def _hash() -> None:
    hashlib.sha256(_HASHED).digest()


def _taken(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _append(vault: Vault) -> None:
    with vault.database.write() as session:
        vault.audit.append(session, "bench.done", "bench:1")


def _appended(vault: Vault) -> float:
    taken: list[float] = []
    whole = seconds(lambda: taken.extend(_taken(lambda: _append(vault)) for _ in range(APPENDED)))
    return 1000 * statistics.median(taken) * whole / sum(taken)


def _left(vault: Vault, made: Created) -> float:
    readers = Audience.only(*(made.account_ids[login] for login in (LI, WANG, ZHAO)))
    with vault.database.write() as session:
        vault.contents.put_texts(session, [("关于" * 1000, readers)] * LEFT)

    def leave() -> None:
        with vault.database.write() as session:
            vault.disable_account(session, made.account_ids[ZHAO])

    return seconds(leave)


def _log(vault: Vault) -> None:
    with vault.database.write() as session:
        for number in range(ENTRIES):
            vault.audit.append(session, "bench.done", f"bench:{number}")


def _fill(vault: Vault) -> None:
    text = "x" * PIECE
    for _ in range(0, PIECES, _BATCH):
        with vault.database.write() as session:
            vault.contents.put_texts(session, [(text, Audience.everyone())] * _BATCH)


def _opened_for_reading(folder: Path) -> float:
    """As on a medium that takes no writing, also for a superuser."""
    access, vaults = os.access, []

    def refuses(path: str | Path, mode: int) -> bool:
        return mode != os.W_OK and access(path, mode)

    os.access = refuses
    try:
        taken = seconds(lambda: vaults.append(opened(folder, LI)))
    finally:
        os.access = access
    if not vaults[0].is_read_only:
        raise AssertionError
    vaults[0].close()
    return taken


def _told_that_it_is_full(vault: Vault) -> float:
    """At the last step of a large scan, so that all before it was for nothing; a file's limit stands for the disk."""
    scan, limits, told = os.urandom(_SCAN), resource.getrlimit(resource.RLIMIT_FSIZE), []
    answered = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    def save() -> None:
        try:
            with vault.database.write() as session:
                vault.contents.put(session, scan, Audience.everyone())
        except EnvironmentFailure as error:
            told.append(error.code)

    resource.setrlimit(resource.RLIMIT_FSIZE, (_SCAN - (64 << 10), limits[1]))
    try:
        taken = seconds(save)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, answered)
    if not told[0].startswith("disk_full"):
        raise AssertionError(told)
    return taken


def _opened_again(folder: Path) -> float:
    """As the program does it: one process has asked for the password, the next one opens with the keys."""
    held = opening.prove(folder, LI, password(LI), clock=now)
    vaults: list[Vault] = []
    taken = seconds(lambda: vaults.append(opening.unlock_with(folder, held, clock=now)))
    vaults[0].close()
    return taken
