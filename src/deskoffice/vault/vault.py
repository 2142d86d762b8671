"""The unlocked vault: what one account holds open between unlocking and locking."""

from pathlib import Path

from sqlalchemy.orm import Session

from deskoffice.vault.accounts import Accounts, NewAccount, Unlocked, index_file
from deskoffice.vault.audit import AuditLog
from deskoffice.vault.contents import Contents
from deskoffice.vault.index import SearchIndex
from deskoffice.vault.kdf import KdfCost
from deskoffice.vault.lock import FolderLock
from deskoffice.vault.objects import FOLDER, ObjectStore
from deskoffice.vault.suite import by_name, derive


class Vault:
    """One account's view of the open box; `close` lets go of keys and lock."""

    def __init__(self, unlocked: Unlocked, lock: FolderLock) -> None:
        self.folder = unlocked.folder
        self.id = unlocked.header.vault_id.hex()
        self.account_id = unlocked.slot.account
        self.login = unlocked.slot.login
        self.is_office = unlocked.is_office
        self.database = unlocked.database
        self.suite = by_name(unlocked.header.suite)
        self.objects = ObjectStore(unlocked.folder / FOLDER)
        self._lock = lock
        self._unlocked = unlocked
        self._index: SearchIndex | None = None
        self.contents = Contents(
            vault_id=unlocked.header.vault_id,
            suite=self.suite,
            objects=self.objects,
            readers=unlocked.readers,
            account_id=self.account_id,
            signing=unlocked.bundle.signing,
            clock=unlocked.clock,
        )
        self.audit = AuditLog(
            unlocked.database,
            vault_id=self.id,
            key=derive(bytes(unlocked.bundle.database), "audit"),
            signing_key=unlocked.bundle.signing,
            account_id=self.account_id,
            login=self.login,
            clock=unlocked.clock,
        )
        self.accounts = Accounts(unlocked, self.contents, self.audit)

    @property
    def is_read_only(self) -> bool:
        """Whether the medium takes no writing."""
        return self.database.is_read_only

    @property
    def index(self) -> SearchIndex:
        """This account's full-text index, opened when first asked for."""
        if self._index is None:
            mode = "immutable" if self.is_read_only else "rwc"
            self._index = SearchIndex(index_file(self.folder, self.account_id), self._unlocked.bundle.index, mode=mode)
        return self._index

    def add_account(self, session: Session, account: NewAccount, cost: KdfCost | None = None) -> int:
        """Make an account. Made by an officer, a business account reads what is sealed to the office only after
        another business account has unlocked, because none but those can hand over the office key."""
        return self.accounts.add(session, account, cost)

    def change_password(self, old: str, new: str, key_file: Path | None = None) -> None:
        """Change this account's password."""
        self.accounts.change_password(old, new, key_file)

    def disable_account(self, session: Session, account_id: int) -> None:
        """Take an account's keys away for good."""
        self.accounts.disable(session, account_id)

    def close(self) -> None:
        """Close the files, wipe what can be wiped and let the next program in."""
        if self._index is not None:
            self._index.close()
        self.database.close()
        self._unlocked.bundle.wipe()
        self._lock.release()
