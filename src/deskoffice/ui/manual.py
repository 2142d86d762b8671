"""F1: the manual, bundled with the program and opened at the chapter of the page."""

from importlib.resources import files

from PySide6.QtCore import QModelIndex, QStringListModel, Qt
from PySide6.QtWidgets import QDialog, QTextBrowser, QWidget

from deskoffice._generated.manual import Ui_Manual

CHAPTERS = (
    ("index", "一天的工作"),
    ("home", "待办与今日工作"),
    ("incoming", "收文办理"),
    ("outgoing", "发文办理"),
    ("seals", "用印"),
    ("meetings", "会议"),
    ("supervision", "督办"),
    ("lists", "列表、查找与视图"),
    ("keys", "快捷键"),
    ("security", "口令、锁定与备份"),
    ("officers", "三员与管理"),
)


class Manual(QDialog):
    """Chapters at the left, one of them at the right."""

    def __init__(self, topic: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._ui = Ui_Manual()
        self._ui.setupUi(self)
        self._names = QStringListModel([name for _, name in CHAPTERS], self)
        self._ui.chaptersListView.setModel(self._names)
        self._ui.chaptersListView.selectionModel().currentChanged.connect(self._on_chapter_changed)
        self._ui.closePushButton.clicked.connect(self.reject)
        self.resize(parent.size() * 0.85)
        keys = [key for key, _ in CHAPTERS]
        self._ui.chaptersListView.setCurrentIndex(self._names.index(keys.index(topic) if topic in keys else 0, 0))

    def _on_chapter_changed(self, index: QModelIndex) -> None:
        key = CHAPTERS[index.row()][0]
        show_chapter(self._ui.chapterTextBrowser, key)


def chapter(key: str) -> str:
    """The text of one chapter."""
    folder = files("deskoffice._generated").joinpath("resources", "manual")
    return folder.joinpath(f"{key}.html").read_text(encoding="utf-8")


def show_chapter(browser: QTextBrowser, key: str) -> None:
    """Show a chapter with headings in the sizes of the look."""
    browser.document().setDefaultStyleSheet("h1 { font-size: 20px } h2 { font-size: 16px }")
    browser.setHtml(chapter(key))
