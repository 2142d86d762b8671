"""A signed statement of how long the log is and what stands in it: the witness that is kept outside the vault."""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from deskoffice.domain.errors import VaultError
from deskoffice.vault.merkle import HASH_SIZE

ORIGIN = "deskoffice/"
_CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_LENGTH = 20
_MARK = "— "
_MAX_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Vault, number of entries and root of the tree, signed by an account: a signed note (C2SP), readable as text."""

    vault_id: str
    size: int
    root: bytes
    signer: str
    signature: bytes

    @classmethod
    def sign(cls, vault_id: str, size: int, root: bytes, *, signer: str, key: Ed25519PrivateKey) -> Self:
        return cls(vault_id, size, root, signer, key.sign(_signed(vault_id, size, root, signer)))

    @property
    def text(self) -> str:
        signature = base64.b64encode(self.signature).decode()
        signed = _signed(self.vault_id, self.size, self.root, self.signer).decode()
        return f"{signed}\n{_MARK}{self.signer} {signature}\n"

    @property
    def code(self) -> str:
        """Twenty letters and digits in groups of five, for the printed register: no I, L, O or U to misread."""
        return code_of(self.vault_id, self.size, self.root)

    def is_signed_by(self, public: bytes) -> bool:
        signed = _signed(self.vault_id, self.size, self.root, self.signer)
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(self.signature, signed)
        except InvalidSignature:
            return False
        return True

    @classmethod
    def parse(cls, text: str) -> Self:
        """What `text` wrote, exactly; VaultError `vault_checkpoint_damaged` for anything else."""
        try:
            origin, size, root, signer, _, mark, _ = text.split("\n")
            signature = mark.rpartition(" ")[2]
            found = cls(
                vault_id=origin.removeprefix(ORIGIN),
                size=int(size),
                root=base64.b64decode(root, validate=True),
                signer=signer,
                signature=base64.b64decode(signature, validate=True),
            )
        except (ValueError, binascii.Error):
            raise VaultError("vault_checkpoint_damaged") from None
        # Written again it must be the same, so that no two texts mean one checkpoint.
        is_whole = found.size >= 0 and len(found.root) == HASH_SIZE
        if not is_whole or len(text) > _MAX_BYTES or found.text != text:
            raise VaultError("vault_checkpoint_damaged")
        return found


def code_of(vault_id: str, size: int, root: bytes) -> str:
    """The printed code of a log of this size and root."""
    number = int.from_bytes(hashlib.sha256(_body(vault_id, size, root).encode()).digest()[:13]) >> 4
    letters = "".join(_CODE_LETTERS[number >> 5 * place & 31] for place in reversed(range(_CODE_LENGTH)))
    return "-".join(letters[at : at + 5] for at in range(0, _CODE_LENGTH, 5))


def same_code(typed: str) -> str:
    """A code as typed from paper, brought to the form of `code_of`."""
    letters = "".join(typed.upper().split()).replace("-", "").translate(str.maketrans("ILO", "110"))
    return "-".join(letters[at : at + 5] for at in range(0, len(letters), 5))


def _signed(vault_id: str, size: int, root: bytes, signer: str) -> bytes:
    return f"{_body(vault_id, size, root)}{signer}\n".encode()


def _body(vault_id: str, size: int, root: bytes) -> str:
    return f"{ORIGIN}{vault_id}\n{size}\n{base64.b64encode(root).decode()}\n"
