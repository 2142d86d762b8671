"""Pages of papers as pictures for the window, and papers made to be printed."""

from dataclasses import dataclass

from deskoffice.domain.errors import PaperError
from deskoffice.paper import documents, preview
from deskoffice.usecases import attachments
from deskoffice.usecases.attachments import FileDraft
from deskoffice.usecases.circulation import outgoing_paper
from deskoffice.usecases.office import Office
from deskoffice.vault.contents import Content


@dataclass(frozen=True, slots=True)
class PdfPaper:
    """A PDF and the name it would be saved under; `values_only` goes on paper that bears the form already."""

    data: bytes
    name: str
    matter_id: int = 0
    values_only: bytes = b""
    kind: str = ""
    """What the print ledger calls it, where the name holds a title."""


def pdf_pages(pdf: bytes, width: int) -> tuple[bytes, ...]:
    """Each page as a PNG of a width in pixels."""
    return tuple(preview.pages_png(pdf, width))


def page_count(pdf: bytes) -> int:
    """Pages of a PDF."""
    return preview.page_count(pdf)


def pages(office: Office, matter_id: int, content_id: int, width: int) -> tuple[bytes, ...]:
    """A piece of content as pictures: PDFs and pictures as they are, texts typeset."""
    content = attachments.open_content(office, matter_id, content_id)
    return _pictures(office, content, width)


def pages_of_file(office: Office, draft: FileDraft, width: int) -> tuple[bytes, ...]:
    """A file that is not stored yet, as pictures."""
    file = attachments.read(draft)
    return _pictures(office, Content(draft.data, draft.name, file.media_type), width)


def _pictures(office: Office, content: Content, width: int) -> tuple[bytes, ...]:
    if content.media_type == "application/pdf":
        return pdf_pages(content.data, width)
    if content.media_type.startswith("image/"):
        return (content.data,)
    if content.media_type == "application/json":
        document = outgoing_paper.document(content.data)
        return pdf_pages(documents.typeset(document, clock_time=office.now()).pdf, width)
    if not is_viewable(content.media_type):
        return ()
    body = documents.read_body(content.name or "正文.txt", content.data)
    plain = documents.document_from_meta(body, {})
    return pdf_pages(documents.typeset(plain, clock_time=office.now()).pdf, width)


def is_viewable(media_type: str) -> bool:
    """The window can show it."""
    return media_type.startswith(("image/", "text/")) or media_type in (
        "application/pdf",
        "application/json",
        attachments.MEDIA_TYPES[".docx"],
    )


def export_file(office: Office, matter_id: int, content_id: int) -> PdfPaper:
    """A piece of content to be saved outside; the act is in the log."""
    content = attachments.open_content(office, matter_id, content_id)
    if not content.data:
        raise PaperError("paper_empty")
    return PdfPaper(content.data, content.name)
