"""What a page and its barcode say of themselves, read by place and by form."""

from dataclasses import asdict, replace
from datetime import date

import pytest

from deskoffice.domain.circulation import document_barcode, scanned_page
from deskoffice.domain.circulation.scanned_page import Line, Page
from deskoffice.domain.circulation.written import day_in, day_of, number_in, with_brackets

WIDTH, HEIGHT, LEFT, RIGHT, SIZE = 1414, 2000, 190, 1236, 40


def line(text: str, top: float, *, left: float | None = LEFT, size: float = SIZE, sure: float = 0.99) -> Line:
    """A line of the page; without a left it stands in the middle."""
    width = len(text) * size * 0.9
    start = (WIDTH - width) / 2 if left is None else left
    return Line(text, (sure,) * len(text), start, top, start + width, top + size)


HEAD = (
    line("000017", 250),
    line("机密★20年", 320),
    line("加急", 390),
    line("东江市人民政府办公室文件", 480, left=None, size=90),
    line("东政办发[2026]41号", 740, left=None),
)
TITLE = (
    line("东江市人民政府办公室", 950, left=None, size=50),
    line("关于做好汛期值班工作的通知", 1020, left=None, size=50),
)
BODY = (
    line("各县（区）人民政府,市政府各部门:", 1160),
    line("当前已进入主汛期，各地要严格执行值班和", LEFT + 1040, left=LEFT + 80),
    line("带班制度，重要情况第一时间报告。", 1310),
)
SIGNED = (line("东江市人民政府办公室", 1500, left=800), line("2026年6月3日", 1570, left=860))
ALL = (*HEAD, *TITLE, *BODY, *SIGNED)


def read(*lines: Line) -> dict[str, str | None]:
    found = scanned_page.fields(Page(WIDTH, HEIGHT, lines))
    return {name: getattr(found, name).value for name in asdict(found)}


def test_nine_elements_are_found_by_their_places():
    assert read(*reversed(ALL)) == {
        "issuer": "东江市人民政府办公室",
        "document_number": "东政办发〔2026〕41号",
        "title": "东江市人民政府办公室关于做好汛期值班工作的通知",
        "addressee": "各县（区）人民政府，市政府各部门",
        "classification": "机密",
        "secrecy_years": "20",
        "copy_number": "000017",
        "urgency": "加急",
        "date": "2026-06-03",
    }


@pytest.mark.parametrize("at", range(len(ALL)), ids=[one.text[:8] for one in ALL])
def test_an_element_that_is_not_there_takes_no_other_in_its_place(at):
    whole, part = read(*ALL), read(*(one for one in ALL if one is not ALL[at]))
    wrong = {name: value for name, value in part.items() if value is not None and value not in str(whole[name])}
    assert wrong == {}


@pytest.mark.parametrize("at", [0, 1, 2, 4, 6, 7, 11], ids=lambda at: ALL[at].text[:8])
def test_a_doubtful_letter_empties_its_element_only(at):
    doubtful = Line(**{**asdict_of(ALL[at]), "sure": (0.99,) * (len(ALL[at].text) - 2) + (0.2, 0.2)})
    part = read(*(doubtful if one is ALL[at] else one for one in ALL))
    emptied = {name for name, value in part.items() if value is None}
    assert 1 <= len(emptied) <= 2


def asdict_of(one: Line) -> dict[str, object]:
    return {name: getattr(one, name) for name in ("text", "sure", "left", "top", "right", "bottom")}


def test_on_a_poor_page_only_the_surest_is_taken():
    assert set(read(*(Line(**{**asdict_of(one), "sure": (0.79,) * len(one.text)}) for one in ALL)).values()) == {None}


def test_an_empty_page_says_nothing():
    assert set(read().values()) == {None}


def test_joint_marks_name_every_unit():
    marks = (line("东江市教育局", 480, left=None, size=100), line("东江市财政局", 620, left=None, size=100))
    others = (line("东教发〔2026〕15号", 860, left=None), *TITLE, *BODY)
    assert read(*marks, *others)["issuer"] == "东江市教育局、东江市财政局"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("东政办发[2026]41号", "东政办发〔2026〕41号"),
        ("东政办发（2026） 041 号", "东政办发〔2026〕41号"),
        ("东政办发【2O26】4l号", "东政办发〔2026〕41号"),
        ("东政字〔2026〕第9号", "东政〔2026〕9号"),
        ("河政〔2026〕33号签发人：王建国", "河政〔2026〕33号"),
        ("第58号", "第58号"),
        ("[2026]5号", "〔2026〕5号"),
        ("根据东政发〔2026〕3号文件精神", None),
        ("东政办发2026141号", None),
        ("东政办发〔2026〕号", None),
    ],
)
def test_a_number_is_told_from_other_words(typed, number):
    assert number_in(typed) == number


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026年6月3日", date(2026, 6, 3)),
        ("二〇二六年十一月二十三日", date(2026, 11, 23)),
        ("二○二六年三月三十一日", date(2026, 3, 31)),
        ("2O26年1l月3日", date(2026, 11, 3)),
        ("2026年2月30日", None),
        ("1026年2月3日", None),
    ],
)
def test_a_day_is_a_day_of_the_calendar(written, day):
    assert day_in(written) == day


@pytest.mark.parametrize("written", ["2026-06-03", "20260603", "2026.6.3", "2026/6/3", "2026年6月3日"])
def test_days_of_barcodes_come_in_many_shapes(written):
    assert day_of(written) == date(2026, 6, 3)


CODE = (
    "GB0626-2005^DJ20260041000017^东江市人民政府办公室^通知^东政办发(2026)41号^各县（区）人民政府^"
    "关于做好汛期值班值守工作的通知^机密★20年^加急^2026-06-03^无^县信息中心^20260603"
)


@pytest.mark.parametrize("end", ["|", "^|", "^^|", "^备用^|", "^一^二^三^|", "|\r\n", ""])
def test_barcodes_have_thirteen_to_sixteen_fields(end):
    found = document_barcode.parse(CODE + end)
    assert found is not None
    assert found.document_number == "东政办发〔2026〕41号"
    assert (found.date, found.scope, found.made_on) == ("2026-06-03", None, "2026-06-03")


@pytest.mark.parametrize(
    "garbled",
    [
        CODE,
        CODE.encode().decode("latin-1"),
        CODE.encode("gb18030").decode("latin-1"),
        "ABC" + CODE,
    ],
    ids=["as meant", "UTF-8 by bytes", "GBK by bytes", "with keys before"],
)
def test_what_a_keyboard_made_of_the_barcode_is_mended(garbled):
    found = document_barcode.parse(garbled)
    assert found is not None
    assert found.title == "关于做好汛期值班值守工作的通知"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_the_bytes_of_a_scan_are_read_in_both_encodings(encoding):
    found = document_barcode.from_bytes(CODE.encode(encoding))
    assert found is not None
    assert found.issuer == "东江市人民政府办公室"


@pytest.mark.parametrize("other", ["", "https://example.invalid/", "GB0626-2005^只有两段", "6901234567892"])
def test_other_barcodes_are_none_of_ours(other):
    assert document_barcode.parse(other) is None


def test_brackets_become_those_of_the_standard():
    assert with_brackets("东政办发 [2026] 41号") == "东政办发〔2026〕41号"


def test_an_addressee_as_wide_as_the_text_and_read_a_little_high_is_no_line_of_the_title():
    wide = replace(BODY[0], left=LEFT, right=WIDTH - LEFT, bottom=BODY[0].top + SIZE * 1.2)
    assert read(*HEAD, *TITLE, wide, *BODY[1:], *SIGNED) == read(*ALL)


def test_a_number_under_a_stamp_is_neither_read_nor_part_of_the_title():
    torn = line("东政办发2026】41号", 740, left=None)
    part = read(*(torn if one is HEAD[4] else one for one in ALL))
    assert part == {**read(*ALL), "document_number": None}


def test_a_name_that_goes_on_in_the_next_line_of_the_mark_is_one():
    mark = (
        line("东江市重大项目建设推进工作", 440, left=None, size=90),
        line("领导小组办公室文件", 560, left=None, size=90),
    )
    assert read(*HEAD[:3], *mark, *ALL[4:])["issuer"] == "东江市重大项目建设推进工作领导小组办公室"


def test_smaller_names_beside_the_end_of_the_mark_are_issuers():
    marks = (
        line("东江市发展和改革委员会", 440, left=250, size=54),
        line("文件", 500, left=1000, size=90),
        line("东江市财政局", 520, left=250, size=58),
        line("东江市市场监督管理局", 600, left=250, size=54),
    )
    assert read(*marks, *ALL[4:])["issuer"] == "东江市发展和改革委员会、东江市财政局、东江市市场监督管理局"


def test_a_telegram_is_from_who_signs_it():
    wire = (line("内部明电", 300, left=None, size=110), line("等级特急", 640))
    found = read(*wire, *ALL[4:])
    assert (found["issuer"], found["urgency"]) == ("东江市人民政府办公室", "特急")


def test_a_title_above_its_number_is_no_mark():
    title = (line("关于调整部分收费标准", 300, left=None, size=62), line("的复函", 380, left=None, size=62))
    found = read(*title, line("东价函〔1998〕77号", 480, left=None), *BODY, *SIGNED)
    assert (found["title"], found["issuer"]) == ("关于调整部分收费标准的复函", "东江市人民政府办公室")


def test_lines_of_a_page_without_a_head_are_no_title():
    text = (line("各部门要高度重视，切实加强组织领导，压实工作责任，", 400 + 60 * at, left=None) for at in range(20))
    assert set(read(*text).values()) == {None}


@pytest.mark.parametrize("start", [0, WIDTH], ids=["left", "right"])
def test_of_two_pages_on_a_sheet_the_one_with_the_head_is_read(start):
    moved = tuple(replace(one, left=one.left + start, right=one.right + start) for one in ALL)
    other = tuple(line("落实工作责任，逐项对账销号。", 300 + 60 * at, left=WIDTH - start + LEFT) for at in range(20))
    found = scanned_page.fields(Page(2 * WIDTH, HEIGHT, moved + other))
    assert {name: getattr(found, name).value for name in asdict(found)} == read(*ALL)
    assert found.title.lines == moved[5:7]
