"""The page beside the text: drawn again while one writes, following the cursor, and only where it is in view."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from deskoffice.usecases.circulation.outgoing_proof import Place

RENDERED_WIDTH = 900
RENDERED_HEIGHT = round(RENDERED_WIDTH * 297 / 210)
STEP = 1.2
WIDEST, NARROWEST = 3.0, 0.5
GAP = 8


class ProofPages(QWidget):
    """White sheets one under the other; a sheet asks for its picture when it comes into view."""

    wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scale = 1.0
        self.count = 0
        self._pictures: dict[int, QPixmap] = {}
        self._fresh: set[int] = set()
        self._asked: set[int] = set()

    def begin(self, count: int) -> None:
        """Another proof: the old picture of a sheet stays until the new one is there."""
        self.count = count
        self._pictures = {at: picture for at, picture in self._pictures.items() if at < count}
        self._fresh.clear()
        self._asked.clear()
        self.set_scale(self.scale)

    def show_page(self, number: int, picture: QPixmap) -> None:
        """The picture of one sheet."""
        self._pictures[number] = picture
        self._fresh.add(number)
        self.update(self.box(number))

    def set_scale(self, scale: float) -> None:
        """Show at so much of the drawn size."""
        self.scale = scale
        size = self._size()
        self.resize(size.width(), self.count * (size.height() + GAP) or 1)
        self.update()

    def box(self, number: int) -> QRect:
        """Where a sheet stands."""
        size = self._size()
        return QRect(0, number * (size.height() + GAP), size.width(), size.height())

    def _size(self) -> QSize:
        return QSize(round(RENDERED_WIDTH * self.scale), round(RENDERED_HEIGHT * self.scale))

    @property
    def drawn(self) -> int:
        """How many sheets have their picture of this proof."""
        return len(self._fresh)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Sheets in view only."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for number in range(self.count):
            box = self.box(number)
            if not box.intersects(event.rect()):
                continue
            painter.fillRect(box, QColor(Qt.GlobalColor.white))
            if number in self._pictures:
                painter.drawPixmap(box, self._pictures[number])
            painter.setPen(QColor("#C9D1DB"))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
            if number not in self._fresh and number not in self._asked:
                self._asked.add(number)
                self.wanted.emit(number)


class ProofView(QScrollArea):
    """Pages as wide as the view, or as much wider as was asked for; the place in view stays when they change."""

    page_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages = ProofPages()
        self._pages.wanted.connect(self.page_wanted)
        self._zoom = 1.0
        self.setWidget(self._pages)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)

    @property
    def page_count(self) -> int:
        """Pages of the proof."""
        return self._pages.count

    @property
    def drawn_count(self) -> int:
        """Pages whose picture was drawn."""
        return self._pages.drawn

    def show_proof(self, pages: int, place: Place | None) -> None:
        """Another proof, with the paragraph under the cursor in view."""
        kept = self.verticalScrollBar().value()
        self._pages.begin(pages)
        self._fit()
        self.verticalScrollBar().setValue(kept)
        if place is not None:
            self._bring_into_view(place)

    def show_page(self, number: int, image: bytes) -> None:
        """The picture of a page that was asked for."""
        picture = QPixmap()
        picture.loadFromData(image)
        self._pages.show_page(number, picture)

    def zoom(self, *, larger: bool) -> None:
        """One step larger or smaller."""
        wanted = self._zoom * STEP if larger else self._zoom / STEP
        self._zoom = min(WIDEST, max(NARROWEST, wanted))
        self._fit()

    def _fit(self) -> None:
        self._pages.set_scale(self.viewport().width() * self._zoom / RENDERED_WIDTH)

    def _bring_into_view(self, place: Place) -> None:
        if place.page >= self._pages.count:
            return
        box = self._pages.box(place.page)
        at = box.top() + round(box.height() * place.down)
        bar = self.verticalScrollBar()
        if not bar.value() <= at <= bar.value() + self.viewport().height() * 0.8:
            bar.setValue(max(0, at - self.viewport().height() // 3))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay as wide as the view."""
        super().resizeEvent(event)
        self._fit()
