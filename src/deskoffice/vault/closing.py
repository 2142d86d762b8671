"""The files as they were when the vault was last closed: a page or a header put back since then shows at unlock.

No cipher of pages can tell that a page is old, and the log vouches only for what it was told. Each page ends with the
tag that authenticates it; one hash over all tags, bound to the end of the log, leaves nothing to exchange unseen.
After a program that was killed there is no such record of its last writes: what the log says is compared then.
"""

import hashlib
import json
import mmap
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from deskoffice.vault import disk
from deskoffice.vault import header as headers
from deskoffice.vault.audit import AuditLog
from deskoffice.vault.database import FILE_NAME
from deskoffice.vault.header import Header
from deskoffice.vault.heads import HEADS, RIGHTS
from deskoffice.vault.merkle import Frontier
from deskoffice.vault.problems import Problem
from deskoffice.vault.tables import vault_value

CLOSED = "closed.json"
LOCKED = "vault.locked"
_ANNOUNCED = "closing_kept"
_PAGE_BYTES = 4096
_TAG_BYTES = 64
_MAX_BYTES = 1 << 20


class LastClosing(StrEnum):
    """What is known of the last time the vault was closed."""

    ORDERLY = "orderly"
    """The record is of the log's end."""
    CUT_OFF = "cut_off"
    """The log goes on behind it: the program was killed, or the power went."""
    MISSING = "missing"
    """The log was closed and there is no record of it."""
    UNKNOWN = "unknown"
    """This vault was never closed by a program that keeps a record."""


@dataclass(frozen=True, slots=True)
class Files:
    """What lies in the vault's folder, as far as it is compared."""

    pages: str
    header: str
    has_log: bool
    """A write-ahead log lies beside the database's file."""

    @classmethod
    def of(cls, folder: Path, header: Header) -> "Files":
        """To be read while no connection is open: closing the file would take SQLite's locks away."""
        database = folder / FILE_NAME
        log = database.with_name(FILE_NAME + "-wal")
        with disk.translated():
            has_log = log.exists() and log.stat().st_size > 0
            return cls(pages_of(database), hashlib.sha256(headers.encode(header)).hexdigest(), has_log)


@dataclass(frozen=True, slots=True)
class Closing:
    """The record: the end of the log and the files that belong to it."""

    frontier: Frontier
    pages: str
    header: str
    indexes: Mapping[str, str]
    """The search index of each account that has closed one."""

    @property
    def is_begun(self) -> bool:
        """Written before the last entry was confirmed: a power cut while the vault is closed leaves this behind, and
        says so; it speaks of no files."""
        return not self.pages

    def problems(self, found: Files, size: int, *, has_writes: bool) -> list[Problem]:
        """What was exchanged since, where the log has not gone on; whether a write-ahead log holds whole writes.

        What a power cut left of a first write is no whole one, and the engine passes over it.
        """
        if size != self.frontier.size or self.is_begun:
            return []
        wrong = []
        if found.pages != self.pages or has_writes:
            wrong.append(Problem("pages_exchanged", FILE_NAME))
        if found.header != self.header:
            wrong.append(Problem("header_exchanged", headers.COPIES[0]))
        return wrong


def pages_of(path: Path) -> str:
    """One hash over the tags of all pages of an encrypted file; empty for none."""
    size = path.stat().st_size if path.exists() else 0
    if not size:
        return ""
    whole = hashlib.sha256(str(size).encode())
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as raw:
        whole.update(b"".join([raw[end - _TAG_BYTES : end] for end in range(_PAGE_BYTES, size + 1, _PAGE_BYTES)]))
    return whole.hexdigest()


def read(folder: Path, log: AuditLog) -> Closing | None:
    """Only what a holder of this vault's keys wrote counts."""
    try:
        with disk.opened(folder / CLOSED) as file:
            fields = json.loads(file.read(_MAX_BYTES))
        if log.mark(_marked(fields["closing"])) != fields["mark"]:
            return None
        closing = fields["closing"]
        frontier = Frontier.decode(closing["size"], bytes.fromhex(closing["hashes"]))
        return Closing(frontier, closing["pages"], closing["header"], closing["indexes"])
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def write(folder: Path, log: AuditLog, closing: Closing) -> None:
    """Keep the record; the files it speaks of are on the disk already."""
    fields = {
        "size": closing.frontier.size,
        "hashes": closing.frontier.encode().hex(),
        "pages": closing.pages,
        "header": closing.header,
        "indexes": dict(closing.indexes),
    }
    record = {"closing": fields, "mark": log.mark(_marked(fields))}
    disk.replace(folder / CLOSED, json.dumps(record).encode() + b"\n")


def begin(folder: Path, log: AuditLog, end: Frontier, indexes: Mapping[str, str]) -> None:
    """Say in front of the last entry that the vault is being closed."""
    write(folder, log, Closing(end, "", "", indexes))


def announce(session: Session) -> bool:
    """Enter in the vault, once, that a record is kept; whether that was news."""
    if _is_announced(session):
        return False
    session.execute(insert(vault_value), {"name": _ANNOUNCED, "value": b""})
    return True


def last(session: Session, log: AuditLog, record: Closing | None) -> LastClosing:
    """How the vault was closed, as log and record tell it."""
    if record is None:
        return LastClosing.MISSING if _is_announced(session) else LastClosing.UNKNOWN
    size = log.size_in(session)
    if record.frontier.size >= size:
        return LastClosing.CUT_OFF if record.is_begun else LastClosing.ORDERLY
    acts = [entry.action for entry in log.latest(session, limit=4) if entry.action not in {HEADS, RIGHTS}]
    return LastClosing.MISSING if acts[:1] == [LOCKED] else LastClosing.CUT_OFF


def _is_announced(session: Session) -> bool:
    return session.scalar(select(vault_value.c.name).where(vault_value.c.name == _ANNOUNCED)) is not None


def drop(folder: Path) -> None:
    """Before the files are exchanged by right: a record of the old ones would accuse the new."""
    with disk.translated():
        (folder / CLOSED).unlink(missing_ok=True)


def _marked(fields: object) -> str:
    return "closed " + json.dumps(fields, sort_keys=True)
