"""Accounts come and go: keys are handed over, taken away, and never left behind."""

import pytest
from sqlalchemy import func, select
from vault.boxes import ADMIN, LI, WANG, ZHAO, Box, password

from deskoffice.domain.errors import VaultError
from deskoffice.vault import header as headers
from deskoffice.vault import opening
from deskoffice.vault.contents import Audience
from deskoffice.vault.opening import NewAccount, Vault
from deskoffice.vault.tables import content_grant, office_key_grant

SUN = NewAccount("sun", password("sun"), office=True)


def put_text(vault: Vault, text: str, audience: Audience) -> int:
    with vault.database.write() as session:
        return vault.contents.put_text(session, text, audience)


def texts(vault: Vault, *ids: int) -> dict[int, str]:
    with vault.database.read() as session:
        return vault.contents.texts(session, ids)


def add(vault: Vault, account: NewAccount) -> int:
    with vault.database.write() as session:
        return vault.add_account(session, account)


def disable(vault: Vault, number: int) -> None:
    with vault.database.write() as session:
        vault.disable_account(session, number)


def test_a_new_account_made_by_a_business_account_reads_the_office_at_once(box: Box) -> None:
    vault = box.unlock(LI)
    number = put_text(vault, "旧文", Audience.everyone())
    add(vault, SUN)
    box.locked()
    assert texts(box.unlock("sun"), number) == {number: "旧文"}


def test_a_new_account_made_by_an_officer_reads_after_a_colleague_has_unlocked(box: Box) -> None:
    number = put_text(box.unlock(LI), "旧文", Audience.everyone())
    box.locked()
    add(box.unlock(ADMIN), SUN)
    box.locked()
    assert texts(box.unlock("sun"), number) == {}
    box.locked()
    box.unlock(WANG)
    box.locked()
    assert texts(box.unlock("sun"), number) == {number: "旧文"}


def test_a_login_is_given_once(box: Box) -> None:
    with pytest.raises(VaultError, match="vault_login_taken"):
        add(box.unlock(ADMIN), NewAccount(LI, "x", office=True))


def test_an_account_whose_making_failed_can_be_made_again(box: Box) -> None:
    vault = box.unlock(ADMIN)
    with vault.database.write() as session:
        vault.add_account(session, SUN)
        session.rollback()
    box.clock.forward(3600)
    box.locked()
    with pytest.raises(VaultError, match="vault_wrong_password"):
        box.unlock("sun")
    vault = box.unlock(ADMIN)
    number = add(vault, SUN)
    box.locked()
    box.clock.forward(3600)
    assert box.unlock("sun").account_id == number


def test_a_disabled_account_keeps_no_slot_no_grant_and_no_index(box: Box) -> None:
    vault = box.unlock(WANG)
    vault.index.put(1, "甲")
    number = put_text(vault, "知情", Audience.only(box.ids[WANG], box.ids[LI]))
    box.locked()
    vault = box.unlock(LI)
    with vault.database.read() as session:
        before = vault.contents.digest(session, number)
    disable(vault, box.ids[WANG])
    with vault.database.read() as session:
        for table in (content_grant, office_key_grant):
            held = select(func.count()).select_from(table).where(table.c.reader == box.ids[WANG])
            assert session.scalar(held) == 0
        assert vault.contents.digest(session, number) != before
    assert headers.load(box.folder)[0].slot(WANG) is None
    assert not (box.folder / "index" / f"{box.ids[WANG]}.db").exists()
    assert texts(vault, number) == {number: "知情"}


def test_a_kept_copy_of_the_header_does_not_let_a_disabled_account_in(box: Box) -> None:
    kept = (box.folder / "vault.json").read_bytes()
    vault = box.unlock(LI)
    disable(vault, box.ids[WANG])
    box.locked()
    for name in headers.COPIES:
        (box.folder / name).write_bytes(kept)
    with pytest.raises(VaultError, match="vault_wrong_password"):
        box.unlock(WANG)


def test_the_office_key_is_new_after_a_business_account_left(box: Box) -> None:
    old = put_text(box.unlock(LI), "旧文", Audience.everyone())
    box.locked()
    disable(box.unlock(ADMIN), box.ids[WANG])
    box.locked()
    vault = box.unlock(LI)
    new = put_text(vault, "新文", Audience.everyone())
    assert sorted(vault._unlocked.readers.office_generations) == [1, 2]
    box.locked()
    assert texts(box.unlock(ZHAO), old, new) == {old: "旧文", new: "新文"}


def test_nobody_disables_himself_or_an_account_twice(box: Box) -> None:
    vault = box.unlock(ADMIN)
    disable(vault, box.ids[WANG])
    for number in (vault.account_id, box.ids[WANG], 99):
        with pytest.raises(VaultError, match="vault_no_such_account"):
            disable(vault, number)


def test_no_act_on_accounts_is_unseen(box: Box) -> None:
    vault = box.unlock(LI)
    add(vault, SUN)
    disable(vault, box.ids[ZHAO])
    vault.change_password(password(LI), "next")
    with vault.database.read() as session:
        actions = [entry.action for entry in vault.audit.entries(session, limit=50)]
    assert {"vault.account.added", "vault.account.disabled", "vault.password.changed"} <= set(actions)


def test_the_new_password_works_where_the_old_one_did(box: Box) -> None:
    box.unlock(LI).change_password(password(LI), "next")
    box.locked()
    opening.unlock(box.folder, LI, "next", clock=box.clock).close()
