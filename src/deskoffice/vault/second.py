"""The second of two persons proves with his own password that he is there, and signs what both do."""

from dataclasses import dataclass
from pathlib import Path

from deskoffice.domain.errors import VaultError
from deskoffice.vault import header as headers
from deskoffice.vault import kdf, slots
from deskoffice.vault.attempts import Attempts
from deskoffice.vault.vault import Vault


@dataclass(frozen=True, slots=True, repr=False)
class Officer:
    """One who is present: log-in name, password, and the key file where the slot asks for one."""

    login: str
    password: str
    key_file: Path | None = None


def prove(vault: Vault, officer: Officer, statement: bytes) -> tuple[int, bytes]:
    """His account and his signature; wrong passwords count as they do at log-in."""
    header, _ = headers.load(vault.folder)
    attempts = Attempts(vault.folder, header.vault_id, vault.clock)
    attempts.refuse_if_early(officer.login)
    try:
        slot, bundle = slots.open_slot(header, officer.login, officer.password, kdf.read_key_file(officer.key_file))
    except VaultError:
        attempts.failed(officer.login)
        raise
    attempts.forgive(officer.login)
    signature = bundle.signing.sign(statement)
    bundle.wipe()
    return slot.account, signature
