"""The unlocked vault: what one account holds open between unlocking and locking."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path

from cryptography.exceptions import InvalidTag
from sqlalchemy import select
from sqlalchemy.orm import Session

from deskoffice.domain.errors import DeskOfficeError, VaultError
from deskoffice.vault import attempts, closing, disk, office, slots
from deskoffice.vault import header as headers
from deskoffice.vault.accounts import (
    Accounts,
    NewAccount,
    Unlocked,
    index_file,
    is_retired,
    kept_sequence,
    log_key,
)
from deskoffice.vault.audit import AuditLog
from deskoffice.vault.closing import Closing, Files, LastClosing
from deskoffice.vault.contents import Contents
from deskoffice.vault.database import FILE_NAME, Database
from deskoffice.vault.header import COPIES, Header, Slot
from deskoffice.vault.heads import Heads
from deskoffice.vault.index import SearchIndex, besides, drop
from deskoffice.vault.kdf import KdfCost
from deskoffice.vault.keys import KeyBundle
from deskoffice.vault.lock import FolderLock
from deskoffice.vault.merkle import Frontier
from deskoffice.vault.objects import FOLDER, ObjectStore
from deskoffice.vault.problems import Problem
from deskoffice.vault.readers import Readers
from deskoffice.vault.reserve import drop_reserve
from deskoffice.vault.rollback import (
    ROLLED_BACK,
    Rollback,
    is_witness_lost,
    note_place,
    rollback_found,
    settle,
    watch,
)
from deskoffice.vault.suite import by_name
from deskoffice.vault.tables import account_key


class Vault:
    """One account's view of the open box; `close` lets go of keys and lock."""

    def __init__(self, unlocked: Unlocked, lock: FolderLock) -> None:
        self.folder = unlocked.folder
        self.id = unlocked.header.vault_id.hex()
        self.account_id = unlocked.slot.account
        self.login = unlocked.slot.login
        self.is_office = unlocked.is_office
        self.database = unlocked.database
        self.clock = unlocked.clock
        self.suite = by_name(unlocked.header.suite)
        self.objects = ObjectStore(unlocked.folder / FOLDER)
        self._lock = lock
        self._unlocked = unlocked
        self._index: SearchIndex | None = None
        self._index_exchanged = self._closed = self._is_sound = False
        self.problems: tuple[Problem, ...] = ()
        self.rollback: Rollback | None = None
        self.lost_witness = False
        self.was_open_to_others = False
        self.lost_attempts = False
        self.mended_copies: tuple[str, ...] = ()
        self.files: Files | None = None
        """As they lay there before the database was opened."""
        self.last_closing = LastClosing.UNKNOWN
        self._record: Closing | None = None
        self.database.make_room = partial(drop_reserve, self.folder)
        self.audit = _log_of(unlocked)
        self.heads = Heads(self.audit)
        self.heads.watch(unlocked.database)
        watch(self.folder, self.audit, unlocked.database)
        self.contents = _contents_of(unlocked, self.objects, self.heads)
        self.accounts = Accounts(unlocked, self.contents, self.audit, self.heads)

    @property
    def is_read_only(self) -> bool:
        """Whether the medium takes no writing."""
        return self.database.is_read_only

    def keys(self) -> bytes:
        """The keys of this session, for a process that goes on with it."""
        return self._unlocked.bundle.encode()

    @property
    def waits_for_office_key(self) -> bool:
        """A business account that no other one has handed the newest office key yet."""
        return self.is_office and not self._unlocked.readers.office_generations

    @property
    def index(self) -> SearchIndex:
        """This account's full-text index, opened when first asked for."""
        if self._index is None:
            mode = "immutable" if self.is_read_only else "rwc"
            path = index_file(self.folder, self.account_id)
            self._index_exchanged = self._index_was_exchanged(path)
            if not self.is_read_only:
                with disk.translated():
                    path.parent.mkdir(mode=0o700, exist_ok=True)
                    if self._index_exchanged:
                        drop(path)  # it is made again of what the account may read
            self._index = SearchIndex(path, self._unlocked.bundle.index, mode=mode)
        return self._index

    def _index_was_exchanged(self, path: Path) -> bool:
        if self.last_closing is not LastClosing.ORDERLY or self._record is None:
            return False
        known = self._record.indexes.get(str(self.account_id))
        if known is None:
            return False
        return known != closing.pages_of(path) or any(each.exists() for each in besides(path))

    def add_account(self, session: Session, account: NewAccount, cost: KdfCost | None = None) -> int:
        """Make an account. Made by an officer, a business account reads what is sealed to the office only after
        another business account has unlocked, because none but those can hand over the office key."""
        return self.accounts.add(session, account, cost)

    def change_password(self, old: str, new: str, key_file: Path | None = None, *, kept: int = 0) -> None:
        """Change this account's password."""
        self.accounts.change_password(old, new, key_file, kept=kept)

    def disable_account(self, session: Session, account_id: int) -> None:
        """Take an account's keys away for good."""
        self.accounts.disable(session, account_id)

    def verify(self) -> bool:
        """Read the log since this account's last signature, and compare the rights with it.

        What does not agree stands in `problems`, and nothing can be written any more.
        """
        try:
            found = list(self.audit.verify_recent().problems)
            with self.database.read() as session:
                if not self.heads.rights_are_current(session):
                    found.append(Problem("rights_differ", FILE_NAME))
                found += self._compare_files(session)
            self.lost_witness = is_witness_lost(self.folder, self.audit)
            self.rollback = rollback_found(self.folder, self.audit)
            if self.rollback is not None:
                found.append(Problem(ROLLED_BACK, self.rollback.witness))
        except (ValueError, TypeError, AttributeError, LookupError):
            # A page of another table put in place of one of the log: its rows hold anything.
            raise VaultError("vault_damaged", file=FILE_NAME) from None
        self.problems = tuple(found)
        if found:
            self.database.refusal = VaultError("vault_rolled_back")
        self._is_sound = not found and not self.is_read_only
        return self._is_sound

    def findings(self) -> list[Problem]:
        """All that was exchanged before it was unlocked, also what was mended at once or is made anew.

        That a witness or the record of the closing is missing proves nothing: it is said on coming in.
        """
        found = [*self.problems, *(Problem("header_copy_differs", name) for name in self.mended_copies)]
        path = index_file(self.folder, self.account_id)
        if self._index_exchanged or (self._index is None and self._index_was_exchanged(path)):
            found.append(Problem("index_exchanged", f"{path.parent.name}/{path.name}"))
        return found

    def _compare_files(self, session: Session) -> list[Problem]:
        is_old = self._unlocked.header.sequence < kept_sequence(session)
        older = [Problem("header_is_old", COPIES[0])] if is_old else []
        if self.files is None:
            return older
        self._record = closing.read(self.folder, self.audit)
        self.last_closing = closing.last(session, self.audit, self._record)
        if self._record is None:
            return older
        has_writes = self.files.has_log and self.database.unfolded() > 0
        exchanged = self._record.problems(self.files, self.audit.size_in(session), has_writes=has_writes)
        return older + [each for each in exchanged if not is_old or each.where != COPIES[0]]

    def close(self, how: str = "") -> None:
        """Sign the log, saying how it ended, close the files, wipe what can be wiped, let the next program in."""
        if self._closed:
            return
        self._closed = True
        end: Frontier | None = None
        # A full disk must not keep the vault open; the next unlocking then reads more of the log.
        with suppress(DeskOfficeError):
            end = self._sign_off(how) if self._is_sound else None
        if self._index is not None:
            self._index.close()
        self.database.close()
        with suppress(DeskOfficeError):
            if end is not None:
                self._record_closing(end)
        self._unlocked.bundle.wipe()
        self._lock.release()

    def _sign_off(self, how: str) -> Frontier:
        """Give the end of the log, behind which nobody writes any more."""
        with self.database.write() as session:
            # What somebody wrote past the log must not become right by this.
            if self.heads.rights_are_current(session) and self._note_watches(session):
                self.heads.touch_rights(session)
            self.audit.append(session, closing.LOCKED, f"account:{self.account_id}", {"how": how} if how else None)
            self.audit.sign(session)
            self.heads.enter(session)
            self.database.refusal = VaultError("vault_closed")
            end = self.audit.end_in(session) or Frontier()
            closing.begin(self.folder, self.audit, end, self._indexes_closed())
        settle(self.folder, self.audit)
        return end

    def _indexes_closed(self) -> dict[str, str]:
        """As they were recorded; what a session that was cut off did to one of them is not known."""
        if self._record is None or self.last_closing is not LastClosing.ORDERLY:
            return {}
        return dict(self._record.indexes)

    def _note_watches(self, session: Session) -> bool:
        """Enter what is kept for the next unlocking: its absence tells something then."""
        news = (
            note_place(session, self.folder, self.audit),
            closing.announce(session),
            attempts.announce(session),
        )
        return any(news)

    def _record_closing(self, end: Frontier) -> None:
        header, _ = headers.load(self.folder)
        files = Files.of(self.folder, header)
        if files.has_log:  # a thread still held a connection: this closing was not orderly
            return
        indexes = self._indexes_closed()
        if self._index is not None:
            indexes[str(self.account_id)] = closing.pages_of(index_file(self.folder, self.account_id))
        closing.write(self.folder, self.audit, Closing(end, files.pages, files.header, indexes))


def open_vault(
    folder: Path,
    lock: FolderLock,
    header: Header,
    *,
    slot: Slot,
    bundle: KeyBundle,
    database: Database,
    clock: Callable[[], datetime],
) -> Vault:
    """Put the parts together. VaultError `vault_wrong_password` if the database does not know the slot's account."""
    readers = Readers(header.vault_id, by_name(header.suite), {slot.account: bundle.sealing})
    with database.read() as session:
        is_office = _own_row(session, slot, bundle)
        try:
            held = office.held_by(session, header.vault_id, slot.account, bundle.sealing)
        except InvalidTag:
            raise VaultError("vault_damaged", file=FILE_NAME) from None
        key = log_key(session, bundle.database)
    for generation, private in held.items():
        readers.hold_office_key(generation, private)
    return Vault(Unlocked(folder, header, slot, bundle, database, readers, is_office, key, clock), lock)


def _own_row(session: Session, slot: Slot, bundle: KeyBundle) -> bool:
    """Whether the account is a business account; a slot that the database does not know or has disabled is refused."""
    row = session.execute(select(account_key).where(account_key.c.id == slot.account)).one_or_none()
    if row is None or row.disabled_at is not None or row.login != slot.login or is_retired(session, slot):
        raise slots.wrong_password()
    if (row.sealing_public, row.signing_public) != (bundle.sealing_public, bundle.signing_public):
        raise slots.wrong_password()
    return bool(row.office)


def _log_of(unlocked: Unlocked) -> AuditLog:
    return AuditLog(
        unlocked.database,
        vault_id=unlocked.header.vault_id.hex(),
        key=unlocked.log_key,
        signing_key=unlocked.bundle.signing,
        account_id=unlocked.slot.account,
        login=unlocked.slot.login,
        clock=unlocked.clock,
    )


def _contents_of(unlocked: Unlocked, objects: ObjectStore, heads: Heads) -> Contents:
    return Contents(
        vault_id=unlocked.header.vault_id,
        suite=by_name(unlocked.header.suite),
        objects=objects,
        readers=unlocked.readers,
        account_id=unlocked.slot.account,
        signing=unlocked.bundle.signing,
        heads=heads,
        clock=unlocked.clock,
    )
