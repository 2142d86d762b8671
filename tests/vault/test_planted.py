"""What somebody puts into the folders of a vault between two sessions: nothing hangs, is followed or believed."""

import os
import shutil
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from vault.boxes import LI, SUITE, WANG, Box
from vault.test_exchanged_files import PAGE, told, two, worked

from deskoffice.domain.errors import EnvironmentFailure, VaultError
from deskoffice.vault import backup, exchange
from deskoffice.vault import header as headers
from deskoffice.vault.check import check
from deskoffice.vault.exchange import Identity, PacketKind, Sending
from deskoffice.vault.rollback import anchor_path

__all__ = ["two"]
SECTOR = 512


def undoing(pages: dict[int, bytes], size: int) -> bytes:
    """The journal that SQLite would play back into a file of so many pages; it takes no key to write one."""
    nonce = 1
    raw = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + struct.pack(">5I", len(pages), nonce, size, SECTOR, PAGE)
    raw = raw.ljust(SECTOR, b"\0")
    for number, page in pages.items():
        check_sum = nonce + sum(page[at] for at in range(PAGE - 200, 0, -200))
        raw += struct.pack(">I", number) + page + struct.pack(">I", check_sum)
    return raw


def refused(box: Box) -> bool:
    """Whether the unlocking says that the vault is not what it was; a check is not asked."""
    try:
        return bool(box.unlock(WANG).problems)
    except VaultError as error:
        return error.code == "vault_damaged"
    finally:
        box.locked()


def test_an_old_page_in_a_write_to_be_undone_shows(two: tuple[Box, Path, Path]) -> None:
    """Played back when the file is opened: a look at the file before that sees nothing."""
    box, yesterday, today = two
    old, new = ((folder / "vault.db").read_bytes() for folder in (yesterday, today))
    differing = [at for at in range(0, len(old), PAGE) if old[at : at + PAGE] != new[at : at + PAGE]]
    for at in differing[:: len(differing) // 4]:
        shutil.copytree(today, box.folder, dirs_exist_ok=True)
        journal = undoing({at // PAGE + 1: old[at : at + PAGE]}, len(new) // PAGE)
        (box.folder / "vault.db-journal").write_bytes(journal)
        assert refused(box)
        assert (box.folder / "vault.db").read_bytes()[at : at + PAGE] == old[at : at + PAGE]


@pytest.mark.parametrize("suffix", ["-wal", "-journal"])
def test_an_index_with_something_to_play_back_is_made_anew(box: Box, suffix: str) -> None:
    worked(box)
    path = box.folder / "index" / f"{box.ids[LI]}.db"
    path.with_name(path.name + suffix).write_bytes(bytes(PAGE))
    vault = box.unlock()
    assert [problem.code for problem in vault.findings()] == ["index_exchanged"]
    assert vault.index.mark() == 0
    box.locked()
    assert box.unlock().findings() == []


def pipe(path: Path) -> None:
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def endless(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to("/dev/zero")


def folder(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.mkdir()


HARMS = pytest.mark.parametrize("harm", [pipe, endless, folder])
EXPECTED = {
    "vault.json.1": "header_copy_differs",
    "closed.json": "closing",
    "restored.json": "",
    "vault.db": "vault_damaged",
}


@HARMS
@pytest.mark.parametrize("name", EXPECTED)
def test_what_is_no_file_is_read_by_nobody(box: Box, harm: Callable[[Path], None], name: str) -> None:
    worked(box)
    harm(box.folder / name)
    if (name, harm) != ("vault.json.1", folder):  # a copy cannot be put back over a folder
        assert told(box) == EXPECTED[name]


@HARMS
def test_an_object_that_is_no_file_is_named(box: Box, harm: Callable[[Path], None]) -> None:
    worked(box)
    (large,) = [path for path in (box.folder / "objects").rglob("*") if path.is_file()]
    harm(large)
    assert [problem.code for problem in check(box.unlock())] == ["object_missing"]


def test_folders_and_links_among_the_objects_stop_no_check(box: Box, tmp_path: Path) -> None:
    worked(box)
    (tmp_path / "mine").write_text("mine")
    (box.folder / "objects" / "ab" / ("ab" + "0" * 62)).mkdir(parents=True)
    (box.folder / "objects" / "ab" / ("ab" + "1" * 62)).symlink_to(tmp_path / "mine")
    (box.folder / "objects" / "cd").write_bytes(b"")
    assert check(box.unlock()) == []
    assert (tmp_path / "mine").read_text() == "mine"


@HARMS
def test_a_witness_that_is_none_counts_as_lost(box: Box, harm: Callable[[Path], None]) -> None:
    worked(box)
    harm(anchor_path(box.folder, headers.load(box.folder)[0].vault_id.hex()))
    assert told(box) == "witness"


@HARMS
def test_a_set_of_pipes_on_a_stick_hangs_nobody(box: Box, tmp_path: Path, harm: Callable[[Path], None]) -> None:
    made = backup.create(box.unlock(), tmp_path / "stick").target
    harm(made / "part0001.age")
    assert backup.verify(made, box.backup_keys).bad == ["part0001.age"]
    harm(made / "manifest.json")
    with pytest.raises(EnvironmentFailure, match="backup_medium_failed"):
        backup.verify(made, box.backup_keys)


def test_links_under_names_that_will_be_written_are_not_followed(box: Box, tmp_path: Path) -> None:
    """Who can write into the folder must not have the program write elsewhere."""
    worked(box)
    precious = tmp_path / "precious"
    precious.write_text("mine")
    for name in ("closed.json.new", "vault.json.new", "vault.json.1.new", "attempts.new"):
        (box.folder / name).symlink_to(precious)
    (box.folder / "reserve").unlink()
    (box.folder / "reserve").symlink_to(tmp_path / "nowhere")
    (box.folder / "vault.json.1").unlink()
    with pytest.raises(VaultError):
        box.unlock(LI).change_password("wrong", "another-Passw0rd")
    box.locked()
    assert precious.read_text() == "mine"
    assert not (tmp_path / "nowhere").exists()
    assert (box.folder / "vault.json.1").is_file()


def test_a_packet_with_a_number_that_nobody_counted_to_is_refused(tmp_path: Path) -> None:
    """A partner's signature is on it; the list of the packets that did not come would have no end."""
    sender, receiver = Identity.generate(os.urandom(16)), Identity.generate(os.urandom(16))
    path = tmp_path / "packet"
    exchange.write(path, sender, receiver.public, Sending(PacketKind.PAPERS, 10**15, b"", SUITE))
    with pytest.raises(VaultError, match="exchange_packet_damaged"):
        exchange.read(path, receiver, lambda _: sender.public)
