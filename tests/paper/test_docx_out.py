"""Documents for Word and WPS: what a person and a checker of Word files find inside."""

import io
import re
import zipfile
from dataclasses import replace

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from lxml import etree

from deskoffice.paper.documents import read_body, to_docx
from deskoffice.paper.model import Attachment, Layout, Paragraph, Table

FACES = {
    "Normal": "仿宋_GB2312",
    "Title": "方正小标宋简体",
    "Heading 1": "黑体",
    "Heading 2": "楷体_GB2312",
    "Heading 3": "仿宋_GB2312",
}
PARAGRAPH_ORDER = (
    *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "pBdr", "shd", "tabs"),
    *(
        "overflowPunct",
        "autoSpaceDE",
        "autoSpaceDN",
        "snapToGrid",
        "spacing",
        "ind",
        "jc",
        "outlineLvl",
        "rPr",
        "sectPr",
    ),
)
RUN_ORDER = ("rFonts", "color", "w", "sz", "szCs", "lang")


def opened(document):
    return Document(io.BytesIO(to_docx(document)))


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def words(document) -> str:
    """Everything a reader sees, tables too."""
    return "".join(node.text or "" for node in document.element.body.iter(qn("w:t")))


def test_the_page_and_its_grid_are_those_of_the_standard(draft) -> None:
    section = opened(draft()).sections[0]
    assert (section.page_width, section.page_height) == pytest.approx((Mm(210), Mm(297)), abs=700)
    edges = (section.top_margin, section.left_margin, section.right_margin, section.bottom_margin)
    assert edges == pytest.approx((Mm(37), Mm(28), Mm(26), Mm(35)), abs=700)
    grid = section._sectPr.find(qn("w:docGrid"))
    assert 22 * int(grid.get(qn("w:linePitch"))) / 20 == pytest.approx(225 / 25.4 * 72, abs=1)
    assert 28 * (16 + int(grid.get(qn("w:charSpace"))) / 4096) == pytest.approx(156 / 25.4 * 72, abs=0.2)
    scale = int(opened(draft()).styles["Normal"].element.rPr.find(qn("w:w")).get(qn("w:val"))) / 100
    assert 156 / 25.4 * 72 // (16 * scale) == 28


@pytest.mark.parametrize(("style", "face"), FACES.items())
def test_each_role_has_the_face_of_the_office_machines(draft, style, face) -> None:
    run = opened(draft()).styles[style].element.rPr
    assert run.rFonts.get(qn("w:eastAsia")) == face
    assert run.rFonts.get(qn("w:ascii")) in {"Times New Roman", "黑体"}
    assert opened(draft()).styles[style].font.size == Pt(22 if style == "Title" else 16)


def test_page_numbers_are_fields_on_the_outer_side(draft) -> None:
    files = parts(to_docx(draft()))
    for kind, side in (("default", "right"), ("even", "left")):
        footer = files[f"word/footer-{kind}.xml"]
        assert re.search(r"<w:instrText[^>]*> PAGE </w:instrText>", footer)
        assert f'<w:jc w:val="{side}"/>' in footer
    assert "<w:evenAndOddHeaders/>" in files["word/settings.xml"]


def test_headings_are_heading_styles_and_keep_their_numbers(draft) -> None:
    document = opened(draft())
    headings = {p.text: p.style.name for p in document.paragraphs if p.style.name.startswith("Heading")}
    assert headings["一、提高认识，压实责任"] == "Heading 1"
    assert headings["（二）完善应急预案"] == "Heading 2"


@pytest.mark.parametrize("layout", list(Layout))
def test_nothing_that_stands_on_the_pdf_is_missing_in_any_layout(draft, layout) -> None:
    table = Table((("序号", "单位"), ("1", "水利局")))
    secrecy = {"classification": "秘密", "secrecy_years": 5, "urgency": "加急", "copy_number": "7"}
    document = draft(
        layout=layout.value, note="此件公开发布", signer="县长 张建国", attachments=["责任人名单"], **secrecy
    )
    document = replace(document, attachments=(Attachment("责任人名单", (table, Paragraph("略。"))),))
    seen = words(opened(document))
    expected = [
        "清政办发〔2026〕7号",
        "清河县人民政府办公室",
        "水利局",
        "略。",
        "此件公开发布",
        "2026年3月5日",
        "附件：责任人名单",
    ]
    expected += ["秘密★5年", "加急", "000007", "县委有关部门", "防汛抗旱指挥部"]
    assert [word for word in expected if word not in seen] == []


@pytest.mark.parametrize("layout", list(Layout))
def test_properties_stand_in_the_order_of_the_schema(draft, layout) -> None:
    for name, text in parts(to_docx(draft(layout=layout.value, signer="县长 张建国"))).items():
        root = etree.fromstring(text.encode())
        for tag, order in (("w:pPr", PARAGRAPH_ORDER), ("w:rPr", RUN_ORDER)):
            for node in root.iter(qn(tag)):
                children = [etree.QName(child).localname for child in node]
                assert children == sorted(children, key=order.index), name


def test_the_same_document_gives_the_same_bytes(draft) -> None:
    assert to_docx(draft()) == to_docx(draft())


def test_what_was_written_can_be_read_again(draft) -> None:
    document = draft(issuer=None, date=None, issuer_mark=None, title=None, addressee=None, document_number=None,
                     copy_to=None, print_office=None)  # fmt: skip
    assert read_body("again.docx", to_docx(document)).blocks == document.blocks


def test_characters_that_xml_cannot_hold_do_not_spoil_the_file(draft) -> None:
    document = replace(draft(), blocks=(Paragraph("甲\x07乙\x0b丙 <&> \ufffe丁"),))
    assert "甲乙丙 <&> 丁" in words(opened(document))


def sections(document) -> list[tuple[bool, str]]:
    """Whether each section lies on its side, and what it begins with."""
    found = []
    for one in opened(document).element.body.iter(qn("w:sectPr")):
        size, begins = one.find(qn("w:pgSz")), one.find(qn("w:type"))
        is_turned = int(size.get(qn("w:w"))) > int(size.get(qn("w:h")))
        found.append((is_turned, "" if begins is None else begins.get(qn("w:val"))))
    return found


def test_a_wide_table_has_a_landscape_section_whose_number_stays_where_it_was(draft) -> None:
    wide = Table((tuple(f"第{n}列" for n in range(14)), ("510822197001011234",) * 14))
    document = replace(draft(), attachments=(Attachment("明细表", (wide,)),))
    assert sections(document) == [(False, ""), (True, ""), (False, "evenPage")]
    footer = parts(to_docx(document))["word/footer-turnedDefault.xml"]
    assert " PAGE " in footer
    assert '<w:textDirection w:val="tbRl"/>' in footer


def test_the_imprint_has_the_even_page_that_it_has_on_paper(draft) -> None:
    assert sections(draft("请认真贯彻执行。")) == [(False, ""), (False, "evenPage")]
    assert sections(draft(print_office=None)) == [(False, "")]


def test_minutes_name_office_and_date_in_the_head_and_who_came_under_the_text(draft) -> None:
    document = draft(
        "会议研究了防汛工作。\n出席：张建国、李志强\n列席：王晓", layout="minutes", title=None, addressee=None
    )
    lines = [paragraph.text for paragraph in opened(document).paragraphs]
    assert [line for line in lines if "2026年3月5日" in line] == ["\t清河县人民政府办公室\t2026年3月5日"]
    at = lines.index("出席：张建国、李志强")
    assert lines[at - 1] == ""
    assert lines[at + 1] == "列席：王晓"


def test_signatories_stand_two_on_a_line_with_the_number_on_the_last(draft) -> None:
    lines = [one.text for one in opened(draft(layout="upward", signer=["张建国", "李志强", "王芳"])).paragraphs]
    assert lines[lines.index("\t\t签发人：\t张建国\t李志强") + 1] == "\t清政办发〔2026〕7号\t\t王\u3000芳"


def test_signature_and_text_stay_together(draft) -> None:
    paragraphs = opened(draft()).paragraphs
    at = next(number for number, one in enumerate(paragraphs) if one.text == "2026年3月5日")
    assert all(one.paragraph_format.keep_with_next for one in paragraphs[at - 3 : at])
