"""Rights and heads of contents as the log tells them, so that an old page put back into the file is found.

No cipher of pages can tell that a page is old. Every change of a content or of its readers leaves its head in the log,
which lies on other pages: what the tables say is compared with it before a content is opened, and the accounts' rights
at unlock.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import FromClause, Table, event, func, select, text
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction, UOWTransaction, class_mapper

from deskoffice.domain.errors import VaultError
from deskoffice.vault.audit import AuditLog
from deskoffice.vault.audit_tables import audit
from deskoffice.vault.database import Database
from deskoffice.vault.problems import Problem
from deskoffice.vault.schema import metadata
from deskoffice.vault.tables import (
    account_key,
    content,
    content_grant,
    content_head,
    former_key,
    office_key,
    office_key_grant,
    vault_value,
)

HEADS = "vault.heads"
RIGHTS = "vault.rights"
RIGHTS_TABLES = "rights_tables"
# A table of the layers above that says who may do what has this in its `info`: it is hashed with the vault's own.
RIGHTS_INFO = "rights"
_TOUCHED = "deskoffice.vault.touched"
_TOUCHED_RIGHTS = "deskoffice.vault.touched_rights"
_RIGHTS_TABLES: tuple[Table, ...] = (account_key, former_key, office_key, office_key_grant, vault_value)
_GONE = "-"
_AN_ENTRY = 100
_A_QUERY = 500
_KEEP = text("INSERT OR REPLACE INTO content_head (content_id, seq) VALUES (:content_id, :seq)")


class Heads:
    """Enters heads at the end of each transaction (`watch`) and compares with them."""

    def __init__(self, log: AuditLog) -> None:
        self._log = log

    def watch(self, database: Database) -> None:
        """Enter heads in every write on this database."""
        database.before_commit(self.enter)
        event.listen(database.sessions, "after_soft_rollback", _read_again)
        event.listen(database.sessions, "after_flush", self._see_flush)
        event.listen(database.sessions, "do_orm_execute", self._see_statement)

    def touch(self, session: Session, content_ids: Iterable[int]) -> None:
        """These contents or their readers change in this transaction."""
        touched: dict[int, str | None] = session.info.setdefault(_TOUCHED, {})
        touched.update(dict.fromkeys(content_ids))

    def touch_new(self, session: Session, content_id: int, *, version: int, digest: str, readers: list[int]) -> None:
        """The same where all that a head is made of is at hand, which spares reading it back."""
        touched: dict[int, str | None] = session.info.setdefault(_TOUCHED, {})
        touched[content_id] = head_of(content_id, version, digest=digest, readers=readers)

    def touch_rights(self, session: Session) -> None:
        """Accounts or the office key change in this transaction."""
        session.info[_TOUCHED_RIGHTS] = True

    def _see_flush(self, session: Session, _flush: UOWTransaction) -> None:
        changed = {type(record) for record in (*session.new, *session.dirty, *session.deleted)}
        if any(_is_of_rights(class_mapper(kind).local_table) for kind in changed):
            self.touch_rights(session)

    def _see_statement(self, state: ORMExecuteState) -> None:
        if not state.is_select and any(_is_of_rights(mapper.local_table) for mapper in state.all_mappers):
            self.touch_rights(state.session)

    def enter(self, session: Session) -> None:
        """Write the heads of what this transaction changed into the log."""
        session.flush()
        touched: dict[int, str | None] = session.info.pop(_TOUCHED, {})
        unknown = [number for number, head in touched.items() if head is None]
        found = dict(_heads(session, unknown))
        entries = [(number, head or found.get(number, _GONE)) for number, head in touched.items()]
        for start in range(0, len(entries), _AN_ENTRY):
            self._enter_some(session, entries[start : start + _AN_ENTRY])
        if session.info.pop(_TOUCHED_RIGHTS, False):
            self._log.append(session, RIGHTS, "", {"head": rights_of(session)})

    def _enter_some(self, session: Session, entries: list[tuple[int, str]]) -> None:
        tokens = "".join(f"{_token(number, head)} " for number, head in entries)
        seq = self._log.append(session, HEADS, "", {"heads": f" {tokens}"})
        kept = [{"content_id": number, "seq": seq} for number, head in entries if head != _GONE]
        if kept:
            session.connection().execute(_KEEP, kept)

    def compare(self, session: Session, content_ids: Iterable[int]) -> None:
        """VaultError `vault_rolled_back` if a content or its readers are not what the log says last."""
        touched: Mapping[int, object] = session.info.get(_TOUCHED, {})
        ids = [number for number in content_ids if number not in touched]
        for start in range(0, len(ids), _A_QUERY):
            chunk = ids[start : start + _A_QUERY]
            query = select(content_head).where(content_head.c.content_id.in_(chunk))
            entered: dict[int, int] = {row.content_id: row.seq for row in session.execute(query)}
            logged = select(audit.c.seq, audit.c.body).where(audit.c.seq.in_(set(entered.values())))
            bodies: dict[int, str] = {row.seq: row.body for row in session.execute(logged)}
            heads = dict(_heads(session, chunk))
            # What neither table knows does not exist.
            for number in [each for each in chunk if each in entered or each in heads]:
                body = bodies.get(entered.get(number, 0), "")
                if f" {_token(number, heads.get(number, _GONE))} " not in body:
                    raise VaultError("vault_rolled_back", content=number)

    def rights_are_current(self, session: Session) -> bool:
        """Whether accounts, their public keys and the office key's grants are what the log says last."""
        last = self._log.latest(session, limit=1, action=RIGHTS)
        return bool(last) and last[0].detail.get("head") == rights_of(session)


def problems(session: Session) -> Iterator[Problem]:
    """Read every head in the log and compare all contents with them: for a check of the whole vault."""
    expected: dict[int, str] = {}
    logged = select(audit.c.body).where(audit.c.action == HEADS).order_by(audit.c.seq)
    for body in session.scalars(logged, execution_options={"yield_per": _A_QUERY}):
        for token in json.loads(body)["detail"]["heads"].split():
            number, head = token.split(":")
            expected[int(number)] = head
    for number, head in _all_heads(session):
        if expected.pop(number, None) != head:
            yield Problem("content_head_differs", f"content:{number}")
    for number, head in expected.items():
        if head != _GONE:
            yield Problem("content_missing", f"content:{number}")


def _read_again(session: Session, _transaction: SessionTransaction) -> None:
    """After a savepoint was rolled back, what was touched may be gone or as before."""
    touched: dict[int, str | None] = session.info.get(_TOUCHED, {})
    touched.update(dict.fromkeys(touched))


def head_of(content_id: int, version: int, *, digest: str, readers: Iterable[int]) -> str:
    """A content's version, ciphertext and readers in one short hash."""
    named = ",".join(map(str, sorted(readers)))
    return hashlib.sha256(f"{content_id} {version} {digest} {named}".encode()).hexdigest()[:32]


def rights_of(session: Session) -> str:
    """Accounts, their public keys, who holds the office key, and the rights of the layers above, in one hash."""
    whole = hashlib.sha256()
    for table in _RIGHTS_TABLES:
        for row in session.execute(select(table).order_by(*table.primary_key)):
            whole.update(repr(tuple(row)).encode())
    for name in _other_rights_tables(session):
        for other in session.connection().exec_driver_sql(f'SELECT * FROM "{name}" ORDER BY 1, 2'):  # noqa: S608
            whole.update(f"{name} {tuple(other)!r}".encode())
    return whole.hexdigest()


def _is_of_rights(table: FromClause) -> bool:
    return isinstance(table, Table) and bool(table.info.get(RIGHTS_INFO))


def declared_rights_tables() -> bytes:
    """For a new vault: the names of the tables of rights that the layers above declare."""
    return ",".join(sorted(table.name for table in metadata.tables.values() if _is_of_rights(table))).encode()


def _other_rights_tables(session: Session) -> list[str]:
    """Named in the file, so that a program that declares fewer tables reads the same rights."""
    kept = session.scalar(select(vault_value.c.value).where(vault_value.c.name == RIGHTS_TABLES)) or b""
    # Read back from the file and put into a statement: nothing but a name.
    return [name for name in kept.decode().split(",") if name.isidentifier()]


def _token(number: int, head: str) -> str:
    return f"{number}:{head}"


def _heads(session: Session, content_ids: list[int]) -> Iterator[tuple[int, str]]:
    for start in range(0, len(content_ids), _A_QUERY):
        yield from _all_heads(session, content_ids[start : start + _A_QUERY])


def _all_heads(session: Session, chunk: list[int] | None = None) -> Iterator[tuple[int, str]]:
    readers = func.group_concat(content_grant.c.reader)
    query = (
        select(content.c.id, content.c.version, content.c.digest, readers)
        .outerjoin(content_grant, content_grant.c.content_id == content.c.id)
        .group_by(content.c.id)
    )
    if chunk is not None:
        query = query.where(content.c.id.in_(chunk))
    for number, version, digest, named in session.execute(query, execution_options={"yield_per": _A_QUERY}):
        found = [int(reader) for reader in str(named).split(",")] if named else []
        yield number, head_of(number, version, digest=digest, readers=found)
