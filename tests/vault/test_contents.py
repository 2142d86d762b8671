"""Sealed content: exactly its readers open it, and nothing that was altered is ever shown."""

import os
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import func, select, update
from vault.boxes import ADMIN, LI, SUITE, WANG, ZHAO, Box, password

from deskoffice.domain.errors import VaultError
from deskoffice.vault import header as headers
from deskoffice.vault import keys, slots
from deskoffice.vault.contents import INLINE_BYTES, Audience, Content
from deskoffice.vault.opening import Vault
from deskoffice.vault.suite import NATIONAL
from deskoffice.vault.tables import RECOVERY, content, content_grant, wrapping_key

LARGE = os.urandom(INLINE_BYTES + 1)


def put_text(vault: Vault, text: str, audience: Audience) -> int:
    with vault.database.write() as session:
        return vault.contents.put_text(session, text, audience)


def put(vault: Vault, data: bytes, audience: Audience) -> int:
    with vault.database.write() as session:
        return vault.contents.put(session, data, audience, name="扫描件.pdf", media_type="application/pdf")


def texts(vault: Vault, *ids: int) -> dict[int, str]:
    with vault.database.read() as session:
        return vault.contents.texts(session, ids)


def opened(vault: Vault, number: int) -> Content:
    with vault.database.read() as session:
        return vault.contents.open(session, number)


def objects(box: Box) -> list[Path]:
    return [path for path in (box.folder / "objects").rglob("*") if path.is_file()]


@pytest.mark.parametrize("data", [b"", b"x", LARGE[:-1], LARGE], ids=["empty", "one byte", "largest inline", "object"])
def test_what_was_put_is_opened_with_its_name_and_type(box: Box, data: bytes) -> None:
    vault = box.unlock(LI)
    number = put(vault, data, Audience.only(vault.account_id))
    assert opened(vault, number) == Content(data, "扫描件.pdf", "application/pdf")
    assert len(objects(box)) == (len(data) > INLINE_BYTES)


def test_only_the_readers_open(box: Box) -> None:
    vault = box.unlock(LI)
    number = put_text(vault, "机密", Audience.only(box.ids[LI], box.ids[WANG]))
    for login, expected in [(LI, {number: "机密"}), (WANG, {number: "机密"}), (ZHAO, {}), (ADMIN, {})]:
        box.locked()
        assert texts(box.unlock(login), number) == expected
    with pytest.raises(VaultError, match="vault_not_yours"):
        opened(box.opened[-1], number)


def test_everyone_means_business_accounts_and_no_officer(box: Box) -> None:
    number = put_text(box.unlock(ADMIN), "通知", Audience.everyone())
    for login, expected in [(LI, {number: "通知"}), (ZHAO, {number: "通知"}), (ADMIN, {})]:
        box.locked()
        assert texts(box.unlock(login), number) == expected


def test_a_content_that_does_not_exist_reads_like_one_of_others(box: Box) -> None:
    with pytest.raises(VaultError, match="vault_not_yours"):
        opened(box.unlock(LI), 4711)


def test_readable_counts_both_ways_to_a_content(box: Box) -> None:
    vault = box.unlock(LI)
    mine, office = put_text(vault, "一", Audience.only(box.ids[LI])), put_text(vault, "二", Audience.everyone())
    theirs = put_text(vault, "三", Audience.only(box.ids[WANG]))
    with vault.database.read() as session:
        assert vault.contents.readable(session, [mine, office, theirs, 99]) == {mine, office}
        assert vault.contents.audience(session, theirs) == Audience.only(box.ids[WANG])


def test_a_grant_opens_it_for_another_account(box: Box) -> None:
    vault = box.unlock(LI)
    number = put_text(vault, "批示", Audience.only(box.ids[LI]))
    with vault.database.write() as session:
        vault.contents.grant(session, [number], [box.ids[WANG]])
        vault.contents.grant(session, [number], [box.ids[WANG], box.ids[LI]])
    box.locked()
    assert texts(box.unlock(WANG), number) == {number: "批示"}


def test_nobody_grants_what_he_cannot_open(box: Box) -> None:
    number = put_text(box.unlock(LI), "批示", Audience.only(box.ids[LI]))
    box.locked()
    vault = box.unlock(ADMIN)
    with pytest.raises(VaultError, match="vault_not_yours"), vault.database.write() as session:
        vault.contents.grant(session, [number], [box.ids[ADMIN]])


def test_granting_to_the_office_opens_it_for_every_business_account(box: Box) -> None:
    vault = box.unlock(LI)
    number = put_text(vault, "公报", Audience.only(box.ids[LI]))
    with vault.database.write() as session:
        vault.contents.grant_office(session, [number])
    box.locked()
    assert texts(box.unlock(ZHAO), number) == {number: "公报"}


@pytest.mark.parametrize("data", [b"short", LARGE], ids=["inline", "object"])
def test_revoking_seals_anew_under_another_key(box: Box, data: bytes) -> None:
    vault = box.unlock(LI)
    number = put(vault, data, Audience.only(box.ids[LI], box.ids[WANG]))
    with vault.database.write() as session:
        before = vault.contents.digest(session, number)
        vault.contents.revoke(session, [number], [box.ids[WANG]])
        assert vault.contents.digest(session, number) != before
    assert opened(vault, number).data == data
    box.locked()
    with pytest.raises(VaultError, match="vault_not_yours"):
        opened(box.unlock(WANG), number)


def test_a_key_remembered_from_before_does_not_open_the_new_sealing(box: Box) -> None:
    vault = box.unlock(LI)
    number = put_text(vault, "草稿", Audience.only(box.ids[LI], box.ids[WANG]))
    with vault.database.write() as session:
        (old,) = vault.contents._stored(session, [number]).values()
        key = vault.contents._keys(session, [old])[number]
        vault.contents.revoke(session, [number], [box.ids[WANG]])
        (new,) = vault.contents._stored(session, [number]).values()
        with pytest.raises(VaultError, match="vault_damaged"):
            vault.contents._open_one(session, new, key)


def test_a_deleted_content_is_gone_with_its_grants_and_its_number(box: Box) -> None:
    vault = box.unlock(LI)
    number = put_text(vault, "错误", Audience.everyone())
    with vault.database.write() as session:
        vault.contents.delete(session, number)
        assert session.scalar(select(func.count()).select_from(content_grant)) == 0
    assert put_text(vault, "正确", Audience.everyone()) > number


def test_a_rolled_back_transaction_leaves_later_ones_whole(box: Box) -> None:
    vault = box.unlock(LI)
    with vault.database.write() as session:
        vault.contents.put_text(session, "一", Audience.everyone())
        session.rollback()
    with vault.database.write() as session:
        savepoint = session.begin_nested()
        vault.contents.put_text(session, "二", Audience.only(box.ids[LI]))
        savepoint.rollback()
        number = vault.contents.put_text(session, "三", Audience.only(box.ids[LI]))
    box.locked()
    assert texts(box.unlock(LI), number) == {number: "三"}


def test_an_account_that_does_not_exist_cannot_be_a_reader(box: Box) -> None:
    with pytest.raises(VaultError, match="vault_no_such_account"):
        put_text(box.unlock(LI), "一", Audience.only(99))


def test_a_grant_is_bound_to_its_content_and_its_reader(box: Box) -> None:
    vault = box.unlock(LI)
    first = put_text(vault, "一", Audience.only(box.ids[LI]))
    second = put_text(vault, "二", Audience.only(box.ids[WANG], box.ids[LI]))
    with vault.database.write() as session:
        mine = content_grant.c.reader == box.ids[LI]
        stolen = session.scalar(select(content_grant.c.wrapped).where(mine, content_grant.c.content_id == second))
        session.execute(update(content_grant).where(mine, content_grant.c.content_id == first).values(wrapped=stolen))
    with pytest.raises(VaultError, match="vault_damaged"):
        texts(vault, first)


def test_a_wrapping_key_is_bound_to_its_number_reader_and_vault() -> None:
    private = X25519PrivateKey.generate()
    wrapped = keys.seal_to(keys.public_of(private), bytes(32), b"wrapping/1 00 1 2")
    for info in (b"wrapping/1 00 2 2", b"wrapping/1 00 1 3", b"wrapping/1 01 1 2", b""):
        with pytest.raises(InvalidTag):
            keys.open_sealed(private, wrapped, info)


def flipped(raw: bytes, position: int) -> bytes:
    return raw[:position] + bytes([raw[position] ^ 1]) + raw[position + 1 :]


@pytest.mark.parametrize("column", ["sealed", "digest", "signature", "version", "author_id", "suite"])
def test_an_altered_row_is_damage(box: Box, column: str) -> None:
    vault = box.unlock(LI)
    number = put_text(vault, "原文", Audience.everyone())
    with vault.database.write() as session:
        row = session.execute(select(content).where(content.c.id == number)).one()._mapping
        old = row[column]
        others = {
            "digest": "0" * 64,
            "version": 2,
            "author_id": box.ids[WANG],
            "suite": "intl-1" if SUITE is NATIONAL else "gm-1",
        }
        altered = flipped(old, len(old) // 2) if isinstance(old, bytes) else others[column]
        session.execute(update(content).values({column: altered}))
    with pytest.raises(VaultError, match=r"vault_(rolled_back|damaged)"):
        texts(vault, number)


@pytest.mark.parametrize("position", [0, 1, 13, 5000, -17, -1])
def test_an_altered_object_is_damage_and_named(box: Box, position: int) -> None:
    vault = box.unlock(LI)
    number = put(vault, LARGE, Audience.everyone())
    (path,) = objects(box)
    raw = path.read_bytes()
    path.write_bytes(flipped(raw, position % len(raw)))
    with pytest.raises(VaultError) as caught:
        opened(vault, number)
    assert caught.value.values["file"] == path.relative_to(box.folder).as_posix()


@pytest.mark.parametrize("length", [0, 100, len(LARGE)])
def test_a_cut_or_missing_object_is_damage(box: Box, length: int) -> None:
    vault = box.unlock(LI)
    number = put(vault, LARGE, Audience.everyone())
    (path,) = objects(box)
    path.write_bytes(path.read_bytes()[:length]) if length else path.unlink()
    with pytest.raises(VaultError, match="vault_damaged"):
        opened(vault, number)


def test_an_exchanged_object_is_damage(box: Box) -> None:
    vault = box.unlock(LI)
    number = put(vault, LARGE, Audience.everyone())
    put(vault, LARGE, Audience.everyone())
    first, second = objects(box)
    a, b = first.read_bytes(), second.read_bytes()
    first.write_bytes(b)
    second.write_bytes(a)
    with pytest.raises(VaultError, match="vault_damaged"):
        opened(vault, number)


def test_an_object_is_on_the_disk_before_its_row(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    vault = box.unlock(LI)
    monkeypatch.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError(28, "full")))
    with pytest.raises(Exception, match="disk_full"):
        put(vault, LARGE, Audience.everyone())
    with vault.database.read() as session:
        assert session.scalar(select(func.count()).select_from(content)) == 0


def test_many_contents_of_one_session_share_a_wrapping_key_for_each_reader(box: Box) -> None:
    vault = box.unlock(LI)
    for _ in range(3):
        put_text(vault, "一", Audience.only(box.ids[LI], box.ids[WANG]))
    with vault.database.read() as session:
        readers = session.scalars(select(wrapping_key.c.reader)).all()
    assert sorted(readers) == sorted([RECOVERY, box.ids[LI], box.ids[WANG]])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "gb18030"])
def test_no_file_of_the_vault_holds_the_text(box: Box, encoding: str) -> None:
    marker = "绝密标记文字九四零一"
    vault = box.unlock(LI)
    put_text(vault, marker, Audience.everyone())
    with vault.database.write() as session:
        vault.contents.put(session, (marker * 4000).encode(encoding), Audience.everyone(), name=marker)
    vault.index.put(1, marker)
    files = [path for path in box.folder.rglob("*") if path.is_file()]
    assert {"vault.db", "vault.db-wal", "vault.json", f"{vault.account_id}.db"} <= {path.name for path in files}
    needles = [marker[start : start + 3].encode(encoding) for start in range(len(marker) - 2)]
    for path in files:
        raw = path.read_bytes()
        assert not any(needle in raw for needle in needles), path.name
        assert not raw.startswith(b"SQLite format 3")


def test_the_officers_complete_keys_open_nothing(box: Box) -> None:
    vault = box.unlock(LI)
    with vault.database.write() as session:
        for audience in (Audience.everyone(), Audience.only(box.ids[LI]), Audience.only(box.ids[WANG], box.ids[ZHAO])):
            vault.contents.put_text(session, "正文", audience)
            vault.contents.put(session, bytes(50000), audience)
    box.locked()
    header, _ = headers.load(box.folder)
    _, bundle = slots.open_slot(header, ADMIN, password(ADMIN), None)
    admin = box.unlock(ADMIN)
    assert bytes(bundle.database) == bytes(admin.database.key)
    with admin.database.read() as session:
        assert admin.contents.texts(session, range(1, 20)) == {}
        assert admin.contents.readable(session, range(1, 20)) == set()
