"""登记收文: the scan at the left, the five fields that matter at the right, the rest folded."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import Enum, auto
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, QStringListModel, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QWidget

from deskoffice._generated.circulation.incoming_form import Ui_IncomingForm
from deskoffice.domain.circulation.incoming import IncomingDraft, next_copy
from deskoffice.domain.document_numbers import canonical
from deskoffice.domain.errors import DeskOfficeError, InvalidDraft
from deskoffice.domain.matters import Changes, ContentRole, MatterRow
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.circulation.barcode_gun import BarcodeGun
from deskoffice.ui.circulation.due_hint import DueHint
from deskoffice.ui.circulation.incoming_scans import ScanFilling
from deskoffice.ui.circulation.own_book import OwnBook
from deskoffice.ui.circulation.scan_reading import Reader, is_readable
from deskoffice.ui.desk import Desk
from deskoffice.ui.files import choose_files, read_files
from deskoffice.ui.forms import FormBinding
from deskoffice.ui.picker import unit_choices
from deskoffice.ui.spelling import Spelling
from deskoffice.ui.tree import descendants
from deskoffice.ui.typing import Typing
from deskoffice.usecases import book_import, scanning
from deskoffice.usecases.attachments import FileDraft
from deskoffice.usecases.circulation import incoming, incoming_envelopes
from deskoffice.usecases.circulation.incoming import KnownCopy
from deskoffice.usecases.messages import sentence
from deskoffice.usecases.office import Office

FOLDED = ("received_on", "document_date", "copies", "pages", "retention", "addressee", "delivery", "must_return")
EDIT_WIDTH = 860
SCANS = "扫描件 (*.jpg *.jpeg *.png *.tif *.tiff *.bmp *.pdf)"
Done = Callable[[Changes], None]


class Task(Enum):
    """What the form is open for."""

    REGISTER = auto()
    EDIT = auto()
    OPEN = auto()
    """拆封: what the envelope said is there, what was inside is to be filled in."""


class IncomingForm(QDialog):
    """Registers one document after another, corrects one, or completes one whose envelope was opened (`matter_id`)."""

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        *,
        matter_id: int | None = None,
        task: Task = Task.EDIT,
        reader: Reader = scanning.Reading,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._matter_id = desk, matter_id
        self._task = Task.REGISTER if matter_id is None else task
        self.setAcceptDrops(self._task is not Task.EDIT)
        self._files: list[FileDraft] = []
        self._known: MatterRow | None = None
        self._ui = Ui_IncomingForm()
        self._ui.setupUi(self)
        self._form = FormBinding(self, IncomingDraft)
        self._file_names = QStringListModel(self)
        self._scans = ScanFilling(desk, self._ui, form=self._form, reader=reader, parent=self)
        self._wanted: Done | None = None
        self._set_up_units()
        self._connect()
        self._connect_scans()
        wide = parent.size() * 0.94
        # Without a paper beside it the fields need half the width.
        self.resize(wide if self._task is not Task.EDIT else QSize(min(EDIT_WIDTH, wide.width()), wide.height()))
        self._ui.splitter.setSizes([self.width() * 2 // 5, self.width() * 3 // 5])
        self._begin()
        own = OwnBook(self._ui, folded=FOLDED, parent=self)
        desk.jobs.run(lambda _: book_import.own_columns(desk.office), self, done=own.show)
        key = "incoming" if matter_id is None else f"incoming.{matter_id}"
        self._typing = Typing(desk, key, form=self, read=self._form.values, show=self._form.show_values)
        self._typing.restored.connect(self._on_restored)
        self._ui.restoredLabel.linkActivated.connect(self._start_afresh)

    def _set_up_units(self) -> None:
        Spelling(self._ui.sourceUnitLineEdit, lambda: unit_choices(self._desk.directory.units))
        self._ui.filesListView.setModel(self._file_names)
        self._ui.filesListView.selectionModel().currentChanged.connect(self._on_file_changed)

    def _connect(self) -> None:
        ui = self._ui
        ui.registerPushButton.clicked.connect(lambda: self._submit(self._on_registered))
        ui.againPushButton.clicked.connect(lambda: self._submit(self._on_registered_again))
        ui.nextCopyPushButton.clicked.connect(lambda: self._submit(self._on_registered_copy))
        ui.cancelPushButton.clicked.connect(self.reject)
        ui.addFilePushButton.clicked.connect(self._on_add_file_clicked)
        ui.knownPushButton.clicked.connect(self._on_known_clicked)
        ui.morePushButton.toggled.connect(ui.moreWidget.setVisible)
        ui.documentNumberLineEdit.editingFinished.connect(self._on_number_entered)
        ui.sourceUnitLineEdit.editingFinished.connect(self._look_for_known)
        ui.copyNumberLineEdit.editingFinished.connect(self._look_for_known)
        boxes = (ui.urgencyComboBox, ui.postKindComboBox)
        DueHint(self._desk, *boxes, received=ui.receivedOnDateEdit, due=ui.dueOnDateEdit, label=ui.dueOnLabel)
        QShortcut(QKeySequence("Ctrl+Return"), self, ui.registerPushButton.click)
        QShortcut(QKeySequence("Ctrl+Shift+Return"), self, ui.againPushButton.click)
        QShortcut(QKeySequence("Ctrl+D"), self, ui.nextCopyPushButton.click)
        for button in descendants(self, QPushButton):
            button.setAutoDefault(False)
        for line in descendants(self, QLineEdit):
            # As in a spreadsheet: Enter goes to the next field.
            line.returnPressed.connect(self.focusNextChild)

    def _connect_scans(self) -> None:
        self._ui.chooseScansPushButton.clicked.connect(
            lambda: choose_files(self, self.tr("案头 · 选择扫描件，一件一个文件"), self._add_scans, name_filter=SCANS)
        )
        self._scans.listen(BarcodeGun(self))
        self._scans.filled.connect(self._on_filled)
        self._scans.pile.read.connect(self._on_scan_read)
        self.finished.connect(self._scans.pile.end)
        self._desk.leaving.connect(self._scans.pile.end)

    def _begin(self) -> None:
        ui, office = self._ui, self._desk.office
        is_new = self._matter_id is None
        ui.againPushButton.setVisible(is_new)
        ui.nextCopyPushButton.setVisible(is_new)
        ui.paperFrame.setVisible(self._task is not Task.EDIT)
        if self._matter_id is None:
            self._form.show(IncomingDraft(source_unit="", title="", received_on=office.today()))
            ui.sourceUnitLineEdit.setFocus()
            return
        matter_id = self._matter_id
        is_opening = self._task is Task.OPEN
        self.setWindowTitle(self.tr("案头 · 拆封登记") if is_opening else self.tr("案头 · 修改收文登记"))
        ui.formTitleLabel.setText(self.tr("拆封登记") if is_opening else self.tr("修改收文登记"))
        ui.registerPushButton.setText(self.tr("拆封并登记  Ctrl+Enter") if is_opening else self.tr("保存  Ctrl+Enter"))
        ui.levelComboBox.setEnabled(False)
        known = incoming_envelopes.inside_of if is_opening else incoming.draft_of
        self._desk.jobs.run(lambda _: known(office, matter_id), self, done=self._form.show)

    def _submit(self, done: Done) -> None:
        if self._scans.is_reading:
            # Its words belong to the paper, and what it says may still fill a field.
            self._wanted = done
            show_problem(self._ui.scanLabel, self.tr("扫描件读完就登记…"))
            return
        draft, office, files, matter_id = self._form.read(), self._desk.office, self._papers(), self._matter_id
        self._ui.registerPushButton.setEnabled(False)
        self._desk.jobs.run(
            lambda _: self._stored(office, matter_id, draft, files), self, done=done, failed=self._on_failed
        )

    def _stored(
        self, office: Office, matter_id: int | None, draft: IncomingDraft, files: Sequence[FileDraft]
    ) -> Changes:
        """In the worker."""
        if matter_id is None:
            return incoming.register(office, draft, files)
        if self._task is Task.OPEN:
            return incoming_envelopes.open_envelope(office, matter_id, draft, files)
        return incoming.edit(office, matter_id, draft)

    def _papers(self) -> tuple[FileDraft, ...]:
        """The first file is the paper itself, the others go with it."""
        return tuple(
            replace(file, role=ContentRole.ATTACHMENT if at else ContentRole.BODY, read_text=self._scans.text_of(file))
            for at, file in enumerate(self._files)
        )

    def _on_registered(self, changes: Changes) -> None:
        at, total = self._scans.pile.place
        if at < total or self._scans.is_by_gun:
            self._on_registered_again(changes)
            return
        self._typing.forget()
        self._tell(changes)
        self.accept()

    def _on_registered_again(self, changes: Changes) -> None:
        self._tell(changes)
        self._ui.registerPushButton.setEnabled(True)
        self._scans.confirm_all()
        self._ui.knownFrame.hide()
        self._begin()
        self._typing.begin_anew()
        self._scans.pile.next()
        self._show_first_scan()

    def _on_registered_copy(self, changes: Changes) -> None:
        """再登一份: everything stays but the number of the copy, which is the next."""
        kept = self._form.read()
        self._tell(changes)
        self._ui.registerPushButton.setEnabled(True)
        self._typing.begin_anew()
        self._show_files([])
        self._form.show(replace(kept, copy_number=next_copy(kept.copy_number)))
        self._ui.copyNumberLineEdit.setFocus()
        self._ui.copyNumberLineEdit.selectAll()

    def _show_first_scan(self) -> None:
        piece = self._scans.pile.first
        self._show_files([piece.file] if piece is not None else [])
        self._scans.show_first()

    def _add_scans(self, paths: Sequence[Path]) -> None:
        """选择扫描件: each file is a piece of its own."""

        def take(files: list[FileDraft]) -> None:
            was_empty = self._scans.pile.first is None
            self._scans.add(files)
            if was_empty:
                self._show_first_scan()

        self._desk.jobs.run(lambda _: read_files(paths), self, done=take)

    def _on_filled(self) -> None:
        """One look and one Enter: the button has the cursor unless something must still be typed."""
        button = self._ui.registerPushButton
        button.setAutoDefault(True)
        # What was read is shown whole: it is to be confirmed, day and addressee too.
        self._ui.morePushButton.setChecked(True)
        (self._scans.missing or button).setFocus()
        self._look_for_known()

    def _on_scan_read(self) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self._submit(wanted)

    def _on_restored(self) -> None:
        afresh = self.tr("已恢复上次没写完的内容。<a href='afresh'>重新填写</a>")
        again = self.tr("已恢复上次没写完的内容。")
        show_problem(self._ui.restoredLabel, afresh if self._matter_id is None else again)

    def _start_afresh(self) -> None:
        show_problem(self._ui.restoredLabel, "")
        self._form.show(IncomingDraft(source_unit="", title="", received_on=self._desk.office.today()))
        self._typing.begin_anew()
        self._ui.sourceUnitLineEdit.setFocus()

    def _tell(self, changes: Changes) -> None:
        self._desk.tell(f"已登记 {changes.number}" if changes.number else "已保存")
        self._desk.note(changes)

    def _on_failed(self, error: DeskOfficeError) -> None:
        self._ui.registerPushButton.setEnabled(True)
        problems = error.problems if isinstance(error, InvalidDraft) else {}
        if not self._ui.moreWidget.isVisible() and not set(FOLDED).isdisjoint(problems):
            self._ui.morePushButton.setChecked(True)
        has_all = self._form.show_problems(problems)
        show_problem(self._ui.problemLabel, "" if problems and has_all else sentence(error))

    def _on_number_entered(self) -> None:
        """Brackets as the standard writes them, however they were typed."""
        line = self._ui.documentNumberLineEdit
        line.setText(canonical(line.text()) or line.text())
        self._look_for_known()

    def _look_for_known(self) -> None:
        if self._matter_id is None:
            draft, office = self._form.read(), self._desk.office
            self._desk.jobs.run(lambda _: incoming.known_copies(office, draft), self, done=self._show_known)

    def _show_known(self, copies: tuple[KnownCopy, ...]) -> None:
        first = copies[0] if copies else None
        self._known = first.row if first is not None else None
        if first is not None:
            text = self._said_of(first).replace("%1", first.row.number).replace("%2", first.row.title)
            self._ui.knownLabel.setText(text.replace("%3", first.copy_number or self.tr("未填")))
        self._ui.knownFrame.setVisible(first is not None)

    def _said_of(self, copy: KnownCopy) -> str:
        if copy.is_returned:
            return self.tr("这份文件退过文：%1 %2。照常登记，会记为已重报。")
        if copy.is_same:
            return self.tr("这一份已登记过，不用再登：%1 %2（份号 %3）。若是另一份，请填份号。")
        return self.tr("同一文件的另一份已登记：%1 %2（份号 %3）。这一份照常登记。")

    def _on_known_clicked(self) -> None:
        if self._known is not None:
            self._desk.open_matter(self._known)
            self.reject()

    def _on_add_file_clicked(self) -> None:
        choose_files(self, self.tr("案头 · 加入文件"), self._add_paths)

    def _add_paths(self, paths: Sequence[Path]) -> None:
        self._desk.jobs.run(lambda _: read_files(paths), self, done=self._take_files)

    def _take_files(self, new: list[FileDraft]) -> None:
        """The first scan among them is read into the form."""
        scans = [file for file in new if is_readable(file.name)]
        is_first = self._scans.pile.first is None and self._task is not Task.EDIT
        self._show_files([*self._files, *new])
        if scans and is_first:
            self._scans.add(scans[:1])

    def _show_files(self, files: list[FileDraft]) -> None:
        self._files = files
        self._file_names.setStringList([file.name for file in files])
        self._ui.filesListView.setVisible(len(files) > 1)
        self._ui.dropLabel.setVisible(not files)
        if files:
            last = self._file_names.index(len(files) - 1, 0)
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self._ui.filesListView.selectionModel().setCurrentIndex(last, flag)
        else:
            self._ui.filePreview.show_nothing("")

    def _on_file_changed(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self._files):
            self._ui.filePreview.show_file(self._desk, self._files[index.row()])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files of this machine, nothing else."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the dropped files."""
        self._add_paths([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()
