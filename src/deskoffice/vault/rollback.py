"""Was the vault put back to an earlier state: the log compared with witnesses that lie outside the vault's folder.

A witness is a signed checkpoint: the anchor, kept in the account's state folder of the operating system, and the one
that came with a backup set. What no witness outside tells cannot be told at all.
"""

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from deskoffice.domain.errors import EnvironmentFailure, VaultError
from deskoffice.vault import disk
from deskoffice.vault.audit import AuditLog, Checkpoint, Consistency

ROLLED_BACK = "log_rolled_back"
ANCHOR, RESTORED = "anchor", "restored.json"
_FINE = {Consistency.SAME, Consistency.CONTINUES}
_MAX_BYTES = 16 << 20


@dataclass(frozen=True, slots=True)
class Rollback:
    """The log is not what a witness has seen: shorter, or another one."""

    witness: str
    seen: Checkpoint
    consistency: Consistency


def remember(folder: Path, log: AuditLog, checkpoint: Checkpoint) -> None:
    """Keep the newest checkpoint outside the vault; a state folder that takes no writing is no reason to stop."""
    path = anchor_path(folder, checkpoint.vault_id)
    with suppress(EnvironmentFailure):
        with disk.translated():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        disk.replace(path, f"{checkpoint.text}{log.mark(checkpoint.text)}\n".encode())


def rollback_found(folder: Path, log: AuditLog) -> Rollback | None:
    """The first witness that the log contradicts."""
    for name, seen in _witnesses(folder, log):
        consistency = log.follows(seen)
        if consistency not in _FINE:
            return Rollback(name, seen, consistency)
    return None


def anchor_path(folder: Path, vault_id: str) -> Path:
    """One anchor for a vault in its place: the same vault restored elsewhere is watched by its own."""
    state = os.environ.get("XDG_STATE_HOME") or os.environ.get("LOCALAPPDATA") or str(Path.home() / ".local" / "state")
    place = hashlib.sha256(f"{vault_id} {folder.resolve()}".encode()).hexdigest()[:32]
    return Path(state) / "deskoffice" / "anchors" / place


def _witnesses(folder: Path, log: AuditLog) -> list[tuple[str, Checkpoint]]:
    found = [(ANCHOR, _anchor(anchor_path(folder, log.vault_id), log)), (RESTORED, _restored(folder / RESTORED))]
    return [(name, seen) for name, seen in found if seen is not None]


def _anchor(path: Path, log: AuditLog) -> Checkpoint | None:
    """Only what a holder of this vault's keys wrote counts: others could lock the vault with a false one."""
    try:
        text, mark = path.read_text(encoding="utf-8")[:-1].rsplit("\n", 1)
        return Checkpoint.parse(text + "\n") if log.mark(text + "\n") == mark else None
    except (OSError, ValueError, VaultError):
        return None


def _restored(path: Path) -> Checkpoint | None:
    """The set's manifest was verified when it was restored."""
    try:
        with path.open("rb") as file:
            return Checkpoint.parse(json.loads(file.read(_MAX_BYTES))["checkpoint"])
    except (OSError, ValueError, TypeError, KeyError, VaultError):
        return None
