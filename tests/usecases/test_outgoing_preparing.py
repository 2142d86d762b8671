"""A draft made ready: versions, 会签, 定密, the check before signing and the number, on a real vault."""

from dataclasses import replace

import factories
import pytest

from deskoffice.domain.circulation.changes import Mark
from deskoffice.domain.circulation.outgoing import Signing
from deskoffice.domain.circulation.secrecy import Basis, DecisionState, SecrecyDraft
from deskoffice.domain.errors import InvalidDraft, NotAllowed, RuleError
from deskoffice.domain.matters import Action, ContentRole, State
from deskoffice.domain.numbering import NumberState
from deskoffice.domain.values import Classification
from deskoffice.usecases import attachments, matters, numbering, previews
from deskoffice.usecases.attachments import FileDraft
from deskoffice.usecases.circulation import (
    outgoing,
    outgoing_check,
    outgoing_countersign,
    outgoing_secrecy,
    outgoing_versions,
    slips,
)
from deskoffice.usecases.circulation.outgoing_countersign import Standing


@pytest.fixture
def people(office):
    """Everybody of the path, each acting on the same open vault."""
    names = ("wangli", "sunfang", "zhaoming", "liqiang", "zhangwei", "wuhao")
    return {login: factories.as_login(office, login) for login in names}


def draft_it(people, **changes):
    draft = factories.outgoing_draft(people["sunfang"], **changes)
    return outgoing.create(people["sunfang"], draft).matter_ids[0], draft


def to_signing(people, matter_id):
    outgoing.submit(people["sunfang"], matter_id)
    leader = factories.person_id(people["sunfang"], "张伟")
    outgoing.review(people["zhaoming"], matter_id, "已核", leader)


def state(people, matter_id):
    return matters.card(people["zhaoming"], matter_id).row.state


def asked(people, matter_id, *names, units=(), in_order=False):
    ids = [factories.person_id(people["sunfang"], name) for name in names]
    outgoing_countersign.ask(people["sunfang"], matter_id, ids, units, in_order=in_order)


def standings(people, matter_id):
    found = outgoing_countersign.standing_of(people["sunfang"], matter_id)
    return {one.name: one.standing for one in found}


def test_those_in_order_are_asked_one_after_another(people):
    matter_id, _ = draft_it(people)
    asked(people, matter_id, "李强", "吴昊", in_order=True)
    assert standings(people, matter_id) == {"李强": Standing.ASKED, "吴昊": Standing.WAITING}
    with pytest.raises(NotAllowed):
        outgoing_countersign.countersign(people["wuhao"], matter_id, "同意", agrees=True)
    outgoing_countersign.countersign(people["liqiang"], matter_id, "同意", agrees=True)
    assert standings(people, matter_id) == {"李强": Standing.AGREED, "吴昊": Standing.ASKED}


def test_the_text_stands_still_while_it_is_countersigned(people):
    matter_id, draft = draft_it(people)
    asked(people, matter_id, "李强", "吴昊")
    assert set(standings(people, matter_id).values()) == {Standing.ASKED}
    assert {Action.SUBMIT, Action.EDIT}.isdisjoint(matters.card(people["sunfang"], matter_id).actions)
    with pytest.raises(NotAllowed):
        outgoing.edit(people["sunfang"], matter_id, replace(draft, body_text="另一稿。"))


def test_a_text_changed_after_it_was_agreed_to_must_be_agreed_to_again(people):
    matter_id, draft = draft_it(people)
    asked(people, matter_id, "李强")
    outgoing_countersign.countersign(people["liqiang"], matter_id, "同意", agrees=True)
    changed = replace(draft, body_text=draft.body_text + "\n二、加强检查。")
    outgoing.edit(people["sunfang"], matter_id, changed)
    assert standings(people, matter_id) == {"李强": Standing.STALE}
    with pytest.raises(RuleError, match="countersign_stale"):
        to_signing(people, matter_id)
    leader = factories.person_id(people["sunfang"], "李强")
    outgoing_countersign.ask(people["zhaoming"], matter_id, [leader], [], in_order=False)
    outgoing_countersign.countersign(people["liqiang"], matter_id, "", agrees=True)
    assert standings(people, matter_id) == {"李强": Standing.AGREED}
    outgoing.review(people["zhaoming"], matter_id, "已核", factories.person_id(people["sunfang"], "张伟"))
    assert state(people, matter_id) is State.SIGNING


def test_a_text_changed_back_is_the_one_that_was_agreed_to(people):
    matter_id, draft = draft_it(people)
    asked(people, matter_id, "李强")
    outgoing_countersign.countersign(people["liqiang"], matter_id, "同意", agrees=True)
    outgoing.edit(people["sunfang"], matter_id, replace(draft, body_text="另一稿。"))
    outgoing.edit(people["sunfang"], matter_id, draft)
    assert standings(people, matter_id) == {"李强": Standing.AGREED}


def test_who_disagrees_says_why_and_the_signatory_must_say_why_not(people):
    matter_id, _ = draft_it(people)
    asked(people, matter_id, "李强")
    with pytest.raises(InvalidDraft):
        outgoing_countersign.countersign(people["liqiang"], matter_id, " ", agrees=False)
    outgoing_countersign.countersign(people["liqiang"], matter_id, "与现行规定不一致。", agrees=False)
    to_signing(people, matter_id)
    with pytest.raises(RuleError, match="outgoing_check_reason"):
        outgoing.sign(people["zhangwei"], matter_id, "同意")
    outgoing.sign(people["zhangwei"], matter_id, "同意", Signing(override="已与县财政局协调一致"))
    notes = [step.note for step in matters.card(people["zhaoming"], matter_id).steps]
    assert "不采纳体检意见：已与县财政局协调一致" in notes


def test_a_joint_document_names_its_organs_on_the_sheet_and_is_warned_of_until_they_are_asked(people):
    matter_id, draft = draft_it(people)
    outgoing.edit(people["sunfang"], matter_id, replace(draft, joint_with=("县财政局",)))
    said = "联合行文机关还没有会签：县财政局"
    assert said in {line.sentence for line in outgoing_check.of_stored(people["wangli"], matter_id)}
    asked(people, matter_id, units=("县财政局",))
    assert said not in {line.sentence for line in outgoing_check.of_stored(people["wangli"], matter_id)}
    text = "".join(attachments.pdf_text(slips.issue_sheet(people["wangli"], matter_id).data).split())
    assert "机关县财政局" in text


def test_a_unit_outside_signs_on_paper_and_the_sheet_shows_it(people):
    matter_id, _ = draft_it(people)
    asked(people, matter_id, units=("县财政局",))
    step = outgoing_countersign.open_steps(people["wangli"], matter_id)[0]
    today = people["wangli"].today()
    outgoing_countersign.record(people["wangli"], matter_id, step.id, "无不同意见。", agrees=True, said_on=today)
    sheet = slips.issue_sheet(people["wangli"], matter_id)
    text = attachments.pdf_text(sheet.data)
    assert "无不同意见" in text
    assert "县财政局" in text


def test_nobody_countersigns_the_own_draft(people):
    matter_id, _ = draft_it(people)
    with pytest.raises(RuleError, match="apart_drafter_countersigner"):
        asked(people, matter_id, "孙芳")


def test_a_return_takes_the_open_questions_back(people):
    matter_id, _ = draft_it(people)
    outgoing.submit(people["sunfang"], matter_id)
    leader = factories.person_id(people["sunfang"], "李强")
    outgoing_countersign.ask(people["zhaoming"], matter_id, [leader], ["县财政局"], in_order=True)
    outgoing.return_to_drafter(people["zhaoming"], matter_id, "依据不足。")
    assert standings(people, matter_id) == {}
    assert Action.COUNTERSIGN not in matters.card(people["liqiang"], matter_id).actions


SECRET = {"level": Classification.SECRET, "secrecy_years": 10}


def test_a_level_is_proposed_approved_and_kept(people):
    matter_id, _ = draft_it(people, **SECRET)
    proposed = SecrecyDraft(Classification.SECRET, 10, Basis.CATALOGUE, "《保密事项范围》第三条第二项")
    outgoing_secrecy.propose(people["sunfang"], matter_id, proposed)
    outgoing_secrecy.decide(people["zhangwei"], matter_id, "期限过长。", approves=False)
    outgoing_secrecy.propose(people["sunfang"], matter_id, replace(proposed, secrecy_years=5))
    outgoing_secrecy.decide(people["zhangwei"], matter_id, "", approves=True)
    history = outgoing_secrecy.history(people["sunfang"], matter_id)
    assert [(row.state, row.secrecy_years, row.decided_by, row.opinion) for row in history] == [
        (DecisionState.APPROVED, 5, "张伟", "同意"),
        (DecisionState.REFUSED, 10, "张伟", "期限过长。"),
    ]
    assert history[0].words == "《保密事项范围》第三条第二项"
    to_signing(people, matter_id)
    outgoing.sign(people["zhangwei"], matter_id, "同意")


def test_a_classified_paper_without_a_decision_is_not_signed(people):
    matter_id, draft = draft_it(people, **SECRET)
    to_signing(people, matter_id)
    with pytest.raises(RuleError, match="outgoing_check_blocks"):
        outgoing.sign(people["zhangwei"], matter_id, "同意", Signing(override="急用"))
    assert state(people, matter_id) is State.SIGNING
    assert numbering.report(people["wangli"], draft.series_id, 2026).rows == ()


def test_a_period_changed_after_the_decision_must_be_decided_again(people):
    matter_id, draft = draft_it(people, **SECRET)
    proposed = SecrecyDraft(Classification.SECRET, 10, Basis.DERIVED_REPLY, "东委〔2026〕3号")
    outgoing_secrecy.propose(people["sunfang"], matter_id, proposed)
    outgoing_secrecy.decide(people["zhangwei"], matter_id, "", approves=True)
    outgoing.edit(people["sunfang"], matter_id, replace(draft, secrecy_years=15))
    codes = [line.sentence for line in outgoing_check.of_stored(people["zhaoming"], matter_id)]
    assert any("定密责任人" in one for one in codes)


def test_an_unclassified_paper_is_declared_to_be_none(people):
    matter_id, _ = draft_it(people)
    outgoing.submit(people["sunfang"], matter_id)
    [row] = outgoing_secrecy.history(people["sunfang"], matter_id)
    assert (row.state, row.basis, row.proposed_by) == (DecisionState.DECLARED, Basis.NOT_SECRET, "孙芳")


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (SecrecyDraft(Classification.SECRET, None, Basis.CATALOGUE, "三"), "secrecy_years"),
        (SecrecyDraft(Classification.SECRET, 21, Basis.CATALOGUE, "三"), "secrecy_years"),
        (SecrecyDraft(Classification.SECRET, 10, Basis.NOT_SECRET), "basis"),
        (SecrecyDraft(Classification.PUBLIC, None, Basis.CATALOGUE, "三"), "basis"),
        (SecrecyDraft(Classification.SECRET, 10, Basis.CATALOGUE), "words"),
    ],
)
def test_a_level_has_a_period_and_a_basis_that_fits(people, draft, field):
    matter_id, _ = draft_it(people, **SECRET)
    with pytest.raises(InvalidDraft) as refused:
        outgoing_secrecy.propose(people["sunfang"], matter_id, draft)
    assert field in refused.value.problems


def test_an_open_draft_cannot_be_made_secret_afterwards(people):
    matter_id, _ = draft_it(people)
    with pytest.raises(InvalidDraft):
        outgoing_secrecy.propose(
            people["sunfang"], matter_id, SecrecyDraft(Classification.SECRET, 10, Basis.OWN_LIST, "四")
        )


def test_a_level_may_rise_and_the_title_is_sealed_then(people):
    matter_id, draft = draft_it(people, level=Classification.CONFIDENTIAL, secrecy_years=5)
    raised = SecrecyDraft(Classification.SECRET, 10, Basis.OWN_LIST, "四")
    outgoing_secrecy.propose(people["sunfang"], matter_id, raised)
    row = matters.card(people["zhaoming"], matter_id).row
    assert (row.level, row.secrecy_years, row.title) == (Classification.SECRET, 10, draft.title)


def test_versions_are_kept_compared_and_brought_back(people):
    matter_id, draft = draft_it(people)
    outgoing.submit(people["sunfang"], matter_id)
    outgoing.return_to_drafter(people["zhaoming"], matter_id, "请改。")
    outgoing.edit(people["sunfang"], matter_id, replace(draft, body_text="全新的一稿。"))
    rows = outgoing_versions.versions(people["zhaoming"], matter_id)
    assert [(row.number, row.author) for row in rows] == [(1, "孙芳"), (2, "孙芳")]
    marks = {
        piece.mark for one in outgoing_versions.compare(people["zhaoming"], matter_id, 1, 2).paragraphs for piece in one
    }
    assert {Mark.INSERTED, Mark.DELETED} <= marks
    outgoing_versions.restore(people["sunfang"], matter_id, 1)
    from deskoffice.usecases.circulation import outgoing_draft

    assert outgoing_draft.draft_of(people["sunfang"], matter_id).body_text == draft.body_text
    assert len(outgoing_versions.versions(people["zhaoming"], matter_id)) == 3


def test_marked_changes_are_printed_with_what_was_taken_out(people):
    matter_id, draft = draft_it(people)
    outgoing.edit(people["sunfang"], matter_id, replace(draft, body_text=draft.body_text.replace("压实", "层层压实")))
    paper = outgoing_versions.marked_paper(people["zhaoming"], matter_id, 1, 2)
    text = attachments.pdf_text(paper.data).replace("\n", "").replace("\r", "")
    assert "花脸稿" in text
    assert "层层" in text
    assert "①孙芳" in text
    assert previews.page_count(paper.data) == 1


def test_the_number_proposed_is_the_number_given(people):
    matter_id, _ = draft_it(people)
    to_signing(people, matter_id)
    assert numbering.choices(people["zhangwei"], matter_id)[0].text == "东政办发〔2026〕1号"
    assert outgoing.sign(people["zhangwei"], matter_id, "同意").number == "东政办发〔2026〕1号"


def test_a_reserved_number_waits_for_its_paper(people):
    matter_id, draft = draft_it(people)
    numbering.reserve(people["wangli"], draft.series_id, 2026, count=2, reason="两会文件")
    to_signing(people, matter_id)
    texts = [(one.serial, one.state) for one in numbering.choices(people["zhangwei"], matter_id)]
    assert texts == [(3, None), (1, NumberState.RESERVED), (2, NumberState.RESERVED)]
    assert outgoing.sign(people["zhangwei"], matter_id, "同意", Signing(serial=2)).number == "东政办发〔2026〕2号"


@pytest.mark.parametrize(
    ("signing", "code"),
    [
        (Signing(serial=1), "number_taken"),
        (Signing(serial=5), "number_leaves_gap"),
        (Signing(serial=0), "number_leaves_gap"),
    ],
)
def test_a_number_used_voided_or_far_ahead_is_refused(people, signing, code):
    matter_id, draft = draft_it(people)
    numbering.reserve(people["wangli"], draft.series_id, 2026, count=1, reason="备用")
    numbering.void(people["wangli"], draft.series_id, 2026, serial=1, reason="不用了")
    to_signing(people, matter_id)
    with pytest.raises(RuleError, match=code):
        outgoing.sign(people["zhangwei"], matter_id, "同意", signing)
    assert state(people, matter_id) is State.SIGNING


def test_the_report_says_what_became_of_every_number(people):
    matter_id, draft = draft_it(people)
    clerk, series = people["wangli"], draft.series_id
    numbering.reserve(clerk, series, 2026, count=1, reason="备用")
    numbering.void(clerk, series, 2026, serial=1, reason="会议改期，不再印发")
    to_signing(people, matter_id)
    outgoing.sign(people["zhangwei"], matter_id, "同意")
    with pytest.raises(InvalidDraft):
        numbering.void(clerk, series, 2026, serial=2, reason=" ")
    with pytest.raises(RuleError, match="number_taken"):
        numbering.void(clerk, series, 2026, serial=2, reason="错了")
    found = numbering.report(clerk, series, 2026)
    assert [(row.serial, row.state, row.reason) for row in found.rows] == [
        (1, NumberState.VOID, "会议改期，不再印发"),
        (2, NumberState.ISSUED, ""),
    ]
    assert found.rows[1].paper == draft.title
    assert "会议改期" in attachments.pdf_text(numbering.export(clerk, series, 2026, "pdf").data)
    assert numbering.export(clerk, series, 2026, "xlsx").data.startswith(b"PK")


def test_an_attachment_above_the_paper_stops_the_signature(people):
    matter_id, _ = draft_it(people, attachment_titles=("名单",))
    file = FileDraft("名单.txt", "机密★10年\n张三".encode(), ContentRole.ATTACHMENT)
    attachments.attach(people["sunfang"], matter_id, file)
    to_signing(people, matter_id)
    with pytest.raises(RuleError, match="outgoing_check_blocks"):
        outgoing.sign(people["zhangwei"], matter_id, "同意")
