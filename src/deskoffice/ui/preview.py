"""Pages of a document as they print: zoom, thumbnails, a large window."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPixmap, QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from deskoffice._generated.preview import Ui_PreviewPane
from deskoffice.domain.errors import DeskOfficeError
from deskoffice.domain.matters import ContentRow
from deskoffice.ui.desk import Desk
from deskoffice.ui.jobs import Job
from deskoffice.usecases import previews
from deskoffice.usecases.attachments import FileDraft
from deskoffice.usecases.messages import sentence
from deskoffice.usecases.previews import PdfPaper

RENDERED_WIDTH = 1240
"""Pixels of A4 at 150 dpi: sharp up to 150 % zoom, rendered once."""
GAP = 8
WIDE = 700
"""From this width on there is room for thumbnails beside the pages."""
LARGEST_FIT = 0.7
"""About 110 %: a page need not be as wide as a wide screen."""
STEPS = (0.25, 0.35, 0.5, 0.7, 0.85, 1.0, 1.25, 1.5)


class PagesView(QWidget):
    """Pages one under the other, scaled."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: list[QPixmap] = []
        self._scaled: dict[int, QPixmap] = {}
        self.scale = 1.0

    def show_pages(self, pages: list[QPixmap]) -> None:
        """Take the pages; nothing is rendered again on zoom."""
        self._pages = pages
        self.set_scale(self.scale)

    def set_scale(self, scale: float) -> None:
        """Show at so much of the rendered size."""
        self.scale = scale
        self._scaled.clear()
        sizes = [self._size(page) for page in self._pages]
        self.resize(max((size.width() for size in sizes), default=0), sum(size.height() + GAP for size in sizes) or 1)
        self.update()

    def top_of(self, page: int) -> int:
        """Where a page begins."""
        return sum(self._size(before).height() + GAP for before in self._pages[:page])

    def _size(self, page: QPixmap) -> QSize:
        return page.size() * self.scale

    def paintEvent(self, event: QPaintEvent) -> None:
        """Only the pages in view are scaled."""
        painter, top = QPainter(self), 0
        for at, page in enumerate(self._pages):
            box = QRect(QPoint(0, top), self._size(page))
            if box.intersects(event.rect()):
                if at not in self._scaled:
                    self._scaled[at] = page.scaled(
                        box.size(), Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
                    )
                painter.drawPixmap(box.topLeft(), self._scaled[at])
                painter.setPen(QColor("#C9D1DB"))
                painter.drawRect(box.adjusted(0, 0, -1, -1))
            top += box.height() + GAP


class PreviewPane(QWidget):
    """Shows one content. It is read, and the reading logged, only when the pane comes into view."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ui = Ui_PreviewPane()
        self._ui.setupUi(self)
        self._desk: Desk | None = None
        self._matter_id = 0
        self._is_fitted = True
        self._content: ContentRow | None = None
        self._job: Job[tuple[bytes, ...]] | None = None
        self._view = PagesView()
        self._ui.previewScrollArea.setWidget(self._view)
        self._thumbnails = QStandardItemModel(self)
        self._ui.thumbnailsListView.setModel(self._thumbnails)
        self._ui.thumbnailsListView.setIconSize(QSize(84, 119))
        self._ui.thumbnailsListView.clicked.connect(lambda index: self._turn_to(index.row()))
        self._ui.inPushButton.clicked.connect(lambda: self._zoom(up=True))
        self._ui.outPushButton.clicked.connect(lambda: self._zoom(up=False))
        self._ui.fitPushButton.clicked.connect(self.fit_width)
        self._ui.windowPushButton.clicked.connect(self._on_window_clicked)
        self.show_nothing("")

    def show_content(self, desk: Desk, matter_id: int, content: ContentRow) -> None:
        """Read the pages of a content and show them to the width of the pane."""
        if self._content is not None and content.content_id == self._content.content_id:
            return
        self.show_nothing(self.tr("正在打开…"))
        self._desk, self._matter_id, self._content = desk, matter_id, content
        self._ui.nameLabel.setText(content.name)
        self._job = desk.jobs.run(
            lambda _: previews.pages(desk.office, matter_id, content.content_id, RENDERED_WIDTH),
            self,
            done=self._show_png,
            failed=self._on_failed,
        )

    def show_file(self, desk: Desk, file: FileDraft) -> None:
        """Show a file that is not stored yet."""
        self.show_nothing(self.tr("正在打开…"))
        self._ui.nameLabel.setText(file.name)
        self._job = desk.jobs.run(
            lambda _: previews.pages_of_file(desk.office, file, RENDERED_WIDTH),
            self,
            done=self._show_png,
            failed=self._on_failed,
        )

    def show_pdf(self, desk: Desk, paper: PdfPaper) -> None:
        """Show a paper that was made just now."""
        self.show_nothing(self.tr("正在排版…"))
        self._job = desk.jobs.run(
            lambda _: previews.pdf_pages(paper.data, RENDERED_WIDTH), self, done=self._show_png, failed=self._on_failed
        )

    def show_picture(self, name: str, picture: QPixmap) -> None:
        """Show one page that is a picture already."""
        self.show_nothing("")
        self._ui.nameLabel.setText(name)
        smooth = Qt.TransformationMode.SmoothTransformation
        self._view.show_pages([picture.scaledToWidth(RENDERED_WIDTH, smooth)])
        self._set_tools_visible(visible=True)
        self.fit_width()

    def _on_failed(self, error: DeskOfficeError) -> None:
        self.show_nothing(sentence(error))

    def show_nothing(self, reason: str) -> None:
        """Empty the pane and say why."""
        if self._job is not None:
            self._job.drop()
        self._content = None
        self._view.show_pages([])
        self._thumbnails.clear()
        self._ui.nameLabel.clear()
        self._ui.emptyLabel.setText(reason)
        self._set_tools_visible(visible=False)

    def _set_tools_visible(self, *, visible: bool) -> None:
        ui = self._ui
        for widget in (ui.outPushButton, ui.zoomLabel, ui.inPushButton, ui.fitPushButton):
            widget.setVisible(visible)
        ui.windowPushButton.setVisible(visible and self._content is not None and not self._is_window())
        ui.thumbnailsListView.setVisible(visible and self.width() > WIDE and self._thumbnails.rowCount() > 1)
        ui.previewStack.setCurrentWidget(ui.pagesPage if visible else ui.emptyPage)

    def _is_window(self) -> bool:
        return isinstance(self.window(), PreviewWindow)

    def _show_png(self, images: Sequence[bytes]) -> None:
        pages: list[QPixmap] = []
        for image in images:
            page = QPixmap()
            page.loadFromData(image)
            pages.append(page)
        if not pages:
            self._ui.emptyLabel.setText(self.tr("这种文件不能在这里显示，可另存后打开"))
            return
        for at, page in enumerate(pages):
            thumb = page.scaledToWidth(84, Qt.TransformationMode.SmoothTransformation)
            self._thumbnails.appendRow(QStandardItem(QIcon(thumb), f"{at + 1}"))
        self._view.show_pages(pages)
        self._set_tools_visible(visible=True)
        self.fit_width()

    def fit_width(self) -> None:
        """Zoom so that a page is as wide as the pane."""
        width = self._ui.previewScrollArea.viewport().width()
        self._is_fitted = True
        self._set_zoom(min(max(0.1, width / RENDERED_WIDTH), LARGEST_FIT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A page that was fitted stays fitted."""
        super().resizeEvent(event)
        self._ui.thumbnailsListView.setVisible(self.width() > WIDE and self._thumbnails.rowCount() > 1)
        if self._is_fitted:
            self.fit_width()

    def _zoom(self, *, up: bool) -> None:
        now = self._view.scale
        self._is_fitted = False
        higher = [step for step in STEPS if step > now + 0.01]
        lower = [step for step in STEPS if step < now - 0.01]
        self._set_zoom((higher[:1] or [now])[0] if up else (lower[-1:] or [now])[0])

    def _set_zoom(self, scale: float) -> None:
        self._view.set_scale(scale)
        self._ui.zoomLabel.setText(f"{round(scale * RENDERED_WIDTH / 794 * 100)}%")  # A4 is 794 pixels at 96 dpi

    def _turn_to(self, page: int) -> None:
        self._ui.previewScrollArea.verticalScrollBar().setValue(self._view.top_of(page))

    def _on_window_clicked(self) -> None:
        if self._desk is not None and self._content is not None:
            PreviewWindow(self._desk, self._matter_id, content=self._content, parent=self.window()).show()


class PreviewWindow(QDialog):
    """The same pages, large, with thumbnails."""

    def __init__(self, desk: Desk, matter_id: int, *, content: ContentRow, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("案头 · 预览"))
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 16)
        self.pane = PreviewPane(self)
        box.addWidget(self.pane)
        self.resize(parent.size() * 0.9)
        self.pane.show_content(desk, matter_id, content)
