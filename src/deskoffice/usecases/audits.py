"""The log as the auditor uses it: read, signed, taken outside."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from deskoffice.domain.people import Role
from deskoffice.storage import people
from deskoffice.usecases.office import CHINA, Office
from deskoffice.vault.audit import AuditEntry, AuditVerdict, Checkpoint

PAGE = 200
Progress = Callable[[int, int], bool]


def verify(office: Office, progress: Progress | None = None) -> AuditVerdict:
    """Read the whole log and say also what the unlocking found; anybody may ask for the verdict."""
    verdict = office.vault.audit.verify(progress)
    found = tuple(dict.fromkeys((*verdict.problems, *office.vault.problems)))
    return replace(verdict, ok=not found, problems=found)


def latest(office: Office, *, before: int | None = None, on: date | None = None) -> tuple[AuditEntry, ...]:
    """A page of entries, newest first, of one day when it is given; the auditor's alone."""
    office.require(Role.AUDIT_ADMIN)
    with office.read() as session:
        if on is None:
            return tuple(office.vault.audit.latest(session, before=before, limit=PAGE))
        start = datetime.combine(on, time(), CHINA)
        found = office.vault.audit.latest(
            session, before=before, limit=PAGE, since=start, until=start + timedelta(days=1)
        )
        return tuple(found)


def names(office: Office) -> dict[int, str]:
    """Who is behind an account number, for the page of the log."""
    with office.read() as session:
        return {row.id: row.name for row in people.accounts(session)}


def checkpoint(office: Office, out: Path) -> Checkpoint:
    """Sign the log as it stands into a file that is kept outside the vault."""
    office.require(Role.AUDIT_ADMIN)
    return office.vault.audit.checkpoint(out)


def export(office: Office, out: Path) -> int:
    """Leaf hashes and checkpoints for the separate verifier; gives the number of entries."""
    office.require(Role.AUDIT_ADMIN)
    return office.vault.audit.export(out)
