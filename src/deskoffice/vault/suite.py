"""The cipher suites of an envelope: one id byte says how a sealed thing was made."""

import hashlib
import hmac
import os
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from deskoffice.domain.errors import VaultError

_NONCE = 12
_TAG = 16


class CryptoSuite(Protocol):
    """An authenticated cipher and a hash under one name; keys are 32 bytes in every suite."""

    name: str
    code: int

    def seal(self, key: bytes, plain: bytes, context: bytes) -> bytes:
        """An envelope: suite code, nonce, ciphertext, tag. The context is bound, not stored."""

    def open(self, key: bytes, envelope: bytes, context: bytes) -> bytes:
        """What was sealed; InvalidTag if anything differs."""

    def digest(self, data: bytes) -> str:
        """The hash in hexadecimal."""


class International:
    """AES-256-GCM and SHA-256."""

    name = "intl-1"
    code = 1

    def seal(self, key: bytes, plain: bytes, context: bytes) -> bytes:
        nonce = os.urandom(_NONCE)
        return b"\x01" + nonce + AESGCM(key).encrypt(nonce, plain, context)

    def open(self, key: bytes, envelope: bytes, context: bytes) -> bytes:
        if len(envelope) < 1 + _NONCE + _TAG or envelope[0] != self.code:
            raise InvalidTag
        return AESGCM(key).decrypt(envelope[1 : 1 + _NONCE], envelope[1 + _NONCE :], context)

    def digest(self, data: bytes) -> str:
        return hashlib.sha256(data).hexdigest()


class National:
    """SM4-GCM and SM3 (国密); the key pairs stay X25519 and Ed25519, since the library has no SM2."""

    name = "gm-1"
    code = 2

    def seal(self, key: bytes, plain: bytes, context: bytes) -> bytes:
        nonce = os.urandom(_NONCE)
        encryptor = Cipher(algorithms.SM4(key[:16]), modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(context)
        sealed = encryptor.update(plain) + encryptor.finalize()
        return b"\x02" + nonce + sealed + encryptor.tag

    def open(self, key: bytes, envelope: bytes, context: bytes) -> bytes:
        if len(envelope) < 1 + _NONCE + _TAG or envelope[0] != self.code:
            raise InvalidTag
        mode = modes.GCM(envelope[1 : 1 + _NONCE], envelope[-_TAG:])
        decryptor = Cipher(algorithms.SM4(key[:16]), mode).decryptor()
        decryptor.authenticate_additional_data(context)
        return decryptor.update(envelope[1 + _NONCE : -_TAG]) + decryptor.finalize()

    def digest(self, data: bytes) -> str:
        digest = hashes.Hash(hashes.SM3())
        digest.update(data)
        return digest.finalize().hex()


INTERNATIONAL: CryptoSuite = International()
NATIONAL: CryptoSuite = National()


def by_name(name: str) -> CryptoSuite:
    """The suite a header names; a later one is a newer format."""
    for suite in (INTERNATIONAL, NATIONAL):
        if suite.name == name:
            return suite
    raise VaultError("vault_newer_format")


def of_envelope(envelope: bytes) -> CryptoSuite:
    """The suite that made an envelope."""
    return NATIONAL if envelope[:1] == b"\x02" else INTERNATIONAL


def derive(secret: bytes, purpose: str) -> bytes:
    """A 32-byte key for one purpose from a random 32-byte secret (the expand step of HKDF-SHA256, RFC 5869)."""
    return hmac.digest(secret, b"deskoffice/" + purpose.encode() + b"\x01", "sha256")
