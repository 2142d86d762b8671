"""A register book of ten years: taken over, tried again, and undone, in minutes of the processor."""

import resource
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import factories
from openpyxl import Workbook

from deskoffice.usecases import book_import

ROWS, YEARS = 100_000, range(2014, 2024)
MOST_MINUTES = 5.0
T = TypeVar("T")
HEADINGS = (
    *("收文号", "收文日期", "来文单位", "来文字号", "标题", "密级", "缓急", "份数"),
    *("拟办意见", "领导批示", "传阅情况", "承办单位", "办理情况", "备注"),
)


def run() -> Iterator[tuple[str, float, float]]:
    """Import, the same book once more, undo; each against the five minutes that a person is ready to wait."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        book = folder / "收文登记簿.xlsx"
        write(book, ROWS)
        office = factories.found(folder / "vault", factories.monday_morning()).office
        plan, reading = timed(lambda: book_import.read(office, book))
        done, entering = timed(lambda: book_import.run(office, plan))
        again, comparing = timed(lambda: book_import.run(office, plan))
        assert (done.imported, again.imported, again.duplicates) == (ROWS, 0, ROWS)
        gone, undoing = timed(lambda: book_import.undo(office, done.batch_id or 0))
        assert gone == ROWS
        office.close()
    yield f"import of {ROWS} rows, minutes", reading + entering, MOST_MINUTES
    yield f"the same {ROWS} rows again, minutes", reading + comparing, MOST_MINUTES
    yield f"undo of {ROWS} rows, minutes", undoing, MOST_MINUTES


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """What it gives, and the minutes of processor that it took here and in its children."""
    begun = _minutes()
    given = work()
    return given, _minutes() - begun


def _minutes() -> float:
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    used = [resource.getrusage(kind) for kind in kinds]
    return sum(one.ru_utime + one.ru_stime for one in used) / 60


def write(path: Path, rows: int) -> None:
    """A sheet for each year, days as days and as words, every second row with an opinion."""
    book = Workbook(write_only=True)
    each = rows // len(YEARS)
    for year in YEARS:
        sheet = book.create_sheet(f"{year}年收文")
        sheet.append([f"某县人民政府办公室{year}年收文登记簿"])
        sheet.append(HEADINGS)
        for at in range(each):
            day = date(year, 1, 2) + timedelta(days=at * 360 // each)
            sheet.append(_row(at, day))
    book.save(path)


def _row(at: int, day: date) -> list[object]:
    number = f"东政办发〔{day.year}〕{at + 1}号"
    opinion = "呈李主任阅示，建议转有关部门办理。" if at % 2 else None
    words = [opinion, "请财政局抓紧办理。" if at % 3 == 0 else None, "张、李、王" if at % 2 else None]
    title = f"关于做好第{at + 1}批防汛抗旱和安全生产工作的通知"
    shown = f"{day.year}.{day.month}.{day.day}" if at % 3 == 0 else day
    level = ("", "", "", "秘密", "内部")[at % 5]
    return [at + 1, shown, "市政府办公室", number, title, level, "平件", 1, *words, "县财政局", "已办结", None]
