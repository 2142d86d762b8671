"""Acts on the whole vault that two officers do together: go on after a restore or a rollback, new key, copy."""

from pathlib import Path

from deskoffice.domain.access import JointAct
from deskoffice.domain.errors import NotAllowed
from deskoffice.domain.people import OFFICERS, AccountRow
from deskoffice.storage import people
from deskoffice.usecases import joint
from deskoffice.usecases.joint import Second
from deskoffice.usecases.office import Office
from deskoffice.vault import ceremony, copying, rekey
from deskoffice.vault.second import Officer


def waits_for(office: Office) -> str:
    """`vault.restore.accepted` or `vault.rollback.accepted` while two officers have to sign it; else empty."""
    return ceremony.waits_for(office.vault)


def officers(office: Office) -> tuple[AccountRow, ...]:
    """三员 who can be present."""
    with office.read() as session:
        return tuple(row for row in people.accounts(session) if row.roles & OFFICERS and not row.is_disabled)


def accept(office: Office, first: Second, second: Second) -> None:
    """Two officers, each with his own password, let writing go on; anybody may have logged in."""
    officers = [Officer(one.login.strip(), one.password, one.key_file) for one in (first, second)]
    ceremony.accept(office.vault, officers)


def change_database_key(office: Office, second: Second) -> None:
    """Copy the database under a new key; the vault is closed then, and everybody logs in again."""
    present = joint.prove(office, JointAct.REKEY, second)
    with office.act() as act:
        present.record(act, "access.key.changed")
    rekey.change_database_key(office.vault)


def copy_out(office: Office, second: Second, target: Path) -> Path:
    """A copy of the whole vault in a new folder, as it is: opened with the same passwords."""
    if not office.is_writable:
        raise NotAllowed("role_missing")
    present = joint.prove(office, JointAct.COPY_OUT, second)
    with office.act() as act:
        present.record(act, "access.vault.copied", f"copy:{target.name}")
    return copying.copy_out(office.vault, target)
