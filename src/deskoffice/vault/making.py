"""Making a vault: keys, tables, accounts, and what is printed exactly once."""

import hashlib
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, insert

from deskoffice.domain.errors import VaultError
from deskoffice.vault import attempts, disk, office
from deskoffice.vault import header as headers
from deskoffice.vault.accounts import NewAccount, keep_sequence, new_slot, row_of
from deskoffice.vault.database import FILE_NAME, Database
from deskoffice.vault.engine import assert_encrypted
from deskoffice.vault.header import Header
from deskoffice.vault.heads import RIGHTS_TABLES, declared_rights_tables
from deskoffice.vault.kdf import KdfCost
from deskoffice.vault.keys import KeyBundle, public_of
from deskoffice.vault.lock import FolderLock
from deskoffice.vault.objects import FOLDER as OBJECTS
from deskoffice.vault.readers import RECOVERY_PUBLIC
from deskoffice.vault.recovery import RecoverySecret
from deskoffice.vault.reserve import RESERVE_BYTES, make_reserve
from deskoffice.vault.suite import INTERNATIONAL, CryptoSuite
from deskoffice.vault.tables import RECOVERY, account_key, vault_value
from deskoffice.vault.vault import Vault, open_vault

BACKUP_KEYS = 2


@dataclass(frozen=True, slots=True, repr=False)
class Created:
    """A new vault and what is shown or printed exactly once."""

    vault: Vault
    account_ids: dict[str, int]
    recovery_shares: tuple[str, ...]
    backup_keys: tuple[str, ...]


def create(
    folder: Path,
    accounts: Sequence[NewAccount],
    *,
    build: Callable[[Connection], None],
    clock: Callable[[], datetime],
    cost: KdfCost | None = None,
    suite: CryptoSuite = INTERNATIONAL,
    reserve: int = RESERVE_BYTES,
) -> Created:
    """Make a vault in a new or empty folder; `build` makes all tables. The first account stays unlocked."""
    lock = _new_folder(folder, reserve)
    plan = _Plan.of(accounts, suite)
    try:
        database = Database(folder / FILE_NAME, bytearray(plan.database_key), mode="rwc")
        backup_keys = plan.fill(database, build, moment=int(clock().timestamp()))
        assert_encrypted(folder / FILE_NAME)
        header = plan.header(cost or KdfCost())
        slot, bundle = header.slots[0], plan.bundles[0]
        vault = open_vault(folder, lock, header, slot=slot, bundle=bundle, database=database, clock=clock)
        _enter_making(vault, header)
        attempts.begin(folder)
        # Last: without a header there is no vault, with it a whole one.
        headers.store(folder, header)
    except BaseException:
        lock.release()
        _clear(folder)
        raise
    numbers = {account.login: number for number, account in enumerate(accounts, start=1)}
    return Created(vault, numbers, plan.recovery.shares(), backup_keys)


def _clear(folder: Path) -> None:
    """Leave the folder as empty as it was found, so that the next try is not refused."""
    for child in folder.iterdir():
        if child.is_dir():
            shutil.rmtree(child)
        else:
            child.unlink()


def _enter_making(vault: Vault, header: Header) -> None:
    with vault.database.write() as session:
        vault.audit.append(session, "vault.created", "", {"accounts": len(header.slots)})
        keep_sequence(session, header.sequence)
        vault.heads.touch_rights(session)
    vault.verify()


@dataclass(frozen=True, slots=True, repr=False)
class _Plan:
    """The secrets of a vault in the making."""

    vault_id: bytes
    suite: CryptoSuite
    database_key: bytes
    accounts: Sequence[NewAccount]
    bundles: list[KeyBundle]
    recovery: RecoverySecret

    @classmethod
    def of(cls, accounts: Sequence[NewAccount], suite: CryptoSuite) -> "_Plan":
        database_key = os.urandom(32)
        bundles = [KeyBundle.generate(database_key) for _ in accounts]
        return cls(os.urandom(16), suite, database_key, accounts, bundles, RecoverySecret.generate())

    def fill(self, database: Database, build: Callable[[Connection], None], *, moment: int) -> tuple[str, ...]:
        """Tables, accounts and keys in one transaction; gives the backup keys to print."""
        backup_values, backup_keys = _backup_keys()
        recovery_public = public_of(self.recovery.private)
        values = {RECOVERY_PUBLIC: recovery_public, RIGHTS_TABLES: declared_rights_tables(), **backup_values}
        with database.write() as session:
            build(session.connection())
            rows = [
                row_of(number, account, bundle, moment=moment)
                for number, (account, bundle) in enumerate(zip(self.accounts, self.bundles, strict=True), start=1)
            ]
            session.execute(insert(account_key), rows)
            session.execute(insert(vault_value), [{"name": name, "value": value} for name, value in values.items()])
            generation, private = office.new_generation(session, moment)
            to = {RECOVERY: values[RECOVERY_PUBLIC], **office.waiting(session, generation)}
            office.hand_over(session, self.vault_id, generation, private=private, to=to)
        return backup_keys

    def header(self, cost: KdfCost) -> Header:
        """The first header, with a slot for each account."""
        slots_ = tuple(
            new_slot(self.vault_id, number, account, bundle=bundle, cost=cost)
            for number, (account, bundle) in enumerate(zip(self.accounts, self.bundles, strict=True), start=1)
        )
        recovery = self.recovery.close_slot(self.vault_id, self.database_key)
        return Header(self.vault_id, self.suite.name, 1, slots_, recovery)


def _new_folder(folder: Path, reserve: int) -> FolderLock:
    with disk.translated():
        if folder.exists() and any(folder.iterdir()):
            raise VaultError("vault_exists")
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in (OBJECTS, "index"):
            (folder / name).mkdir(mode=0o700)
        make_reserve(folder, reserve)
    return FolderLock(folder)


def backup_fingerprint(public: bytes) -> str:
    """How the printed backup key names the key that signs manifests."""
    return hashlib.sha256(public).hexdigest()[:32]


def _backup_keys() -> tuple[dict[str, bytes], tuple[str, ...]]:
    identities = [pyrage.x25519.Identity.generate() for _ in range(BACKUP_KEYS)]
    signing = Ed25519PrivateKey.generate()
    fingerprint = backup_fingerprint(signing.public_key().public_bytes_raw())
    values = {
        "backup_recipients": " ".join(str(identity.to_public()) for identity in identities).encode(),
        "backup_signing": signing.private_bytes_raw(),
    }
    return values, tuple(f"{identity} {fingerprint}" for identity in identities)
