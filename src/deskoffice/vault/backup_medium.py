"""Reading and writing a removable medium: whole, synced, past the cache, and with its failures by name."""

import errno
import hashlib
import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

import pyrage

from deskoffice.domain.errors import DeskOfficeError, EnvironmentFailure, VaultError
from deskoffice.vault import disk
from deskoffice.vault.disk import sync_folder

_CODES = {
    errno.ENOSPC: "backup_medium_full",
    errno.EDQUOT: "backup_medium_full",
    errno.EFBIG: "backup_medium_file_limit",
    errno.EROFS: "backup_medium_read_only",
    errno.EACCES: "backup_medium_read_only",
    errno.EPERM: "backup_medium_read_only",
    errno.ENOENT: "backup_medium_gone",
    errno.ENODEV: "backup_medium_gone",
    errno.ENXIO: "backup_medium_gone",
    errno.ENOTCONN: "backup_medium_gone",
    errno.ECONNABORTED: "backup_medium_gone",
    errno.ESTALE: "backup_medium_gone",
}
_CHUNK = 1 << 20
_AHEAD = 4


@contextmanager
def translated() -> Iterator[None]:
    """The medium's errors in the words of the program."""
    try:
        yield
    except OSError as error:
        raise EnvironmentFailure(_CODES.get(error.errno or 0, "backup_medium_failed")) from error


class _Digest:
    """SHA-256 in a thread of its own, beside the cipher."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self._worker = ThreadPoolExecutor(max_workers=1)
        self._waiting: deque[Future[None]] = deque()

    def update(self, data: bytes) -> None:
        self._waiting.append(self._worker.submit(self._hash.update, data))
        if len(self._waiting) > _AHEAD:
            self._waiting.popleft().result()

    def finish(self) -> str:
        self.close()
        return self._hash.hexdigest()

    def close(self) -> None:
        self._worker.shutdown()


class Writer:
    """A new file that hashes what it takes. It gets its name only when whole and on the medium."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._draft = path.with_name(path.name + ".tmp")
        self._file = disk.new(self._draft, buffering=0)
        self._digest = _Digest()
        self._held = bytearray()
        self.size = 0
        self.error: Exception | None = None

    def write(self, data: bytes) -> int:
        """Take all of it: a short write would make the encrypting library panic."""
        self._held += data
        if len(self._held) >= _CHUNK:
            self._put()
        return len(data)

    def flush(self) -> None:
        """What is held back is written by `finish`."""

    def finish(self) -> str:
        """Sync, name, and give the SHA-256."""
        self._put()
        os.fsync(self._file.fileno())
        self._file.close()
        self._draft.replace(self._path)
        try:
            sync_folder(self._path.parent)
        except OSError:
            # A name that may not outlive a power cut is none: least of all that of the manifest, which makes the set.
            with suppress(OSError):
                self._path.unlink()
            raise
        return self._digest.finish()

    def _put(self) -> None:
        data = bytes(self._held)
        self._held.clear()
        try:
            left = memoryview(data)
            while left:
                left = left[self._file.write(left) :]
        except OSError as error:
            self.error = self.error or error  # the library forgets which error it was
            raise
        self._digest.update(data)
        self.size += len(data)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._digest.close()
        self._file.close()
        self._draft.unlink(missing_ok=True)


class FreshReader:
    """Reads what is on the medium, not what the system still remembers of writing it, and hashes it."""

    def __init__(self, path: Path, report: Callable[[int], None] | None = None) -> None:
        self._file = disk.opened(path, buffering=0)
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(self._file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        self._report = report
        self._digest = _Digest()
        self._held = memoryview(b"")
        self.error: Exception | None = None

    def read(self, size: int) -> bytes:
        """Up to so many bytes; the library asks for 8 KiB at a time."""
        if not self._held:
            self._held = memoryview(self._next())
        data = bytes(self._held[:size])
        self._held = self._held[size:]
        return data

    def drain(self) -> str:
        """Read to the end and give the SHA-256 of the whole."""
        while self._next():
            pass
        return self._digest.finish()

    def _next(self) -> bytes:
        try:
            data = self._file.read(_CHUNK) or b""
            if self._report is not None:
                self._report(len(data))
        except (OSError, DeskOfficeError) as error:
            self.error = self.error or error
            raise
        self._digest.update(data)
        return data

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._digest.close()
        self._file.close()


def digest_of(path: Path) -> str:
    """SHA-256 of a file as it is on the medium."""
    with FreshReader(path) as reader:
        return reader.drain()


def write_whole(path: Path, data: bytes) -> None:
    """A small file, on the medium before it has its name."""
    with Writer(path) as writer:
        writer.write(data)
        writer.finish()


@contextmanager
def age_errors(*ends: object) -> Iterator[None]:
    """What pyrage raises, traced to the end of the pipe that failed; VaultError `backup_part_unreadable` otherwise."""
    try:
        yield
    except BaseException as error:
        for end in ends:
            cause = getattr(end, "error", None)
            if isinstance(cause, OSError | DeskOfficeError):
                raise cause from error
        # An OSError of neither end is the library's word for altered data; its PanicException is a BaseException.
        known = isinstance(error, pyrage.EncryptError | pyrage.DecryptError | OSError)
        if not known and type(error).__name__ != "PanicException":
            raise
        raise VaultError("backup_part_unreadable") from error
