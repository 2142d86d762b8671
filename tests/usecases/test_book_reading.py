"""Other offices' books are read as their people meant them, and hostile files are refused in words."""

import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from usecases import old_books
from usecases.old_books import Book

from deskoffice.domain.errors import PaperError
from deskoffice.domain.old_dates import Around, read_day
from deskoffice.domain.values import LEVEL_WORDS, Classification
from deskoffice.usecases import book_reading
from deskoffice.usecases.book_reading import ReadRow
from deskoffice.usecases.messages import SENTENCES


def read(data: bytes, folder: Path) -> list[ReadRow]:
    """All rows of a book that are entries or refused."""
    path = folder / "book.xlsx"
    path.write_bytes(data)
    plan = book_reading.open_book(path, {})
    return [row for one in plan.sheets if one.fields for row in book_reading.rows(one) if row is not None]


@pytest.mark.parametrize("make", old_books.BOOKS, ids=lambda make: make.__name__)
def test_a_book_of_another_office_is_read_whole_and_rightly(make: Callable[[], Book], tmp_path: Path) -> None:
    book = make()
    found = Counter()
    for row in read(book.data, tmp_path):
        assert row.entry is not None, (row.row, row.refusal)
        draft = row.entry.draft
        number = unicodedata.normalize("NFKC", draft.document_number).replace("[", "〔").replace("]", "〕")
        level = "" if draft.level is Classification.PUBLIC else LEVEL_WORDS[draft.level]
        found[draft.source_unit, number, draft.title, draft.received_on, level] += 1
    wanted = Counter((o.unit, o.number, o.title, o.received, o.level) for o in book.papers)
    assert set(found) == set(wanted)
    assert sum(found.values()) == len(book.papers) + book.twice


def test_the_book_of_a_real_office_is_read_whole(samples: Path, tmp_path: Path) -> None:
    rows = read((samples / "收文登记簿.xlsx").read_bytes(), tmp_path)
    entries = [row.entry for row in rows if row.entry is not None]
    assert len(rows) == len(entries) == 625
    assert len({entry.key() for entry in entries}) == 620
    assert not [entry for entry in entries if "<br>" in entry.draft.title or "\n" in entry.draft.title]
    assert {entry.draft.received_on.year for entry in entries} == {2023, 2024}


@pytest.mark.parametrize(
    ("written", "around", "meant"),
    [
        ("2023.3.5", Around(), date(2023, 3, 5)),
        ("3月5日", Around(2023), date(2023, 3, 5)),
        ("20230305", Around(), date(2023, 3, 5)),
        (44990, Around(), date(2023, 3, 5)),
        ("二〇二三年三月五日", Around(), date(2023, 3, 5)),
        ("二○二三年十一月二十五日", Around(), date(2023, 11, 25)),
        ("２０２３年３月５日", Around(), date(2023, 3, 5)),
        ("23/03/05", Around(), date(2023, 3, 5)),
        ("2023年3月5日（星期日）", Around(), date(2023, 3, 5)),
        (3.15, Around(2023), date(2023, 3, 15)),
        (3.1, Around(2023, None, date(2023, 3, 9)), date(2023, 3, 10)),
        (3.1, Around(2023), None),
        ("5日", Around(2023, 3), date(2023, 3, 5)),
        ("3月5日", Around(), None),
        ("2月30日", Around(2023), None),
        ("不详", Around(2023), None),
    ],
    ids=str,
)
def test_a_day_is_taken_as_it_was_meant_or_not_at_all(written: object, around: Around, meant: date | None) -> None:
    assert read_day(written, around) == meant


def bomb() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (64 * 1024 * 1024))
    return out.getvalue()


def far_corner() -> bytes:
    """A sheet that claims to be as large as sheets can be."""
    book = old_books.Workbook()
    page = book.worksheets[0]
    page["A1"], page["XFD1048576"] = "序号", "角落"
    return old_books.saved(book)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xd0\xcf\x11\xe0 old", "paper_xlsx_legacy"),
        (b"PK\x03\x04 torn", "paper_xlsx_broken"),
        (b"no workbook", "paper_xlsx_not_a_workbook"),
        (bomb(), "paper_xlsx_hostile"),
        (far_corner(), "paper_xlsx_no_register"),
    ],
    ids=["legacy", "torn", "other", "bomb", "far corner"],
)
def test_a_hostile_or_broken_book_is_refused_in_words(data: bytes, code: str, tmp_path: Path) -> None:
    with pytest.raises(PaperError) as refused:
        read(data, tmp_path)
    assert refused.value.code == code
    assert code in SENTENCES
