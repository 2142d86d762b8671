"""Reads a Word draft in a child process that hostile files can neither use nor hang."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TypedDict

import deskoffice
from deskoffice.domain.errors import PaperError
from deskoffice.paper.clean import SourceLine
from deskoffice.paper.draft import SourceItem, SourceTable
from deskoffice.paper.model import Finding, Span

LARGEST_FILE = 64 * 1024 * 1024
SECONDS = 10
CHILD = "deskoffice.paper.docx_child"
LEGACY_WORD = b"\xd0\xcf\x11\xe0"
"""Old .doc and .wps files, and encrypted .docx files, begin so."""


class AnswerItem(TypedDict, total=False):
    """A paragraph (text, hint) or a table (rows, merged, wide)."""

    text: str
    hint: int
    rows: list[list[str]]
    merged: list[list[int]]
    """Row, column, rows, columns of each group of merged cells."""
    wide: bool


class Answer(TypedDict, total=False):
    """What the child says: items and warnings, or a refusal."""

    items: list[AnswerItem]
    warnings: list[tuple[str, str]]
    code: str
    reason: str


def docx_items(data: bytes) -> tuple[list[SourceItem], tuple[Finding, ...]]:
    """Paragraphs and tables of the file, and what could not be taken over."""
    if len(data) > LARGEST_FILE:
        raise PaperError("paper_file_too_large", megabytes=LARGEST_FILE // 1024**2)
    if data.startswith(LEGACY_WORD):
        raise PaperError("paper_docx_encrypted")
    if not data.startswith(b"PK"):
        raise PaperError("paper_docx_not_word")
    return _unpack(_ask_child(data))


def _unpack(answer: Answer) -> tuple[list[SourceItem], tuple[Finding, ...]]:
    if "code" in answer:
        reason = answer.get("reason", "")
        raise PaperError(answer["code"], **({"reason": reason} if reason else {}))
    warnings = tuple(Finding(code, text) for code, text in answer["warnings"])
    return [_item(item, row) for row, item in enumerate(answer["items"], 1)], warnings


def _item(item: AnswerItem, row: int) -> SourceItem:
    if "rows" in item:
        rows = tuple(tuple(cells) for cells in item["rows"])
        return SourceTable(rows, row, item.get("wide", False), tuple(Span(*one) for one in item["merged"]))
    return SourceLine(item["text"], row, item["hint"])


def _ask_child(data: bytes) -> Answer:
    # Our own module under our own interpreter: nothing of the command comes from the file.
    command = [sys.executable, "-m", CHILD]
    try:
        done = subprocess.run(  # noqa: S603  # as said
            command, input=data, capture_output=True, timeout=SECONDS, env=child_environment(), check=False
        )
    except subprocess.TimeoutExpired as error:
        raise PaperError("paper_docx_too_costly") from error
    if done.returncode != 0:
        raise PaperError("paper_docx_too_costly")
    answer: Answer = json.loads(done.stdout)
    return answer


def child_environment() -> dict[str, str]:
    """Nothing of ours but where the program lies."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return {**kept, "PYTHONPATH": str(Path(deskoffice.__file__).parents[1]), "PYTHONDONTWRITEBYTECODE": "1"}
