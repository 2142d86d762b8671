"""The fields of a task as its card shows them."""

from sqlalchemy.orm import Session

from deskoffice.domain.supervision import TaskSource
from deskoffice.domain.values import chinese_date
from deskoffice.storage.matters import MatterRecord
from deskoffice.storage.supervision import TaskRecord
from deskoffice.usecases.words import word


def fields(session: Session, matter: MatterRecord) -> list[tuple[str, str]]:
    """Codes and texts, only those that say something."""
    record = session.get_one(TaskRecord, matter.id)
    found = [
        ("source", word(TaskSource(record.source))),
        ("lead", matter.unit),
        ("others", "，".join(record.others.splitlines())),
        ("leader", record.leader),
        ("due_on", chinese_date(matter.due_on) if matter.due_on else ""),
    ]
    return [(code, text) for code, text in found if text]
