"""Two hundred people with accounts of their own; made of the keys of one, since each key derivation costs."""

from sqlalchemy import insert, select

from deskoffice.domain.people import Role
from deskoffice.domain.values import Classification
from deskoffice.storage.people import AccountRecord, AccountRoleRecord, PersonRecord, PostRecord
from deskoffice.usecases.office import Office
from deskoffice.vault.tables import account_key

READERS = 200
FIRST = 1000


def made(office: Office) -> list[int]:
    """Their person ids."""
    numbers = range(FIRST, FIRST + READERS)
    with office.act() as act:
        session = act.session
        like = session.execute(select(account_key).where(account_key.c.id == office.actor.account_id)).one()
        session.execute(insert(account_key), [{**like._mapping, "id": one, "login": f"r{one}"} for one in numbers])
        for one in numbers:
            session.add(PersonRecord(id=one, name=f"读者{one}", initials="dz", rank=500))
            session.flush()
            session.add(PostRecord(person_id=one, unit_id=1, title="科员", from_on=act.today, to_on=None))
            level = int(Classification.CONFIDENTIAL)
            session.add(AccountRecord(id=one, login=f"r{one}", person_id=one, clearance=level, is_disabled=False))
            session.flush()
            session.add(AccountRoleRecord(account_id=one, role=Role.DRAFTER.value))
    return list(numbers)
