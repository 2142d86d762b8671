"""Two of three printed shares bring an account back; anything less is refused with the reason."""

from itertools import combinations

import pytest
from vault.boxes import ADMIN, LI, WANG, Box, password

from deskoffice.domain.errors import VaultError
from deskoffice.vault import opening
from deskoffice.vault.contents import Audience
from deskoffice.vault.opening import Vault


def recover(box: Box, *shares: str, login: str = LI) -> None:
    opening.recover(box.folder, shares, login, "recovered", clock=box.clock)


def unlock_recovered(box: Box, login: str = LI) -> Vault:
    vault = opening.unlock(box.folder, login, "recovered", clock=box.clock)
    box.opened.append(vault)
    return vault


@pytest.mark.parametrize("pair", list(combinations(range(3), 2)), ids=str)
def test_any_two_shares_give_back_all_that_the_account_could_open(box: Box, pair: tuple[int, int]) -> None:
    vault = box.unlock(WANG)
    with vault.database.write() as session:
        put = vault.contents.put_text
        mine = put(session, "给李", Audience.only(box.ids[LI], box.ids[WANG]))
        everyones = put(session, "通知", Audience.everyone())
        theirs = put(session, "王的", Audience.only(box.ids[WANG]))
    box.locked()
    recover(box, *(box.shares[each] for each in pair))
    vault = unlock_recovered(box)
    with vault.database.read() as session:
        assert vault.contents.texts(session, [mine, everyones, theirs]) == {mine: "给李", everyones: "通知"}


def test_the_old_password_is_gone_and_others_stay(box: Box) -> None:
    recover(box, *box.shares[:2])
    with pytest.raises(VaultError, match="vault_wrong_password"):
        box.unlock(LI)
    box.unlock(WANG)


def test_what_was_signed_before_a_recovery_still_verifies(box: Box) -> None:
    vault = box.unlock(LI)
    with vault.database.write() as session:
        number = vault.contents.put_text(session, "旧签名", Audience.everyone())
    box.locked()
    recover(box, *box.shares[1:])
    vault = unlock_recovered(box)
    with vault.database.write() as session:
        assert vault.contents.open(session, number).data.decode() == "旧签名"
        after = vault.contents.put_text(session, "新签名", Audience.everyone())
        assert vault.contents.open(session, after).data.decode() == "新签名"


def test_an_officer_is_recovered_without_the_office_key(box: Box) -> None:
    vault = box.unlock(LI)
    with vault.database.write() as session:
        number = vault.contents.put_text(session, "通知", Audience.everyone())
    box.locked()
    recover(box, *box.shares[:2], login=ADMIN)
    vault = unlock_recovered(box, ADMIN)
    with vault.database.read() as session:
        assert vault.contents.texts(session, [number]) == {}


def test_a_recovery_can_be_repeated_and_drops_the_key_file(box: Box, tmp_path) -> None:
    box.unlock(LI).accounts.require_key_file(password(LI), tmp_path / "stick.key")
    box.locked()
    recover(box, *box.shares[:2])
    recover(box, *box.shares[1:])
    unlock_recovered(box)


def test_a_lock_out_ends_with_a_recovery(box: Box) -> None:
    for _ in range(3):
        with pytest.raises(VaultError):
            opening.unlock(box.folder, LI, "wrong", clock=box.clock)
    recover(box, *box.shares[:2])
    unlock_recovered(box)


def test_the_log_says_which_two_shares_were_there(box: Box) -> None:
    opening.recover(box.folder, [box.shares[2], box.shares[0]], LI, "recovered-1", clock=box.clock)
    vault = opening.unlock(box.folder, LI, "recovered-1", clock=box.clock)
    with vault.database.read() as session:
        (entry,) = vault.audit.latest(session, limit=1, action="vault.account.recovered")
    assert entry.detail == {"shares": "1、3"}
    vault.close()


def test_one_share_is_too_few_even_when_given_twice(box: Box) -> None:
    for shares in (box.shares[:1], box.shares[:1] * 2, ()):
        with pytest.raises(VaultError, match="vault_too_few_shares"):
            recover(box, *shares)


def test_a_mistyped_word_is_named_by_share_and_position(box: Box) -> None:
    words = box.shares[1].split()
    words[6] = "qqqq"
    with pytest.raises(VaultError) as caught:
        recover(box, box.shares[0], " ".join(words))
    assert (caught.value.code, caught.value.values) == ("vault_share_mistyped", {"share": 2, "word": 7})


def test_a_wrong_word_of_the_list_is_named_by_share(box: Box) -> None:
    words = box.shares[1].split()
    words[6], words[7] = words[7], words[6]
    with pytest.raises(VaultError) as caught:
        recover(box, box.shares[0], " ".join(words))
    assert (caught.value.code, caught.value.values) == ("vault_share_wrong", {"share": 2})


def test_two_whole_shares_are_enough_beside_a_damaged_one(box: Box) -> None:
    recover(box, "not a share", box.shares[0].upper(), f"  {box.shares[2]} ")
    unlock_recovered(box)


def test_shares_of_another_vault_are_refused(box: Box, other_box: Box) -> None:
    with pytest.raises(VaultError, match="vault_shares_of_another_vault"):
        recover(box, *other_box.shares[:2])
    with pytest.raises(VaultError, match="vault_shares_differ"):
        recover(box, box.shares[0], other_box.shares[1])
    box.unlock(LI)


def test_an_unknown_login_is_refused_before_anything_changes(box: Box) -> None:
    with pytest.raises(VaultError, match="vault_no_such_login"):
        recover(box, *box.shares[:2], login="nobody")
    box.unlock(LI)
