"""A vault put back to an earlier state opens for reading only, until two officers accept it."""

import shutil

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import select
from vault.boxes import ADMIN, LI, WANG, Box, password

from deskoffice.domain.errors import VaultError
from deskoffice.vault import backup
from deskoffice.vault.audit import Consistency
from deskoffice.vault.ceremony import ROLLBACK_ACCEPTED, accept, statement
from deskoffice.vault.check import check
from deskoffice.vault.opening import NewAccount
from deskoffice.vault.rollback import anchor_path
from deskoffice.vault.second import Officer
from deskoffice.vault.tables import account_key

AUDITOR = "auditor"


@pytest.fixture
def old_copy(box, tmp_path):
    """A copy of the folder from before the last session."""
    admin = box.unlock(ADMIN)
    with admin.database.write() as session:
        admin.add_account(session, NewAccount(AUDITOR, password(AUDITOR), office=False))
    box.locked()
    shutil.copytree(box.folder, tmp_path / "copy")
    work(box)
    return tmp_path / "copy"


def work(box):
    vault = box.unlock(LI)
    with vault.database.write() as session:
        vault.audit.append(session, "circulation.incoming.registered")
    box.locked()


def put_back(box, copy):
    shutil.rmtree(box.folder)
    shutil.copytree(copy, box.folder)


def officers(*logins):
    return [Officer(login, password(login)) for login in logins]


def test_an_older_copy_opens_for_reading_only(box, old_copy):
    put_back(box, old_copy)
    vault = box.unlock(WANG)
    assert vault.rollback.consistency == Consistency.ROLLED_BACK
    with vault.database.read() as session:
        assert vault.audit.count(session) > 0
    with pytest.raises(VaultError, match="vault_rolled_back"), vault.database.write():
        pass
    assert [problem.code for problem in check(vault)] == ["log_rolled_back"]


def test_going_on_after_a_rollback_still_shows(box, old_copy):
    """Somebody with the witness out of reach lets the old copy grow past what the witness has seen."""
    anchor = anchor_path(box.folder, box.unlock(LI).id)
    box.locked()
    witness = anchor.read_bytes()
    put_back(box, old_copy)
    anchor.unlink()
    for _ in range(3):
        work(box)
    anchor.write_bytes(witness)
    assert box.unlock(LI).rollback.consistency == Consistency.REWRITTEN


def test_two_officers_let_writing_go_on(box, old_copy):
    put_back(box, old_copy)
    vault = box.unlock(LI)
    signed = statement(vault)
    accept(vault, officers(ADMIN, AUDITOR))
    assert vault.rollback is None
    with vault.database.read() as session:
        (entry,) = vault.audit.entries(session, limit=5, action=ROLLBACK_ACCEPTED)
        keys = dict(session.execute(select(account_key.c.id, account_key.c.signing_public)).all())
    assert entry.detail["seen"] > entry.detail["found"]
    signatures = {name: value for name, value in entry.detail.items() if name.startswith("officer_")}
    assert len(signatures) == 2
    for name, signature in signatures.items():
        public = Ed25519PublicKey.from_public_bytes(keys[int(name.removeprefix("officer_"))])
        public.verify(bytes.fromhex(signature), signed)
    box.locked()
    work(box)
    assert box.unlock(WANG).rollback is None


@pytest.mark.parametrize(
    "present",
    [[], [ADMIN], [ADMIN, ADMIN], [LI, WANG], [ADMIN, LI]],
    ids=["nobody", "one", "the same twice", "no officers", "one officer"],
)
def test_less_than_two_officers_do_not_do(box, old_copy, present):
    put_back(box, old_copy)
    vault = box.unlock(LI)
    with pytest.raises(VaultError, match="vault_two_officers_needed"):
        accept(vault, officers(*present))
    with pytest.raises(VaultError, match="vault_rolled_back"), vault.database.write():
        pass


def test_a_wrong_password_of_an_officer_is_refused(box, old_copy):
    put_back(box, old_copy)
    vault = box.unlock(LI)
    with pytest.raises(VaultError, match="vault_wrong_password"):
        accept(vault, [Officer(ADMIN, password(ADMIN)), Officer(AUDITOR, "wrong")])


def test_there_is_nothing_to_accept_in_a_current_vault(box):
    with pytest.raises(VaultError, match="vault_not_rolled_back"):
        accept(box.unlock(LI), officers(ADMIN, ADMIN))


def test_a_restored_vault_is_held_to_the_log_of_its_set(box, tmp_path):
    vault = box.unlock(LI)
    result = backup.create(vault, tmp_path / "stick")
    box.locked()
    shutil.copytree(box.folder, tmp_path / "copy")
    backup.restore(result.target, tmp_path / "new", box.backup_keys)
    restored = Box(tmp_path / "new", box.ids, box.shares, box.backup_keys, box.clock, [])
    assert restored.unlock(LI).rollback is None
    restored.locked()
    again = restored.unlock(WANG)
    assert (again.rollback, check(again)) == (None, [])
    restored.locked()


def test_a_false_anchor_does_not_lock_the_vault(box):
    vault = box.unlock(LI)
    path = anchor_path(box.folder, vault.id)
    box.locked()
    true = path.read_text()
    for false in (true.replace('"size": ', '"size": 9'), "", "{}", "[]", "junk", true * 2):
        path.write_text(false)
        assert box.unlock(LI).rollback is None
        box.locked()


def test_a_log_of_writes_cut_behind_a_killed_program_shows(box, tmp_path):
    vault = box.unlock(LI)
    for number in range(3):
        with vault.database.write() as session:
            vault.audit.append(session, "circulation.incoming.registered", f"matter:{number}")
    left = {name: (box.folder / name).read_bytes() for name in ("vault.db", "vault.db-wal", "closed.json")}
    witness = anchor_path(box.folder, vault.id)
    killed_at = witness.read_bytes()
    box.locked()
    for length, is_told in ((len(left["vault.db-wal"]), False), (len(left["vault.db-wal"]) // 2, True), (0, True)):
        for name, raw in left.items():
            (box.folder / name).write_bytes(raw)
        (box.folder / "vault.db-wal").write_bytes(left["vault.db-wal"][:length])
        witness.write_bytes(killed_at)
        assert (box.unlock(LI).rollback is not None) == is_told
        box.locked()
