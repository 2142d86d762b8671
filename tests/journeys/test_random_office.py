"""Random legal and illegal acts of random people: the rules hold, nothing leaks, the books are whole."""

import sys
from contextlib import suppress
from random import Random

import pytest
from journeys.random_office import ACTS, OUTSIDERS, RandomOffice
from vault.boxes import SOAK

from deskoffice.domain.errors import DeskOfficeError
from deskoffice.usecases import checks
from deskoffice.usecases.office import Office

STEPS = 10_000 if SOAK else 150
LOOK_EVERY = 100 if SOAK else 50
pytestmark = pytest.mark.timeout(7200 if SOAK else 120)


@pytest.mark.parametrize("seed", [2026])
def test_the_rules_hold_whatever_people_do(office: Office, seed: int) -> None:
    world = RandomOffice(office, Random(seed))
    for _ in range(9):
        with suppress(DeskOfficeError):
            ACTS["register"](world, world.office, 0)
    for number in range(1, STEPS + 1):
        assert world.step() == [], f"step {number}, seed {seed}"
        if number % LOOK_EVERY == 0:
            assert world.books() == [], f"step {number}, seed {seed}"
            assert world.leaks(world.random.choice(OUTSIDERS)) == [], f"step {number}, seed {seed}"
            sys.stdout.write(f"{number} steps: {world.done} done, {world.refused} refused\n")
            sys.stdout.flush()
    assert checks.everything(world.office) == []
    sys.stdout.write(f"{world.done} done, {world.refused} refused: {sorted(world.acts.items())}\n")
    world.office.close()
