"""A backup is whole or it is none, opens without this program, and comes back as the vault it was."""

import errno
import hashlib
import io
import json
import os
import resource
import shutil
import signal
import subprocess
import tarfile
import threading
from dataclasses import replace
from pathlib import Path

import pyrage
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from vault.boxes import LI, WANG, Box, Clock, some

from deskoffice.domain.errors import EnvironmentFailure, VaultError
from deskoffice.paper.forms.recovery import COMMANDS
from deskoffice.vault import backup
from deskoffice.vault.backup_create import create
from deskoffice.vault.backup_medium import translated
from deskoffice.vault.backup_restore import RESTORED
from deskoffice.vault.backup_stream import Unpacker
from deskoffice.vault.check import check
from deskoffice.vault.contents import Audience

PART = 256 << 10
LARGE = os.urandom(300_000)


def fill(vault):
    with vault.database.write() as session:
        for number in range(3):
            vault.contents.put(session, LARGE + bytes([number]), Audience.everyone(), name=f"{number}.pdf")
        vault.contents.put_text(session, "short", Audience.everyone())
    return vault


@pytest.fixture
def vault(box):
    return fill(box.unlock(LI))


@pytest.fixture(scope="module")
def made(template, tmp_path_factory):
    """One vault, open, and one set of it, for the tests that harm the set only."""
    source, created = template
    folder = tmp_path_factory.mktemp("made")
    shutil.copytree(source, folder / "vault")
    box = Box(folder / "vault", dict(created.account_ids), created.recovery_shares, created.backup_keys, Clock(), [])
    vault = fill(box.unlock(LI))
    yield box, vault, create(vault, folder / "stick", part_bytes=PART)
    box.locked()


@pytest.fixture
def finished(made, tmp_path):
    *_, result = made
    shutil.copytree(result.target, tmp_path / "stick" / result.target.name)
    return replace(result, target=tmp_path / "stick" / result.target.name)


@pytest.fixture
def keys(made):
    return made[0].backup_keys


@pytest.fixture
def source(made):
    return made[1]


def identity(keys):
    return pyrage.x25519.Identity.from_str(keys[0].split()[0])


def test_a_whole_set_is_proved_with_and_without_the_keys(source, keys, finished):
    assert backup.verify(finished.target) == backup.BackupVerdict(True, [])
    for key in keys:
        assert backup.verify(finished.target, [key]).ok
    assert backup.verify(finished.target.parent, keys).ok
    assert backup.verify(finished.target, fingerprint=backup.fingerprint(source)).ok
    assert finished.bytes == sum(path.stat().st_size for path in finished.target.glob("*.age"))
    assert len(list(finished.target.glob("*.age"))) > 2


def test_the_restored_vault_is_the_one_backed_up(vault, box, tmp_path):
    finished = create(vault, tmp_path / "stick", part_bytes=PART)
    with vault.database.read() as session:
        entries = vault.audit.entries(session, limit=100)
    box.locked()
    backup.restore(finished.target, tmp_path / "new", box.backup_keys[:1])
    again = Box(tmp_path / "new", box.ids, box.shares, box.backup_keys, box.clock, []).unlock(LI)
    with again.database.read() as session:
        assert again.contents.open(session, 1).data == LARGE + b"\0"
        assert again.contents.texts(session, [4]) == {4: "short"}
        assert entries[-1].action == "vault.backup.created"
        held = [entry.action for entry in entries].index("vault.backup.begun") + 1
        assert again.audit.entries(session, limit=held) == entries[:held]
    assert again.audit.verify().ok
    again.close()
    assert not list(tmp_path.glob("*.restoring"))
    assert json.loads((tmp_path / "new" / RESTORED).read_text())["vault_id"] == vault.id


def test_parts_open_with_age_and_tar_alone(source, keys, finished):
    plain = b"".join(
        pyrage.decrypt(part.read_bytes(), [identity(keys)]) for part in sorted(finished.target.glob("*.age"))
    )
    with tarfile.open(fileobj=io.BytesIO(plain)) as archive:
        names = archive.getnames()
        assert names[-2:] == ["vault.db", "vault.json"]
        assert len(names) == 5
        for name in names[:-2]:
            assert archive.extractfile(name).read() == (source.folder / name).read_bytes()


@pytest.mark.skipif(shutil.which("age") is None, reason="the age tool is not installed")
def test_parts_open_with_the_age_tool(keys, finished, tmp_path):
    (tmp_path / "key").write_text(keys[1].split()[0] + "\n")
    plain = b""
    for part in sorted(finished.target.glob("*.age")):
        plain += subprocess.run(
            ["age", "-d", "-i", str(tmp_path / "key"), str(part)], check=True, stdout=subprocess.PIPE
        ).stdout
    with tarfile.open(fileobj=io.BytesIO(plain)) as archive:
        assert "vault.db" in archive.getnames()


def test_nothing_readable_and_no_odd_name_stands_on_the_medium(finished):
    for path in finished.target.iterdir():
        assert set(path.name) <= set("abcdefghijklmnopqrstuvwxyz0123456789._-")
        raw = path.read_bytes()
        assert b"short" not in raw
        assert b"SQLite format" not in raw
        assert path.suffix != ".age" or raw.startswith(b"age-encryption.org/v1\n")


def test_every_changed_byte_of_manifest_and_signature_is_refused(source, finished, keys):
    for name in ("manifest.json", "manifest.sig"):
        path = finished.target / name
        whole = path.read_bytes()
        for at in range(len(whole)):
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << at % 8]) + whole[at + 1 :])
            assert not backup.verify(finished.target).ok, (name, at)
        for end in (0, 1, len(whole) - 1):
            path.write_bytes(whole[:end])
            assert not backup.verify(finished.target, keys).ok
        path.write_bytes(whole + b"\n")
        assert not backup.verify(finished.target).ok
        path.unlink()
        assert backup.verify(finished.target).bad == [name]
        path.write_bytes(whole)
    assert backup.verify(finished.target).ok


def test_all_damaged_parts_are_named(finished, keys):
    parts = sorted(finished.target.glob("*.age"))
    raw = bytearray(parts[0].read_bytes())
    raw[len(raw) // 2] ^= 1
    parts[0].write_bytes(raw)
    parts[1].unlink()
    parts[2].write_bytes(parts[2].read_bytes()[:-1])
    expected = [part.name for part in parts[:3]]
    assert backup.verify(finished.target).bad == expected
    assert backup.verify(finished.target, keys).bad == expected


@pytest.mark.parametrize("at", [0, 20, 100, 200, 5000, 65_600, -17, -1])
def test_a_changed_byte_of_a_part_is_never_restored(finished, keys, tmp_path, at):
    part = finished.target / "part0001.age"
    raw = bytearray(part.read_bytes())
    raw[at] ^= 0x10
    part.write_bytes(raw)
    assert backup.verify(finished.target).bad == [part.name]
    with pytest.raises(VaultError):
        backup.restore(finished.target, tmp_path / "new", keys)
    assert [path.name for path in tmp_path.glob("new*")] == []


def cut(part: Path) -> None:
    part.write_bytes(part.read_bytes()[:-1])


@pytest.mark.parametrize(("harm", "code"), [(Path.unlink, "backup_file_missing"), (cut, "backup_part_damaged")])
def test_a_part_that_is_missing_or_cut_is_named_before_anything_is_restored(finished, keys, tmp_path, harm, code):
    target = shutil.copytree(finished.target, tmp_path / "set")
    harm(target / "part0001.age")
    with pytest.raises(VaultError, match=code):
        backup.restore(target, tmp_path / "new", keys)
    assert not (tmp_path / "new").exists()


def test_exchanged_parts_are_refused(finished, keys, tmp_path):
    first, second = finished.target / "part0001.age", finished.target / "part0002.age"
    whole = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(whole)
    assert backup.verify(finished.target, keys).bad == [first.name, second.name]
    with pytest.raises(VaultError):
        backup.restore(finished.target, tmp_path / "new", keys)


def forge(target, recipients):
    """Who knows the public recipients only makes a set of his own in the place of ours."""
    manifest = json.loads((target / "manifest.json").read_text())
    key = Ed25519PrivateKey.generate()
    for part in manifest["parts"]:
        raw = pyrage.encrypt(bytes(part["plain_size"]), recipients)
        (target / part["name"]).write_bytes(raw)
        part |= {"size": len(raw), "sha256": hashlib.sha256(raw).hexdigest()}
    manifest["signer"] = key.public_key().public_bytes_raw().hex()
    raw = json.dumps(manifest).encode()
    (target / "manifest.json").write_bytes(raw)
    (target / "manifest.sig").write_bytes(key.sign(raw))


def test_a_set_forged_with_the_recipients_is_refused(source, keys, finished, tmp_path):
    forge(finished.target, [identity(keys).to_public()])
    assert backup.verify(finished.target, keys).bad == ["manifest.sig"]
    assert backup.verify(finished.target).bad == ["manifest.sig"]
    assert not backup.verify(finished.target, fingerprint=backup.fingerprint(source)).ok
    with pytest.raises(VaultError, match="backup_of_another_signer"):
        backup.restore(finished.target, tmp_path / "new", keys)


def test_a_machine_that_made_no_set_takes_any_whole_one(finished, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "fresh"))
    assert backup.verify(finished.target).ok


@pytest.mark.parametrize("line", ["AGE-SECRET-KEY-1", "{identity}", "{identity} 12", "x {fingerprint}"])
def test_a_mistyped_key_line_is_told_by_its_number(finished, keys, line):
    identity, fingerprint = keys[0].split()
    typed = line.format(identity=identity, fingerprint=fingerprint)
    with pytest.raises(VaultError, match="backup_key_mistyped") as told:
        backup.verify(finished.target, ["", keys[1], typed])
    assert told.value.values["line"] == 3


def test_a_key_may_be_typed_in_groups_and_in_any_case(finished, keys):
    line = keys[0].lower().replace(" ", "")
    grouped = " ".join(line[at : at + 4] for at in range(0, len(line), 4))
    assert backup.verify(finished.target, [grouped]).ok


def test_keys_of_another_vault_open_nothing(finished, other_box, tmp_path):
    with pytest.raises(VaultError, match="backup_of_another_signer"):
        backup.restore(finished.target, tmp_path / "new", other_box.backup_keys)
    with pytest.raises(VaultError, match="backup_key_needed"):
        backup.restore(finished.target, tmp_path / "new", [])


def test_an_existing_folder_is_never_restored_over(source, keys, finished):
    with pytest.raises(VaultError, match="vault_exists"):
        backup.restore(finished.target, source.folder, keys)


def test_progress_reaches_the_end_and_stop_leaves_no_set(vault, box, tmp_path):
    told = []
    result = create(vault, tmp_path / "a", lambda done, total: not told.append((done, total)), part_bytes=PART)
    assert told[-1][0] == told[-1][1]
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    told.clear()
    assert backup.verify(result.target, box.backup_keys, lambda *at: not told.append(at)).ok
    assert told[-1][0] == told[-1][1]
    with pytest.raises(VaultError, match="vault_stopped"):
        create(vault, tmp_path / "b", lambda done, total: done < total // 2, part_bytes=PART)
    assert not list((tmp_path / "b").rglob("manifest.json"))
    assert not list((tmp_path / "b").rglob("*.tmp"))
    with pytest.raises(VaultError, match="vault_stopped"):
        backup.verify(result.target, box.backup_keys, lambda *_: False)
    with pytest.raises(VaultError, match="vault_stopped"):
        backup.restore(result.target, tmp_path / "new", box.backup_keys, lambda *_: False)
    assert not list(tmp_path.glob("new*"))


def test_the_next_attempt_keeps_the_parts_that_are_whole(vault, box, tmp_path):
    with pytest.raises(VaultError, match="vault_stopped"):
        create(vault, tmp_path / "stick", lambda done, _: done < 3 * PART, part_bytes=PART)
    (unfinished,) = (tmp_path / "stick").iterdir()
    before = {path.name: path.stat().st_mtime_ns for path in unfinished.iterdir()}
    assert sorted(before) == ["part0001.age", "part0002.age"]
    damaged = unfinished / "part0002.age"
    damaged.write_bytes(bytes(damaged.stat().st_size))
    result = create(vault, tmp_path / "stick", part_bytes=PART)
    assert result.target == unfinished
    assert (unfinished / "part0001.age").stat().st_mtime_ns == before["part0001.age"]
    assert (unfinished / "part0002.age").stat().st_mtime_ns != before["part0002.age"]
    assert backup.verify(result.target, box.backup_keys).ok
    assert create(vault, tmp_path / "stick", part_bytes=PART).target != unfinished


def test_a_full_medium_is_told_and_leaves_no_set(vault, tmp_path):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    larger_parts = 4 << 20
    with vault.database.write() as session:
        vault.contents.put(session, os.urandom(3 << 20), Audience.everyone())
        size = 3 << 20
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        with pytest.raises(EnvironmentFailure, match="backup_medium_file_limit"):
            create(vault, tmp_path / "stick", part_bytes=larger_parts)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
    assert not list((tmp_path / "stick").rglob("manifest.*"))
    assert vault.audit.verify().ok
    with vault.database.read() as session:
        assert vault.audit.latest(session, limit=1)[0].detail == {"reason": "backup_medium_file_limit"}
    assert create(vault, tmp_path / "stick", part_bytes=larger_parts).target.exists()


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "backup_medium_full"),
        (errno.EFBIG, "backup_medium_file_limit"),
        (errno.EROFS, "backup_medium_read_only"),
        (errno.ENODEV, "backup_medium_gone"),
        (errno.ENOTCONN, "backup_medium_gone"),
        (errno.EIO, "backup_medium_failed"),
    ],
)
def test_every_failure_of_a_medium_has_its_name(number, code):
    with pytest.raises(EnvironmentFailure, match=code), translated():
        raise OSError(number, "")


NUMBERS = {
    errno.ENOSPC: "backup_medium_full",
    errno.EFBIG: "backup_medium_file_limit",
    errno.EIO: "backup_medium_failed",
    errno.EROFS: "backup_medium_read_only",
    errno.ENODEV: "backup_medium_gone",
    errno.ENOTCONN: "backup_medium_gone",
}
STEPS = 29
"""What a set of two parts does to its medium: folders, files, writes, syncs, names."""


class FailingMedium:
    """Everything done under a folder is counted; the one that is wanted fails with the system's error."""

    def __init__(self, patch: pytest.MonkeyPatch, folder: Path) -> None:
        self.folder, self.done, self.wanted, self.number = folder, 0, 0, 0
        for name in ("open", "mkdir", "replace"):
            patch.setattr(Path, name, self._counted(getattr(Path, name)))
        patch.setattr(os, "fsync", self._synced(os.fsync))

    def step(self) -> None:
        self.done += 1
        if self.done == self.wanted:
            raise OSError(self.number, os.strerror(self.number))

    def _counted(self, act):
        def counted(path: Path, *arguments: object, **named: object):
            if not path.is_relative_to(self.folder) or arguments[:1] == ("rb",):
                return act(path, *arguments, **named)
            self.step()
            made = act(path, *arguments, **named)
            return FailingFile(made, self) if act.__name__ == "open" else made

        return counted

    def _synced(self, act):
        def synced(descriptor: int) -> None:
            if Path(f"/proc/self/fd/{descriptor}").readlink().is_relative_to(self.folder):
                self.step()
            act(descriptor)

        return synced


class FailingFile:
    def __init__(self, file, medium: FailingMedium) -> None:
        self._file, self._medium = file, medium
        self.fileno, self.close = file.fileno, file.close

    def write(self, data: bytes) -> int:
        self._medium.step()
        return self._file.write(data)


@pytest.mark.parametrize(("number", "code"), some(list(NUMBERS.items()), 2), ids=errno.errorcode.get)
def test_a_medium_that_fails_at_any_step_is_named_and_the_next_set_is_whole(
    vault, box, tmp_path, monkeypatch, number, code
):
    stick = (tmp_path / "stick").resolve()
    medium = FailingMedium(monkeypatch, stick)
    create(vault, stick, part_bytes=PART)
    assert medium.done >= STEPS
    for step in some(range(1, medium.done + 1), 2):
        shutil.rmtree(stick)
        medium.done, medium.wanted, medium.number = 0, step, number
        with pytest.raises(EnvironmentFailure) as refused:
            create(vault, stick, part_bytes=PART)
        assert refused.value.code == code, step
        assert not list(stick.rglob("manifest.json"))
        medium.wanted = 0
        assert backup.verify(create(vault, stick, part_bytes=PART).target, box.backup_keys).ok


def test_the_backup_ends_while_others_write(vault, box, tmp_path):
    stop = threading.Event()
    written = []

    def write():
        while not stop.wait(0.002):
            with vault.database.write() as session:
                written.append(vault.audit.append(session, "drill.done"))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        result = create(vault, tmp_path / "stick")
    finally:
        stop.set()
        writer.join()
    assert written
    assert backup.verify(result.target, box.backup_keys).ok
    assert vault.audit.verify().ok


def test_a_medium_that_is_no_folder_is_told(vault, tmp_path):
    (tmp_path / "stick").write_text("a file")
    with pytest.raises(EnvironmentFailure, match="backup_medium_failed"):
        create(vault, tmp_path / "stick")


def test_a_missing_object_stops_the_backup(vault, tmp_path):
    next((vault.folder / "objects").rglob("?" * 64)).unlink()
    with pytest.raises(VaultError, match="vault_damaged"):
        create(vault, tmp_path / "stick")
    assert not list((tmp_path / "stick").rglob("manifest.json"))


def test_sets_name_the_one_before_and_the_log_they_hold(vault, tmp_path):
    finished = create(vault, tmp_path / "stick")
    second = create(vault, tmp_path / "stick")
    manifest = json.loads((second.target / "manifest.json").read_text())
    assert manifest["previous"] == hashlib.sha256((finished.target / "manifest.json").read_bytes()).hexdigest()
    assert manifest["checkpoint"].startswith(f"deskoffice/{vault.id}\n")
    assert not (vault.folder / "backup").exists()


@pytest.fixture
def stick(tmp_path):
    """A file system in a file, where the machine lets this user mount one; gives the file and where it is mounted."""
    image, place = tmp_path / "image", tmp_path / "mounted"
    place.mkdir()
    with image.open("wb") as file:
        file.truncate(24 << 20)
    commands = [["mkfs.ext4", "-q", "-F", str(image)], ["mount", "-o", "loop", str(image), str(place)]]
    if os.geteuid() or any(
        subprocess.run(command, capture_output=True, check=False).returncode for command in commands
    ):
        pytest.skip("needs the right to mount")
    yield image, place
    subprocess.run(["umount", str(place)], check=True)


def test_a_medium_that_goes_bad_under_its_mount_is_found(vault, stick):
    """The system still remembers what was written; only reading past its memory shows what lies on the medium."""
    image, place = stick
    target = create(vault, place / "sets").target
    assert backup.verify(target, fingerprint=backup.fingerprint(vault)).ok
    part = target / "part0001.age"
    remembered = part.read_bytes()
    raw = image.read_bytes()
    at = raw.find(remembered[4096:8192])
    with image.open("r+b", buffering=0) as file:
        file.seek(at + 100)
        file.write(bytes([raw[at + 100] ^ 1]))
        os.fsync(file.fileno())
    assert part.read_bytes() == remembered
    assert backup.verify(target, fingerprint=backup.fingerprint(vault)).bad == ["part0001.age"]


def test_the_steps_on_paper_bring_a_set_back_without_this_program(made, finished):
    """Typed as they are printed; a space between key and fingerprint stands in for the reader's eye."""
    box, _, _ = made
    if shutil.which("age") is None:
        pytest.skip("age is not installed")
    (finished.target / "key.txt").write_text(box.backup_keys[0].split()[0] + "\n")
    for command in COMMANDS:
        subprocess.run(["sh", "-ec", command], cwd=finished.target, check=True)
    restored = replace(box, folder=finished.target / "restored", opened=[])
    vault = restored.unlock(WANG)
    with vault.database.read() as session:
        assert [vault.contents.open(session, number).data[:3] for number in (1, 4)] == [LARGE[:3], b"sho"]
    assert check(vault) == []
    restored.locked()


def in_tar(*names: str) -> bytes:
    """What the stream of a set could hold if its maker meant harm."""
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w", encoding="latin-1") as archive:
        for name in names:
            archive.addfile(tarfile.TarInfo(name))
    return held.getvalue()


@pytest.mark.parametrize(
    "names", [("\x9evault.db",), ("../vault.db",), ("/vault.db",), ("vault.json", "vault.json")], ids=repr
)
def test_a_stream_with_names_that_are_no_vaults_is_refused_in_words(tmp_path, names):
    with pytest.raises(VaultError) as refused:
        Unpacker(tmp_path).write(in_tar(*names))
    assert refused.value.code == "backup_part_unreadable"
