"""Pages of papers as pictures for the window, and papers made to be printed."""

from dataclasses import dataclass

from deskoffice.domain.errors import PaperError
from deskoffice.paper import documents, pictures, preview
from deskoffice.usecases import attachments
from deskoffice.usecases.attachments import FileDraft
from deskoffice.usecases.circulation import outgoing_paper
from deskoffice.usecases.office import Office
from deskoffice.vault.contents import Content

OUTGOING = "发文"
"""What the print ledger calls an outgoing document."""

STORED = "库内文件"
"""What it calls a file that came from outside."""


@dataclass(frozen=True, slots=True)
class PdfPaper:
    """A PDF and the name it would be saved under; `values_only` goes on paper that bears the form already."""

    data: bytes
    name: str
    matter_id: int = 0
    values_only: bytes = b""
    kind: str = ""
    """What the print ledger calls it, where the name holds a title."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on a page that has the words looked for, in shares of the page's width and height."""

    page: int
    left: float
    top: float
    width: float
    height: float


def page_count(pdf: bytes) -> int:
    """Pages of a PDF."""
    return preview.page_count(pdf)


def sizes(pdf: bytes, width: int) -> tuple[tuple[int, int], ...]:
    """Width and height in pixels of each page drawn so wide; none for what is not a PDF."""
    return tuple(preview.sizes(pdf, width)) if pdf else ()


def shapes(pdf: bytes) -> tuple[tuple[float, float], ...]:
    """Width and height of each page in points."""
    return tuple(preview.shapes(pdf))


def picture(pdf: bytes, page: int, width: int) -> preview.Picture:
    """One page as pixels."""
    return preview.picture(pdf, page, width)


def find(pdf: bytes, words: str) -> tuple[Spot, ...]:
    """Where the words stand, in the order of the pages."""
    return tuple(Spot(*place) for place in preview.find(pdf, words.strip()))


def paper(office: Office, matter_id: int, content_id: int) -> PdfPaper:
    """A piece of content as pages: PDFs as they are, pictures on a page, texts typeset; no bytes where none."""
    content = attachments.open_content(office, matter_id, content_id)
    return PdfPaper(_pages(office, content), content.name, matter_id, kind=STORED)


def original(office: Office, matter_id: int, content_id: int) -> PdfPaper:
    """A piece of content as it came, to be saved."""
    content = attachments.open_content(office, matter_id, content_id)
    return PdfPaper(content.data, content.name, matter_id, kind=STORED)


def paper_of_file(office: Office, draft: FileDraft) -> PdfPaper:
    """A file that is not stored yet, as pages."""
    file = attachments.read(draft)
    return PdfPaper(_pages(office, Content(draft.data, draft.name, file.media_type)), draft.name)


def _pages(office: Office, content: Content) -> bytes:
    if content.media_type == "application/pdf":
        return content.data
    if content.media_type.startswith("image/"):
        return pictures.pdf_of(content.data, content.name, made_at=office.now())
    if content.media_type == "application/json":
        return documents.typeset(outgoing_paper.document(content.data), clock_time=office.now()).pdf
    if not is_viewable(content.media_type):
        return b""
    body = documents.read_body(content.name or "正文.txt", content.data)
    return documents.typeset(documents.document_from_meta(body, {}), clock_time=office.now()).pdf


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
