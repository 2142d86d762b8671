"""The child process that reads a scanned page: it may use little memory and time, and write no file.

Run as a module with the most pages to read as its argument and the file on standard input; one JSON object a line comes
back on standard output: first what the file is, then each page.
"""

import base64
import io
import json
import sys
from collections.abc import Iterator, Mapping

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2
import zxingcpp
from PIL import Image, ImageOps, ImageSequence

from deskoffice.paper.limits import limit
from deskoffice.paper.scan_reader import PageReader

MEMORY = 2 * 1024 * 1024 * 1024
SECONDS = 240
OPEN_FILES = 64
MOST_PIXELS = 120_000_000
"""A3 at 600 dpi is 70 million."""
PDF_WIDTH = 1654
"""A4 at 200 dpi."""
BARCODE_SIDE = 4000
PDF417 = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.PDF417])
FORMATS = ("JPEG", "PNG", "TIFF", "BMP")

Pixels = npt.NDArray[np.uint8]


class Refused(Exception):
    """The file is not taken; the code goes to the parent."""


def pages(data: bytes, most: int) -> Iterator[tuple[int, Pixels]]:
    """How many pages there are, with each page's red, green and blue."""
    if data.startswith(b"%PDF-"):
        yield from _pdf_pages(data, most)
        return
    with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
        total = getattr(picture, "n_frames", 1)
        for at, frame in enumerate(ImageSequence.Iterator(picture)):
            if at == most:
                return
            yield total, _colours(frame)


def _colours(frame: Image.Image) -> Pixels:
    if frame.width * frame.height > MOST_PIXELS or min(frame.size) < 32:
        raise Refused("scan_size")
    upright = ImageOps.exif_transpose(frame)
    if upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info:
        # What shows through is paper.
        with_alpha = upright.convert("RGBA")
        upright = Image.alpha_composite(Image.new("RGBA", with_alpha.size, "white"), with_alpha)
    elif upright.mode.startswith("I;16"):
        upright = upright.point(lambda value: value / 256).convert("L")
    return np.asarray(upright.convert("RGB"))


def _pdf_pages(data: bytes, most: int) -> Iterator[tuple[int, Pixels]]:
    with pypdfium2.PdfDocument(data) as document:
        total = len(document)
        for at in range(min(total, most)):
            sheet = document[at]
            width, height = sheet.get_size()
            if not 0.02 < width / max(height, 1) < 50:
                raise Refused("scan_size")
            scale = PDF_WIDTH / min(width, height)
            if width * height * scale * scale > MOST_PIXELS:
                raise Refused("scan_size")
            yield total, np.asarray(sheet.render(scale=scale).to_pil().convert("RGB"))


def barcodes(pixels: Pixels) -> list[str]:
    """What the two-dimensional barcodes of a page hold, in base64."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    for factor in (1.0, 2.0, 0.5):
        side = max(grey.shape) * factor
        if side > BARCODE_SIDE and factor > 1:
            continue
        sized = grey if factor == 1.0 else cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
        found = zxingcpp.read_barcodes(np.ascontiguousarray(sized), formats=PDF417)
        if found:
            return [base64.b64encode(one.bytes).decode() for one in found]
    return []


def read(data: bytes, most: int) -> Iterator[Mapping[str, object]]:
    """A line for each page, or the code of the refusal."""
    try:
        reader: PageReader | None = None
        for total, pixels in pages(data, most):
            reader = reader or PageReader()
            page = reader.read(pixels)
            yield {"total": total, "barcodes": barcodes(pixels), **page}
    except Refused as refusal:
        yield {"code": str(refusal)}
    except (MemoryError, RecursionError, Image.DecompressionBombError):
        yield {"code": "scan_too_costly"}
    except (OSError, ValueError, SyntaxError, pypdfium2.PdfiumError, Image.DecompressionBombWarning):
        yield {"code": "scan_unreadable"}


def main() -> None:
    """Limit the process, read the file, answer page by page."""
    limit(memory=MEMORY, seconds=SECONDS, open_files=OPEN_FILES)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    for line in read(sys.stdin.buffer.read(), int(sys.argv[1])):
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
