"""Reads a workbook in a child process that hostile files can neither use nor hang."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from deskoffice.domain.errors import PaperError
from deskoffice.paper.docx_in import LEGACY_WORD, child_environment

LARGEST_FILE = 128 * 1024 * 1024
SECONDS = 300
CHILD = "deskoffice.paper.xlsx_child"

FORMULA = object()
"""Stands in a cell whose formula has no kept result."""
Cell = object
"""str, int, float, date, FORMULA or None."""
Area = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 1."""


@dataclass(slots=True)
class Sheet:
    """A sheet: rows with anything in them, kept packed, since a book of ten years is large."""

    title: str
    merged: tuple[Area, ...]
    packed: list[bytes] = field(default_factory=list)

    def rows(self, first: int = 0, last: int | None = None) -> Iterator[tuple[int, list[Cell]]]:
        """Row numbers and cells of the rows with anything in them, by their place among these."""
        for line in self.packed[first:last]:
            number, cells = json.loads(line)
            yield number, [_cell(cell) for cell in cells]


def read_workbook(data: bytes) -> tuple[Sheet, ...]:
    """All sheets in order; PaperError with one reason when the file is not taken."""
    if len(data) > LARGEST_FILE:
        raise PaperError("paper_file_too_large", megabytes=LARGEST_FILE // 1024**2)
    if data.startswith(LEGACY_WORD):
        raise PaperError("paper_xlsx_legacy")
    if not data.startswith(b"PK"):
        raise PaperError("paper_xlsx_not_a_workbook")
    return tuple(_sheets(_ask_child(data)))


def _ask_child(data: bytes) -> bytes:
    # Our own module under our own interpreter: nothing of the command comes from the file.
    command = [sys.executable, "-m", CHILD]
    try:
        done = subprocess.run(  # noqa: S603  # as said
            command, input=data, capture_output=True, timeout=SECONDS, env=child_environment(), check=False
        )
    except subprocess.TimeoutExpired as error:
        raise PaperError("paper_xlsx_too_costly") from error
    return done.stdout


def _sheets(answer: bytes) -> list[Sheet]:
    sheets: list[Sheet] = []
    found = answer.splitlines()
    if not found:
        raise PaperError("paper_xlsx_too_costly")
    last = json.loads(found[-1]) if found[-1].startswith(b"{") else {}
    if "end" not in last:
        # Killed by a limit it leaves a torn line; otherwise it says why.
        raise PaperError(str(last.get("code", "paper_xlsx_too_costly")))
    for line in found[:-1]:
        if line.startswith(b"{"):
            head = json.loads(line)
            sheets.append(Sheet(head["sheet"], tuple(tuple(area) for area in head["merged"])))
        else:
            sheets[-1].packed.append(line)
    return sheets


def _cell(cell: object) -> Cell:
    if isinstance(cell, dict):
        return date.fromisoformat(str(cell["on"])) if "on" in cell else FORMULA
    return cell
