"""Accounts of a vault: making them, changing their passwords and key files, taking their keys away."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from deskoffice.domain.errors import VaultError
from deskoffice.vault import header as headers
from deskoffice.vault import kdf, office, slots
from deskoffice.vault.audit import AuditLog
from deskoffice.vault.contents import Contents
from deskoffice.vault.database import Database
from deskoffice.vault.header import Header, Slot
from deskoffice.vault.heads import Heads
from deskoffice.vault.kdf import KdfCost
from deskoffice.vault.keys import KeyBundle
from deskoffice.vault.readers import Readers, public_key
from deskoffice.vault.suite import derive
from deskoffice.vault.tables import OFFICE, RECOVERY, account_key, content_grant, vault_value

HEADER_SEQUENCE = "header_sequence"
RETIRED_SLOTS = "retired_slots:"
FORMER_PASSWORDS = "former_passwords:"
MOST_KEPT = 24
_MARK_BYTES = 32
LOG_KEY = "log_key"


@dataclass(frozen=True, slots=True, repr=False)
class NewAccount:
    """An account to be made. `office` is for business accounts: they hold the office key."""

    login: str
    password: str
    office: bool


# No repr: the bundle holds keys.
@dataclass(frozen=True, slots=True, repr=False)
class Unlocked:
    """What unlocking found: the account's slot and keys, and the files they open."""

    folder: Path
    header: Header
    slot: Slot
    bundle: KeyBundle
    database: Database
    readers: Readers
    is_office: bool
    log_key: bytes
    clock: Callable[[], datetime]


class Accounts:
    """Writes slots into the header, and the rows of accounts; every act stands in the audit log."""

    def __init__(self, unlocked: Unlocked, contents: Contents, audit: AuditLog, heads: Heads) -> None:
        self._unlocked = unlocked
        self._header = unlocked.header
        self._slot = unlocked.slot
        self._contents = contents
        self._audit = audit
        self._heads = heads

    def add(self, session: Session, account: NewAccount, cost: KdfCost | None = None) -> int:
        """Make an account with its slot, as costly to guess at as this account's unless told otherwise."""
        if session.scalar(select(account_key.c.id).where(account_key.c.login == account.login)) is not None:
            raise VaultError("vault_login_taken", login=account.login)
        # A slot whose row never came, since the machine stopped between them, keeps its number.
        taken = [slot.account for slot in self._header.slots if slot.login != account.login]
        number = max([0, *taken, session.scalar(select(func.max(account_key.c.id))) or 0]) + 1
        bundle = KeyBundle.generate(self._unlocked.bundle.database)
        session.execute(insert(account_key), row_of(number, account, bundle, moment=self._moment()))
        slot = new_slot(self._header.vault_id, number, account, bundle=bundle, cost=cost or self._slot.cost)
        bundle.wipe()
        self.hand_over_office_key(session)
        self._audit.append(session, "vault.account.added", f"account:{number}", {"office": account.office})
        self._store(session, self._header.with_slot(slot))
        return number

    def disable(self, session: Session, account_id: int) -> None:
        """Take an account's slot, its grants and its index; what it could open gets new keys where this one can."""
        office_member = session.scalar(
            select(account_key.c.office).where(account_key.c.id == account_id, account_key.c.disabled_at.is_(None))
        )
        if office_member is None or account_id == self._slot.account:
            raise VaultError("vault_no_such_account", account=account_id)
        held = session.scalars(select(content_grant.c.content_id).where(content_grant.c.reader == account_id)).all()
        self._contents.revoke(session, self._contents.readable(session, held), [account_id])
        session.execute(delete(content_grant).where(content_grant.c.reader == account_id))
        self._heads.touch(session, held)
        session.execute(update(account_key).where(account_key.c.id == account_id).values(disabled_at=self._moment()))
        self._unlocked.readers.forget(account_id)
        if office_member:
            office.retire(session, account_id, self._moment())
            self._unlocked.readers.forget(OFFICE)
            self.hand_over_office_key(session)
        self._audit.append(session, "vault.account.disabled", f"account:{account_id}", {"contents": len(held)})
        self._store(session, self._header.without(account_id))
        index_file(self._unlocked.folder, account_id).unlink(missing_ok=True)

    def hand_over_office_key(self, session: Session) -> None:
        """Give business accounts the office keys they lack, and make a new key where an account has left.

        Only a business account can: the officers who make and disable accounts do not hold the office key.
        """
        if not self._unlocked.is_office:
            return
        self._heads.touch_rights(session)
        readers, vault_id = self._unlocked.readers, self._header.vault_id
        if office.is_retired(session):
            generation, private = office.new_generation(session, self._moment())
            recovery = {RECOVERY: public_key(session, RECOVERY)[0]}
            office.hand_over(session, vault_id, generation, private=private, to=recovery)
            readers.hold_office_key(generation, private)
            readers.forget(OFFICE)
        for generation, private in readers.office_generations.items():
            to = office.waiting(session, generation)
            office.hand_over(session, vault_id, generation, private=private, to=to)
            for number in to.keys() - {self._slot.account}:
                self._audit.append(
                    session, "vault.office_key.handed_over", f"account:{number}", {"generation": generation}
                )

    def has_hand_over(self, session: Session) -> bool:
        """Whether `hand_over_office_key` would do anything."""
        generations = self._unlocked.readers.office_generations
        waiting = any(office.waiting(session, generation) for generation in generations)
        return self._unlocked.is_office and (waiting or office.is_retired(session))

    @property
    def needs_key_file(self) -> bool:
        """Whether this account's slot asks for a key file."""
        return self._slot.key_file

    def change_password(self, old: str, new: str, key_file: Path | None, *, kept: int = 0) -> None:
        """Rewrite the slot; nothing else is encrypted anew. A key file stays required.

        VaultError `vault_password_used` if the new one is the old one or among so many before it.
        """
        secret = kdf.read_key_file(key_file) if self._slot.key_file else None
        self._rewrite(old, new, was=secret, becomes=secret, action="vault.password.changed", kept=kept)

    def require_key_file(self, password: str, key_file: Path) -> None:
        """From now on this account also needs the key file, which is made here."""
        slots.open_slot(self._header, self._slot.login, password, None)
        secret = kdf.make_key_file(key_file)
        self._rewrite(password, password, was=None, becomes=secret, action="vault.key_file.required")

    def drop_key_file(self, password: str, key_file: Path) -> None:
        """From now on the password alone is enough."""
        secret = kdf.read_key_file(key_file)
        self._rewrite(password, password, was=secret, becomes=None, action="vault.key_file.dropped")

    def _rewrite(
        self, old: str, new: str, *, was: bytes | None, becomes: bytes | None, action: str, kept: int = 0
    ) -> None:
        _, bundle = slots.open_slot(self._header, self._slot.login, old, was)
        marks = [_mark(bundle, new), _mark(bundle, old)]
        bundle.database[:] = self._unlocked.bundle.database
        slot = slots.close_slot(
            self._header.vault_id,
            account=self._slot.account,
            login=self._slot.login,
            bundle=bundle,
            password=new,
            cost=self._slot.cost,
            key_file=becomes,
        )
        bundle.wipe()
        with self._unlocked.database.write() as session:
            if old != new or kept:
                self._note_password(session, marks, kept)
            self._retire_slot(session)
            self._audit.append(session, action, f"account:{self._slot.account}")
            self._store(session, self._header.with_slot(slot))
        self._slot = slot

    def _retire_slot(self, session: Session) -> None:
        """The slot that is replaced opens no more, also when somebody puts it back under a newer number."""
        name = f"{RETIRED_SLOTS}{self._slot.account}"
        stored = session.scalar(select(vault_value.c.value).where(vault_value.c.name == name)) or b""
        session.execute(delete(vault_value).where(vault_value.c.name == name))
        session.execute(insert(vault_value), {"name": name, "value": stored + self._slot.salt})

    def _note_password(self, session: Session, marks: list[bytes], kept: int) -> None:
        """Only the holder of this account's own keys can compare a guess with these marks."""
        new, old = marks
        name = f"{FORMER_PASSWORDS}{self._slot.account}"
        stored = session.scalar(select(vault_value.c.value).where(vault_value.c.name == name)) or b""
        former = [stored[at : at + _MARK_BYTES] for at in range(0, len(stored), _MARK_BYTES)]
        former = list(dict.fromkeys([old, *former]))
        if kept and new in former[:kept]:
            raise VaultError("vault_password_used")
        session.execute(delete(vault_value).where(vault_value.c.name == name))
        session.execute(insert(vault_value), {"name": name, "value": b"".join([new, *former][:MOST_KEPT])})

    def _store(self, session: Session, header: Header) -> None:
        """Replace the header last, behind every entry of the log: only a machine that stops then leaves it ahead."""
        keep_sequence(session, header.sequence)
        self._heads.touch_rights(session)
        self._heads.enter(session)
        headers.store(self._unlocked.folder, header)
        self._header = header

    def _moment(self) -> int:
        return int(self._unlocked.clock().timestamp())


def _mark(bundle: KeyBundle, password: str) -> bytes:
    return hmac.digest(derive(bytes(bundle.index), "former-passwords"), kdf.normalised(password), "sha256")


def row_of(number: int, account: NewAccount, bundle: KeyBundle, *, moment: int) -> dict[str, object]:
    """The public half of an account."""
    return {
        "id": number,
        "login": account.login,
        "sealing_public": bundle.sealing_public,
        "signing_public": bundle.signing_public,
        "office": account.office,
        "created_at": moment,
    }


def new_slot(vault_id: bytes, number: int, account: NewAccount, *, bundle: KeyBundle, cost: KdfCost) -> Slot:
    """The slot of a new account: password alone."""
    return slots.close_slot(
        vault_id,
        account=number,
        login=account.login,
        bundle=bundle,
        password=account.password,
        cost=cost,
        key_file=None,
    )


def log_key(session: Session, database_key: bytes | bytearray) -> bytes:
    """The key of the log's chain: it comes from the first database key and outlives it."""
    kept = session.scalar(select(vault_value.c.value).where(vault_value.c.name == LOG_KEY))
    return kept or derive(bytes(database_key), "audit")


def is_retired(session: Session, slot: Slot) -> bool:
    """Whether a newer slot of this account has replaced it."""
    name = f"{RETIRED_SLOTS}{slot.account}"
    stored = session.scalar(select(vault_value.c.value).where(vault_value.c.name == name)) or b""
    return slot.salt in [stored[at : at + kdf.SALT_BYTES] for at in range(0, len(stored), kdf.SALT_BYTES)]


def keep_sequence(session: Session, sequence: int) -> None:
    """Remember the header's number in the database, so that an older header put back is found."""
    row = {"name": HEADER_SEQUENCE, "value": str(sequence).encode()}
    session.execute(delete(vault_value).where(vault_value.c.name == HEADER_SEQUENCE))
    session.execute(insert(vault_value), row)


def kept_sequence(session: Session) -> int:
    """The number of the newest header that the database knows."""
    value = session.scalar(select(vault_value.c.value).where(vault_value.c.name == HEADER_SEQUENCE))
    return int(value or b"0")


def index_file(folder: Path, account_id: int) -> Path:
    """Where an account's search index lies."""
    return folder / "index" / f"{account_id}.db"
