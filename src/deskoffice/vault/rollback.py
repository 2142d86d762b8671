"""Was the vault put back to an earlier state: the log compared with witnesses that lie outside the vault's folder.

The anchor is rewritten after every commit, in the person's state folder of the operating system: also a log of writes
that was cut behind a killed program is found. The other witnesses are the checkpoint that came with a restored backup
set, and the record of the last closing where only the database was exchanged. What no witness tells cannot be told.
"""

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import event, insert, select
from sqlalchemy.orm import Session

from deskoffice.domain.errors import EnvironmentFailure, VaultError
from deskoffice.vault import closing, disk
from deskoffice.vault.audit import AuditLog, Checkpoint, Consistency
from deskoffice.vault.database import Database
from deskoffice.vault.merkle import Frontier
from deskoffice.vault.state import state_folder
from deskoffice.vault.tables import vault_value

ROLLED_BACK = "log_rolled_back"
ANCHOR, RESTORED = "anchor", "restored.json"
_FINE = {Consistency.SAME, Consistency.CONTINUES}
_MAX_BYTES = 16 << 20
_PLACE = "witness:"


@dataclass(frozen=True, slots=True)
class Rollback:
    """The log is not what a witness has seen: shorter, or another one."""

    witness: str
    seen_size: int
    seen_root: bytes
    consistency: Consistency


def watch(folder: Path, log: AuditLog, database: Database) -> None:
    """Keep the end of the log outside the vault from now on, after every commit.

    Not synced: the commit is, so that the anchor can only be behind it. A state folder that takes no writing, or no
    more, is no reason to stop the work.
    """
    path = anchor_path(folder, log.vault_id)
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)

    def keep(session: Session) -> None:
        frontier = log.end_in(session)
        if frontier is not None:
            with suppress(OSError):
                draft = path.with_name(path.name + ".new")
                draft.write_bytes(_encode(log, frontier))
                draft.replace(path)

    event.listen(database.sessions, "after_commit", keep)


def settle(folder: Path, log: AuditLog) -> None:
    """Force the anchor to the disk, when the vault is closed."""
    with suppress(EnvironmentFailure), disk.translated():
        path = anchor_path(folder, log.vault_id)
        if path.exists():
            disk.replace(path, path.read_bytes())


def rollback_found(folder: Path, log: AuditLog) -> Rollback | None:
    """The first witness that the log contradicts."""
    anchor = _anchor(anchor_path(folder, log.vault_id), log)
    if anchor is not None and (found := log.continues(anchor)) not in _FINE:
        return Rollback(ANCHOR, anchor.size, anchor.root(), found)
    restored = restored_checkpoint(folder)
    if restored is not None and (found := log.follows(restored)) not in _FINE:
        return Rollback(RESTORED, restored.size, restored.root, found)
    closed = closing.read(folder, log)
    # One that was begun may be in front of an entry that was never confirmed.
    if closed is not None and not closed.is_begun and (found := log.continues(closed.frontier)) not in _FINE:
        return Rollback(closing.CLOSED, closed.frontier.size, closed.frontier.root(), found)
    return None


def note_place(session: Session, folder: Path, log: AuditLog) -> bool:
    """Enter in the vault, once for each place and person of the system, that a witness lies outside; whether that was
    news."""
    path = anchor_path(folder, log.vault_id)
    name = _place(path)
    known = session.scalar(select(vault_value.c.name).where(vault_value.c.name == name))
    if known is not None or not path.exists():
        return False
    session.execute(insert(vault_value), {"name": name, "value": b""})
    return True


def is_witness_lost(folder: Path, log: AuditLog) -> bool:
    """Whether the witness that should lie outside is gone or false: who puts the vault back takes it away as well."""
    path = anchor_path(folder, log.vault_id)
    if _anchor(path, log) is not None:
        return False
    with log.reading() as session:
        return session.scalar(select(vault_value.c.name).where(vault_value.c.name == _place(path))) is not None


def _place(path: Path) -> str:
    return f"{_PLACE}{hashlib.sha256(str(path).encode()).hexdigest()[:32]}"


def anchor_path(folder: Path, vault_id: str) -> Path:
    """One anchor for a vault in its place: the same vault restored elsewhere is watched by its own."""
    place = hashlib.sha256(f"{vault_id} {folder.resolve()}".encode()).hexdigest()[:32]
    return state_folder() / "anchors" / place


def _encode(log: AuditLog, frontier: Frontier) -> bytes:
    hashes = frontier.encode().hex()
    return json.dumps({"size": frontier.size, "hashes": hashes, "mark": log.mark(f"{frontier.size} {hashes}")}).encode()


def _anchor(path: Path, log: AuditLog) -> Frontier | None:
    """Only what a holder of this vault's keys wrote counts: others could lock the vault with a false one."""
    try:
        with disk.opened(path) as file:
            fields = json.loads(file.read(_MAX_BYTES))
        if log.mark(f"{fields['size']} {fields['hashes']}") != fields["mark"]:
            return None
        return Frontier.decode(fields["size"], bytes.fromhex(fields["hashes"]))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def restored_checkpoint(folder: Path) -> Checkpoint | None:
    """Of a restored vault that two officers have not accepted yet; the set's manifest was verified when restored."""
    try:
        with disk.opened(folder / RESTORED) as file:
            return Checkpoint.parse(json.loads(file.read(_MAX_BYTES))["checkpoint"])
    except (OSError, ValueError, TypeError, KeyError, VaultError):
        return None
