"""The public header of a vault: three copies with a sequence number; the newest undamaged one counts."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from deskoffice.domain.errors import VaultError
from deskoffice.vault import disk
from deskoffice.vault.kdf import KdfCost

FORMAT = 1
COPIES = ("vault.json", "vault.json.1", "vault.json.2")
_MAX_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Slot:
    """The sealed key bundle of one account and what it takes to open it."""

    account: int
    login: str
    cost: KdfCost
    salt: bytes
    key_file: bool
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Header:
    """What is readable without a key: no name of an office or a person."""

    vault_id: bytes
    suite: str
    sequence: int
    slots: tuple[Slot, ...]
    recovery: bytes
    # After a change of the database key: the new one, sealed to each account until its slot is next rewritten.
    # While the files are being exchanged, the one before it follows.
    database_keys: Mapping[int, tuple[bytes, ...]] = field(default_factory=dict)

    def slot(self, login: str) -> Slot | None:
        """The slot of a login name."""
        return next((slot for slot in self.slots if slot.login == login), None)

    def with_slot(self, slot: Slot) -> "Header":
        """The next header, where this slot stands in place of the account's old one."""
        others = (old for old in self.slots if old.account != slot.account and old.login != slot.login)
        slots = tuple(sorted((*others, slot), key=lambda each: each.account))
        return replace(self._dropping(slot.account), slots=slots, sequence=self.sequence + 1)

    def without(self, account: int) -> "Header":
        """The next header, where the account has no slot."""
        slots = tuple(slot for slot in self.slots if slot.account != account)
        return replace(self._dropping(account), slots=slots, sequence=self.sequence + 1)

    def _dropping(self, account: int) -> "Header":
        kept = {number: sealed for number, sealed in self.database_keys.items() if number != account}
        return replace(self, database_keys=kept)


class HeaderDamaged(ValueError):
    """The bytes are no whole header."""


def encode(header: Header) -> bytes:
    """One line of JSON with its checksum."""
    fields = {
        "format": FORMAT,
        "vault_id": header.vault_id.hex(),
        "suite": header.suite,
        "sequence": header.sequence,
        "slots": [_slot_fields(slot) for slot in header.slots],
        "recovery": header.recovery.hex(),
        "database_keys": {
            str(number): [each.hex() for each in sealed] for number, sealed in header.database_keys.items()
        },
    }
    return json.dumps({**fields, "checksum": _checksum(fields)}, sort_keys=True).encode() + b"\n"


def decode(raw: bytes) -> Header:
    """The header; HeaderDamaged for anything else, VaultError for one of a newer program."""
    try:
        fields = json.loads(raw)
        if not isinstance(fields, dict):
            raise HeaderDamaged
        checksum = fields.pop("checksum", None)
        if checksum != _checksum(fields):
            raise HeaderDamaged
        if fields["format"] != FORMAT:
            raise VaultError("vault_newer_format")
        return Header(
            vault_id=bytes.fromhex(fields["vault_id"]),
            suite=str(fields["suite"]),
            sequence=int(fields["sequence"]),
            slots=tuple(_slot(slot) for slot in fields["slots"]),
            recovery=bytes.fromhex(fields["recovery"]),
            database_keys={
                int(number): tuple(bytes.fromhex(key) for key in sealed)
                for number, sealed in fields["database_keys"].items()
            },
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError) as error:
        raise HeaderDamaged from error


def store(folder: Path, header: Header) -> None:
    """Replace the copies one after the other: a crash between them leaves the old or the new header in force."""
    raw = encode(header)
    for name in COPIES:
        disk.replace(folder / name, raw)


def load(folder: Path) -> tuple[Header, list[str]]:
    """The header in force and the names of copies that are missing, damaged or older."""
    found = {name: _read_copy(folder / name) for name in COPIES}
    whole = [header for header in found.values() if header is not None]
    if not whole:
        if not any((folder / name).exists() for name in COPIES):
            raise VaultError("vault_missing")
        raise VaultError("vault_damaged", file=COPIES[0])
    newest = max(whole, key=lambda header: header.sequence)
    return newest, [name for name, header in found.items() if header != newest]


def heal(folder: Path, header: Header, names: list[str]) -> None:
    """Write the header in force over the copies that differ."""
    raw = encode(header)
    for name in names:
        disk.replace(folder / name, raw)


def _read_copy(path: Path) -> Header | None:
    try:
        with disk.opened(path) as file:
            raw = file.read(_MAX_BYTES + 1)
        return decode(raw) if len(raw) <= _MAX_BYTES else None
    except (OSError, HeaderDamaged):
        return None


def _checksum(fields: dict[str, object]) -> str:
    return hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()


def _slot_fields(slot: Slot) -> dict[str, object]:
    return {
        "account": slot.account,
        "login": slot.login,
        "iterations": slot.cost.iterations,
        "memory_kib": slot.cost.memory_kib,
        "lanes": slot.cost.lanes,
        "salt": slot.salt.hex(),
        "key_file": slot.key_file,
        "sealed": slot.sealed.hex(),
    }


def _slot(fields: dict[str, object]) -> Slot:
    return Slot(
        account=_whole(fields["account"]),
        login=str(fields["login"]),
        cost=KdfCost(_whole(fields["iterations"]), _whole(fields["memory_kib"]), _whole(fields["lanes"])),
        salt=bytes.fromhex(str(fields["salt"])),
        key_file=fields["key_file"] is True,
        sealed=bytes.fromhex(str(fields["sealed"])),
    )


def _whole(value: object) -> int:
    if type(value) is not int:
        raise HeaderDamaged
    return value
