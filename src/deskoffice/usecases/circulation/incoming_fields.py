"""The fields of an incoming document as its card shows them."""

from sqlalchemy.orm import Session

from deskoffice.domain.circulation.incoming import PostKind
from deskoffice.domain.values import chinese_date
from deskoffice.storage.circulation.incoming import IncomingRecord
from deskoffice.storage.circulation.incoming_envelopes import IncomingEnvelopeRecord
from deskoffice.storage.matters import MatterRecord
from deskoffice.storage.people import PersonRecord
from deskoffice.usecases.office import CHINA
from deskoffice.usecases.words import word


def fields(session: Session, matter: MatterRecord) -> list[tuple[str, str]]:
    """Codes and texts, only those that say something."""
    record = session.get_one(IncomingRecord, matter.id)
    found = [
        ("source_unit", matter.unit),
        ("document_number", matter.document_number),
        ("received_on", chinese_date(record.received_on)),
        ("document_date", chinese_date(record.document_date) if record.document_date else ""),
        ("post_kind", word(PostKind(record.post_kind))),
        ("copy_number", record.copy_number),
        ("copies", str(record.copies)),
        ("pages", str(record.pages or "")),
        ("addressee", record.addressee),
        ("delivery", record.delivery),
        ("retention", matter.retention),
        *_envelope(session, matter),
    ]
    return [(code, text) for code, text in found if text]


def _envelope(session: Session, matter: MatterRecord) -> list[tuple[str, str]]:
    record = session.get(IncomingEnvelopeRecord, matter.id)
    if record is None:
        return []
    opener = session.get_one(PersonRecord, record.opener_id)
    kind = "亲启件" if record.is_personal else "密封件"
    return [
        ("envelope", f"{kind} {record.envelope_number}".strip()),
        ("opener", opener.name),
        ("opened_on", f"{record.opened_at.astimezone(CHINA):%m-%d %H:%M}" if record.opened_at else "未拆封"),
    ]
