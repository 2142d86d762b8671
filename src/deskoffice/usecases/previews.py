"""Pages of papers as pictures for the window, and papers made to be printed."""

from dataclasses import dataclass

from deskoffice.domain.errors import PaperError
from deskoffice.paper import documents, preview
from deskoffice.usecases import attachments
from deskoffice.usecases.circulation import outgoing_paper
from deskoffice.usecases.office import Office


@dataclass(frozen=True, slots=True)
class PdfPaper:
    """A PDF and the name it would be saved under."""

    data: bytes
    name: str


def pdf_pages(pdf: bytes, width: int) -> tuple[bytes, ...]:
    """Each page as a PNG of a width in pixels."""
    return tuple(preview.pages_png(pdf, width))


def page_count(pdf: bytes) -> int:
    """Pages of a PDF."""
    return preview.page_count(pdf)


def pages(office: Office, matter_id: int, content_id: int, width: int) -> tuple[bytes, ...]:
    """A piece of content as pictures: PDFs and pictures as they are, texts typeset."""
    content = attachments.open_content(office, matter_id, content_id)
    if content.media_type == "application/pdf":
        return pdf_pages(content.data, width)
    if content.media_type.startswith("image/"):
        return (content.data,)
    if content.media_type == "application/json":
        document = outgoing_paper.document(content.data)
        return pdf_pages(documents.typeset(document, clock_time=office.now()).pdf, width)
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
