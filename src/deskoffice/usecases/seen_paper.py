"""The paper that a seal is asked for: which version it is now, and whether there is anything on it."""

import io
from dataclasses import dataclass

import pypdfium2
from PIL import Image
from sqlalchemy.orm import Session

from deskoffice.domain.errors import RuleError
from deskoffice.domain.matters import ContentRole, MatterKind
from deskoffice.storage.matters import MatterContentRecord, MatterRecord
from deskoffice.usecases import attachments
from deskoffice.usecases.attachments import ReadFile
from deskoffice.usecases.office import Office

FAINTEST = 40
"""How much darker than the paper the darkest spot of a page must be to count as writing, of 255."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a paper, known by the digest of its sealed object."""

    content_id: int
    digest: str
    record: MatterContentRecord


def current(office: Office, session: Session, paper: MatterRecord) -> Version:
    """The version that would be sealed now: the signed one of a document, or the newest paper of a request."""
    role = ContentRole.APPROVED if paper.kind == MatterKind.OUTGOING else ContentRole.BODY
    record = attachments.latest(session, paper.id, role)
    if record is None:
        raise RuleError("seal_not_signed")
    return Version(record.content_id, office.vault.contents.digest(session, record.content_id), record)


def is_blank(file: ReadFile) -> bool:
    """Nothing is written on it: no word in its text, and no ink on any page of a scan."""
    if file.text.strip():
        return False
    if file.media_type.startswith("image/"):
        with Image.open(io.BytesIO(file.draft.data)) as picture:
            return not _has_ink(picture)
    if file.media_type == "application/pdf":
        with pypdfium2.PdfDocument(file.draft.data) as pdf:
            return not any(_has_ink(page.render(scale=0.5).to_pil()) for page in pdf)
    return True


def _has_ink(picture: Image.Image) -> bool:
    histogram = picture.convert("L").histogram()
    shades = [shade for shade, pixels in enumerate(histogram) if pixels]
    return shades[-1] - shades[0] >= FAINTEST
