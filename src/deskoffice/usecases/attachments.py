"""Contents of a matter: bodies, attachments, scans; put in sealed, opened with an audit entry, found by their text."""

import io
from dataclasses import dataclass
from pathlib import PurePath

import pypdfium2
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deskoffice.domain.errors import PaperError, RuleError
from deskoffice.domain.matters import Action, Changes, ContentRole
from deskoffice.paper import documents
from deskoffice.storage.matters import MatterContentRecord, MatterRecord
from deskoffice.usecases import matters, sharing, stepping
from deskoffice.usecases.office import Act, Office
from deskoffice.vault.contents import Audience, Content

LARGEST = 200 * 1024 * 1024
MEDIA_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".bmp": "image/bmp",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_MAGIC = {"application/pdf": b"%PDF-", "image/png": b"\x89PNG", "image/jpeg": b"\xff\xd8\xff"}


@dataclass(frozen=True, slots=True)
class FileDraft:
    """A file that a person adds to a matter."""

    name: str
    data: bytes
    role: ContentRole = ContentRole.ATTACHMENT
    read_text: str = ""
    """What was read from a scan, for files that carry no text themselves."""


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file found acceptable: its type, and the text that search will cover."""

    draft: FileDraft
    media_type: str
    text: str


def read(draft: FileDraft) -> ReadFile:
    """Check a file before any transaction; raises PaperError with one reason."""
    suffix = PurePath(draft.name).suffix.lower()
    media_type = MEDIA_TYPES.get(suffix)
    if media_type is None:
        raise PaperError("paper_type_unknown", suffix=suffix or "无")
    if not draft.data:
        raise PaperError("paper_empty")
    if len(draft.data) > LARGEST:
        raise PaperError("paper_too_large", megabytes=LARGEST // 1024 // 1024)
    if not draft.data.startswith(_MAGIC.get(media_type, b"")):
        raise PaperError("paper_not_what_it_says", suffix=suffix)
    return ReadFile(draft, media_type, _text(draft, suffix))


def _text(draft: FileDraft, suffix: str) -> str:
    if suffix in (".docx", ".txt", ".md"):
        return documents.read_body(draft.name, draft.data).text
    if suffix == ".pdf":
        return pdf_text(draft.data).strip() or draft.read_text
    return draft.read_text


def pdf_text(data: bytes) -> str:
    """The text of a PDF, page after page."""
    try:
        with pypdfium2.PdfDocument(io.BytesIO(data)) as pdf:
            return "\n".join(str(page.get_textpage().get_text_bounded()) for page in pdf)
    except pypdfium2.PdfiumError as error:
        raise PaperError("paper_unreadable") from error


def put(act: Act, matter: MatterRecord, file: ReadFile, audience: Audience | None = None) -> MatterContentRecord:
    """Seal a file into a matter, to its readers unless to fewer; a file with the same role gets the next version."""
    contents = act.office.vault.contents
    audience = audience or sharing.audience(act.session, matter)
    draft = file.draft
    record = MatterContentRecord(
        matter_id=matter.id,
        content_id=contents.put(act.session, draft.data, audience, name=draft.name, media_type=file.media_type),
        name_content_id=contents.put_text(act.session, draft.name, audience),
        text_content_id=contents.put_text(act.session, file.text, audience) if file.text.strip() else None,
        role=draft.role.value,
        version=_next_version(act.session, matter.id, draft.role),
        media_type=file.media_type,
        size=len(draft.data),
        author_id=act.actor.account_id,
        created_at=act.at,
    )
    act.session.add(record)
    act.session.flush()
    return record


def _next_version(session: Session, matter_id: int, role: ContentRole) -> int:
    query = select(func.max(MatterContentRecord.version)).where(
        MatterContentRecord.matter_id == matter_id, MatterContentRecord.role == role.value
    )
    return (session.scalar(query) or 0) + 1


def latest(session: Session, matter_id: int, role: ContentRole) -> MatterContentRecord | None:
    """The newest piece of a role."""
    query = select(MatterContentRecord).where(
        MatterContentRecord.matter_id == matter_id, MatterContentRecord.role == role.value
    )
    return session.scalars(query.order_by(MatterContentRecord.version.desc())).first()


def attach(office: Office, matter_id: int, draft: FileDraft) -> Changes:
    """Add a file to a matter."""
    file = read(draft)
    with office.act() as act:
        matter = act.matter(matter_id)
        stepping.require(matters.allowed(matter, stepping.standing(act.session, matter), act.actor), Action.ATTACH)
        record = put(act, matter, file)
        act.record("matter.content.attached", matter, content=record.content_id, role=record.role)
        return act.changes()


def open_content(office: Office, matter_id: int, content_id: int) -> Content:
    """Open a piece of a matter; the opening is entered in the log."""
    with office.look() as act:
        matter = act.matter(matter_id)
        if content_id not in sharing.content_ids(act.session, matter):
            raise RuleError("content_missing")
        act.record_other("matter.content.opened", f"matter:{matter.id}", content=content_id)
        return office.vault.contents.open(act.session, content_id)
