"""The draft of an outgoing document as it stands, read back from its records and sealed pieces."""

import hashlib
import json

from deskoffice.domain.circulation.outgoing import DocumentKind, OutgoingDraft
from deskoffice.domain.matters import ContentRole
from deskoffice.domain.values import Classification, Urgency
from deskoffice.storage.circulation.outgoing import OutgoingRecord
from deskoffice.storage.matters import MatterRecord
from deskoffice.usecases import attachments, matters
from deskoffice.usecases.office import Act, Office


def draft_of(office: Office, matter_id: int) -> OutgoingDraft:
    """What is drafted, to be shown in the editor again."""
    with office.look() as act:
        return drafted(act, act.matter(matter_id))


def details(draft: OutgoingDraft) -> str:
    """Titles of attachments, one a line, an empty line, the note: plain words, since search covers them."""
    return "\n".join(draft.attachment_titles) + "\n\n" + draft.note.strip()


def drafted(act: Act, matter: MatterRecord) -> OutgoingDraft:
    """The draft as it stands, inside a transaction."""
    record = act.session.get_one(OutgoingRecord, matter.id)
    body = attachments.latest(act.session, matter.id, ContentRole.BODY)
    contents = act.office.vault.contents
    sealed = contents.texts(act.session, [record.details_content_id])
    titles, _, note = sealed.get(record.details_content_id, "").partition("\n\n")
    row = matters.rows(act.office, act.session, [matter])[0]
    return OutgoingDraft(
        kind=DocumentKind(record.document_kind),
        title=row.title,
        series_id=record.series_id,
        body_text=contents.open(act.session, body.content_id).data.decode() if body else "",
        addressee=record.addressee,
        copy_to=tuple(record.copy_to.splitlines()),
        level=Classification(matter.level),
        secrecy_years=matter.secrecy_years,
        urgency=Urgency(matter.urgency),
        attachment_titles=tuple(titles.splitlines()),
        note=note,
        printed_copies=record.printed_copies,
        retention=matter.retention,
        kept_rules=tuple(record.kept_rules.split()),
        joint_with=tuple(record.joint_with.splitlines()),
    )


def digest(draft: OutgoingDraft) -> str:
    """SHA-256 of everything that whoever countersigns has before him; the number of copies is not part of it."""
    shown = (
        draft.kind.value,
        draft.series_id,
        draft.title.strip(),
        draft.addressee.strip(),
        draft.copy_to,
        int(draft.level),
        draft.secrecy_years,
        draft.attachment_titles,
        draft.note.strip(),
        draft.kept_rules,
        draft.body_text,
        # Texts signed by an older program had no such field.
        *([draft.joint_with] if draft.joint_with else []),
    )
    return hashlib.sha256(json.dumps(shown, ensure_ascii=False).encode()).hexdigest()
