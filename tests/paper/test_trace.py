"""Marks on printed copies: a person reads them, a reader reads the codes, the master stays as it was."""

import hashlib
import random
from datetime import UTC, date, datetime

import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageFilter

from deskoffice.domain.errors import PaperError
from deskoffice.paper import fonts
from deskoffice.paper.preview import text as pdf_text
from deskoffice.paper.trace import OfficialBarcode, PrintMark, mark_copy

MARK = PrintMark("12", "张秘书", datetime(2026, 3, 5, 9, 30, tzinfo=UTC), "K7QX-3M2P")
BARCODE = OfficialBarcode(
    number="37140000120260000012",
    issuer="清河县人民政府办公室",
    kind="通知",
    document_number="清政办发〔2026〕7号",
    addressee="各乡镇人民政府",
    title="关于切实做好2026年防汛抗旱工作的通知",
    secrecy="",
    urgency="加急",
    dated_on=date(2026, 3, 5),
    reach="县级",
    maker="清河县人民政府办公室",
    made_on=None,
)


def scanned(pdf: bytes, dots: int) -> Image.Image:
    """The first page as a tired scanner sees it."""
    with pypdfium2.PdfDocument(pdf) as document:
        picture = document[0].render(scale=dots / 72).to_pil().convert("L")
    noise = random.Random(1)
    specks = Image.frombytes("L", picture.size, noise.randbytes(picture.width * picture.height))
    return Image.blend(picture, specks, 0.1).filter(ImageFilter.GaussianBlur(0.7))


def test_each_page_says_whose_copy_it_is(draft, printed) -> None:
    master = printed(draft()).pdf
    before = hashlib.sha256(master).hexdigest()
    pages = pdf_text(mark_copy(master, MARK, fonts.load())).split("\f")
    for number, page in enumerate(pages, 1):
        assert "第12份　张秘书　2026-03-05 09:30　K7QX-3M2P" in page
        assert f"{number}/{len(pages)}" in page
    assert hashlib.sha256(master).hexdigest() == before


@pytest.mark.parametrize("dots", [300, 200, 150])
def test_both_codes_are_read_back_from_a_noisy_scan(draft, printed, dots) -> None:
    copy = mark_copy(printed(draft()).pdf, MARK, fonts.load(), link="DO1:清政办发〔2026〕7号:K7QX", barcode=BARCODE)
    found = {code.format.name: code.bytes for code in zxingcpp.read_barcodes(scanned(copy, dots))}
    assert found["QRCode"].decode() == "DO1:清政办发〔2026〕7号:K7QX"
    assert found["PDF417"].decode("gb18030") == BARCODE.text


def test_a_marked_copy_keeps_every_rule_of_the_layout(draft, printed, failed_rules) -> None:
    assert failed_rules(mark_copy(printed(draft()).pdf, MARK, fonts.load(), link="DO1:1", barcode=BARCODE)) == []


def test_the_bar_code_names_what_is_missing() -> None:
    fields = BARCODE.text.split("^")
    assert fields[0] == "GB0626-2005"
    assert fields[7:9] == ["无", "加急"]
    assert fields[12:] == ["无", "|"]


def test_a_bar_code_that_no_page_could_hold_is_refused(draft, printed) -> None:
    with pytest.raises(PaperError, match="paper_barcode_too_long"):
        mark_copy(
            printed(draft()).pdf,
            MARK,
            fonts.load(),
            barcode=OfficialBarcode(
                **{**{name: getattr(BARCODE, name) for name in BARCODE.__slots__}, "title": "长" * 300}
            ),
        )
