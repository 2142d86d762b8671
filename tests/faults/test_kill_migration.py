"""kill -9 while a vault of an older program is brought to today's form: the old one or the new one, and it opens."""

import os
import random
import shutil
import signal
import time
from pathlib import Path

import factories
import pytest
from sqlalchemy import text
from vault.boxes import SOAK

from deskoffice.storage import migrations
from deskoffice.usecases import checks
from deskoffice.usecases.office import HeldKeys, open_office_with, prove_person

RELEASED = Path(__file__).parents[1] / "storage" / "released"
KILLS = 50 if SOAK else 2


def opened_until_killed(folder: Path, held: HeldKeys, seconds: float) -> None:
    child = os.fork()
    if child == 0:
        open_office_with(folder, held, clock=factories.monday_morning())
        os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("form", sorted(path.name for path in RELEASED.iterdir()))
def test_a_migration_that_is_killed_leaves_the_old_or_the_new_form(form: str, tmp_path: Path) -> None:
    chance = random.Random(13)
    shutil.copytree(RELEASED / form, tmp_path / "proved")
    held = prove_person(tmp_path / "proved", "wangli", factories.PASSWORD, clock=factories.monday_morning())
    for number in range(KILLS):
        folder = tmp_path / str(number)
        shutil.copytree(RELEASED / form, folder)
        opened_until_killed(folder, held, chance.uniform(0, 1.5))
        office = open_office_with(folder, held, clock=factories.monday_morning())
        with office.read() as session:
            assert session.execute(text("PRAGMA user_version")).scalar_one() == migrations.latest()
        assert checks.everything(office) == []
        office.close()
        shutil.rmtree(folder)
