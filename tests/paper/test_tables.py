"""Tables on paper: columns shared by what cells need, and those too wide for the page on their side."""

from collections.abc import Callable
from dataclasses import replace
from types import ModuleType

import pypdfium2
import pytest

from deskoffice.paper import documents
from deskoffice.paper.documents import Typeset
from deskoffice.paper.docx_out import write_docx
from deskoffice.paper.model import Attachment, OfficialDocument, Paragraph, Span, Table
from deskoffice.paper.preview import text as pdf_text

Draft = Callable[..., OfficialDocument]
Print = Callable[[OfficialDocument], Typeset]

PROJECTS = Table(
    (
        ("序号", "项目名称", "建设单位", "总投资（万元）", "完工时间", "责任人"),
        *(
            (str(n), "竹园新区污水处理厂二期扩建工程", "县住房城乡建设局", "32,671.00", "2026年12月", "欧阳明德")
            for n in range(20)
        ),
    )
)
WIDE = Table(
    (
        tuple(f"第{n}列名称" for n in range(12)),
        *(("510822197001011234", *["128,500.00"] * 10, f"备注{n}") for n in range(30)),
    )
)


def texts(pdf: bytes) -> list[str]:
    return ["".join(page.split()) for page in pdf_text(pdf).split("\f")]


def turned_lines(pdf: bytes, page: int) -> list[tuple[float, float]]:
    """Where the characters of a page stand that lie on their side: from the left and from the top, in mm."""
    with pypdfium2.PdfDocument(pdf) as document:
        text = document[page].get_textpage()
        places = []
        for at in range(text.count_chars()):
            matrix = pypdfium2.raw.FS_MATRIX()
            pypdfium2.raw.FPDFText_GetMatrix(text.raw, at, matrix)
            if matrix.b > 0.5 and abs(matrix.a) < 0.01:
                places.append((matrix.e / 72 * 25.4, 297 - matrix.f / 72 * 25.4))
        return places


def test_months_and_names_stay_on_one_line_of_their_cell(draft: Draft, printed: Print, gbt9704: ModuleType) -> None:
    pdf = printed(replace(draft(), blocks=(PROJECTS,))).pdf
    with pypdfium2.PdfDocument(pdf) as document:
        glyphs = [one for page in document for one in gbt9704.page_glyphs(page)]
        lines = "\n".join(
            gbt9704.text(line) for page in document for _, line in gbt9704.lines_of(gbt9704.page_glyphs(page))
        )
    assert lines.count("2026年12月") == 20
    assert min(one.size for one in glyphs if one.ch == "欧") >= 10.4


@pytest.mark.parametrize("table", [WIDE, replace(PROJECTS, is_wide=True)], ids=["too many columns", "drawn wide"])
def test_a_wide_table_lies_on_pages_of_its_own_with_the_number_where_it_was(
    draft: Draft, printed: Print, failed_rules: Callable[[bytes], list[str]], table: Table
) -> None:
    text = Paragraph("各乡镇人民政府要进一步压实责任，强化巡查值守。" * 8)
    document = replace(draft(), blocks=(text, text), attachments=(Attachment("明细表", (table, text)),))
    pdf = printed(document).pdf
    first = next(number for number, page in enumerate(texts(pdf)) if "附件明细表" in page and turned_lines(pdf, number))
    places = turned_lines(pdf, first)
    assert min(x for x, _ in places) > 28
    assert max(x for x, _ in places) < 184
    assert max(y for _, y in places) < 262.5
    assert not [rule for rule in failed_rules(pdf) if rule.split()[0] in {"P1", "P2", "P3", "N1", "N2", "N3", "B19"}]
    assert len(turned_lines(pdf, first)) > 100


def test_text_goes_on_upright_behind_a_wide_table(draft: Draft, printed: Print) -> None:
    before, behind = Paragraph("现将有关数据报告如下。"), Paragraph("专此报告，请审阅。")
    pdf = printed(replace(draft(), blocks=(before, WIDE, behind))).pdf
    at = next(number for number, page in enumerate(texts(pdf)) if "专此报告" in page)
    assert turned_lines(pdf, at - 1)
    assert not turned_lines(pdf, at)
    assert all(f"备注{n}" in "".join(texts(pdf)) for n in range(30))


BUDGET = Table(
    (
        ("类别", "项目", "资金（万元）", ""),
        ("", "", "中央", "县级"),
        *(("农林水利和防汛抗旱" if n == 0 else "", f"项目{n}", "1,200.00", "300.00") for n in range(40)),
        ("合计", "", "48,000.00", "12,000.00"),
    ),
    merged=(Span(0, 0, 2, 1), Span(0, 1, 2, 1), Span(0, 2, 1, 2), Span(2, 0, 40, 1), Span(42, 0, 1, 2)),
)


def rules_across(pdf: bytes, page: int, gbt9704: ModuleType) -> list[tuple[float, float, float]]:
    """The horizontal rules of a page: height, left end, right end, in mm."""
    with pypdfium2.PdfDocument(pdf) as document:
        shapes = gbt9704.page_shapes(document[page])
    return sorted((round(s[2], 1), round(s[1], 1), round(s[3], 1)) for s in shapes if s[4] - s[2] < 0.5 < s[3] - s[1])


def test_merged_cells_are_one_and_a_tall_one_has_its_words_on_each_page(
    draft: Draft, printed: Print, gbt9704: ModuleType
) -> None:
    pdf = printed(replace(draft(), blocks=(Paragraph("资金安排如下。"), BUDGET))).pdf
    pages = [page for page in texts(pdf) if "项目" in page]
    assert len(pages) > 1
    assert [page.count("中央县级") for page in pages] == [1] * len(pages), "the head of two rows is repeated whole"
    assert [page.count("农林水利和防汛抗旱") for page in pages] == [1] * len(pages)
    # Rules from the left edge: above and below the head, at the foot of the cell, and below the sum behind it.
    for page, wanted in ((1, 3), (2, 4)):
        starts = [start for _, start, _ in rules_across(pdf, page, gbt9704)]
        assert starts.count(min(starts)) == wanted


def test_a_tall_cell_with_very_many_words_goes_on_over_the_page(draft: Draft, printed: Print) -> None:
    words = "".join(f"第{n}条措施要落到实处，" for n in range(150))
    table = Table((("序号", "措施"), ("1", words), ("2", "")), merged=(Span(1, 1, 2, 1),))
    pages = texts(printed(replace(draft(), blocks=(table,))).pdf)
    assert all(f"第{n}条" in "".join(pages) for n in range(150))


def test_the_word_file_merges_the_same_cells(draft: Draft) -> None:
    read = documents.read_body("back.docx", write_docx(replace(draft(), blocks=(BUDGET,))))
    table = next(block for block in read.blocks if isinstance(block, Table))
    assert table == BUDGET
