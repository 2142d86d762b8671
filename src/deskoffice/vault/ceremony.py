"""Two officers accept a vault that was put back: only then is it written to again."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from deskoffice.domain.errors import VaultError
from deskoffice.vault import header as headers
from deskoffice.vault import kdf, slots
from deskoffice.vault.rollback import RESTORED, ROLLED_BACK, Rollback
from deskoffice.vault.tables import account_key
from deskoffice.vault.vault import Vault

ACCEPTED = "vault.rollback.accepted"


@dataclass(frozen=True, slots=True, repr=False)
class Officer:
    """One who is present: log-in name, password, and the key file where the slot asks for one."""

    login: str
    password: str
    key_file: Path | None = None


def accept_rollback(vault: Vault, officers: Sequence[Officer]) -> None:
    """Enter with two officers' signatures that the log begins anew from here, and let writing go on.

    The entry names both ends of the log, the lost one and this. VaultError `vault_two_officers_needed` when there are
    not two different ones, `vault_damaged` when more is wrong than an old state, `vault_not_rolled_back`.
    """
    rollback = vault.rollback
    if rollback is None:
        raise VaultError("vault_not_rolled_back")
    if any(problem.code != ROLLED_BACK for problem in vault.problems):
        raise VaultError("vault_damaged", file=vault.database.path.name)
    detail = _detail(vault, rollback)
    signatures = _signatures(vault, officers, statement(vault, rollback))
    vault.database.refusal = None
    with vault.database.write() as session:
        vault.audit.append(session, ACCEPTED, f"vault:{vault.id}", detail | signatures)
        vault.audit.sign(session)
    (vault.folder / RESTORED).unlink(missing_ok=True)
    vault.verify()


def statement(vault: Vault, rollback: Rollback) -> bytes:
    """What the officers sign."""
    fields = "".join(f"{value}\n" for value in _detail(vault, rollback).values())
    return f"deskoffice/{ACCEPTED}\n{vault.id}\n{fields}".encode()


def _detail(vault: Vault, rollback: Rollback) -> dict[str, str | int | bool | None]:
    size, root = vault.audit.end()
    return {
        "seen": rollback.seen_size,
        "seen_root": rollback.seen_root.hex(),
        "found": size,
        "found_root": root.hex(),
    }


def _signatures(vault: Vault, officers: Sequence[Officer], signed: bytes) -> dict[str, str | int | bool | None]:
    header, _ = headers.load(vault.folder)
    with vault.database.read() as session:
        named = select(account_key.c.id).where(account_key.c.office.is_(False), account_key.c.disabled_at.is_(None))
        allowed = set(session.scalars(named))
    found: dict[str, str | int | bool | None] = {}
    for officer in officers:
        slot, bundle = slots.open_slot(header, officer.login, officer.password, kdf.read_key_file(officer.key_file))
        if slot.account in allowed:
            found[f"officer_{slot.account}"] = bundle.signing.sign(signed).hex()
        bundle.wipe()
    if len(found) < 2:
        raise VaultError("vault_two_officers_needed")
    return found
