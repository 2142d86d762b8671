"""申请用印: the paper to be sealed at the left, what is asked for at the right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from deskoffice._generated.seals.request_form import Ui_SealRequestForm
from deskoffice.domain.matters import Changes
from deskoffice.domain.people import PersonRow
from deskoffice.domain.seal_inventory import SealRow
from deskoffice.domain.seals import PaperKind, SealUseDraft
from deskoffice.domain.values import Classification
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.desk import Desk
from deskoffice.ui.files import choose_files, read_files
from deskoffice.ui.jobs import Progress
from deskoffice.ui.leads import person_label
from deskoffice.ui.matter_form import MatterForm, Store
from deskoffice.usecases import seal_inventory, seals
from deskoffice.usecases.attachments import FileDraft
from deskoffice.usecases.circulation import outgoing


@dataclass(frozen=True, slots=True)
class RequestTyped:
    """One field for each widget of the form; the seal and the approver by their names."""

    seal: str
    title: str
    subject: str
    unit: str
    copies: int
    imprints: int
    pages: int | None
    paper_kind: PaperKind
    level: Classification
    secrecy_years: int | None
    is_straddling: bool
    approver: str


LEADERS = "办公室领导"
"""Laid before whoever leads the office."""


class SealRequestForm(MatterForm[RequestTyped]):
    """What is approved is the file chosen here, in this version."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        self._seals: tuple[SealRow, ...] = ()
        self._approvers: tuple[PersonRow, ...] = ()
        self._paper: FileDraft | None = None
        self._ui = Ui_SealRequestForm()
        empty = RequestTyped(
            seal="",
            title="",
            subject="",
            unit=desk.actor.unit,
            copies=1,
            imprints=1,
            pages=None,
            paper_kind=PaperKind.CONTRACT,
            level=Classification.PUBLIC,
            secrecy_years=None,
            is_straddling=False,
            approver=LEADERS,
        )
        super().__init__(desk, self._ui, empty, key="seal_use", parent=parent)
        self.setAcceptDrops(True)
        self.resize(parent.size() * 0.94)
        self._ui.splitter.setSizes([self.width() // 2, self.width() // 2])
        self._ui.addFilePushButton.clicked.connect(
            lambda: choose_files(self, self.tr("案头 · 选要盖章的文件"), self._add_paths)
        )
        self._ui.copiesSpinBox.valueChanged.connect(self._on_copies_changed)
        self._ui.titleLineEdit.setFocus()

    def prepare(self) -> None:
        """Seals in use, and who may approve."""
        office = self.desk.office

        def work(progress: Progress) -> tuple[tuple[SealRow, ...], tuple[PersonRow, ...]]:
            del progress
            return seal_inventory.usable(office), outgoing.signatories(office)

        self._ui.approverComboBox.addItem(LEADERS)
        self.desk.jobs.run(work, self, done=self._offer)

    def _offer(self, found: tuple[tuple[SealRow, ...], tuple[PersonRow, ...]]) -> None:
        self._seals, self._approvers = found
        _fill(self._ui.sealComboBox, [seal.name for seal in self._seals])
        _fill(self._ui.approverComboBox, [person_label(one) for one in self._approvers])
        if not self._seals:
            show_problem(self._ui.sealProblemLabel, self.tr("还没有在用的印章，请先在“印章”里登记。"))

    def store(self) -> Store:
        """The request with its paper."""
        typed, paper = self.form.read(), self._paper
        draft, approver_id = self._draft(typed), self._approver_id(typed)
        return lambda office: seals.request(office, draft, paper, approver_id=approver_id)

    def _draft(self, typed: RequestTyped) -> SealUseDraft:
        seal_id = next((seal.id for seal in self._seals if seal.name == typed.seal), 0)
        return SealUseDraft(
            seal_id=seal_id,
            subject=typed.subject,
            title=typed.title,
            unit=typed.unit,
            copies=typed.copies,
            imprints=typed.imprints,
            pages=typed.pages,
            is_straddling=typed.is_straddling,
            paper_kind=typed.paper_kind,
            level=typed.level,
            secrecy_years=typed.secrecy_years,
        )

    def _approver_id(self, typed: RequestTyped) -> int | None:
        return next((one.id for one in self._approvers if person_label(one) == typed.approver), None)

    def told(self, changes: Changes) -> str:
        """A paper that bore a seal before is said, not forbidden."""
        text = f"用印申请 {changes.number} 已报审批"
        return f"{text}；这份文件以前盖过章" if "sealed_before" in changes.notes else text

    def other_problems(self) -> Mapping[str, QLabel]:
        """The paper has no field."""
        return {"paper": self._ui.paperProblemLabel}

    def _on_copies_changed(self, copies: int) -> None:
        """At least one imprint on each copy."""
        self._ui.imprintsSpinBox.setValue(max(copies, self._ui.imprintsSpinBox.value()))

    def _add_paths(self, paths: Sequence[Path]) -> None:
        self.desk.jobs.run(lambda _: read_files(paths[:1])[0], self, done=self.show_paper)

    def show_paper(self, paper: FileDraft) -> None:
        """Take the file that is to be sealed; its name is the first proposal for the title."""
        self._paper = paper
        self._ui.dropLabel.hide()
        show_problem(self._ui.paperProblemLabel, "")
        self._ui.filePreview.show_file(self.desk, paper)
        if not self._ui.titleLineEdit.text().strip():
            self._ui.titleLineEdit.setText(Path(paper.name).stem)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file of this machine, nothing else."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the dropped file."""
        self._add_paths([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()


def _fill(combo: QComboBox, names: Sequence[str]) -> None:
    """Add what can be chosen; what was chosen stays."""
    kept = combo.currentText()
    combo.addItems(list(names))
    combo.setCurrentText(kept)
    if combo.currentIndex() < 0 and combo.count():
        combo.setCurrentIndex(0)
