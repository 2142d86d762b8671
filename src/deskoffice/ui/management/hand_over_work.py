"""移交工作: what one person holds, looked through, then handed over at once."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from deskoffice._generated.management.hand_over_work import Ui_HandOverWork
from deskoffice.domain.errors import DeskOfficeError, InvalidDraft
from deskoffice.domain.people import Role
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.desk import Desk
from deskoffice.ui.leads import person_label
from deskoffice.ui.papers import show_paper
from deskoffice.ui.text_table import TextModel, show_in
from deskoffice.ui.tree import descendants
from deskoffice.usecases import handing_over
from deskoffice.usecases.handing_over import HandOverDraft, Held, Holdings
from deskoffice.usecases.messages import problem, sentence


class HandOverWork(QDialog):
    """The list is read again for each giver; the printed one is shown when it is done."""

    def __init__(self, desk: Desk, saved: Callable[[], None], *, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._saved, self._window = desk, saved, parent
        self._ui = ui = Ui_HandOverWork()
        ui.setupUi(self)
        self._model: TextModel[Held] = TextModel(
            ("类别", "编号", "名称（事由）", "说明"),
            lambda line: (line.kind, line.code, line.title, line.note),
            parent=self,
        )
        widths = ("督办事项", "东政办发〔2026〕88号", "", "三方签字后交接")
        show_in(ui.heldTableView, self._model, widths, stretch=2, tokens=desk.tokens)
        self._fill()
        ui.fromPersonComboBox.currentIndexChanged.connect(self._read)
        ui.donePushButton.clicked.connect(self._on_done_clicked)
        ui.cancelPushButton.clicked.connect(self.reject)
        QShortcut(QKeySequence("Ctrl+Return"), self, self._on_done_clicked)
        for button in descendants(self, QPushButton):
            button.setAutoDefault(False)
        self._read()

    def _fill(self) -> None:
        ui, actor = self._ui, self._desk.actor
        for box in (ui.toPersonComboBox, ui.witnessComboBox):
            box.addItem("", None)
        for person in self._desk.directory.persons:
            label = person_label(person)
            if person.id == actor.person_id or actor.has(Role.OFFICE_LEADER):
                ui.fromPersonComboBox.addItem(label, person.id)
            if person.account_id is not None:
                ui.toPersonComboBox.addItem(label, person.id)
            ui.witnessComboBox.addItem(label, person.id)
        ui.fromPersonComboBox.setCurrentIndex(max(0, ui.fromPersonComboBox.findData(actor.person_id)))

    def _read(self) -> None:
        office, person_id = self._desk.office, self._ui.fromPersonComboBox.currentData()
        if person_id is not None:
            self._desk.jobs.run(lambda _: handing_over.held(office, person_id), self, done=self._show)

    def _show(self, found: Holdings) -> None:
        self._model.show_rows(found.lines)
        text = self.tr("%1 项").replace("%1", str(len(found.lines)))
        if found.unknown:
            text += self.tr("，另有 %1 件不在您的知悉范围，请由本人移交").replace("%1", str(found.unknown))
        self._ui.countLabel.setText(text)
        self._ui.donePushButton.setEnabled(bool(found.lines) and not found.unknown)

    def _on_done_clicked(self) -> None:
        ui, office = self._ui, self._desk.office
        if not ui.donePushButton.isEnabled():
            return
        draft = HandOverDraft(
            ui.fromPersonComboBox.currentData(),
            ui.toPersonComboBox.currentData(),
            ui.witnessComboBox.currentData(),
            ui.reasonLineEdit.text(),
        )
        ui.donePushButton.setEnabled(False)
        self._desk.jobs.run(
            lambda _: handing_over.hand_over(office, draft), self, done=self._on_done, failed=self._on_failed
        )

    def _on_done(self, number: int) -> None:
        self._desk.tell(self.tr("已全部移交，请打印清单三方签字"))
        self._saved()
        self.accept()
        show_paper(self._desk, lambda office: handing_over.paper(office, number), parent=self._window)

    def _on_failed(self, error: DeskOfficeError) -> None:
        ui = self._ui
        ui.donePushButton.setEnabled(True)
        labels = {
            "from_person_id": ui.fromPersonProblemLabel,
            "to_person_id": ui.toPersonProblemLabel,
            "witness_id": ui.witnessProblemLabel,
            "reason": ui.reasonProblemLabel,
        }
        codes = error.problems if isinstance(error, InvalidDraft) else {}
        for name, label in labels.items():
            show_problem(label, problem(codes[name]) if name in codes else "")
        show_problem(ui.problemLabel, "" if codes else sentence(error))
