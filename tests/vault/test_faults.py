"""Broken files, full disks, read-only media: told by name, and nothing confirmed is lost."""

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from vault.boxes import LI, SOAK, Box, password, some

from deskoffice.domain.errors import DeskOfficeError, EnvironmentFailure, VaultError
from deskoffice.vault import header as headers
from deskoffice.vault import kdf, opening, slots
from deskoffice.vault.check import check
from deskoffice.vault.contents import Audience
from deskoffice.vault.reserve import drop_reserve
from deskoffice.vault.vault import Vault

PAGE = 4096


def filled(box: Box) -> dict[int, str]:
    vault = box.unlock(LI)
    texts = {}
    for number in range(5):
        with vault.database.write() as session:
            for part in range(20):
                text = f"正文{number}-{part}" * 40
                texts[vault.contents.put_text(session, text, Audience.everyone())] = text
    box.locked()
    return texts


def shown(box: Box, ids: dict[int, str]) -> dict[int, str] | None:
    """What is shown, or None where the vault refuses."""
    try:
        vault = box.unlock(LI)
        with vault.database.read() as session:
            found = vault.contents.texts(session, ids)
    except DeskOfficeError:
        return None
    else:
        return None if vault.problems else found
    finally:
        box.locked()
        box.clock.forward(3600)


def damages(raw: bytes) -> dict[str, bytes]:
    chance, count = random.Random(7), len(raw) // PAGE
    flips = {}
    for page in range(count):
        for place in (3, 2000, PAGE - 5):
            at = page * PAGE + place
            flips[f"flip {page}:{place}"] = raw[:at] + bytes([raw[at] ^ (1 << chance.randrange(8))]) + raw[at + 1 :]
    return flips | {
        "cut by a byte": raw[:-1],
        "cut by a page": raw[:-PAGE],
        "cut in half": raw[: count // 2 * PAGE],
        "last page zero": raw[:-PAGE] + bytes(PAGE),
        "swapped": raw[: 5 * PAGE] + raw[6 * PAGE : 7 * PAGE] + raw[5 * PAGE : 6 * PAGE] + raw[7 * PAGE :],
    }


@pytest.mark.timeout(3600)
def test_a_damaged_page_is_never_shown(box: Box) -> None:
    texts = filled(box)
    path, kept = box.folder / "vault.db", box.folder.parent / "kept"
    shutil.copytree(box.folder, kept)
    raw = path.read_bytes()
    seen = 0
    for name, damaged in some(list(damages(raw).items()), 30):
        shutil.rmtree(box.folder)
        shutil.copytree(kept, box.folder)
        path.write_bytes(damaged)
        found = shown(box, texts)
        assert found in (None, texts), name
        seen += found is None
    assert seen >= 3


def test_a_damaged_database_is_named(box: Box) -> None:
    filled(box)
    path = box.folder / "vault.db"
    raw = bytearray(path.read_bytes())
    raw[100] ^= 1
    path.write_bytes(raw)
    with pytest.raises(VaultError) as caught:
        box.unlock(LI)
    assert (caught.value.code, caught.value.values) == ("vault_damaged", {"file": "vault.db"})
    assert shown(box, {}) is None


def test_every_refusal_takes_one_guess(box: Box, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "stick").write_bytes(bytes(32))
    derive, calls = kdf.derive, []

    def counted(*arguments: object) -> bytearray:
        calls.append(arguments)
        return derive(*arguments)

    monkeypatch.setattr(kdf, "derive", counted)
    tries = [(LI, "wrong", None), ("nobody", "wrong", None), (LI, password(LI), tmp_path / "stick"), (LI, "", None)]
    for login, typed, key_file in tries:
        box.clock.forward(3600)
        with pytest.raises(VaultError, match="vault_wrong_password"):
            opening.unlock(box.folder, login, typed, key_file=key_file, clock=box.clock)
    assert len(calls) == len(tries)
    assert len({call[2] for call in calls}) == 1


class ReadOnly:
    """`os.access` as on a read-only medium, also for a superuser."""

    def __init__(self) -> None:
        self._access = os.access

    def __call__(self, path: str | Path, mode: int) -> bool:
        return mode != os.W_OK and self._access(path, mode)


def test_a_read_only_medium_opens_for_reading(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = filled(box)
    monkeypatch.setattr(os, "access", ReadOnly())
    before = {path: path.stat().st_mtime_ns for path in box.folder.rglob("*") if path.is_file()}
    assert shown(box, texts) == texts
    vault = box.unlock(LI)
    with pytest.raises(EnvironmentFailure, match="disk_read_only"), vault.database.write():
        pass
    box.locked()
    assert {path: path.stat().st_mtime_ns for path in box.folder.rglob("*") if path.is_file()} == before


def test_a_read_only_medium_with_an_unfinished_log_is_refused(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = filled(box)
    (box.folder / "vault.db-wal").write_bytes(bytes(32))
    monkeypatch.setattr(os, "access", ReadOnly())
    assert shown(box, texts) is None


FILL = """
import resource, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from deskoffice.domain.errors import EnvironmentFailure
from deskoffice.vault import opening
from deskoffice.vault.contents import Audience
vault = opening.unlock(Path(sys.argv[1]), sys.argv[2], sys.argv[3], clock=lambda: datetime.now(UTC))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[4]), resource.RLIM_INFINITY))
try:
    while True:
        with vault.database.write() as session:
            number = vault.contents.put_text(session, "x" * 20000, Audience.everyone())
        print(number, flush=True)
except EnvironmentFailure as error:
    print(error.code, flush=True)
vault.close()
"""


@pytest.mark.parametrize("step", range(1, 65 if SOAK else 3))
def test_a_file_that_cannot_grow_loses_nothing_confirmed(box: Box, step: int) -> None:
    """A limit of the file's size stands in for a full disk; the write-ahead log reaches it first."""
    limit = (box.folder / "vault.db").stat().st_size + step * 65536
    command = [sys.executable, "-c", FILL, str(box.folder), LI, password(LI), str(limit)]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert lines[-1] in {"disk_full_reserve_freed", "disk_failed"}
    assert (lines[-1] == "disk_failed") == (box.folder / "reserve").exists()
    vault = box.unlock(LI)
    assert vault.problems == ()
    with vault.database.read() as session:
        assert set(vault.contents.texts(session, map(int, lines[:-1]))) == set(map(int, lines[:-1]))


@contextmanager
def longest_file(size: int) -> Iterator[None]:
    """No file grows beyond it, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    answered = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, answered)


def test_a_disk_that_is_full_at_any_step_of_a_save_leaves_all_or_nothing(box: Box) -> None:
    texts = filled(box)
    vault, scan = box.unlock(), os.urandom(2 << 20)
    for step in some(range(1, (len(scan) >> 16) + 1), 4):
        names = sorted(vault.objects.names())
        full = pytest.raises(EnvironmentFailure, match="disk_full")
        with longest_file(step << 16), full, vault.database.write() as session:
            vault.contents.put(session, scan, Audience.everyone())
        assert sorted(vault.objects.names()) == names
    with vault.database.write() as session:
        number = vault.contents.put(session, scan, Audience.everyone())
    with vault.database.read() as session:
        assert vault.contents.open(session, number).data == scan
    assert check(vault) == []
    box.locked()
    assert shown(box, texts) == texts


def test_the_reserve_is_dropped_and_comes_back(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "RESERVE_BYTES", 8192)
    vault = box.unlock(LI)
    assert drop_reserve(vault.folder)
    assert not (box.folder / "reserve").exists()
    box.locked()
    box.unlock(LI)
    assert (box.folder / "reserve").stat().st_size == 8192


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a few MiB, where the machine lets this user make one."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=6m,mode=0700", "tmpfs", str(place)]
    if os.geteuid() or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def fill_up(vault: Vault, confirmed: list[int]) -> None:
    while True:
        with vault.database.write() as session:
            number = vault.contents.put_text(session, "x" * 20000, Audience.everyone())
        confirmed.append(number)


def test_on_a_full_disk_the_reserve_lets_the_next_act_through(
    box: Box, small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "RESERVE_BYTES", 2 << 20)
    folder = small_disk / "vault"
    shutil.copytree(box.folder, folder)
    (folder / "reserve").unlink()
    vault = opening.unlock(folder, LI, password(LI), clock=box.clock)
    confirmed: list[int] = []
    with pytest.raises(EnvironmentFailure, match="disk_full_reserve_freed"):
        fill_up(vault, confirmed)
    with vault.database.write() as session:
        vault.contents.delete(session, confirmed[0])
    with vault.database.read() as session:
        assert set(vault.contents.texts(session, confirmed)) == set(confirmed[1:])
    vault.close()


def test_rights_of_others_to_the_folder_are_told_and_taken(box: Box) -> None:
    box.folder.chmod(0o755)
    (box.folder / "vault.db").chmod(0o644)
    vault = box.unlock(LI)
    assert vault.was_open_to_others
    assert [path.name for path in (box.folder, *box.folder.iterdir()) if path.stat().st_mode & 0o077] == []
    with vault.database.read() as session:
        assert vault.audit.count(session, action="vault.folder.closed") == 1
    box.locked()
    assert not box.unlock(LI).was_open_to_others


HOLD = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from deskoffice.vault import opening
vault = opening.unlock(Path(sys.argv[1]), sys.stdin.readline().strip(), sys.stdin.readline().strip(),
                       clock=lambda: datetime.now(UTC))
with vault.database.read() as session:
    vault.contents.texts(session, range(200))
print("open", flush=True)
sys.stdin.readline()
vault.close()
print("closed", flush=True)
sys.stdin.readline()
"""


def copies(process: int, needle: bytes) -> int:
    """How often a secret stands in the writable memory of another process."""
    count = 0
    with Path(f"/proc/{process}/maps").open() as maps, Path(f"/proc/{process}/mem").open("rb", 0) as memory:
        for line in maps:
            span, rights, *_ = line.split()
            if not rights.startswith("rw"):
                continue
            start, end = (int(part, 16) for part in span.split("-"))
            try:
                memory.seek(start)
                count += memory.read(end - start).count(needle)
            except (OSError, ValueError, OverflowError):
                continue
    return count


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs /proc")
def test_memory_holds_no_copy_of_the_hexadecimal_key(box: Box) -> None:
    filled(box)
    header, _ = headers.load(box.folder)
    _, bundle = slots.open_slot(header, LI, password(LI), None)
    needles = [bytes(bundle.database).hex().encode(), bytes(bundle.index).hex().encode()]
    command = [sys.executable, "-c", HOLD, str(box.folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(f"{LI}\n{password(LI)}\n")
        child.stdin.flush()
        assert child.stdout.readline() == "open\n"
        assert [copies(child.pid, needle) for needle in needles] == [0, 0]
        child.stdin.write("\n")
        child.stdin.flush()
        assert child.stdout.readline() == "closed\n"
        assert [copies(child.pid, needle) for needle in needles] == [0, 0]
        child.stdin.write("\n")
        child.stdin.flush()
