"""The fields of an outgoing document as its card shows them."""

from sqlalchemy.orm import Session

from deskoffice.domain.circulation.outgoing import DocumentKind
from deskoffice.domain.values import chinese_date
from deskoffice.storage.circulation.outgoing import OutgoingRecord
from deskoffice.storage.matters import MatterRecord
from deskoffice.usecases.words import word


def fields(session: Session, matter: MatterRecord) -> list[tuple[str, str]]:
    """Codes and texts, only those that say something."""
    record = session.get_one(OutgoingRecord, matter.id)
    found = [
        ("document_kind", word(DocumentKind(record.document_kind))),
        ("joint_with", "，".join(record.joint_with.splitlines())),
        ("addressee", record.addressee),
        ("copy_to", "，".join(record.copy_to.splitlines())),
        ("signer", record.signer),
        ("signed_on", chinese_date(record.signed_on) if record.signed_on else ""),
        ("printed_copies", str(record.printed_copies)),
        ("dispatched_on", chinese_date(record.dispatched_on) if record.dispatched_on else ""),
        ("retention", matter.retention),
    ]
    return [(code, text) for code, text in found if text]
