"""Search finds what a scan finds, neither less nor more, for each account what it may know."""

import os
import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import factories
import pytest
from factories import incoming_draft
from usecases import old_books

from deskoffice.domain import document_numbers
from deskoffice.domain.matters import ListQuery, MatterKind
from deskoffice.usecases import book_import, ledgers, matters, open_form, search
from deskoffice.usecases.circulation import incoming
from deskoffice.usecases.office import Office, open_office
from deskoffice.vault.fold import fold

IS_LONG = bool(os.environ.get("DESKOFFICE_SOAK"))
TERMS, SPELLINGS = (1000, 200) if IS_LONG else (150, 40)
WAYS = (
    *("{c}〔{y}〕{s}号", "{c}[{y}]{s}号", "{c}（{y}）第{s}号", "{c} ({y}) {s} 号"),
    *("{c}〔{w}〕{s}号", "{c}{h}年{s}号", "{c}【{y}】{n}号"),
)
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
HAN = str.maketrans("0123456789", "〇一二三四五六七八九")


@pytest.fixture(scope="module")
def stocked_folder(founded_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault with the papers of an old book, some of them secret, with words said to them."""
    folder = tmp_path_factory.mktemp("stocked") / "vault"
    shutil.copytree(founded_folder, folder)
    office = open_office(folder, "wangli", factories.PASSWORD, clock=factories.monday_morning())
    book = folder.with_name("book.xlsx")
    book.write_bytes(old_books.every_shape_of_day().data)
    book_import.run(office, book_import.read(office, book))
    incoming.register(office, incoming_draft(document_number="东政办发[2026]第41号"))
    office.close()
    return folder


@pytest.fixture(params=["wangli", "sunfang"])
def reader(stocked_folder: Path, request: pytest.FixtureRequest) -> Iterator[Office]:
    """The clerk, who may know all of it, and somebody who may not."""
    office = open_office(stocked_folder, request.param, factories.PASSWORD, clock=factories.monday_morning())
    yield office
    office.close()


def texts(office: Office) -> dict[int, str]:
    """What may be found, read without the index."""
    found = {}
    for line in open_form.lines(office):
        parts = (line["title"], line["number"], line["document_number"], line["unit"], line["text"])
        found[int(str(line["id"]))] = fold("\n".join(str(part) for part in parts))
    return found


def scanned(everything: dict[int, str], term: str) -> list[int]:
    """A brute-force look through all texts."""
    return sorted((key for key, text in everything.items() if fold(term) in text), reverse=True)


def some_terms(everything: dict[int, str], count: int) -> list[str]:
    """Pieces of one to four characters, as they stand somewhere."""
    chance = random.Random(7)
    bodies, found = sorted(everything.values()), []
    while len(found) < count:
        body = chance.choice(bodies)
        at, length = chance.randrange(len(body)), chance.randint(1, 4)
        piece = body[at : at + length]
        if re.search(r"\w", piece) and not re.search(r"\s", piece) and len(search.spellings(piece)) == 1:
            found.append(piece)
    return found


def test_search_is_a_scan(reader: Office) -> None:
    everything = texts(reader)
    wrong = [t for t in some_terms(everything, TERMS) if list(search.ids_found(reader, t)) != scanned(everything, t)]
    assert wrong == []
    for way in numbers_in_many_ways(reader):
        standard = document_numbers.canonical(way)
        assert list(search.ids_found(reader, way)) == scanned(everything, standard), way
    assert matters.counts(reader, {"all": ListQuery(frozenset(MatterKind))})["all"] == len(everything)
    assert search.find(reader, "关于").total == len(everything)


def numbers_in_many_ways(office: Office) -> list[str]:
    """Numbers of papers in the vault as different hands write them."""
    chance, found = random.Random(3), []
    rows = [row for row in ledgers.rows(office, ListQuery(frozenset({MatterKind.INCOMING}))) if row.document_number]
    while len(found) < SPELLINGS:
        parts = re.fullmatch(r"(\D+?)[〔\[](\d{4})[〕\]](?:第)?(\d+)号", chance.choice(rows).document_number)
        assert parts is not None
        code, year, serial = parts.groups()
        ways = {"c": code, "y": year, "s": serial, "w": year.translate(WIDE), "h": year.translate(HAN)}
        found.append(chance.choice(WAYS).format(n=serial.translate(WIDE), **ways))
    return found


def test_a_number_is_found_however_it_is_typed(reader: Office) -> None:
    ways = (
        *("东政办发〔2026〕41号", "东政办发(2026)41", "[2026]41号", "2026 41"),
        *("第41号", "东政办发2026年第四十一号", "２０２６年４１号"),
    )
    found = {way: [hit.row.document_number for hit in search.find(reader, way).hits] for way in ways}
    assert {way for way, numbers in found.items() if "东政办发[2026]第41号" not in numbers} == set()
    assert len(found["2026 41"]) == 1


def test_what_may_not_be_known_is_neither_found_nor_counted(reader: Office) -> None:
    secret = [one for one in old_books.every_shape_of_day().papers if one.level in ("秘密", "机密")]
    found = [search.find(reader, one.title).total for one in secret[:20]]
    assert found == [1 if reader.actor.login == "wangli" else 0] * 20
