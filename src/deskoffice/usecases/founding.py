"""Founding an office: the vault, its first names, people, accounts and series, in one go."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from deskoffice.domain.circulation.incoming import POST_CODES, PostKind
from deskoffice.domain.drafts import Problems, check_text
from deskoffice.domain.errors import RuleError
from deskoffice.domain.matters import MatterKind
from deskoffice.domain.numbering import SeriesDraft
from deskoffice.domain.people import BUSINESS, OFFICERS, AccountDraft, Actor, PersonDraft, Role, UnitDraft
from deskoffice.domain.values import Classification
from deskoffice.storage import migrations
from deskoffice.usecases import people, settings
from deskoffice.usecases.office import Act, Clock, Office, actor_of, system_clock
from deskoffice.usecases.settings import OfficeSettings
from deskoffice.usecases.words import word
from deskoffice.vault import opening
from deskoffice.vault.opening import KdfCost, NewAccount


@dataclass(frozen=True, slots=True)
class FoundingAccount:
    """A person who gets an account on the first day."""

    login: str
    password: str
    name: str
    post: str
    roles: frozenset[Role]
    clearance: Classification


@dataclass(frozen=True, slots=True)
class FoundingDraft:
    """What the first-run assistant asks for."""

    settings: OfficeSettings
    code: str
    """代字 of outgoing papers: 东政办发"""
    issuer_mark: str
    """Red head: 河东县人民政府办公室文件"""
    accounts: tuple[FoundingAccount, ...]
    """The first business account first; then the three officers and any others."""


@dataclass(frozen=True, slots=True)
class Founded:
    """The open office, and the secrets that are shown and printed once."""

    office: Office
    recovery_shares: tuple[str, ...]
    backup_keys: tuple[str, ...]


def check(draft: FoundingDraft) -> None:
    """Names are there, the three officers and a business account too, each a different person."""
    problems = Problems()
    check_text(problems, "office_name", draft.settings.office_name, longest=60)
    check_text(problems, "code", draft.code, longest=20)
    check_text(problems, "issuer_mark", draft.issuer_mark, longest=60)
    problems.raise_any()
    for account in draft.accounts:
        people.check_account(_account_draft(account, person_id=0))
    held = [account.roles for account in draft.accounts]
    missing = [role for role in OFFICERS if not any(role in roles for roles in held)]
    if missing or not any(roles <= BUSINESS for roles in held):
        raise RuleError("founding_accounts_missing")
    logins = [account.login for account in draft.accounts]
    if len(set(logins)) != len(logins):
        raise RuleError("login_known")


def _account_draft(account: FoundingAccount, person_id: int) -> AccountDraft:
    return AccountDraft(account.login, account.password, person_id, account.roles, account.clearance)


def create_office(
    folder: Path, draft: FoundingDraft, *, clock: Clock = system_clock, cost: KdfCost | None = None
) -> Founded:
    """Make the vault and everything that must be there on the first day."""
    check(draft)
    new = [NewAccount(a.login, a.password, office=a.roles <= BUSINESS) for a in draft.accounts]
    created = opening.create(folder, new, build=migrations.build, clock=clock, cost=cost or KdfCost())
    first = draft.accounts[0]
    founder = Actor(
        account_id=created.vault.account_id,
        login=first.login,
        person_id=0,
        name=first.name,
        post=first.post,
        unit="",
        roles=first.roles,
        clearance=first.clearance,
    )
    office = Office(vault=created.vault, actor=founder, clock=clock)
    with office.act() as act:
        _first_records(act, draft, created.account_ids)
        act.record_other("office.founded")
    office = replace(office, actor=actor_of(created.vault, clock))
    return Founded(office, created.recovery_shares, created.backup_keys)


def _first_records(act: Act, draft: FoundingDraft, account_ids: dict[str, int]) -> None:
    settings.write_settings(act, draft.settings)
    section = people.add_unit_in(act, UnitDraft(draft.settings.office_name, "办公室", rank=1, is_own=True))
    for rank, account in enumerate(draft.accounts, start=1):
        post = PersonDraft(account.name, section, account.post, rank * 10, from_on=date(act.today.year, 1, 1))
        person_id = people.add_person_in(act, post)
        people.store_account(act, account_ids[account.login], _account_draft(account, person_id))
    for series in _first_series(draft):
        settings.add_series_in(act, series)
    settings.write_calendar(act, settings.bundled_calendar(range(act.today.year - 1, act.today.year + 2)))


def _first_series(draft: FoundingDraft) -> tuple[SeriesDraft, ...]:
    return (
        SeriesDraft(MatterKind.INCOMING, POST_CODES[PostKind.OTHER], "收文登记"),
        *(
            SeriesDraft(MatterKind.INCOMING, code, f"{word(post_kind)}登记")
            for post_kind, code in POST_CODES.items()
            if post_kind is not PostKind.OTHER
        ),
        SeriesDraft(MatterKind.OUTGOING, draft.code, "发文", draft.issuer_mark),
        SeriesDraft(MatterKind.SEAL_USE, "印", "用印登记"),
        SeriesDraft(MatterKind.MEETING, "会", "会议登记"),
        SeriesDraft(MatterKind.TASK, "督", "督办登记"),
        SeriesDraft(MatterKind.TOPIC, "议", "议题登记"),
    )
