"""Reading the log back: does it agree with its chain, its tree, its checkpoints, and a witness from outside."""

import hmac
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from deskoffice.domain.errors import VaultError
from deskoffice.vault.audit_checkpoint import Checkpoint, code_of, same_code
from deskoffice.vault.audit_tables import audit, audit_frontier, checkpoint
from deskoffice.vault.merkle import Frontier, consistency_proof, is_consistent, leaf_hash, root_of
from deskoffice.vault.problems import Problem
from deskoffice.vault.tables import account_key, former_key

Progress = Callable[[int, int], bool]
_STEP = 2000


class Consistency(StrEnum):
    """How the log stands to a witness."""

    SAME = "same"
    CONTINUES = "continues"
    ROLLED_BACK = "rolled_back"
    REWRITTEN = "rewritten"
    ANOTHER_VAULT = "another_vault"
    NOT_SIGNED = "not_signed"


@dataclass(frozen=True, slots=True)
class AuditVerdict:
    """What a reading of the log found; `head` is the root of its tree."""

    ok: bool
    entries: int
    head: str
    problems: tuple[Problem, ...]


def keyed(key: bytes) -> hmac.HMAC:
    """The chain's key, made ready once; `link` copies it."""
    return hmac.new(key, digestmod="sha256")


def link(mac: hmac.HMAC, before: bytes, body: bytes) -> bytes:
    """The chain's value behind an entry."""
    mac = mac.copy()
    mac.update(before + body)
    return mac.digest()


@dataclass(slots=True)
class _Reading:
    """The log as far as it was read."""

    mac: hmac.HMAC
    frontier: Frontier = field(default_factory=Frontier)
    chain: bytes = bytes(32)
    problems: list[Problem] = field(default_factory=list)

    def take(self, seq: int, body: str, chain: bytes) -> None:
        """The next row; after a break reading goes on from what stands there, so that every break is found."""
        where = f"audit:{seq}"
        # Keys are sorted and quotes inside values escaped: the last "seq" is the entry's own.
        in_body = body.rpartition('"seq":')[2]
        if seq != self.frontier.size + 1 or not in_body.startswith(f"{seq},"):
            self.problems.append(Problem("audit_order_broken", where))
        raw = body.encode()
        if link(self.mac, self.chain, raw) != chain:
            self.problems.append(Problem("audit_chain_broken", where))
        self.chain = chain
        self.frontier.add(leaf_hash(raw))

    def compare_end(self, session: Session) -> None:
        row = session.execute(select(audit_frontier)).one_or_none()
        end = (0, b"", bytes(32)) if row is None else (row.size, row.hashes, row.chain)
        if end != (self.frontier.size, self.frontier.encode(), self.chain):
            self.problems.append(Problem("audit_end_differs", f"audit:{self.frontier.size}"))

    def verdict(self) -> AuditVerdict:
        found = tuple(self.problems)
        return AuditVerdict(not found, self.frontier.size, self.frontier.root().hex(), found)


def whole(session: Session, mac: hmac.HMAC, vault_id: str, progress: Progress | None) -> AuditVerdict:
    """Every entry and every checkpoint kept in the vault."""
    reading = _Reading(mac)
    expected = _kept_checkpoints(session, vault_id, reading.problems)
    total = session.scalar(select(audit_frontier.c.size)) or 0
    for row in _rows(session, after=0):
        reading.take(row.seq, row.body, row.chain)
        size = reading.frontier.size
        if expected.pop(size, set()) - {reading.frontier.encode()}:
            reading.problems.append(Problem("audit_checkpoint_differs", f"audit:{size}"))
        if progress is not None and size % _STEP == 0 and not progress(size, max(total, size)):
            raise VaultError("vault_stopped")
    reading.problems.extend(Problem("audit_checkpoint_differs", f"audit:{size}") for size in expected)
    reading.compare_end(session)
    return reading.verdict()


def recent(session: Session, mac: hmac.HMAC, vault_id: str, *, account: tuple[int, bytes]) -> AuditVerdict:
    """From the account's last checkpoint on; the whole log when it has none that its key signed."""
    number, public = account
    query = select(checkpoint).where(checkpoint.c.account_id == number).order_by(checkpoint.c.size.desc()).limit(1)
    row = session.execute(query).one_or_none()
    if row is None or row.size == 0 or _is_false(row.text, row.size, row.hashes, vault_id=vault_id, keys={public}):
        return whole(session, mac, vault_id, None)
    chain = session.scalar(select(audit.c.chain).where(audit.c.seq == row.size))
    reading = _Reading(mac, Frontier.decode(row.size, row.hashes), chain or bytes(32))
    if chain is None:
        reading.problems.append(Problem("audit_entry_missing", f"audit:{row.size}"))
    for later in _rows(session, after=row.size):
        reading.take(later.seq, later.body, later.chain)
    reading.compare_end(session)
    return reading.verdict()


def compare(session: Session, vault_id: str, witness: Checkpoint) -> Consistency:
    """How the log stands to a checkpoint from outside. A longer one shows a rollback whoever signed it."""
    if witness.vault_id != vault_id:
        return Consistency.ANOTHER_VAULT
    found = leaves(session)
    if witness.size > len(found):
        return Consistency.ROLLED_BACK
    if not any(witness.is_signed_by(public) for keys in signers(session).values() for public in keys):
        return Consistency.NOT_SIGNED
    proof = consistency_proof(found, witness.size)
    if not is_consistent((witness.size, witness.root), (len(found), root_of(found)), proof):
        return Consistency.REWRITTEN
    return Consistency.SAME if witness.size == len(found) else Consistency.CONTINUES


def follows(session: Session, vault_id: str, witness: Checkpoint) -> Consistency:
    """Like `compare`, but reads only what came after, when a checkpoint of the same size and root is kept."""
    kept = session.scalars(select(checkpoint.c.hashes).where(checkpoint.c.size == witness.size)).all()
    for hashes in kept if witness.vault_id == vault_id else ():
        with suppress(ValueError):
            frontier = Frontier.decode(witness.size, hashes)
            if frontier.root() == witness.root:
                return continues(session, frontier)
    return compare(session, vault_id, witness)


def continues(session: Session, earlier: Frontier) -> Consistency:
    """Whether the entries after this end lead to today's end."""
    row = session.execute(select(audit_frontier)).one_or_none()
    end = (0, b"") if row is None else (row.size, row.hashes)
    if earlier.size > end[0]:
        return Consistency.ROLLED_BACK
    frontier = Frontier.decode(earlier.size, earlier.encode())
    for entry in _rows(session, after=earlier.size):
        frontier.add(leaf_hash(entry.body.encode()))
    if (frontier.size, frontier.encode()) != end:
        return Consistency.REWRITTEN
    return Consistency.SAME if end[0] == earlier.size else Consistency.CONTINUES


def compare_code(session: Session, vault_id: str, typed: str) -> Consistency:
    """Look for the beginning of the log that has this code; none means rolled back or rewritten."""
    wanted, frontier, found = same_code(typed), Frontier(), None
    for size, leaf in enumerate(leaves(session), start=1):
        frontier.add(leaf)
        if code_of(vault_id, size, frontier.root()) == wanted:
            found = size
    if found is None:
        return Consistency.REWRITTEN
    return Consistency.SAME if found == frontier.size else Consistency.CONTINUES


def leaves(session: Session) -> list[bytes]:
    """The leaf hashes of all entries, in order."""
    return [leaf_hash(row.body.encode()) for row in _rows(session, after=0)]


def signers(session: Session) -> dict[int, set[bytes]]:
    """The public keys that each account signs or signed with."""
    keys: dict[int, set[bytes]] = {}
    for table, account in ((account_key, account_key.c.id), (former_key, former_key.c.account_id)):
        for row in session.execute(select(account.label("account"), table.c.signing_public)):
            keys.setdefault(row.account, set()).add(row.signing_public)
    return keys


def _rows(session: Session, *, after: int) -> Iterator[Row[int, str, bytes]]:
    query = select(audit.c.seq, audit.c.body, audit.c.chain).where(audit.c.seq > after).order_by(audit.c.seq)
    yield from session.execute(query, execution_options={"yield_per": _STEP})


def _kept_checkpoints(session: Session, vault_id: str, problems: list[Problem]) -> dict[int, set[bytes]]:
    keys = signers(session)
    kept: dict[int, set[bytes]] = {}
    for row in session.execute(select(checkpoint)):
        public = keys.get(row.account_id, set())
        if _is_false(row.text, row.size, row.hashes, vault_id=vault_id, keys=public):
            problems.append(Problem("audit_checkpoint_false", f"checkpoint:{row.id}"))
        elif row.size:
            kept.setdefault(row.size, set()).add(row.hashes)
    return kept


def _is_false(text: str, size: int, hashes: bytes, *, vault_id: str, keys: set[bytes]) -> bool:
    """Whether a kept checkpoint says something else than its signed text, or nobody of `keys` signed it."""
    try:
        signed = Checkpoint.parse(text)
        root = Frontier.decode(size, hashes).root()
    except (VaultError, ValueError):
        return True
    says = (signed.vault_id, signed.size, signed.root) == (vault_id, size, root)
    return not says or not any(signed.is_signed_by(public) for public in keys)
