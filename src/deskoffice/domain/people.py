"""Persons, posts, roles, clearance and the separation of duties."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from deskoffice.domain.errors import RuleError
from deskoffice.domain.standing_in import Authority
from deskoffice.domain.values import Classification


class Role(StrEnum):
    """What an account may do (角色)."""

    CONFIDENTIAL_CLERK = "confidential_clerk"
    """机要员"""
    DRAFTER = "drafter"
    """拟稿人"""
    SECRETARIAT = "secretariat"
    """秘书科审核"""
    OFFICE_LEADER = "office_leader"
    """办公室领导"""
    SIGNATORY = "signatory"
    """签发领导"""
    CLASSIFIER = "classifier"
    """定密责任人"""
    SEAL_KEEPER = "seal_keeper"
    """印章管理员"""
    CONFERENCE_CLERK = "conference_clerk"
    """会务"""
    SUPERVISION_CLERK = "supervision_clerk"
    """督查"""
    ARCHIVIST = "archivist"
    """档案员"""
    SYSTEM_ADMIN = "system_admin"
    """系统管理员"""
    SECURITY_ADMIN = "security_admin"
    """安全保密管理员"""
    AUDIT_ADMIN = "audit_admin"
    """安全审计员"""


OFFICERS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
"""三员: they keep the machine, the clearances and the log, and read no paper of the office."""

BUSINESS = frozenset(Role) - OFFICERS


@dataclass(frozen=True, slots=True)
class UnitRow:
    """An organ or section (单位)."""

    id: int
    name: str
    short_name: str
    initials: str
    rank: int
    is_own: bool
    """A section of this office, not another organ."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person with the post held now; `account_id` is None for people without an account."""

    id: int
    name: str
    initials: str
    unit_id: int
    unit: str
    post: str
    rank: int
    account_id: int | None


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account is a person who can log in."""

    id: int
    login: str
    person_id: int
    name: str
    roles: frozenset[Role]
    clearance: Classification
    is_disabled: bool


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts now: the account of this session with its person, roles and clearance."""

    account_id: int
    login: str
    person_id: int
    name: str
    post: str
    unit: str
    roles: frozenset[Role]
    clearance: Classification
    authorities: tuple[Authority, ...] = ()
    """For whom the actor may act as well, as of the log-in."""
    former_authorities: frozenset[int] = frozenset()
    """Authorities that ended or have not begun: what was readable by one of them alone is out of sight."""

    def has(self, *roles: Role) -> bool:
        """True when the actor has at least one of the roles."""
        return not self.roles.isdisjoint(roles)

    @property
    def is_officer(self) -> bool:
        """One of 三员: sees no matter at all."""
        return not self.roles.isdisjoint(OFFICERS)


@dataclass(frozen=True, slots=True)
class UnitDraft:
    """A unit as typed."""

    name: str
    short_name: str = ""
    rank: int = 100
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """A person with a post as typed; `from_on` begins the post."""

    name: str
    unit_id: int
    post: str
    rank: int = 100
    from_on: date | None = None


@dataclass(frozen=True, slots=True)
class AccountDraft:
    """An account as typed."""

    login: str
    password: str
    person_id: int
    roles: frozenset[Role]
    clearance: Classification


def check_roles(roles: Collection[Role]) -> None:
    """Refuse role sets that join duties which must be apart (BMB20: 三员 apart from one another and from business)."""
    held = set(roles)
    officers = held & OFFICERS
    if len(officers) > 1:
        raise RuleError("roles_officers_apart")
    if officers and held - OFFICERS:
        raise RuleError("roles_officer_no_business")
    if not held:
        raise RuleError("roles_missing")


def check_three_apart(*, requester: int, approver: int | None, keeper: int | None) -> None:
    """Requester, approver and seal keeper of one act are different people (国发〔1999〕25号, separation of duties)."""
    if approver is not None and approver == requester:
        raise RuleError("apart_requester_approver")
    if keeper is not None and keeper in (requester, approver):
        raise RuleError("apart_keeper")


def check_clearance(clearance: Classification, level: Classification) -> None:
    """Nobody is given a paper above the own clearance (保守国家秘密法, 涉密人员)."""
    if clearance < level:
        raise RuleError("clearance_too_low", clearance=clearance, level=level)
