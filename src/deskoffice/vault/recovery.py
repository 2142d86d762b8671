"""The recovery secret: printed as three shares, of which two bring it back (SLIP-39)."""

import os
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from shamir_mnemonic import MnemonicError, Share, combine_mnemonics, generate_mnemonics
from shamir_mnemonic.wordlist import WORDLIST

from deskoffice.domain.errors import VaultError
from deskoffice.vault.header import Header
from deskoffice.vault.suite import INTERNATIONAL, derive

SHARES = 3
NEEDED = 2


class RecoverySecret:
    """32 random bytes: they open the database key in the header and are a reader of every content."""

    def __init__(self, secret: bytes, used: tuple[int, ...] = ()) -> None:
        self._secret = secret
        self.used = used
        """The numbers, as printed, of the shares that brought it back: the register says who keeps them."""

    @classmethod
    def generate(cls) -> "RecoverySecret":
        """For a new vault; it exists only until its shares are printed."""
        return cls(os.urandom(32))

    @classmethod
    def combine(cls, shares: Sequence[str]) -> "RecoverySecret":
        """From any two whole shares of one set; surplus ones are ignored.

        VaultError `vault_share_mistyped` with the numbers, from 1, of the share and of the word that is in no list;
        `vault_share_wrong` with the share's where only its checksum tells; `vault_too_few_shares`,
        `vault_shares_differ`.
        """
        whole, problems = _sort(shares)
        for first, one in enumerate(whole):
            for other in whole[first + 1 :]:
                if one.common_parameters() == other.common_parameters() and one.index != other.index:
                    secret = combine_mnemonics([one.mnemonic(), other.mnemonic()])
                    return cls(secret, tuple(sorted((one.index + 1, other.index + 1))))
        if problems:
            raise problems[0]
        distinct = {share.mnemonic() for share in whole}
        raise VaultError("vault_shares_differ" if len(distinct) >= NEEDED else "vault_too_few_shares")

    def shares(self) -> tuple[str, ...]:
        """The three lines to print."""
        (group,) = generate_mnemonics(1, [(NEEDED, SHARES)], self._secret)
        return tuple(group)

    @property
    def private(self) -> X25519PrivateKey:
        """The private key of the recovery reader."""
        return X25519PrivateKey.from_private_bytes(derive(self._secret, "recovery/reader"))

    def close_slot(self, vault_id: bytes, database_key: bytes) -> bytes:
        """The recovery slot of the header."""
        return INTERNATIONAL.seal(derive(self._secret, "recovery/slot"), database_key, _context(vault_id))

    def open_slot(self, header: Header) -> bytearray:
        """The database key; shares of another vault are refused."""
        try:
            key = INTERNATIONAL.open(derive(self._secret, "recovery/slot"), header.recovery, _context(header.vault_id))
        except InvalidTag:
            raise VaultError("vault_shares_of_another_vault") from None
        return bytearray(key)


def _sort(shares: Sequence[str]) -> tuple[list[Share], list[VaultError]]:
    whole: list[Share] = []
    problems: list[VaultError] = []
    for number, typed in enumerate(shares, start=1):
        words = typed.lower().split()
        if not words:
            continue
        try:
            whole.append(Share.from_mnemonic(" ".join(words)))
        except (MnemonicError, ValueError, IndexError):
            unknown = (position for position, word in enumerate(words, start=1) if word not in WORDLIST)
            position = next(unknown, None)
            if position is None:
                problems.append(VaultError("vault_share_wrong", share=number))
            else:
                problems.append(VaultError("vault_share_mistyped", share=number, word=position))
    return whole, problems


def _context(vault_id: bytes) -> bytes:
    return b"recovery/1 " + vault_id
