"""The year's days off and moved working days are taken from whatever file an office has of them."""

import io
import json
from datetime import date

import pytest
from openpyxl import Workbook

from deskoffice.domain.errors import DeskOfficeError
from deskoffice.usecases import calendars, settings
from deskoffice.usecases.office import Office

NOTICE = """国务院办公厅关于2026年部分节假日安排的通知
国办发明电〔2025〕7号
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6
日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作。
国务院办公厅　2025年11月4日
"""
NEW_YEAR = {date(2027, 1, 1): (False, "元旦"), date(2027, 1, 4): (True, "元旦")}


def workbook(*rows: tuple[object, ...]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def taken(office: Office, name: str, data: bytes) -> dict[date, tuple[bool, str]]:
    year = calendars.take_file(office, name, data).years[0]
    return dict(calendars.of_year(office, year).days)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("a.csv", "日期,安排,名称\n2027-01-01,放假,元旦\n2027/1/4,上班,元旦\n".encode(), id="plain table"),
        pytest.param("a.csv", "元旦;2027.1.1;休息\n元旦;20270104;1\n".encode("gbk"), id="older Windows, other order"),
        pytest.param("a.txt", "2027年1月1日 放假 元旦\n2027年1月4日 上班 元旦\n".encode(), id="spaces"),
        pytest.param(
            "a.xlsx", workbook(("日期",), (date(2027, 1, 1), "放假", "元旦"), (46391, "补班", "元旦")), id="cells"
        ),
        pytest.param(
            "a.xlsx",
            workbook(("2027年放假安排",), ("节日", "放假时间", "调休上班", "天数"), ("元旦", "1月1日", "1月4日", 1)),
            id="a row for each holiday",
        ),
        pytest.param(
            "a.json",
            json.dumps(
                {
                    "days": [
                        {"name": "元旦", "date": "2027-01-01", "isOffDay": True},
                        {"name": "元旦", "date": "2027-01-04", "isOffDay": False},
                    ]
                }
            ).encode(),
            id="a list of days",
        ),
        pytest.param(
            "a.json",
            json.dumps(
                {"holidays": {"2027-01-01": "New Year,元旦,1"}, "workdays": {"2027-01-04": "New Year,元旦,1"}}
            ).encode(),
            id="two lists",
        ),
    ],
)
def test_a_year_comes_from_a_file_of_any_usual_shape(office: Office, name: str, data: bytes) -> None:
    assert taken(office, name, data) == NEW_YEAR


def test_the_notice_itself_says_what_the_bundled_calendar_says(office: Office) -> None:
    found = calendars.take_file(office, "放假通知.txt", NOTICE.encode())
    assert (found.years, found.free, found.worked) == ((2026,), 33, 6)
    days = calendars.of_year(office, 2026).days
    assert days[date(2026, 2, 28)] == (True, "春节")
    bundled = settings.bundled_calendar([2026])
    assert {day: works for day, (works, _) in bundled.items()} == {
        day: works for day, (works, _) in days.items() if day in bundled
    }


def test_the_first_and_the_last_day_make_a_holiday_and_two_working_days_stay_two(office: Office) -> None:
    days = taken(office, "a.csv", "春节,2027-02-05,2027-02-11,放假\n上班,2027-01-30,2027-02-13\n".encode())
    assert sum(not works for works, _ in days.values()) == 7
    assert [day.day for day, (works, _) in days.items() if works] == [30, 13]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        pytest.param("a.csv", "2027-01-01,放假\n2027-02-30,放假\n".encode(), "calendar_line_wrong", id="no such day"),
        pytest.param("a.csv", "2027-01-01,可能放假\n".encode(), "calendar_line_wrong", id="neither"),
        pytest.param("a.csv", "元旦,2027-01-01,2028-01-03,放假\n".encode(), "calendar_line_wrong", id="a year long"),
        pytest.param(
            "a.txt", "2027年放假安排\n元旦：1月1日至32日放假。".encode(), "calendar_date_wrong", id="in words"
        ),
        pytest.param("a.json", b"[1, 2]", "calendar_line_wrong", id="other list"),
        pytest.param("a.json", b"{", "calendar_file_empty", id="broken JSON"),
        pytest.param("a.txt", "关于做好工作的通知\n请抓紧。\n".encode(), "calendar_file_empty", id="another text"),
        pytest.param("a.csv", b"\x89PNG\x00", "paper_not_text", id="a picture"),
        pytest.param("a.png", b"\x89PNG\x00", "calendar_file_kind", id="a picture by name"),
        pytest.param("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "paper_xlsx_legacy", id="an old workbook"),
        pytest.param(
            "a.xlsx",
            workbook(("收文号", "收文日期", "来文单位", "标题"), ("1", "2027-01-05", "县财政局", "放假的通知")),
            "calendar_line_wrong",
            id="another register",
        ),
    ],
)
def test_a_wrong_file_is_refused_whole(office: Office, name: str, data: bytes, code: str) -> None:
    with pytest.raises(DeskOfficeError, match=code):
        calendars.take_file(office, name, data)
    assert not calendars.of_year(office, 2027).is_known
