"""Seals: a scanned impression becomes a one-bit stencil, and the place where it is pressed is worked out."""

import io

from PIL import Image, UnidentifiedImageError

from deskoffice.domain.errors import PaperError
from deskoffice.paper.sheet import Stencil

LARGEST_SIDE = 4000
DOTS = 1200
"""Pixels across the stencil: 42 mm at 700 dpi."""

KEPT = 800
"""Pixels across an imprint that is kept as a sample."""

PAPER = 48
"""Up to this a pixel is the ground of the scan."""

RED = (200, 16, 46)
"""The official red of seals."""

INK = 128
"""From this opacity, or this redness above the other colours, a pixel is ink."""


def stencil(picture: bytes) -> Stencil:
    """Ink of the picture, by its transparency or, without one, by what is red or dark on white."""
    ink = _ink(_read(picture)).resize((DOTS, DOTS), Image.Resampling.LANCZOS)
    bits = ink.point(lambda value: 0 if value >= INK else 255).convert("1", dither=Image.Dither.NONE)
    if not any(byte != 0xFF for byte in bits.tobytes()):
        raise PaperError("paper_seal_picture_empty")
    return Stencil(bits.tobytes(), DOTS, DOTS)


def ink_size(ink: Stencil, diameter: float) -> tuple[float, float]:
    """Width and height of the ink itself, whose longer side is the diameter."""
    step = ink.columns // 8
    lines = [ink.bits[start : start + step] for start in range(0, len(ink.bits), step)]
    tall = sum(line.count(0xFF) < step for line in lines)
    wide = sum(any(line[at] != 0xFF for line in lines) for at in range(step)) * 8
    return wide / ink.columns * diameter, tall / ink.rows * diameter


def cleaned(picture: bytes) -> bytes:
    """The imprint alone, red on nothing, as a PNG: the ground of the scan is taken away, its edges are cut."""
    ink = _ink(_read(picture)).resize((KEPT, KEPT), Image.Resampling.LANCZOS)
    opacity = ink.point(lambda value: min(255, max(0, (value - PAPER) * 255 // (INK - PAPER))))
    if not any(opacity.histogram()[INK:]):
        raise PaperError("paper_seal_picture_empty")
    imprint = Image.new("RGBA", (KEPT, KEPT), (*RED, 0))
    imprint.putalpha(opacity)
    out = io.BytesIO()
    imprint.save(out, "PNG", optimize=True)
    return out.getvalue()


def _read(picture: bytes) -> Image.Image:
    try:
        with Image.open(io.BytesIO(picture)) as image:
            if max(image.size) > LARGEST_SIDE:
                raise PaperError("paper_seal_picture_too_large", side=LARGEST_SIDE)
            return image.convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise PaperError("paper_seal_picture_unreadable") from error


def _ink(rgba: Image.Image) -> Image.Image:
    """A mask, 255 where there is ink, cut to the square around the seal."""
    alpha = rgba.getchannel("A")
    # Red ink on white paper leaves no light in green: that channel alone tells ink from ground.
    is_opaque = alpha.getextrema()[0] == 255
    mask = rgba.getchannel("G").point(lambda value: 255 - value) if is_opaque else alpha
    box = mask.point(lambda value: 255 if value >= INK else 0).getbbox()
    if box is None:
        return mask
    side = max(box[2] - box[0], box[3] - box[1])
    left = (box[0] + box[2] - side) // 2
    top = (box[1] + box[3] - side) // 2
    return mask.crop((left, top, left + side, top + side))
