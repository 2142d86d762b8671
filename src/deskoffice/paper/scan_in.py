"""Reads a scan in a child process that hostile files can neither use nor hang."""

import base64
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

import deskoffice
from deskoffice.domain.circulation.scanned_page import Line, Page
from deskoffice.domain.errors import PaperError

LARGEST_FILE = 200 * 1024 * 1024
SECONDS = 300
CHILD = "deskoffice.paper.scan_child"


Kill = Callable[[], None]


class Answer(TypedDict, total=False):
    """What the child says of one page, or a refusal."""

    code: str
    total: int
    width: int
    height: int
    lines: list["AnswerLine"]
    barcodes: list[str]
    picture: str


class AnswerLine(TypedDict):
    """One line with the certainty of each character."""

    text: str
    sure: list[float]
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page turned upright: its lines, its barcodes, its picture (JPEG), and how many pages the file has."""

    page: Page
    barcodes: tuple[bytes, ...]
    picture: bytes
    total: int


def read_pages(data: bytes, most: int, started: Callable[[Kill], None] | None = None) -> Iterator[ReadPage]:
    """Page after page as each is read; leaving the loop ends the child. Raises PaperError scan_….

    `started` is given what ends the child at once, from any thread.
    """
    if not data:
        raise PaperError("paper_empty")
    if len(data) > LARGEST_FILE:
        raise PaperError("paper_file_too_large", megabytes=LARGEST_FILE // 1024**2)
    with _child(most) as child:
        if started is not None:
            started(child.kill)
        feeding = threading.Thread(target=_feed, args=(child, data), name="scan")
        feeding.start()
        is_read = False
        try:
            for line in child.stdout or ():
                is_read = True
                yield _page(json.loads(line))
            if child.wait() != 0 or not is_read:
                raise PaperError("scan_too_costly")
        finally:
            child.kill()
            feeding.join()


@contextmanager
def _child(most: int) -> Iterator[subprocess.Popen[bytes]]:
    # Our own module under our own interpreter: nothing of the command comes from the file.
    command = [sys.executable, "-m", CHILD, str(most)]
    with subprocess.Popen(  # noqa: S603  # as said
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment()
    ) as child:
        watch = threading.Timer(SECONDS, child.kill)
        watch.start()
        try:
            yield child
        finally:
            watch.cancel()


def _feed(child: "subprocess.Popen[bytes]", data: bytes) -> None:
    if child.stdin is None:
        return
    try:
        with child.stdin as pipe:
            pipe.write(data)
    except BrokenPipeError:
        return  # the child gave up; what it says, or its silence, is the answer


def _page(answer: Answer) -> ReadPage:
    if "code" in answer:
        raise PaperError(answer["code"])
    return ReadPage(
        Page(answer["width"], answer["height"], tuple(_lines(answer["lines"]))),
        tuple(base64.b64decode(one) for one in answer["barcodes"]),
        base64.b64decode(answer["picture"]),
        answer["total"],
    )


def _lines(lines: Sequence[AnswerLine]) -> Iterator[Line]:
    for line in lines:
        if line["text"].strip():
            place = (line["left"], line["top"], line["right"], line["bottom"])
            yield Line(line["text"], tuple(line["sure"]), *place)


def _environment() -> dict[str, str]:
    """Nothing of ours but where the program lies."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return {
        **kept,
        "PYTHONPATH": str(Path(deskoffice.__file__).parents[1]),
        "PYTHONDONTWRITEBYTECODE": "1",
        # Each thread of these pools would reserve memory that the limit counts.
        "OMP_NUM_THREADS": "2",
        "OPENBLAS_NUM_THREADS": "1",
    }
