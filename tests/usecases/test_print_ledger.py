"""The print ledger: what leaves is entered first, marked, and found again by its mark."""

import io

import factories
import pypdfium2
import pytest
from docx import Document
from openpyxl import load_workbook

from deskoffice.domain.errors import EnvironmentFailure, RuleError
from deskoffice.domain.prints import PrintOrder, PrintWay, Shift
from deskoffice.domain.values import Classification
from deskoffice.paper import documents
from deskoffice.paper.model import OfficialDocument, Paragraph
from deskoffice.paper.preview import text as pdf_text
from deskoffice.usecases import ledgers, log_lines, matters, open_form, previews, print_ledger
from deskoffice.usecases.attachments import FileDraft
from deskoffice.usecases.circulation import incoming, slips
from deskoffice.usecases.previews import OUTGOING, PdfPaper

PRINT = PrintOrder(PrintWay.PRINT, "HP LaserJet", copies=2, has_link=True)


@pytest.fixture
def slip(office) -> PdfPaper:
    matter_id = incoming.register(office, factories.incoming_draft()).matter_ids[0]
    return slips.handling_slip(office, matter_id)


def pages(data: bytes) -> list[str]:
    return pdf_text(data).split("\f")


def test_each_copy_says_which_it_is_who_made_it_and_how_its_entry_is_found(office, slip):
    first = print_ledger.enter(office, slip, PRINT)
    again = print_ledger.enter(office, slip, PRINT)
    assert [page for number in (1, 2) for page in pages(first.paper.data) if f"第{number}份" in page]
    assert "第3份" in pages(again.paper.data)[0]
    assert all(office.actor.name in page and first.code in page for page in pages(first.paper.data))
    assert first.code != again.code


def test_the_code_on_the_paper_finds_its_line_and_its_entry_in_the_log(office, slip):
    entered = print_ledger.enter(office, slip, PRINT)
    print_ledger.enter(office, slip, PRINT)
    found = print_ledger.page(office, entered.code.lower(), 0, 10)
    assert (found.total, found.rows[0].code, found.rows[0].target) == (1, entered.code, "HP LaserJet")
    newest = log_lines.page(factories.as_login(office, "auditor"))
    line = next(one for one in newest if one.seq == found.rows[0].entry)
    assert line.what == "打印"
    assert entered.code.replace("-", "") in line.detail


def test_what_cannot_be_printed_is_not_entered(office, slip):
    for wrong in (PrintOrder(PrintWay.PRINT, copies=0), PrintOrder(PrintWay.PRINT, first_page=3, last_page=9)):
        with pytest.raises(RuleError):
            print_ledger.enter(office, slip, wrong)
    with pytest.raises(RuleError, match="print_no_barcode"):
        print_ledger.enter(office, slip, PrintOrder(PrintWay.PRINT, has_barcode=True))
    assert print_ledger.page(office, "", 0, 10).total == 0


def test_a_line_of_a_paper_that_one_may_not_know_does_not_exist(office):
    secret = factories.incoming_draft(level=Classification.SECRET, secrecy_years=20, copy_number="000017")
    paper = slips.handling_slip(office, incoming.register(office, secret).matter_ids[0])
    print_ledger.enter(office, paper, PRINT)
    assert print_ledger.page(factories.as_login(office, "intern"), "", 0, 10).total == 0
    seen = print_ledger.page(factories.as_login(office, "auditor"), "", 0, 10)
    assert (seen.total, seen.rows[0].number, seen.rows[0].title) == (1, "", "")


def test_copies_printed_on_both_sides_begin_on_new_sheets(office, slip):
    order = PrintOrder(PrintWay.PRINT, copies=3, is_duplex=True)
    with pypdfium2.PdfDocument(print_ledger.enter(office, slip, order).paper.data) as printed:
        assert len(printed) == 5


def test_a_workbook_bears_the_code_at_the_foot_of_its_pages(office, slip):
    book = ledgers.export(office, "incoming", "xlsx", office.today().year)
    entered = print_ledger.enter(office, book, PrintOrder(PrintWay.EXPORT))
    sheet = load_workbook(io.BytesIO(entered.paper.data)).worksheets[0]
    assert entered.code in sheet.oddFooter.left.text


def test_each_printer_keeps_its_own_correction(office):
    print_ledger.keep_shift(office, "前台", Shift(1.5, -0.5))
    assert print_ledger.shift(office, "前台") == Shift(1.5, -0.5)
    assert print_ledger.shift(office, "机要室") == Shift()
    with pytest.raises(RuleError):
        print_ledger.keep_shift(office, "前台", Shift(80, 0))


def test_a_stored_file_is_saved_as_it_came_and_entered(office, tmp_path):
    notes = FileDraft("说明.txt", "三号仿宋".encode())
    matter_id = incoming.register(office, factories.incoming_draft(), [notes]).matter_ids[0]
    content_id = matters.card(office, matter_id).contents[-1].content_id
    code = print_ledger.save(office, previews.original(office, matter_id, content_id), tmp_path / "out.txt")
    assert (tmp_path / "out.txt").read_bytes() == notes.data
    assert [row.way for row in print_ledger.page(office, code, 0, 10).rows] == [PrintWay.EXPORT]


def test_a_word_file_bears_the_code_among_its_properties(office, tmp_path):
    data = documents.to_docx(OfficialDocument(title="通知", blocks=(Paragraph("正文。"),)))
    code = print_ledger.save(office, PdfPaper(data, "通知.docx", kind=OUTGOING), tmp_path / "out.docx")
    saved = Document(str(tmp_path / "out.docx"))
    assert code in saved.core_properties.comments
    assert office.actor.name in saved.core_properties.comments
    assert print_ledger.page(office, code, 0, 10).total == 1


def test_everything_in_an_open_form_is_an_export_too(office, tmp_path):
    incoming.register(office, factories.incoming_draft())
    rows, code = open_form.save(office, tmp_path / "all.jsonl")
    assert rows == len((tmp_path / "all.jsonl").read_text("utf-8").splitlines()) == 1
    assert [row.what for row in print_ledger.page(office, code, 0, 10).rows] == ["开放格式导出"]


def test_a_file_that_cannot_be_written_is_told_in_words(office, slip, tmp_path):
    with pytest.raises(EnvironmentFailure, match="file_not_written"):
        print_ledger.save(office, slip, tmp_path / "missing" / "out.pdf")
