"""Two officers accept a vault that was put back or restored: only then is it written to again."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from deskoffice.domain.errors import VaultError
from deskoffice.vault import closing
from deskoffice.vault.attempts import Attempts
from deskoffice.vault.rollback import RESTORED, ROLLED_BACK, restored_checkpoint
from deskoffice.vault.second import Officer, prove
from deskoffice.vault.tables import account_key
from deskoffice.vault.vault import Vault

ROLLBACK_ACCEPTED = "vault.rollback.accepted"
RESTORE_ACCEPTED = "vault.restore.accepted"


def waits_for(vault: Vault) -> str:
    """The act, as the log names it, that two officers have to sign before anything is written; empty if none."""
    if vault.rollback is not None:
        return ROLLBACK_ACCEPTED
    return RESTORE_ACCEPTED if restored_checkpoint(vault.folder) is not None else ""


def hold(vault: Vault) -> None:
    """Let nothing be written in a restored vault that nobody has accepted."""
    if vault.database.refusal is None and waits_for(vault):
        vault.database.refusal = VaultError("vault_restored")


def accept(vault: Vault, officers: Sequence[Officer]) -> None:
    """Enter with two officers' signatures that the log goes on from here, and let writing go on.

    The entry names both ends of the log, the one that was seen outside and this. VaultError
    `vault_two_officers_needed` when there are not two different ones, `vault_damaged` when more is wrong than an old
    state, `vault_not_rolled_back`.
    """
    act = waits_for(vault)
    if not act:
        raise VaultError("vault_not_rolled_back")
    if any(problem.code != ROLLED_BACK for problem in vault.problems):
        raise VaultError("vault_damaged", file=vault.database.path.name)
    detail = _detail(vault)
    signatures = _signatures(vault, officers, statement(vault))
    vault.database.refusal = None
    with vault.database.write() as session:
        vault.audit.append(session, act, f"vault:{vault.id}", {**detail, **signatures})
        vault.audit.sign(session)
    closing.drop(vault.folder)
    vault.files = None  # what lay there before is accepted with all else
    (vault.folder / RESTORED).unlink(missing_ok=True)
    Attempts(vault.folder, bytes.fromhex(vault.id), vault.clock).reported(vault.login)
    vault.verify()


def statement(vault: Vault) -> bytes:
    """What the officers sign."""
    fields = "".join(f"{value}\n" for value in _detail(vault).values())
    return f"deskoffice/{waits_for(vault)}\n{vault.id}\n{fields}".encode()


def _detail(vault: Vault) -> Mapping[str, str | int]:
    size, root = vault.audit.end()
    restored = restored_checkpoint(vault.folder)
    if vault.rollback is not None:
        seen_size, seen_root = vault.rollback.seen_size, vault.rollback.seen_root
    elif restored is not None:
        seen_size, seen_root = restored.size, restored.root
    else:
        raise VaultError("vault_not_rolled_back")
    return {"seen": seen_size, "seen_root": seen_root.hex(), "found": size, "found_root": root.hex()}


def _signatures(vault: Vault, officers: Sequence[Officer], signed: bytes) -> dict[str, str]:
    with vault.database.read() as session:
        named = select(account_key.c.id).where(account_key.c.office.is_(False), account_key.c.disabled_at.is_(None))
        allowed = set(session.scalars(named))
    found: dict[str, str] = {}
    for officer in officers:
        account_id, signature = prove(vault, officer, signed)
        if account_id in allowed:
            found[f"officer_{account_id}"] = signature.hex()
    if len(found) < 2:
        raise VaultError("vault_two_officers_needed")
    return found
