"""PDF pages for the screen and the printer: pixels, text and the places of words, by PDFium."""

import io
import math
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as pixels of four bytes: blue, green, red, and one unused."""

    width: int
    height: int
    pixels: bytes


def shapes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of each page in points."""
    document = _open(pdf)
    try:
        return [document.get_page_size(number) for number in range(len(document))]
    finally:
        document.close()


def sizes(pdf: bytes, width: int) -> list[tuple[int, int]]:
    """Width and height in pixels of each page, drawn `width` pixels wide."""
    return [(width, math.ceil((width - 0.5) / wide * tall)) for wide, tall in shapes(pdf)]


def picture(pdf: bytes, page: int, width: int) -> Picture:
    """Page `page`, from 0, `width` pixels wide."""
    document = _open(pdf)
    try:
        sheet = document[page]
        # PDFium rounds the size up.
        drawn = sheet.render(scale=(width - 0.5) / sheet.get_width(), prefer_bgrx=True, maybe_alpha=False)
        return Picture(drawn.width, drawn.height, bytes(drawn.buffer))
    finally:
        document.close()


def page_png(pdf: bytes, page: int, width: int) -> bytes:
    """Page `page`, from 0, as a PNG `width` pixels wide."""
    document = _open(pdf)
    try:
        sheet = document[page]
        shown = sheet.render(scale=(width - 0.5) / sheet.get_width()).to_pil()
    finally:
        document.close()
    out = io.BytesIO()
    shown.convert("RGB").save(out, "PNG", compress_level=1)
    return out.getvalue()


def find(pdf: bytes, words: str) -> list[tuple[int, float, float, float, float]]:
    """Page, left, top, width and height, in shares of the page, of each place that has the words."""
    found = []
    document = _open(pdf)
    try:
        for number, page in enumerate(document):
            wide, tall = page.get_size()
            text_page = page.get_textpage()
            searcher = text_page.search(words)
            while (hit := searcher.get_next()) is not None:
                for at in range(text_page.count_rects(*hit)):
                    left, bottom, right, top = text_page.get_rect(at)
                    found.append((number, left / wide, 1 - top / tall, (right - left) / wide, (top - bottom) / tall))
    finally:
        document.close()
    return found


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
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise PaperError("paper_pdf_unreadable") from error
    # The seal on a file that others signed is the picture of a signature: without this it is not drawn.
    document.init_forms()
    return document
