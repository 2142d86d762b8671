"""200 readers added to a circulation: in less than a second, with one granting and one note."""

import sys
import time

import factories
import pytest
from sqlalchemy import insert, select

from deskoffice.domain.people import Role
from deskoffice.domain.values import Classification
from deskoffice.storage.matters import MatterReaderRecord
from deskoffice.usecases import matters
from deskoffice.usecases.attachments import FileDraft
from deskoffice.usecases.circulation import circulating, incoming
from deskoffice.usecases.office import Office

READERS = 200


@pytest.fixture
def crowd(office: Office) -> list[int]:
    """So many people with accounts of their own; made of the keys of one, since each key derivation costs."""
    from deskoffice.storage.people import AccountRecord, AccountRoleRecord, PersonRecord, PostRecord
    from deskoffice.vault.tables import account_key

    with office.act() as act:
        session = act.session
        like = session.execute(select(account_key).where(account_key.c.id == office.actor.account_id)).one()
        first_account, first_person = 1000, 1000
        rows = [{**like._mapping, "id": first_account + at, "login": f"r{at}"} for at in range(READERS)]
        session.execute(insert(account_key), rows)
        for at in range(READERS):
            person, account = first_person + at, first_account + at
            session.add(PersonRecord(id=person, name=f"读者{at}", initials="dz", rank=500))
            session.flush()
            session.add(PostRecord(person_id=person, unit_id=1, title="科员", from_on=act.today, to_on=None))
            level = int(Classification.CONFIDENTIAL)
            session.add(AccountRecord(id=account, login=f"r{at}", person_id=person, clearance=level, is_disabled=False))
            session.flush()
            session.add(AccountRoleRecord(account_id=account, role=Role.DRAFTER.value))
    return [first_person + at for at in range(READERS)]


def test_two_hundred_readers_are_added_in_one_act(office: Office, crowd: list[int]) -> None:
    draft = factories.incoming_draft(level=Classification.CONFIDENTIAL, secrecy_years=5, copy_number="000017")
    body = FileDraft("通知.txt", ("汛期值班值守。" * 500).encode())
    paper = incoming.register(office, draft, [body]).matter_ids[0]
    before = time.process_time()
    circulating.circulate(office, paper, crowd, note="请阅，会前退回。")
    took = time.process_time() - before
    with office.read() as session:
        readers = session.scalars(
            select(MatterReaderRecord.account_id).where(MatterReaderRecord.matter_id == paper)
        ).all()
    assert len([one for one in readers if one >= 1000]) == READERS
    assert len([step for step in matters.card(office, paper).steps if step.done_at is None]) == READERS + 1
    sys.stdout.write(f"{READERS} readers: {took * 1000:.0f} ms of processor\n")
