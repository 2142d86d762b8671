"""Writing to disk so that it stays written: atomic replacement, synced folders, failures by name."""

import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from deskoffice.domain.errors import EnvironmentFailure

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}


def failure(error: OSError) -> EnvironmentFailure:
    """The disk's trouble in the words of the program."""
    if error.errno in _FULL:
        return EnvironmentFailure("disk_full")
    if error.errno in _READ_ONLY:
        return EnvironmentFailure("disk_read_only")
    return EnvironmentFailure("disk_failed")


@contextmanager
def translated() -> Iterator[None]:
    """Turn the system's errors into ours."""
    try:
        yield
    except OSError as error:
        raise failure(error) from error


def sync_folder(folder: Path) -> None:
    """Make a new name in the folder survive a power cut."""
    if sys.platform == "win32":  # directories cannot be opened there; NTFS journals names itself
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def take_from_others(folder: Path) -> bool:
    """Leave a folder and the files in it to their owner; whether others could come into it before."""
    if sys.platform == "win32":  # rights are inherited there, and set by the installer
        return False
    was_open = bool(stat.S_IMODE(folder.stat().st_mode) & 0o077)
    for path in (folder, *folder.iterdir()):
        mode = stat.S_IMODE(path.lstat().st_mode)
        if mode & 0o077 and not path.is_symlink():
            with suppress(OSError):
                path.chmod(mode & 0o700)
    return was_open


def opened(path: Path, buffering: int = -1) -> BinaryIO:
    """A file for reading that others may have put there; OSError for what is none.

    A pipe under its name would stop the program for ever, a device would never end.
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
    return open(descriptor, "rb", buffering=buffering)  # noqa: PTH123  # a path cannot be opened so


def new(path: Path, buffering: int = -1) -> BinaryIO:
    """A file for writing that was not there: what lies under the name goes, and a link there is not followed."""
    path.unlink(missing_ok=True)
    return path.open("xb", buffering=buffering)


def write_synced(path: Path, data: bytes) -> None:
    """Write a whole file and force it to the disk; what does not fit is not left there, where it takes up room."""
    try:
        with new(path) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        with suppress(OSError):
            path.unlink()
        raise


def replace(path: Path, data: bytes) -> None:
    """Put new content under a name: afterwards there is the old or the new, never a part."""
    draft = path.with_name(path.name + ".new")
    with translated():
        write_synced(draft, data)
        draft.replace(path)
        sync_folder(path.parent)
