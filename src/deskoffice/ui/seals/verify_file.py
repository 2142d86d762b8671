"""验证盖章文件: a file is chosen or dropped, and the verdict stands above its pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from deskoffice._generated.seals.verify_file import Ui_VerifyDialog
from deskoffice.domain.errors import DeskOfficeError
from deskoffice.ui.desk import Desk
from deskoffice.ui.files import choose_files, read_files
from deskoffice.ui.theme import mark
from deskoffice.ui.tree import descendants
from deskoffice.usecases import seal_verifying
from deskoffice.usecases.attachments import FileDraft
from deskoffice.usecases.messages import sentence
from deskoffice.usecases.office import Office
from deskoffice.usecases.seal_verifying import FileVerdict, Finding

ONLY_PDF = "PDF (*.pdf)"


@dataclass(frozen=True, slots=True)
class Verified:
    """A file and what the check of it came to."""

    file: FileDraft
    verdict: FileVerdict


def open_verify(desk: Desk, parent: QWidget) -> None:
    """An empty dialog that waits for a file."""
    VerifyDialog(desk, parent).open()


class VerifyDialog(QDialog):
    """Says of any PDF whether it is what was stamped here."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self._ui = Ui_VerifyDialog()
        self._ui.setupUi(self)
        self._ui.choosePushButton.clicked.connect(self._on_choose_clicked)
        self._ui.closePushButton.clicked.connect(self.reject)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Open), self, self._on_choose_clicked)
        for button in descendants(self, QPushButton):
            button.setAutoDefault(False)
        self._ui.filePreview.show_nothing("")
        self.resize(parent.size() * 0.8)

    def _on_choose_clicked(self) -> None:
        choose_files(self, self.tr("选盖过章的 PDF"), self.verify_paths, name_filter=ONLY_PDF)

    def verify_paths(self, paths: Sequence[Path]) -> None:
        """Read the first of these files and say what it is."""
        office = self._desk.office
        self._desk.jobs.run(
            lambda _: _verified(office, paths[0]), self, done=self.show_verified, failed=self._on_failed
        )

    def show_verified(self, found: Verified) -> None:
        """The verdict, what it rests on, and the pages."""
        ui, verdict = self._ui, found.verdict
        is_good = verdict.finding is Finding.AS_STAMPED
        ui.verdictLabel.setText(("✓　" if is_good else "✕　") + verdict.words)
        mark(ui.verdictLabel, "grade", "done" if is_good else "overdue")
        facts = (
            ("文件", found.file.name),
            ("SHA-256", verdict.digest),
            ("签名证书", verdict.fingerprint[:32]),
        )
        ui.factsLabel.setText("\n".join(f"{name}　{text}" for name, text in facts if text))
        ui.filePreview.show_file(self._desk, found.file)

    def _on_failed(self, error: DeskOfficeError) -> None:
        self._ui.verdictLabel.setText(sentence(error))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file of this machine, nothing else."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Check the dropped file."""
        self.verify_paths([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()


def _verified(office: Office, path: Path) -> Verified:
    file = read_files([path])[0]
    return Verified(file, seal_verifying.verify(office, file.data))
