"""Old pages put back into the file: no cipher of pages notices, the log does."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from vault.boxes import ADMIN, LI, WANG, ZHAO, Box, make, password, some

from deskoffice.domain.errors import DeskOfficeError, VaultError
from deskoffice.vault import heads, opening
from deskoffice.vault.contents import Audience
from deskoffice.vault.header import COPIES
from deskoffice.vault.opening import NewAccount, Vault
from deskoffice.vault.tables import account_key, content, content_grant, content_head

PAGE = 4096


def pages(path: Path) -> list[bytes]:
    raw = path.read_bytes()
    return [raw[start : start + PAGE] for start in range(0, len(raw), PAGE)]


def many(vault: Vault) -> list[int]:
    readers = Audience.only(vault.account_id, *(number for number in range(1, 5) if number != vault.account_id))
    with vault.database.write() as session:
        return [vault.contents.put_text(session, f"正文{number}" * 20, readers) for number in range(120)]


def revoked(vault: Vault, ids: list[int], box: Box) -> None:
    with vault.database.write() as session:
        vault.contents.revoke(session, ids[:60], [box.ids[WANG]])
        vault.contents.grant_office(session, ids[60:80])
        for number in ids[110:]:
            vault.contents.delete(session, number)


def disabled(vault: Vault, ids: list[int], box: Box) -> None:
    with vault.database.write() as session:
        vault.disable_account(session, box.ids[ZHAO])
        vault.add_account(session, NewAccount("sun", password("sun"), office=True))


def written(vault: Vault, ids: list[int], box: Box) -> None:
    for number in range(20):
        with vault.database.write() as session:
            vault.contents.put_text(session, f"后来{number}" * 50, Audience.only(vault.account_id))


def seen(box: Box, login: str, ids: range) -> dict[int, str] | None:
    """What this account is shown, None where the vault says that something is wrong."""
    found: dict[int, str] = {}
    try:
        vault = box.unlock(login)
        if vault.problems:
            return None
        with vault.database.read() as session:
            for number in ids:
                found |= vault.contents.texts(session, [number])
    except DeskOfficeError:
        return None
    finally:
        box.locked()
        box.clock.forward(3600)
    return found


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("change", [revoked, disabled, written], ids=lambda each: each.__name__)
def test_a_single_old_page_is_found_or_changes_nothing_that_is_shown(
    box: Box, change: Callable[[Vault, list[int], Box], None]
) -> None:
    """Every page that the change rewrote is put back by itself."""
    path = box.folder / "vault.db"
    ids = many(box.unlock(LI))
    box.locked()
    before = pages(path)
    vault = box.unlock(LI)
    change(vault, ids, box)
    box.locked()
    after, kept = pages(path), box.folder.parent / "kept"
    shutil.copytree(box.folder, kept)
    expected = {login: seen(box, login, range(1, 160)) for login in (LI, WANG)}
    assert None not in expected.values()
    changed = [number for number, page in enumerate(before) if page != after[number]]
    found = 0
    tried = some(changed, 10)
    for number in tried:
        shutil.rmtree(box.folder)
        shutil.copytree(kept, box.folder)
        path.write_bytes(b"".join([*after[:number], before[number], *after[number + 1 :]]))
        shown = {login: seen(box, login, range(1, 160)) for login in (LI, WANG)}
        found += None in shown.values()
        for login, texts in shown.items():
            assert texts in (None, expected[login]), f"page {number} of {len(after)}"
    # The others hold nothing that is shown: pages of indexes, freed pages.
    assert found >= len(tried) // 3


def rows(vault: Vault, number: int) -> tuple[list[dict[str, object]], ...]:
    with vault.database.read() as session:
        return tuple(
            [dict(row._mapping) for row in session.execute(select(table).where(column == number))]
            for table, column in (
                (content, content.c.id),
                (content_grant, content_grant.c.content_id),
                (content_head, content_head.c.content_id),
            )
        )


def put_back(vault: Vault, number: int, old: tuple[list[dict[str, object]], ...], tables: int) -> None:
    """What someone with the database key can do: exchange whole rows."""
    with vault.database.write() as session:
        session.execute(update(content).where(content.c.id == number), old[0][0])
        if tables > 1:
            session.execute(delete(content_grant).where(content_grant.c.content_id == number))
            session.execute(insert(content_grant), old[1])
        if tables > 2:
            session.execute(update(content_head).where(content_head.c.content_id == number), old[2][0])


@pytest.mark.parametrize("tables", [1, 2])
def test_an_old_content_with_its_old_readers_is_refused(box: Box, tables: int) -> None:
    vault = box.unlock(LI)
    (number, *_) = many(vault)
    old = rows(vault, number)
    with vault.database.write() as session:
        vault.contents.revoke(session, [number], [box.ids[WANG]])
    put_back(vault, number, old, tables)
    box.locked()
    vault = box.unlock(WANG if tables == 2 else LI)
    with vault.database.read() as session, pytest.raises(VaultError, match=r"vault_(rolled_back|damaged)"):
        vault.contents.open(session, number)


def test_a_check_finds_an_old_content_even_when_every_table_agrees(box: Box) -> None:
    vault = box.unlock(LI)
    (number, *_) = many(vault)
    old = rows(vault, number)
    with vault.database.write() as session:
        vault.contents.revoke(session, [number], [box.ids[WANG]])
    with vault.database.read() as session:
        assert list(heads.problems(session)) == []
    put_back(vault, number, old, 3)
    with vault.database.read() as session:
        assert [(problem.code, problem.where) for problem in heads.problems(session)] == [
            ("content_head_differs", f"content:{number}")
        ]


def test_a_check_finds_a_content_that_was_taken_out(box: Box) -> None:
    vault = box.unlock(LI)
    (number, *_) = many(vault)
    with vault.database.write() as session:
        session.execute(delete(content).where(content.c.id == number))
    with vault.database.read() as session:
        assert [problem.code for problem in heads.problems(session)] == ["content_missing"]


def test_rights_that_the_log_does_not_know_open_for_reading_only(box: Box) -> None:
    vault = box.unlock(LI)
    with vault.database.write() as session:
        session.execute(update(account_key).where(account_key.c.login == WANG).values(office=False))
    box.locked()
    vault = box.unlock(LI)
    assert [problem.code for problem in vault.problems] == ["rights_differ"]
    with pytest.raises(VaultError, match="vault_rolled_back"), vault.database.write():
        pass


def test_an_exchanged_public_key_is_found_at_unlock(box: Box) -> None:
    vault = box.unlock(ADMIN)
    with vault.database.write() as session:
        key = vault._unlocked.bundle.sealing_public
        session.execute(update(account_key).where(account_key.c.login == ZHAO).values(sealing_public=key))
    box.locked()
    assert box.unlock(LI).problems


def test_ordinary_days_leave_no_finding(box: Box) -> None:
    for login in (LI, WANG, ADMIN, LI):
        vault = box.unlock(login)
        assert vault.problems == ()
        with vault.database.write() as session:
            vault.contents.put_text(session, "一", Audience.everyone())
        box.locked()
    opening.recover(box.folder, box.shares[:2], ZHAO, "recovered", clock=box.clock)
    vault = box.unlock(LI)
    disabled(vault, [], box)
    box.locked()
    vault = box.unlock(WANG)
    assert vault.problems == ()
    assert vault.audit.verify().ok
    with vault.database.read() as session:
        assert list(heads.problems(session)) == []


def test_an_older_header_put_back_is_found(box: Box) -> None:
    kept = (box.folder / "vault.json").read_bytes()
    vault = box.unlock(LI)
    vault.change_password(password(LI), "next")
    box.locked()
    for name in COPIES:
        (box.folder / name).write_bytes(kept)
    assert [problem.code for problem in box.unlock(WANG).problems] == ["header_is_old"]
    box.locked()
    opening.recover(box.folder, box.shares[:2], WANG, "recovered", clock=box.clock)
    assert box.unlock(ZHAO).problems == ()


class Base(DeclarativeBase):
    """Tables of their own, which no other test sees."""


class Rank(Base):
    """Stands for a table of rights of the layers above."""

    __tablename__ = "rank_of_test"
    __table_args__ = ({"info": {"rights": True}},)

    id: Mapped[int] = mapped_column(primary_key=True)
    level: Mapped[int]


@pytest.fixture
def ranked(tmp_path: Path, box: Box, monkeypatch: pytest.MonkeyPatch) -> Box:
    monkeypatch.setattr(heads, "metadata", Base.metadata)
    created = make(tmp_path / "ranked", box.clock, more=Base.metadata)
    created.vault.close()
    return replace(box, folder=tmp_path / "ranked", shares=created.recovery_shares)


def by_record(session: Session) -> None:
    session.add(Rank(id=1, level=3))


def by_changed_record(session: Session) -> None:
    session.add(Rank(id=1, level=2))
    session.flush()
    session.get_one(Rank, 1).level = 3


def by_statement(session: Session) -> None:
    session.execute(insert(Rank), [{"id": 1, "level": 1}])
    session.execute(update(Rank).values(level=3))


@pytest.mark.parametrize("change", [by_record, by_changed_record, by_statement], ids=lambda each: each.__name__)
def test_rights_of_the_layers_above_are_in_the_log_too(ranked: Box, change: Callable[[Session], None]) -> None:
    vault = ranked.unlock(LI)
    with vault.database.write() as session:
        change(session)
    ranked.locked()
    vault = ranked.unlock(LI)
    assert vault.problems == ()
    with vault.database.write() as session:
        session.connection().exec_driver_sql("UPDATE rank_of_test SET level = 9")
    ranked.locked()
    assert [problem.code for problem in ranked.unlock(LI).problems] == ["rights_differ"]
