"""Pages one under the other: only those in view are kept as pictures, and what was found in them is marked."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

GAP = 8
KEPT = 12
"""Pages kept as pictures: each takes nine megabytes."""


class PagesView(QWidget):
    """Knows the size of each page, and asks for a page's picture when it comes into view."""

    wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: list[QSize] = []
        self._pictures: dict[int, QPixmap] = {}
        self._scaled: dict[int, QPixmap] = {}
        self._marks: Mapping[int, Sequence[QRectF]] = {}
        self._current: tuple[int, QRectF] | None = None
        self._colour = QColor()
        self.scale = 1.0

    def show_pages(self, pages: list[QSize]) -> None:
        """Take the sizes; the pictures come when they are seen."""
        self._pages = pages
        self._pictures.clear()
        self._marks, self._current = {}, None
        self.set_scale(self.scale)

    def show_picture(self, page: int, picture: QPixmap) -> None:
        """Take the picture of a page; those farthest from it are forgotten."""
        self._pictures[page] = picture
        self._scaled.pop(page, None)
        for old in sorted(self._pictures, key=lambda at: abs(at - page))[KEPT:]:
            del self._pictures[old]
            self._scaled.pop(old, None)
        self.update()

    def show_marks(
        self, marks: Mapping[int, Sequence[QRectF]], current: tuple[int, QRectF] | None, colour: str
    ) -> None:
        """Mark places by page, in shares of the page; the current one is framed."""
        self._marks, self._current, self._colour = marks, current, QColor(colour)
        self.update()

    @property
    def is_painted(self) -> bool:
        """No page in view still waits for its picture."""
        seen = self.visibleRegion().boundingRect()
        boxes = ((at, QRect(QPoint(0, self.top_of(at)), page * self.scale)) for at, page in enumerate(self._pages))
        return all(at in self._pictures for at, box in boxes if box.intersects(seen))

    def set_scale(self, scale: float) -> None:
        """Show at so much of the rendered size."""
        self.scale = scale
        self._scaled.clear()
        sizes = [page * self.scale for page in self._pages]
        self.resize(max((size.width() for size in sizes), default=0), sum(size.height() + GAP for size in sizes) or 1)
        self.update()

    def top_of(self, page: int) -> int:
        """Where a page begins."""
        return sum((before * self.scale).height() + GAP for before in self._pages[:page])

    def place_of(self, page: int, place: QRectF) -> QRect:
        """Where a place of a page stands in the view."""
        size = self._pages[page] * self.scale
        shares = place.x() * size.width(), place.y() * size.height()
        wide, tall = place.width() * size.width(), place.height() * size.height()
        return QRectF(shares[0], self.top_of(page) + shares[1], wide, tall).toAlignedRect()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Only the pages in view are scaled."""
        painter, top = QPainter(self), 0
        for at, page in enumerate(self._pages):
            box = QRect(QPoint(0, top), page * self.scale)
            if box.intersects(event.rect()):
                self._paint_page(painter, at, box)
            top += box.height() + GAP
        painter.end()

    def _paint_page(self, painter: QPainter, at: int, box: QRect) -> None:
        if at in self._pictures:
            if at not in self._scaled:
                self._scaled[at] = self._pictures[at].scaled(
                    box.size(), Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
                )
            painter.drawPixmap(box.topLeft(), self._scaled[at])
        else:
            painter.fillRect(box, QColor("#FFFFFF"))
            self.wanted.emit(at)
        painter.setPen(QColor("#C9D1DB"))
        painter.drawRect(box.adjusted(0, 0, -1, -1))
        ground = QColor(self._colour)
        ground.setAlpha(70)
        for place in self._marks.get(at, ()):
            painter.fillRect(self.place_of(at, place), ground)
        if self._current is not None and self._current[0] == at:
            painter.setPen(self._colour)
            painter.drawRect(self.place_of(*self._current).adjusted(-2, -2, 1, 1))
