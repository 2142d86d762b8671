"""Fixtures of the vault's tests; a vault is made once and copied for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from vault.boxes import Box, Clock, make

from deskoffice.vault.opening import Created


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Created]:
    folder = tmp_path_factory.mktemp("template") / "vault"
    created = make(folder, Clock())
    created.vault.close()
    return folder, created


@pytest.fixture
def box(template: tuple[Path, Created], tmp_path: Path) -> Iterator[Box]:
    folder, created = template
    shutil.copytree(folder, tmp_path / "vault")
    box = Box(tmp_path / "vault", dict(created.account_ids), created.recovery_shares, created.backup_keys, Clock(), [])
    yield box
    box.locked()


@pytest.fixture
def other_box(box: Box, tmp_path: Path) -> Box:
    """Another vault with the same names and passwords."""
    created = make(tmp_path / "other", box.clock)
    created.vault.close()
    return Box(
        tmp_path / "other", dict(created.account_ids), created.recovery_shares, created.backup_keys, box.clock, []
    )
