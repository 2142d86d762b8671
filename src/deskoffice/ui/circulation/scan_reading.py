"""Scans on their way into the form: read beside the database's work, ready before they are looked at."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter

from deskoffice.domain.errors import DeskOfficeError
from deskoffice.ui.jobs import Jobs
from deskoffice.usecases.attachments import FileDraft
from deskoffice.usecases.scanning import Scanned

SHOWN_WIDTH = 1240
"""As wide as the pages of other papers are rendered."""
READABLE = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".pdf")


class Reading(Protocol):
    """Reads one scan; a test's reader has its answer ready."""

    def run(self) -> Scanned:
        """Take the time it takes."""

    def stop(self) -> None:
        """Leave it."""


Reader = Callable[[bytes], Reading]


@dataclass(slots=True)
class Piece:
    """One scan: not read yet, read, or not readable."""

    file: FileDraft
    reading: Reading
    scanned: Scanned | None = None
    picture: QImage | None = None
    """The first page with what was read laid in colour."""
    error: DeskOfficeError | None = None

    @property
    def is_done(self) -> bool:
        return self.scanned is not None or self.error is not None


class ScanReading(QObject):
    """The pile of scans; the first is the one in the form."""

    read = Signal(object)
    """The first piece is ready."""

    def __init__(self, reader: Reader, colour: str, parent: QObject) -> None:
        super().__init__(parent)
        self._reader, self._colour = reader, colour
        self._jobs: Jobs | None = None
        self._pile: list[Piece] = []
        self._total = 0

    @property
    def first(self) -> Piece | None:
        """The piece in the form."""
        return self._pile[0] if self._pile else None

    @property
    def place(self) -> tuple[int, int]:
        """Which piece of how many is in the form."""
        return self._total - len(self._pile) + 1, self._total

    def add(self, files: Sequence[FileDraft]) -> None:
        """Put files at the end of the pile and begin to read them."""
        if not self._pile:
            self._total = 0
        for file in files:
            piece = Piece(file, self._reader(file.data))
            self._pile.append(piece)
            self._begin(piece)
        self._total += len(files)

    def _begin(self, piece: Piece) -> None:
        self._jobs = self._jobs or Jobs(self)
        self._jobs.run(
            lambda _: self._read(piece),
            self,
            done=lambda _: self._tell(piece),
            failed=lambda error: self._tell(piece, error),
        )

    def _read(self, piece: Piece) -> None:
        """In the reading thread, which also paints: a page is too large to be decoded in the window's."""
        scanned = piece.reading.run()
        piece.picture = marked(scanned, self._colour)
        piece.scanned = scanned

    def _tell(self, piece: Piece, error: DeskOfficeError | None = None) -> None:
        piece.error = error
        if piece is self.first:
            self.read.emit(piece)

    def next(self) -> Piece | None:
        """Put the first away; the one that is now first."""
        if self._pile:
            self._pile.pop(0)
        return self.first

    def end(self) -> None:
        """Stop reading and forget the pile; a second call changes nothing."""
        for piece in self._pile:
            piece.reading.stop()
        self._pile.clear()
        if self._jobs is not None:
            self._jobs.finish()
            self._jobs = None


def is_readable(name: str) -> bool:
    """Pictures and PDFs are read, other files are only kept."""
    return name.lower().endswith(READABLE)


def marked(scanned: Scanned, colour: str) -> QImage:
    """The first page with what was read laid in colour, as wide as pages are shown."""
    page = QImage.fromData(scanned.picture).convertToFormat(QImage.Format.Format_RGB32)
    page = page.scaledToWidth(SHOWN_WIDTH, Qt.TransformationMode.SmoothTransformation)
    painter = QPainter(page)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
    for place in scanned.places:
        box = QRectF(
            place.left * page.width() - 6,
            place.top * page.height() - 4,
            (place.right - place.left) * page.width() + 12,
            (place.bottom - place.top) * page.height() + 8,
        )
        painter.fillRect(box, QColor(colour))
    painter.end()
    return page
