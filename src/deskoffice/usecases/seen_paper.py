"""The paper that a seal is asked for: which version it is now, and whether there is anything on it."""

import io
from dataclasses import dataclass
from hashlib import sha256

import pypdfium2
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from deskoffice.domain.errors import RuleError
from deskoffice.domain.matters import ContentRole, MatterKind
from deskoffice.storage.matters import MatterContentRecord, MatterRecord
from deskoffice.usecases import attachments
from deskoffice.usecases.attachments import FileDraft
from deskoffice.usecases.office import Office
from deskoffice.vault.contents import Content

FAINTEST = 40
"""How much darker than the paper a spot of a page must be to count as writing, of 255."""

FEWEST = 25
"""Pixels of ink that a page must have, at 72 dots an inch: less is dust."""

EDGE = 0.02
"""Share of the page at each edge that is not looked at: a scanner's shadow is no writing."""

A4_POINTS = 595

TYPESET = "application/json"
"""A version of a document of the office, whose text the rules have seen."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a paper, known by what its sealed object and its attachments come to."""

    content_id: int
    digest: str
    """Of the paper alone where nothing is attached to it."""
    record: MatterContentRecord


def current(office: Office, session: Session, paper: MatterRecord) -> Version:
    """The version that would be sealed now: the signed one of a document, or the newest paper of a request.

    An attachment added to a request makes it another version, and so does one exchanged after a signature. What is
    added to a signed document under another name, as the scan of its slip, is no part of it.
    """
    role = ContentRole.APPROVED if paper.kind == MatterKind.OUTGOING else ContentRole.BODY
    record = attachments.latest(session, paper.id, role)
    if record is None:
        raise RuleError("seal_not_signed")
    contents = office.vault.contents
    digests = [contents.digest(session, one) for one in (record.content_id, *_attached(office, session, record))]
    whole = digests[0] if len(digests) == 1 else sha256("\n".join(digests).encode()).hexdigest()
    return Version(record.content_id, whole, record)


def _attached(office: Office, session: Session, version: MatterContentRecord) -> list[int]:
    query = select(MatterContentRecord).where(
        MatterContentRecord.matter_id == version.matter_id, MatterContentRecord.role == ContentRole.ATTACHMENT.value
    )
    records = session.scalars(query.order_by(MatterContentRecord.id)).all()
    if version.role == ContentRole.APPROVED:
        names = office.vault.contents.texts(session, [one.name_content_id for one in records])
        signed = {names.get(one.name_content_id) for one in records if one.id < version.id}
        records = [one for one in records if one.id < version.id or names.get(one.name_content_id) in signed]
    return [one.content_id for one in records]


def check_written(content: Content) -> None:
    """No seal on blank paper: each page has something on it, whatever anybody ticked."""
    if content.media_type == TYPESET:
        return
    text = "" if content.media_type == "application/pdf" or content.media_type.startswith("image/") else "."
    if text:
        text = attachments.read(FileDraft(content.name or "正文.txt", content.data)).text
    if blank_pages(content.media_type, content.data, text):
        raise RuleError("seal_blank_paper")


def blank_pages(media_type: str, data: bytes, text: str) -> tuple[int, ...]:
    """Pages, from 1, with nothing on them that can be seen: ink counts, white letters do not."""
    if media_type.startswith("image/"):
        with Image.open(io.BytesIO(data)) as picture:
            return () if _has_ink(picture) else (1,)
    if media_type == "application/pdf":
        with pypdfium2.PdfDocument(io.BytesIO(data)) as pdf:
            pages = [_has_ink(page.render(scale=1.0).to_pil()) for page in pdf]
        return tuple(number for number, is_written in enumerate(pages, start=1) if not is_written)
    return () if text.strip() else (1,)


def _has_ink(picture: Image.Image) -> bool:
    grey = picture.convert("L")
    grey.thumbnail((A4_POINTS, A4_POINTS * 2))
    margin = (round(grey.width * EDGE), round(grey.height * EDGE))
    inner = grey.crop((margin[0], margin[1], grey.width - margin[0], grey.height - margin[1]))
    histogram = inner.histogram()
    ground = max(range(256), key=histogram.__getitem__)
    return sum(histogram[: max(0, ground - FAINTEST)]) >= FEWEST
