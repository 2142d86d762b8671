"""Failed log-ins: a growing delay, a lock-out by policy, and a note for the audit log."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from deskoffice.domain.errors import EnvironmentFailure, VaultError
from deskoffice.vault import disk

FILE_NAME = "attempts"
_NOTED = 200
_NAMES = 200
_MAX_BYTES = 1 << 20


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


class Attempts:
    """The file beside the header. Who can delete it can copy the vault too: it slows people, not machines."""

    def __init__(self, folder: Path, clock: Callable[[], datetime], policy: AttemptPolicy) -> None:
        self._path = folder / FILE_NAME
        self._clock = clock
        self._policy = policy

    def refuse_if_early(self, login: str) -> None:
        """VaultError `vault_locked_out` with the seconds to wait; nothing sleeps."""
        record = self._load().get(login)
        if record is None:
            return
        delay = self._policy.delay(record.failures)
        # A clock set back must not lengthen the wait beyond the policy's.
        left = min(record.last + delay - self._now(), delay)
        if left > 0:
            raise VaultError("vault_locked_out", seconds=left)

    def failed(self, login: str) -> None:
        """Count a wrong password; on a read-only medium nothing can be counted."""
        records = self._load()
        # Guessed names would fill the disk: the one longest quiet makes room.
        if login not in records and len(records) >= _NAMES:
            del records[min(records, key=lambda name: records[name].last)]
        record = records.setdefault(login, _Record())
        record.failures += 1
        record.last = self._now()
        record.noted = [*record.noted, record.last][-_NOTED:]
        try:
            self._store(records)
        except EnvironmentFailure as error:
            if error.code != "disk_read_only":
                raise

    def unreported(self) -> dict[str, list[int]]:
        """The moments of failures by login name that the audit log has not yet."""
        return {login: record.noted for login, record in self._load().items() if record.noted}

    def reported(self, login: str) -> None:
        """All notes stand in the audit log now, and this account's count begins anew."""
        records = self._load()
        if not records:
            return
        records.pop(login, None)
        for record in records.values():
            record.noted = []
        self._store(records)

    def forgive(self, login: str) -> None:
        """Begin the count anew after a reset; what was noted still goes into the log."""
        records = self._load()
        if login in records:
            records[login].failures = 0
            self._store(records)

    def _now(self) -> int:
        return int(self._clock().timestamp())

    def _load(self) -> dict[str, _Record]:
        try:
            with self._path.open("rb") as file:
                found = json.loads(file.read(_MAX_BYTES))
            return {str(login): _record(fields) for login, fields in found.items()}
        except (OSError, ValueError, TypeError, AttributeError, KeyError, RecursionError):
            return {}

    def _store(self, records: dict[str, _Record]) -> None:
        lines = {login: asdict(record) for login, record in records.items()}
        disk.replace(self._path, json.dumps(lines).encode())


def _record(fields: dict[str, object]) -> _Record:
    noted = fields["noted"]
    if not isinstance(noted, list):
        raise TypeError
    return _Record(_whole(fields["failures"]), _whole(fields["last"]), [_whole(moment) for moment in noted])


def _whole(value: object) -> int:
    if type(value) is not int:
        raise TypeError
    return value
