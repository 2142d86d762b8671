"""Faults tried on a vault, and what came of each: a table for `./dev soak`, a few of each in the test run."""

import contextlib
import os
import random
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from faults import parsers
from faults.power_cuts import Recording, record
from sqlalchemy import text
from vault.boxes import LI, Box, Clock, make, password

from deskoffice.domain.errors import VaultError
from deskoffice.vault import backup
from deskoffice.vault import header as headers
from deskoffice.vault.audit import AuditLog, Checkpoint, Consistency
from deskoffice.vault.audit_verify import keyed, whole
from deskoffice.vault.backup_create import create
from deskoffice.vault.check import check
from deskoffice.vault.contents import Audience
from deskoffice.vault.database import Database
from deskoffice.vault.opening import unlock
from deskoffice.vault.rollback import anchor_path
from deskoffice.vault.suite import derive

PAGE = 4096
FIRST_WRITE = 25
"""So many events of a session come before its first write is confirmed."""
A_VAULT = 20
"""So many kills happen to one vault before the next is taken."""


@dataclass
class Tally:
    """Cases tried; confirmed work lost; harm that nothing told of; errors of the program instead of an answer."""

    name: str
    tried: int = 0
    lost: int = 0
    unnoticed: int = 0
    crashed: int = 0

    @property
    def is_clean(self) -> bool:
        return self.tried > 0 and not (self.lost or self.unnoticed or self.crashed)


@contextlib.contextmanager
def case(tally: Tally, *expected: type[Exception]):
    """One case: an error other than the expected ones is a crash of the program."""
    tally.tried += 1
    try:
        yield
    except expected:
        pass
    except Exception as error:  # noqa: BLE001  # whatever it is, it is counted
        tally.crashed += 1
        sys.stdout.write(f"{tally.name}: {type(error).__name__}: {error}\n")


def new_box(folder: Path) -> Box:
    created = make(folder / "vault", Clock())
    created.vault.close()
    return Box(folder / "vault", created.account_ids, created.recovery_shares, created.backup_keys, Clock(), [])


WORK = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from deskoffice.vault import opening
from deskoffice.vault.contents import Audience
vault = opening.unlock(Path(sys.argv[1]), sys.argv[2], sys.argv[3], clock=lambda: datetime.now(UTC))
for number in range(int(sys.argv[4])):
    with vault.database.write() as session:
        vault.contents.put_text(session, f"small {number}", Audience.everyone())
        vault.contents.put(session, bytes([number % 256]) * 40000, Audience.everyone())
        vault.audit.append(session, "drill.done", f"drill:{number}")
    os.write(1, b"done\\n")
if len(sys.argv) > 5:
    vault.close()
"""


def power_cuts(folder: Path, cuts: int) -> Tally:
    """The power goes at a random write of a session of work."""
    return cuts_of(folder, *recorded(folder), cuts=cuts)


def cuts_of(folder: Path, key: bytes, recording: Recording, *, cuts: int) -> Tally:
    tally, chance = Tally("断电"), random.Random(1)
    place = folder / "cut"
    for number in range(cuts):
        with case(tally):
            # Every fourth in the first write, of which the log says nothing yet.
            is_first = number % 4 == 0
            at = chance.randint(1, FIRST_WRITE if is_first else len(recording.events))
            confirmed = recording.cut(at, chance, place)
            if not holds(place, key, confirmed) or (is_first and not may_go_on(place)):
                tally.lost += 1
    return tally


def may_go_on(place: Path) -> bool:
    """Whether the vault opens for writing: a power cut is no attack."""
    witness = anchor_path(place, headers.load(place)[0].vault_id.hex())
    witness.unlink(missing_ok=True)  # of the cut before this one
    vault = unlock(place, LI, password(LI), clock=lambda: datetime.now(UTC))
    try:
        return not vault.problems and not vault.is_read_only and vault.rollback is None
    finally:
        vault.close()


def recorded(folder: Path) -> tuple[bytes, Recording]:
    """A session of twelve acts as it was written, and the database's key."""
    box = new_box(folder)
    key = bytes(box.unlock().database.key)
    box.locked()
    recording = record(box.folder, WORK, [LI, password(LI), "12", "close"])
    assert recording.confirmed == 12
    return key, recording


def holds(folder: Path, key: bytes, confirmed: int) -> bool:
    """Whether a vault holds so many acts of `WORK`, whole in every page, object and entry."""
    headers.load(folder)
    database = Database(folder / "vault.db", bytearray(key))
    try:
        with database.read() as session:
            is_sound = session.execute(text("PRAGMA integrity_check")).all() == [("ok",)]
            acts = session.scalar(text("SELECT count(*) FROM audit WHERE action = 'drill.done'"))
            named = session.scalars(text("SELECT digest FROM content WHERE sealed IS NULL")).all()
            verdict = whole(session, keyed(derive(key, "audit")), headers.load(folder)[0].vault_id.hex(), None)
        objects = all((folder / "objects" / name[:2] / name).stat().st_size > 40000 for name in named)
    finally:
        database.close()
    return is_sound and objects and verdict.ok and acts >= confirmed and len(named) >= confirmed


def kills(folder: Path, rounds: int) -> Tally:
    """The process is killed in the middle of work."""
    tally, chance = Tally("杀进程"), random.Random(2)
    fresh = new_box(folder)
    key = bytes(fresh.unlock().database.key)
    fresh.locked()
    place, confirmed = folder / "worked", 0
    with pytest.MonkeyPatch.context() as patch:
        for number in range(rounds):
            # The whole log is read after each kill: a vault that only grew would make the last ones slow.
            if number % A_VAULT == 0:
                shutil.rmtree(place, ignore_errors=True)
                shutil.copytree(fresh.folder, place)
                # Another witness too: to the first one this vault is an old one put back.
                patch.setenv("XDG_STATE_HOME", str(folder / f"state{number}"))
                confirmed = 0
            with case(tally):
                confirmed += forked(place, chance.uniform(0, 0.15))
                if not holds(place, key, confirmed):
                    tally.lost += 1
    return tally


def forked(folder: Path, seconds: float) -> int:
    """Work in a child, which is killed so long after its unlocking; gives the acts it confirmed."""
    inlet, outlet = os.pipe()

    def work() -> None:
        os.dup2(outlet, 1)
        arguments = ["-c", str(folder), LI, password(LI), "100000"]
        exec(WORK.replace("import os, sys", f"import os, sys; sys.argv = {arguments!r}; "), {"__name__": "child"})

    child = begun(work)
    os.close(outlet)
    if not (told := os.read(inlet, 5)):
        raise RuntimeError("the child ended before it was killed")
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(inlet, 65536):
        told += more
    os.close(inlet)
    return told.count(b"done\n")


def begun(work: Callable[[], object]) -> int:
    """A child that does this and ends: an error in it never goes on with the drills of its parent."""
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:  # noqa: BLE001  # told here, since the parent cannot see it
            traceback.print_exc()
        finally:
            os._exit(1)
    return child


def page_flips(folder: Path, places: int) -> Tally:
    """One bit of every page in several places: told before anything wrong is shown."""
    tally, chance = Tally("坏页"), random.Random(3)
    box = new_box(folder)
    fill(box, 30)
    path = box.folder / "vault.db"
    whole_file = path.read_bytes()
    pages = range(len(whole_file) // PAGE)
    for page in [*pages] * 3 if places >= len(pages) else sorted(chance.sample(pages, places)):
        harmed = bytearray(whole_file)
        harmed[page * PAGE + chance.randrange(PAGE)] ^= 1 << chance.randrange(8)
        path.write_bytes(harmed)
        noticed(tally, box)
    path.write_bytes(whole_file)
    return tally


def fill(box: Box, count: int) -> None:
    vault = box.unlock()
    with vault.database.write() as session:
        for number in range(count):
            vault.contents.put_text(session, f"正文{number}" * 100, Audience.everyone())
            vault.audit.append(session, "drill.done", f"drill:{number}")
    box.locked()


def noticed(tally: Tally, box: Box) -> None:
    """Unlock and check; what neither tells of is unnoticed."""
    with case(tally, VaultError):
        vault = box.unlock()
        if not vault.problems and not check(vault):
            tally.unnoticed += 1
    with contextlib.suppress(Exception):
        box.locked()
    for left in ("vault.db-wal", "vault.db-shm"):
        (box.folder / left).unlink(missing_ok=True)


def wal_cuts(folder: Path, cuts: int) -> Tally:
    """The log of writes is cut or altered behind a witnessed checkpoint."""
    tally, chance = Tally("WAL 截断、位翻转"), random.Random(4)
    box = new_box(folder)
    vault = box.unlock()
    for number in range(8):
        with vault.database.write() as session:
            vault.audit.append(session, "drill.done", f"drill:{number}")
    witness = vault.audit.checkpoint(folder / "witness")
    files = {name: (box.folder / name).read_bytes() for name in ("vault.db", "vault.db-wal")}
    key, signing = bytes(vault.database.key), vault.audit._signing_key
    box.locked()
    place = folder / "cut"
    place.mkdir()
    for number in range(cuts):
        wal = bytearray(files["vault.db-wal"])
        if number % 2:
            wal[chance.randrange(len(wal))] ^= 1 << chance.randrange(8)
        else:
            del wal[chance.randrange(len(wal)) :]
        (place / "vault.db").write_bytes(files["vault.db"])
        (place / "vault.db-wal").write_bytes(wal)
        (place / "vault.db-shm").unlink(missing_ok=True)
        with case(tally, VaultError):
            tally.unnoticed += is_silently_short(place / "vault.db", key, signing, witness)
    return tally


def is_silently_short(path: Path, key: bytes, signing: Ed25519PrivateKey, witness: Checkpoint) -> bool:
    database = Database(path, bytearray(key))
    log = AuditLog(
        database,
        vault_id=witness.vault_id,
        key=derive(key, "audit"),
        signing_key=signing,
        account_id=1,
        login=LI,
        clock=Clock(),
    )
    try:
        is_told = log.compare(witness) not in {Consistency.SAME, Consistency.CONTINUES} or not log.verify().ok
        return log.end()[0] < witness.size and not is_told
    finally:
        database.close()


def damaged_backups(folder: Path, cases: int) -> Tally:
    """A byte, a length, a file or the order of a set is changed."""
    tally, chance = Tally("损坏的备份"), random.Random(5)
    box = new_box(folder)
    vault = box.unlock()
    with vault.database.write() as session:
        vault.contents.put(session, os.urandom(200_000), Audience.everyone())
    target = create(vault, folder / "stick", part_bytes=128 << 10).target
    fingerprint = backup.fingerprint(vault)
    box.locked()
    files = {path.name: path.read_bytes() for path in target.iterdir()}
    for _ in range(cases):
        name = chance.choice(sorted(files))
        raw = bytearray(files[name])
        harm = chance.choice(["flip", "flip", "flip", "cut", "gone", "other"])
        if harm == "flip":
            raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
        elif harm == "cut":
            del raw[chance.randrange(len(raw)) :]
        elif harm == "other":
            raw = bytearray(files[chance.choice(sorted(set(files) - {name}))])
        (target / name).write_bytes(raw)
        if harm == "gone":
            (target / name).unlink()
        with case(tally):
            verdict = backup.verify(target, fingerprint=fingerprint)
            if verdict.ok or not verdict.bad:
                tally.unnoticed += 1
        (target / name).write_bytes(files[name])
    assert backup.verify(target, box.backup_keys).ok
    return tally


def backup_kills(folder: Path, rounds: int) -> Tally:
    """The process is killed while it writes a set; the next attempt makes it whole."""
    tally, chance = Tally("备份中杀进程"), random.Random(6)
    box = new_box(folder)
    vault = box.unlock()
    with vault.database.write() as session:
        for _ in range(4):
            vault.contents.put(session, os.urandom(1 << 20), Audience.everyone())
    box.locked()
    for _ in range(rounds):
        with case(tally):
            stick = folder / "stick"
            shutil.rmtree(stick, ignore_errors=True)
            kill_backup(box, stick, chance.uniform(0, 0.3))
            half = [each for each in stick.glob("GW_*") if not (each / "manifest.json").exists()]
            tally.unnoticed += sum(backup.verify(each).ok for each in half)
            whole_set = backup.create(box.unlock(), stick)
            box.locked()
            tally.lost += not backup.verify(whole_set.target, box.backup_keys).ok
    return tally


def kill_backup(box: Box, stick: Path, seconds: float) -> None:
    child = begun(lambda: create(box.unlock(), stick, part_bytes=256 << 10))
    time.sleep(0.3 + seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def restore_kills(folder: Path, rounds: int) -> Tally:
    """The process is killed while it brings a set back: no vault or a whole one, and the next attempt works."""
    tally, chance = Tally("恢复中杀进程"), random.Random(8)
    box = new_box(folder)
    vault = box.unlock()
    with vault.database.write() as session:
        for _ in range(8):
            vault.contents.put(session, os.urandom(1 << 20), Audience.everyone())
    target = backup.create(vault, folder / "stick").target
    box.locked()
    for number in range(rounds):
        new = replace(box, folder=folder / f"new{number}")
        with case(tally):
            kill_restore(target, new, chance.uniform(0, 0.2))
            if not new.folder.exists():
                backup.restore(target, new.folder, box.backup_keys)
            tally.lost += bool(check(new.unlock()))
            new.locked()
            shutil.rmtree(new.folder)
    return tally


def kill_restore(target: Path, new: Box, seconds: float) -> None:
    child = begun(lambda: backup.restore(target, new.folder, new.backup_keys))
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def mutated_files(folder: Path, cases: int) -> Tally:
    """Every parser of ours is given altered files: it answers or refuses in its own words."""
    tally, chance = Tally("变异文件"), random.Random(7)
    known = list(parsers.parsers(folder, new_box(folder)).values())
    for number in range(cases):
        parse, sample = known[number % len(known)]
        with case(tally, *parsers.REFUSALS):
            parse(mutate(sample, chance))
    return tally


def mutate(sample: bytes, chance: random.Random) -> bytes:
    raw = bytearray(sample)
    for _ in range(chance.choice([1, 1, 2, 8])):
        at = chance.randrange(len(raw) + 1)
        harm = chance.randrange(6)
        if harm == 0 and raw:
            raw[at % len(raw)] ^= 1 << chance.randrange(8)
        elif harm == 1:
            del raw[at : at + chance.randrange(40)]
        elif harm == 2:
            raw[at:at] = chance.randbytes(chance.randrange(20))
        elif harm == 3:
            raw[at:at] = raw[at : at + chance.randrange(200)]
        elif harm == 4:
            raw[at:at] = chance.choice([b"9" * 30, b"-1", b"null", b"[[[[", b"\xff\xfe", b"1e999", b"\0", b'"', b"\n"])
        else:
            del raw[at:]
    return bytes(raw)
