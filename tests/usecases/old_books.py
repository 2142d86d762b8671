"""Register books as other offices keep them: other names, orders, sheets and days, with the truth beside each."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from io import BytesIO

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

UNITS = (
    *("市政府办公室", "县财政局", "市委办公室", "县教育体育局"),
    *("省政府办公厅", "城关镇人民政府", "县委办公室", "市应急管理局"),
)
CODES = ("市政办发", "县财", "市办发", "县教体", "省政办发", "城政", "县办发", "市应急")
MATTERS = ("安全生产百日攻坚行动", "乡村振兴示范村建设", "防汛抗旱指挥部成员调整", "民生实事项目", "保密自查自评")
KINDS = ("通知", "请示", "报告", "函", "意见")
LEVELS = ("", "", "", "内部", "秘密", "机密")


@dataclass(frozen=True)
class Truth:
    """One paper as it was."""

    unit: str
    number: str
    title: str
    received: date
    written: date
    level: str


@dataclass
class Book:
    """A workbook, what stands in it, and how many lines were typed twice."""

    data: bytes
    papers: list[Truth] = field(default_factory=list)
    twice: int = 0


def papers(count: int, year: int, seed: int, month: int | None = None) -> list[Truth]:
    """Papers of a year, or of a month, in the order they came."""
    chance = random.Random(seed)
    first, days = (date(year, month, 1), 27) if month else (date(year, 1, 3), 350)
    made = []
    for at in range(count):
        which = chance.randrange(len(UNITS))
        received = first + timedelta(days=at * days // max(count, 1))
        title = f"关于做好{chance.choice(MATTERS)}工作（第{at + 1}批）的{chance.choice(KINDS)}"
        number = f"{CODES[which]}〔{year}〕{at + 1}号" if chance.random() > 0.1 else ""
        written = received - timedelta(days=chance.randrange(9))
        made.append(Truth(UNITS[which], number, title, received, written, chance.choice(LEVELS)))
    return made


def saved(book: Workbook) -> bytes:
    """The file's bytes."""
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def sheet(book: Workbook, title: str) -> Worksheet:
    """A fresh sheet; the first takes the place of the empty one."""
    if book.sheetnames == ["Sheet"]:
        book.worksheets[0].title = title
        return book.worksheets[0]
    return book.create_sheet(title)


def chinese(day: date) -> str:
    """二〇二三年三月五日."""
    digits = "〇一二三四五六七八九"

    def small(number: int) -> str:
        tens, ones = divmod(number, 10)
        return ("十" if tens == 1 else digits[tens] + "十" if tens else "") + (digits[ones] if ones else "")

    return "".join(digits[int(one)] for one in str(day.year)) + f"年{small(day.month)}月{small(day.day)}日"


SHAPES: tuple[Callable[[date], object], ...] = (
    lambda day: day,
    lambda day: (day - date(1899, 12, 30)).days,
    lambda day: f"{day.year}.{day.month}.{day.day}",
    lambda day: f"{day.month}月{day.day}日",
    lambda day: day.strftime("%Y%m%d"),
    lambda day: int(day.strftime("%Y%m%d")),
    chinese,
    lambda day: f"{day.year}年 {day.month} 月{day.day}日",
    lambda day: f"{day.year % 100}/{day.month:02}/{day.day:02}",
    lambda day: day.strftime("%Y-%m-%d 10:30"),
)


def every_shape_of_day() -> Book:
    """One sheet, days in ten shapes by turns, subtotals and blanks between, ten lines typed twice."""
    made, book = papers(200, 2023, 1), Workbook()
    page = sheet(book, "收文")
    page.append(["某县人民政府办公室2023年度收文台账"])
    page.append(["登记时间", "收文编号", "发文机关", "文件字号", "事  由", "密 级", "份号", "批办", "备考"])
    for at, one in enumerate(made):
        row = [SHAPES[at % 10](one.received), f"S{at + 1:03}", one.unit, one.number or "—", one.title, one.level or "/"]
        page.append([*row, f"{at:06}", "请阅", None])
        if at % 20 == 7:
            page.append([*row, f"{at:06}", "请阅", None])
        if at % 50 == 49:
            page.append(["本页小计", None, None, None, f"共{at}件"])
            page.append([])
    return Book(saved(book), made, 10)


def month_by_month() -> Book:
    """A sheet for each month, days only, headings in other words, each sheet with its own title line."""
    book, made = Workbook(), []
    for month in range(1, 13):
        page = sheet(book, f"{month}月")
        page.append([f"2022年{month}月收文登记表"])
        page.merge_cells("A1:G1")
        page.append([])
        page.append(["顺序号", "日期", "来自", "字号", "内容摘要", "秘密等级", "分送"])
        some = papers(15, 2022, month, month)
        for at, one in enumerate(some):
            page.append([at + 1, f"{one.received.day}日", one.unit, one.number, one.title, one.level, "张、李"])
        page.append(["合计", None, None, None, 15])
        made += some
    return Book(saved(book), made)


def two_line_headings() -> Book:
    """月 and 日 below 收文日期, headings two rows high, merged cells."""
    book, made = Workbook(), papers(120, 2024, 3)
    page = sheet(book, "2024")
    page.append(["收文登记簿"])
    page.append(["收文号", "收文日期", None, "来文", None, None, "密级", "备注"])
    page.append([None, "月", "日", "来文机关", "文号", "标题", None, None])
    for area in ("B2:C2", "D2:F2", "A2:A3", "G2:G3", "H2:H3"):
        page.merge_cells(area)
    for at, one in enumerate(made):
        month, day = one.received.month, one.received.day
        page.append([at + 1, month, day, one.unit, one.number, one.title, one.level, None])
    return Book(saved(book), made)


def repeated_headings_and_breaks() -> Book:
    """Headings again on each printed page, titles broken by hand, units merged over several rows."""
    book, made = Workbook(), sorted(papers(100, 2021, 4), key=lambda one: one.received)
    made = [Truth(UNITS[at // 4 % 8], o.number, o.title, o.received, o.written, o.level) for at, o in enumerate(made)]
    page, names = sheet(book, "Sheet1"), ["编号", "来文单位", "收到日期", "成文日期", "文件名称", "文号", "密级"]
    page.append(["二〇二一年收文簿"])
    for at, one in enumerate(made):
        if at % 24 == 0:
            page.append(names)
        title = one.title[:9] + ("\n" if at % 2 else "<br>") + one.title[9:]
        unit = one.unit if at % 4 == 0 else None
        page.append([f"2021-{at + 1}", unit, one.received, one.written, title, one.number, one.level])
        if at % 4 == 3:
            page.merge_cells(start_row=page.max_row - 3, end_row=page.max_row, start_column=2, end_column=2)
    return Book(saved(book), made)


def hidden_and_other_sheets() -> Book:
    """Hidden columns and a hidden sheet, an explanation, and the book of what went out, which is not ours."""
    book, made = Workbook(), papers(60, 2023, 5) + papers(40, 2024, 6)
    page = sheet(book, "填表说明")
    page.append(["一、本表由机要室填写"])
    page.append(["二、密级按文件标注填写，不得漏填"])
    for year, some in ((2023, made[:60]), (2024, made[60:])):
        page = sheet(book, f"收文{year}")
        page.append(["单位", "缓急", "标题", "来文字号", "来文日期", "收文日期", "密级和保密期限"])
        page.column_dimensions["D"].hidden = True
        for one in some:
            level = {"秘密": "秘密★5年", "机密": "机密★10年"}.get(one.level, one.level or "一般")
            page.append([one.unit, "平件", one.title, one.number, one.written, one.received, level])
    page.sheet_state = "hidden"
    page = sheet(book, "发文登记")
    page.append(["发文字号", "标题", "发文日期", "主送机关", "签发人", "份数"])
    page.append(["东政办发〔2023〕1号", "关于放假的通知", "2023-01-01", "各乡镇", "李强", 50])
    return Book(saved(book), made)


def columns_without_names() -> Book:
    """Only some columns have telling names; the rest shows by what stands in it."""
    book, made = Workbook(), papers(80, 2020, 7)
    page = sheet(book, "2020年")
    page.append(["序号", "日期", "", "文件", "", "密级"])
    for at, one in enumerate(made):
        page.append([at + 1, one.received.isoformat(), one.unit, one.title, one.number, one.level])
    return Book(saved(book), made)


def ditto_and_sheets_without_headings() -> Book:
    """Signs for 'as above', and second and third sheets that go on without headings."""
    book, made = Workbook(), papers(90, 2019, 8)
    for at in range(3):
        page = sheet(book, f"第{at + 1}册（2019年）")
        if at == 0:
            page.append(["收文号", "收文时间", "来文机关名称", "公文标题", "发文字号", "密别", "页码"])
        before = ""
        for place, one in enumerate(made[at * 30 : at * 30 + 30], at * 30 + 1):
            unit, before = ("〃" if one.unit == before else one.unit), one.unit
            page.append([place, f"{one.received.month}/{one.received.day}", unit, one.title, one.number, one.level, 3])
    return Book(saved(book), made)


def width_and_spaces() -> Book:
    """Full-width digits and brackets, spaces between the characters of headings, brackets in headings."""
    wide = str.maketrans("0123456789〔〕", "０１２３４５６７８９［］")
    book, made = Workbook(), papers(70, 2025, 9)
    page = sheet(book, "收文登记")
    page.append(["", "", "", "２０２５年收文登记"])
    page.append(
        ["登 记 号", "标题（事由）", "来文单位(发文机关)", "来文文号", "收文日期（年月日）", "密级/期限", "承办"]
    )
    for at, one in enumerate(made):
        day = f"{one.received.year}年{one.received.month}月{one.received.day}日".translate(wide)
        page.append([at + 1, one.title, f" {one.unit} ", one.number.translate(wide), day, one.level, "县发改局"])
    return Book(saved(book), made)


def formulas() -> Book:
    """Line numbers and sums as formulas, whose results were never kept."""
    book, made = Workbook(), papers(50, 2023, 10)
    page = sheet(book, "2023")
    page.append(["序号", "来文单位", "文号", "标题", "收文日期", "份数"])
    for at, one in enumerate(made):
        page.append([f"=ROW()-{1}", one.unit, one.number, one.title, one.received, 1 + at % 3])
    page.append([None, None, None, None, None, "=SUM(F2:F51)"])
    made = [Truth(o.unit, o.number, o.title, o.received, o.written, "") for o in made]
    return Book(saved(book), made)


def code_and_number_apart() -> Book:
    """来文字 and 来文号 in two columns, days typed as 3.05 so that the tenth shows as 3.1."""
    book, made = Workbook(), [one for one in papers(90, 2024, 36) if one.number]
    page = sheet(book, "来文")
    page.append(["2024年度来文登记簿"])
    page.append(["收文日期", "来文机关", "来文字", "来文号", "文件标题", "密级"])
    for one in made:
        code, number = one.number.split("〔")
        day = float(f"{one.received.month}.{one.received.day:02}")
        page.append([day, one.unit, code, f"〔{number}", one.title, one.level])
    return Book(saved(book), made)


def number_in_three_columns() -> Book:
    """机关代字, 年 and 号 below 文号, the year as above; level and copies in one cell; a last line says it is blank."""
    book, made = Workbook(), [one for one in papers(60, 2025, 38) if one.number]
    page = sheet(book, "2025")
    page.append(["序号", "收文日期", "来文单位", "文号", None, None, "标题", "密级份数"])
    page.append([None, None, None, "机关代字", "年", "号", None, None])
    page.merge_cells("D1:F1")
    for column in "ABCGH":
        page.merge_cells(f"{column}1:{column}2")
    for at, one in enumerate(made):
        code, _, number = one.number.removesuffix("号").replace("〕", "〔").split("〔")
        level = f"{one.level or '无'} 2份"
        page.append([at, one.received, one.unit, code, "〃" if at else 2025, int(number), one.title, level])
    page.append([None] * 6 + ["以下空白"])
    return Book(saved(book), made)


def month_said_once() -> Book:
    """月份 in a column of its own, only where it changes."""
    book, made = Workbook(), papers(90, 2025, 37)
    page = sheet(book, "2025")
    page.append(["月份", "日", "来文单位", "文件名称", "文件编号", "密级"])
    for at, one in enumerate(made):
        is_new = at == 0 or made[at - 1].received.month != one.received.month
        month = f"{one.received.month}月" if is_new else None
        page.append([month, one.received.day, one.unit, one.title, one.number, one.level])
    return Book(saved(book), made)


def sheets_named_by_year_and_month() -> Book:
    """2023.1, 2023.2 and so on, the day of the month alone in each row, a blank column before."""
    book, made = Workbook(), []
    for month in range(1, 13):
        page = sheet(book, f"2023.{month}")
        page.append([None, "序", "日", "发文机关", "文  号", "标  题", "密级"])
        some = papers(15, 2023, 50 + month, month)
        for at, one in enumerate(some):
            page.append([None, at + 1, one.received.day, one.unit, one.number, one.title, one.level])
        made += some
    return Book(saved(book), made)


def years_one_below_the_other() -> Book:
    """Several years in one sheet, each under a merged line that names it; the heading in the sixth row."""
    book, made = Workbook(), papers(40, 2022, 32) + papers(40, 2023, 33) + papers(40, 2024, 34)
    page = sheet(book, "总台账")
    for line in ("河东县人民政府办公室", "收文登记台账", "（机要室）", "填表日期：2025年1月3日", None):
        page.append([None, line])
    page.append(["编号", "来文时间", "来文机关", "文号", "题目", "密级"])
    for at, one in enumerate(made):
        if at % 40 == 0:
            page.append([f"{one.received.year}年"])
            page.merge_cells(start_row=page.max_row, end_row=page.max_row, start_column=1, end_column=6)
        day = f"{one.received.month}/{one.received.day}"
        page.append([at % 40 + 1, day, one.unit, one.number, one.title, one.level])
        if at % 40 == 39:
            page.append(["小计", None, None, None, "40件"])
    return Book(saved(book), made)


BOOKS: tuple[Callable[[], Book], ...] = (
    every_shape_of_day,
    month_by_month,
    two_line_headings,
    repeated_headings_and_breaks,
    hidden_and_other_sheets,
    columns_without_names,
    ditto_and_sheets_without_headings,
    width_and_spaces,
    formulas,
    code_and_number_apart,
    number_in_three_columns,
    month_said_once,
    sheets_named_by_year_and_month,
    years_one_below_the_other,
)
