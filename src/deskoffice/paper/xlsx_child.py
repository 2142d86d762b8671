"""The child process that parses a workbook: it may use little memory and time, and write no file.

Run as a module, with the file on standard input; a line of JSON comes back for each sheet and each row with anything
in it.
"""

import io
import json
import sys
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from lxml import etree

from deskoffice.paper.limits import limit

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

MEMORY = 1536 * 1024 * 1024
SECONDS = 240
OPEN_FILES = 64
LARGEST_PART = 512 * 1024 * 1024
LARGEST_TOTAL = 1024 * 1024 * 1024
MOST_TIMES = 300
"""No honest sheet packs better than so many times."""
SMALL_PART = 8 * 1024 * 1024
MOST_ENTRIES = 2000
MOST_ROWS = 300_000
MOST_COLUMNS = 256
MOST_MERGED = 20_000
LONGEST = 4000

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, KeyError, TypeError)
BROKEN_TOO = (AttributeError, IndexError, etree.XMLSyntaxError, SyntaxError)


class Refused(Exception):  # it is the child's answer, not an error of the program
    """The file is not taken."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def check(archive: zipfile.ZipFile) -> None:
    """Refuse what unpacks to more than any book needs."""
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > LARGEST_TOTAL:
        raise Refused("paper_xlsx_hostile")
    for entry in entries:
        too_dense = entry.file_size > SMALL_PART and entry.file_size > MOST_TIMES * max(entry.compress_size, 1)
        if entry.file_size > LARGEST_PART or too_dense:
            raise Refused("paper_xlsx_hostile")
        if entry.flag_bits & 1:
            raise Refused("paper_xlsx_encrypted")
    if "xl/workbook.xml" not in archive.namelist():
        raise Refused("paper_xlsx_not_a_workbook")


def lines(data: bytes) -> Iterator[object]:
    """A mapping for each sheet, then its rows as [number, cells]."""
    from openpyxl import load_workbook

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        check(archive)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        for page in book.worksheets:
            yield from _page(archive, page)


def _page(archive: zipfile.ZipFile, page: "ReadOnlyWorksheet") -> Iterator[object]:
    # The stubs leave out that the reader keeps the part's name, for which it has no public one.
    with archive.open(page._worksheet_path) as part:  # type: ignore[attr-defined]  # noqa: SLF001
        merged, formulas = _beside_the_values(part)
    yield {"sheet": page.title, "merged": merged}
    # The size that a file claims may be a million columns of nothing.
    page.reset_dimensions()
    count = 0
    for number, row in enumerate(page.iter_rows(values_only=True), 1):  # type: ignore[misc]  # the stubs' self
        cells = [_cell(value) for value in row[:MOST_COLUMNS]]
        for column in formulas.get(number, ()):
            if column <= len(cells) and cells[column - 1] is None:
                cells[column - 1] = {"formula": True}
        while cells and cells[-1] is None:
            cells.pop()
        if not cells:
            continue
        count += 1
        if count > MOST_ROWS:
            raise Refused("paper_xlsx_too_long")
        yield [number, cells]


def _beside_the_values(part: object) -> tuple[list[list[int]], dict[int, list[int]]]:
    """Merged areas as [first row, first column, last row, last column], and the columns of formulas in each row."""
    from openpyxl.utils.cell import column_index_from_string, coordinate_from_string, range_boundaries

    merged: list[list[int]] = []
    formulas: dict[int, list[int]] = {}
    for _, found in etree.iterparse(part, tag=(MAIN + "mergeCell", MAIN + "f", MAIN + "row"), resolve_entities=False):
        if found.tag == MAIN + "f":
            letters, row = coordinate_from_string(found.getparent().get("r", "A1"))
            formulas.setdefault(row, []).append(column_index_from_string(letters))
            continue
        if found.tag == MAIN + "mergeCell" and len(merged) < MOST_MERGED:
            left, top, right, bottom = range_boundaries(found.get("ref", ""))
            merged.append([int(top or 1), int(left or 1), int(bottom or 1), int(right or 1)])
        found.clear()
        while found.getprevious() is not None:
            del found.getparent()[0]
    return merged, formulas


def _cell(value: object) -> object:
    if isinstance(value, datetime | date):
        return {"on": f"{value.year:04}-{value.month:02}-{value.day:02}"}
    if isinstance(value, bool | time) or value is None:
        return None if value is None else str(value)
    if isinstance(value, int | float):
        return int(value) if isinstance(value, float) and value.is_integer() else value
    text = str(value)[:LONGEST]
    return text if text.strip() else None


def main() -> None:
    """Limit the process, read the file, answer line by line."""
    limit(memory=MEMORY, seconds=SECONDS, open_files=OPEN_FILES)
    warnings.simplefilter("ignore")
    out = sys.stdout
    try:
        for line in lines(sys.stdin.buffer.read()):
            out.write(json.dumps(line) + "\n")
        out.write('{"end": true}\n')
    except Refused as refusal:
        out.write(json.dumps({"code": refusal.code}) + "\n")
    except (MemoryError, RecursionError):
        out.write('{"code": "paper_xlsx_too_costly"}\n')
    except (*BROKEN, *BROKEN_TOO):
        out.write('{"code": "paper_xlsx_broken"}\n')


if __name__ == "__main__":
    main()
