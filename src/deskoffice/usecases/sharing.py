"""Who may read a matter: contents sealed to its readers, readers added, names kept."""

from collections.abc import Iterable

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from deskoffice.domain.matters import ContentRole
from deskoffice.domain.people import Role
from deskoffice.domain.values import SEALED_TITLE_FROM, Classification
from deskoffice.storage import people
from deskoffice.storage.matters import (
    MatterContentRecord,
    MatterReaderRecord,
    MatterRecord,
    MatterTextRecord,
    StepRecord,
)
from deskoffice.storage.moves import PlannedStepRecord
from deskoffice.usecases.office import Act
from deskoffice.vault.contents import Audience

KEEPERS = (Role.CONFIDENTIAL_CLERK, Role.OFFICE_LEADER, Role.SECRETARIAT)
"""Those who run the papers know every matter up to their clearance from the start."""


def open_matter(
    act: Act, matter: MatterRecord, title: str, *, keepers: Iterable[Role] = KEEPERS, is_for_few: bool = False
) -> None:
    """Store a new matter with its readers and its title, sealed from 机密 up; one for few is nobody's at large."""
    level = Classification(matter.level)
    matter.office_wide = level <= Classification.INTERNAL and not is_for_few
    readers = (
        frozenset() if matter.office_wide else people.holders_of(act.session, keepers, level) | {act.actor.account_id}
    )
    audience = Audience.everyone() if matter.office_wide else Audience.only(*readers)
    set_title(act, matter, title.strip(), audience)
    act.session.add(matter)
    act.session.flush()
    act.session.add_all(_reader(act, matter, account_id) for account_id in sorted(readers))


def set_title(act: Act, matter: MatterRecord, title: str, audience: Audience) -> None:
    """Put the title where its level wants it."""
    if matter.level >= SEALED_TITLE_FROM:
        # Both at once: the store may ask the database in between, which keeps a title in one place.
        sealed = act.office.vault.contents.put_text(act.session, title, audience)
        matter.title, matter.title_content_id = "", sealed
    else:
        matter.title, matter.title_content_id = title, None


def _reader(act: Act, matter: MatterRecord, account_id: int) -> MatterReaderRecord:
    return MatterReaderRecord(
        matter_id=matter.id, account_id=account_id, added_at=act.at, added_by=act.actor.account_id
    )


def readers(session: Session, matter: MatterRecord) -> frozenset[int]:
    """Accounts named as readers."""
    statement = select(MatterReaderRecord.account_id).where(MatterReaderRecord.matter_id == matter.id)
    return frozenset(session.scalars(statement))


def audience(session: Session, matter: MatterRecord) -> Audience:
    """Whom new contents of the matter are sealed to."""
    return Audience.everyone() if matter.office_wide else Audience.only(*readers(session, matter))


def put_text(act: Act, matter: MatterRecord, text: str) -> int:
    """Seal a text to the readers of the matter."""
    return act.office.vault.contents.put_text(act.session, text, audience(act.session, matter))


def keep_text(act: Act, matter: MatterRecord, text: str) -> int:
    """Seal a text that the kind's own table will name; readers added later are given it too."""
    content_id = put_text(act, matter, text)
    act.session.add(MatterTextRecord(content_id=content_id, matter_id=matter.id))
    return content_id


def drop_text(act: Act, content_id: int) -> None:
    """Destroy a text that the kind's own table no longer names."""
    act.session.delete(act.session.get_one(MatterTextRecord, content_id))
    act.session.flush()
    act.office.vault.contents.delete(act.session, content_id)


def content_ids(session: Session, matter: MatterRecord) -> set[int]:
    """Every sealed piece of a matter: title, opinions, notes, own texts, contents with their names and texts."""
    own = select(MatterTextRecord.content_id).where(MatterTextRecord.matter_id == matter.id)
    found = {matter.title_content_id, *session.scalars(own)}
    steps = select(StepRecord.opinion_content_id, StepRecord.note_content_id).where(StepRecord.matter_id == matter.id)
    for row in session.execute(steps):
        found.update(row)
    found.update(
        session.scalars(select(PlannedStepRecord.note_content_id).where(PlannedStepRecord.matter_id == matter.id))
    )
    pieces = select(
        MatterContentRecord.content_id, MatterContentRecord.name_content_id, MatterContentRecord.text_content_id
    ).where(MatterContentRecord.matter_id == matter.id)
    for piece in session.execute(pieces):
        found.update(piece)
    return {content_id for content_id in found if content_id is not None}


def _apart(session: Session, matter: MatterRecord) -> set[int]:
    """Pieces sealed to fewer than the readers: the record of a meeting stays with those who were there (会议记录)."""
    pieces = select(
        MatterContentRecord.content_id, MatterContentRecord.name_content_id, MatterContentRecord.text_content_id
    ).where(MatterContentRecord.matter_id == matter.id, MatterContentRecord.role == ContentRole.RECORD.value)
    return {content_id for piece in session.execute(pieces) for content_id in piece if content_id is not None}


def add_readers(act: Act, matter: MatterRecord, account_ids: Iterable[int]) -> frozenset[int]:
    """Name accounts as readers and seal every piece to them but what stays apart; gives those that are new."""
    new = frozenset(account_ids) - readers(act.session, matter)
    if new and not matter.office_wide:
        act.office.vault.contents.grant(
            act.session, content_ids(act.session, matter) - _apart(act.session, matter), new
        )
        act.session.add_all(_reader(act, matter, account_id) for account_id in sorted(new))
        act.session.flush()
    return new


def remove_reader(act: Act, matter: MatterRecord, account_id: int) -> None:
    """Take a reader's name off and seal every piece anew without him; what he read stays read."""
    if matter.office_wide:
        return
    act.office.vault.contents.revoke(act.session, content_ids(act.session, matter), [account_id])
    act.session.execute(
        delete(MatterReaderRecord).where(
            MatterReaderRecord.matter_id == matter.id, MatterReaderRecord.account_id == account_id
        )
    )
