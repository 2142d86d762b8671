"""Pictures of PDF pages for the screen: PNG bytes and text, by PDFium."""

import io

import pypdfium2

from deskoffice.domain.errors import PaperError


def page_count(pdf: bytes) -> int:
    document = _open(pdf)
    try:
        return len(document)
    finally:
        document.close()


def page_png(pdf: bytes, page: int, width: int) -> bytes:
    """Page `page`, from 0, as a PNG `width` pixels wide."""
    document = _open(pdf)
    try:
        sheet = document[page]
        # PDFium rounds the size up.
        picture = sheet.render(scale=(width - 0.5) / sheet.get_width()).to_pil()
    finally:
        document.close()
    out = io.BytesIO()
    picture.convert("RGB").save(out, "PNG", compress_level=1)
    return out.getvalue()


def pages_png(pdf: bytes, width: int) -> list[bytes]:
    return [page_png(pdf, page, width) for page in range(page_count(pdf))]


def text(pdf: bytes) -> str:
    """The words of every page, a page break between pages."""
    document = _open(pdf)
    try:
        return "\f".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def _open(pdf: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise PaperError("paper_pdf_unreadable") from error
