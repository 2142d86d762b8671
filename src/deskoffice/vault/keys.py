"""The secret keys of an account and how a secret is sealed to the holder of a public key (HPKE, RFC 9180)."""

import os
from dataclasses import dataclass
from typing import Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from deskoffice.vault.kdf import wipe

_HPKE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
KEY_BYTES = 32


def seal_to(public: bytes, secret: bytes, info: bytes) -> bytes:
    """Seal to the holder of a public key; `info` says what for and is bound to it."""
    return _HPKE.encrypt(secret, X25519PublicKey.from_public_bytes(public), info=info)


def open_sealed(private: X25519PrivateKey, wrapped: bytes, info: bytes) -> bytes:
    """What was sealed; InvalidTag for another key, another purpose or an altered seal."""
    return _HPKE.decrypt(wrapped, private, info=info)


def public_of(private: X25519PrivateKey) -> bytes:
    """The public half, as stored."""
    return private.public_key().public_bytes_raw()


# No repr: a key must never reach a log line or a traceback.
@dataclass(frozen=True, slots=True, repr=False, eq=False)
class KeyBundle:
    """What an account's slot holds: the database key, its two private keys and the key of its search index."""

    database: bytearray
    sealing: X25519PrivateKey
    signing: Ed25519PrivateKey
    index: bytearray

    @classmethod
    def generate(cls, database: bytes | bytearray) -> Self:
        """New keys for an account of the vault with this database key."""
        return cls(
            bytearray(database),
            X25519PrivateKey.generate(),
            Ed25519PrivateKey.generate(),
            bytearray(os.urandom(KEY_BYTES)),
        )

    @classmethod
    def decode(cls, raw: bytes) -> Self:
        """The bundle in the order in which `encode` writes it."""
        if len(raw) != 4 * KEY_BYTES:
            raise ValueError("a bundle has four keys")
        parts = [raw[start : start + KEY_BYTES] for start in range(0, len(raw), KEY_BYTES)]
        return cls(
            bytearray(parts[0]),
            X25519PrivateKey.from_private_bytes(parts[1]),
            Ed25519PrivateKey.from_private_bytes(parts[2]),
            bytearray(parts[3]),
        )

    def encode(self) -> bytes:
        """The bytes that are sealed into a slot."""
        return (
            bytes(self.database)
            + self.sealing.private_bytes_raw()
            + self.signing.private_bytes_raw()
            + bytes(self.index)
        )

    @property
    def sealing_public(self) -> bytes:
        """Others seal to this."""
        return public_of(self.sealing)

    @property
    def signing_public(self) -> bytes:
        """Others verify this account's signatures with it."""
        return self.signing.public_key().public_bytes_raw()

    def wipe(self) -> None:
        """Overwrite what can be overwritten."""
        wipe(self.database)
        wipe(self.index)
