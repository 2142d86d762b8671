"""Making a vault, unlocking it with a password, and resetting a password with the printed shares."""

import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pyrage
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, insert, select
from sqlalchemy.orm import Session

from deskoffice.domain.errors import VaultError
from deskoffice.vault import disk, kdf, office, slots
from deskoffice.vault import header as headers
from deskoffice.vault.accounts import NewAccount, Unlocked, new_slot, row_of
from deskoffice.vault.attempts import AttemptPolicy, Attempts
from deskoffice.vault.database import FILE_NAME, Database
from deskoffice.vault.engine import assert_encrypted
from deskoffice.vault.header import Header, Slot
from deskoffice.vault.kdf import KdfCost
from deskoffice.vault.keys import KeyBundle, public_of
from deskoffice.vault.lock import FolderLock
from deskoffice.vault.objects import FOLDER as OBJECTS
from deskoffice.vault.readers import RECOVERY_PUBLIC, Readers
from deskoffice.vault.recovery import RecoverySecret
from deskoffice.vault.reset import recover
from deskoffice.vault.suite import INTERNATIONAL, CryptoSuite, by_name
from deskoffice.vault.tables import RECOVERY, account_key, vault_value
from deskoffice.vault.vault import Vault

__all__ = ["Created", "KdfCost", "Login", "NewAccount", "Vault", "create", "logins", "recover", "unlock"]

RESERVE_BYTES = 64 << 20
RESERVE_NAME = "reserve"
BACKUP_KEYS = 2


@dataclass(frozen=True, slots=True, repr=False)
class Created:
    """A new vault and what is shown or printed exactly once."""

    vault: Vault
    account_ids: dict[str, int]
    recovery_shares: tuple[str, ...]
    backup_keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Login:
    """A name that the log-in window may offer."""

    login: str
    needs_key_file: bool


def logins(folder: Path) -> list[Login]:
    """The accounts that can unlock this vault."""
    header, _ = headers.load(folder)
    return [Login(slot.login, slot.key_file) for slot in header.slots]


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
    """Make a vault in a new or empty folder; `build` makes all tables. The first account stays unlocked.

    The header is written last: before it there is no vault, after it a whole one.
    """
    lock = _new_folder(folder, reserve)
    try:
        plan = _Plan.of(accounts, suite)
        database = Database(folder / FILE_NAME, bytearray(plan.database_key), mode="rwc")
        backup_keys = plan.fill(database, build, moment=int(clock().timestamp()))
        assert_encrypted(folder / FILE_NAME)
        header = plan.header(cost or KdfCost())
        headers.store(folder, header)
        vault = _open(
            folder, lock, header, slot=header.slots[0], bundle=plan.bundles[0], database=database, clock=clock
        )
    except BaseException:
        lock.release()
        raise
    shares = plan.recovery.shares()
    numbers = {account.login: number for number, account in enumerate(accounts, start=1)}
    return Created(vault, numbers, shares, backup_keys)


def unlock(
    folder: Path,
    login: str,
    password: str,
    *,
    key_file: Path | None = None,
    clock: Callable[[], datetime],
    policy: AttemptPolicy | None = None,
) -> Vault:
    """Open the vault for an account; see `VaultError` codes in the tests of this module."""
    header, differing = headers.load(folder)
    lock = FolderLock(folder)
    try:
        attempts = Attempts(folder, clock, policy or AttemptPolicy())
        attempts.refuse_if_early(login)
        try:
            slot, bundle = slots.open_slot(header, login, password, kdf.read_key_file(key_file))
        except VaultError:
            attempts.failed(login)
            raise
        vault = _open_files(folder, lock, header, slot=slot, bundle=bundle, clock=clock)
        if not vault.is_read_only:
            headers.heal(folder, header, differing)
            _tidy_up(vault, attempts)
    except BaseException:
        lock.release()
        raise
    return vault


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
        values = {RECOVERY_PUBLIC: public_of(self.recovery.private), **backup_values}
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


def make_reserve(folder: Path, size: int) -> None:
    """Space to drop when the disk is full: then even deleting needs some."""
    with disk.translated(), (folder / RESERVE_NAME).open("wb") as file:
        if size and hasattr(os, "posix_fallocate"):
            os.posix_fallocate(file.fileno(), 0, size)
        else:
            file.write(bytes(size))


def drop_reserve(folder: Path) -> None:
    """Free the reserve; the next unlocking with enough space makes it again."""
    (folder / RESERVE_NAME).unlink(missing_ok=True)


def _open_files(
    folder: Path, lock: FolderLock, header: Header, *, slot: Slot, bundle: KeyBundle, clock: Callable[[], datetime]
) -> Vault:
    path = folder / FILE_NAME
    # SQLite would take a missing or an empty file for a new database.
    if not path.exists() or path.stat().st_size == 0:
        raise VaultError("vault_damaged", file=FILE_NAME)
    mode = "rw" if os.access(path, os.W_OK) and os.access(folder, os.W_OK) else "immutable"
    database = Database(path, bytearray(bundle.database), mode=mode)
    try:
        return _open(folder, lock, header, slot=slot, bundle=bundle, database=database, clock=clock)
    except BaseException:
        database.close()
        raise


def _open(
    folder: Path,
    lock: FolderLock,
    header: Header,
    *,
    slot: Slot,
    bundle: KeyBundle,
    database: Database,
    clock: Callable[[], datetime],
) -> Vault:
    readers = Readers(header.vault_id, by_name(header.suite), {slot.account: bundle.sealing})
    with database.read() as session:
        is_office = _own_row(session, slot, bundle)
        try:
            held = office.held_by(session, header.vault_id, slot.account, bundle.sealing)
        except InvalidTag:
            raise VaultError("vault_damaged", file=FILE_NAME) from None
    for generation, private in held.items():
        readers.hold_office_key(generation, private)
    return Vault(Unlocked(folder, header, slot, bundle, database, readers, is_office, clock), lock)


def _own_row(session: Session, slot: Slot, bundle: KeyBundle) -> bool:
    """Whether the account is a business account; a slot that the database does not know or has disabled is refused."""
    row = session.execute(select(account_key).where(account_key.c.id == slot.account)).one_or_none()
    if row is None or row.disabled_at is not None or row.login != slot.login:
        raise slots.wrong_password()
    if (row.sealing_public, row.signing_public) != (bundle.sealing_public, bundle.signing_public):
        raise slots.wrong_password()
    return bool(row.office)


def _tidy_up(vault: Vault, attempts: Attempts) -> None:
    """Enter failed log-ins in the log, hand over office keys that are due, and make the reserve again."""
    failures = attempts.unreported()
    with vault.database.read() as session:
        due = vault.accounts.has_hand_over(session)
    if failures or due:
        with vault.database.write() as session:
            for login, moments in failures.items():
                detail = {"count": len(moments), "first_at": moments[0], "last_at": moments[-1]}
                vault.audit.append(session, "vault.login.failed", f"login:{login}", detail)
            vault.accounts.hand_over_office_key(session)
    attempts.reported(vault.login)
    if not (vault.folder / RESERVE_NAME).exists():
        make_reserve(vault.folder, RESERVE_BYTES)


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
