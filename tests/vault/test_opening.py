"""Unlocking: the right password opens, everything else is refused in the same words."""

import json
import logging
import traceback
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, select, update
from sqlalchemy.exc import OperationalError
from vault.boxes import ADMIN, LI, WANG, Box, Clock, make, password

from deskoffice.domain.errors import VaultError
from deskoffice.vault import header as headers
from deskoffice.vault import opening
from deskoffice.vault.attempts import AttemptPolicy
from deskoffice.vault.contents import Audience
from deskoffice.vault.header import COPIES, Slot
from deskoffice.vault.kdf import KdfCost
from deskoffice.vault.opening import NewAccount
from deskoffice.vault.tables import account_key


def refusal(box: Box, login: str, typed: str, key_file: Path | None = None) -> str:
    with pytest.raises(VaultError) as caught:
        opening.unlock(box.folder, login, typed, key_file=key_file, clock=box.clock)
    box.clock.forward(AttemptPolicy().lock_out)
    return caught.value.code


def swap_slot(box: Box, login: str, slot: Slot) -> None:
    header, _ = headers.load(box.folder)
    slots = tuple(slot if old.login == login else old for old in header.slots)
    headers.store(box.folder, replace(header, slots=slots, sequence=header.sequence + 1))


def test_the_right_password_opens(box: Box) -> None:
    vault = box.unlock(LI)
    assert (vault.login, vault.is_office, vault.account_id) == (LI, True, box.ids[LI])


def test_an_officer_is_no_business_account(box: Box) -> None:
    assert box.unlock(ADMIN).is_office is False


def test_a_wrong_password_an_unknown_name_and_another_ones_password_read_the_same(box: Box) -> None:
    codes = {
        refusal(box, LI, "wrong"),
        refusal(box, "nobody", "wrong"),
        refusal(box, LI, password(WANG)),
        refusal(box, LI, ""),
    }
    assert codes == {"vault_wrong_password"}


def test_full_width_digits_typed_by_an_input_method_are_the_same_password(box: Box) -> None:
    wide = password(LI).translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
    opening.unlock(box.folder, LI, wide, clock=box.clock).close()


def test_a_slot_moved_to_another_account_does_not_open(box: Box) -> None:
    header, _ = headers.load(box.folder)
    li, wang = header.slot(LI), header.slot(WANG)
    assert li is not None
    assert wang is not None
    swap_slot(box, LI, replace(wang, account=li.account, login=LI))
    assert refusal(box, LI, password(WANG)) == "vault_wrong_password"


def test_a_slot_of_another_vault_does_not_open(box: Box, other_box: Box) -> None:
    theirs, _ = headers.load(other_box.folder)
    slot = theirs.slot(LI)
    assert slot is not None
    swap_slot(box, LI, slot)
    assert refusal(box, LI, password(LI)) == "vault_wrong_password"


@pytest.mark.parametrize(
    "altered",
    [
        {"cost": KdfCost(iterations=4, memory_kib=65536)},
        {"cost": KdfCost(iterations=1, memory_kib=65536)},
        {"cost": KdfCost(iterations=3, memory_kib=1024)},
        {"cost": KdfCost(iterations=3, memory_kib=1 << 30)},
        {"cost": KdfCost(iterations=3, memory_kib=65536, lanes=255)},
        {"salt": bytes(16)},
        {"salt": b"short"},
        {"key_file": True},
        {"sealed": bytes(160)},
        {"sealed": b""},
    ],
    ids=str,
)
def test_an_altered_slot_is_refused_like_a_wrong_password(box: Box, altered: dict[str, object]) -> None:
    header, _ = headers.load(box.folder)
    slot = header.slot(LI)
    assert slot is not None
    swap_slot(box, LI, replace(slot, **altered))
    assert refusal(box, LI, password(LI)) == "vault_wrong_password"


def test_a_slot_whose_account_the_database_does_not_know_is_refused(box: Box) -> None:
    vault = box.unlock(WANG)
    with vault.database.write() as session:
        session.execute(update(account_key).where(account_key.c.login == LI).values(disabled_at=1))
    box.locked()
    assert refusal(box, LI, password(LI)) == "vault_wrong_password"


def test_a_key_file_is_needed_once_it_is_required_and_not_after_it_is_dropped(box: Box, tmp_path: Path) -> None:
    stick, wrong = tmp_path / "stick.key", tmp_path / "wrong.key"
    wrong.write_bytes(bytes(32))
    vault = box.unlock(LI)
    vault.accounts.require_key_file(password(LI), stick)
    box.locked()
    assert refusal(box, LI, password(LI)) == "vault_wrong_password"
    assert refusal(box, LI, password(LI), wrong) == "vault_wrong_password"
    assert refusal(box, LI, password(LI), tmp_path / "missing") == "vault_wrong_password"
    vault = box.unlock(LI, key_file=stick)
    vault.change_password(password(LI), "next one", stick)
    vault.accounts.drop_key_file("next one", stick)
    box.locked()
    opening.unlock(box.folder, LI, "next one", clock=box.clock).close()


def test_the_log_in_window_learns_who_needs_a_key_file(box: Box, tmp_path: Path) -> None:
    box.unlock(LI).accounts.require_key_file(password(LI), tmp_path / "stick.key")
    assert {each.login for each in opening.logins(box.folder) if each.needs_key_file} == {LI}


def test_a_changed_password_replaces_the_old_one(box: Box) -> None:
    vault = box.unlock(LI)
    with vault.database.write() as session:
        number = vault.contents.put_text(session, "纪要", Audience.only(vault.account_id))
    with pytest.raises(VaultError, match="vault_wrong_password"):
        vault.change_password("wrong", "new")
    vault.change_password(password(LI), "新口令-1")
    vault.change_password("新口令-1", "新口令-2")
    box.locked()
    assert refusal(box, LI, password(LI)) == "vault_wrong_password"
    assert refusal(box, LI, "新口令-1") == "vault_wrong_password"
    vault = opening.unlock(box.folder, LI, "新口令-2", clock=box.clock)
    box.opened.append(vault)
    with vault.database.read() as session:
        assert vault.contents.texts(session, [number]) == {number: "纪要"}


def test_a_second_program_is_told_that_the_vault_is_in_use(box: Box) -> None:
    box.unlock(LI)
    with pytest.raises(VaultError, match="vault_in_use"):
        opening.unlock(box.folder, WANG, password(WANG), clock=box.clock)


def test_a_failed_log_in_leaves_the_vault_free(box: Box) -> None:
    refusal(box, LI, "wrong")
    box.unlock(LI)


def test_a_folder_without_a_vault_is_named_so(tmp_path: Path) -> None:
    with pytest.raises(VaultError, match="vault_missing"):
        opening.logins(tmp_path)


def test_a_vault_is_not_made_over_another(box: Box) -> None:
    with pytest.raises(VaultError, match="vault_exists"):
        opening.create(box.folder, [], build=lambda _: None, clock=box.clock)


def test_a_making_that_failed_can_be_repeated(tmp_path: Path) -> None:
    def fail(_: Connection) -> None:
        raise RuntimeError("the tables could not be made")

    accounts = [NewAccount(LI, password(LI), office=True)]
    with pytest.raises(RuntimeError):
        opening.create(tmp_path / "new", accounts, build=fail, clock=Clock(), cost=KdfCost.smallest(), reserve=0)
    assert list((tmp_path / "new").iterdir()) == []
    make(tmp_path / "new", Clock()).vault.close()


def test_a_missing_database_is_damage_and_not_an_empty_vault(box: Box) -> None:
    (box.folder / "vault.db").unlink()
    with pytest.raises(VaultError, match="vault_damaged"):
        box.unlock(LI)
    assert not (box.folder / "vault.db").exists()


@pytest.mark.parametrize("raw", [b"", bytes(8192), b"SQLite format 3\0" + bytes(8000)], ids=["empty", "zero", "plain"])
def test_a_replaced_database_is_damage(box: Box, raw: bytes) -> None:
    (box.folder / "vault.db").write_bytes(raw)
    with pytest.raises(VaultError, match="vault_damaged"):
        box.unlock(LI)


def test_a_header_of_a_newer_program_is_refused_by_name(box: Box) -> None:
    for name in COPIES:
        fields = json.loads((box.folder / name).read_bytes())
        del fields["checksum"]
        fields["format"] = 2
        fields["checksum"] = headers._checksum(fields)
        (box.folder / name).write_text(json.dumps(fields))
    with pytest.raises(VaultError, match="vault_newer_format"):
        box.unlock(LI)


def test_neither_header_nor_lock_files_name_an_office_or_a_key(box: Box) -> None:
    fields = json.loads((box.folder / COPIES[0]).read_bytes())
    assert set(fields) == {
        "format",
        "vault_id",
        "suite",
        "sequence",
        "slots",
        "recovery",
        "database_keys",
        "checksum",
    }
    assert {slot["login"] for slot in fields["slots"]} == set(box.ids)


def test_no_key_stands_in_a_repr_an_exception_or_the_log(box: Box, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    vault = box.unlock(LI)
    secrets = [vault.database.key, vault._unlocked.bundle.index, vault._unlocked.bundle.sealing.private_bytes_raw()]
    texts = [
        repr(thing) for thing in (vault, vault._unlocked, vault._unlocked.bundle, vault.database, vault.database.engine)
    ]
    texts.append(repr(vault.__dict__))
    with pytest.raises(VaultError) as caught:
        vault.change_password("wrong-canary", "new-canary")
    texts.append("".join(traceback.format_exception(caught.value)))
    with vault.database.read() as session, pytest.raises(OperationalError) as failed:
        session.execute(select(account_key.c.id.op("NO SUCH")(LI)))
    texts += ["".join(traceback.format_exception(failed.value)), caplog.text]
    for text in texts:
        for secret in secrets:
            assert bytes(secret).hex() not in text.lower()
            assert repr(bytes(secret))[2:-1] not in text
        assert "canary" not in text.replace('change_password("wrong-canary", "new-canary")', "")


def test_the_key_is_wiped_when_the_vault_is_closed(box: Box) -> None:
    vault = box.unlock(LI)
    key, index_key = vault.database.key, vault._unlocked.bundle.index
    assert any(key)
    vault.close()
    assert not any(key)
    assert not any(index_key)
