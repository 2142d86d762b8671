"""Official documents on paper, measured by the office's own checker and read back as a person would."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from types import ModuleType

import pypdfium2
import pytest

from deskoffice.domain.errors import PaperError
from deskoffice.paper.documents import Typeset
from deskoffice.paper.geometry import RIGHT
from deskoffice.paper.model import Attachment, Layout, OfficialDocument, Paragraph, SealImpression, Table
from deskoffice.paper.preview import text as pdf_text

Draft = Callable[..., OfficialDocument]
Print = Callable[[OfficialDocument], Typeset]
Check = Callable[[bytes], list[str]]

SENTENCE = "各乡镇人民政府要进一步压实防汛抗旱责任，强化巡查值守和隐患排查整治，确保人民群众生命财产安全。"


def pages(pdf: bytes) -> list[str]:
    return ["".join(page.split()) for page in pdf_text(pdf).split("\f")]


def rows(gbt9704: ModuleType, pdf: bytes, page: int) -> list[str]:
    """The lines of a page from top to bottom, without the page number."""
    with pypdfium2.PdfDocument(pdf) as document:
        lines = gbt9704.lines_of([one for one in gbt9704.page_glyphs(document[page]) if one.size > 14.5])
    return [gbt9704.text(glyphs) for _, glyphs in lines]


@pytest.mark.parametrize("paragraphs", [1, 12, 200], ids=["one page", "three pages", "twenty pages"])
def test_a_notice_of_any_length_keeps_every_rule(
    draft: Draft, printed: Print, failed_rules: Check, paragraphs: int
) -> None:
    assert failed_rules(printed(draft("\n".join([SENTENCE * 2] * paragraphs))).pdf) == []


def test_a_notice_with_all_elements_keeps_every_rule(
    draft: Draft, printed: Print, failed_rules: Check, seal_picture: bytes
) -> None:
    document = draft(
        classification="秘密", secrecy_years=5, urgency="加急", copy_number="7", attachments=["责任人名单", "物资清单"]
    )
    sealed = replace(document, seals=(SealImpression(seal_picture, 45.0),))
    assert failed_rules(printed(sealed).pdf) == []


def test_ugly_text_is_cleaned_and_keeps_every_rule(draft: Draft, printed: Print, failed_rules: Check) -> None:
    ugly = "\n\n".join(
        f"　　第{number}项工作 ,  要 认真 落实(限期{number}日内完成),不得拖延. 详见&nbsp;附表;"
        for number in range(1, 60)
    )
    assert failed_rules(printed(draft(ugly)).pdf) == []


@pytest.mark.parametrize("extra", range(0, 132, 4))
def test_a_signature_never_stands_alone(draft: Draft, printed: Print, gbt9704: ModuleType, extra: int) -> None:
    text = "\n".join([SENTENCE * 3] * 6 + ["细" * (28 * (extra // 6) + extra % 28 + 2) + "。"])
    pdf = printed(draft(text, copy_to=None, print_office=None)).pdf
    with pypdfium2.PdfDocument(pdf) as document:
        last = rows(gbt9704, pdf, len(document) - 1)
    assert last[-1] == "2026年3月5日"
    assert last[-3:-2] or len(last) > 2, "no text above the signature"


def test_the_imprint_stands_on_an_even_page(draft: Draft, printed: Print) -> None:
    for paragraphs in range(1, 30, 3):
        done = printed(draft("\n".join([SENTENCE * 2] * paragraphs)))
        assert done.pages % 2 == 0
        assert "2026年3月5日印发" in pages(done.pdf)[-1]


def test_without_mark_and_print_office_there_is_neither_head_nor_imprint(draft: Draft, printed: Print) -> None:
    done = printed(draft("短文。\n第二段。", issuer_mark=None, print_office=None))
    assert done.pages == 1
    assert "文件" not in pages(done.pdf)[0]
    assert "印发" not in pages(done.pdf)[0]


def test_an_upward_paper_names_who_signed_on_the_line_of_the_number(
    draft: Draft, printed: Print, gbt9704: ModuleType
) -> None:
    document = draft(layout="upward", signer=["张建国", "李志强", "王晓"])
    assert rows(gbt9704, printed(document).pdf, 0)[1:3] == ["签发人：张建国李志强", "清政办发〔2026〕7号王晓"]


def test_lists_of_very_many_units_stay_on_the_page_of_the_imprint(draft: Draft, printed: Print) -> None:
    schools = [f"县第{number}中学校" for number in range(150)]
    offices = "，".join(f"第{number}街道办事处" for number in range(120))
    pdf = printed(draft("请准时参加。", addressee=offices, copy_to=schools)).pdf
    assert all(one in pages(pdf)[-1] for one in (*schools, *offices.split("，")))


def test_a_name_of_two_characters_is_as_wide_as_one_of_three(draft: Draft, printed: Print, gbt9704: ModuleType) -> None:
    pdf = printed(draft(layout="upward", signer=["张建国", "王芳"])).pdf
    with pypdfium2.PdfDocument(pdf) as document:
        place = {one.ch: one.x for one in gbt9704.page_glyphs(document[0]) if 15 < one.size < 17}
    assert place["芳"] - place["王"] == pytest.approx(place["国"] - place["张"], abs=0.1)


def test_the_first_page_has_text_even_where_little_goes_over_with_the_signature(draft: Draft, printed: Print) -> None:
    text = "现将《清河县农村公路管理养护办法》《清河县农村公路养护经费使用细则》印发给你们，请遵照执行。"
    titles = ["清河县农村公路管理养护办法", "养护经费使用细则", "路长制责任分工表", "联系方式", "办理流程"]
    first, second = pages(printed(draft(text, attachments=titles)).pdf)[:2]
    assert "现将《清河县" in first
    assert "请遵照执行" in second or "请遵照执行" in first


def test_a_joint_mark_stacks_the_names_beside_one_word(draft: Draft, printed: Print, gbt9704: ModuleType) -> None:
    document = draft(issuer_mark="清河县人民政府\n清河县水利局文件", issuer="清河县人民政府、清河县水利局")
    marks = rows(gbt9704, printed(document).pdf, 0)[:3]
    assert marks == ["清河县人民政府", "文件", "清河县水利局"]


def test_a_letter_has_its_mark_at_30_mm_and_no_number_on_page_1(
    draft: Draft, printed: Print, gbt9704: ModuleType
) -> None:
    pdf = printed(draft(layout="letter", issuer_mark="清河县水利局")).pdf
    with pypdfium2.PdfDocument(pdf) as document:
        mark = next(one for one in gbt9704.page_glyphs(document[0]) if one.ch == "清" and one.size > 30)
        rules = [one for one in gbt9704.page_shapes(document[0]) if one[3] - one[1] > 100]
    assert abs(gbt9704.em_top(mark) - 30) < 0.1
    assert {round(one[3] - one[1]) for one in rules} == {170}
    assert "—1—" not in pages(pdf)[0]
    assert "印发" not in "".join(pages(pdf))


def test_an_order_has_its_mark_at_57_mm_and_post_and_name_below(
    draft: Draft, printed: Print, gbt9704: ModuleType
) -> None:
    document = draft(
        "现予公布，自2026年4月1日起施行。\n特此公布。",
        layout="order",
        issuer_mark="清河县人民政府令",
        title=None,
        addressee=None,
        document_number="第3号",
        signer="县长 张建国",
        issuer=None,
    )
    pdf = printed(document).pdf
    with pypdfium2.PdfDocument(pdf) as opened:
        mark = next(one for one in gbt9704.page_glyphs(opened[0]) if one.size > 30)
    assert abs(gbt9704.em_top(mark) - 57) < 0.1
    assert rows(gbt9704, pdf, 0)[-2:] == ["县长张建国", "2026年3月5日"]


def test_a_signature_stamp_stands_for_the_name_of_who_signs(
    draft: Draft, printed: Print, gbt9704: ModuleType, seal_picture: bytes
) -> None:
    stamp = SealImpression(seal_picture, 20.0, is_signature=True)
    order = draft("现予公布，自2026年4月1日起施行。", layout="order", title=None, addressee=None, signer="县长 张建国")
    pdf = printed(replace(order, seals=(stamp,))).pdf
    with pypdfium2.PdfDocument(pdf) as document:
        lines = gbt9704.lines_of([one for one in gbt9704.page_glyphs(document[0]) if one.size > 14.5])
        place = next(one for one in gbt9704.page_shapes(document[0]) if one[0] == "image")
    words = {gbt9704.text(line): line for _, line in lines}
    text, post, date = words["现予公布，自2026年4月1日起施行。"], words["县长"], words["2026年3月5日"]
    four = 4 * 156 / 28
    assert place[3] == pytest.approx(184 - four, abs=0.2)
    assert place[2] - gbt9704.em_bot(text[0]) == pytest.approx(2 * 10.446 + 16 / gbt9704.MM * 7 / 8, abs=0.3)
    assert place[1] - gbt9704.adv_right(post[-1]) == pytest.approx(four / 2, abs=0.3)
    assert (gbt9704.em_top(post[0]) + gbt9704.em_bot(post[0])) / 2 == pytest.approx((place[2] + place[4]) / 2, abs=0.2)
    assert gbt9704.adv_right(date[-1]) == pytest.approx(184 - four, abs=0.2)
    assert gbt9704.em_top(date[0]) - place[4] > 10.4


def test_minutes_list_who_was_there_under_the_text(draft: Draft, printed: Print, gbt9704: ModuleType) -> None:
    text = "会议研究了防汛抗旱工作。\n会议决定加强值守。\n出席：" + "张建国、" * 15 + "李志强\n列席：王晓"
    pdf = printed(
        draft(text, layout="minutes", issuer_mark="清河县人民政府常务会议纪要", title=None, addressee=None)
    ).pdf
    with pypdfium2.PdfDocument(pdf) as document:
        lines = gbt9704.lines_of([one for one in gbt9704.page_glyphs(document[0]) if one.size > 14.5])
    starts = {gbt9704.text(line)[:3]: line for _, line in lines}
    assert "Sans" in starts["出席："][0].font
    turned = next(line for _, line in lines if gbt9704.text(line).endswith("李志强"))
    assert abs(turned[0].x - starts["出席："][3].x) < 0.1
    assert gbt9704.text(lines[-1][1]) != "2026年3月5日"


def test_attachments_begin_on_pages_of_their_own_with_the_title_on_line_3(
    draft: Draft, printed: Print, gbt9704: ModuleType
) -> None:
    table = Table(
        (("序号", "姓名", "单位及职务"), *((str(n), "张建国", "县水利局副局长，负责调度" * 3) for n in range(1, 60)))
    )
    document = replace(
        draft(), attachments=(Attachment("责任人名单", (table,)), Attachment("说明", (Paragraph("略。"),)))
    )
    pdf = printed(document).pdf
    starts = [number for number, page in enumerate(pages(pdf)) if page.startswith("附件")]
    assert len(starts) == 2
    with pypdfium2.PdfDocument(pdf) as opened:
        title = next(one for one in gbt9704.page_glyphs(opened[starts[0]]) if one.size > 20)
    middle = gbt9704.em_top(title) + title.size / gbt9704.MM / 2
    assert abs(middle - (37 + 2 * 10.446 + 16 / gbt9704.MM / 2)) < 0.1
    assert all("序号姓名" in page for page in pages(pdf)[starts[0] : starts[1]]), "the head is repeated"
    assert sum(page.count("张建国") for page in pages(pdf)) == 59


def test_seals_of_several_offices_neither_touch_nor_leave_the_type_area(
    draft: Draft, printed: Print, gbt9704: ModuleType, seal_picture: bytes
) -> None:
    document = draft(issuer="清河县人民政府、清河县财政局、清河县水利局")
    sealed = replace(document, seals=(SealImpression(seal_picture, 45.0),) * 3)
    pdf = printed(sealed).pdf
    shapes = []
    with pypdfium2.PdfDocument(pdf) as opened:
        for page in opened:
            shapes += sorted((one[1], one[3]) for one in gbt9704.page_shapes(page) if one[0] == "image")
    assert len(shapes) == 3
    assert shapes[0][0] >= 28
    assert shapes[-1][1] <= RIGHT
    assert all(left[1] < right[0] for left, right in pairwise(shapes))


def test_the_same_document_at_the_same_time_gives_the_same_bytes(draft: Draft, printed: Print) -> None:
    assert printed(draft()).pdf == printed(draft()).pdf


def test_a_character_without_a_glyph_is_named_before_anything_is_printed(draft: Draft, printed: Print) -> None:
    with pytest.raises(PaperError) as refused:
        printed(draft("请注意\U0001f600安全。\n第二段。"))
    assert (refused.value.code, refused.value.values["codes"]) == ("paper_glyph_missing", "U+1F600")


def test_every_layout_prints_every_element_it_is_given(draft: Draft, printed: Print) -> None:
    for layout in Layout:
        words = "".join(pages(printed(draft(layout=layout.value, note="此件公开发布", signer="县长 张建国")).pdf))
        assert "此件公开发布" in words
        assert "防汛抗旱指挥部" in words


def test_a_head_taller_than_the_page_does_not_crowd_out_the_table(draft: Draft, printed: Print) -> None:
    table = Table((("说明" * 900, "数量"), *((f"编织袋{number}", "12") for number in range(40))))
    done = printed(replace(draft(), blocks=(table,)))
    assert done.pages <= 12
    assert all(f"编织袋{number}" in "".join(pages(done.pdf)) for number in range(40))


def test_line_ends_in_a_field_do_not_reach_the_paper(draft: Draft, printed: Print) -> None:
    document = draft(note="此件\n公开发布", print_office="清河县\n人民政府办公室")
    assert document.note == "此件公开发布"
    assert "此件公开发布" in "".join(pages(printed(document).pdf))


@pytest.mark.parametrize(("more", "sheets"), [(0, 1), (5, 1), (40, 2)])
def test_text_a_line_too_long_for_the_imprint_is_set_tighter_rather_than_on_another_sheet(
    draft: Draft, printed: Print, failed_rules: Check, more: int, sheets: int
) -> None:
    done = printed(draft((SENTENCE * 3 + "\n") * 4 + "请认真落实。" * more))
    assert done.pages == 2 * sheets
    assert failed_rules(done.pdf) == []
