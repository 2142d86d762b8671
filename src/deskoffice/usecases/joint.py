"""双人在场: the second person types his own password, and both names stand in the log."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from deskoffice.domain.access import JointAct, check_joint, may_begin, may_join
from deskoffice.domain.errors import NotAllowed
from deskoffice.domain.people import AccountRow
from deskoffice.storage import people
from deskoffice.usecases.office import Act, Office
from deskoffice.vault import second as vault_second
from deskoffice.vault.second import Officer


@dataclass(frozen=True, slots=True, repr=False)
class Second:
    """What the second person types."""

    login: str
    password: str
    key_file: Path | None = None


@dataclass(frozen=True, slots=True)
class Present:
    """The second person, proved: his account and his signature under what both do."""

    account_id: int
    name: str
    signature: str

    def record(self, act: Act, action: str, subject: str = "", **detail: str | int | bool | None) -> None:
        """The entry of a joint act: who acts writes it, who joined stands in it."""
        act.record_other(action, subject, second=self.account_id, signature=self.signature, **detail)


def partners(office: Office, act: JointAct) -> Sequence[AccountRow]:
    """Who can be asked to join."""
    with office.read() as session:
        rows = people.accounts(session)
    mine = office.actor
    return tuple(
        row
        for row in rows
        if not row.is_disabled and row.id != mine.account_id and may_join(act, mine.roles, row.roles)
    )


def prove(office: Office, act: JointAct, second: Second, *, subject: str = "") -> Present:
    """The second person, if he may join and his password is right; the signature is for this act and moment alone."""
    if not may_begin(act, office.actor.roles):
        raise NotAllowed("role_missing")
    with office.read() as session:
        rows = {row.login: row for row in people.accounts(session) if not row.is_disabled}
    size, root = office.vault.audit.end()
    first = office.actor.account_id
    statement = f"deskoffice/joint\n{office.vault.id}\n{act.value}\n{subject}\n{first}\n{size}\n{root.hex()}\n"
    account_id, signature = vault_second.prove(
        office.vault, Officer(second.login.strip(), second.password, second.key_file), statement.encode()
    )
    row = rows[second.login.strip()]
    check_joint(act, (first, office.actor.roles), (account_id, row.roles))
    return Present(account_id, row.name, signature.hex())
