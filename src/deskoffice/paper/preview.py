"""Pictures of PDF pages for the screen: PNG bytes and text, by PDFium."""

import io

import pikepdf
import pypdfium2
import pypdfium2.raw

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


def is_signed(pdf: bytes) -> bool:
    """An electronic signature covers these bytes; any change breaks it."""
    document = _open(pdf)
    try:
        return int(pypdfium2.raw.FPDF_GetSignatureCount(document.raw)) > 0
    finally:
        document.close()


def chosen_pages(pdf: bytes, first: int, last: int) -> bytes:
    """Pages `first` to `last`, from 1, of a PDF; all of them are the file itself."""
    if first == 1 and last == page_count(pdf):
        return pdf
    with pikepdf.open(io.BytesIO(pdf)) as document:
        del document.pages[last:]
        del document.pages[: first - 1]
        out = io.BytesIO()
        document.save(out, deterministic_id=True)
    return out.getvalue()


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
