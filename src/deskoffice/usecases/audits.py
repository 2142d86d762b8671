"""The log as the auditor uses it: read, signed, taken outside."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from deskoffice.domain.people import Role
from deskoffice.storage import people
from deskoffice.usecases.office import CHINA, Office
from deskoffice.vault.audit import AuditEntry, AuditVerdict, Checkpoint, Wanted

PAGE = 200
Progress = Callable[[int, int], bool]


def verify(office: Office, progress: Progress | None = None) -> AuditVerdict:
    """Read the whole log and say also what the unlocking found; anybody may ask for the verdict."""
    verdict = office.vault.audit.verify(progress)
    found = tuple(dict.fromkeys((*verdict.problems, *office.vault.problems)))
    return replace(verdict, ok=not found, problems=found)


@dataclass(frozen=True, slots=True)
class Sieve:
    """Which entries the auditor wants to see; everything by default."""

    since: date | None = None
    until: date | None = None
    """Included."""
    account_id: int | None = None
    action: str = ""
    """How the act's code begins."""


def latest(office: Office, *, before: int | None = None, sieve: Sieve | None = None) -> tuple[AuditEntry, ...]:
    """A page of entries, newest first; the auditor's alone."""
    office.require(Role.AUDIT_ADMIN)
    asked = sieve or Sieve()
    wanted: Wanted = {}
    if asked.since is not None:
        wanted["since"] = datetime.combine(asked.since, time(), CHINA)
    if asked.until is not None:
        wanted["until"] = datetime.combine(asked.until + timedelta(days=1), time(), CHINA)
    if asked.account_id is not None:
        wanted["account_id"] = asked.account_id
    if asked.action:
        wanted["action"] = asked.action
    with office.read() as session:
        return tuple(office.vault.audit.latest(session, before=before, limit=PAGE, **wanted))


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
