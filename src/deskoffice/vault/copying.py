"""A copy of the whole vault in another folder, as whole as a moment of it: for moving to another machine."""

import shutil
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2 as sqlcipher

from deskoffice.domain.errors import VaultError
from deskoffice.vault import attempts, closing, disk
from deskoffice.vault import header as headers
from deskoffice.vault.closing import Closing, Files
from deskoffice.vault.database import FILE_NAME, translation
from deskoffice.vault.engine import open_connection
from deskoffice.vault.merkle import Frontier
from deskoffice.vault.objects import FOLDER, ObjectStore
from deskoffice.vault.vault import Vault

_OBJECTS = "SELECT digest FROM content WHERE sealed IS NULL"
_END = "SELECT size, hashes FROM audit_frontier"


def copy_out(vault: Vault, target: Path) -> Path:
    """Give the new folder; one that exists is never written into, and a copy that fails leaves nothing."""
    if target.exists():
        raise VaultError("vault_exists")
    with disk.translated():
        target.mkdir(mode=0o700, parents=True)
    try:
        _copy(vault, target)
    except BaseException:
        shutil.rmtree(target, ignore_errors=True)
        raise
    return target


def _copy(vault: Vault, target: Path) -> None:
    _copy_database(vault, target / FILE_NAME)
    connection = open_connection(target / FILE_NAME, vault.database.key, mode="rw")
    try:
        names = [str(row[0]) for row in connection.execute(_OBJECTS)]
        end = Frontier.decode(*connection.execute(_END).fetchone())
    finally:
        connection.close()
    copied = ObjectStore(target / FOLDER)
    with disk.translated():
        for name in (FOLDER, "index"):
            (target / name).mkdir(mode=0o700)
    for name in names:
        copied.write(name, vault.objects.read(name))
    attempts.begin(target)
    header, _ = headers.load(vault.folder)
    # Last: without a header there is no vault.
    headers.store(target, header)
    files = Files.of(target, header)
    closing.write(target, vault.audit, Closing(end, files.pages, files.header, {}))


def _copy_database(vault: Vault, copy: Path) -> None:
    connection = open_connection(vault.database.path, vault.database.key, mode="rw")
    try:
        connection.execute("VACUUM INTO ?", (str(copy),))
    except sqlcipher.DatabaseError as error:
        raise translation(DBAPIError(None, None, error)) or error from error
    finally:
        connection.close()
