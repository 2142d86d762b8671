"""Attacks on the files by somebody who holds another account's keys: each is refused or shows."""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session
from vault.boxes import ADMIN, LI, WANG, ZHAO, Box, password

from deskoffice.domain.errors import DeskOfficeError, VaultError
from deskoffice.vault import header as headers
from deskoffice.vault import opening
from deskoffice.vault.contents import Audience
from deskoffice.vault.engine import open_connection
from deskoffice.vault.header import COPIES
from deskoffice.vault.merkle import Frontier, leaf_hash
from deskoffice.vault.rollback import anchor_path
from deskoffice.vault.vault import Vault

SECRET = "只给李的一句话"


@pytest.fixture
def filled(box: Box) -> tuple[Box, int, int]:
    """A content for 李 alone and one for both."""
    vault = box.unlock(LI)
    with vault.database.write() as session:
        own = vault.contents.put_text(session, SECRET, Audience.only(box.ids[LI]))
        both = vault.contents.put_text(session, "两个人的", Audience.only(box.ids[LI], box.ids[WANG]))
    box.locked()
    return box, own, both


def colleague(box: Box, write: Callable[[Session, Vault], None]) -> None:
    """王 writes into the file with his own keys, past every trigger and every rule of the program."""
    vault = box.unlock(WANG)
    witness = anchor_path(box.folder, vault.id)
    seen = witness.read_bytes()
    connection = open_connection(vault.database.path, vault.database.key, mode="rw")
    for name in ("audit_only_grows", "audit_keeps_on_update", "audit_keeps_on_delete"):
        connection.execute(f"DROP TRIGGER {name}")
    connection.close()
    raw = vault.database.engine
    with raw.begin() as session:
        write(session, vault)
    box.locked()
    # It lies where he cannot write: with another person of the system, on a stick, on paper.
    witness.write_bytes(seen)


def opened(box: Box, number: int, login: str) -> str:
    vault = box.unlock(login)
    try:
        with vault.database.read() as session:
            return vault.contents.open(session, number).data.decode()
    finally:
        box.locked()


def grant_himself(connection: Session, vault: Vault, own: int, both: int) -> None:
    """His own wrapped key of another content, under the number of the one he wants."""
    connection.execute(
        text(
            "INSERT INTO content_grant (content_id, reader, wrapping_key_id, wrapped) "
            f"SELECT {own}, reader, wrapping_key_id, wrapped FROM content_grant "
            f"WHERE content_id = {both} AND reader = {vault.account_id}"
        )
    )


def test_another_accounts_keys_open_nothing_whatever_rows_are_copied(filled: tuple[Box, int, int]) -> None:
    box, own, both = filled
    assert refusal(box, own, WANG) == "vault_not_yours"
    colleague(box, lambda connection, vault: grant_himself(connection, vault, own, both))
    assert refusal(box, own, WANG) in {"vault_rolled_back", "vault_damaged"}


def refusal(box: Box, number: int, login: str) -> str:
    try:
        opened(box, number, login)
    except DeskOfficeError as error:
        return error.code
    return ""


def test_another_content_under_the_wanted_number_is_refused(filled: tuple[Box, int, int]) -> None:
    box, own, both = filled
    colleague(
        box,
        lambda connection, _: connection.execute(
            text(
                "UPDATE content SET sealed = (SELECT sealed FROM content WHERE id = :both), "
                "digest = (SELECT digest FROM content WHERE id = :both) WHERE id = :own"
            ),
            {"own": own, "both": both},
        ),
    )
    assert refusal(box, own, LI) in {"vault_rolled_back", "vault_damaged"}


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE account_key SET office = 1 WHERE login = 'admin'",
        "UPDATE account_key SET disabled_at = NULL, login = 'zhao2' WHERE login = 'zhao'",
        "UPDATE account_key SET sealing_public = x'00' WHERE login = 'zhao'",
        "DELETE FROM office_key_grant WHERE reader = 4",
        "UPDATE vault_value SET value = x'00' WHERE name = 'recovery_public'",
        "DELETE FROM vault_value WHERE name = 'header_sequence'",
        "DELETE FROM audit WHERE action = 'vault.rights'",
    ],
)
def test_a_right_written_past_the_log_opens_for_reading_only(filled: tuple[Box, int, int], change: str) -> None:
    box, _, _ = filled
    colleague(box, lambda connection, _: connection.execute(text(change)))
    vault = box.unlock(LI)
    assert vault.problems
    with pytest.raises(VaultError), vault.database.write():
        pass


@pytest.mark.parametrize("taken", [1, 3, 8])
def test_a_log_cut_with_its_end_put_right_shows_against_the_witness(filled: tuple[Box, int, int], taken: int) -> None:
    """He drops the last entries and writes an end that fits, chain, tree and kept checkpoints too."""
    box, _, _ = filled

    def cut(connection: Session, vault: Vault) -> None:
        bodies = [row.body for row in connection.execute(text("SELECT body FROM audit ORDER BY seq"))]
        kept = bodies[:-taken]
        frontier = Frontier()
        for body in kept:
            frontier.add(leaf_hash(body.encode()))
        chain = connection.execute(text("SELECT chain FROM audit WHERE seq = :seq"), {"seq": len(kept)}).scalar()
        connection.execute(text("DROP TRIGGER checkpoint_keeps_on_delete"))
        connection.execute(text("DELETE FROM checkpoint WHERE size > :size"), {"size": len(kept)})
        connection.execute(text("DELETE FROM audit WHERE seq > :size"), {"size": len(kept)})
        connection.execute(
            text("UPDATE audit_frontier SET size = :size, hashes = :hashes, chain = :chain"),
            {"size": len(kept), "hashes": frontier.encode(), "chain": chain},
        )

    colleague(box, cut)
    vault = box.unlock(LI)
    assert vault.rollback is not None or vault.problems


def test_an_old_password_does_not_come_back_with_its_slot_under_a_new_number(box: Box) -> None:
    before, _ = headers.load(box.folder)
    old = before.slot(LI)
    assert old is not None
    box.unlock(LI).change_password(password(LI), "next-password-1")
    box.locked()
    now, _ = headers.load(box.folder)
    forged = replace(now.with_slot(old), sequence=now.sequence + 50)
    headers.store(box.folder, forged)
    with pytest.raises(VaultError, match="vault_wrong_password"):
        box.unlock(LI)


def test_slots_exchanged_between_accounts_open_nothing(box: Box) -> None:
    header, _ = headers.load(box.folder)
    li, wang = header.slot(LI), header.slot(WANG)
    assert li is not None
    assert wang is not None
    others = tuple(slot for slot in header.slots if slot.login not in {LI, WANG})
    exchanged = (replace(li, login=WANG), replace(wang, login=LI), *others)
    headers.store(box.folder, replace(header, slots=exchanged, sequence=header.sequence + 1))
    for login, typed in ((LI, password(LI)), (LI, password(WANG)), (WANG, password(WANG)), (WANG, password(LI))):
        box.clock.forward(4000)
        with pytest.raises(VaultError, match="vault_wrong_password"):
            opening.unlock(box.folder, login, typed, clock=box.clock)


def test_a_vault_put_back_with_its_witness_taken_away_says_so(box: Box, tmp_path) -> None:
    box.unlock(LI)
    box.locked()
    box.unlock(LI)
    box.locked()
    shutil.copytree(box.folder, tmp_path / "copy")
    vault = box.unlock(WANG)
    witness = anchor_path(box.folder, vault.id)
    with vault.database.write() as session:
        vault.audit.append(session, "circulation.incoming.registered")
    box.locked()
    shutil.rmtree(box.folder)
    shutil.copytree(tmp_path / "copy", box.folder)
    witness.unlink()
    assert box.unlock(LI).lost_witness
    box.locked()
    assert not box.unlock(LI).lost_witness


def test_a_stranger_cannot_make_the_header_name_another_vault(box: Box, other_box: Box) -> None:
    for name in COPIES:
        shutil.copy(other_box.folder / name, box.folder / name)
    with pytest.raises(VaultError) as refused:
        box.unlock(LI)
    assert refused.value.code in {"vault_wrong_password", "vault_damaged"}


def test_a_database_of_another_vault_in_this_folder_is_refused(box: Box, other_box: Box) -> None:
    shutil.copy(other_box.folder / "vault.db", box.folder / "vault.db")
    with pytest.raises(VaultError, match="vault_damaged"):
        box.unlock(LI)


def test_an_officer_does_not_let_himself_into_the_office(box: Box) -> None:
    """A forged office grant for the officer is sealed to him and opens, but the rights no longer agree."""
    vault = box.unlock(ADMIN)
    connection = open_connection(vault.database.path, vault.database.key, mode="rw")
    connection.execute(
        "INSERT INTO office_key_grant (generation, reader, wrapped) VALUES (1, ?, ?)",
        (vault.account_id, os.urandom(80)),
    )
    connection.commit()
    connection.close()
    box.locked()
    assert [problem.code for problem in box.unlock(LI).problems] == ["rights_differ"]


def test_the_header_holds_nothing_that_opens_without_a_password(box: Box) -> None:
    fields = json.loads((box.folder / "vault.json").read_bytes())
    assert set(fields) <= {
        "checksum",
        "database_keys",
        "format",
        "recovery",
        "sequence",
        "slots",
        "suite",
        "vault_id",
    }
    assert ZHAO in {slot["login"] for slot in fields["slots"]}
