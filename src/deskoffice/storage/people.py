"""Records of units, persons, posts and accounts."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import ForeignKey, Index, and_, delete, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from deskoffice.domain.people import AccountRow, PersonRow, Role, UnitRow
from deskoffice.domain.values import Classification
from deskoffice.storage.base import Base


class UnitRecord(Base):
    """An organ, or a section of this office."""

    __tablename__ = "unit"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    short_name: Mapped[str]
    initials: Mapped[str]
    rank: Mapped[int]
    is_own: Mapped[bool]


class PersonRecord(Base):
    """A person; posts change, the person stays."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    initials: Mapped[str]
    rank: Mapped[int]


class PostRecord(Base):
    """A post held from a day on; `to_on` is the last day, None while held."""

    __tablename__ = "post"
    __table_args__ = (Index(None, "person_id", "from_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    title: Mapped[str]
    from_on: Mapped[date]
    to_on: Mapped[date | None]


class AccountRecord(Base):
    """What a person may do; the keys of the account are the vault's (`account_key`)."""

    __tablename__ = "account"
    __table_args__ = {"info": {"rights": True}}  # noqa: RUF012  # SQLAlchemy reads a plain dictionary

    id: Mapped[int] = mapped_column(ForeignKey("account_key.id"), primary_key=True)
    login: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    clearance: Mapped[int]
    is_disabled: Mapped[bool]


class AccountRoleRecord(Base):
    """One role of an account."""

    __tablename__ = "account_role"
    __table_args__ = {"info": {"rights": True}}  # noqa: RUF012

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)


def units(session: Session) -> tuple[UnitRow, ...]:
    """All units by rank, then name."""
    records = session.scalars(select(UnitRecord).order_by(UnitRecord.rank, UnitRecord.id))
    return tuple(UnitRow(r.id, r.name, r.short_name, r.initials, r.rank, r.is_own) for r in records)


def persons(session: Session, on: date, person_ids: Iterable[int] | None = None) -> tuple[PersonRow, ...]:
    """People with the post they hold on a day, by rank."""
    held = and_(
        PostRecord.person_id == PersonRecord.id,
        PostRecord.from_on <= on,
        or_(PostRecord.to_on.is_(None), PostRecord.to_on >= on),
    )
    query = (
        select(PersonRecord, PostRecord, UnitRecord, AccountRecord.id)
        .join(PostRecord, held)
        .join(UnitRecord, UnitRecord.id == PostRecord.unit_id)
        .outerjoin(
            AccountRecord, and_(AccountRecord.person_id == PersonRecord.id, AccountRecord.is_disabled.is_(False))
        )
        .order_by(PersonRecord.rank, PersonRecord.id)
    )
    if person_ids is not None:
        query = query.where(PersonRecord.id.in_(list(person_ids)))
    return tuple(
        PersonRow(
            id=person.id,
            name=person.name,
            initials=person.initials,
            unit_id=unit.id,
            unit=unit.short_name or unit.name,
            post=post.title,
            rank=person.rank,
            account_id=account_id,
        )
        for person, post, unit, account_id in session.execute(query)
    )


def accounts(session: Session) -> tuple[AccountRow, ...]:
    """All accounts with their roles, in the order they were made."""
    roles: dict[int, set[Role]] = {}
    for record in session.scalars(select(AccountRoleRecord)):
        roles.setdefault(record.account_id, set()).add(Role(record.role))
    rows = session.execute(
        select(AccountRecord, PersonRecord.name)
        .join(PersonRecord, PersonRecord.id == AccountRecord.person_id)
        .order_by(AccountRecord.id)
    )
    return tuple(
        AccountRow(
            id=record.id,
            login=record.login,
            person_id=record.person_id,
            name=name,
            roles=frozenset(roles.get(record.id, ())),
            clearance=Classification(record.clearance),
            is_disabled=record.is_disabled,
        )
        for record, name in rows
    )


def holders_of(session: Session, roles: Iterable[Role], level: Classification) -> frozenset[int]:
    """Enabled accounts that hold one of the roles and are cleared for the level."""
    wanted = [role.value for role in roles]
    query = (
        select(AccountRecord.id)
        .join(AccountRoleRecord, AccountRoleRecord.account_id == AccountRecord.id)
        .where(
            AccountRoleRecord.role.in_(wanted),
            AccountRecord.clearance >= int(level),
            AccountRecord.is_disabled.is_(False),
        )
    )
    return frozenset(session.scalars(query))


def set_roles(session: Session, account_id: int, roles: Iterable[Role]) -> None:
    """Replace the roles of an account."""
    session.execute(delete(AccountRoleRecord).where(AccountRoleRecord.account_id == account_id))
    session.add_all(AccountRoleRecord(account_id=account_id, role=role.value) for role in roles)


def names(session: Session, account_ids: Sequence[int]) -> dict[int, str]:
    """Names of the people behind accounts."""
    rows = session.execute(
        select(AccountRecord.id, PersonRecord.name)
        .join(PersonRecord, PersonRecord.id == AccountRecord.person_id)
        .where(AccountRecord.id.in_(account_ids))
    )
    return {row.id: row.name for row in rows}
