"""The log takes entries in order, shows them, and cannot be changed without it showing."""

import hmac
import json
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import insert, text
from sqlalchemy.exc import IntegrityError
from vault.boxes import ADMIN, LI, Clock

from deskoffice.domain.errors import VaultError
from deskoffice.vault.audit import CLOCK_SET_BACK, TRIGGERS, AuditLog, Checkpoint, Consistency
from deskoffice.vault.contents import Audience
from deskoffice.vault.database import Database
from deskoffice.vault.merkle import Frontier, leaf_hash, root_of
from deskoffice.vault.schema import metadata
from deskoffice.vault.suite import derive
from deskoffice.vault.tables import account_key


@dataclass
class Log:
    """A database with nothing but a log in it."""

    id: str
    clock: Clock
    database: Database
    audit: AuditLog


def new_log(folder):
    key = bytearray(os.urandom(32))
    database = Database(folder / f"{os.urandom(4).hex()}.db", key, mode="rwc")
    signing, clock, vault_id = Ed25519PrivateKey.generate(), Clock(), os.urandom(16).hex()
    with database.write() as session:
        metadata.create_all(session.connection())
        account = {"id": 1, "login": LI, "sealing_public": b"", "office": True, "created_at": 0}
        session.execute(insert(account_key), account | {"signing_public": signing.public_key().public_bytes_raw()})
    log_key = derive(bytes(key), "audit")
    log = AuditLog(database, vault_id=vault_id, key=log_key, signing_key=signing, account_id=1, login=LI, clock=clock)
    return Log(vault_id, clock, database, log)


@pytest.fixture
def vault(tmp_path):
    log = new_log(tmp_path)
    yield log
    log.database.close()


def enter(vault, *actions):
    with vault.database.write() as session:
        return [vault.audit.append(session, action, f"matter:{number}") for number, action in enumerate(actions)]


def shown(vault, **wanted):
    with vault.database.read() as session:
        return [entry.action for entry in vault.audit.entries(session, limit=100, **wanted)]


def drop_triggers(session):
    for trigger in TRIGGERS:
        session.execute(text(f"DROP TRIGGER {trigger.split()[2]}"))


class KeyHolder:
    """Somebody with the database key, who knows how the log is made and rewrites it."""

    def __init__(self, vault):
        self.vault = vault
        self.key = derive(bytes(vault.database.key), "audit")

    def rewrite(self, change):
        """Change the list of bodies, then make chain, tree and frontier fit again."""
        with self.vault.database.write() as session:
            drop_triggers(session)
            bodies = change([row.body for row in session.execute(text("SELECT body FROM audit ORDER BY seq"))])
            session.execute(text("DELETE FROM audit"))
            chain, frontier = bytes(32), Frontier()
            for seq, old in enumerate(bodies, start=1):
                body = json.dumps(json.loads(old) | {"seq": seq}, sort_keys=True, separators=(",", ":"))
                chain = hmac.digest(self.key, chain + body.encode(), "sha256")
                frontier.add(leaf_hash(body.encode()))
                row = {"seq": seq, "body": body, "chain": chain}
                session.execute(text("INSERT INTO audit (seq, body, chain) VALUES (:seq, :body, :chain)"), row)
            end = {"size": frontier.size, "hashes": frontier.encode(), "chain": chain}
            session.execute(text("UPDATE audit_frontier SET size = :size, hashes = :hashes, chain = :chain"), end)


STATE = ("content", "content_grant", "account_key", "office_key", "audit")
REWRITES = {
    "cut": lambda bodies: bodies[:-2],
    "edited": lambda bodies: [*bodies[:3], bodies[3].replace("matter:3", "matter:9"), *bodies[4:]],
    "reordered": lambda bodies: [*bodies[:2], bodies[3], bodies[2], *bodies[4:]],
    "one left out": lambda bodies: bodies[:2] + bodies[3:],
    "one put in": lambda bodies: [*bodies[:2], bodies[2].replace("matter:", "matter:7"), *bodies[2:]],
    "all gone": lambda bodies: bodies[:0],
}


def test_entries_say_who_did_what_and_when(vault):
    with vault.database.write() as session:
        first = vault.audit.append(session, "circulation.incoming.registered", "matter:5", {"copies": 2, "late": None})
        entry = vault.audit.entries(session, limit=5)[-1]
    assert (entry.seq, entry.account_id, entry.login) == (first, 1, LI)
    assert (entry.action, entry.subject, entry.detail) == (
        "circulation.incoming.registered",
        "matter:5",
        {"copies": 2, "late": None},
    )
    assert entry.at == vault.clock.now
    assert not entry.is_doubtful


def test_entries_are_found_by_subject_action_account_and_time(vault):
    begun = vault.clock.now
    enter(vault, "seals.use.asked", "seals.use.approved", "seal.other")
    vault.clock.forward(3600)
    enter(vault, "meetings.meeting.called")
    assert shown(vault, subject="matter:1") == ["seals.use.approved"]
    assert shown(vault, action="seals.") == ["seals.use.asked", "seals.use.approved"]
    assert shown(vault, since=begun + timedelta(hours=1)) == ["meetings.meeting.called"]
    assert shown(vault, until=begun + timedelta(hours=1), action="seals.use.as") == ["seals.use.asked"]
    assert shown(vault, account_id=2) == []


def test_pages_of_the_newest_follow_each_other(vault):
    numbers = enter(vault, *"abcdef")
    with vault.database.read() as session:
        first = vault.audit.latest(session, limit=4)
        second = vault.audit.latest(session, before=first[-1].seq, limit=2)
        assert vault.audit.count(session, action="c") == 1
    assert [entry.seq for entry in first + second] == numbers[::-1]


def test_an_act_that_fails_leaves_no_entry_and_no_gap(vault):
    (before,) = enter(vault, "a")
    with pytest.raises(ZeroDivisionError), vault.database.write() as session:
        vault.audit.append(session, "b") / 0
    assert enter(vault, "c") == [before + 1]
    assert vault.audit.verify().ok


def test_the_log_of_a_new_vault_is_sound(vault):
    enter(vault, *"abcdefgh")
    verdict = vault.audit.verify()
    assert (verdict.ok, verdict.problems) == (True, ())
    with vault.database.read() as session:
        bodies = session.scalars(text("SELECT body FROM audit ORDER BY seq")).all()
    assert verdict.entries == len(bodies)
    assert verdict.head == root_of([leaf_hash(body.encode()) for body in bodies]).hex()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET body = replace(body, 'matter', 'hidden') WHERE seq = 3",
        "UPDATE audit SET chain = randomblob(32) WHERE seq = 3",
        "UPDATE audit_frontier SET chain = randomblob(32)",
        "UPDATE audit_frontier SET hashes = randomblob(length(hashes))",
        "DELETE FROM audit WHERE seq = 3",
        "DELETE FROM audit WHERE seq > 4",
        "UPDATE audit SET seq = seq + 1000 WHERE seq > 4",
        "DELETE FROM audit_frontier",
        "UPDATE checkpoint SET size = size - 1",
        "UPDATE checkpoint SET text = replace(text, 'li', 'wang')",
        "UPDATE checkpoint SET hashes = randomblob(length(hashes))",
    ],
)
def test_what_is_changed_without_the_key_is_found(vault, statement):
    enter(vault, *"abcdefgh")
    with vault.database.write() as session:
        vault.audit.sign(session)
    with vault.database.write() as session:
        drop_triggers(session)
        session.execute(text(statement))
    verdict = vault.audit.verify()
    assert not verdict.ok
    assert verdict.problems


@pytest.mark.parametrize("verb", ["UPDATE audit SET chain = x''", "DELETE FROM audit", "DELETE FROM checkpoint"])
def test_a_mistaken_statement_cannot_touch_the_log(vault, verb):
    enter(vault, "a")
    with vault.database.write() as session:
        vault.audit.sign(session)
    with pytest.raises(IntegrityError), vault.database.write() as session:
        session.execute(text(verb))


@pytest.mark.parametrize("change", REWRITES.values(), ids=REWRITES)
def test_a_key_holder_is_found_out_by_the_witness_outside(vault, tmp_path, change):
    enter(vault, *"abcdefgh")
    witness = vault.audit.checkpoint(tmp_path / "stick.checkpoint")
    with vault.database.write() as session:
        drop_triggers(session)
        session.execute(text("DELETE FROM checkpoint"))
        for trigger in TRIGGERS:
            session.execute(text(trigger))
    KeyHolder(vault).rewrite(change)
    assert vault.audit.verify().ok
    assert vault.audit.compare(witness) in {Consistency.ROLLED_BACK, Consistency.REWRITTEN}
    assert vault.audit.compare_code(witness.code) == Consistency.REWRITTEN


@pytest.mark.parametrize("change", REWRITES.values(), ids=REWRITES)
def test_checkpoints_in_the_vault_already_show_a_rewriting(vault, change):
    enter(vault, *"abcdefgh")
    with vault.database.write() as session:
        vault.audit.sign(session)
    KeyHolder(vault).rewrite(change)
    assert not vault.audit.verify().ok
    assert not vault.audit.verify_recent().ok


def test_the_short_check_reads_from_the_accounts_own_checkpoint(vault):
    enter(vault, *"abc")
    with vault.database.write() as session:
        vault.audit.sign(session)
    enter(vault, "d", "e")
    assert vault.audit.verify_recent() == vault.audit.verify()
    with vault.database.write() as session:
        drop_triggers(session)
        session.execute(text("UPDATE audit SET body = replace(body, '\"e\"', '\"f\"') WHERE action = 'e'"))
    assert not vault.audit.verify_recent().ok


def test_a_witness_shows_that_the_log_went_on(vault, tmp_path):
    enter(vault, *"abc")
    witness = vault.audit.checkpoint(tmp_path / "c")
    assert vault.audit.compare(witness) == Consistency.SAME
    enter(vault, "d")
    assert vault.audit.compare(witness) == Consistency.CONTINUES
    assert vault.audit.compare_code(" " + witness.code.lower().replace("-", " ")) == Consistency.CONTINUES
    assert Checkpoint.parse((tmp_path / "c").read_text()) == witness


def test_a_witness_of_another_vault_or_signer_is_told_apart(vault, tmp_path):
    enter(vault, "a")
    witness = vault.audit.checkpoint(tmp_path / "c")
    other = new_log(tmp_path)
    stranger = Checkpoint.sign(vault.id, witness.size, witness.root, signer=LI, key=other.audit._signing_key)
    assert other.audit.compare(witness) == Consistency.ANOTHER_VAULT
    assert vault.audit.compare(stranger) == Consistency.NOT_SIGNED
    other.database.close()


def test_every_changed_byte_of_a_checkpoint_is_refused(vault, tmp_path):
    enter(vault, "a", "b")
    witness = vault.audit.checkpoint(tmp_path / "c")
    public = vault.audit._signing_key.public_key().public_bytes_raw()
    for at, letter in enumerate(witness.text):
        changed = witness.text[:at] + chr(ord(letter) ^ 1) + witness.text[at + 1 :]
        with suppress(VaultError):
            assert not Checkpoint.parse(changed).is_signed_by(public)
    for end in range(len(witness.text)):
        with pytest.raises(VaultError):
            Checkpoint.parse(witness.text[:end])


def test_a_clock_set_back_is_an_entry_and_marks_the_times_behind_it(vault):
    enter(vault, "a")
    vault.clock.forward(-3600)
    enter(vault, "b", "c")
    with vault.database.read() as session:
        found = vault.audit.entries(session, limit=100)[-4:]
    assert [entry.action for entry in found] == ["a", CLOCK_SET_BACK, "b", "c"]
    assert [entry.is_doubtful for entry in found] == [False, True, True, True]
    assert found[1].detail["seconds"] in range(3600, 3700)
    assert [entry.seq for entry in found] == sorted(entry.seq for entry in found)
    vault.clock.forward(3600)
    enter(vault, "d")
    with vault.database.read() as session:
        assert not vault.audit.latest(session, limit=1)[0].is_doubtful


def test_a_small_correction_of_the_clock_is_none_of_the_logs_business(vault):
    enter(vault, "a")
    vault.clock.forward(-200)
    enter(vault, "b")
    assert CLOCK_SET_BACK not in shown(vault)


def test_reading_can_be_stopped(vault):
    enter(vault, *(["a"] * 2100))
    with pytest.raises(VaultError, match="vault_stopped"):
        vault.audit.verify(lambda *_: False)


def test_every_account_writes_one_log(box):
    enter(box.unlock(LI), "a")
    box.locked()
    admin = box.unlock(ADMIN)
    enter(admin, "b")
    assert admin.audit.verify().ok
    with admin.database.read() as session:
        written = {entry.action: entry.login for entry in admin.audit.latest(session, limit=20)}
    assert (written["a"], written["b"]) == (LI, ADMIN)


def test_what_cannot_be_logged_does_not_happen(box):
    vault = box.unlock(LI)
    with vault.database.write() as session:
        kept = vault.contents.put_text(session, "before", Audience.only(1, 2))
    with vault.database.write() as session:
        session.execute(text("CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'full'); END"))
    acts = (
        lambda session: vault.contents.put_text(session, "after", Audience.everyone()),
        lambda session: vault.contents.revoke(session, [kept], [1]),
        lambda session: vault.contents.grant(session, [kept], [3]),
        lambda session: vault.contents.delete(session, kept),
        lambda session: vault.disable_account(session, 3),
    )
    with vault.database.read() as session:
        before = [session.execute(text(f"SELECT * FROM {name} ORDER BY 1, 2")).all() for name in STATE]
    for act in acts:
        with pytest.raises(IntegrityError), vault.database.write() as session:
            act(session)
    with vault.database.read() as session:
        assert [session.execute(text(f"SELECT * FROM {name} ORDER BY 1, 2")).all() for name in STATE] == before
    with vault.database.write() as session:
        session.execute(text("DROP TRIGGER full"))
