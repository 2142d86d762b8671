"""Lists as spreadsheets: what a person or a program reads back from the file."""

import io

import openpyxl
import pytest

from deskoffice.domain.errors import PaperError
from deskoffice.paper.xlsx import workbook

HEADERS = ["收文号", "标题"]


def opened(rows, level_mark="机密★10年", sheet="2026年"):
    return openpyxl.load_workbook(io.BytesIO(workbook("收文登记簿", HEADERS, rows, level_mark=level_mark, sheet=sheet)))


def texts(book):
    return [[cell for cell in row if cell is not None] for row in book.active.iter_rows(values_only=True)]


def test_mark_title_headers_and_rows_stand_in_this_order():
    book = opened([["收〔2026〕1号", "关于防汛的通知"], ["收〔2026〕2号", "关于值守的通知"]])
    assert texts(book) == [
        ["机密★10年"],
        ["收文登记簿"],
        HEADERS,
        ["收〔2026〕1号", "关于防汛的通知"],
        ["收〔2026〕2号", "关于值守的通知"],
    ]


def test_a_list_without_secrets_has_no_row_for_the_mark():
    assert texts(opened([], level_mark=""))[0] == ["收文登记簿"]


@pytest.mark.parametrize("text", ["=1+1", "+86", "-3", "@sum", '=HYPERLINK("http://x")', "#N/A", "000017", "2026-1-5"])
def test_text_is_never_read_as_formula_error_number_or_date(text):
    cell = opened([["1", text]]).active["B4"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_text_that_looks_like_a_formula_stays_text_when_it_is_edited():
    assert opened([["1", "=1+1"]]).active["B4"].quotePrefix


def test_characters_that_xml_forbids_are_left_out_and_lines_kept():
    assert opened([["1", "第一行\n第二\x07行"]]).active["B4"].value == "第一行\n第二行"


def test_a_text_longer_than_a_cell_is_refused_instead_of_cut():
    with pytest.raises(PaperError, match="paper_cell_too_long"):
        workbook("表", HEADERS, [["1", "长" * 32_768]], level_mark="", sheet="表")


def test_a_sheet_name_that_excel_refuses_is_mended():
    assert opened([], sheet="收文/2026:[一]").active.title == "收文_2026__一_"


def test_columns_are_as_wide_as_their_text_and_the_head_stays_in_view():
    page = opened([["1", "关于切实做好汛期地质灾害防范工作的通知"]]).active
    assert page.column_dimensions["A"].width < page.column_dimensions["B"].width <= 48
    assert page.freeze_panes == "A4"
