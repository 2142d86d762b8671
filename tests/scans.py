"""Official pages as a scanner of an office would bring them: typeset, printed, laid crooked, faded, stamped, dusty."""

import io
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw, ImageFilter

from deskoffice.paper.documents import document_from_meta, read_body, typeset
from deskoffice.paper.model import SealImpression

AT = datetime(2026, 3, 5, 9, 30, tzinfo=timezone(timedelta(hours=8)))
TEXT = "各地要严格执行二十四小时值班和领导带班制度，重要情况第一时间报告，不得迟报、漏报、瞒报，请抓好落实。"


@dataclass(frozen=True)
class Scanner:
    """How a page was laid on the glass and what the years did to it."""

    dpi: int = 200
    angle: float = 0.0
    quarter_turns: int = 0
    noise: float = 0.0
    blur: float = 0.0
    ground: int = 255
    ink: int = 0
    """How light the darkest ink has become."""
    is_grey: bool = False
    quality: int = 80


def printed(meta: Mapping[str, object], *, text: str = TEXT, seal: bool = False) -> bytes:
    """The PDF of a page; with a seal over the signature when asked for."""
    document = document_from_meta(read_body("draft.txt", text.encode()), meta)
    if seal:
        document = replace(document, seals=tuple(SealImpression(seal_picture(), 42) for _ in document.issuers))
    return typeset(document, clock_time=AT).pdf


def seal_picture() -> bytes:
    """A red ring with a star."""
    picture = Image.new("RGBA", (600, 600), (0, 0, 0, 0))
    drawing = ImageDraw.Draw(picture)
    drawing.ellipse((4, 4, 596, 596), outline=(220, 0, 0, 255), width=18)
    radii = (90, 34)
    points = [
        (300 + radii[at % 2] * math.sin(at * math.pi / 5), 300 - radii[at % 2] * math.cos(at * math.pi / 5))
        for at in range(10)
    ]
    drawing.polygon(points, fill=(220, 0, 0, 255))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def scanned(pdf: bytes, scanner: Scanner, *, page: int = 0) -> bytes:
    """The page as a JPEG."""
    with pypdfium2.PdfDocument(pdf) as document:
        picture = document[page].render(scale=scanner.dpi / 72).to_pil().convert("RGB")
    values = np.asarray(picture, np.float32)
    values = scanner.ink + values * (scanner.ground - scanner.ink) / 255
    picture = Image.fromarray(values.astype(np.uint8))
    if scanner.angle:
        ground = (scanner.ground,) * 3
        picture = picture.rotate(scanner.angle, resample=Image.Resampling.BICUBIC, fillcolor=ground)
    if scanner.blur:
        picture = picture.filter(ImageFilter.GaussianBlur(scanner.blur))
    if scanner.noise:
        values = np.asarray(picture, np.float32)
        values += np.random.default_rng(1).normal(0, scanner.noise, values.shape)
        picture = Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))
    for _ in range(scanner.quarter_turns):
        picture = picture.transpose(Image.Transpose.ROTATE_90)
    out = io.BytesIO()
    picture = picture.convert("L") if scanner.is_grey else picture
    picture.save(out, "JPEG", quality=scanner.quality, dpi=(scanner.dpi,) * 2)
    return out.getvalue()
