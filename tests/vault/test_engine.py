"""The engine: encrypted or not at all, durable, and no statement copies data out."""

import math
import sqlite3
import threading
from collections import Counter
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from vault.boxes import LI, Box

from deskoffice.domain.errors import EnvironmentFailure, VaultError
from deskoffice.vault import engine as engines
from deskoffice.vault.contents import Audience
from deskoffice.vault.database import Database


@pytest.fixture
def database(tmp_path: Path):
    database = Database(tmp_path / "a.db", bytearray(range(32)), mode="rwc")
    with database.write() as session:
        session.execute(sa.text("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)"))
    yield database
    database.close()


def run(database: Database, *statements: str) -> None:
    with database.write() as session:
        for statement in statements:
            session.execute(sa.text(statement))


@pytest.mark.parametrize(
    "statement",
    [
        "ATTACH '/tmp/plain.db' AS p KEY ''",
        "VACUUM INTO '/tmp/plain.db'",
        "PRAGMA rekey = 'x'",
        "PRAGMA key = 'x'",
        "PRAGMA journal_mode = DELETE",
        "PRAGMA synchronous = OFF",
        "PRAGMA cipher_use_hmac = OFF",
        "PRAGMA writable_schema = ON",
        "PRAGMA secure_delete = OFF",
        "PRAGMA mmap_size = 1000000",
        "SELECT load_extension('x')",
        "SELECT sqlcipher_export('main')",
    ],
)
def test_no_statement_copies_data_out_or_weakens_the_file(database: Database, statement: str) -> None:
    with pytest.raises(DBAPIError):
        run(database, statement)


def test_every_connection_is_durable_and_wipes_what_it_deletes(database: Database) -> None:
    with database.read() as session:
        found = {
            name: session.scalar(sa.text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys", "cipher_page_size")
        }
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "secure_delete": 1,
        "foreign_keys": 1,
        "cipher_page_size": "4096",
    }


@pytest.mark.parametrize("key", [bytes(32), bytes(range(1, 33))])
def test_another_key_is_refused(database: Database, key: bytes) -> None:
    database.engine.dispose()
    other = Database(database.path, bytearray(key))
    with pytest.raises(VaultError, match="vault_damaged"), other.read() as session:
        session.execute(sa.text("SELECT * FROM t"))
    other.close()


def test_plain_sqlite_cannot_read_the_file(database: Database) -> None:
    database.engine.dispose()
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(database.path).execute("SELECT * FROM t")


def test_a_file_in_the_clear_is_refused(tmp_path: Path) -> None:
    (tmp_path / "plain.db").write_bytes(b"SQLite format 3\0" + bytes(100))
    with pytest.raises(VaultError, match="vault_engine_without_encryption"):
        engines.assert_encrypted(tmp_path / "plain.db")


def test_an_engine_without_encryption_never_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Plain(sqlite3.Connection):
        def set_key(self, key: bytearray) -> None:
            """What a wrong build would do."""

    def connect(name: str, **options: object) -> sqlite3.Connection:
        return sqlite3.connect(name, factory=Plain, **options)

    monkeypatch.setattr(engines.sqlcipher, "connect", connect)
    with pytest.raises(VaultError, match="vault_engine_without_encryption"):
        engines.open_connection(tmp_path / "a.db", bytearray(32), mode="rwc")


def test_a_large_database_looks_like_noise(database: Database) -> None:
    with database.write() as session:
        rows = [{"b": f"重复的内容{number % 7}" * 20} for number in range(10000)]
        session.execute(sa.text("INSERT INTO t (b) VALUES (:b)"), rows)
    database.engine.dispose()
    raw = database.path.read_bytes()
    counts = Counter(raw).values()
    assert len(raw) > 1 << 20
    assert -sum(count / len(raw) * math.log2(count / len(raw)) for count in counts) >= 7.99


def test_a_failure_inside_a_write_leaves_nothing(database: Database) -> None:
    with pytest.raises(DBAPIError):
        run(database, "INSERT INTO t VALUES (1, 'x')", "INSERT INTO t VALUES (1, 'x')")
    with database.read() as session:
        assert session.scalar(sa.text("SELECT count(*) FROM t")) == 0


def test_what_a_read_changes_is_dropped(database: Database) -> None:
    with database.read() as session:
        session.execute(sa.text("INSERT INTO t VALUES (1, 'x')"))
    with database.read() as session:
        assert session.scalar(sa.text("SELECT count(*) FROM t")) == 0


def test_a_reader_keeps_its_state_while_a_writer_commits(database: Database) -> None:
    with database.read() as reader:
        assert reader.scalar(sa.text("SELECT count(*) FROM t")) == 0
        run(database, "INSERT INTO t VALUES (1, 'x')")
        assert reader.scalar(sa.text("SELECT count(*) FROM t")) == 0


def test_many_threads_write_one_after_the_other(database: Database) -> None:
    def work() -> None:
        for _ in range(30):
            with database.write() as session:
                last = session.scalar(sa.text("SELECT coalesce(max(a), 0) FROM t"))
                session.execute(sa.text("INSERT INTO t VALUES (:a, 'x')"), {"a": last + 1})

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as session:
        assert session.scalar(sa.text("SELECT count(*) FROM t")) == 180


def test_a_full_disk_is_named_and_loses_nothing(database: Database) -> None:
    with database.write() as session:
        session.execute(sa.text("INSERT INTO t VALUES (1, 'kept')"))
    with pytest.raises(EnvironmentFailure, match="disk_full"):
        run(database, "PRAGMA max_page_count = 4", "INSERT INTO t VALUES (2, zeroblob(100000))")
    database.engine.dispose()
    with database.read() as session:
        assert session.scalars(sa.text("SELECT b FROM t")).all() == ["kept"]


def test_a_read_only_vault_opens_for_reading(box: Box) -> None:
    vault = box.unlock(LI)
    with vault.database.write() as session:
        number = vault.contents.put_text(session, "可读", Audience.everyone())
    box.locked()
    database = Database(box.folder / "vault.db", vault_key(box), mode="immutable")
    with database.read() as session:
        assert session.scalar(sa.text("SELECT count(*) FROM content")) == number
    with pytest.raises(EnvironmentFailure, match="disk_read_only"), database.write():
        pass
    database.close()


def vault_key(box: Box) -> bytearray:
    key = bytearray(box.unlock(LI).database.key)
    box.locked()
    return key
