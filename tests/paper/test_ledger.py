"""Bound books: every row in its order, the head on each page, numbers and a closing line."""

from datetime import UTC, datetime

import pytest

from deskoffice.paper import preview
from deskoffice.paper.forms.dressing import LANDSCAPE
from deskoffice.paper.forms.registers import REGISTERS, blank_page, book
from deskoffice.paper.ledger import Align, Column, fitted_columns, ledger

AT = datetime(2026, 12, 31, 9, 0, tzinfo=UTC)
COLUMNS = [Column("编号", 30), Column("事项", 100, Align.LEFT), Column("经办人", 20)]


def pages(pdf):
    return [page.replace("\r", "").replace("\n", "") for page in preview.text(pdf).split("\f")]


def made(rows, columns=COLUMNS):
    return ledger("用印登记簿", columns, rows, office="东江县人民政府办公室", year=2026, level_mark="内部", made_at=AT)


def test_a_book_has_every_row_and_a_head_number_and_mark_on_each_page():
    found = pages(made([[f"{place:04}", f"第{place}件公函盖章", "李文静"] for place in range(1, 301)]))
    assert len(found) > 10
    assert [place for place in range(1, 301) if f"第{place}件公函盖章" not in "".join(found)] == []
    for number, page in enumerate(found, 1):
        assert "2026年用印登记簿" in page
        assert "编号" in page
        assert f"第{number}页　共{len(found)}页" in page
        assert page.startswith("内部") or "内部" in page


def test_the_last_page_closes_the_book_with_the_number_of_rows():
    found = pages(made([["1", "公函", "李文静"]] * 60))
    assert "以上共登记60条，以下空白。" in found[-1]
    assert "以上共登记" not in "".join(found[:-1])


def test_an_empty_book_says_so():
    assert "无登记事项，以下空白。" in pages(made([]))[0]


def test_a_long_text_makes_its_row_higher_and_stays_whole():
    text = "关于切实做好汛期地质灾害防范和应急值守工作的紧急通知" * 30
    assert "".join(pages(made([["1", text, "李文静"]]))).replace("2026年用印登记簿", "").count("地质灾害防范") == 30


def test_widths_that_do_not_add_up_are_shares_of_the_page():
    narrow = [Column(column.header, column.width_mm / 10, column.align) for column in COLUMNS]
    rows = [["1", "公函", "李文静"]]
    assert made(rows, narrow) == made(rows)


def test_columns_of_an_unknown_list_are_as_wide_as_most_of_their_texts():
    rows = [["1", "关于做好防汛工作的通知", "办结"]] * 20 + [["2", "长" * 500, "办结"]]
    number, title, state = fitted_columns(["序号", "标题", "办理情况"], rows)
    assert number.width_mm < state.width_mm < title.width_mm <= 60
    assert title.align is Align.LEFT


@pytest.mark.parametrize("code", sorted(REGISTERS))
def test_the_columns_of_a_book_fill_the_page(code):
    assert sum(column.width for column in REGISTERS[code].columns) == LANDSCAPE.frame


def test_a_book_of_the_office_takes_rows_by_column_code():
    rows = [{"number": "用〔2026〕7号", "seal": "县政府印", "purpose": "《关于防汛的通知》", "approver": "王建国"}]
    pdf = book("seal_register", rows, office="东江县政府办", year=2026, level_mark="", made_at=AT)
    text = "".join(pages(pdf))
    for word in ("用〔2026〕7号", "县政府印", "《关于防汛的通知》", "王建国", "批准人"):
        assert word in text


@pytest.mark.parametrize("code", REGISTERS)
def test_a_page_to_be_filled_in_by_hand_counts_no_entries(code):
    found = pages(blank_page(code, office="办公室", year=2026, made_at=AT))
    assert len(found) == 1
    assert "以下空白" not in found[0]
