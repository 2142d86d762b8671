"""From a password, and a key file where one is asked for, to the key of a slot (Argon2id)."""

import os
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from deskoffice.vault import disk

SALT_BYTES = 16
KEY_FILE_BYTES = 32


@dataclass(frozen=True, slots=True)
class KdfCost:
    """What one guess of a password costs."""

    iterations: int = 3
    memory_kib: int = 262144
    lanes: int = 4

    @classmethod
    def smallest(cls) -> Self:
        """The floor, for tests and practice vaults; a slot below it is refused."""
        return cls(memory_kib=65536)

    def is_allowed(self) -> bool:
        """Below is too cheap to guess at; above, a forged header would stop the machine."""
        return 3 <= self.iterations <= 20 and 65536 <= self.memory_kib <= 1048576 and 1 <= self.lanes <= 16


def derive(password: str, salt: bytes, cost: KdfCost, key_file: bytes | None) -> bytearray:
    """The slot's key; the caller wipes it."""
    typed = bytearray(normalised(password))
    key = bytearray(32)
    kdf = Argon2id(
        salt=salt,
        length=len(key),
        iterations=cost.iterations,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
        secret=key_file,
    )
    try:
        kdf.derive_into(typed, key)  # type: ignore[arg-type]  # the stub says bytes, the code takes any buffer
    finally:
        wipe(typed)
    return key


def normalised(password: str) -> bytes:
    """What is typed, however an input method brings it."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


def wipe(secret: bytearray) -> None:
    """Overwrite in place; copies that Python made elsewhere go with the process at lock."""
    secret[:] = bytes(len(secret))


def read_key_file(path: Path | None) -> bytes | None:
    """The secret of a key file; None if there is no such file or it cannot be one."""
    if path is None:
        return None
    try:
        with disk.opened(path) as file:
            secret = file.read(KEY_FILE_BYTES + 1)
    except OSError:
        return None
    return secret if len(secret) == KEY_FILE_BYTES else None


def make_key_file(path: Path) -> bytes:
    """Write a new key file; an existing one is never overwritten."""
    secret = os.urandom(KEY_FILE_BYTES)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "wb") as file:  # noqa: PTH123  # a path cannot be opened with these rights
        file.write(secret)
        file.flush()
        os.fsync(file.fileno())
    return secret
