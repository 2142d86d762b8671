"""The page beside the text: it is drawn again while one writes, and follows the cursor."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from deskoffice.ui.preview import PagesView
from deskoffice.usecases.circulation.outgoing_proof import Place

RENDERED_WIDTH = 900
STEP = 1.2
WIDEST, NARROWEST = 3.0, 0.5


class ProofView(QScrollArea):
    """Pages as wide as the view, or as much wider as was asked for; the place in view stays when they change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = PagesView()
        self._images: tuple[bytes, ...] = ()
        self._pages: list[QPixmap] = []
        self._zoom = 1.0
        self.setWidget(self._view)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)

    @property
    def page_count(self) -> int:
        """Pages shown."""
        return len(self._pages)

    def show_pages(self, images: Sequence[bytes], place: Place | None) -> None:
        """Show these instead, with the paragraph under the cursor in view."""
        kept = self.verticalScrollBar().value()
        # Most pages stay as they were: only the others are decoded again.
        known = dict(zip(self._images, self._pages, strict=True))
        self._pages = [known.get(image) or _decoded(image) for image in images]
        self._images = tuple(images)
        self._view.show_pages(self._pages)
        self._fit()
        self.verticalScrollBar().setValue(kept)
        if place is not None:
            self._bring_into_view(place)

    def zoom(self, *, larger: bool) -> None:
        """One step larger or smaller."""
        wanted = self._zoom * STEP if larger else self._zoom / STEP
        self._zoom = min(WIDEST, max(NARROWEST, wanted))
        self._fit()

    def _fit(self) -> None:
        self._view.set_scale(self.viewport().width() * self._zoom / RENDERED_WIDTH)

    def _bring_into_view(self, place: Place) -> None:
        if place.page >= len(self._pages):
            return
        height = self._pages[place.page].height() * self._view.scale
        at = self._view.top_of(place.page) + round(height * place.down)
        bar = self.verticalScrollBar()
        if not bar.value() <= at <= bar.value() + self.viewport().height() * 0.8:
            bar.setValue(max(0, at - self.viewport().height() // 3))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay as wide as the view."""
        super().resizeEvent(event)
        self._fit()


def _decoded(image: bytes) -> QPixmap:
    page = QPixmap()
    page.loadFromData(image)
    return page
