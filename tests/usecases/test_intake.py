"""The counter: numbers of each kind of post, returns and bulletins, envelopes, courier receipts, duplicates."""

from dataclasses import replace

import factories
import pypdfium2
import pytest

from deskoffice.domain.circulation.incoming import PostKind
from deskoffice.domain.circulation.incoming_envelopes import EnvelopeDraft
from deskoffice.domain.circulation.incoming_returns import ReturnDraft, ReturnReason, ReturnWay
from deskoffice.domain.errors import InvalidDraft, NotAllowed, RuleError
from deskoffice.domain.matters import Action, ListQuery, MatterKind, State
from deskoffice.domain.values import Classification
from deskoffice.usecases import attachments, matters
from deskoffice.usecases.attachments import FileDraft
from deskoffice.usecases.circulation import incoming, incoming_envelopes, incoming_receipts, incoming_returns
from deskoffice.usecases.previews import PdfPaper

BAD = ReturnDraft((ReturnReason.NO_SIGNER, ReturnReason.ATTACHMENTS), ReturnWay.SENT, "请补签发人和附件后重新报送。")


def registered(office, **changes) -> int:
    return incoming.register(office, factories.incoming_draft(**changes)).matter_ids[0]


def text(paper: PdfPaper) -> str:
    with pypdfium2.PdfDocument(paper.data) as pdf:
        return "".join(page.get_textpage().get_text_bounded() for page in pdf).replace("\r\n", "")


def test_each_kind_of_post_has_its_own_numbers_of_the_year(office):
    kinds = (PostKind.CONFIDENTIAL, PostKind.REQUEST, PostKind.CONFIDENTIAL, PostKind.PETITION, PostKind.OTHER)
    drafts = [factories.incoming_draft(post_kind=kind, document_number="") for kind in kinds]
    numbers = [incoming.register(office, draft).number for draft in drafts]
    assert numbers == ["机收〔2026〕1号", "请收〔2026〕1号", "机收〔2026〕2号", "访收〔2026〕1号", "收〔2026〕1号"]


def test_a_paper_goes_back_with_reasons_under_a_number_of_its_own(office):
    matter_id = registered(office)
    changes = incoming_returns.return_to_sender(office, matter_id, BAD)
    assert changes.number == "退〔2026〕1号"
    assert matters.card(office, matter_id).row.state is State.RETURNED
    slip = text(incoming_returns.slip(office, matter_id))
    for words in ("退〔2026〕1号", "无签发人", "附件缺失", "请补签发人和附件后重新报送", "派人送回", "王丽"):
        assert words in slip


@pytest.mark.parametrize(
    ("draft", "field"),
    [(ReturnDraft(()), "reasons"), (ReturnDraft((ReturnReason.OTHER,)), "words")],
    ids=["no reason", "another reason unsaid"],
)
def test_a_paper_does_not_go_back_without_a_reason(office, draft, field):
    matter_id = registered(office)
    with pytest.raises(InvalidDraft) as refused:
        incoming_returns.return_to_sender(office, matter_id, draft)
    assert set(refused.value.problems) == {field}
    assert incoming_returns.returns(office) == ()


def test_a_bulletin_reports_what_no_bulletin_has_reported(office):
    first, second = registered(office, title="甲件"), registered(office, title="乙件", document_number="")
    incoming_returns.return_to_sender(office, first, BAD)
    bulletin_id, number = incoming_returns.make_bulletin(office)
    incoming_returns.return_to_sender(office, second, BAD)
    assert number == "2026年第1期"
    assert incoming_returns.make_bulletin(office)[1] == "2026年第2期"
    assert [row.bulletin for row in incoming_returns.returns(office)] == ["2026年第2期", "2026年第1期"]
    printed = text(incoming_returns.bulletin_paper(office, bulletin_id))
    assert "甲件" in printed
    assert "乙件" not in printed
    assert "退文 1 件，涉及 1 个单位" in printed


def test_no_bulletin_without_a_return(office):
    with pytest.raises(RuleError, match="no_return_to_report"):
        incoming_returns.make_bulletin(office)


def test_a_sealed_title_is_not_in_the_bulletin(office):
    secret = {"level": Classification.SECRET, "secrecy_years": 10, "copy_number": "000017"}
    matter_id = registered(office, title="不得外传的题目", **secret)
    incoming_returns.return_to_sender(office, matter_id, BAD)
    bulletin_id, _ = incoming_returns.make_bulletin(office)
    assert "不得外传的题目" not in text(incoming_returns.bulletin_paper(office, bulletin_id))


def test_a_returned_paper_may_come_again_and_is_known_to_have(office):
    incoming_returns.return_to_sender(office, registered(office), BAD)
    again = incoming.register(office, factories.incoming_draft())
    assert incoming_returns.returns(office)[0].resubmitted == again.number


def test_the_same_copy_twice_is_refused_and_a_second_copy_is_told(office):
    draft = factories.incoming_draft(copy_number="000017")
    incoming.register(office, draft)
    with pytest.raises(InvalidDraft) as refused:
        incoming.register(office, replace(draft, document_number="东政办发[2026] 41 号"))
    assert refused.value.problems == {"copy_number": "same_copy_registered"}
    assert incoming.register(office, replace(draft, copy_number="000018")).notes == ("copy_known",)
    known = incoming.known_copies(office, replace(draft, copy_number="000018"))
    assert [(copy.copy_number, copy.is_same) for copy in known] == [("000018", True), ("000017", False)]


ENVELOPE = {"source_unit": "中共东江市委办公室", "opener": "张伟", "envelope_number": "机〔2026〕88号"}


@pytest.fixture
def envelope(office):
    """A sealed envelope for 张伟."""
    draft = EnvelopeDraft(**ENVELOPE, received_on=office.today())
    return incoming_envelopes.register_envelope(office, draft).matter_ids[0]


def inside(office, matter_id: int):
    known = incoming_envelopes.inside_of(office, matter_id)
    return replace(known, title="关于某项工作的函", document_number="东办函〔2026〕5号")


def test_an_envelope_is_entered_without_what_is_inside(office, envelope):
    card = matters.card(office, envelope)
    assert (card.row.title, card.row.number) == ("密封件，待张伟拆封", "机收〔2026〕1号")
    assert card.row.holder == "张伟 待拆封"
    assert "密封件 机〔2026〕88号" in [one.text for one in card.fields]
    assert set(card.actions) == {Action.URGE}


def test_only_the_named_person_opens_an_envelope(office, envelope):
    for login in ("wangli", "liqiang", "zhaoming"):
        with pytest.raises((NotAllowed, RuleError)):
            incoming_envelopes.open_envelope(factories.as_login(office, login), envelope, inside(office, envelope))
    opener = factories.as_login(office, "zhangwei")
    assert matters.card(opener, envelope).actions[0] is Action.OPEN
    incoming_envelopes.open_envelope(opener, envelope, inside(office, envelope))
    card = matters.card(office, envelope)
    assert (card.row.title, card.row.document_number) == ("关于某项工作的函", "东办函〔2026〕5号")
    assert Action.CIRCULATE in card.actions


def test_nobody_but_counter_and_opener_knows_of_an_envelope(office, envelope):
    query = ListQuery(kinds=frozenset({MatterKind.INCOMING}))
    assert matters.list_page(factories.as_login(office, "sunfang"), query, 0, 9).total == 0
    assert matters.list_page(factories.as_login(office, "zhangwei"), query, 0, 9).total == 1


def test_what_is_inside_a_personal_envelope_stays_with_its_reader(office):
    draft = EnvelopeDraft(**ENVELOPE, received_on=office.today(), is_personal=True)
    matter_id = incoming_envelopes.register_envelope(office, draft).matter_ids[0]
    office = factories.log_in(office, "zhangwei")
    letter = FileDraft("来信.txt", "只给您一个人看。".encode())
    incoming_envelopes.open_envelope(office, matter_id, inside(office, matter_id), [letter])
    content_id = matters.card(office, matter_id).contents[0].content_id
    assert attachments.open_content(office, matter_id, content_id).data == letter.data
    office = factories.log_in(office, "wangli")
    with pytest.raises(Exception, match=r"vault_|content_"):
        attachments.open_content(office, matter_id, content_id)
    office.close()


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"opener": "查无此人"}, {"opener": "person_unknown"}),
        ({"source_unit": ""}, {"source_unit": "required"}),
        ({}, {"envelope_number": "same_envelope_registered"}),
    ],
    ids=["unknown opener", "no sender", "same envelope"],
)
def test_an_envelope_is_refused(office, envelope, changes, problem):
    draft = EnvelopeDraft(**{**ENVELOPE, **changes}, received_on=office.today())
    with pytest.raises(InvalidDraft) as refused:
        incoming_envelopes.register_envelope(office, draft)
    assert refused.value.problems == problem


def test_the_courier_gets_a_list_of_what_came_today(office, envelope):
    registered(office, copy_number="000017", copies=2)
    printed = text(incoming_receipts.receipt(office, office.today()))
    for words in ("机〔2026〕88号", "东政办发〔2026〕41号", "000017", "2 件 3 份", "收文专用章"):
        assert words in printed
    assert "值班值守" not in printed


def test_there_is_no_receipt_of_a_day_without_post(office):
    with pytest.raises(RuleError, match="nothing_received"):
        incoming_receipts.receipt(office, office.today())
