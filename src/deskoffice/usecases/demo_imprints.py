"""Drawn imprints for the practice vault: of an invented office, and saying so."""

import io
import math
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from deskoffice.paper import fonts
from deskoffice.paper.fonts import Role

SIDE = 1000
RED = (205, 22, 42)
PAPER = (248, 246, 241)
PRACTICE = "练习样章"
ARC = 236.0
"""Degrees that the name takes up at the most."""


def drawn(name: str, *, is_square: bool = False) -> bytes:
    """The scan of an imprint: a round seal with its name in an arc, a leader's name seal square."""
    picture = Image.new("RGB", (SIDE, SIDE), PAPER)
    if is_square:
        _square(picture, name)
    else:
        _round(picture, name)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _font(size: int) -> ImageFont.FreeTypeFont:
    face = fonts.load().face(Role.SONG, "章")
    return ImageFont.truetype(str(Path(face.path)), size, index=face.index)


def _round(picture: Image.Image, name: str) -> None:
    pen = ImageDraw.Draw(picture)
    pen.ellipse((30, 30, SIDE - 30, SIDE - 30), outline=RED, width=30)
    centre = SIDE / 2
    points = [
        (
            centre + radius * math.sin(math.radians(36 * corner)),
            centre - radius * math.cos(math.radians(36 * corner)),
        )
        for corner, radius in enumerate([150, 57] * 5)
    ]
    pen.polygon(points, fill=RED)
    size = min(112, int(2300 / max(len(name), 8)))
    step = min(24.0, ARC / max(len(name) - 1, 1))
    for place, character in enumerate(name):
        _turned(picture, character, size, (place - (len(name) - 1) / 2) * step)
    pen.text((centre, SIDE - 215), PRACTICE, font=_font(78), fill=RED, anchor="mm", stroke_width=1)


def _turned(picture: Image.Image, character: str, size: int, degrees: float) -> None:
    """A character of the arc, its foot towards the middle."""
    tile = Image.new("L", (size * 2, size * 2), 0)
    ImageDraw.Draw(tile).text((size, size), character, font=_font(size), fill=255, anchor="mm", stroke_width=2)
    tile = tile.rotate(-degrees, resample=Image.Resampling.BICUBIC)
    radius = SIDE / 2 - 80 - size / 2
    x = SIDE / 2 + radius * math.sin(math.radians(degrees))
    y = SIDE / 2 - radius * math.cos(math.radians(degrees))
    picture.paste(RED, (round(x - size), round(y - size)), tile)


def _square(picture: Image.Image, name: str) -> None:
    pen = ImageDraw.Draw(picture)
    pen.rectangle((160, 160, SIDE - 160, SIDE - 160), outline=RED, width=30)
    text = name if len(name) > 2 else f"{name}印"
    half = -(-len(text) // 2)
    # Read from the right, downwards.
    for column, part in enumerate((text[:half], text[half:])):
        for row, character in enumerate(part):
            at = (SIDE - 335 - column * 330, 340 + row * 660 // max(half, 1))
            pen.text(at, character, font=_font(270), fill=RED, anchor="mm", stroke_width=3)
    pen.text((SIDE / 2, SIDE - 90), PRACTICE, font=_font(70), fill=RED, anchor="mm")
