"""The fields of a topic as its card shows them."""

from sqlalchemy.orm import Session

from deskoffice.domain.meeting_topics import LegalReview, MajorKind
from deskoffice.storage.matters import MatterRecord
from deskoffice.storage.meeting_topics import PoolTopicRecord
from deskoffice.usecases.words import word


def money(yuan: int | None) -> str:
    """`1.2万元` from ten thousand on, else `800元`; nothing where there is no amount."""
    if yuan is None:
        return ""
    return f"{yuan / 10_000:g}万元" if yuan >= 10_000 else f"{yuan}元"


def fields(session: Session, matter: MatterRecord) -> list[tuple[str, str]]:
    """Codes and texts, only those that say something."""
    record = session.get_one(PoolTopicRecord, matter.id)
    found = [
        ("proposer", matter.unit),
        ("reporter", record.reporter),
        ("sitting_in", "、".join(record.units.splitlines())),
        ("major", word(MajorKind(record.major)) if record.major else ""),
        ("amount", money(record.amount)),
        ("minutes_long", f"{record.minutes}分钟" if record.minutes else ""),
        ("legality", word(LegalReview(record.legality)) if record.legality else ""),
        ("deferred", f"{record.deferred}次" if record.deferred else ""),
    ]
    return [(code, text) for code, text in found if text]
