"""The stack of pages: as large as the page in view asks for, so that one large page does not make all others scroll."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget, QWidget


class PageStack(QStackedWidget):
    """Stands in a scroll area: on a small screen, or with large type, a page scrolls and is not cut."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.currentChanged.connect(self.updateGeometry)

    def minimumSizeHint(self) -> QSize:
        """What the page in view needs at least."""
        page = self.currentWidget()
        return super().minimumSizeHint() if page is None else page.minimumSizeHint()

    def sizeHint(self) -> QSize:
        """What the page in view would like."""
        page = self.currentWidget()
        return super().sizeHint() if page is None else page.sizeHint()
