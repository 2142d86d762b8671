"""Failed log-ins: a growing delay, a lock-out by policy, and a note for the audit log.

The counts lie beside the header and once more outside the vault's folder: who takes one of them away is not freed of
waiting, and at the next unlocking it is seen that somebody tried.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from deskoffice.domain.errors import EnvironmentFailure, VaultError
from deskoffice.vault import disk
from deskoffice.vault.state import state_folder
from deskoffice.vault.tables import vault_value

FILE_NAME = "attempts"
_ANNOUNCED = "attempts_kept"
_NOTED = 200
_NAMES = 200
_MAX_BYTES = 1 << 20
_LAST_MOMENT = 1 << 35
"""Beyond it there is no date."""


@dataclass(frozen=True, slots=True)
class AttemptPolicy:
    """How many wrong passwords are free, and what the next ones cost in seconds."""

    free: int = 2
    first_delay: int = 5
    lock_out_after: int = 5
    lock_out: int = 1800

    def delay(self, failures: int) -> int:
        """Seconds to wait after so many failures in a row."""
        if failures >= self.lock_out_after:
            return self.lock_out
        if failures <= self.free:
            return 0
        tripled: int = self.first_delay * 3 ** (failures - self.free - 1)
        return min(tripled, self.lock_out)


@dataclass(slots=True)
class _Record:
    """One login name's failures since its last success; `noted` are the moments not yet in the audit log."""

    failures: int = 0
    last: int = 0
    noted: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Book:
    """The counts by login name; `turn` grows whenever they begin anew, 0 where no counts were found."""

    turn: int = 0
    records: dict[str, _Record] = field(default_factory=dict)

    def is_behind(self, other: "_Book") -> bool:
        """Whether the other one knows of failures that are missing here."""
        if other.turn != self.turn:
            return other.turn > self.turn
        return any(one.failures > self.failures(login) for login, one in other.records.items())

    def failures(self, login: str) -> int:
        return self.records[login].failures if login in self.records else 0


class Attempts:
    """Counts in front of the password. Who can write to the vault's folder and to the state folder of the person who
    works can make both say what he likes, as he can copy the vault and try there: it slows people, not machines."""

    def __init__(
        self, folder: Path, vault_id: bytes, clock: Callable[[], datetime], policy: AttemptPolicy | None = None
    ) -> None:
        place = hashlib.sha256(f"{vault_id.hex()} {folder.resolve()}".encode()).hexdigest()[:32]
        self._path, self._outside = folder / FILE_NAME, state_folder() / FILE_NAME / place
        self._clock = clock
        self._policy = policy or AttemptPolicy()

    def refuse_if_early(self, login: str) -> None:
        """VaultError `vault_locked_out` with the seconds to wait; nothing sleeps."""
        book = self._load()
        record = book.records.get(login)
        if record is None:
            return
        if record.last > self._now():
            # A clock set back must not lengthen the wait: it begins now.
            record.last = self._now()
            with suppress(EnvironmentFailure):
                self._store(book)
        left = record.last + self._policy.delay(record.failures) - self._now()
        if left > 0:
            raise VaultError("vault_locked_out", seconds=left)

    def failed(self, login: str) -> None:
        """Count a wrong password; on a read-only medium nothing can be counted."""
        book = self._load()
        records = book.records
        # Guessed names would fill the disk: the one longest quiet makes room.
        if login not in records and len(records) >= _NAMES:
            del records[min(records, key=lambda name: records[name].last)]
        record = records.setdefault(login, _Record())
        record.failures += 1
        record.last = self._now()
        record.noted = [*record.noted, record.last][-_NOTED:]
        try:
            self._store(book)
        except EnvironmentFailure as error:
            if error.code != "disk_read_only":
                raise

    def unreported(self) -> dict[str, list[int]]:
        """The moments of failures by login name that the audit log has not yet."""
        return {login: record.noted for login, record in self._load().records.items() if record.noted}

    def were_exchanged(self, session: Session) -> bool:
        """Whether the counts that should lie in the folder are gone, or know less than those outside."""
        here = _read(self._path)
        return is_announced(session) and (here.turn == 0 or here.is_behind(_read(self._outside)))

    def reported(self, login: str) -> None:
        """All notes stand in the audit log now, and this account's count begins anew."""
        book = self._load()
        book.records.pop(login, None)
        for record in book.records.values():
            record.noted = []
        self._begin(book)

    def forgive(self, login: str) -> None:
        """Begin the count anew after a reset; what was noted still goes into the log."""
        book = self._load()
        if login in book.records:
            book.records[login].failures = 0
        self._begin(book)

    def _now(self) -> int:
        return int(self._clock().timestamp())

    def _load(self) -> _Book:
        here, outside = _read(self._path), _read(self._outside)
        return outside if here.is_behind(outside) else here

    def _begin(self, book: _Book) -> None:
        book.turn = max(_read(self._path).turn, _read(self._outside).turn) + 1
        self._store(book)

    def _store(self, book: _Book) -> None:
        """Outside only behind it: what is kept there never knows more unless somebody took it away here."""
        raw = _encoded(book.turn, book.records)
        disk.replace(self._path, raw)
        with suppress(EnvironmentFailure, OSError):
            self._outside.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            disk.replace(self._outside, raw)


def begin(folder: Path) -> None:
    """Counts for a vault that comes to be in this folder, restored or copied: that they are missing would accuse."""
    disk.replace(folder / FILE_NAME, _encoded(1, {}))


def is_announced(session: Session) -> bool:
    """Whether this vault was closed by a program that always keeps the counts."""
    return session.scalar(select(vault_value.c.name).where(vault_value.c.name == _ANNOUNCED)) is not None


def announce(session: Session) -> bool:
    """Enter in the vault, once, that counts are kept; whether that was news."""
    if is_announced(session):
        return False
    session.execute(insert(vault_value), {"name": _ANNOUNCED, "value": b""})
    return True


def _encoded(turn: int, records: Mapping[str, _Record]) -> bytes:
    counts = {login: asdict(record) for login, record in records.items()}
    return json.dumps({"turn": turn, "counts": counts}).encode()


def _read(path: Path) -> _Book:
    """What older programs wrote has no turn."""
    try:
        with disk.opened(path) as file:
            found = json.loads(file.read(_MAX_BYTES))
        turn, counts = (_whole(found["turn"]), found["counts"]) if "turn" in found else (0, found)
        return _Book(turn, {str(login): _record(fields) for login, fields in counts.items()})
    except (OSError, ValueError, TypeError, AttributeError, KeyError, RecursionError):
        return _Book()


def _record(fields: dict[str, object]) -> _Record:
    noted = fields["noted"]
    if not isinstance(noted, list):
        raise TypeError
    return _Record(_whole(fields["failures"]), _moment(fields["last"]), [_moment(moment) for moment in noted])


def _whole(value: object) -> int:
    if type(value) is not int or value < 0:
        raise TypeError
    return value


def _moment(value: object) -> int:
    if _whole(value) >= _LAST_MOMENT:
        raise ValueError
    return _whole(value)
