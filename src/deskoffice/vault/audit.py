"""The audit log: every act in a keyed chain and a hash tree, in the same transaction as the act itself."""

import json
import time
import uuid
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypedDict, Unpack

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Row, Select, func, insert, select
from sqlalchemy.orm import Session

from deskoffice.domain.errors import VaultError
from deskoffice.vault import audit_verify, disk
from deskoffice.vault.audit_checkpoint import Checkpoint
from deskoffice.vault.audit_export import write_export
from deskoffice.vault.audit_tables import TRIGGERS, audit, checkpoint
from deskoffice.vault.audit_verify import AuditVerdict, Consistency, Progress, keyed, link
from deskoffice.vault.database import Database
from deskoffice.vault.merkle import Frontier, leaf_hash

__all__ = ["TRIGGERS", "AuditEntry", "AuditLog", "AuditVerdict", "Checkpoint", "Consistency", "Wanted"]

CLOCK_TOLERANCE = 300
CLOCK_SET_BACK = "vault.clock.set_back"
Detail = Mapping[str, str | int | bool | None]

_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False)
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
# Plain statements: every act of the office passes here, and building them costs more than running them.
_READ = "SELECT size, hashes, chain, highest_at, last_at, last_boot, last_running FROM audit_frontier WHERE id = 1"
_APPEND = "INSERT INTO audit (seq, body, chain) VALUES (?, ?, ?)"
_KEEP = (
    "INSERT OR REPLACE INTO audit_frontier (size, hashes, chain, highest_at, last_at, last_boot, last_running, id)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, 1)"
)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One act. The order is that of `seq`; `is_doubtful` marks a time from before an earlier entry's."""

    seq: int
    at: datetime
    account_id: int
    login: str
    action: str
    subject: str
    detail: Mapping[str, str | int | bool | None]
    is_doubtful: bool


class Wanted(TypedDict, total=False):
    """Which entries: all conditions hold; `action` is the beginning of one, times are from `since` up to `until`."""

    subject: str
    action: str
    account_id: int
    since: datetime
    until: datetime


@dataclass(slots=True)
class _State:
    """Where the log stands inside a transaction."""

    frontier: Frontier
    chain: bytes
    highest_at: int
    last_at: int
    last_boot: str
    last_running: int


class AuditLog:
    """The log as one account writes and reads it."""

    def __init__(
        self,
        database: Database,
        *,
        vault_id: str,
        key: bytes,
        signing_key: Ed25519PrivateKey,
        account_id: int,
        login: str,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self.vault_id = vault_id
        self._mac = keyed(key)
        self._signing_key = signing_key
        self._account_id = account_id
        self._login = login
        self._clock = clock
        self._boot = _boot_id()

    def append(self, session: Session, action: str, subject: str = "", detail: Detail | None = None) -> int:
        """Enter an act of this account in the caller's transaction and give its number.

        A clock set back by more than five minutes is an entry of its own before it.
        """
        state = _state(session)
        now, running = int(self._clock().timestamp()), int(time.monotonic())
        back = self._set_back(state, now, running)
        if back > CLOCK_TOLERANCE:
            self._enter(session, state, CLOCK_SET_BACK, "", {"seconds": back}, now=now, running=running)
        return self._enter(session, state, action, subject, detail or {}, now=now, running=running)

    def entries(self, session: Session, *, after: int = 0, limit: int, **wanted: Unpack[Wanted]) -> list[AuditEntry]:
        """Entries behind `after`, oldest first."""
        query = _where(wanted).where(audit.c.seq > after).order_by(audit.c.seq).limit(limit)
        return [_entry(row) for row in session.execute(query)]

    def latest(
        self, session: Session, *, before: int | None = None, limit: int, **wanted: Unpack[Wanted]
    ) -> list[AuditEntry]:
        """Entries in front of `before`, or of the end, newest first."""
        query = _where(wanted).order_by(audit.c.seq.desc()).limit(limit)
        if before is not None:
            query = query.where(audit.c.seq < before)
        return [_entry(row) for row in session.execute(query)]

    def count(self, session: Session, **wanted: Unpack[Wanted]) -> int:
        return session.scalar(select(func.count()).select_from(_where(wanted).subquery())) or 0

    def verify(self, progress: Progress | None = None) -> AuditVerdict:
        """Read the whole log and compare it with its chain, its tree and the checkpoints kept in the vault."""
        with self._database.read() as session:
            return audit_verify.whole(session, self._mac, self.vault_id, progress)

    def verify_recent(self) -> AuditVerdict:
        """The same from this account's last signed checkpoint on; what is before it is vouched for by the signature."""
        with self._database.read() as session:
            public = self._signing_key.public_key().public_bytes_raw()
            return audit_verify.recent(session, self._mac, self.vault_id, account=(self._account_id, public))

    def sign(self, session: Session) -> Checkpoint:
        """Sign the log as it stands and keep the checkpoint in the vault."""
        frontier = _state(session).frontier
        signed = Checkpoint.sign(
            self.vault_id, frontier.size, frontier.root(), signer=self._login, key=self._signing_key
        )
        row = {"size": signed.size, "hashes": frontier.encode(), "account_id": self._account_id, "text": signed.text}
        session.execute(insert(checkpoint), row)
        return signed

    def checkpoint(self, out: Path) -> Checkpoint:
        """Sign the log and write the checkpoint to a file, which is to be kept outside the vault."""
        with self._database.write() as session:
            self.append(session, "vault.checkpoint.written")
            signed = self.sign(session)
        disk.replace(out, signed.text.encode())
        return signed

    def export(self, out: Path) -> int:
        """Write leaf hashes and checkpoints for `deskoffice-verify`: no content of any entry. Gives the entries."""
        with self._database.read() as session:
            return write_export(session, self.vault_id, out)

    def compare(self, witness: Checkpoint) -> Consistency:
        """How the log stands to a checkpoint that was kept outside."""
        with self._database.read() as session:
            return audit_verify.compare(session, self.vault_id, witness)

    def compare_code(self, typed: str) -> Consistency:
        """The same for a code read from paper; a code of no beginning of this log means that the log was replaced."""
        with self._database.read() as session:
            return audit_verify.compare_code(session, self.vault_id, typed)

    def follows(self, seen: Checkpoint) -> Consistency:
        """`compare` in the time of what came since, where the vault still keeps that checkpoint."""
        with self._database.read() as session:
            return audit_verify.follows(session, self.vault_id, seen)

    def reading(self) -> AbstractContextManager[Session]:
        """A session on the log's database."""
        return self._database.read()

    def end(self) -> tuple[int, bytes]:
        """Number of entries and root of the tree."""
        with self._database.read() as session:
            frontier = _state(session).frontier
        return frontier.size, frontier.root()

    def continues(self, earlier: Frontier) -> Consistency:
        """Whether the log grew out of an earlier end of it that somebody trustworthy kept."""
        with self._database.read() as session:
            return audit_verify.continues(session, earlier)

    def size_in(self, session: Session) -> int:
        """Number of entries, as this session sees it."""
        return _state(session).frontier.size

    def seconds_behind(self, session: Session) -> int:
        """How far the clock is before the newest entry, 0 within what a correction may take."""
        behind = _state(session).highest_at - int(self._clock().timestamp())
        return behind if behind > CLOCK_TOLERANCE else 0

    def end_in(self, session: Session) -> Frontier | None:
        """The end of the log that this session wrote, None when it wrote no entry."""
        state = session.info.get(_State)
        return state.frontier if isinstance(state, _State) else None

    def mark(self, text: str) -> str:
        """A mark that only holders of this vault's keys can make."""
        return link(self._mac, b"mark\n", text.encode()).hex()

    def _set_back(self, state: _State, now: int, running: int) -> int:
        """Seconds that the clock shows too little; in one run of the machine its running time tells more."""
        expected = state.last_at
        if state.last_boot == self._boot:
            expected += max(0, running - state.last_running)
        return expected - now

    def _enter(
        self, session: Session, state: _State, action: str, subject: str, detail: Detail, *, now: int, running: int
    ) -> int:
        seq = state.frontier.size + 1
        fields = {
            "account": self._account_id,
            "action": action,
            "at": now,
            "boot": self._boot,
            "detail": dict(detail),
            "doubtful": now < state.highest_at - CLOCK_TOLERANCE,
            "login": self._login,
            "running": running,
            "seq": seq,
            "subject": subject,
        }
        body = _CANONICAL.encode(fields)
        state.chain = link(self._mac, state.chain, body.encode())
        state.frontier.add(leaf_hash(body.encode()))
        state.highest_at = max(state.highest_at, now)
        state.last_at, state.last_boot, state.last_running = now, self._boot, running
        connection = session.connection()
        connection.exec_driver_sql(_APPEND, (seq, body, state.chain))
        times = (state.highest_at, state.last_at, state.last_boot, state.last_running)
        connection.exec_driver_sql(_KEEP, (seq, state.frontier.encode(), state.chain, *times))
        return seq


def _state(session: Session) -> _State:
    """Read once a transaction: after the first entry nobody else can write."""
    known = session.info.get(_State)
    if not isinstance(known, _State):
        known = session.info[_State] = _read_state(session)
    return known


def _read_state(session: Session) -> _State:
    row = session.connection().exec_driver_sql(_READ).one_or_none()
    if row is None:
        return _State(Frontier(), bytes(32), 0, 0, "", 0)
    try:
        frontier = Frontier.decode(row.size, row.hashes)
    except ValueError:
        raise VaultError("vault_damaged", file="audit_frontier") from None
    return _State(frontier, row.chain, row.highest_at, row.last_at, row.last_boot, row.last_running)


def _where(wanted: Wanted) -> Select[int, str]:
    query = select(audit.c.seq, audit.c.body)
    if "subject" in wanted:
        query = query.where(audit.c.subject == wanted["subject"])
    if "action" in wanted:
        query = query.where(audit.c.action.between(wanted["action"], wanted["action"] + "\U0010ffff"))
    if "account_id" in wanted:
        query = query.where(audit.c.account_id == wanted["account_id"])
    if "since" in wanted:
        query = query.where(audit.c.at >= int(wanted["since"].timestamp()))
    if "until" in wanted:
        query = query.where(audit.c.at < int(wanted["until"].timestamp()))
    return query


def _entry(row: Row[int, str]) -> AuditEntry:
    fields = json.loads(row.body)
    return AuditEntry(
        seq=row.seq,
        at=datetime.fromtimestamp(fields["at"], UTC),
        account_id=fields["account"],
        login=fields["login"],
        action=fields["action"],
        subject=fields["subject"],
        detail=fields["detail"],
        is_doubtful=fields["doubtful"],
    )


def _boot_id() -> str:
    """One run of the machine; where the system does not name it, one run of the program."""
    try:
        return _BOOT_ID.read_text(encoding="ascii").strip()
    except OSError:
        return str(uuid.uuid4())
