"""A forgotten password or a lost key file: two shares give an account new keys and everything it could open."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from deskoffice.domain.errors import VaultError
from deskoffice.vault import header as headers
from deskoffice.vault import office
from deskoffice.vault.accounts import NewAccount, index_file, keep_sequence, kept_sequence, log_key, new_slot
from deskoffice.vault.attempts import Attempts
from deskoffice.vault.audit import AuditLog
from deskoffice.vault.contents import Contents
from deskoffice.vault.database import FILE_NAME, Database
from deskoffice.vault.header import Header
from deskoffice.vault.heads import Heads
from deskoffice.vault.index import drop
from deskoffice.vault.kdf import KdfCost
from deskoffice.vault.keys import KeyBundle
from deskoffice.vault.lock import FolderLock
from deskoffice.vault.objects import FOLDER, ObjectStore
from deskoffice.vault.readers import Readers
from deskoffice.vault.recovery import RecoverySecret
from deskoffice.vault.rekey import current_keys, open_database
from deskoffice.vault.suite import by_name
from deskoffice.vault.tables import RECOVERY, account_key, content_grant, former_key, office_key_grant, wrapping_key


def recover(
    folder: Path, shares: Sequence[str], login: str, new_password: str, *, clock: Callable[[], datetime]
) -> None:
    """Give the account a new password and a new key pair, and grant again what it had, from the recovery key.

    A crash in the middle leaves an account that does not unlock; the same shares reset it again.
    """
    header, _ = headers.load(folder)
    lock = FolderLock(folder)
    try:
        secret = RecoverySecret.combine(shares)
        keys = current_keys(header, RECOVERY, secret.private, secret.open_slot(header))
        database = open_database(folder / FILE_NAME, keys, mode="rw")
        try:
            _Reset(folder, header, secret, database, clock).run(login, new_password)
        finally:
            database.close()
        Attempts(folder, header.vault_id, clock).forgive(login)
    finally:
        lock.release()


@dataclass(frozen=True, slots=True, repr=False)
class _Reset:
    """What a reset works with while the recovery secret is there."""

    folder: Path
    header: Header
    secret: RecoverySecret
    database: Database
    clock: Callable[[], datetime]

    def run(self, login: str, password: str) -> None:
        bundle = KeyBundle.generate(self.database.key)
        with self.database.write() as session:
            account_id, is_office = self._replace_keys(session, login, bundle)
            audit = self._audit(account_id, login, bundle=bundle, key=log_key(session, self.database.key))
            heads = Heads(audit)
            heads.watch(self.database)
            self._grant_again(session, account_id, bundle=bundle, heads=heads)
            if is_office:
                self._hand_over_office_key(session, {account_id: bundle.sealing_public})
            heads.touch_rights(session)
            shares = "、".join(map(str, self.secret.used))
            audit.append(session, "vault.account.recovered", f"account:{account_id}", {"shares": shares})
            known = self.header.slot(login)
            account = NewAccount(login, password, is_office)
            cost = known.cost if known and known.cost.is_allowed() else KdfCost()
            slot = new_slot(self.header.vault_id, account_id, account, bundle=bundle, cost=cost)
            # Also a way out when an older header was put back: the new one is ahead of all.
            sequence = max(self.header.sequence, kept_sequence(session)) + 1
            header = replace(self.header.with_slot(slot), sequence=sequence)
            keep_sequence(session, sequence)
            headers.store(self.folder, header)
        # The key of the old index went with the old slot.
        drop(index_file(self.folder, account_id))
        bundle.wipe()

    def _replace_keys(self, session: Session, login: str, bundle: KeyBundle) -> tuple[int, bool]:
        found = select(account_key).where(account_key.c.login == login, account_key.c.disabled_at.is_(None))
        row = session.execute(found).one_or_none()
        if row is None:
            raise VaultError("vault_no_such_login", login=login)
        session.execute(insert(former_key), {"account_id": row.id, "signing_public": row.signing_public})
        new = {"sealing_public": bundle.sealing_public, "signing_public": bundle.signing_public}
        session.execute(update(account_key).where(account_key.c.id == row.id), new)
        return row.id, row.office

    def _audit(self, account_id: int, login: str, *, bundle: KeyBundle, key: bytes) -> AuditLog:
        return AuditLog(
            self.database,
            vault_id=self.header.vault_id.hex(),
            key=key,
            signing_key=bundle.signing,
            account_id=account_id,
            login=login,
            clock=self.clock,
        )

    def _grant_again(self, session: Session, account_id: int, *, bundle: KeyBundle, heads: Heads) -> None:
        suite = by_name(self.header.suite)
        contents = Contents(
            vault_id=self.header.vault_id,
            suite=suite,
            objects=ObjectStore(self.folder / FOLDER),
            readers=Readers(self.header.vault_id, suite, {RECOVERY: self.secret.private}),
            account_id=account_id,
            signing=bundle.signing,
            heads=heads,
            clock=self.clock,
        )
        had = session.scalars(select(content_grant.c.content_id).where(content_grant.c.reader == account_id)).all()
        heads.compare(session, had)
        session.execute(delete(content_grant).where(content_grant.c.reader == account_id))
        session.execute(delete(wrapping_key).where(wrapping_key.c.reader == account_id))
        heads.touch(session, had)
        contents.grant(session, had, [account_id])

    def _hand_over_office_key(self, session: Session, to: dict[int, bytes]) -> None:
        vault_id = self.header.vault_id
        session.execute(delete(office_key_grant).where(office_key_grant.c.reader.in_(to)))
        for generation, private in office.held_by(session, vault_id, RECOVERY, self.secret.private).items():
            office.hand_over(session, vault_id, generation, private=private, to=to)
