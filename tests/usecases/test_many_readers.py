"""200 readers added to a circulation: one granting, one note, everybody asked."""

import crowd
import factories
from sqlalchemy import select

from deskoffice.domain.values import Classification
from deskoffice.storage.matters import MatterReaderRecord
from deskoffice.usecases import matters
from deskoffice.usecases.attachments import FileDraft
from deskoffice.usecases.circulation import circulating, incoming
from deskoffice.usecases.office import Office


def test_two_hundred_readers_are_added_in_one_act(office: Office) -> None:
    people = crowd.made(office)
    draft = factories.incoming_draft(level=Classification.CONFIDENTIAL, secrecy_years=5, copy_number="000017")
    body = FileDraft("通知.txt", ("汛期值班值守。" * 500).encode())
    paper = incoming.register(office, draft, [body]).matter_ids[0]
    circulating.circulate(office, paper, people, note="请阅，会前退回。")
    with office.read() as session:
        readers = session.scalars(
            select(MatterReaderRecord.account_id).where(MatterReaderRecord.matter_id == paper)
        ).all()
    assert len([one for one in readers if one >= crowd.FIRST]) == crowd.READERS
    assert len([step for step in matters.card(office, paper).steps if step.done_at is None]) == crowd.READERS + 1
