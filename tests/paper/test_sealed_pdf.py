"""A stamped PDF: the seal in its place, a signature that tells every later change, still an archival file."""

import io
import os
import random
import shutil
import subprocess
from datetime import UTC, datetime

import pikepdf
import pytest
from PIL import Image

from deskoffice.paper import certificates, fonts, pressing, signing
from deskoffice.paper.documents import document_from_meta, read_body, typeset
from deskoffice.paper.page_view import PageView
from deskoffice.paper.preview import page_png
from deskoffice.paper.seal import cleaned, stencil
from deskoffice.paper.trace import PrintMark, mark_copy

AT = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
OWNER = "河东县人民政府办公室"
IS_SOAK = bool(os.environ.get("DESKOFFICE_SOAK"))
pytestmark = pytest.mark.timeout(3600 if IS_SOAK else 120)
SAMPLES = 4000 if IS_SOAK else 40


@pytest.fixture(scope="module")
def root():
    return certificates.authority(OWNER, at=AT)


@pytest.fixture(scope="module")
def credential(root):
    return certificates.for_seal(root, seal="河东县人民政府办公室章", owner=OWNER, at=AT)


def paper(lines: int) -> bytes:
    text = "双方约定如下。\n" + "双方应当按照约定履行各自的义务。\n" * lines + f"{OWNER}\n2026年11月23日"
    return typeset(document_from_meta(read_body("合同.txt", text.encode()), {}), clock_time=AT).pdf


@pytest.fixture(scope="module")
def stamped(credential, seal_picture) -> bytes:
    pdf = paper(45)
    pressed = pressing.press(pdf, stencil(seal_picture), pressing.places(pdf, [OWNER], 42.0), 42.0, straddles=True)
    return signing.sign(pressed, credential, signing.SignatureNote(OWNER, "印〔2026〕1号", "河东县", AT))


def red_box(
    pdf: bytes, page: int, left: float = 0.0, right: float = 210.0, wide: float = 210.0
) -> tuple[float, float, float, float] | None:
    """Left, top, right and bottom of what is red on a page between two distances from its left edge, in mm."""
    with Image.open(io.BytesIO(page_png(pdf, page, 1050))) as picture:
        bands = picture.convert("RGB").split()
        scale = wide / picture.width
        inked = Image.eval(bands[1], lambda value: 255 if value < 120 else 0)
        dark = Image.eval(bands[0], lambda value: 255 if value > 150 else 0)
        mask = Image.composite(inked, Image.new("L", inked.size, 0), dark)
        mask.paste(0, (0, 0, int(left / scale), mask.height))
        mask.paste(0, (int(right / scale), 0, mask.width, mask.height))
        box = mask.getbbox()
    return None if box is None else tuple(edge * scale for edge in box)


def test_the_seal_stands_over_name_and_date_within_the_text_area(stamped):
    place = pressing.places(paper(45), [OWNER], 42.0)[0]
    page = len(pikepdf.open(io.BytesIO(stamped)).pages) - 1
    left, top, _, bottom = red_box(stamped, page, right=185)
    assert place.page == page
    assert (place.x - left, place.y - top) == pytest.approx((21, 21), abs=0.6)
    assert left > 26.5
    assert bottom - top == pytest.approx(42, abs=0.6)
    date = pressing.places(paper(45), [""], 42.0)[0]
    assert abs(date.x - place.x) < 1


def test_a_straddling_seal_is_whole_when_the_pages_are_fanned_out(stamped):
    with pikepdf.open(io.BytesIO(stamped)) as pdf:
        count = len(pdf.pages)
    strips = [red_box(stamped, number, left=190) for number in range(count)]
    assert count > 1
    assert all(strip is not None and strip[2] == pytest.approx(210, abs=0.4) for strip in strips)
    widths = [strip[2] - strip[0] for strip in strips]
    assert max(widths) <= 42 / count + 0.5


def test_joint_seals_stand_in_rows_and_do_not_touch():
    found = pressing.places(paper(3), ["", "", OWNER], 42.0)
    pairs = [(one, other) for at, one in enumerate(found) for other in found[at + 1 :]]
    assert all(((a.x - b.x) ** 2 + (a.y - b.y) ** 2) ** 0.5 >= 43 - 1e-6 for a, b in pairs if a.page == b.page)
    assert all(27 + 21 <= one.x <= 210 - 27 - 21 for one in found)


def test_readers_show_whose_seal_it_is_and_when_it_was_pressed(stamped, root, credential):
    found = signing.verify(stamped, [root.certificate])
    assert (found.is_unchanged, found.is_ours, found.signer) == (True, True, "河东县人民政府办公室章")
    assert (found.signed_at, found.reason) == (AT, "印〔2026〕1号")
    assert found.fingerprint == certificates.fingerprint(credential.certificate)


def test_a_signature_of_another_vault_is_not_ours(stamped):
    other = certificates.authority(OWNER, at=AT)
    assert not signing.verify(stamped, [other.certificate]).is_ours


def test_a_file_without_a_signature_is_not_taken_for_signed():
    assert not signing.verify(paper(1), []).is_signed
    assert not signing.verify(b"%PDF-1.7 broken", []).is_signed


def envelope(pdf: bytes) -> tuple[int, int]:
    """Where the signature itself stands in the file."""
    begins = pdf.rfind(b"/Contents <") + len(b"/Contents <")
    return begins, pdf.index(b">", begins)


def changed_at(pdf: bytes, place: int) -> bytes:
    """Another byte at that place; in the hexadecimal signature another digit."""
    begins, ends = envelope(pdf)
    old = pdf[place]
    new = b"0123456789ABCDEF"[(int(chr(old), 16) + 1) % 16] if begins <= place < ends else old ^ 1
    return pdf[:place] + bytes([new]) + pdf[place + 1 :]


def sampled(pdf: bytes) -> list[int]:
    """Places all over the file, and more in the signature; what its envelope says of its own form is left out."""
    _, ends = envelope(pdf)
    chosen = random.Random(7)
    return [
        0,
        len(pdf) - 2,
        *chosen.sample(range(len(pdf)), SAMPLES),
        *chosen.sample(range(ends - 768, ends), min(768, SAMPLES // 4)),
    ]


def test_the_place_of_the_signature_has_no_padding(stamped):
    begins, ends = envelope(stamped)
    assert len(stamped[begins:ends]) - len(stamped[begins:ends].rstrip(b"0")) < 8


def test_one_changed_byte_is_shown_as_changed(stamped, root):
    roots = [root.certificate]
    assert signing.verify(stamped, roots).is_exact
    missed = [at for at in sampled(stamped) if signing.verify(changed_at(stamped, at), roots).is_unchanged]
    begins, ends = envelope(stamped)
    assert [at for at in missed if not begins <= at < ends] == []
    assert [at for at in missed if signing.verify(changed_at(stamped, at), roots).is_exact] == []


def test_no_digit_of_the_envelope_can_be_changed_unseen(stamped, root):
    """What the signature does not cover, how the envelope describes itself, is compared with what belongs there."""
    roots = [root.certificate]
    begins, ends = envelope(stamped)
    step = 1 if IS_SOAK else 97
    places = [*range(begins + 44, begins + 90, 1 if IS_SOAK else 9), *range(begins, ends, step)]
    assert [at for at in places if signing.verify(changed_at(stamped, at), roots).is_exact] == []
    for at in (begins + 4, ends - 5):
        other_case = stamped[:at] + stamped[at : at + 5].swapcase() + stamped[at + 5 :]
        assert other_case == stamped or not signing.verify(other_case, roots).is_exact


TURNS = (0, 90, 180, 270)
SHEETS = {"A3 landscape": (0, 0, 1191, 842), "odd origin": (-40, 60, 555, 902)}


def turned(pdf: bytes, turn: int, sheet: tuple[int, int, int, int], cut: int) -> bytes:
    """The last page on another sheet, shown turned and cut, its writing upright for whoever looks at it."""
    view = PageView(0, 0, sheet[0] + cut, sheet[1] + cut, sheet[2] - cut, sheet[3] - cut, turn)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        page = opened.pages[-1]
        page.contents_add(f"q {view.matrix}".encode(), prepend=True)
        page.contents_add(b"Q")
        page.obj.Rotate, page.mediabox = turn, list(sheet)
        page.cropbox = [sheet[0] + cut, sheet[1] + cut, sheet[2] - cut, sheet[3] - cut]
        out = io.BytesIO()
        opened.save(out)
    return out.getvalue()


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("sheet", SHEETS)
def test_the_seal_stands_over_name_and_date_however_the_page_is_turned_and_cut(turn, sheet, seal_picture):
    edges = SHEETS[sheet]
    cut = 20
    pdf = turned(paper(45), turn, edges, cut)
    place = pressing.places(pdf, [OWNER], 42.0)[0]
    pressed = pressing.press(pdf, stencil(seal_picture), [place], 42.0, straddles=True)
    mm = ((edges[3] - edges[1] if turn in (90, 270) else edges[2] - edges[0]) - 2 * cut) / 72 * 25.4
    left, top, right, bottom = red_box(pressed, place.page, right=mm - 22, wide=mm)
    assert ((left + right) / 2, (top + bottom) / 2) == pytest.approx((place.x, place.y), abs=0.7)
    assert (right - left, bottom - top) == pytest.approx((42, 42), abs=0.8)
    edge = red_box(pressed, place.page, left=mm - 21.5, right=mm, wide=mm)
    assert edge[2] == pytest.approx(mm, abs=0.6)


def test_each_party_gets_the_seal_over_its_own_name_and_date():
    gap = "（右为乙方日期）"
    signatures = f"甲方：河东县人民政府办公室　　　乙方：河东县某建设公司\n2026年11月20日{gap}2026年11月23日\n"
    text = f"甲方乙方约定如下。\n双方共同遵守。\n{signatures}抄送：财政局\n2026年12月1日印发"
    pdf = typeset(document_from_meta(read_body("合同.txt", text.encode()), {}), clock_time=AT).pdf
    first, second = (pressing.places(pdf, [name], 42.0)[0] for name in (OWNER, "河东县某建设公司"))
    assert first.x < second.x - 20
    assert first.y == pytest.approx(second.y, abs=1)


@pytest.fixture(scope="module")
def countersigned(credential, seal_picture) -> tuple[bytes, bytes]:
    """A file that another office signed, and the same with the seal."""
    other_root = certificates.authority("河东县某建设公司", at=AT)
    theirs = certificates.for_seal(other_root, seal="合同专用章", owner="河东县某建设公司", at=AT)
    ink = stencil(seal_picture)
    pdf = paper(3)
    mark = pressing.as_picture(pdf, ink, pressing.places(pdf, [""], 42.0)[0], 42.0)
    signed = signing.countersign(pdf, theirs, signing.SignatureNote("某公司", "签约", "河东县", AT), mark)
    place = pressing.places(signed, [OWNER], 42.0)[0]
    both = signing.countersign(
        signed,
        credential,
        signing.SignatureNote(OWNER, "印〔2026〕1号", "河东县", AT),
        pressing.as_picture(signed, ink, place, 42.0),
    )
    return signed, both


def test_a_seal_on_a_file_that_others_signed_leaves_their_signature_whole(stamped, root, countersigned):
    signed, both = countersigned
    assert signing.is_signed(signed)
    assert not signing.is_final(signed)
    found = signing.verify(both, [root.certificate])
    assert (found.is_unchanged, found.is_exact, found.is_ours) == (True, True, True)
    assert both.startswith(signed)
    assert signing.is_final(stamped)
    for at in (len(signed) // 2, len(both) - 40):
        assert not signing.verify(changed_at(both, at), [root.certificate]).is_exact


def test_a_printed_copy_shows_the_seals_as_ink_and_claims_no_signature(stamped, countersigned):
    for signed in (stamped, *countersigned):
        copy = mark_copy(signed, PrintMark("1", "张秘书", AT, "K7QX-3M2P"), fonts.load())
        assert not signing.is_signed(copy)
        assert b"/ByteRange" not in copy
        page = len(pikepdf.open(io.BytesIO(copy)).pages) - 1
        assert red_box(copy, page, right=185) == red_box(signed, page, right=185) is not None


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="poppler's reader of signatures is not here")
def test_another_reader_shows_the_change_too(stamped, root, tmp_path):
    """Alone outside the envelope; in it the one reader sees what the other passes over."""

    def is_sound(pdf: bytes) -> bool:
        path = tmp_path / "read.pdf"
        path.write_bytes(pdf)
        said = subprocess.run(
            ["pdfsig", "-nocert", path], capture_output=True, text=True, check=False, errors="replace"
        ).stdout
        return "Signature is Valid." in said and "Total document signed" in said

    assert is_sound(stamped)
    begins, ends = envelope(stamped)
    passed_over = [place for place in sampled(stamped) if is_sound(changed_at(stamped, place))]
    assert [place for place in passed_over if not begins <= place < ends] == []
    seen_by_none = [at for at in passed_over if signing.verify(changed_at(stamped, at), [root.certificate]).is_exact]
    assert seen_by_none == []


@pytest.mark.skipif(not IS_SOAK, reason="the engine alone takes twelve seconds")
def test_a_stamped_paper_is_still_an_archival_file_and_so_are_its_printed_copies(stamped, countersigned, verapdf):
    mark = PrintMark("1", "张秘书", AT, "K7QX-3M2P")
    copies = [mark_copy(signed, mark, fonts.load(), link="DO1:1") for signed in (stamped, *countersigned)]
    assert verapdf("2u", [stamped, *copies]) == ["PASS"] * 4


def test_the_ground_of_a_scanned_imprint_is_taken_away():
    from PIL import ImageDraw

    scan = Image.new("RGB", (500, 500), (243, 240, 231))
    ImageDraw.Draw(scan).ellipse((60, 60, 440, 440), outline=(205, 30, 40), width=20)
    out = io.BytesIO()
    scan.save(out, "JPEG")
    with Image.open(io.BytesIO(cleaned(out.getvalue()))) as kept:
        assert kept.mode == "RGBA"
        assert kept.getpixel((400, 400))[3] == 0
        assert kept.getpixel((3, 400))[3] > 128
