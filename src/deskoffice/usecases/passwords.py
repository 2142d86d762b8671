"""修改口令: the account's own password and key file, and what the unit's rules ask of both."""

import json
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from deskoffice.domain.access import AccessPolicy, PasswordRule, check_policy, rule_for, runs_out_on
from deskoffice.domain.drafts import Problems
from deskoffice.domain.errors import EnvironmentFailure, InvalidDraft, RuleError, VaultError
from deskoffice.domain.people import Role
from deskoffice.domain.values import Classification
from deskoffice.storage import settings as store
from deskoffice.usecases.office import CHINA, Act, Office

SHORTEST = 10
"""Where no rule is known yet: the first password of an account, which an officer types."""
POLICY = "access_policy"
_SET = ("vault.password.changed", "vault.account.recovered", "vault.account.added")


@dataclass(frozen=True, slots=True, repr=False)
class PasswordChange:
    """What is typed: the password of today, and the new one twice."""

    old: str
    new: str
    again: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How the password of the person who is logged in stands to the rule; `runs_out_on` is None if it lasts."""

    rule: PasswordRule
    has_key_file: bool
    changed_on: date
    runs_out_on: date | None
    must_change: bool
    must_have_key_file: bool


def policy(office: Office) -> AccessPolicy:
    """The unit's rules; those of common practice until it sets its own."""
    with office.read() as session:
        return policy_in(session)


def policy_in(session: Session) -> AccessPolicy:
    """The rules, inside a transaction."""
    stored = json.loads(store.read_settings(session).get(POLICY, "{}"))
    known = {one.name for one in fields(AccessPolicy)}
    return AccessPolicy(**{name: value for name, value in stored.items() if name in known})


def save_policy(office: Office, wanted: AccessPolicy) -> None:
    """Set the unit's rules (安全保密管理员)."""
    office.require(Role.SECURITY_ADMIN)
    check_policy(wanted)
    with office.act() as act:
        write_policy(act, wanted)
        act.record_other("access.policy.changed")


def write_policy(act: Act, wanted: AccessPolicy) -> None:
    """Store the rules."""
    store.write_setting(act.session, POLICY, json.dumps(asdict(wanted)))


def standing(office: Office) -> Standing:
    """When the own password runs out, and whether something must be done before any work."""
    has_key_file, rules = office.vault.accounts.needs_key_file, policy(office)
    rule = rule_for(rules, Classification(office.actor.clearance), has_key_file=has_key_file)
    changed_at, is_officers = _changed_at(office)
    changed_on = changed_at.astimezone(CHINA).date()
    last = runs_out_on(rule, changed_on)
    return Standing(
        rule=rule,
        has_key_file=has_key_file,
        changed_on=changed_on,
        runs_out_on=last,
        must_change=(is_officers and rules.change_first) or (last is not None and office.today() >= last),
        must_have_key_file=rule.needs_key_file and not has_key_file,
    )


def refuse_overdue(office: Office) -> None:
    """For ways in without a window: RuleError when the password has run out or a key file is missing."""
    found = standing(office)
    if office.is_writable and (found.must_change or found.must_have_key_file):
        raise RuleError("password_overdue" if found.must_change else "key_file_needed")


def change(office: Office, typed: PasswordChange, key_file: Path | None = None) -> None:
    """Change the password of the person who is logged in; a wrong old one is told under its field."""
    rule = standing(office).rule
    problems = Problems()
    if not typed.old:
        problems.add("old", "required")
    if len(typed.new) < rule.shortest:
        problems.add("new", "password_too_short")
    elif typed.new == office.actor.login:
        problems.add("new", "password_is_login")
    if typed.again != typed.new:
        problems.add("again", "passwords_differ")
    problems.raise_any()
    try:
        # The old one is never taken again, however few the rule keeps.
        office.vault.change_password(typed.old, typed.new, key_file, kept=max(1, rule.kept))
    except VaultError as error:
        raise _told(error) from error


def make_key_file(office: Office, password: str, target: Path) -> None:
    """Write a new key file to a stick; from now on this account opens with it and the password only."""
    try:
        office.vault.accounts.require_key_file(password, target)
    except FileExistsError as error:
        raise RuleError("key_file_exists", name=target.name) from error
    except OSError as error:
        raise EnvironmentFailure("file_not_written", name=target.name) from error
    except VaultError as error:
        raise _told(error) from error


def drop_key_file(office: Office, password: str, key_file: Path) -> None:
    """The password alone opens again; refused where the rule of the level asks for a key file."""
    clearance = Classification(office.actor.clearance)
    if rule_for(policy(office), clearance, has_key_file=False).needs_key_file:
        raise RuleError("key_file_needed")
    if len(password) < rule_for(policy(office), clearance, has_key_file=False).shortest:
        raise InvalidDraft({"old": "password_too_short_alone"})
    try:
        office.vault.accounts.drop_key_file(password, key_file)
    except VaultError as error:
        raise _told(error) from error


def _told(error: VaultError) -> Exception:
    if error.code == "vault_wrong_password":
        return InvalidDraft({"old": "password_wrong"})
    return InvalidDraft({"new": "password_used"}) if error.code == "vault_password_used" else error


def _changed_at(office: Office) -> tuple[datetime, bool]:
    """As the log tells it, since a page put back cannot make an old password young; and whether an officer typed it."""
    subject, log = f"account:{office.vault.account_id}", office.vault.audit
    with office.read() as session:
        found = [entry for action in _SET for entry in log.latest(session, limit=1, subject=subject, action=action)]
        if not found:
            return log.entries(session, limit=1)[0].at, False  # one of the founding accounts
    newest = max(found, key=lambda entry: entry.seq)
    return newest.at, newest.account_id != office.vault.account_id
