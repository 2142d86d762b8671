"""Who can open what: wraps a content's key for a reader and unwraps it for the reader's holder."""

import os
from collections.abc import Iterable, Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import event, func, insert, select
from sqlalchemy.orm import Session

from deskoffice.domain.errors import VaultError
from deskoffice.vault import keys
from deskoffice.vault.suite import CryptoSuite, of_envelope
from deskoffice.vault.tables import OFFICE, RECOVERY, account_key, office_key, vault_value, wrapping_key

_PENDING = "deskoffice.vault.wrapping_keys"
RECOVERY_PUBLIC = "recovery_public"


class Readers:
    """The private keys one holder has, and the wrapping keys of this session.

    HPKE seals one wrapping key to a reader for the whole session; the keys of contents are wrapped under it with the
    suite's cipher. One HPKE seal for each content and reader would cost thirty times as much, and the reader could
    open all of them anyway.
    """

    def __init__(self, vault_id: bytes, suite: CryptoSuite, privates: Mapping[int, X25519PrivateKey]) -> None:
        self._vault_id = vault_id
        self._suite = suite
        self._privates = dict(privates)
        self._office: dict[int, X25519PrivateKey] = {}
        self._sealing: dict[int, tuple[int, bytes]] = {}
        self._opened: dict[int, bytes] = {}

    @property
    def held(self) -> frozenset[int]:
        """The readers this holder can open for."""
        return frozenset(self._privates) | ({OFFICE} if self._office else set())

    @property
    def office_generations(self) -> Mapping[int, X25519PrivateKey]:
        """The office keys this holder has."""
        return self._office

    def hold_office_key(self, generation: int, private: X25519PrivateKey) -> None:
        """Open for the office with this generation of its key."""
        self._office[generation] = private

    def forget(self, reader: int) -> None:
        """Seal to this reader under a new wrapping key from now on: its public key has changed or is gone."""
        self._sealing.pop(reader, None)

    def wrap(self, session: Session, reader: int, key: bytes, context: bytes) -> tuple[int, bytes]:
        """The id of the wrapping key and the wrapped key."""
        pending = session.info.get(_PENDING, {})
        found = pending.get(reader) or self._sealing.get(reader) or self._new_wrapping_key(session, reader)
        wrapping_id, secret = found
        return wrapping_id, self._suite.seal(secret, key, context)

    def unwrap(self, session: Session, wrapping_id: int, wrapped: bytes, context: bytes) -> bytes:
        """The content's key; VaultError if it is not for this holder, InvalidTag if altered."""
        secret = self._opened.get(wrapping_id)
        if secret is None:
            self.prepare(session, [wrapping_id])
            secret = self._opened[wrapping_id]
        return of_envelope(wrapped).open(secret, wrapped, context)

    def prepare(self, session: Session, wrapping_ids: Iterable[int]) -> None:
        """Open many wrapping keys with one query."""
        missing = [each for each in wrapping_ids if each not in self._opened]
        if not missing:
            return
        rows = session.execute(select(wrapping_key).where(wrapping_key.c.id.in_(missing))).all()
        if len(rows) != len(set(missing)):
            raise InvalidTag
        for row in rows:
            private = self._private(row.reader, row.generation)
            self._opened[row.id] = keys.open_sealed(private, row.wrapped, self._info(row.id, row.reader))

    def _private(self, reader: int, generation: int | None) -> X25519PrivateKey:
        private = self._privates.get(reader) if generation is None else self._office.get(generation)
        if private is None:
            raise VaultError("vault_not_yours")
        return private

    def _new_wrapping_key(self, session: Session, reader: int) -> tuple[int, bytes]:
        public, generation = public_key(session, reader)
        secret = os.urandom(keys.KEY_BYTES)
        number = (session.scalar(select(func.max(wrapping_key.c.id))) or 0) + 1
        wrapped = keys.seal_to(public, secret, self._info(number, reader))
        session.execute(
            insert(wrapping_key), {"id": number, "reader": reader, "generation": generation, "wrapped": wrapped}
        )
        self._remember(session, reader, (number, secret))
        return number, secret

    def _remember(self, session: Session, reader: int, found: tuple[int, bytes]) -> None:
        pending: dict[int, tuple[int, bytes]] = session.info.setdefault(_PENDING, {})
        if not pending:
            # The row exists for later transactions only if this one commits, also when a savepoint is rolled back.
            event.listen(session, "after_commit", lambda _: self._sealing.update(pending), once=True)
            event.listen(session, "after_soft_rollback", lambda *_: pending.clear())
        pending[reader] = found

    def _info(self, wrapping_id: int, reader: int) -> bytes:
        return f"wrapping/1 {self._vault_id.hex()} {wrapping_id} {reader}".encode()


def public_key(session: Session, reader: int) -> tuple[bytes, int | None]:
    """The key to seal to, and the office key's generation where the reader is the office."""
    if reader == RECOVERY:
        value = session.scalar(select(vault_value.c.value).where(vault_value.c.name == RECOVERY_PUBLIC))
        if value is None:
            raise VaultError("vault_damaged", file="vault.db")
        return value, None
    if reader == OFFICE:
        # Between the leaving of an account and the next unlock by a business account only a retired key is there.
        newest = select(office_key.c.public, office_key.c.generation).order_by(office_key.c.generation.desc()).limit(1)
        row = session.execute(newest).one()
        return row.public, row.generation
    account = select(account_key.c.sealing_public).where(
        account_key.c.id == reader, account_key.c.disabled_at.is_(None)
    )
    public = session.scalar(account)
    if public is None:
        raise VaultError("vault_no_such_account", account=reader)
    return public, None
