"""Reading a backup set back: is it whole, and a new vault out of it."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pyrage

from deskoffice.domain.errors import EnvironmentFailure, VaultError
from deskoffice.vault import attempts, disk
from deskoffice.vault import header as headers
from deskoffice.vault.backup_medium import FreshReader, age_errors, translated
from deskoffice.vault.backup_set import MANIFEST, BackupKeys, Manifest, Part, known_signers, set_folder
from deskoffice.vault.backup_stream import Unpacker
from deskoffice.vault.database import FILE_NAME
from deskoffice.vault.engine import assert_encrypted
from deskoffice.vault.objects import FOLDER
from deskoffice.vault.rollback import RESTORED

Progress = Callable[[int, int], bool]


@dataclass(frozen=True, slots=True)
class BackupVerdict:
    """Whether a set is whole, and if not, every bad file in it."""

    ok: bool
    bad: list[str]


class _Taker(Protocol):
    def write(self, data: bytes) -> int: ...

    def flush(self) -> None: ...


class _Counter:
    """Takes plaintext only to count it."""

    def __init__(self) -> None:
        self.size = 0

    def write(self, data: bytes) -> int:
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        """Nothing is held."""


def verify(
    target: Path, keys: Sequence[str] = (), progress: Progress | None = None, *, fingerprint: str = ""
) -> BackupVerdict:
    """Read every part from the medium and compare; with the backup keys decrypt too.

    Keys, or the `fingerprint` that an open vault knows, also tell who made the set. Without either it must be a signer
    of this machine; where none is known yet, a set that somebody else made whole passes.
    """
    folder = set_folder(target)
    opened = BackupKeys.parse(keys)
    known = opened.fingerprints | ({fingerprint} if fingerprint else frozenset()) or known_signers()
    try:
        with translated():
            manifest = Manifest.load(folder, known)
    except VaultError as error:
        return BackupVerdict(False, [str(error.values.get("file", MANIFEST))])
    tell = _Telling(progress, sum(part.size for part in manifest.parts))
    bad = [part.name for part in manifest.parts if not _is_whole(folder / part.name, part, opened, tell)]
    return BackupVerdict(not bad, bad)


def restore(target: Path, new_folder: Path, keys: Sequence[str], progress: Progress | None = None) -> None:
    """Make a new vault from a set; the folder appears only when everything in it is whole and on the disk.

    The log's state that the set names is kept beside it and compared at the first unlocking, since reading the log
    takes an account's password.
    """
    folder, opened = set_folder(target), BackupKeys.parse(keys)
    if not opened.identities:
        raise VaultError("backup_key_needed")
    with translated():
        manifest = Manifest.load(folder, opened.fingerprints)
        _refuse_cut_parts(folder, manifest)
    draft = new_folder.with_name(new_folder.name + ".restoring")
    with disk.translated():
        if new_folder.exists() and any(new_folder.iterdir()):
            raise VaultError("vault_exists")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700, parents=True)
    try:
        _unpack(folder, manifest, opened, draft=draft, progress=progress)
        _complete(folder, draft)
        with disk.translated():
            if new_folder.exists():
                new_folder.rmdir()
            draft.rename(new_folder)
            disk.sync_folder(new_folder.parent)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _refuse_cut_parts(folder: Path, manifest: Manifest) -> None:
    for part in manifest.parts:
        path = folder / part.name
        if not path.exists():
            raise VaultError("backup_file_missing", file=part.name)
        if path.stat().st_size != part.size:
            raise VaultError("backup_part_damaged", file=part.name)


class _Telling:
    """Progress over all parts; raises when told to stop."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress = progress
        self._total = total
        self._done = 0

    def __call__(self, size: int) -> None:
        self._done += size
        if self._progress is not None and not self._progress(self._done, self._total):
            raise VaultError("vault_stopped")


def _is_whole(path: Path, part: Part, keys: BackupKeys, tell: _Telling) -> bool:
    counter = _Counter()
    try:
        with translated():
            digest = _read_part(path, keys, tell, counter)
            size = path.stat().st_size
    except VaultError as error:
        if error.code == "vault_stopped":
            raise
        return False
    except EnvironmentFailure:
        return False  # an unreadable file is as bad as an altered one; the others are still read
    return (digest, size) == (part.sha256, part.size) and (not keys.identities or counter.size == part.plain_size)


def _read_part(path: Path, keys: BackupKeys, tell: _Telling, taker: _Taker) -> str:
    with FreshReader(path, tell) as reader:
        if keys.identities:
            with age_errors(reader, taker):
                pyrage.decrypt_io(reader, taker, list(keys.identities))
        return reader.drain()


def _unpack(folder: Path, manifest: Manifest, keys: BackupKeys, *, draft: Path, progress: Progress | None) -> None:
    tell = _Telling(progress, sum(part.size for part in manifest.parts))
    unpacker = Unpacker(draft)
    try:
        for part in manifest.parts:
            try:
                with translated():
                    digest = _read_part(folder / part.name, keys, tell, unpacker)
            except VaultError as error:
                if error.code != "backup_part_unreadable":
                    raise
                digest = ""  # the keys are those of the signed manifest: it is the part that is wrong
            if digest != part.sha256:
                raise VaultError("backup_part_damaged", file=part.name)
        unpacker.finish()
    finally:
        unpacker.close()


def _complete(folder: Path, draft: Path) -> None:
    """What a vault has beside the files of the stream."""
    try:
        header = headers.decode((draft / headers.COPIES[0]).read_bytes())
        assert_encrypted(draft / FILE_NAME)
    except (FileNotFoundError, headers.HeaderDamaged):
        raise VaultError("backup_incomplete") from None
    with disk.translated():
        for name in (FOLDER, "index"):
            (draft / name).mkdir(mode=0o700, exist_ok=True)
    headers.store(draft, header)
    attempts.begin(draft)
    disk.replace(draft / RESTORED, (folder / MANIFEST).read_bytes())
    with disk.translated():
        for each in (draft / FOLDER, *(draft / FOLDER).iterdir(), draft / "index", draft):
            disk.sync_folder(each)
