"""A pytest plugin: for every audited act the cheapest tests that do it are run again, with a log that refuses it.

The first, ordinary run notes which test enters what in its own call, and how long it takes. In the run after it the
log refuses one entry. What the vault holds must then be, row for row and with its header, what it was before the
transaction began: what cannot be entered does not happen. Beside it every write is noted that changes rows and enters
nothing. What was found is written to the file that DESKOFFICE_UNLOGGED names.
"""

import hashlib
import inspect
import json
import os
import time
from collections import defaultdict
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from deskoffice.domain.errors import EnvironmentFailure
from deskoffice.vault.audit import AuditLog
from deskoffice.vault.database import FILE_NAME, Database

ASKED = "DESKOFFICE_UNLOGGED"
TRIES = 4
"""A refused act may hide behind another that the same test does: so many tests are asked, the cheapest first."""
Enter = Callable[..., int]


def committed(database: Database) -> str:
    """One hash over the header and all rows of all tables, as everybody but the transaction that runs sees them."""
    header = database.path.parent / "vault.json"
    whole = hashlib.sha256(header.read_bytes() if header.exists() else b"")
    with database.read() as session:
        connection = session.connection()
        names = connection.exec_driver_sql("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        for name in [row[0] for row in names]:
            for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"'):
                whole.update(repr(tuple(row)).encode())
    return whole.hexdigest()


class Walk:
    """Takes the place of the log's pen and watches every write."""

    def __init__(self) -> None:
        self.shown: dict[str, str] = {}
        self.left: dict[str, str] = {}
        self.silent: dict[str, str] = {}
        self._drivers: defaultdict[str, list[tuple[float, pytest.Item]]] = defaultdict(list)
        self._entered: set[str] = set()
        self._entries, self._is_called, self._is_open = 0, False, True
        self._wanted, self._before, self._test = "", "", ""
        self._write, self._enter = Database.write, AuditLog._enter
        Database.write = self.writing()  # type: ignore[method-assign]  # for this whole run of pytest
        AuditLog._enter = self.entering()  # type: ignore[method-assign]  # see above
        self._wait = QtBot.waitUntil
        QtBot.waitUntil = self.waiting()

    def entering(self) -> Enter:
        def enter(log: AuditLog, session: Session, state: object, action: str, *rest: object, **named: object) -> int:
            self._entered.add(action)
            self._entries += 1
            if self._is_called and action == self._wanted and not self._before:
                self._before = committed(log._database)
                raise EnvironmentFailure("disk_failed")
            return self._enter(log, session, state, action, *rest, **named)  # type: ignore[arg-type]  # as they came

        return enter

    def waiting(self) -> Callable[..., None]:
        """A window that is to show a refused act would be waited for until the patience ends."""

        def wait(bot: QtBot, callback: Callable[[], bool | None], *, timeout: int = 5000) -> None:
            def is_there() -> bool | None:
                if self._before and not self._is_open:
                    raise EnvironmentFailure("disk_failed")
                return callback()

            self._wait(bot, is_there, timeout=timeout)

        return wait

    def writing(self) -> Callable[[Database], object]:
        @contextmanager
        def write(database: Database) -> Iterator[Session]:
            if database.path.name != FILE_NAME:  # an index is made of what the log knows
                with self._write(database) as session:
                    yield session
                return
            was_refused, entries = bool(self._before), self._entries
            try:
                with self._write(database) as session:
                    connection = session.connection().connection.dbapi_connection
                    changes = connection.total_changes
                    yield session
                    session.flush()
                    if connection.total_changes != changes and self._entries == entries:
                        self.silent[_writer()] = self._test
            finally:
                if self._before and not was_refused:
                    self._compare(database)

        return write

    def _compare(self, database: Database) -> None:
        self._is_open = False
        found = self.shown if committed(database) == self._before else self.left
        found[self._wanted] = self._test

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        # After the last comes the first: what all tests share is kept for the run with the refusals.
        for item, following in zip(session.items, [*session.items[1:], session.items[0]], strict=True):
            self._test, self._entered, begun = item.nodeid, set(), time.process_time()
            item.ihook.pytest_runtest_protocol(item=item, nextitem=following)
            for code in self._entered:
                self._drivers[code].append((time.process_time() - begun, item))
        for code, drivers in self._drivers.items():
            for _, item in sorted(drivers, key=lambda driver: driver[0])[:TRIES]:
                if code not in self.shown:
                    self._refuse(code, item)
        session._setupstate.teardown_exact(None)
        return True

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self) -> Generator[None, None, None]:
        """What a fixture enters is not counted: it may be shared, and then it is not entered again."""
        self._entered, self._is_called = set(), True
        yield
        self._is_called = False

    def _refuse(self, code: str, item: pytest.Item) -> None:
        """What came before in the vault of another module is taken down, what this module's tests share stays."""
        for _ in range(2):  # a window may keep what is typed in the same moment: what is left is left each time
            self.left.pop(code, None)
            self._test, self._wanted, self._before, self._is_open = item.nodeid, code, "", True
            item.session._setupstate.teardown_exact(item)
            item._initrequest()  # type: ignore[attr-defined]  # as pytest-rerunfailures does
            runtestprotocol(item, nextitem=item.parent, log=False)
            if code not in self.left:
                break
        self._wanted = ""

    def pytest_sessionfinish(self) -> None:
        found = {"shown": self.shown, "left": self.left, "silent": self.silent}
        Path(os.environ[ASKED]).write_text(json.dumps(found))


def _writer() -> str:
    """The function of the program that opened the transaction."""
    frame = inspect.currentframe()
    while frame is not None:
        module = str(frame.f_globals.get("__name__", ""))
        if module.startswith("deskoffice.") and not module.endswith(("usecases.office", "vault.database")):
            return f"{module.removeprefix('deskoffice.')}.{frame.f_code.co_name}"
        frame = frame.f_back
    return "test"


def pytest_configure(config: pytest.Config) -> None:
    """Only where it is asked for by name."""
    config.pluginmanager.register(Walk())
