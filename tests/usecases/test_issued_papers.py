"""The books of what was issued, lent and sent back, filled from the records."""

from dataclasses import replace

import factories
import pytest
from usecases.test_copy_ways import loan, received
from usecases.test_outgoing import drafted, stamped

from deskoffice.domain.circulation.incoming_returns import ReturnDraft, ReturnReason
from deskoffice.domain.circulation.outgoing import Distribution
from deskoffice.domain.copies import CopyPlace
from deskoffice.domain.errors import RuleError
from deskoffice.domain.people import Role
from deskoffice.domain.values import Classification
from deskoffice.usecases import copies, copy_papers, ledgers, matters
from deskoffice.usecases.attachments import pdf_text
from deskoffice.usecases.circulation import incoming, incoming_returns, issued_papers, outgoing
from deskoffice.usecases.office import Office
from deskoffice.usecases.previews import PdfPaper


def words(paper: PdfPaper) -> str:
    return "".join(pdf_text(paper.data).split())


def test_the_list_of_a_document_says_which_copies_went_where(office: Office) -> None:
    matter_id = stamped(office)
    with pytest.raises(RuleError, match="outgoing_not_dispatched"):
        issued_papers.distribution(office, matter_id)
    outgoing.dispatch(office, matter_id, [Distribution("县财政局", 2)])
    first = matters.card(office, matter_id).copies[0].id
    copies.take_back(office, first)
    text = words(issued_papers.distribution(office, matter_id))
    assert "文件分发清单" in text
    assert "县财政局2000001—000002" in text
    assert "王丽1000003" in text


def test_the_book_of_documents_names_signer_and_copies(office: Office) -> None:
    drafted(office, title="关于开展冬季防火检查的通知")
    outgoing.dispatch(office, stamped(office), [])
    text = words(ledgers.export(office, "outgoing", "pdf", 2026))
    for part in ("东政办发〔2026〕1号", "张伟", "2026年11月23日", "关于开展冬季防火检查的通知", "孙芳拟稿"):
        assert part in text
    assert ledgers.export(office, "outgoing", "xlsx").data.startswith(b"PK")


def test_the_book_of_loans_says_when_each_came_back(office: Office) -> None:
    copy_id = received(office)
    copies.lend(office, copy_id, loan(office))
    assert "归还日期" in words(copy_papers.register(office, CopyPlace.LENT))
    office.clock.move(days=1)
    copies.give_back(office, copy_id)
    [line] = copy_papers.loans(office, 2026).lines
    assert (line["lent_on"], line["borrower"], line["approver"], line["returned_on"]) == (
        "2026年11月23日",
        "赵明",
        "李强",
        "2026年11月24日",
    )
    assert copy_papers.loans(factories.as_role(office, Role.CONFERENCE_CLERK), 2026).lines == ()
    assert "在机要室" in words(copy_papers.register(office, CopyPlace.KEPT))


def test_the_book_of_returns_has_the_reasons(office: Office) -> None:
    matter_id = incoming.register(office, factories.incoming_draft()).matter_ids[0]
    incoming_returns.return_to_sender(office, matter_id, ReturnDraft((ReturnReason.FORMAT,), words="请改版头。"))
    text = words(incoming_returns.register(office, 2026))
    assert "退文登记簿" in text
    assert "退〔2026〕1号" in text
    assert replace(factories.incoming_draft(), level=Classification.PUBLIC).title in text
