"""Sessions on the vault's engine: one writer with an immediate transaction, readers beside it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker

from deskoffice.domain.errors import DeskOfficeError, EnvironmentFailure, VaultError
from deskoffice.vault import engine as engines
from deskoffice.vault.kdf import wipe

FILE_NAME = "vault.db"
_FAILURES = {"SQLITE_FULL": "disk_full", "SQLITE_READONLY": "disk_read_only", "SQLITE_BUSY": "database_busy"}
_DAMAGE = ("SQLITE_NOTADB", "SQLITE_CORRUPT")


class Database:
    """The open database; `path` and `key` are for maintenance connections (backup, check).

    `refusal` is raised by every write: set on a read-only medium, and when the vault was found to be rolled back.
    """

    def __init__(self, path: Path, key: bytearray, *, mode: str = "rw") -> None:
        self.path = path
        self.key = key
        self.is_read_only = mode == "immutable"
        self.engine = engines.make_engine(path, key, mode=mode)
        self.sessions = sessionmaker(self.engine, expire_on_commit=False)
        self.refusal: DeskOfficeError | None = EnvironmentFailure("disk_read_only") if self.is_read_only else None
        self._reading = self.engine.execution_options(readonly=True)
        self.make_room: Callable[[], bool] = lambda: False
        self._finishing: list[Callable[[Session], None]] = []

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one state of the database; what it changes is dropped."""
        with _translated(), self.sessions(bind=self._reading, autoflush=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session whose changes are committed together at the end, or not at all.

        On a full disk the reserve is given up, so that the next try, an export or a deletion has room.
        """
        if self.refusal is not None:
            raise self.refusal
        try:
            with self._committed() as session:
                yield session
        except EnvironmentFailure as error:
            if error.code == "disk_full" and self.make_room():
                raise EnvironmentFailure("disk_full_reserve_freed") from error
            raise

    @contextmanager
    def _committed(self) -> Iterator[Session]:
        with _translated(), self.sessions.begin() as session:
            session.connection()  # begins now, so that the first read is already behind the write lock
            if self.refusal is not None:  # whoever waited for the lock while the vault was closed
                raise self.refusal
            yield session
            if session.in_transaction():  # not after a rollback by the caller
                for finish in self._finishing:
                    finish(session)

    def before_commit(self, finish: Callable[[Session], None]) -> None:
        """Do this at the end of every write, inside its transaction."""
        self._finishing.append(finish)

    def unfolded(self) -> int:
        """Pages of committed writes that are in the write-ahead log; asking folds in what nobody reads."""
        with _translated(), self._reading.connect() as connection:
            _, pages, _ = connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)").one()
        return int(pages)

    def close(self) -> None:
        """Close every connection, which folds the write-ahead log back, and wipe the key."""
        self.engine.dispose()
        wipe(self.key)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        known = translation(error)
        if known is None:
            raise
        raise known from error


def translation(error: DBAPIError) -> DeskOfficeError | None:
    """What a failure of the engine means for a person; None for a mistake of the program."""
    name = str(getattr(error.orig, "sqlite_errorname", ""))
    if name.startswith(_DAMAGE):
        return VaultError("vault_damaged", file=FILE_NAME)
    for prefix, code in _FAILURES.items():
        if name.startswith(prefix):
            return EnvironmentFailure(code)
    if name.startswith(("SQLITE_IOERR", "SQLITE_CANTOPEN")):
        return EnvironmentFailure("disk_failed")
    return None
