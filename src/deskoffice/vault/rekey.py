"""A new database key, for when a slot of an old backup may open the old one: the database is copied under it."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import delete, insert, select

from deskoffice.domain.errors import EnvironmentFailure, VaultError
from deskoffice.vault import closing, disk, keys
from deskoffice.vault import header as headers
from deskoffice.vault.accounts import LOG_KEY, log_key
from deskoffice.vault.closing import Files
from deskoffice.vault.database import FILE_NAME, Database
from deskoffice.vault.engine import open_connection
from deskoffice.vault.header import Header
from deskoffice.vault.kdf import wipe
from deskoffice.vault.lock import FolderLock
from deskoffice.vault.readers import public_key
from deskoffice.vault.tables import RECOVERY, account_key, vault_value
from deskoffice.vault.vault import Vault

COPY_NAME = "vault.db.rekey"


def change_database_key(vault: Vault) -> None:
    """Copy the database under a new key, and close the vault: everyone unlocks again with his password.

    Before the copy takes the file's place, both keys are in the header, sealed to each account. A crash leaves the old
    file or the new one, and either opens: unlocking tries both keys. What contents' keys were known stays known.
    """
    if vault.problems:
        raise VaultError("vault_rolled_back")
    old, new = bytearray(vault.database.key), bytearray(os.urandom(keys.KEY_BYTES))
    header, _ = headers.load(vault.folder)
    # The key in the slots is the founding one: without the old key a second change could be cut off with no key left.
    exchanging = replace(header, database_keys=_sealed(vault, header, (new, old)), sequence=header.sequence + 1)
    exchanged = replace(
        exchanging,
        database_keys={reader: sealed[:1] for reader, sealed in exchanging.database_keys.items()},
        sequence=exchanging.sequence + 1,
    )
    vault.close()
    lock = FolderLock(vault.folder)
    closed = closing.read(vault.folder, vault.audit)
    try:
        closing.drop(vault.folder)
        _copy(vault.folder, old, new)
        headers.store(vault.folder, exchanging)
        with disk.translated():
            (vault.folder / COPY_NAME).replace(vault.folder / FILE_NAME)
            disk.sync_folder(vault.folder)
        headers.store(vault.folder, exchanged)
        if closed is not None and not closed.is_begun:
            files = Files.of(vault.folder, exchanged)
            closing.write(vault.folder, vault.audit, replace(closed, pages=files.pages, header=files.header))
    finally:
        lock.release()
        wipe(old)
        wipe(new)


def current_keys(header: Header, reader: int, private: X25519PrivateKey, slot_key: bytearray) -> Iterator[bytearray]:
    """The keys that can be the database's, the newest first."""
    for sealed in header.database_keys.get(reader, ()):
        try:
            yield bytearray(keys.open_sealed(private, sealed, _info(header.vault_id, reader)))
        except InvalidTag:
            raise VaultError("vault_damaged", file=headers.COPIES[0]) from None
    yield slot_key


def open_database(path: Path, candidates: Iterator[bytearray], *, mode: str) -> Database:
    """The database under the first key that opens it."""
    refused = VaultError("vault_damaged", file=path.name)
    for key in candidates:
        database = Database(path, bytearray(key), mode=mode)
        try:
            with database.read() as session:
                session.connection()
        except VaultError as error:
            database.close()
            refused = error
        except BaseException:
            database.close()
            raise
        else:
            return database
    raise refused


def _sealed(vault: Vault, header: Header, database_keys: Sequence[bytearray]) -> dict[int, tuple[bytes, ...]]:
    """The keys for every account that has a slot, and for the recovery; the log keeps its own key."""
    with vault.database.write() as session:
        kept = {"name": LOG_KEY, "value": log_key(session, vault.database.key)}
        session.execute(delete(vault_value).where(vault_value.c.name == LOG_KEY))
        session.execute(insert(vault_value), kept)
        vault.heads.touch_rights(session)
        vault.audit.append(session, "vault.database_key.changed")
        rows = session.execute(
            select(account_key.c.id, account_key.c.sealing_public).where(account_key.c.disabled_at.is_(None))
        )
        public = {row.id: row.sealing_public for row in rows} | {RECOVERY: public_key(session, RECOVERY)[0]}
    return {
        reader: tuple(keys.seal_to(key, bytes(each), _info(header.vault_id, reader)) for each in database_keys)
        for reader, key in public.items()
    }


def _copy(folder: Path, old: bytearray, new: bytearray) -> None:
    """By SQLite's own backup, never by `PRAGMA rekey` in place, whose log needs twice the disk."""
    target_path = folder / COPY_NAME
    target_path.unlink(missing_ok=True)
    source = open_connection(folder / FILE_NAME, old, mode="rw")
    try:
        target = open_connection(target_path, new, mode="rwc")
        try:
            source.backup(target)
            if target.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise VaultError("vault_damaged", file=FILE_NAME)
        finally:
            target.close()
    finally:
        source.close()
    with disk.translated(), target_path.open("rb") as file:
        os.fsync(file.fileno())
    _leave_no_log(folder)


def _leave_no_log(folder: Path) -> None:
    """SQLite takes its log away when it is empty; one that stayed would be replayed into the copy."""
    log = folder / (FILE_NAME + "-wal")
    with disk.translated():
        if log.exists() and log.stat().st_size > 0:
            raise EnvironmentFailure("disk_failed")
        log.unlink(missing_ok=True)
        (folder / (FILE_NAME + "-shm")).unlink(missing_ok=True)


def _info(vault_id: bytes, reader: int) -> bytes:
    return f"database/1 {vault_id.hex()} {reader}".encode()
