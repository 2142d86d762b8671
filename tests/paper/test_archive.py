"""Archival files: veraPDF accepts what is made here and sees what is spoilt."""

import io
from dataclasses import replace
from datetime import UTC, datetime

import pikepdf
import pypdfium2
import pytest

from deskoffice.paper import fonts
from deskoffice.paper.archive import AttachedFile, Flavour
from deskoffice.paper.documents import typeset
from deskoffice.paper.model import Layout, SealImpression
from deskoffice.paper.preview import text as pdf_text
from deskoffice.paper.trace import PrintMark, mark_copy

AT = datetime(2026, 3, 5, 1, 30, tzinfo=UTC)


def test_verapdf_accepts_every_layout_sealed_or_marked(draft, printed, verapdf, seal_picture) -> None:
    seals = (SealImpression(seal_picture, 45.0),)
    files = [printed(draft(layout=layout.value, signer="县长 张建国")).pdf for layout in Layout]
    files.append(printed(replace(draft(), seals=seals)).pdf)
    mark = PrintMark("000001", "张秘书", AT, "K7QX-3M2P")
    files.append(mark_copy(files[0], mark, fonts.load(), link="DO1:1"))
    assert verapdf("2u", files) == ["PASS"] * len(files)


def test_verapdf_accepts_attached_data_and_the_old_part(draft, verapdf, seal_picture) -> None:
    document = replace(draft(), seals=(SealImpression(seal_picture, 45.0),))
    attached = [AttachedFile("metadata.xml", b"<a/>", "text/xml", "metadata")]
    assert verapdf("3u", [typeset(document, clock_time=AT, attached=attached).pdf]) == ["PASS"]
    assert verapdf("1b", [typeset(document, clock_time=AT, flavour=Flavour.A1B).pdf]) == ["PASS"]


def spoilt(pdf: bytes, spoil) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        spoil(opened)
        out = io.BytesIO()
        opened.save(out)
    return out.getvalue()


def first_font(pdf):
    return next(iter(pdf.pages[0].Resources.Font.values()))


def test_verapdf_sees_each_planted_defect(draft, printed, verapdf) -> None:
    def without_outlines(pdf):
        del first_font(pdf).FontDescriptor.FontFile2

    def without_unicode(pdf):
        del first_font(pdf).ToUnicode

    def with_script(pdf):
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))

    def without_profile(pdf):
        del pdf.Root.OutputIntents

    def without_metadata(pdf):
        del pdf.Root.Metadata

    good = printed(draft()).pdf
    defects = (without_outlines, without_unicode, with_script, without_profile, without_metadata)
    assert all(line.startswith("FAIL") for line in verapdf("2u", [spoilt(good, defect) for defect in defects]))


def test_the_outline_leads_to_the_headings(draft, printed) -> None:
    with pikepdf.open(io.BytesIO(printed(draft()).pdf)) as opened, opened.open_outline() as outline:
        title = outline.root[0]
        assert title.title.startswith("清河县人民政府办公室关于")
        assert [entry.title for entry in title.children] == ["一、提高认识，压实责任", "二、突出重点，全面排查"]


def test_every_font_is_embedded_as_a_subset(draft, printed) -> None:
    with pikepdf.open(io.BytesIO(printed(draft()).pdf)) as opened:
        faces = [font for page in opened.pages for font in page.Resources.Font.values()]
        assert faces
        assert all("+" in str(font.BaseFont) and "/FontFile2" in font.FontDescriptor for font in faces)


def gb2312() -> str:
    rows = (bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    return "".join(row.decode("gb2312", "ignore") for row in rows)


RARE = "𬬭𬬻𬴂𫖯𬭊𠙶𨐈𬍛𫘧𬬱䶮㛃鿍鿎"
"""From the third level of 通用规范汉字表; most lie beyond U+FFFF."""


def test_every_character_of_gb2312_and_rare_ones_come_back_from_the_paper(draft, printed) -> None:
    characters = gb2312() + RARE
    done = printed(draft(f"字表如下。\n{characters}。"))
    read = pdf_text(done.pdf)
    assert not [one for one in characters if one not in read]
    rare = next(finding for finding in done.findings if finding.code == "rare_characters")
    assert set(RARE) <= set(rare.text)


@pytest.mark.parametrize("layout", list(Layout))
def test_a_copy_of_any_layout_made_by_another_tool_stays_readable(draft, printed, layout) -> None:
    pdf = printed(draft(layout=layout.value, signer="县长 张建国")).pdf
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        out = io.BytesIO()
        opened.save(out, linearize=True)
    with pypdfium2.PdfDocument(out.getvalue()) as copy:
        assert "防汛抗旱" in copy[0].get_textpage().get_text_range()
