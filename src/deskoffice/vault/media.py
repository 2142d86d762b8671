"""Where a folder lies: on the machine's own disk, or on a medium that can be carried away."""

import json
import os
import secrets
import sys
from pathlib import Path

from deskoffice.vault import disk

MARK = "deskoffice-medium.json"
_CARRIED = ("/media/", "/run/media/")
_MOUNTS, _BLOCK_DEVICES = Path("/proc/self/mountinfo"), Path("/sys/dev/block")
_MAX_BYTES = 4096


def medium_root(path: Path, *, mounts: Path = _MOUNTS, devices: Path = _BLOCK_DEVICES) -> Path | None:
    """The top folder of the removable medium that the path is on; None for a fixed disk."""
    if sys.platform != "linux":
        return None
    best: tuple[Path, str] | None = None
    whole = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links off the medium
    for line in mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines():
        fields = line.split()
        point = Path(_unescaped(fields[4]))
        # The last of two mounts on one folder is the one that is seen.
        if whole.is_relative_to(point) and (best is None or len(point.parts) >= len(best[0].parts)):
            best = point, fields[2]
    if best is None:
        return None
    point, device = best
    is_carried = f"{point}/".startswith(_CARRIED) or _is_removable(devices / device)
    return point if is_carried else None


def read_mark(root: Path) -> str:
    """The name that the medium was given when it was registered; empty for one that has none."""
    try:
        with disk.opened(root / MARK) as file:
            found = json.loads(file.read(_MAX_BYTES))
        return str(found["medium"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return ""


def write_mark(root: Path) -> str:
    """Name the medium, unless it has a name; gives it. The name says nothing."""
    known = read_mark(root)
    if known:
        return known
    name = secrets.token_hex(16)
    disk.replace(root / MARK, json.dumps({"medium": name}).encode() + b"\n")
    return name


def _is_removable(device: Path) -> bool:
    """A stick says so itself, a USB disk hangs on the bus; a partition asks its whole disk."""
    real = device.resolve()
    if "/usb" in str(real):
        return True
    for each in (real, real.parent):
        try:
            if (each / "removable").read_text().strip() == "1":
                return True
        except OSError:
            continue
    return False


def _unescaped(field: str) -> str:
    """Blanks stand in mountinfo as octal."""
    for code, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        field = field.replace(code, character)
    return field
