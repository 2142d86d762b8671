"""Space kept for the day the disk is full: then even deleting and exporting need some."""

import os
from pathlib import Path

from deskoffice.vault import disk

RESERVE_BYTES = 64 << 20
RESERVE_NAME = "reserve"


def make_reserve(folder: Path, size: int) -> None:
    """Take the space now, while there is some."""
    with disk.translated(), disk.new(folder / RESERVE_NAME) as file:
        if size and hasattr(os, "posix_fallocate"):
            os.posix_fallocate(file.fileno(), 0, size)
        else:
            file.write(bytes(size))


def drop_reserve(folder: Path) -> bool:
    """Free it, and say whether there was any; the next unlocking with enough space makes it again."""
    path = folder / RESERVE_NAME
    try:
        held = path.stat().st_size > 0
        path.unlink()
    except OSError:
        return False
    return held
