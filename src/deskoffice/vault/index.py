"""One account's full-text index of what it may read: exact for any number of characters, and always rebuildable."""

import re
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from threading import RLock

from sqlalchemy import bindparam, text
from sqlalchemy.orm import Session

from deskoffice.domain.errors import EnvironmentFailure, VaultError
from deskoffice.vault.database import Database
from deskoffice.vault.fold import fold, terms

_FORMAT = 1
_A_QUERY = 500
# A character is a token. FTS5 would drop spaces and ASCII marks, so they take the place of
# characters that folding leaves free: the full-width forms, the ideographic space and the line separator.
_TOKENS = str.maketrans(
    {" ": "\u3000", "\n": "\u2028"}
    | {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F) if not chr(code).isalnum()}
)
# Digits and Latin letters carry the next one along: single digits stand in every document and would make numbers slow.
_PAIRS = re.compile("([0-9a-z]) (?=([0-9a-z]))")
_CREATE = (
    "CREATE VIRTUAL TABLE entry USING fts5(body, content='', contentless_delete=1, tokenize='ascii')",
    "CREATE TABLE mark (value INTEGER NOT NULL)",
    "INSERT INTO mark VALUES (0)",
    f"PRAGMA user_version={_FORMAT}",
)
_PUT = text("INSERT OR REPLACE INTO entry(rowid, body) VALUES (:key, :body)")
_KNOWN = text("SELECT id FROM entry_docsize WHERE id IN :keys").bindparams(bindparam("keys", expanding=True))
_OPTIMIZE = text("INSERT INTO entry(entry) VALUES ('optimize')")
_DELETE = text("DELETE FROM entry WHERE rowid = :key")
_SEARCH = text("SELECT rowid FROM entry WHERE entry MATCH :match ORDER BY rowid DESC LIMIT :limit")
_COUNT = text("SELECT count(*) FROM entry WHERE entry MATCH :match")


class SearchIndex:
    """Finds the keys of texts that contain all terms of a query, character by character (`fold.terms`).

    A missing, damaged or foreign file is replaced by an empty one with mark 0; the caller then puts everything again.
    On a medium that takes no writing only a whole file serves: EnvironmentFailure `disk_read_only` otherwise.
    """

    def __init__(self, path: Path, key: bytearray, *, mode: str = "rwc") -> None:
        self._path = path
        self._key = key
        self._mode = mode
        self._lock = RLock()
        self._batch: Session | None = None
        self._database = Database(path, key, mode=mode)
        try:
            if mode == "immutable" and not path.exists():
                raise EnvironmentFailure("disk_read_only")
            with self._database.read() as session:
                is_current = session.scalar(text("PRAGMA user_version")) == _FORMAT
        except VaultError:
            is_current = False
        if not is_current:
            self._start_anew()

    def put(self, key: int, body: str) -> None:
        """Enter a text under its key, in place of an earlier one."""
        with self._writing() as session:
            session.execute(_PUT, {"key": key, "body": _tokens(fold(body))})

    def delete(self, keys: Iterable[int]) -> None:
        """Forget texts. It rewrites the index, so that their words stand in no page of the file any more."""
        wanted = list(keys)
        with self._writing() as session:
            known: list[dict[str, int]] = []
            for start in range(0, len(wanted), _A_QUERY):
                found = session.scalars(_KNOWN, {"keys": wanted[start : start + _A_QUERY]})
                known += [{"key": key} for key in found]
            if known:
                session.execute(_DELETE, known)
                session.execute(_OPTIMIZE)

    def search(self, query: str, limit: int) -> list[int]:
        """The highest keys first. A query without a letter or digit finds nothing."""
        match = _match(query)
        if not match:
            return []
        with self._reading() as session:
            return list(session.scalars(_SEARCH, {"match": match, "limit": limit}))

    def count(self, query: str) -> int:
        match = _match(query)
        if not match:
            return 0
        with self._reading() as session:
            return int(session.scalar(_COUNT, {"match": match}) or 0)

    def mark(self) -> int:
        """The number last set: the caller's place in the list of changes; 0 when everything is to be put again."""
        with self._reading() as session:
            return int(session.scalar(text("SELECT value FROM mark")) or 0)

    def set_mark(self, value: int) -> None:
        with self._writing() as session:
            session.execute(text("UPDATE mark SET value = :value"), {"value": value})

    def batch(self) -> AbstractContextManager[None]:
        """Many puts, deletes and the mark in one transaction."""
        return self._batched()

    def clear(self) -> None:
        with self._writing() as session:
            session.execute(text("INSERT INTO entry(entry) VALUES ('delete-all')"))
            session.execute(text("UPDATE mark SET value = 0"))

    def close(self) -> None:
        """Close the file and wipe its key."""
        self._database.close()

    @contextmanager
    def _batched(self) -> Iterator[None]:
        with self._lock, self._writing() as session:
            self._batch = session
            try:
                yield
            finally:
                self._batch = None

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        with self._lock:
            if self._batch is not None:
                yield self._batch
                return
            with self._mended(), self._database.write() as session:
                yield session

    @contextmanager
    def _reading(self) -> Iterator[Session]:
        with self._mended(), self._database.read() as session:
            yield session

    @contextmanager
    def _mended(self) -> Iterator[None]:
        try:
            yield
        except VaultError as error:
            if error.code != "vault_damaged":
                raise
            # A half answer would be a silent miss: start anew and let the caller put everything again.
            self._start_anew()
            raise VaultError("vault_index_damaged") from error

    def _start_anew(self) -> None:
        if self._mode == "immutable":
            raise EnvironmentFailure("disk_read_only")
        with self._lock:
            self._database.engine.dispose()
            drop(self._path)
            self._database = Database(self._path, self._key, mode=self._mode)
            with self._database.write() as session:
                for statement in _CREATE:
                    session.execute(text(statement))


def drop(path: Path) -> None:
    """Take an index away, with all that the engine would play back into a new one."""
    for each in (path, *besides(path)):
        each.unlink(missing_ok=True)


def besides(path: Path) -> list[Path]:
    """What the engine plays back into the file when it finds it there; an index that was closed has none of it."""
    return [path.with_name(path.name + suffix) for suffix in ("-wal", "-shm", "-journal")]


def _tokens(folded: str) -> str:
    return _PAIRS.sub(r"\1\2 ", " ".join(folded.translate(_TOKENS)))


def _match(query: str) -> str:
    return " AND ".join(map(_phrase, terms(query)))


def _phrase(term: str) -> str:
    if re.search("[0-9a-z]$", term) is None:
        return f'"{_tokens(term)}"'
    if re.search("[0-9a-z]{2}$", term):
        # The last pair already holds the last character, whatever follows it in the text.
        return f'"{_tokens(term)[:-2]}"'
    return f'"{_tokens(term)}"*'
