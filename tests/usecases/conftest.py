"""An office on a real vault for every test; founded once, then copied, since founding makes thirteen sets of keys."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from factories import PASSWORD, MovableClock, found, monday_morning

from deskoffice.usecases.office import Office, open_office


@pytest.fixture(scope="session")
def founded_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("founded") / "vault"
    found(folder, monday_morning()).office.close()
    return folder


@pytest.fixture
def clock() -> MovableClock:
    return monday_morning()


@pytest.fixture
def office(founded_folder: Path, tmp_path: Path, clock: MovableClock) -> Iterator[Office]:
    """The office as its 机要员 opened it; `factories.as_role` acts as somebody else."""
    shutil.copytree(founded_folder, tmp_path / "vault")
    opened = open_office(tmp_path / "vault", "wangli", PASSWORD, clock=clock)
    yield opened
    opened.close()
