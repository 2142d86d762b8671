"""A restore that is tried into memory (恢复演练): the set is decrypted, looked through, and leaves nothing."""

import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from deskoffice.domain.errors import EnvironmentFailure
from deskoffice.vault.backup_restore import restore
from deskoffice.vault.backup_set import BackupKeys, Manifest, set_folder
from deskoffice.vault.check import check_files, pages
from deskoffice.vault.database import FILE_NAME
from deskoffice.vault.problems import Problem
from deskoffice.vault.vault import Vault

Progress = Callable[[int, int], bool]
MEMORY = Path("/dev/shm")  # noqa: S108 - a file system in memory, and a folder of our own in it
_SPARE = 256 << 20


def drill(vault: Vault, target: Path, keys: Sequence[str], progress: Progress | None = None) -> list[Problem]:
    """Restore a set of this vault into memory, check every page and object, and destroy it.

    EnvironmentFailure `memory_too_small` before anything is written; the refusals of `restore`.
    """
    size = sum(part.plain_size for part in _manifest(target, keys).parts)
    where = MEMORY if MEMORY.is_dir() else vault.folder
    if shutil.disk_usage(where).free < size + _SPARE:
        raise EnvironmentFailure("memory_too_small", megabytes=(size + _SPARE) >> 20)
    work = Path(tempfile.mkdtemp(prefix="deskoffice-", dir=where))
    try:
        restore(target, work / "vault", keys, progress)
        found = check_files(work / "vault")
        return [*found, *pages(work / "vault" / FILE_NAME, vault.database.key, is_read_only=False)]
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _manifest(target: Path, keys: Sequence[str]) -> Manifest:
    return Manifest.load(set_folder(target), BackupKeys.parse(keys).fingerprints)
