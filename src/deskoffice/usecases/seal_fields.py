"""The fields of a seal use as its card shows them."""

from sqlalchemy.orm import Session

from deskoffice.domain.seals import PaperKind
from deskoffice.storage.matters import MatterRecord
from deskoffice.storage.seal_inventory import SealRecord
from deskoffice.storage.seals import SealUseRecord
from deskoffice.usecases.office import CHINA
from deskoffice.usecases.words import word


def fields(session: Session, matter: MatterRecord) -> list[tuple[str, str]]:
    """Codes and texts, only those that say something."""
    use = session.get_one(SealUseRecord, matter.id)
    seal = None if use.seal_id is None else session.get(SealRecord, use.seal_id)
    stamped_at = use.stamped_at
    found = [
        ("seal", seal.name if seal else ""),
        ("unit", matter.unit),
        ("paper_kind", word(PaperKind(use.paper_kind))),
        ("document_number", matter.document_number),
        ("copies", str(use.copies)),
        ("pages", str(use.pages or "")),
        ("imprints", str(use.imprints)),
        ("is_straddling", "是" if use.is_straddling else ""),
        ("approved_digest", use.approved_digest[:16]),
        ("stamped", str(use.stamped) if stamped_at else ""),
        ("spoiled", str(use.spoiled) if stamped_at else ""),
        ("stamped_on", stamped_at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M") if stamped_at else ""),
    ]
    return [(code, text) for code, text in found if text]
