"""Migrations build what the code declares, and a vault of every released form still opens."""

import shutil
from pathlib import Path

import factories
import pytest
from dump_schema import declared
from sqlalchemy import text

from deskoffice.domain.errors import VaultError
from deskoffice.storage import migrations
from deskoffice.usecases import backups, checks
from deskoffice.usecases.office import Office, open_office

RELEASED = Path(__file__).parent / "released"
RELEASED_SETS = Path(__file__).parent / "released_sets"
"""Backups by programs of old, with the keys that were printed."""


def made_by(statements: str) -> dict[str, str]:
    """Name and normalised text of each table, index and trigger."""
    found = {}
    for statement in statements.split(";\n\n"):
        words = " ".join(statement.split()).rstrip(";").strip()
        if words:
            found[words.split()[2] if words.split()[1] != "UNIQUE" else words.split()[3]] = words
    return found


def test_what_migrations_build_is_what_is_declared(office: Office) -> None:
    with office.read() as session:
        rows = session.execute(
            text("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name != 'sqlite_sequence'")
        )
        built = made_by(";\n\n".join(row.sql for row in rows))
    wanted = made_by(declared())
    assert set(built) == set(wanted)
    assert {name: sql for name, sql in built.items() if columns(sql) != columns(wanted[name])} == {}


def columns(sql: str) -> list[str]:
    """A table's parts in any order: a column added later stands at the end of the table."""
    inner = sql[sql.find("(") + 1 : sql.rfind(")")]
    parts, depth, part = [], 0, ""
    for character in inner:
        depth += (character == "(") - (character == ")")
        if character == "," and depth == 0:
            parts.append(part.strip())
            part = ""
        else:
            part += character
    return sorted([*parts, part.strip()])


def test_a_newer_file_is_refused_by_name(office: Office) -> None:
    with office.act() as act:
        act.session.execute(text(f"PRAGMA user_version = {migrations.latest() + 1}"))
    with pytest.raises(VaultError) as refused:
        migrations.upgrade(office.vault.database)
    assert refused.value.code == "vault_newer_format"


@pytest.mark.parametrize("released", sorted(RELEASED.glob("*")), ids=lambda path: path.name)
def test_a_vault_of_every_released_form_opens_and_checks_clean(released: Path, tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    shutil.copytree(released, folder)
    office = open_office(folder, "wangli", factories.PASSWORD, clock=factories.monday_morning())
    with office.read() as session:
        assert session.execute(text("PRAGMA user_version")).scalar_one() == migrations.latest()
    assert checks.everything(office) == []
    office.close()
    upgraded = int(released.name) < migrations.latest()
    assert any(tmp_path.glob("vault.before-upgrade/*/manifest.json")) == upgraded


@pytest.mark.parametrize("released", sorted(RELEASED_SETS.glob("*")), ids=lambda path: path.name)
def test_a_backup_of_every_released_form_comes_back(released: Path, tmp_path: Path) -> None:
    keys = (released / "keys.txt").read_text().splitlines()
    assert backups.verify(released, keys).ok
    backups.restore(released, tmp_path / "vault", keys)
    office = open_office(tmp_path / "vault", "wangli", factories.PASSWORD, clock=factories.monday_morning())
    with office.read() as session:
        assert session.execute(text("SELECT number FROM matter")).scalar_one() == "收〔2026〕1号"
    assert checks.everything(office) == []
    office.close()
