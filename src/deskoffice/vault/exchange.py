"""Packets between two vaults that never meet (摆渡包): sealed to the partner, signed by the sender, carried by hand."""

import base64
import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Self

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from deskoffice.domain.errors import VaultError
from deskoffice.vault import disk, keys
from deskoffice.vault.suite import CryptoSuite, of_envelope

MAGIC = b"DESKOFFICE-EXCHANGE/1\n"
MAX_BYTES = 512 << 20
_VAULT_ID, _KEY = 16, 32
_HEAD_BYTES = 4096
_MOST = 1_000_000
"""Beyond it a number is none that a sender counted to: the list of those that did not come would have no end."""
_CHECK = 5
_FINGERPRINT = 10


class PacketKind(StrEnum):
    """What a file on the disc is."""

    PAPERS = "papers"
    """文件"""
    RECEIPT = "receipt"
    """收条"""


@dataclass(frozen=True, slots=True)
class PublicIdentity:
    """What a partner knows of a vault: whom to seal to and whose signature to believe."""

    vault_id: bytes
    sealing: bytes
    signing: bytes

    def code(self) -> str:
        """For paper and disc: base32 in groups of four, the last five bytes are a check of the rest."""
        return _grouped(self._raw() + hashlib.sha256(self._raw()).digest()[:_CHECK])

    def fingerprint(self) -> str:
        """Sixteen letters that two people compare."""
        return _grouped(hashlib.sha256(b"exchange/1" + self._raw()).digest()[:_FINGERPRINT])

    @classmethod
    def parse(cls, code: str) -> Self:
        """VaultError `exchange_code_mistyped` for anything but a whole code; gaps and case do not count."""
        letters = "".join(each for each in code.upper() if each.isalnum())
        try:
            raw = base64.b32decode(letters + "=" * (-len(letters) % 8))
        except ValueError:
            raise VaultError("exchange_code_mistyped") from None
        body, check = raw[:-_CHECK], raw[-_CHECK:]
        if len(body) != _VAULT_ID + 2 * _KEY or hashlib.sha256(body).digest()[:_CHECK] != check:
            raise VaultError("exchange_code_mistyped")
        return cls(body[:_VAULT_ID], body[_VAULT_ID:-_KEY], body[-_KEY:])

    def _raw(self) -> bytes:
        return self.vault_id + self.sealing + self.signing


@dataclass(frozen=True, slots=True)
class Identity:
    """A vault's own pair of keys for exchange; to be kept sealed to those who may send and receive."""

    vault_id: bytes
    sealing: X25519PrivateKey = field(repr=False)
    signing: Ed25519PrivateKey = field(repr=False)

    @classmethod
    def generate(cls, vault_id: bytes) -> Self:
        """New keys."""
        return cls(vault_id, X25519PrivateKey.generate(), Ed25519PrivateKey.generate())

    def encode(self) -> str:
        """As text, for a sealed content."""
        parts = (self.vault_id, self.sealing.private_bytes_raw(), self.signing.private_bytes_raw())
        return " ".join(part.hex() for part in parts)

    @classmethod
    def decode(cls, text: str) -> Self:
        """What `encode` wrote."""
        vault_id, sealing, signing = (bytes.fromhex(part) for part in text.split())
        return cls(
            vault_id, X25519PrivateKey.from_private_bytes(sealing), Ed25519PrivateKey.from_private_bytes(signing)
        )

    @property
    def public(self) -> PublicIdentity:
        """The half that partners get."""
        return PublicIdentity(self.vault_id, keys.public_of(self.sealing), self.signing.public_key().public_bytes_raw())


@dataclass(frozen=True, slots=True)
class Packet:
    """One file on a disc, opened: its maker's signature was seen."""

    kind: PacketKind
    sender: bytes
    """The vault it comes from."""
    number: int
    """Counted by the sender for this partner and kind, from 1."""
    digest: str
    """SHA-256 of the sealed part, which a receipt names."""
    payload: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Sending:
    """What goes into a packet, and in which suite it is sealed."""

    kind: PacketKind
    number: int
    payload: bytes = field(repr=False)
    suite: CryptoSuite


def write(path: Path, sender: Identity, receiver: PublicIdentity, sending: Sending) -> str:
    """Put a packet on the disc, whole or not at all; gives the digest of its sealed part."""
    kind, number = sending.kind, sending.number
    key = os.urandom(_KEY)
    context = _context(kind, sender.vault_id, receiver.vault_id, number)
    sealed = sending.suite.seal(key, sending.payload, context)
    head = {
        "kind": kind.value,
        "from": sender.vault_id.hex(),
        "to": receiver.vault_id.hex(),
        "number": number,
        "key": keys.seal_to(receiver.sealing, key, context).hex(),
        "digest": hashlib.sha256(sealed).hexdigest(),
    }
    line = json.dumps(head, sort_keys=True).encode() + b"\n"
    signature = sender.signing.sign(MAGIC + line).hex().encode() + b"\n"
    disk.replace(path, MAGIC + line + signature + sealed)
    return str(head["digest"])


def read(path: Path, receiver: Identity, partner: Callable[[bytes], PublicIdentity | None]) -> Packet:
    """Open a packet for this vault.

    VaultError `exchange_not_a_packet`, `exchange_partner_unknown`, `exchange_for_another`; `exchange_packet_forged`
    when the signature is not the partner's; `exchange_packet_damaged` when anything differs from what was sealed.
    """
    raw = _read(path)
    head, line, signature, sealed = _split(raw)
    known = partner(head.sender)
    if known is None:
        raise VaultError("exchange_partner_unknown")
    try:
        Ed25519PublicKey.from_public_bytes(known.signing).verify(signature, MAGIC + line)
    except InvalidSignature:
        raise VaultError("exchange_packet_forged") from None
    if head.receiver != receiver.vault_id:
        raise VaultError("exchange_for_another")
    digest = hashlib.sha256(sealed)
    if digest.digest() != head.digest:
        raise VaultError("exchange_packet_damaged")
    try:
        context = _context(head.kind, head.sender, head.receiver, head.number)
        key = keys.open_sealed(receiver.sealing, head.key, context)
        payload = of_envelope(sealed).open(key, sealed, context)
    except InvalidTag:
        raise VaultError("exchange_packet_damaged") from None
    return Packet(head.kind, head.sender, head.number, digest.hexdigest(), payload)


def _read(path: Path) -> bytes:
    with disk.translated(), disk.opened(path) as file:
        raw = file.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise VaultError("exchange_not_a_packet")
    return raw


@dataclass(frozen=True, slots=True)
class _Head:
    """The first line of a packet."""

    kind: PacketKind
    sender: bytes
    receiver: bytes
    number: int
    key: bytes
    digest: bytes

    @classmethod
    def parse(cls, line: bytes) -> Self:
        said = json.loads(line)
        sender, receiver, key, digest = (bytes.fromhex(said[name]) for name in ("from", "to", "key", "digest"))
        number = said["number"]
        if type(number) is not int or not 0 < number <= _MOST:
            raise VaultError("exchange_packet_damaged")
        return cls(PacketKind(said["kind"]), sender, receiver, number, key, digest)


def _split(raw: bytes) -> tuple[_Head, bytes, bytes, bytes]:
    """Head, its line, signature, sealed part; nothing of it is believed yet."""
    if not raw.startswith(MAGIC):
        raise VaultError("exchange_not_a_packet")
    line_end = raw.find(b"\n", len(MAGIC), len(MAGIC) + _HEAD_BYTES) + 1
    signature_end = raw.find(b"\n", line_end, line_end + _HEAD_BYTES) + 1
    if not line_end or not signature_end:
        raise VaultError("exchange_packet_damaged")
    line = raw[len(MAGIC) : line_end]
    try:
        head = _Head.parse(line)
        signature = bytes.fromhex(raw[line_end:signature_end].decode())
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise VaultError("exchange_packet_damaged") from None
    return head, line, signature, raw[signature_end:]


def _context(kind: PacketKind, sender: bytes, receiver: bytes, number: int) -> bytes:
    return f"exchange/1 {kind.value} {sender.hex()} {receiver.hex()} {number}".encode()


def _grouped(raw: bytes) -> str:
    letters = base64.b32encode(raw).decode().rstrip("=")
    return " ".join(letters[start : start + 4] for start in range(0, len(letters), 4))
