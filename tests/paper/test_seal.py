"""Seal pictures become red stencils; what is no seal is refused."""

import io

import pytest
from PIL import Image, ImageDraw

from deskoffice.domain.errors import PaperError
from deskoffice.paper.preview import page_count, page_png
from deskoffice.paper.seal import stencil


def png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def share_of_ink(picture: Image.Image) -> float:
    made = stencil(png(picture))
    return 1 - sum(byte.bit_count() for byte in made.bits) / (made.columns * made.rows)


def disc(mode: str, ground: object, ink: object) -> Image.Image:
    picture = Image.new(mode, (400, 400), ground)
    ImageDraw.Draw(picture).ellipse((50, 50, 350, 350), fill=ink)
    return picture


@pytest.mark.parametrize(
    "picture",
    [disc("RGBA", (0, 0, 0, 0), (220, 0, 0, 255)), disc("RGB", "white", (200, 30, 40)), disc("L", 255, 40)],
    ids=["transparent", "scan in colour", "scan in grey"],
)
def test_ink_is_found_and_the_white_around_it_cut_away(picture) -> None:
    assert share_of_ink(picture) == pytest.approx(3.1416 / 4, abs=0.01)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"no picture", "paper_seal_picture_unreadable"),
        (png(Image.new("RGB", (50, 50), "white")), "paper_seal_picture_empty"),
        (png(Image.new("L", (4001, 2), 0)), "paper_seal_picture_too_large"),
    ],
)
def test_what_is_no_seal_is_refused(data, code) -> None:
    with pytest.raises(PaperError, match=code):
        stencil(data)


def test_pages_become_pictures_of_the_wanted_width(draft, printed) -> None:
    done = printed(draft())
    assert page_count(done.pdf) == done.pages
    with Image.open(io.BytesIO(page_png(done.pdf, 0, 700))) as picture:
        assert (picture.mode, picture.width) == ("RGB", 700)


def test_a_broken_pdf_has_no_preview() -> None:
    with pytest.raises(PaperError, match="paper_pdf_unreadable"):
        page_count(b"%PDF-1.7 broken")
