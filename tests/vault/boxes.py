"""A small vault to try things on: one officer and three business accounts."""

import os
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, MetaData

from deskoffice.vault import kdf, opening
from deskoffice.vault.opening import Created, KdfCost, NewAccount, Vault
from deskoffice.vault.schema import metadata
from deskoffice.vault.suite import CryptoSuite, by_name

Case = TypeVar("Case")
# `./dev soak` tries every case where a test run tries some.
SOAK = bool(os.environ.get("DESKOFFICE_SOAK"))
SUITE = by_name(os.environ.get("DESKOFFICE_SUITE", "intl-1"))
"""What the vaults of all tests are sealed with."""
ADMIN, LI, WANG, ZHAO = "admin", "li", "wang", "zhao"


def password(login: str) -> str:
    return f"{login}-Passw0rd"


class Clock:
    """A clock that moves when told to."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@dataclass
class Box:
    """A vault's folder with what was printed at its making."""

    folder: Path
    ids: dict[str, int]
    shares: tuple[str, ...]
    backup_keys: tuple[str, ...]
    clock: Clock
    opened: list[Vault]

    def unlock(self, login: str = LI, **options: object) -> Vault:
        vault = opening.unlock(self.folder, login, password(login), clock=self.clock, **options)
        self.opened.append(vault)
        return vault

    def locked(self) -> None:
        for vault in self.opened:
            vault.close()
        self.opened.clear()


def make(
    folder: Path,
    clock: Callable[[], datetime],
    suite: CryptoSuite = SUITE,
    more: MetaData | None = None,
) -> Created:
    def build(connection: Connection) -> None:
        for each in (metadata, *([more] if more is not None else [])):
            each.create_all(connection)

    accounts = [
        NewAccount(ADMIN, password(ADMIN), office=False),
        *(NewAccount(login, password(login), office=True) for login in (LI, WANG, ZHAO)),
    ]
    return opening.create(
        folder, accounts, build=build, clock=clock, cost=KdfCost.smallest(), suite=suite, reserve=4096
    )


def remember_kdf() -> Callable[[], None]:
    """Compute each Argon2id result once: tests and drills unlock the same few slots hundreds of times. Gives the way
    back."""
    results: dict[tuple[str, bytes, kdf.KdfCost, bytes | None], bytes] = {}
    derive = kdf.derive

    def remembered(password: str, salt: bytes, cost: kdf.KdfCost, key_file: bytes | None) -> bytearray:
        asked = (password, salt, cost, key_file)
        if asked not in results:
            results[asked] = bytes(derive(*asked))
        return bytearray(results[asked])

    def forget() -> None:
        kdf.derive = derive

    kdf.derive = remembered
    return forget


def some(cases: Sequence[Case], count: int) -> list[Case]:
    """So many of the cases, or all in a soak."""
    return list(cases) if SOAK or len(cases) <= count else random.Random(count).sample(cases, count)
