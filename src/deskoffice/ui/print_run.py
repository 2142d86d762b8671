"""Sends pages to a printer: drawn in the worker one by one, painted at true size, moved by the printer's shift."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from deskoffice.domain.prints import Shift
from deskoffice.ui.jobs import Jobs, Progress
from deskoffice.usecases import previews

POINTS, MM = 72.0, 25.4
SHARPEST = 300
"""Dots an inch that a page is drawn with: more takes a hundred megabytes and shows nothing."""


def image_of(pdf: bytes, page: int, width: int) -> QImage:
    """A page as an image; for the worker."""
    drawn = previews.picture(pdf, page, width)
    return QImage(drawn.pixels, drawn.width, drawn.height, drawn.width * 4, QImage.Format.Format_RGB32).copy()


class PrintRun(QObject):
    """One job of a printer; it goes when the last page is out."""

    def __init__(self, jobs: Jobs, printer: QPrinter, pdf: bytes, *, shift: Shift, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._printer, self._pdf, self._shift = jobs, printer, pdf, shift
        self._painter = QPainter()
        self._shapes: tuple[tuple[float, float], ...] = ()
        self._done: Callable[[int], None] = lambda _: None

    def start(self, done: Callable[[int], None]) -> None:
        """Send all pages; `done` learns how many went out, none when the printer took nothing."""
        self._done = done
        self._jobs.run(lambda _: previews.shapes(self._pdf), self, done=self._begin)

    def _begin(self, shapes: tuple[tuple[float, float], ...]) -> None:
        self._shapes = shapes
        self._printer.setFullPage(True)
        self._turn(0)
        if not shapes or not self._painter.begin(self._printer):
            self._end(0)
            return
        self._send(0)

    def _send(self, page: int) -> None:
        width = round(self._shapes[page][0] / POINTS * min(self._printer.resolution(), SHARPEST))

        def work(progress: Progress) -> QImage:
            del progress
            return image_of(self._pdf, page, width)

        self._jobs.run(work, self, done=lambda image: self._paint(page, image))

    def _paint(self, page: int, image: QImage) -> None:
        """At its true size: a printer that scales moves every line."""
        dots = self._printer.resolution()
        wide, tall = (side / POINTS * dots for side in self._shapes[page])
        corner = QPointF(self._shift.right / MM * dots, self._shift.down / MM * dots)
        self._painter.drawImage(QRectF(corner, QSizeF(wide, tall)), image)
        following = page + 1
        if following == len(self._shapes):
            self._painter.end()
            self._end(following)
            return
        self._turn(following)
        self._printer.newPage()
        self._send(following)

    def _turn(self, page: int) -> None:
        """The sheet of the page, lying or standing as the page does."""
        if page >= len(self._shapes):
            return
        wide, tall = self._shapes[page]
        sheet = QSizeF(min(wide, tall), max(wide, tall))
        self._printer.setPageSize(QPageSize(sheet, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch))
        lies = wide > tall
        self._printer.setPageOrientation(
            QPageLayout.Orientation.Landscape if lies else QPageLayout.Orientation.Portrait
        )

    def _end(self, sent: int) -> None:
        self._done(sent)
        self.deleteLater()
