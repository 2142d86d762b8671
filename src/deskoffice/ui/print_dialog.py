"""打印: printer, copies, pages, sides and marks of one paper; it is entered in the print ledger before it leaves."""

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget

from deskoffice._generated.calibration_dialog import Ui_CalibrationDialog
from deskoffice._generated.print_dialog import Ui_PrintDialog
from deskoffice.domain.errors import DeskOfficeError
from deskoffice.domain.prints import PrintOrder, PrintWay, Shift
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.desk import Desk
from deskoffice.ui.print_run import PrintRun
from deskoffice.usecases import previews, print_ledger, printing
from deskoffice.usecases.messages import sentence
from deskoffice.usecases.previews import PdfPaper
from deskoffice.usecases.print_ledger import Entered

SIDES = (
    ("单面", QPrinter.DuplexMode.DuplexNone),
    ("双面，沿长边翻", QPrinter.DuplexMode.DuplexLongSide),
    ("双面，沿短边翻", QPrinter.DuplexMode.DuplexShortSide),
)


class PrintDialog(QDialog):
    """What is wanted of the printer; the printer is one of this machine unless one is given."""

    def __init__(self, desk: Desk, paper: PdfPaper, *, parent: QWidget, printer: QPrinter | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._paper = desk, paper
        self._printer = printer or QPrinter(QPrinter.PrinterMode.HighResolution)
        self._ui = ui = Ui_PrintDialog()
        ui.setupUi(self)
        ui.paperLabel.setText(paper.name.rsplit(".", 1)[0])
        for words, mode in SIDES:
            ui.sidesComboBox.addItem(words, mode)
        ui.overprintCheckBox.setVisible(bool(paper.values_only))
        ui.linkCheckBox.setVisible(bool(paper.matter_id))
        ui.barcodeCheckBox.setVisible(paper.kind == previews.OUTGOING)
        show_problem(ui.problemLabel, "")
        self._fill(None if printer is None else printer.printerName() or printer.outputFileName())
        self._connect()
        desk.jobs.run(lambda _: previews.page_count(paper.data), self, done=self._show_pages)

    def _connect(self) -> None:
        ui = self._ui
        ui.printerComboBox.currentTextChanged.connect(self._on_printer_chosen)
        ui.calibratePushButton.clicked.connect(self._on_calibrate_clicked)
        ui.morePushButton.clicked.connect(self._on_more_clicked)
        ui.cancelPushButton.clicked.connect(self.reject)
        ui.printPushButton.clicked.connect(self._on_print_clicked)

    def _fill(self, given: str | None) -> None:
        ui, names = self._ui, QPrinterInfo.availablePrinterNames() if given is None else [given]
        ui.printerComboBox.addItems(names)
        usual = ui.printerComboBox.findText(QPrinterInfo.defaultPrinterName())
        ui.printerComboBox.setCurrentIndex(max(usual, 0))
        if given is None and names:
            self._printer.setPrinterName(ui.printerComboBox.currentText())
        for widget in (ui.printPushButton, ui.calibratePushButton, ui.morePushButton, ui.printerComboBox):
            widget.setEnabled(bool(names))
        if not names:
            show_problem(ui.problemLabel, self.tr("这台电脑没有安装打印机，可以先存为文件。"))

    def _show_pages(self, pages: int) -> None:
        for box in (self._ui.firstSpinBox, self._ui.lastSpinBox):
            box.setMaximum(max(pages, 1))
        self._ui.lastSpinBox.setValue(pages)

    def _on_printer_chosen(self, name: str) -> None:
        self._printer.setPrinterName(name)

    def _on_more_clicked(self) -> None:
        """Trays and other things that only the printer's own driver knows."""
        dialog = QPrintDialog(self._printer, self)
        dialog.accepted.connect(lambda: self._ui.printerComboBox.setCurrentText(self._printer.printerName()))
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)

    def _on_calibrate_clicked(self) -> None:
        CalibrationDialog(self._desk, self._ui.printerComboBox.currentText(), printer=self._printer, parent=self).open()

    @property
    def _order(self) -> PrintOrder:
        ui = self._ui
        whole = (ui.firstSpinBox.value(), ui.lastSpinBox.value()) == (1, ui.lastSpinBox.maximum())
        return PrintOrder(
            PrintWay.PRINT,
            ui.printerComboBox.currentText(),
            copies=ui.copiesSpinBox.value(),
            first_page=ui.firstSpinBox.value(),
            last_page=0 if whole else ui.lastSpinBox.value(),
            is_duplex=ui.sidesComboBox.currentIndex() > 0,
            has_link=ui.linkCheckBox.isChecked(),
            has_barcode=ui.barcodeCheckBox.isChecked(),
        )

    def _on_print_clicked(self) -> None:
        order, office, paper = self._order, self._desk.office, self._paper
        if self._ui.overprintCheckBox.isChecked():
            paper = PdfPaper(paper.values_only, paper.name, paper.matter_id, kind=paper.kind)
        self._ui.printPushButton.setEnabled(False)
        self._printer.setDuplex(self._ui.sidesComboBox.currentData())
        self._printer.setDocName(paper.name.split(" ", maxsplit=1)[0])

        def work(_: object) -> tuple[Entered, Shift]:
            return print_ledger.enter(office, paper, order), print_ledger.shift(office, order.target)

        self._desk.jobs.run(work, self, done=self._send, failed=self._on_refused)

    def _on_refused(self, error: DeskOfficeError) -> None:
        self._ui.printPushButton.setEnabled(True)
        show_problem(self._ui.problemLabel, sentence(error))

    def _send(self, made: tuple[Entered, Shift]) -> None:
        entered, shift = made
        run = PrintRun(self._desk.jobs, self._printer, entered.paper.data, shift=shift, parent=self._desk)
        run.start(lambda sent: self._on_sent(entered.code, sent))

    def _on_sent(self, code: str, sent: int) -> None:
        if not sent:
            self._ui.printPushButton.setEnabled(True)
            words = self.tr("打印机没有接收，打印登记里已有这一次（%1）；请检查打印机后再试。")
            show_problem(self._ui.problemLabel, words.replace("%1", code))
            return
        self._desk.tell(self.tr("已送打印机 %2 页，追踪码 %1").replace("%1", code).replace("%2", str(sent)))
        self.accept()


class CalibrationDialog(QDialog):
    """By how many millimetres a printer is wrong, measured on a page of crosses."""

    def __init__(self, desk: Desk, name: str, *, printer: QPrinter, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._name, self._printer = desk, name, printer
        self._ui = ui = Ui_CalibrationDialog()
        ui.setupUi(self)
        ui.printerLabel.setText(name)
        show_problem(ui.problemLabel, "")
        ui.pagePushButton.clicked.connect(self._on_page_clicked)
        ui.keepPushButton.clicked.connect(self._on_keep_clicked)
        ui.cancelPushButton.clicked.connect(self.reject)
        office = desk.office
        desk.jobs.run(lambda _: print_ledger.shift(office, name), self, done=self._show)

    def _show(self, shift: Shift) -> None:
        self._ui.rightDoubleSpinBox.setValue(shift.right)
        self._ui.downDoubleSpinBox.setValue(shift.down)

    @property
    def _shift(self) -> Shift:
        return Shift(round(self._ui.rightDoubleSpinBox.value(), 1), round(self._ui.downDoubleSpinBox.value(), 1))

    def _on_page_clicked(self) -> None:
        """With what is typed now, so that a second page shows whether it is right."""
        office, order = self._desk.office, PrintOrder(PrintWay.PRINT, self._name)

        def work(_: object) -> Entered:
            return print_ledger.enter(office, printing.blank_form(office, "calibration"), order)

        self._desk.jobs.run(work, self, done=self._send, failed=self._on_refused)

    def _send(self, entered: Entered) -> None:
        run = PrintRun(self._desk.jobs, self._printer, entered.paper.data, shift=self._shift, parent=self._desk)
        run.start(lambda _: self._desk.tell(self.tr("校准页已送打印机")))

    def _on_keep_clicked(self) -> None:
        office, name, shift = self._desk.office, self._name, self._shift
        self._desk.jobs.run(
            lambda _: print_ledger.keep_shift(office, name, shift),
            self,
            done=lambda _: self.accept(),
            failed=self._on_refused,
        )

    def _on_refused(self, error: DeskOfficeError) -> None:
        show_problem(self._ui.problemLabel, sentence(error))
