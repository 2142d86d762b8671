"""A pytest plugin: each test is run again once for every audited act in it that no test before has shown.

In that run the log refuses the entry. What the vault holds must then be, row for row and with its header, what it was
before the transaction began: what cannot be entered does not happen. Beside it every write is noted that changes rows
and enters nothing. What was found is written to the file that DESKOFFICE_UNLOGGED names.
"""

import hashlib
import inspect
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol
from sqlalchemy.orm import Session

from deskoffice.domain.errors import EnvironmentFailure
from deskoffice.vault.audit import AuditLog
from deskoffice.vault.database import Database

ASKED = "DESKOFFICE_UNLOGGED"
TRIES = 4
"""A code that only stands in what several tests share is not entered again when one of them is."""
Enter = Callable[..., int]


def committed(database: Database) -> str:
    """One hash over the header and all rows of all tables, as everybody but the transaction that runs sees them."""
    whole = hashlib.sha256((database.path.parent / "vault.json").read_bytes())
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
        self.entered: dict[str, None] = {}
        self.shown: dict[str, str] = {}
        self.left: dict[str, str] = {}
        self.silent: dict[str, str] = {}
        self._entries = 0
        self._tried: Counter[str] = Counter()
        self._wanted, self._before = "", ""
        self._write, self._enter = Database.write, AuditLog._enter
        Database.write = self.writing()  # type: ignore[method-assign]  # for this whole run of pytest
        AuditLog._enter = self.entering()  # type: ignore[method-assign]  # see above

    def entering(self) -> Enter:
        def enter(log: AuditLog, session: Session, state: object, action: str, *rest: object, **named: object) -> int:
            self.entered[action] = None
            self._entries += 1
            if action == self._wanted and not self._before:
                self._before = committed(log._database)
                raise EnvironmentFailure("disk_failed")
            return self._enter(log, session, state, action, *rest, **named)  # type: ignore[arg-type]  # as they came

        return enter

    def writing(self) -> Callable[[Database], object]:
        @contextmanager
        def write(database: Database) -> Iterator[Session]:
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
        found = self.shown if committed(database) == self._before else self.left
        found[self._wanted] = self._test

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item | None) -> bool:
        self._test, self._wanted, self._before = item.nodeid, "", ""
        self.entered.clear()
        for report in self._run(item):
            item.ihook.pytest_runtest_logreport(report=report)
        for code in [code for code in self.entered if code not in self.shown and self._tried[code] < TRIES]:
            self._tried[code] += 1
            self._wanted, self._before = code, ""
            self._run(item)
        self._wanted = ""
        item.session._setupstate.teardown_exact(nextitem)
        return True

    def _run(self, item: pytest.Item) -> list[pytest.TestReport]:
        item._initrequest()  # type: ignore[attr-defined]  # as pytest-rerunfailures does
        return runtestprotocol(item, nextitem=item.parent, log=False)

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
