"""回执清单: what the courier brought on a day, to be checked piece by piece, signed and stamped."""

from collections.abc import Sequence
from datetime import date

from deskoffice.domain.circulation.incoming import PostKind
from deskoffice.domain.errors import RuleError
from deskoffice.domain.people import Role
from deskoffice.domain.values import Classification, chinese_date, secrecy_mark
from deskoffice.paper.forms.model import Values
from deskoffice.storage.circulation.incoming import IncomingRecord, days_received, received_on
from deskoffice.storage.circulation.incoming_envelopes import IncomingEnvelopeRecord
from deskoffice.storage.matters import MatterRecord
from deskoffice.usecases.office import Act, Office
from deskoffice.usecases.previews import PdfPaper
from deskoffice.usecases.printing import filled
from deskoffice.usecases.words import word

Pieces = Sequence[tuple[MatterRecord, IncomingRecord]]


DAYS = 10


def days(office: Office) -> tuple[tuple[date, int], ...]:
    """The last days on which the courier brought something, and how many pieces."""
    office.require(Role.CONFIDENTIAL_CLERK, Role.SECRETARIAT)
    with office.read() as session:
        return tuple(days_received(session, office.actor, DAYS))


def receipt(office: Office, day: date) -> PdfPaper:
    """The list of a day's pieces; of what is inside it says nothing."""
    office.require(Role.CONFIDENTIAL_CLERK, Role.SECRETARIAT)
    with office.act() as act:
        pieces = received_on(act.session, day, act.actor)
        if not pieces:
            raise RuleError("nothing_received", day=chinese_date(day))
        values: Values = {
            "received_on": chinese_date(day),
            "receiver": act.actor.name,
            "total": f"{len(pieces)} 件 {sum(record.copies for _, record in pieces)} 份",
            "pieces": [_piece(act, at, matter, record) for at, (matter, record) in enumerate(pieces, 1)],
        }
        act.record_other("circulation.receipt.printed", f"day:{day.isoformat()}", papers=len(pieces))
    return PdfPaper(filled(office, "courier_receipt", values), f"收件回执清单 {day.isoformat()}.pdf")


def _piece(act: Act, at: int, matter: MatterRecord, record: IncomingRecord) -> dict[str, str]:
    envelope = act.session.get(IncomingEnvelopeRecord, matter.id)
    return {
        "number": str(at),
        "unit": matter.unit,
        "sent_number": envelope.envelope_number if envelope else matter.document_number,
        "level": secrecy_mark(Classification(matter.level), matter.secrecy_years),
        "copy_number": record.copy_number,
        "copies": str(record.copies),
        "way": record.delivery or word(PostKind(record.post_kind)),
        "receipt_number": matter.number,
        "checked": "",
    }
