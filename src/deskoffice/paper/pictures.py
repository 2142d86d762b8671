"""A scanned page or photograph as an archival PDF, a page for each picture in the file."""

import io
from collections.abc import Iterator
from datetime import datetime

import pikepdf
from PIL import Image, ImageSequence, UnidentifiedImageError

from deskoffice.domain.errors import PaperError
from deskoffice.paper.archive import Description, finish
from deskoffice.paper.geometry import MM_PER_POINT, PAGE_HEIGHT, PAGE_WIDTH

QUALITY = 90
MOST_PIXELS = 60_000_000
"""A4 at 600 dots an inch has half as many."""


def pdf_of(data: bytes, name: str, *, made_at: datetime) -> bytes:
    """Each picture as large as it fits on A4, lying or standing as the picture does."""
    with pikepdf.new() as pdf:
        for frame in _frames(data):
            _add_page(pdf, frame)
        out = io.BytesIO()
        pdf.save(out)
    return finish(out.getvalue(), Description(name, "DeskOffice", made_at, {}))


def _frames(data: bytes) -> Iterator[Image.Image]:
    try:
        with Image.open(io.BytesIO(data)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise PaperError("paper_unreadable")
            for frame in ImageSequence.Iterator(picture):
                yield _flattened(frame)
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise PaperError("paper_unreadable") from error


def _flattened(frame: Image.Image) -> Image.Image:
    """On white: an archival page has no transparency to look through."""
    if "A" not in frame.getbands() and "transparency" not in frame.info:
        return frame.convert("RGB")
    whole = frame.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", whole.size, "white"), whole).convert("RGB")


def _add_page(pdf: pikepdf.Pdf, frame: Image.Image) -> None:
    standing = (PAGE_WIDTH / MM_PER_POINT, PAGE_HEIGHT / MM_PER_POINT)
    wide, tall = standing if frame.height >= frame.width else (standing[1], standing[0])
    scale = min(wide / frame.width, tall / frame.height)
    width, height = frame.width * scale, frame.height * scale
    page = pdf.add_blank_page(page_size=(round(wide), round(tall)))
    page.mediabox = pikepdf.Array([0, 0, round(wide, 3), round(tall, 3)])
    jpeg = io.BytesIO()
    frame.save(jpeg, "JPEG", quality=QUALITY)
    image = pikepdf.Stream(
        pdf,
        jpeg.getvalue(),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=frame.width,
        Height=frame.height,
        ColorSpace=pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    name = page.add_resource(image, pikepdf.Name.XObject)
    left, low = (wide - width) / 2, (tall - height) / 2
    page.contents_add(f"q {width:.3f} 0 0 {height:.3f} {left:.3f} {low:.3f} cm {name} Do Q".encode())
