"""Pages of a document as they print: zoom, thumbnails, a large window."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QIcon,
    QImage,
    QKeySequence,
    QPixmap,
    QResizeEvent,
    QShortcut,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from deskoffice._generated.preview import Ui_PreviewPane
from deskoffice.domain.errors import DeskOfficeError
from deskoffice.domain.matters import ContentRow
from deskoffice.ui.desk import Desk
from deskoffice.ui.files import choose_target
from deskoffice.ui.jobs import Job, Progress
from deskoffice.ui.pages_view import PagesView
from deskoffice.ui.print_dialog import PrintDialog
from deskoffice.ui.print_run import image_of
from deskoffice.usecases import previews, print_ledger
from deskoffice.usecases.attachments import FileDraft
from deskoffice.usecases.messages import sentence
from deskoffice.usecases.office import Office
from deskoffice.usecases.previews import PdfPaper, Spot

RENDERED_WIDTH = 1240
"""Pixels of A4 at 150 dpi: sharp up to 150 % zoom."""

THUMBNAIL, SOME = 84, 12
WIDE = 700
"""From this width on there is room for thumbnails beside the pages."""

LARGEST_FIT = 0.7
"""About 110 %: a page need not be as wide as a wide screen."""
OWN_FORM = ".json"
STEPS = (0.25, 0.35, 0.5, 0.7, 0.85, 1.0, 1.25, 1.5)


class PreviewPane(QWidget):
    """Shows one content. It is read, and the reading logged, only when the pane comes into view."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ui = Ui_PreviewPane()
        self._is_made = False
        self._desk: Desk | None = None
        self._matter_id = 0
        self._is_fitted = True
        self._content: ContentRow | None = None
        self._paper: PdfPaper | None = None
        self._job: Job[tuple[PdfPaper, list[QSize]]] | None = None
        self._asked: set[int] = set()
        self._spots: Sequence[Spot] = ()
        self._spot = 0
        self.is_printable = True
        self._thumbnails = QStandardItemModel(self)

    def _make(self) -> None:
        """Its parts, once it has something to say: most cards are left before their papers are looked at."""
        ui = self._ui
        ui.setupUi(self)
        self._view = PagesView()
        ui.previewScrollArea.setWidget(self._view)
        ui.thumbnailsListView.setModel(self._thumbnails)
        ui.thumbnailsListView.setIconSize(QSize(THUMBNAIL, THUMBNAIL * 10 // 7))
        self._connect()
        self._is_made = True

    def _connect(self) -> None:
        ui = self._ui
        # A page is asked for while the view is being painted; it may not change before that is over.
        self._view.wanted.connect(self._on_page_wanted, Qt.ConnectionType.QueuedConnection)
        ui.thumbnailsListView.clicked.connect(lambda index: self._turn_to(index.row()))
        ui.inPushButton.clicked.connect(lambda: self._zoom(up=True))
        ui.outPushButton.clicked.connect(lambda: self._zoom(up=False))
        ui.fitPushButton.clicked.connect(self.fit_width)
        ui.windowPushButton.clicked.connect(self._on_window_clicked)
        ui.printPushButton.clicked.connect(self._on_print_clicked)
        ui.savePushButton.clicked.connect(self._on_save_clicked)
        ui.findLineEdit.textChanged.connect(self._on_words_changed)
        ui.findLineEdit.returnPressed.connect(self._on_next_asked)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, ui.findLineEdit.setFocus)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def show_content(self, desk: Desk, matter_id: int, content: ContentRow) -> None:
        """Read the pages of a content and show them to the width of the pane."""
        if self._content is not None and content.content_id == self._content.content_id:
            return
        self.show_nothing(self.tr("正在打开…"))
        self._matter_id, self._content = matter_id, content
        # The program's own form of a text is no file to those who work with Word.
        self._ui.nameLabel.setText(content.name.removesuffix(OWN_FORM))
        self._show_made(desk, lambda office: previews.paper(office, matter_id, content.content_id))

    def show_file(self, desk: Desk, file: FileDraft) -> None:
        """Show a file that is not stored yet."""
        self.show_nothing(self.tr("正在打开…"))
        self._ui.nameLabel.setText(file.name)
        self.is_printable = False
        self._show_made(desk, lambda office: previews.paper_of_file(office, file))

    def show_pdf(self, desk: Desk, paper: PdfPaper) -> None:
        """Show a paper that was made just now."""
        self.show_nothing(self.tr("正在排版…"))
        self._show_made(desk, lambda _: paper)

    def _show_made(self, desk: Desk, make: Callable[[Office], PdfPaper]) -> None:
        self._desk = desk

        def work(progress: Progress) -> tuple[PdfPaper, list[QSize]]:
            del progress
            paper = make(desk.office)
            return paper, [QSize(*size) for size in previews.sizes(paper.data, RENDERED_WIDTH)]

        self._job = desk.jobs.run(work, self, done=self._show_paper, failed=self._on_failed)

    def _show_paper(self, made: tuple[PdfPaper, list[QSize]]) -> None:
        paper, sizes = made
        if not sizes:
            self._ui.emptyLabel.setText(self.tr("这种文件不能在这里显示，可另存后打开"))
            self._set_tools_visible(visible=False)
            return
        self._paper = paper
        self._view.show_pages(sizes)
        for at in range(len(sizes)):
            self._thumbnails.appendRow(QStandardItem(f"{at + 1}"))
        self._set_tools_visible(visible=True)
        self.fit_width()
        self._on_page_wanted(0)

    def _show_thumbnails(self, pictures: Sequence[tuple[int, QImage]]) -> None:
        """Some at a time, so that a page that comes into view need not wait for all."""
        for at, image in pictures:
            self._thumbnails.setItem(at, QStandardItem(QIcon(QPixmap.fromImage(image)), f"{at + 1}"))
        following = pictures[-1][0] + 1
        self._draw(range(self._thumbnails.rowCount())[following : following + SOME], THUMBNAIL, self._show_thumbnails)

    def _on_page_wanted(self, page: int) -> None:
        if page not in self._asked and self._paper is not None:
            self._asked.add(page)
            self._draw((page,), RENDERED_WIDTH, self._show_pictures)

    def _show_pictures(self, pictures: Sequence[tuple[int, QImage]]) -> None:
        for page, image in pictures:
            self._asked.discard(page)
            self._view.show_picture(page, QPixmap.fromImage(image))
        if self._thumbnails.rowCount() > 1 and not self._thumbnails.item(0).icon().availableSizes():
            self._draw(range(self._thumbnails.rowCount())[:SOME], THUMBNAIL, self._show_thumbnails)

    def _draw(self, pages: Sequence[int], width: int, done: Callable[[Sequence[tuple[int, QImage]]], None]) -> None:
        """Pictures of pages, made in the worker; what belongs to another paper by then is dropped."""
        paper = self._paper
        if self._desk is None or paper is None or not pages:
            return

        def work(progress: Progress) -> list[tuple[int, QImage]]:
            del progress
            return [(page, image_of(paper.data, page, width)) for page in pages]

        def show(pictures: Sequence[tuple[int, QImage]]) -> None:
            if self._paper is paper:
                done(pictures)

        self._desk.jobs.run(work, self, done=show)

    def show_picture(self, name: str, picture: QPixmap) -> None:
        """Show one page that is a picture already."""
        self.show_nothing("")
        self._ui.nameLabel.setText(name)
        page = picture.scaledToWidth(RENDERED_WIDTH, Qt.TransformationMode.SmoothTransformation)
        self._view.show_pages([page.size()])
        self._view.show_picture(0, page)
        self._set_tools_visible(visible=True)
        self.fit_width()

    def _on_failed(self, error: DeskOfficeError) -> None:
        self.show_nothing(sentence(error))

    def show_nothing(self, reason: str) -> None:
        """Empty the pane and say why."""
        if not self._is_made:
            self._make()
        if self._job is not None:
            self._job.drop()
        self._content, self._paper = None, None
        self._asked.clear()
        self._spots = ()
        self._ui.findLineEdit.clear()
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
        is_file = self._content is not None and not self._content.name.endswith(OWN_FORM)
        ui.savePushButton.setVisible(is_file and self.is_printable)
        ui.printPushButton.setVisible(visible and self.is_printable and self._paper is not None)
        is_searched = visible and self._paper is not None and self.width() > WIDE
        ui.findLineEdit.setVisible(is_searched)
        ui.foundLabel.setVisible(is_searched)
        ui.thumbnailsListView.setVisible(visible and self.width() > WIDE and self._thumbnails.rowCount() > 1)
        ui.previewStack.setCurrentWidget(ui.pagesPage if visible else ui.emptyPage)

    def _is_window(self) -> bool:
        return isinstance(self.window(), PreviewWindow)

    def _on_words_changed(self, words: str) -> None:
        paper = self._paper
        if self._desk is None or paper is None:
            return
        if not words.strip():
            self._show_spots(())
            return
        self._desk.jobs.run(lambda _: previews.find(paper.data, words), self, done=self._show_spots)

    def _show_spots(self, spots: Sequence[Spot]) -> None:
        self._spots, self._spot = spots, 0
        self._show_spot()

    def _on_next_asked(self) -> None:
        self._spot = (self._spot + 1) % max(len(self._spots), 1)
        self._show_spot()

    def _show_spot(self) -> None:
        """Mark every place, frame the current one and bring it into view."""
        spots, typed = self._spots, bool(self._ui.findLineEdit.text().strip())
        found = self.tr("%1 / %2").replace("%1", str(self._spot + 1)).replace("%2", str(len(spots)))
        self._ui.foundLabel.setText(found if spots else self.tr("没有找到") if typed else "")
        marks: dict[int, list[QRectF]] = {}
        for spot in spots:
            marks.setdefault(spot.page, []).append(self._box(spot))
        current = (spots[self._spot].page, self._box(spots[self._spot])) if spots else None
        self._view.show_marks(marks, current, self._desk.tokens.action if self._desk else "")
        if current is not None:
            middle = self._view.place_of(*current).center()
            self._ui.previewScrollArea.ensureVisible(middle.x(), middle.y(), 80, 80)

    @staticmethod
    def _box(spot: Spot) -> QRectF:
        return QRectF(spot.left, spot.top, spot.width, spot.height)

    def fit_width(self) -> None:
        """Zoom so that a page is as wide as the pane."""
        width = self._ui.previewScrollArea.viewport().width()
        self._is_fitted = True
        self._set_zoom(min(max(0.1, width / RENDERED_WIDTH), LARGEST_FIT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A page that was fitted stays fitted."""
        super().resizeEvent(event)
        if not self._is_made:
            return
        self._set_tools_visible(visible=self._ui.previewStack.currentWidget() is self._ui.pagesPage)
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

    def _on_print_clicked(self) -> None:
        if self._desk is not None and self._paper is not None:
            PrintDialog(self._desk, self._paper, parent=self.window()).open()

    def _on_save_clicked(self) -> None:
        if self._content is not None:
            choose_target(self, self.tr("案头 · 另存"), name=self._content.name, chosen=self.save_original)

    def save_original(self, target: Path) -> None:
        """Write the file as it came; the export is entered like a print."""
        desk, matter_id, content = self._desk, self._matter_id, self._content
        if desk is None or content is None:
            return

        def work(progress: Progress) -> str:
            del progress
            paper = previews.original(desk.office, matter_id, content.content_id)
            return print_ledger.save(desk.office, paper, target)

        told = self.tr("已存为 %1，文件没有加密，追踪码 %2").replace("%1", target.name)
        desk.jobs.run(work, self, done=lambda code: desk.tell(told.replace("%2", code)))

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
