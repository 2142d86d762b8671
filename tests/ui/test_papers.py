"""Papers in the window: previews, slips, copies that are out."""

import factories
import pytest
from PySide6.QtPrintSupport import QPrinter
from sitting import shows_pages

from deskoffice.domain.matters import Action, ContentRole
from deskoffice.domain.prints import PrintOrder, PrintWay, Shift
from deskoffice.domain.values import Classification
from deskoffice.paper.forms import FORMS
from deskoffice.paper.forms.registers import REGISTERS
from deskoffice.ui.card import ATTACHMENTS, BODY
from deskoffice.ui.pages_view import PagesView
from deskoffice.ui.paper_choice import PaperChoice
from deskoffice.ui.papers import PaperDialog
from deskoffice.ui.preview import PreviewWindow
from deskoffice.ui.print_dialog import CalibrationDialog, PrintDialog
from deskoffice.usecases import previews, print_ledger
from deskoffice.usecases.attachments import FileDraft
from deskoffice.usecases.blank_forms import GROUPS, SHEETS_OF_KEYS
from deskoffice.usecases.circulation import incoming, slips

TEXT = "一、压实责任\n各单位要落实责任，逐级检查。\n".encode()


@pytest.fixture
def registered(main, office):
    files = [FileDraft("来文.txt", TEXT, ContentRole.BODY), FileDraft("附表.txt", TEXT)]
    changes = incoming.register(office, factories.incoming_draft(), files)
    main.window.open_area("incoming")
    main.settle()
    return changes.matter_ids[0]


def card(main):
    return main.window.page._ui.cardFrame


def test_a_body_is_read_only_when_its_tab_is_looked_at(main, registered):
    preview = card(main)._ui.bodyPreview
    assert preview.findChildren(PagesView) == []
    card(main)._ui.tabWidget.setCurrentIndex(BODY)
    main.settle()
    assert len(preview._view._pages) == 1
    assert preview._ui.nameLabel.text() == "来文.txt"


def test_a_page_fits_its_pane_and_can_be_enlarged(main, registered):
    card(main)._ui.tabWidget.setCurrentIndex(BODY)
    main.settle()
    preview = card(main)._ui.bodyPreview
    assert preview._ui.previewScrollArea.horizontalScrollBar().maximum() == 0
    before = preview._view.width()
    preview._ui.inPushButton.click()
    assert preview._view.width() > before


def test_a_large_window_shows_the_same_page(main, registered):
    card(main)._ui.tabWidget.setCurrentIndex(BODY)
    main.settle()
    card(main)._ui.bodyPreview._ui.windowPushButton.click()
    large = main.window.findChild(PreviewWindow)
    main.settle()
    assert len(large.pane._view._pages) == 1
    large.close()


def test_attachments_are_named_and_counted(main, registered):
    tabs = card(main)._ui.tabWidget
    assert tabs.tabText(ATTACHMENTS) == "附件 1"
    tabs.setCurrentIndex(ATTACHMENTS)
    main.settle()
    assert card(main)._attachments.item(0).text() == "附表.txt"


def test_the_slip_is_shown_and_saved(main, registered, tmp_path):
    card(main).act(Action.PRINT)
    main.dialog(PaperChoice)._ui.showPushButton.click()
    dialog = main.dialog(PaperDialog)
    main.settle()
    assert "收〔2026〕1号" in dialog._ui.paperTitleLabel.text()
    dialog._save(tmp_path / "slip.pdf")
    main.settle()
    assert (tmp_path / "slip.pdf").read_bytes().startswith(b"%PDF-")


@pytest.fixture
def printer(tmp_path):
    """A printer whose paper is a file."""
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    return printer


def test_what_is_printed_stands_in_the_ledger_and_has_a_sheet_for_each_page_of_each_copy(
    main, office, registered, printer, tmp_path
):
    paper = slips.handling_slip(office, registered)
    dialog = PrintDialog(main.window.page.desk, paper, parent=main.window, printer=printer)
    dialog.open()
    main.settle()
    dialog._ui.copiesSpinBox.setValue(2)
    dialog._ui.linkCheckBox.setChecked(True)
    dialog._ui.printPushButton.click()
    main.qtbot.waitUntil(lambda: "已送打印机" in main.window._ui.messageFrame.text, timeout=20_000)
    assert previews.page_count((tmp_path / "printed.pdf").read_bytes()) == 2 * previews.page_count(paper.data)
    line = print_ledger.page(office, "", 0, 10).rows[0]
    assert (line.what, line.copies, line.matter_id) == ("文件处理笺", 2, registered)
    assert line.code in main.window._ui.messageFrame.text


def test_a_printer_is_corrected_by_what_was_measured(main, office, printer):
    dialog = CalibrationDialog(main.window.page.desk, "前台", printer=printer, parent=main.window)
    dialog.open()
    main.settle()
    dialog._ui.rightDoubleSpinBox.setValue(1.5)
    dialog._ui.downDoubleSpinBox.setValue(-0.5)
    dialog._ui.keepPushButton.click()
    main.settle()
    assert print_ledger.shift(office, "前台") == Shift(1.5, -0.5)


def test_words_are_found_on_the_pages(main, registered):
    card(main)._ui.tabWidget.setCurrentIndex(BODY)
    main.settle()
    card(main)._ui.bodyPreview._ui.windowPushButton.click()
    pane = main.window.findChild(PreviewWindow).pane
    main.settle()
    pane._ui.findLineEdit.setText("责任")
    main.settle()
    assert pane._ui.foundLabel.text() == "1 / 2"
    pane._ui.findLineEdit.setText("洪水")
    main.settle()
    assert pane._ui.foundLabel.text() == "没有找到"
    pane.window().close()


def test_a_copy_that_is_out_can_be_taken_back(main, office):
    secret = {"level": Classification.SECRET, "secrecy_years": 20, "copy_number": "000017", "must_return": True}
    incoming.register(office, factories.incoming_draft(**secret))
    main.window.open_area("copies")
    main.settle()
    page = main.window.page
    assert page._ui.summaryLabel.text() == "1 条"
    page._ui.returnedPushButton.click()
    main.settle()
    assert page._ui.emptyFrame.isVisible()
    assert "000017" in main.window._ui.messageFrame.text


def test_the_code_at_a_papers_foot_finds_its_line_in_the_ledger(main, office, registered):
    paper = slips.handling_slip(office, registered)
    code = print_ledger.enter(office, paper, PrintOrder(PrintWay.PRINT, "前台", copies=3)).code
    print_ledger.enter(office, paper, PrintOrder(PrintWay.EXPORT))
    main.window.open_area("prints")
    main.settle()
    page = main.window.page
    assert page._ui.summaryLabel.text() == "2 次"
    page._ui.codeLineEdit.setText(code)
    main.settle()
    assert page._ui.summaryLabel.text() == "1 次"
    cells = [page._model.index(0, column).data() for column in range(page._model.columnCount())]
    assert cells[1:4] == [code, "文件处理笺", "收〔2026〕1号"]
    assert cells[5:8] == ["第1—3份", office.actor.name, "前台"]


def test_every_form_is_offered_blank(main):
    main.window.open_area("blank_forms")
    main.settle()
    model = main.window.page._ui.formsListView.model()
    lines = [model.index(row, 0) for row in range(model.rowCount())]
    titles = [line.data() for line in lines if line.flags()]
    assert len(set(titles)) == len(titles) == len(FORMS) + len(REGISTERS) - len(SHEETS_OF_KEYS)
    assert {"文件处理笺", "发文稿纸", "催办单", "用印审批单", "会议座次图", "涉密载体销毁清册", "发文登记簿"} <= set(
        titles
    )
    assert [line.data() for line in lines if not line.flags()] == list(GROUPS)
    main.window.page._ui.showPushButton.click()
    dialog = main.dialog(PaperDialog)
    main.qtbot.waitUntil(lambda: shows_pages(dialog._ui.pagesPreview))
    dialog.close()
