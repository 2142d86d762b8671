"""Rules of getting in: how long a password is and how long it lasts by level, and what two officers do together."""

from dataclasses import dataclass, fields
from datetime import date, timedelta
from enum import StrEnum

from deskoffice.domain.drafts import Problems
from deskoffice.domain.errors import RuleError
from deskoffice.domain.people import OFFICERS, Role
from deskoffice.domain.values import Classification


@dataclass(frozen=True, slots=True)
class AccessPolicy:
    """What the unit asks of everybody who logs in (口令规定); 0 days means that a password does not run out.

    The values are those of common practice for each level, to be confirmed by the unit's own secrecy office. What holds
    for 秘密 holds below it too. 绝密 asks for a key file.
    """

    confidential_length: int = 8
    confidential_days: int = 30
    secret_length: int = 10
    secret_days: int = 7
    secret_key_length: int = 4
    """With a key file at 机密."""
    secret_key_days: int = 30
    top_secret_length: int = 6
    top_secret_days: int = 30
    top_secret_key_file: bool = True
    kept: int = 5
    """So many earlier passwords are not taken again."""
    change_first: bool = True
    """A password that an officer typed is changed at the first log-in."""
    idle_minutes: int = 10
    clipboard_seconds: int = 30


@dataclass(frozen=True, slots=True)
class PasswordRule:
    """What holds for one account."""

    shortest: int
    days: int
    needs_key_file: bool
    kept: int


PRACTICE = AccessPolicy(
    confidential_days=0,
    secret_days=0,
    secret_key_days=0,
    top_secret_days=0,
    top_secret_key_file=False,
    change_first=False,
)
"""For a practice vault: nothing runs out and no key file is asked for."""

_LIMITS = {
    "confidential_length": (8, 64),
    "secret_length": (10, 64),
    "secret_key_length": (4, 64),
    "top_secret_length": (6, 64),
    "kept": (0, 24),
    "idle_minutes": (3, 30),
    "clipboard_seconds": (5, 120),
}
_LONGEST_DAYS = 366
_SHORTEST_ALONE = 10
"""Where no key file stands beside it at 绝密."""


def check_policy(policy: AccessPolicy) -> None:
    """InvalidDraft for what is weaker than the least the program allows."""
    problems = Problems()
    for one in fields(AccessPolicy):
        value = getattr(policy, one.name)
        lowest, highest = _LIMITS.get(one.name, (0, _LONGEST_DAYS))
        if not isinstance(value, bool) and not lowest <= value <= highest:
            problems.add(one.name, "out_of_limits")
    problems.raise_any()


def rule_for(policy: AccessPolicy, clearance: Classification, *, has_key_file: bool) -> PasswordRule:
    """The rule of an account of this clearance (涉密等级)."""
    if clearance >= Classification.TOP_SECRET:
        shortest = policy.top_secret_length if has_key_file else max(policy.top_secret_length, _SHORTEST_ALONE)
        return PasswordRule(shortest, policy.top_secret_days, policy.top_secret_key_file, policy.kept)
    if clearance >= Classification.SECRET:
        if has_key_file:
            return PasswordRule(policy.secret_key_length, policy.secret_key_days, False, policy.kept)
        return PasswordRule(policy.secret_length, policy.secret_days, False, policy.kept)
    return PasswordRule(policy.confidential_length, policy.confidential_days, False, policy.kept)


def runs_out_on(rule: PasswordRule, changed_on: date) -> date | None:
    """The first day on which a password set on a day must be changed; None if it lasts."""
    return changed_on + timedelta(days=rule.days) if rule.days else None


class JointAct(StrEnum):
    """What one officer cannot do alone (双人在场)."""

    RESET = "reset"
    """重设口令"""
    DISABLE = "disable"
    """撤销账号密钥"""
    REKEY = "rekey"
    """更换数据库密钥"""
    COPY_OUT = "copy_out"
    """复制整库"""
    ACCEPT = "accept"
    """恢复或回退后继续使用"""
    DECLASSIFY = "declassify"
    """批量解密"""


_UPKEEP = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN})
_FIRST: dict[JointAct, frozenset[Role]] = {
    JointAct.RESET: OFFICERS,
    JointAct.DISABLE: _UPKEEP,
    JointAct.REKEY: _UPKEEP,
    JointAct.COPY_OUT: _UPKEEP,
    JointAct.ACCEPT: OFFICERS,
    JointAct.DECLASSIFY: frozenset({Role.CONFIDENTIAL_CLERK, Role.OFFICE_LEADER, Role.SIGNATORY}),
}
_SECOND: dict[JointAct, frozenset[Role]] = dict.fromkeys(JointAct, OFFICERS) | {
    JointAct.DECLASSIFY: frozenset({Role.OFFICE_LEADER, Role.SIGNATORY})
}


def may_begin(act: JointAct, roles: frozenset[Role]) -> bool:
    """Whether somebody of these roles may ask another to be present for it."""
    return not roles.isdisjoint(_FIRST[act])


def may_join(act: JointAct, first: frozenset[Role], second: frozenset[Role]) -> bool:
    """Whether these two may do it together: officers hold different offices."""
    return may_begin(act, first) and not second.isdisjoint(_SECOND[act]) and not (first & second & OFFICERS)


def check_joint(act: JointAct, first: tuple[int, frozenset[Role]], second: tuple[int, frozenset[Role]]) -> None:
    """RuleError unless these two different persons, each with roles, may do it together."""
    if first[0] == second[0] or not may_join(act, first[1], second[1]):
        raise RuleError("second_person_needed")
