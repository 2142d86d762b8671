"""The encrypted SQLite engine: one raw key, durable commits, nothing that could copy data out."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2 as sqlcipher

from deskoffice.domain.errors import VaultError
from deskoffice.vault.kdf import wipe

_PLAIN_MAGIC = b"SQLite format 3\0"
_FORBIDDEN_PRAGMAS = frozenset(
    {
        "cipher_compatibility",
        "cipher_log",
        "cipher_page_size",
        "cipher_plaintext_header_size",
        "cipher_profile",
        "cipher_use_hmac",
        "hexkey",
        "hexrekey",
        "journal_mode",
        "kdf_iter",
        "key",
        "mmap_size",
        "rekey",
        "secure_delete",
        "synchronous",
        "temp_store_directory",
        "trusted_schema",
        "writable_schema",
    }
)
_FORBIDDEN_FUNCTIONS = frozenset({"load_extension", "sqlcipher_export", "fts3_tokenizer"})
_FUNCTION = 31  # SQLITE_FUNCTION, which Python's sqlite3 does not name
_SETTINGS = (
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "temp_store=MEMORY",
    "secure_delete=ON",
    "mmap_size=0",
    "cache_size=-16384",
    "wal_autocheckpoint=1000",
    "journal_size_limit=67108864",
)
# FULL: with NORMAL three of four simulated power cuts lost confirmed work.
_DURABLE = ("journal_mode=WAL", "synchronous=FULL")


def authorize(action: int, first: str | None, second: str | None, _schema: str | None, _trigger: str | None) -> int:
    """Deny what would write plaintext or weaken the file: ATTACH, key and journal pragmas, loading of code."""
    if action == sqlite3.SQLITE_ATTACH:
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_PRAGMA and first and second is not None and first.lower() in _FORBIDDEN_PRAGMAS:
        return sqlite3.SQLITE_DENY
    if action == _FUNCTION and second and second.lower() in _FORBIDDEN_FUNCTIONS:
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK


def open_connection(path: Path, key: bytearray, *, mode: str) -> sqlcipher.Connection:
    """A keyed connection without the authorizer. `mode` is SQLite's rw or rwc, or immutable for a read-only medium."""
    option = "immutable=1" if mode == "immutable" else f"mode={mode}"
    uri = f"file:{quote(str(path.absolute()))}?{option}"
    connection = sqlcipher.connect(
        uri, uri=True, check_same_thread=False, timeout=10, isolation_level=None, cached_statements=256
    )
    try:
        _unlock(connection, key)
    except BaseException:
        connection.close()
        raise
    return connection


def _unlock(connection: sqlcipher.Connection, key: bytearray) -> None:
    connection.execute("PRAGMA cipher_log_level=NONE")
    spec = bytearray(b"x'" + key.hex().encode() + b"'")
    try:
        connection.set_key(spec)  # PRAGMA key would leave copies of the key in the statement cache
    finally:
        wipe(spec)
    if not connection.execute("PRAGMA cipher_version").fetchone():
        raise VaultError("vault_engine_without_encryption")
    connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # a wrong key shows only here


def make_engine(path: Path, key: bytearray, *, mode: str = "rw") -> sa.Engine:
    """A pool of keyed connections. The key is read at each connect; the caller wipes it after `dispose`."""
    if len(key) != 32:
        raise ValueError("a raw key has 32 bytes")

    def connect() -> sqlcipher.Connection:
        connection = open_connection(path, key, mode=mode)
        for setting in _SETTINGS if mode == "immutable" else _DURABLE + _SETTINGS:
            connection.execute("PRAGMA " + setting)
        connection.set_authorizer(authorize)
        return connection

    return _pooled(connect)


def _pooled(connect: Callable[[], sqlcipher.Connection]) -> sa.Engine:
    engine = sa.create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=connect,
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=4,
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        # IMMEDIATE: what a writer reads first must still hold when it writes.
        readonly = connection.get_execution_options().get("readonly")
        connection.exec_driver_sql("BEGIN" if readonly else "BEGIN IMMEDIATE")

    return engine


def assert_encrypted(path: Path) -> None:
    """Refuse a file that the engine wrote in the clear."""
    with path.open("rb") as file:
        if file.read(16) == _PLAIN_MAGIC:
            raise VaultError("vault_engine_without_encryption")
