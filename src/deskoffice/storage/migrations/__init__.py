"""Numbered steps from an older file to today's; forward only, one transaction each."""

from collections.abc import Callable
from importlib import resources

from sqlalchemy import Connection

from deskoffice.domain.errors import VaultError
from deskoffice.vault.database import Database


def _scripts() -> list[str]:
    """The SQL of each migration, number 1 first."""
    folder = resources.files(__package__)
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".sql"))
    return [folder.joinpath(name).read_text(encoding="utf-8") for name in names]


def latest() -> int:
    """Number of the newest migration."""
    return len(_scripts())


def build(connection: Connection) -> None:
    """Bring a new, empty file to today's form; the caller holds the transaction."""
    for number, script in enumerate(_scripts(), start=1):
        _run(connection, number, script)


def _run(connection: Connection, number: int, script: str) -> None:
    for statement in script.split(";\n\n"):
        if statement.strip():
            connection.exec_driver_sql(statement)
    connection.exec_driver_sql(f"PRAGMA user_version = {number}")


def upgrade(database: Database, before: Callable[[], None] | None = None) -> int:
    """Run what is missing; `before` (a verified backup) is called once when anything is. Gives how many ran."""
    scripts = _scripts()
    with database.read() as session:
        version = int(session.connection().exec_driver_sql("PRAGMA user_version").scalar_one())
    if version > len(scripts):
        raise VaultError("vault_newer_format", found=version, known=len(scripts))
    if version == len(scripts):
        return 0
    if before is not None:
        before()
    for number in range(version + 1, len(scripts) + 1):
        with database.write() as session:
            _run(session.connection(), number, scripts[number - 1])
    return len(scripts) - version


def text() -> str:
    """All of them, so that a file can be told from one of an earlier draft of the same number."""
    return "".join(_scripts())
