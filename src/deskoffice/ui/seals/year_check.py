"""年度核查: every seal that is here on one sheet, its result set by one key."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from deskoffice._generated.seals.year_check import Ui_YearCheckDialog
from deskoffice.domain.errors import DeskOfficeError, InvalidDraft
from deskoffice.domain.seal_custody import CheckLine, CheckResult, CheckRow
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.desk import Desk
from deskoffice.ui.leads import person_label
from deskoffice.ui.papers import show_paper
from deskoffice.ui.text_table import show_in
from deskoffice.ui.tree import descendants
from deskoffice.usecases import seal_custody, seal_forms
from deskoffice.usecases.messages import problem, sentence
from deskoffice.usecases.words import word

NAME, KEEPER, PLACE, RESULT, NOTE = range(5)
HEADINGS = ("印章", "保管人", "存放地点", "核查结果", "情况")
RESULTS = tuple(CheckResult)


def open_year_check(desk: Desk, parent: QWidget, done: Callable[[], None]) -> None:
    """The sheet of this year."""
    YearCheckDialog(desk, parent, done).open()


class YearCheckDialog(QDialog):
    """Shows what was found before; saving writes a new result for every seal."""

    def __init__(self, desk: Desk, parent: QWidget, done: Callable[[], None]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._done = desk, done
        self._rows: tuple[CheckRow, ...] = ()
        self._results: list[CheckResult] = []
        self._ui = Ui_YearCheckDialog()
        self._ui.setupUi(self)
        self._model = QStandardItemModel(0, len(HEADINGS), self)
        self._model.setHorizontalHeaderLabels(list(HEADINGS))
        widths = ("河东县人民政府办公室合同专用章", "欧阳建国", "机要室1号保险柜下层", "印面磨损", "")
        show_in(self._ui.sealsTableView, self._model, widths, stretch=NOTE, tokens=desk.tokens)
        header = self._ui.sealsTableView.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._connect()
        office = desk.office
        year = office.today().year
        self._ui.yearLabel.setText(self.tr("%1年").replace("%1", str(year)))
        self.resize(parent.size() * 0.8)
        desk.jobs.run(lambda _: seal_custody.check_sheet(office, year), self, done=self._show)

    def _connect(self) -> None:
        ui = self._ui
        others = [
            one for one in self._desk.directory.persons if one.id != self._desk.actor.person_id and one.account_id
        ]
        for one in others:
            ui.witnessComboBox.addItem(person_label(one), one.id)
        ui.witnessComboBox.setCurrentIndex(-1)
        ui.resultPushButton.clicked.connect(self._on_result_clicked)
        ui.intactPushButton.clicked.connect(self._on_intact_clicked)
        ui.printPushButton.clicked.connect(self._on_print_clicked)
        ui.donePushButton.clicked.connect(self._on_done_clicked)
        ui.cancelPushButton.clicked.connect(self.reject)
        scope = Qt.ShortcutContext.WidgetShortcut
        QShortcut(QKeySequence(Qt.Key.Key_Space), ui.sealsTableView, self._on_result_clicked, context=scope)
        QShortcut(QKeySequence("Ctrl+Return"), self, ui.donePushButton.click)
        for button in descendants(self, QPushButton):
            button.setAutoDefault(False)

    def _show(self, rows: tuple[CheckRow, ...]) -> None:
        self._rows = rows
        self._results = [row.result or CheckResult.INTACT for row in rows]
        for row, result in zip(rows, self._results, strict=True):
            texts = (row.seal.name, row.seal.keeper, row.seal.place, word(result), row.note)
            items = [QStandardItem(text) for text in texts]
            for item in items[:NOTE]:
                item.setEditable(False)
            self._model.appendRow(items)
        if rows:
            self._ui.sealsTableView.setCurrentIndex(self._model.index(0, NAME))
        checked = [row for row in rows if row.at is not None]
        if checked:
            text = self.tr("%1 与 %2 核查过；再保存记为新的一次").replace("%1", checked[0].by)
            self._ui.yearLabel.setText(f"{self._ui.yearLabel.text()}　{text.replace('%2', checked[0].witness)}")
        self._ui.sealsTableView.setFocus()

    def _set(self, row: int, result: CheckResult) -> None:
        self._results[row] = result
        self._model.item(row, RESULT).setText(word(result))

    def _on_result_clicked(self) -> None:
        row = self._ui.sealsTableView.currentIndex().row()
        if 0 <= row < len(self._results):
            self._set(row, RESULTS[(RESULTS.index(self._results[row]) + 1) % len(RESULTS)])

    def _on_intact_clicked(self) -> None:
        for row in range(len(self._results)):
            self._set(row, CheckResult.INTACT)

    def lines(self) -> tuple[CheckLine, ...]:
        """What the sheet says now."""
        return tuple(
            CheckLine(row.seal.id, result, self._model.item(place, NOTE).text().strip())
            for place, (row, result) in enumerate(zip(self._rows, self._results, strict=True))
        )

    def _on_print_clicked(self) -> None:
        year = self._desk.office.today().year
        show_paper(self._desk, lambda office: seal_forms.check_sheet(office, year), parent=self)

    def _on_done_clicked(self) -> None:
        witness = self._ui.witnessComboBox.currentData()
        if witness is None:
            show_problem(self._ui.problemLabel, self.tr("请选监督人：核查须两人在场。"))
            self._ui.witnessComboBox.setFocus()
            return
        lines, office = self.lines(), self._desk.office
        self._ui.donePushButton.setEnabled(False)
        self._desk.jobs.run(
            lambda _: seal_custody.check_seals(office, lines, witness),
            self,
            done=self._on_saved,
            failed=self._on_failed,
        )

    def _on_saved(self, result: object) -> None:
        del result
        self._desk.tell(self.tr("核查结果已保存，核查表可打印"))
        self._done()
        self.accept()

    def _on_failed(self, error: DeskOfficeError) -> None:
        self._ui.donePushButton.setEnabled(True)
        codes: Sequence[str] = tuple(error.problems.values()) if isinstance(error, InvalidDraft) else ()
        show_problem(self._ui.problemLabel, "；".join(problem(code) for code in codes) or sentence(error))
