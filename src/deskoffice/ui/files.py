"""Choosing files of this machine and adding them to a matter."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from deskoffice.domain.matters import Changes, MatterCard
from deskoffice.ui.desk import Desk
from deskoffice.ui.jobs import Progress
from deskoffice.usecases import attachments
from deskoffice.usecases.attachments import FileDraft

FILTER = "文件 (*.docx *.pdf *.txt *.md *.png *.jpg *.jpeg *.bmp *.tif *.tiff *.xlsx)"

ANY_FILE = "所有文件 (*)"


def choose_files(
    parent: QWidget, title: str, chosen: Callable[[list[Path]], None], *, name_filter: str = FILTER
) -> None:
    """Ask for files; nothing happens on cancel."""
    dialog = _dialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setNameFilter(name_filter)
    dialog.filesSelected.connect(lambda names: chosen([Path(name) for name in names]))
    dialog.open()


def choose_target(parent: QWidget, title: str, *, name: str, chosen: Callable[[Path], None]) -> None:
    """Ask where to write one file."""
    dialog = _dialog(parent, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(name).suffix.removeprefix("."))
    dialog.selectFile(name)
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.open()


def choose_folder(parent: QWidget, title: str, *, chosen: Callable[[Path], None]) -> None:
    """Ask for a folder."""
    dialog = _dialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.open()


def _dialog(parent: QWidget, title: str) -> QFileDialog:
    dialog = QFileDialog(parent, title)
    # The desktop's own dialog would feed its list of recent files.
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setHistory([])
    # The table of details would show words of Qt that have no Chinese.
    dialog.setViewMode(QFileDialog.ViewMode.List)
    dialog.finished.connect(dialog.deleteLater)
    return dialog


def read_files(paths: Sequence[Path]) -> list[FileDraft]:
    """Read into memory; in the worker, since a stick may be slow."""
    return [FileDraft(path.name, path.read_bytes()) for path in paths]


def attach_files(desk: Desk, card: MatterCard, parent: QWidget) -> None:
    """加附件: choose files and add each to the matter."""

    def add(paths: list[Path]) -> None:
        def work(progress: Progress) -> Changes:
            for at, file in enumerate(read_files(paths)):
                progress.check()
                attachments.attach(desk.office, card.row.id, file)
                progress.report(at + 1, len(paths))
            return Changes((card.row.id,))

        def done(changes: Changes) -> None:
            desk.tell(f"已加入 {len(paths)} 个附件")
            desk.note(changes)

        desk.jobs.run(work, desk, done=done)

    choose_files(parent, "案头 · 加附件", add)
