"""Getting in: the rules of passwords by level, acts of two persons, what is told about earlier log-ins."""

import dataclasses
import itertools
import shutil

import factories
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import select

from deskoffice.domain.access import PRACTICE, AccessPolicy, JointAct, check_policy, may_join, rule_for
from deskoffice.domain.errors import InvalidDraft, NotAllowed, RuleError, VaultError
from deskoffice.domain.people import OFFICERS, Role
from deskoffice.domain.values import Classification
from deskoffice.usecases import backups, ceremonies, joint, passwords, people, sessions
from deskoffice.usecases.circulation import incoming
from deskoffice.usecases.joint import Second
from deskoffice.usecases.office import open_office, open_office_with, prove_person
from deskoffice.usecases.passwords import PasswordChange
from deskoffice.vault.tables import account_key

PASSWORD = factories.PASSWORD
LEVELS = Classification


@pytest.mark.parametrize(
    ("level", "has_key_file", "shortest", "days", "needs"),
    [
        (LEVELS.INTERNAL, False, 8, 30, False),
        (LEVELS.CONFIDENTIAL, False, 8, 30, False),
        (LEVELS.SECRET, False, 10, 7, False),
        (LEVELS.SECRET, True, 4, 30, False),
        (LEVELS.TOP_SECRET, True, 6, 30, True),
        (LEVELS.TOP_SECRET, False, 10, 30, True),
    ],
)
def test_each_level_has_its_rule(level, has_key_file, shortest, days, needs):
    rule = rule_for(AccessPolicy(), level, has_key_file=has_key_file)
    assert (rule.shortest, rule.days, rule.needs_key_file) == (shortest, days, needs)


def test_a_policy_below_the_least_is_refused_field_by_field():
    with pytest.raises(InvalidDraft) as refused:
        check_policy(AccessPolicy(secret_length=6, idle_minutes=60))
    assert set(refused.value.problems) == {"secret_length", "idle_minutes"}


def test_a_password_runs_out_by_level_and_a_new_one_begins_anew(office):
    office.clock.move(days=8)
    with pytest.raises(RuleError, match="password_overdue"):
        passwords.refuse_overdue(office)
    passwords.change(office, PasswordChange(PASSWORD, "another-horse-8", "another-horse-8"))
    passwords.refuse_overdue(office)
    assert not passwords.standing(office).must_change
    office = factories.as_login(office, "secadmin")
    passwords.save_policy(office, PRACTICE)
    office.clock.move(days=400)
    passwords.refuse_overdue(factories.as_login(office, "wangli"))


def test_a_password_is_not_taken_again_and_not_the_login(office):
    def change(old, new):
        passwords.change(office, PasswordChange(old, new, new))

    used = [PASSWORD, *(f"another-horse-{number}" for number in range(4))]
    for old, new in itertools.pairwise(used):
        change(old, new)
    for again in (used[-1], used[0]):
        with pytest.raises(InvalidDraft) as refused:
            change(used[-1], again)
        assert refused.value.problems == {"new": "password_used"}
    for short, problem in (("short", "password_too_short"), ("x" * 9, "password_too_short")):
        with pytest.raises(InvalidDraft) as refused:
            change(used[-1], short)
        assert refused.value.problems == {"new": problem}


def test_a_key_file_is_made_used_and_dropped(office, tmp_path):
    stick = tmp_path / "stick.key"
    stick.write_text("something else")
    with pytest.raises(RuleError, match="key_file_exists"):
        passwords.make_key_file(office, PASSWORD, stick)
    stick.unlink()
    passwords.make_key_file(office, PASSWORD, stick)
    folder, clock = office.vault.folder, office.clock
    office.close()
    with pytest.raises(VaultError, match="vault_wrong_password"):
        open_office(folder, "wangli", PASSWORD, clock=clock)
    office = open_office(folder, "wangli", PASSWORD, key_file=stick, clock=clock)
    assert passwords.standing(office).has_key_file
    passwords.change(office, PasswordChange(PASSWORD, "kurz-1", "kurz-1"), stick)
    with pytest.raises(InvalidDraft) as refused:
        passwords.drop_key_file(office, "kurz-1", stick)
    assert refused.value.problems == {"old": "password_too_short_alone"}
    passwords.change(office, PasswordChange("kurz-1", "long-enough-1", "long-enough-1"), stick)
    passwords.drop_key_file(office, "long-enough-1", stick)
    office.close()
    open_office(folder, "wangli", "long-enough-1", clock=clock).close()


def test_top_secret_needs_a_key_file(office):
    office = factories.log_in(office, "zhangwei")
    assert passwords.standing(office).must_have_key_file
    with pytest.raises(RuleError, match="key_file_needed"):
        passwords.refuse_overdue(office)
    office.close()


@pytest.mark.parametrize("act", JointAct)
def test_nobody_does_a_joint_act_with_himself_or_his_own_office(act):
    for role in OFFICERS:
        assert not may_join(act, frozenset({role}), frozenset({role}))
    assert not may_join(act, frozenset({Role.DRAFTER}), frozenset({Role.AUDIT_ADMIN}))


def test_disabling_takes_two_officers_and_both_stand_in_the_log(office):
    office = factories.log_in(office, "sysadmin")
    row = next(row for row in people.accounts(office) if row.login == "intern")
    for login, code in (("sysadmin", "second_person_needed"), ("wangli", "second_person_needed")):
        with pytest.raises(RuleError, match=code):
            people.disable_account(office, row.id, Second(login, PASSWORD))
    with pytest.raises(VaultError, match="vault_wrong_password"):
        people.disable_account(office, row.id, Second("auditor", "wrong"))
    people.disable_account(office, row.id, Second("auditor", PASSWORD))
    auditor = next(row.id for row in people.accounts(office) if row.login == "auditor")
    with office.read() as session:
        (entry,) = office.vault.audit.latest(session, limit=1, action="people.account.disabled")
        keys = dict(session.execute(select(account_key.c.id, account_key.c.signing_public)).all())
    assert (entry.login, entry.detail["second"]) == ("sysadmin", auditor)
    assert len(Ed25519PublicKey.from_public_bytes(keys[auditor]).public_bytes_raw()) == 32
    assert [one.login for one in people.accounts(office) if one.is_disabled] == ["intern"]
    office.close()


def test_wrong_passwords_of_the_second_lock_him_out_too(office):
    office = factories.log_in(office, "sysadmin")
    for _ in range(3):
        with pytest.raises(VaultError, match="vault_wrong_password"):
            joint.prove(office, JointAct.REKEY, Second("auditor", "wrong"))
    with pytest.raises(VaultError, match="vault_locked_out"):
        joint.prove(office, JointAct.REKEY, Second("auditor", PASSWORD))
    office.close()


def test_business_people_begin_no_officers_act(office):
    with pytest.raises(NotAllowed):
        ceremonies.change_database_key(office, Second("auditor", PASSWORD))
    assert joint.partners(office, JointAct.REKEY) == ()


def test_a_new_key_closes_the_vault_for_everybody(office):
    office = factories.log_in(office, "secadmin")
    folder, clock = office.vault.folder, office.clock
    ceremonies.change_database_key(office, Second("sysadmin", PASSWORD))
    again = open_office(folder, "wangli", PASSWORD, clock=clock)
    assert again.vault.problems == ()
    again.close()


def test_a_copy_of_the_vault_opens_with_the_same_passwords(office, tmp_path):
    incoming.register(office, factories.incoming_draft())
    office = factories.log_in(office, "sysadmin")
    made = ceremonies.copy_out(office, Second("auditor", PASSWORD), tmp_path / "copy")
    with pytest.raises(VaultError, match="vault_exists"):
        ceremonies.copy_out(office, Second("auditor", PASSWORD), tmp_path / "copy")
    office.close()
    copied = open_office(made, "wangli", PASSWORD, clock=office.clock)
    assert copied.vault.problems == ()
    copied.close()


def test_a_restored_vault_is_read_only_until_two_officers_have_been_there(office, tmp_path):
    made = backups.create(office, tmp_path / "stick")
    office.close()
    folder = tmp_path / "new"
    shutil.copytree(office.vault.folder, folder)
    shutil.copy(made.target / "manifest.json", tmp_path)
    (folder / "restored.json").write_bytes((made.target / "manifest.json").read_bytes())
    restored = open_office(folder, "wangli", PASSWORD, clock=office.clock)
    assert ceremonies.waits_for(restored) == "vault.restore.accepted"
    with pytest.raises(VaultError, match="vault_restored"):
        incoming.register(restored, factories.incoming_draft())
    with pytest.raises(VaultError, match="vault_two_officers_needed"):
        ceremonies.accept(restored, Second("sysadmin", PASSWORD), Second("wangli", PASSWORD))
    ceremonies.accept(restored, Second("sysadmin", PASSWORD), Second("auditor", PASSWORD))
    incoming.register(restored, factories.incoming_draft())
    restored.close()
    again = open_office(folder, "wangli", PASSWORD, clock=office.clock)
    assert (ceremonies.waits_for(again), again.is_writable) == ("", True)
    again.close()


def test_the_last_log_in_is_told_with_what_failed_since(office):
    folder, clock = office.vault.folder, office.clock
    assert sessions.last_login(office).at is None
    office.close("idle")
    clock.move(hours=20)
    for _ in range(2):
        with pytest.raises(VaultError):
            open_office(folder, "wangli", "wrong", clock=clock)
    clock.move(minutes=1)
    office = open_office(folder, "wangli", PASSWORD, clock=clock)
    told = sessions.last_login(office)
    assert (f"{told.at:%m-%d %H:%M}", told.failures) == ("11-23 08:30", 2)
    office.close()


def test_sessions_say_how_they_ended_and_others_are_the_officers_business(office):
    folder, clock = office.vault.folder, office.clock
    office.close("idle")
    clock.move(hours=1)
    office = open_office(folder, "zhaoming", PASSWORD, clock=clock)
    mine = sessions.sittings(office)
    assert [(one.name, one.ending) for one in mine] == [("赵明", "正在使用")]
    everybody = sessions.sittings(factories.as_login(office, "auditor"))
    assert [(one.name, one.ending) for one in everybody[:2]] == [("赵明", "正在使用"), ("王丽", "无人操作自动锁定")]
    office.close()


def test_keys_handed_over_open_without_the_password(office):
    folder, clock = office.vault.folder, office.clock
    office.close()
    held = prove_person(folder, "wangli", PASSWORD, clock=clock)
    assert PASSWORD not in repr(held)
    again = open_office_with(folder, type(held).decode(held.encode()), clock=clock)
    assert again.actor.login == "wangli"
    again.close()
    with pytest.raises(VaultError, match="vault_wrong_password"):
        open_office_with(folder, dataclasses.replace(held, login="nobody"), clock=clock)
