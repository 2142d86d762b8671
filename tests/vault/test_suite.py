"""Both cipher suites: published vectors, and the same promises."""

import os

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from vault.boxes import ADMIN, LI, WANG, ZHAO, Box, Clock, make

from deskoffice.domain.errors import VaultError
from deskoffice.vault import suite
from deskoffice.vault.contents import Audience
from deskoffice.vault.suite import INTERNATIONAL, NATIONAL, CryptoSuite

BOTH = pytest.mark.parametrize("of", [INTERNATIONAL, NATIONAL], ids=lambda each: each.name)


def test_sm3_gives_the_value_of_gb_t_32905() -> None:
    assert NATIONAL.digest(b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert NATIONAL.digest(b"abcd" * 16) == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"


def test_sm4_gives_the_value_of_gb_t_32907() -> None:
    block = bytes.fromhex("0123456789abcdeffedcba9876543210")
    encryptor = Cipher(algorithms.SM4(block), modes.ECB()).encryptor()  # the vector is one block
    assert encryptor.update(block).hex() == "681edf34d206965e86b3e94f536e4246"


def test_sm4_gcm_gives_the_value_of_rfc_8998() -> None:
    nonce, tag = bytes.fromhex("00001234567800000000abcd"), bytes.fromhex("83de3541e4c2b58177e065a9bf7b62ec")
    sealed = bytes.fromhex(
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
        "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
    )
    plain = b"".join(bytes([value] * 8) for value in (0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF, 0xEE, 0xAA))
    key = bytes.fromhex("0123456789abcdeffedcba9876543210") + bytes(16)
    context = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    assert NATIONAL.open(key, b"\x02" + nonce + sealed + tag, context) == plain


def test_derived_keys_are_those_of_hkdf() -> None:
    secret = os.urandom(32)
    expected = HKDFExpand(hashes.SHA256(), 32, b"deskoffice/audit").derive(secret)
    assert suite.derive(secret, "audit") == expected
    assert suite.derive(secret, "other") != expected


@BOTH
def test_every_altered_byte_and_every_other_context_is_refused(of: CryptoSuite) -> None:
    key = os.urandom(32)
    envelope = of.seal(key, b"plain", b"context")
    assert of.open(key, envelope, b"context") == b"plain"
    altered = [envelope[:at] + bytes([envelope[at] ^ 1]) + envelope[at + 1 :] for at in range(len(envelope))]
    for each in [*altered, envelope[:-1], envelope[:20], b"", envelope + b"\0"]:
        with pytest.raises(InvalidTag):
            of.open(key, each, b"context")
    with pytest.raises(InvalidTag):
        of.open(key, envelope, b"another")


@BOTH
def test_an_envelope_names_its_suite(of: CryptoSuite) -> None:
    assert suite.of_envelope(of.seal(bytes(32), b"", b"")) is of
    assert suite.by_name(of.name) is of


def test_an_unknown_suite_is_a_newer_format() -> None:
    with pytest.raises(VaultError, match="vault_newer_format"):
        suite.by_name("gm-2")


def test_a_vault_of_the_national_suite_keeps_the_same_promises(tmp_path) -> None:
    created = make(tmp_path / "vault", Clock(), NATIONAL)
    created.vault.close()
    box = Box(tmp_path / "vault", created.account_ids, created.recovery_shares, created.backup_keys, Clock(), [])
    vault = box.unlock(LI)
    with vault.database.write() as session:
        small = vault.contents.put_text(session, "国密", Audience.only(box.ids[LI], box.ids[WANG]))
        large = vault.contents.put(session, bytes(70000), Audience.everyone())
        vault.contents.revoke(session, [small], [box.ids[WANG]])
        assert len(vault.contents.digest(session, large)) == 64
    for login, expected in [(LI, {small, large}), (WANG, {large}), (ZHAO, {large}), (ADMIN, set())]:
        box.locked()
        vault = box.unlock(login)
        with vault.database.read() as session:
            assert {number for number in (small, large) if vault.contents.readable(session, [number])} == expected
            for number in expected:
                vault.contents.open(session, number)
    box.locked()
