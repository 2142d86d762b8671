"""Unlocking a vault with a password: the slot, the files, and whether what they say is what the log says."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from deskoffice.domain.errors import EnvironmentFailure, VaultError
from deskoffice.vault import disk, kdf, slots
from deskoffice.vault import header as headers
from deskoffice.vault.accounts import NewAccount
from deskoffice.vault.attempts import AttemptPolicy, Attempts
from deskoffice.vault.closing import Files
from deskoffice.vault.database import FILE_NAME, Database
from deskoffice.vault.header import Header, Slot
from deskoffice.vault.kdf import KdfCost
from deskoffice.vault.keys import KEY_BYTES, KeyBundle
from deskoffice.vault.lock import FolderLock
from deskoffice.vault.making import Created, backup_fingerprint, create
from deskoffice.vault.rekey import current_keys, open_database
from deskoffice.vault.reserve import RESERVE_BYTES, RESERVE_NAME, make_reserve
from deskoffice.vault.reset import recover
from deskoffice.vault.vault import Vault, open_vault

__all__ = [
    "AttemptPolicy",
    "Created",
    "HeldKeys",
    "KdfCost",
    "Login",
    "NewAccount",
    "Vault",
    "backup_fingerprint",
    "create",
    "logins",
    "prove",
    "recover",
    "unlock",
    "unlock_with",
]


# No repr: the bundle holds keys.
@dataclass(frozen=True, slots=True, repr=False)
class HeldKeys:
    """What a right password opened, to be handed to the process that works with it."""

    login: str
    bundle: bytes

    def encode(self) -> bytes:
        """For a pipe."""
        return self.bundle + self.login.encode()

    @classmethod
    def decode(cls, raw: bytes) -> "HeldKeys":
        """ValueError for anything that `encode` did not write."""
        size = 4 * KEY_BYTES
        KeyBundle.decode(raw[:size])
        return cls(raw[size:].decode(), raw[:size])


@dataclass(frozen=True, slots=True)
class Login:
    """A name that the log-in window may offer."""

    login: str
    needs_key_file: bool


def logins(folder: Path) -> list[Login]:
    """The accounts that can unlock this vault."""
    header, _ = headers.load(folder)
    return [Login(slot.login, slot.key_file) for slot in header.slots]


def unlock(
    folder: Path,
    login: str,
    password: str,
    *,
    key_file: Path | None = None,
    clock: Callable[[], datetime],
    policy: AttemptPolicy | None = None,
) -> Vault:
    """Open the vault for an account.

    VaultError `vault_wrong_password` for every wrong part, `vault_locked_out` with the seconds to wait, `vault_in_use`,
    `vault_missing`, `vault_damaged`, `vault_newer_format`. A vault that was rolled back opens for reading only and says
    why in `problems`.
    """
    header, differing = headers.load(folder)
    lock = FolderLock(folder)
    try:
        attempts = Attempts(folder, header.vault_id, clock, policy)
        slot, bundle = _proved(header, attempts, login, password, key_file)
        return _opened(folder, lock, attempts, found=(header, differing, slot, bundle), clock=clock)
    except BaseException:
        lock.release()
        raise


def prove(
    folder: Path,
    login: str,
    password: str,
    *,
    key_file: Path | None = None,
    clock: Callable[[], datetime],
    policy: AttemptPolicy | None = None,
) -> HeldKeys:
    """Ask for the password and open nothing: the keys for `unlock_with`, in a process that never saw the password."""
    header, _ = headers.load(folder)
    lock = FolderLock(folder)
    try:
        attempts = Attempts(folder, header.vault_id, clock, policy)
        _, bundle = _proved(header, attempts, login, password, key_file)
        return HeldKeys(login, bundle.encode())
    finally:
        lock.release()


def unlock_with(folder: Path, held: HeldKeys, *, clock: Callable[[], datetime]) -> Vault:
    """Open the vault with keys that a right password has opened before; refuses like `unlock`."""
    header, differing = headers.load(folder)
    lock = FolderLock(folder)
    try:
        found = (header, differing, _slot_of(header, held.login), KeyBundle.decode(held.bundle))
        return _opened(folder, lock, Attempts(folder, header.vault_id, clock), found=found, clock=clock)
    except BaseException:
        lock.release()
        raise


def _slot_of(header: Header, login: str) -> Slot:
    slot = header.slot(login)
    if slot is None:
        raise slots.wrong_password()
    return slot


def _proved(
    header: Header, attempts: Attempts, login: str, password: str, key_file: Path | None
) -> tuple[Slot, KeyBundle]:
    attempts.refuse_if_early(login)
    try:
        return slots.open_slot(header, login, password, kdf.read_key_file(key_file))
    except VaultError:
        attempts.failed(login)
        raise


def _verify(vault: Vault, attempts: Attempts, header: Header, differing: list[str]) -> None:
    try:
        vault.was_open_to_others = not vault.is_read_only and disk.take_from_others(vault.folder)
        if vault.verify():
            headers.heal(vault.folder, header, differing)
            vault.mended_copies = tuple(differing)
            _tidy_up(vault, attempts)
    except BaseException:
        vault.close()
        raise


def _opened(
    folder: Path,
    lock: FolderLock,
    attempts: Attempts,
    *,
    found: tuple[Header, list[str], Slot, KeyBundle],
    clock: Callable[[], datetime],
) -> Vault:
    header, differing, slot, bundle = found
    path = folder / FILE_NAME
    # SQLite would take a missing or an empty file for a new database.
    if not path.is_file() or path.stat().st_size == 0:
        raise VaultError("vault_damaged", file=FILE_NAME)
    if path.with_name(path.name + "-journal").exists():
        # The engine takes pages that somebody put there for a write to be undone: done before the look at the file.
        _database(path, header, slot, bundle).close()
    files = Files.of(folder, header)
    database = _database(path, header, slot, bundle)
    bundle.database[:] = database.key
    try:
        vault = open_vault(folder, lock, header, slot=slot, bundle=bundle, database=database, clock=clock)
    except BaseException:
        database.close()
        raise
    vault.files = files
    _verify(vault, attempts, header, differing)
    return vault


def _database(path: Path, header: Header, slot: Slot, bundle: KeyBundle) -> Database:
    keys = current_keys(header, slot.account, bundle.sealing, bundle.database)
    return open_database(path, keys, mode=_mode(path))


def _mode(path: Path) -> str:
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        return "rw"
    log = path.with_name(path.name + "-wal")
    if log.exists() and log.stat().st_size > 0:
        # Reading without the log would show an older state as if nothing were missing.
        raise VaultError("vault_read_only_unclean")
    return "immutable"


def _tidy_up(vault: Vault, attempts: Attempts) -> None:
    """Enter this and the failed log-ins in the log, hand over office keys that are due, make the reserve again."""
    failures = attempts.unreported()
    with vault.database.write() as session:
        vault.lost_attempts = attempts.were_exchanged(session)
        if vault.lost_attempts:
            vault.audit.append(session, "vault.attempts.lost")
        for login, moments in failures.items():
            detail = {"count": len(moments), "first_at": moments[0], "last_at": moments[-1]}
            vault.audit.append(session, "vault.login.failed", f"login:{login}", detail)
        if vault.accounts.has_hand_over(session):
            vault.accounts.hand_over_office_key(session)
        if vault.was_open_to_others:
            vault.audit.append(session, "vault.folder.closed")
        if vault.mended_copies:
            vault.audit.append(session, "vault.header.mended", "", {"copies": "、".join(vault.mended_copies)})
        vault.audit.append(session, "vault.unlocked", f"account:{vault.account_id}")
    attempts.reported(vault.login)
    if not (vault.folder / RESERVE_NAME).exists():
        try:
            make_reserve(vault.folder, RESERVE_BYTES)
        except EnvironmentFailure:
            # Still too full: the next unlocking tries again.
            (vault.folder / RESERVE_NAME).unlink(missing_ok=True)
