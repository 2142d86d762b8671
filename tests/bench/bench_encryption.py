"""Encrypted files against plain SQLite on the same rows: page, point, save, search, scan; and how soon they open."""

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import big_vault
import factories
from bench_lists import ratio
from sqlcipher3 import dbapi2 as sqlcipher

from deskoffice.usecases.office import Office
from deskoffice.vault import engine
from deskoffice.vault.database import Database

ROWS = 100_000
TEXT = "关于做好第{at}批防汛抗旱和安全生产工作的通知\n请县应急管理局牵头，{unit}局配合，于月底前报送第{at}次落实情况。"
WORDS = ("应急管理", "安全", "第7", "牵头", "落实情况")
PLAIN_SETTINGS = (
    *("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "temp_store=MEMORY", "secure_delete=ON"),
    *("mmap_size=0", "cache_size=-16384"),
)
LIST = """SELECT * FROM matter WHERE id IN (SELECT id FROM matter WHERE kind = 'incoming' AND office_wide
  AND created_on <= ? ORDER BY created_on DESC, id DESC LIMIT 64)"""
SAVE = """INSERT INTO matter SELECT {id}, kind, state, is_open, number, number_order, title, title_content_id, unit,
  document_number, level, secrecy_years, urgency, due_on, holder, held_since, created_on, created_at, created_by,
  closed_on, retention, office_wide, changed FROM matter WHERE id = 1"""
MATCH = "SELECT rowid FROM entry WHERE entry MATCH ? ORDER BY rowid DESC LIMIT 100"
OPEN_MS, PAGE_MS, SEARCH_MS = 100.0, 50.0, 20.0
Connection = sqlcipher.Connection


def run() -> Iterator[tuple[str, float, float]]:
    """Ratios of the shortest runs, then the milliseconds that a person waits for."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        office = factories.found(folder / "vault", factories.monday_morning()).office
        with office.vault.database.write() as session:
            big_vault.fill(session, ROWS, factories.person_id(office, "王丽"))
        _index(office)
        rows = _pair(office.vault.database, folder / "plain.db")
        texts = _pair(office.vault.index._database, folder / "plain_index.db")
        for name, work, bound in (
            ("list page", _page, 2.0),
            ("point select", _point, 3.0),
            ("save", _save, 2.0),
            ("full scan", _scan, 4.0),
        ):
            yield f"{name}, encrypted against plain", ratio(*(work(one) for one in rows)), bound
        yield "search, encrypted against plain", ratio(*(_search(one) for one in texts)), 2.0
        yield from _waits(office)
        for one in (*rows, *texts):
            one.close()
        office.close()


def _index(office: Office) -> None:
    with office.vault.index.batch():
        for at in range(1, ROWS + 1):
            office.vault.index.put(at, TEXT.format(at=at, unit=at * 7919 % 200))
        office.vault.index.set_mark(1 << 40)


def _pair(database: Database, plain: Path) -> tuple[Connection, Connection]:
    """The same rows in the clear, and as they are."""
    source = engine.open_connection(database.path, database.key, mode="rw")
    source.execute("ATTACH ? AS plain KEY ''", (str(plain),))
    source.execute("SELECT sqlcipher_export('plain')")
    source.execute("DETACH plain")
    source.close()
    opened = sqlcipher.connect(str(plain), isolation_level=None, cached_statements=256)
    for setting in PLAIN_SETTINGS:
        opened.execute("PRAGMA " + setting)
    sealed = database.engine.raw_connection().driver_connection
    assert isinstance(sealed, Connection)
    return opened, sealed


def _page(connection: Connection) -> Callable[[], object]:
    days, chance = [row[0] for row in connection.execute("SELECT DISTINCT created_on FROM matter")], random.Random(1)
    return lambda: [connection.execute(LIST, (chance.choice(days),)).fetchall() for _ in range(20)]


def _point(connection: Connection) -> Callable[[], object]:
    chance = random.Random(2)
    query = "SELECT * FROM matter WHERE id = ?"
    return lambda: [connection.execute(query, (chance.randrange(ROWS),)).fetchone() for _ in range(500)]


def _save(connection: Connection) -> Callable[[], object]:
    ids = count(ROWS + 1)

    def save() -> None:
        for _ in range(10):
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(SAVE.format(id=next(ids)))
            connection.execute("COMMIT")

    return save


def _scan(connection: Connection) -> Callable[[], object]:
    return lambda: connection.execute("SELECT count(*) FROM matter WHERE title LIKE '%没有这样的标题%'").fetchone()


def _search(connection: Connection) -> Callable[[], object]:
    phrases = ['"' + " ".join(word) + '"' for word in WORDS]
    return lambda: [connection.execute(MATCH, (phrase,)).fetchall() for phrase in phrases]


def _waits(office: Office) -> Iterator[tuple[str, float, float]]:
    vault = office.vault

    def opening() -> None:
        engine.open_connection(vault.database.path, vault.database.key, mode="rw").close()

    def first_page() -> None:
        connection = engine.open_connection(vault.database.path, vault.database.key, mode="rw")
        connection.execute(LIST, ("2026-11-20",)).fetchall()
        connection.close()

    yield f"open a file of {ROWS} matters, ms", _best(opening), OPEN_MS
    yield "its first page, ms", _best(first_page), PAGE_MS
    yield f"search of {ROWS} texts, ms", max(_best(lambda w=w: vault.index.search(w, 100)) for w in WORDS), SEARCH_MS


def _best(work: Callable[[], object], rounds: int = 9) -> float:
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
    return min(taken)
