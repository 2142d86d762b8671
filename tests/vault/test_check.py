"""A check finds what is wrong by name, sweeps what a crash left, and can be stopped."""

import os

import pytest
from vault.boxes import LI

from deskoffice.domain.errors import VaultError
from deskoffice.vault.check import check, check_files
from deskoffice.vault.contents import Audience


@pytest.fixture
def vault(box):
    vault = box.unlock(LI)
    with vault.database.write() as session:
        vault.contents.put(session, os.urandom(100_000), Audience.everyone(), name="scan.pdf")
        vault.contents.put_text(session, "short", Audience.everyone())
    return vault


def objects(vault):
    return [path for path in (vault.folder / "objects").rglob("*") if path.is_file()]


def codes(found):
    return [problem.code for problem in found]


def test_a_sound_vault_has_no_problem(vault):
    told = []
    assert check(vault, lambda done, total: not told.append((done, total))) == []
    assert told[-1][0] == told[-1][1] > 0
    assert check_files(vault.folder) == []


def test_left_over_objects_are_swept_and_the_others_stay(vault):
    (kept,) = objects(vault)
    (kept.parent / f"{kept.name[:2]}{'0' * 62}").write_bytes(b"never named")
    (kept.parent / f"{kept.name}.aa.new").write_bytes(b"half")
    assert check(vault) == []
    assert objects(vault) == [kept]


def test_an_altered_object_is_named(vault):
    (path,) = objects(vault)
    raw = bytearray(path.read_bytes())
    raw[500] ^= 1
    path.write_bytes(raw)
    assert [(problem.code, problem.where) for problem in check(vault)] == [
        ("object_damaged", str(path.relative_to(vault.folder)))
    ]
    assert codes(check_files(vault.folder)) == ["object_damaged"]


def test_a_missing_object_is_named(vault):
    (path,) = objects(vault)
    path.unlink()
    assert codes(check(vault)) == ["object_missing"]


def test_a_differing_copy_of_the_header_is_named(vault):
    (vault.folder / "vault.json.1").write_bytes(b"{}")
    assert [(problem.code, problem.where) for problem in check(vault)] == [("header_copy_differs", "vault.json.1")]


def test_a_changed_row_and_a_row_gone_are_found(vault):
    with vault.database.write() as session:
        session.connection().exec_driver_sql("UPDATE content SET sealed = zeroblob(60) WHERE id = 2")
    assert codes(check(vault)) == ["object_damaged"]
    with vault.database.write() as session:
        session.connection().exec_driver_sql("DELETE FROM content WHERE id = 2")
    assert "content_missing" in codes(check(vault))


def test_a_damaged_page_is_found(vault, box):
    box.locked()
    path = box.folder / "vault.db"
    raw = bytearray(path.read_bytes())
    raw[-2000] ^= 1
    path.write_bytes(raw)
    try:
        found = codes(check(box.unlock(LI)))
    except VaultError as error:
        found = [error.code]
    assert found in (["pages_damaged"], ["vault_damaged"])


def test_a_check_can_be_stopped(vault):
    with pytest.raises(VaultError, match="vault_stopped"):
        check(vault, lambda *_: False)
