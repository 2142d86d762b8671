"""Files of a vault exchanged between two sessions, one by one and in every mixture: each shows at the next unlock."""

import itertools
import json
import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from vault.boxes import ADMIN, LI, WANG, Box, password

from deskoffice.domain.errors import DeskOfficeError
from deskoffice.vault import ceremony, closing, rekey
from deskoffice.vault import header as headers
from deskoffice.vault.check import check
from deskoffice.vault.closing import CLOSED, LastClosing
from deskoffice.vault.contents import Audience
from deskoffice.vault.copying import copy_out
from deskoffice.vault.header import COPIES
from deskoffice.vault.rollback import anchor_path
from deskoffice.vault.second import Officer
from deskoffice.vault.vault import Vault

PAGE = 4096
PARTS = ("header", "database", "objects", "closing")


def worked(box: Box, login: str = LI, *, text: str = "一") -> None:
    """A session that leaves a small and a large content."""
    vault = box.unlock(login)
    with vault.database.write() as session:
        vault.contents.put_text(session, text, Audience.everyone())
        vault.contents.put(session, text.encode() * 20000, Audience.everyone())
    vault.index.put(1, text)
    box.locked()


@pytest.fixture
def two(box: Box, tmp_path: Path) -> tuple[Box, Path, Path]:
    """The vault of yesterday and of today, between them a changed password, new and destroyed contents."""
    worked(box)
    shutil.copytree(box.folder, tmp_path / "old")
    worked(box, WANG, text="二")
    box.unlock(LI).change_password(password(LI), password(LI) + "2")
    box.locked()
    vault = box.unlock(ADMIN)
    with vault.database.write() as session:
        vault.contents.delete(session, 2)
    box.locked()
    shutil.copytree(box.folder, tmp_path / "new")
    return box, tmp_path / "old", tmp_path / "new"


def put(folder: Path, source: Path, part: str) -> None:
    names = {"header": COPIES, "database": ("vault.db",), "objects": ("objects",), "closing": (CLOSED,)}[part]
    for name in names:
        if (folder / name).is_dir():
            shutil.rmtree(folder / name)
        if (source / name).is_dir():
            shutil.copytree(source / name, folder / name)
        else:
            shutil.copy(source / name, folder / name)


def told(box: Box, login: str = WANG) -> str:
    """What the unlocking says is wrong, or the first finding of a check; empty when nothing is noticed."""
    try:
        vault = box.unlock(login)
        found = [problem.code for problem in vault.findings()]
        if vault.lost_witness:
            found.append("witness")
        if vault.last_closing is LastClosing.MISSING:
            found.append("closing")
        return " ".join(found) or " ".join(problem.code for problem in check(vault))
    except DeskOfficeError as error:
        return error.code
    finally:
        box.locked()


MIXTURES = [mixed for count in range(1, len(PARTS) + 1) for mixed in itertools.combinations(PARTS, count)]


@pytest.mark.parametrize("is_watched", [True, False], ids=["watched", "unwatched"])
def test_every_mixture_of_old_and_new_files_is_noticed(two: tuple[Box, Path, Path], is_watched: bool) -> None:
    """With the witness outside the vault, and without it."""
    box, yesterday, today = two
    witness = anchor_path(box.folder, headers.load(box.folder)[0].vault_id.hex())
    seen = witness.read_bytes()
    for old in MIXTURES:
        shutil.rmtree(box.folder)
        shutil.copytree(today, box.folder)
        witness.write_bytes(seen)
        for part in old:
            put(box.folder, yesterday, part)
        if not is_watched:
            witness.unlink()
        assert told(box), old


def test_nothing_is_said_of_an_ordinary_day(two: tuple[Box, Path, Path]) -> None:
    box, _, _ = two
    for login in (WANG, ADMIN, WANG):
        assert told(box, login) == ""
        vault = box.unlock(login)
        assert vault.last_closing is LastClosing.ORDERLY
        box.locked()


def test_each_old_page_is_found_at_unlock(two: tuple[Box, Path, Path]) -> None:
    """Whatever table it belongs to, also those that the vault knows nothing of."""
    box, yesterday, today = two
    before, after = ((folder / "vault.db").read_bytes() for folder in (yesterday, today))
    pages = [at for at in range(0, len(before), PAGE) if before[at : at + PAGE] != after[at : at + PAGE]]
    assert len(pages) > 10
    header, _ = headers.load(box.folder)
    for at in pages:
        (box.folder / "vault.db").write_bytes(after[:at] + before[at : at + PAGE] + after[at + PAGE :])
        assert closing.Files.of(box.folder, header) != closing.Files.of(today, header)
    for at in pages[:: max(1, len(pages) // 6)]:
        (box.folder / "vault.db").write_bytes(after[:at] + before[at : at + PAGE] + after[at + PAGE :])
        assert told(box)
        shutil.rmtree(box.folder)
        shutil.copytree(today, box.folder)


def flipped(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)


def forged(path: Path) -> None:
    """With the marks of somebody who does not hold the keys."""
    fields = json.loads(path.read_bytes())
    fields["closing"]["pages"] = "0" * 64
    path.write_text(json.dumps(fields))


@pytest.mark.parametrize("harm", [Path.unlink, flipped, forged], ids=["gone", "flipped", "forged"])
def test_a_record_of_the_closing_that_is_gone_or_false_is_told(box: Box, harm: Callable[[Path], None]) -> None:
    worked(box)
    harm(box.folder / CLOSED)
    assert told(box) == "closing"
    assert told(box) == ""


def test_a_power_cut_while_the_vault_is_closed_accuses_nobody(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    worked(box)
    with monkeypatch.context() as cut:
        cut.setattr(Vault, "_record_closing", lambda *_: None)
        worked(box, WANG)
    vault = box.unlock()
    assert vault.last_closing is LastClosing.CUT_OFF
    assert check(vault) == []


def test_a_deleted_object_is_named(box: Box) -> None:
    worked(box)
    (large,) = [path for path in (box.folder / "objects").rglob("*") if path.is_file()]
    large.unlink()
    assert told(box) == "object_missing"


def test_an_index_put_back_is_made_anew(box: Box, tmp_path: Path) -> None:
    worked(box)
    path = box.folder / "index" / f"{box.ids[LI]}.db"
    shutil.copy(path, tmp_path / "index")
    worked(box, text="二")
    shutil.copy(tmp_path / "index", path)
    vault = box.unlock()
    assert [problem.code for problem in vault.findings()] == ["index_exchanged"]
    assert vault.index.mark() == 0
    assert vault.index.search("一", 5) == []


def test_an_index_that_a_cut_off_session_changed_accuses_nobody(box: Box) -> None:
    worked(box)
    vault = box.unlock()
    vault.index.put(2, "二")
    vault._is_sound = False  # nothing is signed, as when the power goes
    box.locked()
    box.unlock(WANG)
    box.locked()
    vault = box.unlock()
    assert vault.last_closing is LastClosing.ORDERLY
    assert vault.findings() == []


def test_an_index_whose_folder_is_gone_is_told_and_made_anew(box: Box) -> None:
    worked(box)
    shutil.rmtree(box.folder / "index")
    vault = box.unlock()
    assert [problem.code for problem in vault.findings()] == ["index_exchanged"]
    vault.index.put(1, "一")
    assert vault.index.search("一", 5) == [1]


def test_a_copy_of_the_header_put_back_is_told_and_mended(two: tuple[Box, Path, Path]) -> None:
    box, yesterday, _ = two
    shutil.copy(yesterday / COPIES[1], box.folder / COPIES[1])
    vault = box.unlock(WANG)
    assert vault.mended_copies == (COPIES[1],)
    with vault.database.read() as session:
        assert vault.audit.count(session, action="vault.header.mended") == 1
    box.locked()
    assert box.unlock(WANG).mended_copies == ()


def test_a_header_of_the_same_number_without_an_account_is_told(box: Box) -> None:
    worked(box)
    header, _ = headers.load(box.folder)
    headers.store(box.folder, headers.replace(header.without(box.ids[ADMIN]), sequence=header.sequence))
    assert told(box) == "header_exchanged"


def killed(box: Box) -> None:
    """The program dies after a confirmed act."""
    child = os.fork()
    if child == 0:
        vault = box.unlock(WANG)
        with vault.database.write() as session:
            vault.contents.put_text(session, "三", Audience.everyone())
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)


def test_after_a_kill_it_is_said_that_the_closing_was_cut_off_and_nothing_is_accused(box: Box) -> None:
    worked(box)
    killed(box)
    vault = box.unlock(WANG)
    assert (vault.problems, vault.last_closing) == ((), LastClosing.CUT_OFF)
    box.locked()
    assert box.unlock(WANG).last_closing is LastClosing.ORDERLY


def test_what_is_exchanged_by_right_is_not_accused(box: Box, tmp_path: Path) -> None:
    """A new database key, a copy of the whole vault, two officers who accept an old one."""
    worked(box)
    rekey.change_database_key(box.unlock(ADMIN))
    assert told(box) == ""
    copy_out(box.unlock(ADMIN), tmp_path / "copy")
    box.locked()
    here = box.folder
    box.folder = tmp_path / "copy"
    assert told(box) == ""
    box.folder = here


def test_after_two_officers_accepted_an_old_vault_it_is_closed_orderly(two: tuple[Box, Path, Path]) -> None:
    box, yesterday, _ = two
    for part in PARTS:
        put(box.folder, yesterday, part)
    assert told(box) == "log_rolled_back"
    with pytest.raises(DeskOfficeError):
        ceremony.accept(box.unlock(WANG), [Officer(ADMIN, password(ADMIN))])
