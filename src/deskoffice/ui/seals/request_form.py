"""申请用印: the paper to be sealed at the left, what is asked for at the right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from deskoffice._generated.seals.request_form import Ui_SealRequestForm
from deskoffice.domain.matters import Changes, ListQuery, MatterKind, MatterRow
from deskoffice.domain.people import PersonRow
from deskoffice.domain.seal_inventory import SealRow
from deskoffice.domain.seals import PaperKind, SealUseDraft
from deskoffice.domain.values import Classification
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.desk import Desk
from deskoffice.ui.files import choose_files, read_files
from deskoffice.ui.leads import person_label
from deskoffice.ui.matter_form import MatterForm, Store
from deskoffice.usecases import matters, seal_inventory, seals
from deskoffice.usecases.attachments import FileDraft
from deskoffice.usecases.circulation import outgoing
from deskoffice.usecases.office import Office


@dataclass(frozen=True, slots=True)
class RequestTyped:
    """One field for each widget of the form; the seal and the approver by their names."""

    seal: str
    signed: str
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


LEADERS = "按审批权限送批"
"""Laid before whoever approves such a use, by kind of seal and of paper."""
WITH_FILE = "随申请附上的文件"
"""The paper comes along; the other choices are documents signed here."""
OFFERED = 50
"""Signed documents to choose from, the latest first."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What the form lets people choose from."""

    seals: tuple[SealRow, ...]
    approvers: tuple[PersonRow, ...]
    signed: tuple[MatterRow, ...]


def _read_offer(office: Office) -> Offer:
    query = ListQuery(frozenset({MatterKind.OUTGOING}), states=seals.SIGNED_STATES)
    signed = matters.list_page(office, query, 0, OFFERED).rows
    return Offer(seal_inventory.usable(office), outgoing.signatories(office), signed)


class SealRequestForm(MatterForm[RequestTyped]):
    """What is approved is the file chosen here, in this version."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        self._offer = Offer((), (), ())
        self._paper: FileDraft | None = None
        self._ui = Ui_SealRequestForm()
        empty = RequestTyped(
            seal="",
            signed=WITH_FILE,
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
        self._ui.signedComboBox.currentIndexChanged.connect(self._on_signed_chosen)
        self._ui.copiesSpinBox.valueChanged.connect(self._on_copies_changed)
        self._ui.titleLineEdit.setFocus()

    def prepare(self) -> None:
        """Seals in use, who may approve, what was signed."""
        office = self.desk.office
        self._ui.approverComboBox.addItem(LEADERS)
        self._ui.signedComboBox.addItem(WITH_FILE)
        self.desk.jobs.run(lambda _: _read_offer(office), self, done=self._show_offer)

    def _show_offer(self, found: Offer) -> None:
        self._offer = found
        _fill(self._ui.sealComboBox, [seal.name for seal in found.seals])
        _fill(self._ui.approverComboBox, [person_label(one) for one in found.approvers])
        _fill(self._ui.signedComboBox, [_signed_label(row) for row in found.signed])
        if not found.seals:
            show_problem(self._ui.sealProblemLabel, self.tr("还没有在用的印章，请先在“印章”里登记。"))

    def store(self) -> Store:
        """The request with its paper, which a signed document does not need."""
        typed = self.form.read()
        paper = self._paper if self._signed(typed.signed) is None else None
        draft, approver_id = self._draft(typed), self._approver_id(typed)
        return lambda office: seals.request(office, draft, paper, approver_id=approver_id)

    def _draft(self, typed: RequestTyped) -> SealUseDraft:
        signed = self._signed(typed.signed)
        seal_id = next((seal.id for seal in self._offer.seals if seal.name == typed.seal), 0)
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
            signed_id=None if signed is None else signed.id,
        )

    def _signed(self, chosen: str) -> MatterRow | None:
        return next((row for row in self._offer.signed if _signed_label(row) == chosen), None)

    def _on_signed_chosen(self) -> None:
        """A signed document brings its own title, unit and level."""
        signed = self._signed(self._ui.signedComboBox.currentText())
        self._ui.paperFrame.setEnabled(signed is None)
        if signed is None:
            return
        changed = replace(
            self.form.read(),
            title=signed.title,
            unit=signed.unit or self.desk.actor.unit,
            paper_kind=PaperKind.OUTGOING,
            level=signed.level,
            secrecy_years=signed.secrecy_years,
        )
        self.form.show(changed)

    def _approver_id(self, typed: RequestTyped) -> int | None:
        return next((one.id for one in self._offer.approvers if person_label(one) == typed.approver), None)

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


def _signed_label(row: MatterRow) -> str:
    return f"{row.document_number}　{row.title}"


def _fill(combo: QComboBox, names: Sequence[str]) -> None:
    """Add what can be chosen; what was chosen stays."""
    kept = combo.currentText()
    combo.addItems(list(names))
    combo.setCurrentText(kept)
    if combo.currentIndex() < 0 and combo.count():
        combo.setCurrentIndex(0)
