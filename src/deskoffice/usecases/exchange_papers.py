"""Papers that go into a packet, and the sheets that go with the disc: 交接清单, 收条."""

from sqlalchemy import select

from deskoffice.domain.errors import RuleError
from deskoffice.domain.exchange import CarriedPaper, ItemState, PacketRow
from deskoffice.domain.matters import ContentRole, MatterKind
from deskoffice.domain.values import Classification, Urgency
from deskoffice.paper import documents
from deskoffice.paper.forms.model import FieldValue
from deskoffice.storage.circulation.outgoing import OutgoingRecord
from deskoffice.storage.matters import CopyRecord, MatterContentRecord, MatterRecord
from deskoffice.usecases import attachments, matters, printing, settings
from deskoffice.usecases.attachments import FileDraft
from deskoffice.usecases.circulation import outgoing_paper
from deskoffice.usecases.exchange_packing import Carried
from deskoffice.usecases.office import CHINA, Act, Office
from deskoffice.usecases.previews import PdfPaper
from deskoffice.usecases.words import word


def outgoing(office: Office, matter_id: int, partner: str) -> Carried:
    """An issued paper with its page and its attachments, as the partner's numbered copy."""
    with office.look() as act:
        matter = act.matter(matter_id)
        if matter.kind != MatterKind.OUTGOING or not matter.document_number:
            raise RuleError("matter_missing")
        record = act.session.get_one(OutgoingRecord, matter.id)
        row = matters.rows(office, act.session, [matter])[0]
        copy_number = _copy_of(act, matter, partner)
        page = FileDraft(f"{matter.document_number}.pdf", _page(act, matter, copy_number), ContentRole.BODY)
        paper = CarriedPaper(
            title=row.title,
            document_number=matter.document_number,
            issuer=settings.settings_in(act.session).office_name,
            level=Classification(matter.level),
            secrecy_years=matter.secrecy_years,
            urgency=Urgency(matter.urgency),
            dated=record.signed_on,
            addressee=record.addressee,
            copy_number=copy_number,
        )
        return Carried(paper, (page, *_attachments(act, matter)))


def _copy_of(act: Act, matter: MatterRecord, partner: str) -> str:
    query = select(CopyRecord.copy_number).where(CopyRecord.matter_id == matter.id, CopyRecord.holder == partner)
    return act.session.scalars(query.order_by(CopyRecord.copy_number)).first() or ""


def _page(act: Act, matter: MatterRecord, copy_number: str) -> bytes:
    """The stamped page where there is one, otherwise the signed version set again for this copy."""
    contents = act.office.vault.contents
    stamped = attachments.latest(act.session, matter.id, ContentRole.SIGNED_PDF)
    if stamped is not None:
        return contents.open(act.session, stamped.content_id).data
    approved = attachments.latest(act.session, matter.id, ContentRole.APPROVED)
    if approved is None:
        raise RuleError("content_missing")
    document = outgoing_paper.document(contents.open(act.session, approved.content_id).data, copy_number)
    return documents.typeset(document, clock_time=approved.created_at, account=act.actor.name).pdf


def _attachments(act: Act, matter: MatterRecord) -> list[FileDraft]:
    query = select(MatterContentRecord).where(
        MatterContentRecord.matter_id == matter.id, MatterContentRecord.role == ContentRole.ATTACHMENT.value
    )
    opened = [
        act.office.vault.contents.open(act.session, record.content_id)
        for record in act.session.scalars(query.order_by(MatterContentRecord.id))
    ]
    return [FileDraft(content.name, content.data, ContentRole.ATTACHMENT) for content in opened]


def sheet(office: Office, packet: PacketRow) -> PdfPaper:
    """交接清单 of a packet sent, or 收条 of one received; goes with the disc and is signed by hand."""
    name = settings.read_settings(office).office_name
    form = "exchange_list" if packet.is_sent else "exchange_receipt"
    values: dict[str, FieldValue] = {
        "number": f"{packet.number}",
        "made_on": printing.day(packet.at.astimezone(CHINA).date()),
        "sender": name if packet.is_sent else packet.partner,
        "receiver": packet.partner if packet.is_sent else name,
        "carrier": packet.carrier,
        "handler": packet.by,
        "papers": [
            {
                "place": str(place),
                "document_number": item.document_number,
                "state": word(item.state),
                "number": item.number,
                "note": "",
            }
            for place, item in enumerate(packet.items, start=1)
        ],
        "total": f"{len(packet.items)}件，其中登记{sum(i.state is ItemState.REGISTERED for i in packet.items)}件"
        if not packet.is_sent
        else f"{len(packet.items)}件",
    }
    title = "摆渡包交接清单" if packet.is_sent else "摆渡包收条"
    with office.act() as act:
        act.record_other("exchange.sheet.printed", f"packet:{packet.id}")
    return PdfPaper(printing.filled(office, form, values), f"{title}{packet.number}.pdf")
