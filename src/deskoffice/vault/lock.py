"""One program at a time on a vault: an exclusive lock on the file `lock` for the whole run."""

import os
import sys
from pathlib import Path

from deskoffice.domain.errors import VaultError
from deskoffice.vault import disk

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class FolderLock:
    """Held from construction to `release`; the system releases it when the process dies."""

    def __init__(self, folder: Path) -> None:
        with disk.translated():
            self._descriptor = _open(folder / "lock")
        try:
            if sys.platform == "win32":
                msvcrt.locking(self._descriptor, msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self._descriptor)
            raise VaultError("vault_in_use") from error

    def release(self) -> None:
        """Let the next program in."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def _open(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except PermissionError:
        return os.open(path, os.O_RDONLY)  # a read-only medium still keeps two readers apart
    except OSError:
        if path.exists():
            return os.open(path, os.O_RDONLY)
        raise
