"""Bodies, attachments, scans, opinions and sealed titles: each has its own key, wrapped for exactly its readers."""

import os
import struct
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Self

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import delete, func, select, text
from sqlalchemy.orm import Session

from deskoffice.domain.errors import VaultError
from deskoffice.vault.heads import Heads
from deskoffice.vault.objects import ObjectStore
from deskoffice.vault.readers import Readers
from deskoffice.vault.suite import CryptoSuite, by_name
from deskoffice.vault.tables import OFFICE, RECOVERY, account_key, content, content_grant, former_key

INLINE_BYTES = 32 * 1024
MAX_BYTES = 1 << 30
_TEXT = "text/plain;charset=utf-8"
_LENGTHS = struct.Struct(">HH")
_NEXT_ID = "deskoffice.vault.next_content"
_CHUNK = 500
_INSERT = (
    "INSERT INTO content (id, version, suite, size, digest, sealed, author_id, created_at, signature) "
    "VALUES (:id, :version, :suite, :size, :digest, :sealed, :author_id, :created_at, :signature)"
)
_UPDATE = (
    "UPDATE content SET version = :version, suite = :suite, size = :size, digest = :digest, sealed = :sealed, "
    "author_id = :author_id, signature = :signature WHERE id = :id"
)
_DELETE_GRANTS = "DELETE FROM content_grant WHERE content_id = ?"
_INSERT_GRANT = "INSERT INTO content_grant (content_id, reader, wrapping_key_id, wrapped) VALUES (?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Audience:
    """Who can open a content (知悉范围); the recovery key always can."""

    office: bool
    accounts: frozenset[int]

    @classmethod
    def everyone(cls) -> Self:
        """Every business account, through the office key."""
        return cls(office=True, accounts=frozenset())

    @classmethod
    def only(cls, *accounts: int) -> Self:
        """These accounts and no other."""
        return cls(office=False, accounts=frozenset(accounts))

    def readers(self) -> list[int]:
        """The numbers of the readers, the recovery key among them."""
        return sorted({RECOVERY, *self.accounts, *({OFFICE} if self.office else ())})


@dataclass(frozen=True, slots=True)
class Content:
    """An opened content."""

    data: bytes
    name: str
    media_type: str


@dataclass(frozen=True, slots=True)
class _Stored:
    """A row of `content`."""

    id: int
    version: int
    suite: str
    size: int
    digest: str
    sealed: bytes | None
    author_id: int
    signature: bytes


_COLUMNS = tuple(content.c[name] for name in _Stored.__slots__)


class Contents:
    """All contents, as one account sees them."""

    def __init__(
        self,
        *,
        vault_id: bytes,
        suite: CryptoSuite,
        objects: ObjectStore,
        readers: Readers,
        account_id: int,
        signing: Ed25519PrivateKey,
        heads: Heads,
        clock: Callable[[], datetime],
    ) -> None:
        self._vault_id = vault_id
        self._suite = suite
        self._objects = objects
        self._readers = readers
        self._account_id = account_id
        self._signing = signing
        self._heads = heads
        self._clock = clock
        self._verified_keys: dict[int, list[Ed25519PublicKey]] = {}

    def put(
        self,
        session: Session,
        data: bytes,
        audience: Audience,
        *,
        name: str = "",
        media_type: str = "application/octet-stream",
    ) -> int:
        """Seal a new content to its readers. A large one is on the disk before the row that names it."""
        if len(data) > MAX_BYTES:
            raise VaultError("vault_too_large", limit=MAX_BYTES)
        content_id = self._next_id(session)
        fields, key = self._seal(content_id, 1, _pack(data, name, media_type), len(data))
        fields.update(id=content_id, created_at=int(self._clock().timestamp()))
        # The driver's own statement: compiling costs more than sealing when an office's books are imported.
        session.connection().exec_driver_sql(_INSERT, fields)
        readers = audience.readers()
        self._insert_grants(session, content_id, 1, key=key, readers=readers)
        self._heads.touch_new(session, content_id, version=1, digest=str(fields["digest"]), readers=readers)
        return content_id

    def put_text(self, session: Session, text: str, audience: Audience) -> int:
        """Seal a title, an opinion or a body."""
        return self.put(session, text.encode(), audience, media_type=_TEXT)

    def put_texts(self, session: Session, texts: Sequence[tuple[str, Audience]]) -> list[int]:
        """Seal many texts at once, as when an office's old books are imported; gives their ids in the same order."""
        created_at = int(self._clock().timestamp())
        rows: list[dict[str, object]] = []
        grants: list[tuple[int, int, int, bytes]] = []
        for text_, audience in texts:
            content_id, data = self._next_id(session), text_.encode()
            fields, key = self._seal(content_id, 1, _pack(data, "", _TEXT), len(data))
            readers = audience.readers()
            rows.append({**fields, "id": content_id, "created_at": created_at})
            grants += self._grants(session, content_id, 1, key=key, readers=readers)
            self._heads.touch_new(session, content_id, version=1, digest=str(fields["digest"]), readers=readers)
        if rows:
            session.connection().exec_driver_sql(_INSERT, rows)
            session.connection().exec_driver_sql(_INSERT_GRANT, grants)
        return [int(str(row["id"])) for row in rows]

    def open(self, session: Session, content_id: int) -> Content:
        """The content; VaultError `vault_not_yours` without a grant, `vault_damaged` if anything was altered."""
        found = dict(self._openable(session, [content_id]))
        if content_id not in found:
            raise VaultError("vault_not_yours", content=content_id)
        return found[content_id]

    def texts(self, session: Session, ids: Iterable[int]) -> dict[int, str]:
        """The texts among these that this account can open."""
        return {number: opened.data.decode() for number, opened in self._openable(session, ids)}

    def readable(self, session: Session, ids: Iterable[int]) -> set[int]:
        """Which of these this account can open."""
        found: set[int] = set()
        for chunk in _chunks(ids):
            granted = select(content_grant.c.content_id).where(
                content_grant.c.content_id.in_(chunk), content_grant.c.reader.in_(self._readers.held)
            )
            found.update(session.scalars(granted))
        return found

    def audience(self, session: Session, content_id: int) -> Audience:
        """Who can open a content."""
        readers = set(session.scalars(select(content_grant.c.reader).where(content_grant.c.content_id == content_id)))
        return Audience(office=OFFICE in readers, accounts=frozenset(readers - {OFFICE, RECOVERY}))

    def digest(self, session: Session, content_id: int) -> str:
        """The hash of the ciphertext in hexadecimal: changes with every re-sealing."""
        stored = self._stored(session, [content_id])
        if content_id not in stored:
            raise VaultError("vault_not_yours", content=content_id)
        return stored[content_id].digest

    def grant(self, session: Session, content_ids: Iterable[int], account_ids: Iterable[int]) -> None:
        """Let these accounts open contents that this account can open."""
        wanted = set(account_ids)
        for chunk in _chunks(content_ids):
            stored = self._stored(session, chunk)
            opened = self._keys(session, stored.values())
            present = self._granted(session, chunk)
            for number, row in stored.items():
                if number not in opened:
                    raise VaultError("vault_not_yours", content=number)
                readers = sorted(wanted - present[number])
                self._insert_grants(session, number, row.version, key=opened[number], readers=readers)
            self._heads.touch(session, stored)

    def grant_office(self, session: Session, content_ids: Iterable[int]) -> None:
        """Let every business account open these."""
        self.grant(session, content_ids, [OFFICE])

    def revoke(self, session: Session, content_ids: Iterable[int], account_ids: Iterable[int]) -> None:
        """Take these accounts' grants away and seal each content anew, under a new key, to the others.

        `tables.OFFICE` among the accounts takes it from the office. What was read before stays read.
        """
        leaving = set(account_ids) - {RECOVERY}
        for chunk in _chunks(content_ids):
            stored = self._stored(session, chunk)
            granted = self._granted(session, chunk)
            affected = [number for number in stored if granted[number] & leaving]
            keys = self._keys(session, [stored[number] for number in affected])
            closed = [number for number in affected if number not in keys]
            if closed:
                raise VaultError("vault_not_yours", content=closed[0])
            resealed, grants = [], []
            for number, key in keys.items():
                fields, rows = self._resealed(session, stored[number], key, readers=sorted(granted[number] - leaving))
                resealed.append(fields)
                grants += rows
            self._replace(session, resealed, grants)

    def delete(self, session: Session, *content_ids: int) -> None:
        """Destroy the keys with the rows; `check` sweeps an object file that no row names."""
        for chunk in _chunks(content_ids):
            session.execute(delete(content).where(content.c.id.in_(chunk)))
        self._heads.touch(session, content_ids)

    def _next_id(self, session: Session) -> int:
        number = session.info.get(_NEXT_ID)
        if number is None:
            # The number of a deleted content is never given again, and an old sqlite_sequence gives none twice.
            given = session.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = 'content'"))
            number = max(given or 0, session.scalar(select(func.max(content.c.id))) or 0) + 1
        session.info[_NEXT_ID] = number + 1
        return int(number)

    def _seal(self, content_id: int, version: int, plain: bytes, size: int) -> tuple[dict[str, object], bytes]:
        key = os.urandom(32)
        sealed = self._suite.seal(key, plain, self._content_context(content_id, version))
        digest = self._suite.digest(sealed)
        inline = size <= INLINE_BYTES
        if not inline:
            self._objects.write(digest, sealed)
        fields: dict[str, object] = {
            "version": version,
            "suite": self._suite.name,
            "size": size,
            "digest": digest,
            "sealed": sealed if inline else None,
            "author_id": self._account_id,
            "signature": self._signing.sign(self._signed(content_id, version, digest)),
        }
        return fields, key

    def _resealed(
        self, session: Session, row: _Stored, key: bytes, *, readers: list[int]
    ) -> tuple[dict[str, object], list[tuple[int, int, int, bytes]]]:
        """The row and the grants of the next version."""
        version, opened = row.version + 1, self._open_one(session, row, key)
        plain = _pack(opened.data, opened.name, opened.media_type)
        fields, new = self._seal(row.id, version, plain, row.size)
        fields["id"] = row.id
        digest = str(fields["digest"])
        self._heads.touch_new(session, row.id, version=version, digest=digest, readers=readers)
        return fields, self._grants(session, row.id, version, key=new, readers=readers)

    def _replace(
        self, session: Session, resealed: list[dict[str, object]], grants: list[tuple[int, int, int, bytes]]
    ) -> None:
        """Many at once: whoever leaves the office leaves thousands of contents."""
        if not resealed:
            return
        connection = session.connection()
        connection.exec_driver_sql(_UPDATE, resealed)
        connection.exec_driver_sql(_DELETE_GRANTS, [(fields["id"],) for fields in resealed])
        if grants:
            connection.exec_driver_sql(_INSERT_GRANT, grants)

    def _insert_grants(
        self, session: Session, content_id: int, version: int, *, key: bytes, readers: list[int]
    ) -> None:
        rows = self._grants(session, content_id, version, key=key, readers=readers)
        if rows:
            session.connection().exec_driver_sql(_INSERT_GRANT, rows)

    def _grants(
        self, session: Session, content_id: int, version: int, *, key: bytes, readers: list[int]
    ) -> list[tuple[int, int, int, bytes]]:
        wrap, context = self._readers.wrap, self._grant_context
        return [
            (content_id, reader, *wrap(session, reader, key, context(content_id, version, reader)))
            for reader in readers
        ]

    def _openable(self, session: Session, ids: Iterable[int]) -> Iterator[tuple[int, Content]]:
        for chunk in _chunks(ids):
            stored = self._stored(session, chunk)
            for number, key in self._keys(session, stored.values()).items():
                yield number, self._open_one(session, stored[number], key)

    def _stored(self, session: Session, chunk: Collection[int]) -> dict[int, _Stored]:
        with _damage("vault.db"):
            self._heads.compare(session, chunk)
        rows = session.execute(select(*_COLUMNS).where(content.c.id.in_(chunk)))
        return {row.id: _Stored(*row) for row in rows}

    def _granted(self, session: Session, chunk: Collection[int]) -> dict[int, set[int]]:
        found: dict[int, set[int]] = {number: set() for number in chunk}
        pairs = select(content_grant.c.content_id, content_grant.c.reader).where(content_grant.c.content_id.in_(chunk))
        for number, reader in session.execute(pairs):
            found[number].add(reader)
        return found

    def _keys(self, session: Session, stored: Collection[_Stored]) -> dict[int, bytes]:
        """The keys of those among them that this account can open."""
        versions = {row.id: row.version for row in stored}
        grants = session.execute(
            select(content_grant).where(
                content_grant.c.content_id.in_(versions), content_grant.c.reader.in_(self._readers.held)
            )
        ).all()
        opened: dict[int, bytes] = {}
        with _damage("vault.db"):
            self._readers.prepare(session, {row.wrapping_key_id for row in grants})
            for row in grants:
                context = self._grant_context(row.content_id, versions[row.content_id], row.reader)
                opened[row.content_id] = self._readers.unwrap(session, row.wrapping_key_id, row.wrapped, context)
        return opened

    def _open_one(self, session: Session, row: _Stored, key: bytes) -> Content:
        sealed = self._objects.read(row.digest) if row.sealed is None else row.sealed
        suite = by_name(row.suite)
        with _damage("vault.db" if row.sealed is not None else f"objects/{row.digest[:2]}/{row.digest}"):
            if suite.digest(sealed) != row.digest:
                raise InvalidTag
            plain = suite.open(key, sealed, self._content_context(row.id, row.version))
            self._verify(session, row)
            return _unpack(plain)

    def _verify(self, session: Session, row: _Stored) -> None:
        signed = self._signed(row.id, row.version, row.digest)
        if row.author_id not in self._verified_keys:
            self._verified_keys[row.author_id] = _signing_keys(session, row.author_id)
        for key in self._verified_keys[row.author_id]:
            try:
                return key.verify(row.signature, signed)
            except InvalidSignature:
                continue
        raise InvalidSignature

    def _content_context(self, content_id: int, version: int) -> bytes:
        return b"content/1 %s %d %d" % (self._vault_id, content_id, version)

    def _grant_context(self, content_id: int, version: int, reader: int) -> bytes:
        return b"grant/1 %s %d %d %d" % (self._vault_id, content_id, version, reader)

    def _signed(self, content_id: int, version: int, digest: str) -> bytes:
        return b"signed/1 %s %d %d %s" % (self._vault_id, content_id, version, digest.encode())


@contextmanager
def _damage(file: str) -> Iterator[None]:
    """One refusal for everything that was altered; the causes' frames hold keys and are not passed on."""
    try:
        yield
    except (InvalidTag, InvalidSignature, ValueError, TypeError, struct.error):
        raise VaultError("vault_damaged", file=file) from None


def _signing_keys(session: Session, account_id: int) -> list[Ed25519PublicKey]:
    current = select(account_key.c.signing_public).where(account_key.c.id == account_id)
    former = select(former_key.c.signing_public).where(former_key.c.account_id == account_id)
    return [Ed25519PublicKey.from_public_bytes(raw) for raw in session.scalars(current.union_all(former))]


def _chunks(ids: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(dict.fromkeys(ids))
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk


def _pack(data: bytes, name: str, media_type: str) -> bytes:
    """Name and type are sealed with the data: a file's name tells as much as a title."""
    named, typed = name.encode(), media_type.encode()
    return _LENGTHS.pack(len(named), len(typed)) + named + typed + data


def _unpack(plain: bytes) -> Content:
    named, typed = _LENGTHS.unpack_from(plain)
    start = _LENGTHS.size
    middle, end = start + named, start + named + typed
    return Content(plain[end:], plain[start:middle].decode(), plain[middle:end].decode())
