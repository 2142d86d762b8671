"""Reading everything a vault holds: every page, every object, every head, every entry of the log."""

from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2 as sqlcipher

from deskoffice.domain.errors import VaultError
from deskoffice.vault import header as headers
from deskoffice.vault import heads
from deskoffice.vault.audit_tables import audit
from deskoffice.vault.backup_create import WORK_FOLDER
from deskoffice.vault.database import FILE_NAME
from deskoffice.vault.engine import open_connection
from deskoffice.vault.objects import FOLDER, ObjectStore
from deskoffice.vault.problems import Problem
from deskoffice.vault.rollback import ROLLED_BACK, rollback_found
from deskoffice.vault.suite import by_name
from deskoffice.vault.tables import content
from deskoffice.vault.vault import Vault

__all__ = ["Problem", "check", "check_files", "pages"]

Progress = Callable[[int, int], bool]
_STEP = 200


def check(vault: Vault, progress: Progress | None = None) -> list[Problem]:
    """All that is wrong. Files that no row names are left from a crash; they are swept away and are no problem."""
    _, differing = headers.load(vault.folder)
    found = [*vault.findings(), *(Problem("header_copy_differs", name) for name in differing), *_own_pages(vault)]
    if any(problem.code == "pages_damaged" for problem in found):
        return found  # what else is read from such a file means nothing
    with vault.database.read() as session:
        contents = session.scalar(select(func.count()).select_from(content)) or 0
        entries = session.scalar(select(func.count()).select_from(audit)) or 0
        tell = _Told(progress, contents + entries)
        found += _contents(vault, session, tell)
        found += heads.problems(session)
        if not vault.heads.rights_are_current(session):
            found.append(Problem("rights_differ", FILE_NAME))
    found += vault.audit.verify(lambda done, _: tell(contents + done)).problems
    if (rollback := rollback_found(vault.folder, vault.audit)) is not None:
        found.append(Problem(ROLLED_BACK, rollback.witness))
    if vault.database.refusal is None:
        _sweep(vault)
    tell(contents + entries)
    return list(dict.fromkeys(found))


def check_files(folder: Path) -> list[Problem]:
    """What can be seen without a password: the copies of the header, and objects that are not what their name says."""
    header, differing = headers.load(folder)
    found = [Problem("header_copy_differs", name) for name in differing]
    store, suite = ObjectStore(folder / FOLDER), by_name(header.suite)
    named = (name for name in sorted(store.names()) if not name.endswith(".new"))
    altered = (name for name in named if suite.digest(store.read(name)) != name)
    found += [Problem("object_damaged", f"{FOLDER}/{name[:2]}/{name}") for name in altered]
    if not (folder / FILE_NAME).exists():
        found.append(Problem("file_missing", FILE_NAME))
    return found


class _Told:
    """Progress that raises when told to stop."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress = progress
        self._total = total

    def __call__(self, done: int) -> bool:
        if self._progress is not None and not self._progress(done, self._total):
            raise VaultError("vault_stopped")
        return True


def pages(path: Path, key: bytearray, *, is_read_only: bool) -> list[Problem]:
    """Both checks of the engine: one misses a file that was cut, the other a changed byte in an unused page."""
    try:
        connection = open_connection(path, key, mode="immutable" if is_read_only else "rw")
    except sqlcipher.DatabaseError:
        return [Problem("pages_damaged", FILE_NAME)]
    try:
        if not is_read_only:
            # With a live log of writes behind a crash the page check raises false alarms.
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        is_whole = not connection.execute("PRAGMA cipher_integrity_check").fetchall()
        is_sound = connection.execute("PRAGMA integrity_check(1)").fetchall() == [("ok",)]
        is_linked = not connection.execute("PRAGMA foreign_key_check").fetchall()
    except sqlcipher.DatabaseError:
        return [Problem("pages_damaged", FILE_NAME)]
    finally:
        connection.close()
    if not (is_whole and is_sound):
        return [Problem("pages_damaged", FILE_NAME)]
    return [] if is_linked else [Problem("rows_without_parent", FILE_NAME)]


def _own_pages(vault: Vault) -> list[Problem]:
    return pages(vault.database.path, vault.database.key, is_read_only=vault.is_read_only)


def _contents(vault: Vault, session: Session, tell: _Told) -> Iterator[Problem]:
    query = select(content.c.id, content.c.suite, content.c.digest, content.c.sealed).order_by(content.c.id)
    for done, row in enumerate(session.execute(query, execution_options={"yield_per": _STEP})):
        tell(done)
        try:
            sealed = vault.objects.read(row.digest) if row.sealed is None else row.sealed
        except VaultError:
            yield Problem("object_missing", f"{FOLDER}/{row.digest[:2]}/{row.digest}")
            continue
        if by_name(row.suite).digest(sealed) != row.digest:
            where = f"{FOLDER}/{row.digest[:2]}/{row.digest}" if row.sealed is None else f"content:{row.id}"
            yield Problem("object_damaged", where)


def _sweep(vault: Vault) -> None:
    if (vault.folder / WORK_FOLDER).exists():
        return  # a running backup reads what its snapshot names
    # Inside a write: then nobody else is between writing an object and naming it.
    with vault.database.write() as session:
        named = set(session.scalars(select(content.c.digest).where(content.c.sealed.is_(None))))
        for name in set(vault.objects.names()) - named:
            vault.objects.remove(name)
