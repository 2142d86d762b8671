"""Opening and closing the slot of an account: password and key file in, key bundle out."""

import json
import os

from cryptography.exceptions import InvalidTag

from deskoffice.domain.errors import VaultError
from deskoffice.vault import kdf
from deskoffice.vault.header import Header, Slot
from deskoffice.vault.kdf import KdfCost
from deskoffice.vault.keys import KeyBundle
from deskoffice.vault.suite import INTERNATIONAL

_SALT_BYTES = kdf.SALT_BYTES


def wrong_password() -> VaultError:
    """The one answer to every cause: a guesser must not learn which part was right."""
    return VaultError("vault_wrong_password")


def close_slot(
    vault_id: bytes,
    *,
    account: int,
    login: str,
    bundle: KeyBundle,
    password: str,
    cost: KdfCost,
    key_file: bytes | None,
) -> Slot:
    """A new slot with a new salt."""
    salt = os.urandom(_SALT_BYTES)
    empty = Slot(account, login, cost, salt, key_file is not None, b"")
    key = kdf.derive(password, salt, cost, key_file)
    try:
        sealed = INTERNATIONAL.seal(bytes(key), bundle.encode(), _context(vault_id, empty))
    finally:
        kdf.wipe(key)
    return Slot(account, login, cost, salt, key_file is not None, sealed)


def open_slot(header: Header, login: str, password: str, key_file: bytes | None) -> tuple[Slot, KeyBundle]:
    """The account's keys. Every refusal takes the time of one guess and reads the same."""
    slot = header.slot(login)
    if (
        slot is None
        or not slot.cost.is_allowed()
        or slot.key_file != (key_file is not None)
        or len(slot.salt) != _SALT_BYTES
    ):
        _spend_a_guess(header, password)
        raise wrong_password()
    key = kdf.derive(password, slot.salt, slot.cost, key_file)
    try:
        return slot, KeyBundle.decode(INTERNATIONAL.open(bytes(key), slot.sealed, _context(header.vault_id, slot)))
    except (InvalidTag, ValueError):
        # from None: the frames of the cause hold the derived key.
        raise wrong_password() from None
    finally:
        kdf.wipe(key)


def _is_plausible(slot: Slot) -> bool:
    return slot.cost.is_allowed() and len(slot.salt) == _SALT_BYTES


def _spend_a_guess(header: Header, password: str) -> None:
    cost = next((slot.cost for slot in header.slots if slot.cost.is_allowed()), KdfCost())
    kdf.wipe(kdf.derive(password, bytes(_SALT_BYTES), cost, None))


def _context(vault_id: bytes, slot: Slot) -> bytes:
    """Bound to the sealed bundle: a slot of another account or vault, or with altered costs, does not open."""
    cost = slot.cost
    fields = [
        "slot/1",
        vault_id.hex(),
        slot.account,
        slot.login,
        cost.iterations,
        cost.memory_kib,
        cost.lanes,
        slot.salt.hex(),
        slot.key_file,
    ]
    return json.dumps(fields).encode()
