"""The page of an outgoing document: what its draft or its signed version looks like in print and in Word."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from deskoffice.domain.circulation.outgoing import UNSEALED, UPWARD, DocumentKind, OutgoingDraft
from deskoffice.domain.errors import RuleError
from deskoffice.domain.matters import ContentRole, MatterKind
from deskoffice.domain.values import URGENCY_WORDS
from deskoffice.paper import documents
from deskoffice.paper.documents import Typeset
from deskoffice.paper.model import OfficialDocument, SealImpression
from deskoffice.storage.circulation.outgoing import OutgoingRecord
from deskoffice.storage.matters import MatterRecord
from deskoffice.storage.series import SeriesRecord
from deskoffice.usecases import attachments, settings
from deskoffice.usecases.circulation.outgoing_draft import drafted
from deskoffice.usecases.office import Office
from deskoffice.usecases.words import word

Meta = Mapping[str, object]
KEPT = "kept_rules"
FILE = "文件"
SEAL_MM = 42.0
"""The place that is left for a seal by hand; one of 45 mm stands in it too, a little nearer to the text."""

_LAYOUTS = {DocumentKind.LETTER: "letter", DocumentKind.ORDER: "order", DocumentKind.MINUTES: "minutes"}


def layout(kind: DocumentKind) -> str:
    """Which format of GB/T 9704-2012 a kind is printed in."""
    return "upward" if kind in UPWARD else _LAYOUTS.get(kind, "document")


def meta(session: Session, draft: OutgoingDraft, *, number: str, signer: str, dated: date | None) -> dict[str, object]:
    """The fields of a document as `typeset --meta` takes them."""
    names = settings.settings_in(session)
    series = session.get_one(SeriesRecord, draft.series_id)
    found: dict[str, object] = {
        "kind": word(draft.kind),
        "layout": layout(draft.kind),
        # The mark is the title of minutes, and their number stands alone under it, 4 mm above the red rule.
        "issuer": [] if draft.kind is DocumentKind.MINUTES else [names.issuer_name, *draft.joint_with],
        "issuer_mark": _mark(series.issuer_mark, draft.joint_with),
        "document_number": number,
        "title": "" if draft.kind is DocumentKind.MINUTES else draft.title.strip(),
        "addressee": draft.addressee.strip(),
        "classification": word(draft.level),
        "secrecy_years": draft.secrecy_years,
        "urgency": URGENCY_WORDS[draft.urgency],
        "signer": signer if draft.kind in UPWARD else "",
        "date": dated.isoformat() if dated else None,
        "attachments": list(draft.attachment_titles),
        "note": draft.note.strip(),
        "copy_to": list(draft.copy_to),
        "print_office": names.office_name,
        "print_date": dated.isoformat() if dated else None,
        KEPT: list(draft.kept_rules),
    }
    return {key: value for key, value in found.items() if value not in ("", None, [])}


def _mark(mark: str, joint_with: Sequence[str]) -> list[str]:
    """The names of all who issue it, 文件 once beside them (GB/T 9704-2012 7.2.4)."""
    if not (mark and joint_with):
        return [mark] if mark else []
    names = [mark.removesuffix(FILE), *joint_with]
    return [*names[:-1], names[-1] + FILE] if mark.endswith(FILE) else names


def snapshot(fields: Meta, body_text: str) -> bytes:
    """The signed version as bytes that are the same for the same text: fields and body in one."""
    return json.dumps(
        {"meta": fields, "body": body_text}, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode()


def document(data: bytes, copy_number: str = "") -> OfficialDocument:
    """The document of a signed version, for one numbered copy when the number is given."""
    kept = json.loads(data)
    fields = dict(kept["meta"])
    if copy_number:
        fields["copy_number"] = copy_number
    return _document(fields, kept["body"])


def _document(fields: Meta, text: str) -> OfficialDocument:
    """The document, cleaned by the rules that the drafter did not refuse."""
    kept = fields.get(KEPT)
    refused = [str(code) for code in kept] if isinstance(kept, list) else []
    body = documents.read_body("正文.txt", text.encode(), refused)
    return documents.document_from_meta(body, {key: value for key, value in fields.items() if key != KEPT})


def preview(office: Office, draft: OutgoingDraft) -> Typeset:
    """The draft as it would print now, with what the engine found."""
    with office.read() as session:
        fields = meta(session, draft, number="", signer="", dated=office.today())
    found = _document(fields, draft.body_text)
    return documents.typeset(found, clock_time=office.now(), account=office.actor.name)


def signed_document(office: Office, session: Session, matter: MatterRecord) -> OfficialDocument:
    """The document of the signed version of a matter."""
    record = attachments.latest(session, matter.id, ContentRole.APPROVED)
    if record is None:
        raise RuleError("outgoing_not_signed")
    return document(office.vault.contents.open(session, record.content_id).data)


def current(office: Office, matter_id: int) -> tuple[OfficialDocument, datetime]:
    """The signed version, or the draft as it stands, with the moment that its file bears."""
    with office.look() as act:
        matter = act.matter(matter_id)
        if matter.kind != MatterKind.OUTGOING:
            raise RuleError("matter_missing")
        act.record_other("circulation.outgoing.printed", f"matter:{matter.id}")
        record = act.session.get_one(OutgoingRecord, matter_id)
        if record.approved_content_id is not None:
            signed = attachments.latest(act.session, matter.id, ContentRole.APPROVED)
            made_at = signed.created_at if signed else act.at
            return _to_be_sealed(signed_document(office, act.session, matter), record.document_kind), made_at
        draft = drafted(act, matter)
        fields = meta(act.session, draft, number="", signer="", dated=None)
        return _to_be_sealed(_document(fields, draft.body_text), draft.kind), act.at


def _to_be_sealed(document: OfficialDocument, kind: str) -> OfficialDocument:
    """Name and date where the seal will be pressed: the sheets are printed first and stamped by hand."""
    if kind in UNSEALED:
        return document
    return replace(document, seals=(SealImpression(b"", SEAL_MM),) * max(1, len(document.issuers)))


def pdf(office: Office, matter_id: int) -> Typeset:
    """GB/T 9704 page of the signed version, or of the draft as it stands."""
    found, made_at = current(office, matter_id)
    return documents.typeset(found, clock_time=made_at, account=office.actor.name)


def docx(office: Office, matter_id: int) -> bytes:
    """The same for Word and WPS."""
    return documents.to_docx(current(office, matter_id)[0])
