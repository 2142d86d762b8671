"""Printed forms: what a person finds on the paper, blank, filled, over-full and printed onto the blank."""

from collections import Counter
from datetime import UTC, date, datetime

import pypdfium2
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from deskoffice.domain.errors import PaperError
from deskoffice.paper.forms import FORMS, Opinion, blank, fill, groups, numbered, overprint, with_filing_stamp
from deskoffice.paper.forms.dressing import LANDSCAPE, PORTRAIT
from deskoffice.paper.forms.model import Row, Table, fields_of

AT = datetime(2026, 3, 5, 1, 30, tzinfo=UTC)
MM = 25.4 / 72
ALPHABET = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下"
# No hyphen: PDFium takes one at a line end for a division of words.
MARKS = "，。、；：？！）》”（《“…—·0123456789abcABC.,/%〔〕★"
TABULAR = sorted(code for code, form in FORMS.items() if any(isinstance(block, Row | Table) for block in form.blocks))
words = st.text(ALPHABET + MARKS, min_size=1, max_size=60)
texts = st.lists(words, max_size=8).map("\n".join)


def characters(pdf):
    """Page, character, and its box in mm from the top left, of everything that is printed."""
    document, found = pypdfium2.PdfDocument(pdf), []
    for number, page in enumerate(document):
        height, text = page.get_height(), page.get_textpage()
        for index in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(index)
            one = text.get_text_range(index, 1)
            if one.strip():
                found.append((number, one, left * MM, (height - top) * MM, right * MM, (height - bottom) * MM))
    document.close()
    return found


def printed(pdf):
    return "".join(one[1] for one in characters(pdf))


def page_count(pdf):
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def filled_values(form, draw):
    """A value for every field, rows for every table."""
    values = {}
    for code in fields_of(FORMS[form]):
        if "." in code:
            table, column = code.split(".")
            rows = values.setdefault(table, [{} for _ in range(draw(st.integers(0, 8)))])
            for row in rows:
                row[column] = draw(words)
        else:
            is_short = code in {"office", "level_mark"} or code in {field for _, field in FORMS[form].head}
            values[code] = draw(words) if is_short else draw(texts)
    return values


def written(values):
    parts = []
    for value in values.values():
        parts += [value] if isinstance(value, str) else [text for row in value for text in row.values()]
    return Counter("".join("".join(parts).split()))


@pytest.mark.parametrize("code", TABULAR)
def test_the_cells_of_every_row_fill_the_frame(code):
    frame = (LANDSCAPE if FORMS[code].is_landscape else PORTRAIT).frame
    for block in FORMS[code].blocks:
        if isinstance(block, Row):
            assert sum(cell.width for cell in block.cells) == frame
        if isinstance(block, Table):
            side = block.label_width if block.label else 0
            assert side + block.across * sum(column.width for column in block.columns) == frame


@pytest.mark.parametrize("code", sorted(FORMS))
def test_a_blank_form_is_one_page_with_its_title_and_labels(code):
    pdf = blank(code, made_at=AT)
    assert page_count(pdf) == 1
    if code in TABULAR:
        text = printed(pdf)
        assert FORMS[code].title in text
        tables = [block.field for block in FORMS[code].blocks if isinstance(block, Table)]
        labels = [label for field, label in fields_of(FORMS[code]).items() if field.split(".")[0] not in tables]
        for label in labels[2:]:
            assert not Counter(label.replace("\n", "")) - Counter(text), label


@given(st.data())
@settings(max_examples=12, deadline=None, phases=(Phase.explicit, Phase.generate))
def test_no_character_is_lost_or_leaves_the_frame(data):
    code = data.draw(st.sampled_from(TABULAR))
    values = filled_values(code, data.draw)
    sheet = LANDSCAPE if FORMS[code].is_landscape else PORTRAIT
    found = characters(fill(code, values, made_at=AT))
    assert not written(values) - Counter(one[1] for one in found)
    for _, one, left, top, right, bottom in found:
        assert 15 < left < right < sheet.left + sheet.frame + 1, one
        assert 8 < top < bottom < sheet.height - 2, one


def test_an_opinion_is_signed_dated_and_says_who_wrote_it_down():
    opinions = (
        Opinion("王建国", date(2026, 3, 4), "同意拟办意见。", "李文静"),
        Opinion("陈晓东", date(2026, 3, 5), ""),
    )
    text = printed(fill("handling_slip", {"instructions": opinions}, made_at=AT))
    assert "同意拟办意见。王建国2026年3月4日（李文静代录）陈晓东2026年3月5日" in text


def test_an_opinion_that_is_too_long_goes_on_overleaf_and_says_so():
    values = {
        "receipt_number": "收〔2026〕413号",
        "title": "紧急通知",
        "instructions": "请抓紧办理，限期报告结果。" * 120,
    }
    pdf = fill("handling_slip", values, made_at=AT)
    first = "".join(one[1] for one in characters(pdf) if one[0] == 0)
    second = "".join(one[1] for one in characters(pdf) if one[0] == 1)
    assert "（下接续页）" in first
    assert "办理结果" in first
    assert second.startswith("文件处理笺（续）收文号：收〔2026〕413号标题：紧急通知")
    assert "（续）" in second[20:]


def test_a_record_that_runs_over_is_signed_at_its_end():
    pdf = fill("meeting_record", {"title": "常务会议", "record": "会议研究了有关事项。" * 400}, made_at=AT)
    last = "".join(one[1] for one in characters(pdf) if one[0] == page_count(pdf) - 1)
    assert page_count(pdf) > 1
    assert "散会时间" in last


def test_a_table_repeats_its_head_on_every_page():
    people = [{"number": str(place), "name": f"第{place}人"} for place in range(80)]
    pdf = fill("sign_in_sheet", {"title": "防汛会议", "people": people}, made_at=AT)
    heads = Counter(one[0] for one in characters(pdf) if one[1] == "签")
    assert page_count(pdf) > 2
    assert all(heads[number] for number in range(page_count(pdf)))


@pytest.mark.parametrize("count", range(8, 16))
def test_the_signatures_under_a_list_never_stand_on_a_page_without_a_row(count):
    carriers = [{"number": str(place), "title": "涉密文件"} for place in range(count)]
    pdf = fill("destruction_list", {"carriers": carriers}, made_at=AT)
    last = "".join(one[1] for one in characters(pdf) if one[0] == page_count(pdf) - 1)
    assert "监销人" in last
    assert "涉密文件" in last


def test_an_overprint_puts_the_values_where_the_form_has_them():
    values = {
        "number": "用〔2026〕7号",
        "unit": "县应急管理局",
        "purpose": "上报防汛应急预案，需加盖公章。",
        "approval": "同意。",
    }
    whole = {one[1:]: one for one in characters(fill("seal_request", values, made_at=AT))}
    alone = characters(overprint("seal_request", values, made_at=AT))
    assert "".join(one[1] for one in alone) == "用〔2026〕7号县应急管理局上报防汛应急预案，需加盖公章。同意。"
    assert all(one[1:] in whole for one in alone)


def test_the_correction_of_a_printer_moves_everything():
    straight = characters(fill("return_slip", {"number": "退1号"}, made_at=AT))
    moved = characters(fill("return_slip", {"number": "退1号"}, made_at=AT, shift=(1.5, -2)))
    for before, after in zip(straight, moved, strict=True):
        assert after[2] - before[2] == pytest.approx(1.5, abs=0.02)
        assert after[3] - before[3] == pytest.approx(-2, abs=0.02)


def test_the_secrecy_mark_stands_at_the_upper_left_of_every_page():
    pdf = fill("meeting_record", {"level_mark": "机密★10年", "record": "发言。" * 2000}, made_at=AT)
    for number in range(page_count(pdf)):
        mark = next(one for one in characters(pdf) if one[0] == number and one[1] == "★")
        assert mark[2] < 45
        assert mark[3] < 18


def test_the_same_values_and_moment_give_the_same_bytes():
    assert blank("urge_slip", made_at=AT) == blank("urge_slip", made_at=AT)


def test_the_trace_of_a_print_is_at_the_foot():
    traced = characters(fill("urge_slip", {}, made_at=AT, trace="印号7F3K"))
    assert "".join(one[1] for one in traced if one[3] > 285) == "印号7F3K"


def test_a_field_the_form_does_not_have_is_an_error():
    with pytest.raises(KeyError, match="colour"):
        fill("urge_slip", {"colour": "红"}, made_at=AT)


def test_characters_nobody_sees_are_left_out_and_others_never():
    assert "甲乙" in printed(fill("urge_slip", {"title": "甲\u200b\x07乙\ufeff"}, made_at=AT))
    with pytest.raises(PaperError) as caught:
        fill("urge_slip", {"title": "甲😀"}, made_at=AT)
    assert caught.value.values["codes"] == "U+1F600"


def test_a_name_card_is_read_from_both_sides():
    found = characters(fill("place_cards", {"people": [{"name": "欧阳明华"}]}, made_at=AT))
    upper = [one[1] for one in found if one[5] < 105]
    lower = [one for one in found if one[3] > 105]
    assert sorted(upper) == sorted(one[1] for one in lower)
    assert "".join(one[1] for one in sorted(lower, key=lambda one: one[2])) == "欧阳明华"


def test_seats_are_counted_from_the_middle_with_the_left_hand_first():
    people = [{"name": name, "row": row} for row in "01" for name in "甲乙丙"]
    found = [one for one in characters(fill("seat_plan", {"people": people}, made_at=AT)) if one[1] in "甲乙丙"]
    assert "".join(one[1] for one in sorted(found[:3], key=lambda one: one[2])) == "丙甲乙"
    assert "".join(one[1] for one in sorted(found[3:], key=lambda one: one[2])) == "乙甲丙"


def test_the_filing_stamp_stands_above_the_text_of_a_paper():
    values = {"fonds_number": "J001", "year": "2026", "item_number": "0123", "retention": "永久", "pages": "12"}
    paper = blank("box_note", made_at=AT)
    stamped = Counter(one[1:] for one in characters(with_filing_stamp(paper, values, made_at=AT)))
    mark = list((stamped - Counter(one[1:] for one in characters(paper))).elements())
    assert sorted(one[0] for one in mark) == sorted("J00120260123永久12")
    assert all(82.5 < one[1] < one[3] < 127.5 for one in mark)
    assert all(12 < one[2] < one[4] < 28 for one in mark)


def test_a_printed_key_is_read_back_group_by_group():
    key = "AGE-SECRET-KEY-1QYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQYQS3X8K5Z"
    rows = numbered(groups(key))
    assert "".join(row["word"] for row in rows) == key
    text = printed(fill("backup_key", {"identity": rows}, made_at=AT))
    for row in rows:
        assert row["number"] + row["word"] in text


def test_the_calibration_page_moves_with_the_correction():
    straight, moved = (
        characters(blank("calibration", made_at=AT)),
        characters(blank("calibration", made_at=AT, shift=(0.8, 0))),
    )
    assert "距左边105毫米，距上边150毫米" in "".join(one[1] for one in straight)
    assert moved[-1][2] - straight[-1][2] == pytest.approx(0.8, abs=0.02)
