"""Units, persons, posts and accounts: who works here, who may do what."""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import select

from deskoffice.domain.access import JointAct
from deskoffice.domain.drafts import Problems, check_text
from deskoffice.domain.errors import InvalidDraft, RuleError
from deskoffice.domain.people import (
    BUSINESS,
    OFFICERS,
    AccountDraft,
    AccountRow,
    PersonDraft,
    PersonRow,
    Role,
    UnitDraft,
    UnitRow,
    check_roles,
)
from deskoffice.domain.values import Classification
from deskoffice.storage import people as store
from deskoffice.storage.people import AccountRecord, PersonRecord, PostRecord, UnitRecord
from deskoffice.usecases import joint
from deskoffice.usecases.joint import Second
from deskoffice.usecases.office import Act, Office
from deskoffice.usecases.settings import UPKEEP
from deskoffice.vault.opening import NewAccount


def initials(name: str) -> str:
    """First letters of the pinyin, `xzfbgs` for 县政府办公室, so that a few keys find a name."""
    from pypinyin import Style, lazy_pinyin  # a dictionary of 50 MB, wanted when somebody comes to the office

    letters = lazy_pinyin(name, style=Style.FIRST_LETTER, errors="default")
    return "".join(letters).lower()


def units(office: Office) -> tuple[UnitRow, ...]:
    """All units."""
    with office.read() as session:
        return store.units(session)


def persons(office: Office) -> tuple[PersonRow, ...]:
    """Everybody with the post held today."""
    with office.read() as session:
        return store.persons(session, office.today())


def officers(office: Office) -> frozenset[int]:
    """Persons of the three officers."""
    with office.read() as session:
        return frozenset(row.person_id for row in store.accounts(session) if row.roles & OFFICERS)


def accounts(office: Office) -> tuple[AccountRow, ...]:
    """All accounts."""
    with office.read() as session:
        return store.accounts(session)


def add_unit(office: Office, draft: UnitDraft) -> int:
    """A new unit."""
    office.require(*UPKEEP)
    with office.act() as act:
        unit_id = add_unit_in(act, draft)
        act.record_other("people.unit.added", f"unit:{unit_id}")
        return unit_id


def add_unit_in(act: Act, draft: UnitDraft) -> int:
    """Store a unit; its name must be new."""
    problems = Problems()
    check_text(problems, "name", draft.name, longest=80)
    problems.raise_any()
    name = draft.name.strip()
    if act.session.scalars(select(UnitRecord).where(UnitRecord.name == name)).first():
        raise InvalidDraft({"name": "unit_known"})
    short = draft.short_name.strip()
    record = UnitRecord(
        name=name, short_name=short, initials=initials(short or name), rank=draft.rank, is_own=draft.is_own
    )
    act.session.add(record)
    act.session.flush()
    return record.id


def edit_unit(office: Office, unit_id: int, draft: UnitDraft) -> None:
    """Change a unit's names; papers registered before keep theirs."""
    office.require(*UPKEEP)
    problems = Problems()
    check_text(problems, "name", draft.name, longest=80)
    problems.raise_any()
    with office.act() as act:
        record = act.session.get_one(UnitRecord, unit_id)
        record.name, record.short_name, record.rank = draft.name.strip(), draft.short_name.strip(), draft.rank
        record.is_own = draft.is_own
        record.initials = initials(record.short_name or record.name)
        act.record_other("people.unit.edited", f"unit:{unit_id}")


def add_person(office: Office, draft: PersonDraft) -> int:
    """A new person with a post."""
    office.require(*UPKEEP)
    with office.act() as act:
        person_id = add_person_in(act, draft)
        act.record_other("people.person.added", f"person:{person_id}")
        return person_id


def add_person_in(act: Act, draft: PersonDraft) -> int:
    """Store a person and the post."""
    problems = Problems()
    check_text(problems, "name", draft.name, longest=30)
    check_text(problems, "post", draft.post, longest=60)
    problems.raise_any()
    name = draft.name.strip()
    person = PersonRecord(name=name, initials=initials(name), rank=draft.rank)
    act.session.add(person)
    act.session.flush()
    _start_post(act, person.id, draft)
    return person.id


def _start_post(act: Act, person_id: int, draft: PersonDraft) -> None:
    act.session.add(
        PostRecord(
            person_id=person_id, unit_id=draft.unit_id, title=draft.post.strip(), from_on=draft.from_on or act.today
        )
    )
    act.session.flush()


def change_post(office: Office, person_id: int, draft: PersonDraft) -> None:
    """End the post held now and begin another; slips of earlier days keep the old title."""
    office.require(*UPKEEP)
    with office.act() as act:
        from_on = draft.from_on or act.today
        for post in act.session.scalars(select(PostRecord).where(PostRecord.person_id == person_id)):
            if post.to_on is None:
                _end_post(act, post, from_on)
        person = act.session.get_one(PersonRecord, person_id)
        person.name, person.initials, person.rank = draft.name.strip(), initials(draft.name.strip()), draft.rank
        _start_post(act, person_id, draft)
        act.record_other("people.post.changed", f"person:{person_id}")


def _end_post(act: Act, post: PostRecord, next_from: date) -> None:
    if post.from_on >= next_from:
        act.session.delete(post)
    else:
        post.to_on = next_from - timedelta(days=1)
    act.session.flush()


def add_account(office: Office, draft: AccountDraft) -> int:
    """Let a person log in (系统管理员 makes the account, 安全保密管理员 gives roles and clearance)."""
    office.require(Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)
    check_account(draft)
    with office.act() as act:
        account_id = office.vault.add_account(
            act.session, NewAccount(draft.login, draft.password, office=draft.roles <= BUSINESS)
        )
        store_account(act, account_id, draft)
        act.record_other("people.account.added", f"account:{account_id}")
        return account_id


def check_account(draft: AccountDraft) -> None:
    """Login of ASCII letters and digits, a password of at least ten characters, roles that may stand together."""
    problems = Problems()
    if not draft.login.isascii() or not draft.login.replace("_", "").replace(".", "").isalnum():
        problems.add("login", "login_ascii")
    if len(draft.password) < 10:
        problems.add("password", "password_too_short")
    problems.raise_any()
    check_roles(draft.roles)


def store_account(act: Act, account_id: int, draft: AccountDraft) -> None:
    """Store what an account may do; its keys are in the vault already."""
    act.session.add(
        AccountRecord(
            id=account_id,
            login=draft.login,
            person_id=draft.person_id,
            clearance=int(draft.clearance),
            is_disabled=False,
        )
    )
    act.session.flush()
    store.set_roles(act.session, account_id, draft.roles)


def change_account(office: Office, account_id: int, roles: Iterable[Role], clearance: Classification) -> None:
    """Change roles and clearance (安全保密管理员)."""
    office.require(Role.SECURITY_ADMIN)
    wanted = frozenset(roles)
    check_roles(wanted)
    with office.act() as act:
        record = act.session.get_one(AccountRecord, account_id)
        held = frozenset(row for a in store.accounts(act.session) if a.id == account_id for row in a.roles)
        if (held <= BUSINESS) != (wanted <= BUSINESS):
            raise RuleError("roles_officer_no_business")
        record.clearance = int(clearance)
        store.set_roles(act.session, account_id, wanted)
        act.record_other("people.account.changed", f"account:{account_id}", clearance=int(clearance))


def disable_account(office: Office, account_id: int, second: Second) -> None:
    """Two officers shut an account and destroy its keys; what it wrote stays."""
    office.require(Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)
    if account_id == office.actor.account_id:
        raise RuleError("account_own")
    subject = f"account:{account_id}"
    present = joint.prove(office, JointAct.DISABLE, second, subject=subject)
    with office.act() as act:
        act.session.get_one(AccountRecord, account_id).is_disabled = True
        office.vault.disable_account(act.session, account_id)
        present.record(act, "people.account.disabled", subject)


def matching(rows: Iterable[PersonRow], typed: str) -> tuple[PersonRow, ...]:
    """People whose name, unit or pinyin initials begin with or hold what was typed."""
    key = typed.strip().lower()
    return tuple(row for row in rows if not key or key in row.name or row.initials.startswith(key) or key in row.unit)
