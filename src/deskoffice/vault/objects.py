"""Sealed content that is too large for a row: immutable files named by the hash of their ciphertext."""

import errno
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from deskoffice.domain.errors import VaultError
from deskoffice.vault import disk

FOLDER = "objects"
_NO_FILE = {errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ELOOP, errno.EINVAL}
"""Nothing lies there, or something that is no file."""


class ObjectStore:
    """The folder `objects`: 256 sub-folders by the first two digits of the name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, name: str) -> Path:
        """Where the object of this name lies."""
        return self._folder / name[:2] / name

    def write(self, name: str, sealed: bytes) -> None:
        """Put the object on the disk, file and folder synced, before any row may name it."""
        path = self.path(name)
        with disk.translated():
            if not path.parent.exists():
                path.parent.mkdir(mode=0o700, parents=True)
                disk.sync_folder(self._folder)
            draft = path.with_name(f"{name}.{secrets.token_hex(4)}.new")
            disk.write_synced(draft, sealed)
            draft.replace(path)
            disk.sync_folder(path.parent)

    def read(self, name: str) -> bytes:
        """The bytes as stored; the caller compares their hash with the name."""
        try:
            with disk.opened(self.path(name)) as file:
                return file.read()
        except OSError as error:
            if error.errno not in _NO_FILE:
                raise disk.failure(error) from error
            raise VaultError("vault_damaged", file=f"{FOLDER}/{name[:2]}/{name}") from error

    def names(self) -> Iterator[str]:
        """Every file there is, unfinished ones too; the order is unspecified."""
        for sub in filter(Path.is_dir, self._folder.glob("[0-9a-f][0-9a-f]")):
            yield from (entry.name for entry in os.scandir(sub) if not entry.is_dir(follow_symlinks=False))

    def remove(self, name: str) -> None:
        """Drop an object that no row names any more."""
        self.path(name).unlink(missing_ok=True)
