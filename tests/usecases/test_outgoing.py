"""An outgoing document from the draft to the last copy, as people of the office would notice it."""

from dataclasses import replace
from datetime import date

import factories
import pytest

from deskoffice.domain.circulation.outgoing import Distribution, DocumentKind
from deskoffice.domain.errors import InvalidDraft, NotAllowed, RuleError
from deskoffice.domain.matters import Action, LinkKind, MatterKind, State
from deskoffice.domain.people import Role
from deskoffice.domain.seal_inventory import SealDraft, SealKind
from deskoffice.domain.seals import Stamping, checklist
from deskoffice.domain.values import Classification
from deskoffice.usecases import matters, seal_inventory, seals, settings
from deskoffice.usecases.attachments import pdf_text
from deskoffice.usecases.circulation import outgoing, outgoing_draft, outgoing_paper, slips
from deskoffice.usecases.office import Office


def drafted(office: Office, **changes: object) -> int:
    drafter = factories.as_role(office, Role.DRAFTER)
    return outgoing.create(drafter, factories.outgoing_draft(office, **changes)).matter_ids[0]


def signed(office: Office, **changes: object) -> int:
    matter_id = drafted(office, **changes)
    sign_it(office, matter_id)
    return matter_id


def sign_it(office: Office, matter_id: int) -> None:
    outgoing.submit(factories.as_role(office, Role.DRAFTER), matter_id)
    signatory = factories.as_role(office, Role.SIGNATORY)
    outgoing.review(factories.as_role(office, Role.SECRETARIAT), matter_id, "拟同意。", signatory.actor.person_id)
    outgoing.sign(signatory, matter_id, "同意印发。")


def stamped(office: Office) -> int:
    keeper = factories.as_role(office, Role.SEAL_KEEPER)
    draft = SealDraft("公章", SealKind.OFFICIAL, "河东县人民政府办公室", keeper.actor.person_id)
    seal_id = seal_inventory.add(keeper, draft)
    matter_id = signed(office)
    use = next(link.matter for link in matters.card(office, matter_id).links if link.kind is LinkKind.SEALED_BY)
    approved = next(c for c in matters.card(office, matter_id).contents if c.role == "approved")
    checks = frozenset(checklist(is_straddling=False))
    seals.stamp(keeper, use.id, Stamping(approved.digest, checks, stamped=3, seal_id=seal_id))
    return matter_id


def test_the_number_is_taken_at_the_signature_and_not_before(office: Office) -> None:
    first, second = drafted(office), signed(office)
    assert matters.card(office, first).row.number == ""
    assert matters.card(office, second).row.number == "东政办发〔2026〕1号"
    assert matters.card(office, signed(office)).row.number == "东政办发〔2026〕2号"


def test_every_copy_has_one_holder_and_the_rest_stays_here(office: Office) -> None:
    matter_id = stamped(office)
    outgoing.dispatch(office, matter_id, [Distribution("县财政局", 1), Distribution("县水利局", 1)])
    copies = matters.card(office, matter_id).copies
    assert [(c.copy_number, c.holder) for c in copies] == [
        ("000001", "县财政局"),
        ("000002", "县水利局"),
        ("000003", "王丽"),
    ]
    outgoing.close(office, matter_id)
    assert matters.card(office, matter_id).row.state is State.CLOSED


def test_more_copies_than_printed_are_refused(office: Office) -> None:
    matter_id = stamped(office)
    with pytest.raises(RuleError) as refused:
        outgoing.dispatch(office, matter_id, [Distribution("县财政局", 4)])
    assert refused.value.code == "distribution_too_many"
    assert matters.card(office, matter_id).copies == ()


def test_nothing_is_handed_out_before_it_is_stamped(office: Office) -> None:
    matter_id = signed(office)
    with pytest.raises(NotAllowed):
        outgoing.dispatch(office, matter_id, [Distribution("县财政局", 1)])


def test_a_returned_draft_is_the_drafters_again_with_the_reason(office: Office) -> None:
    matter_id = drafted(office)
    drafter = factories.as_role(office, Role.DRAFTER)
    outgoing.submit(drafter, matter_id)
    with pytest.raises(NotAllowed):
        outgoing.edit(drafter, matter_id, factories.outgoing_draft(office, title="改了的标题"))
    outgoing.return_to_drafter(factories.as_role(office, Role.SECRETARIAT), matter_id, "责任分工不明确。")
    changed = factories.outgoing_draft(office, body_text="一、责任\n县水利局牵头。")
    outgoing.edit(drafter, matter_id, changed)
    card = matters.card(drafter, matter_id)
    assert [s.opinion for s in card.steps if s.opinion] == ["责任分工不明确。"]
    assert [c.version for c in card.contents if c.role == "body"] == [1, 2]
    assert card.actions[0] is Action.SUBMIT


def test_nobody_reviews_or_signs_the_own_draft(office: Office) -> None:
    section = factories.as_role(office, Role.SECRETARIAT)
    matter_id = outgoing.create(section, factories.outgoing_draft(office)).matter_ids[0]
    outgoing.submit(section, matter_id)
    with pytest.raises(NotAllowed):
        outgoing.review(section, matter_id, "同意。", factories.person_id(office, "张伟"))


def test_only_a_signatory_is_asked_to_sign(office: Office) -> None:
    matter_id = drafted(office)
    outgoing.submit(factories.as_role(office, Role.DRAFTER), matter_id)
    section = factories.as_role(office, Role.SECRETARIAT)
    with pytest.raises(NotAllowed) as refused:
        outgoing.review(section, matter_id, "同意。", factories.person_id(office, "周燕"))
    assert refused.value.code == "signatory_role_missing"
    assert matters.card(office, matter_id).row.state is State.REVIEW


def test_the_page_bears_number_title_and_date_of_the_signature(office: Office) -> None:
    matter_id = signed(office)
    made = outgoing_paper.pdf(office, matter_id)
    text = "".join(pdf_text(made.pdf).split())
    for words in ("东政办发〔2026〕1号", "关于做好今冬明春安全生产工作的通知", "2026年11月23日", "压实责任"):
        assert words in text
    assert outgoing_paper.pdf(office, matter_id).pdf == made.pdf
    assert outgoing_paper.docx(office, matter_id)[:2] == b"PK"


def test_the_signature_on_paper_is_recorded_with_its_date(office: Office) -> None:
    matter_id = drafted(office)
    outgoing.submit(factories.as_role(office, Role.DRAFTER), matter_id)
    signatory_id = factories.person_id(office, "张伟")
    outgoing.review(factories.as_role(office, Role.SECRETARIAT), matter_id, "", signatory_id)
    with pytest.raises(InvalidDraft):
        outgoing.record_signature(office, matter_id, "同意。", date(2026, 11, 30))
    outgoing.record_signature(office, matter_id, "同意。", date(2026, 11, 20))
    step = matters.card(office, matter_id).steps[-1]
    assert (step.person, step.recorded_by, step.said_on) == ("张伟", "王丽", date(2026, 11, 20))
    assert "2026年11月20日" in "".join(pdf_text(outgoing_paper.pdf(office, matter_id).pdf).split())


def test_an_upward_paper_names_its_addressee_and_its_signatory(office: Office) -> None:
    with pytest.raises(InvalidDraft):
        drafted(office, kind=DocumentKind.REQUEST, addressee="")
    matter_id = signed(office, kind=DocumentKind.REQUEST, addressee="东江市人民政府：", title="关于解决经费的请示")
    assert "签发人：张伟" in "".join(pdf_text(outgoing_paper.pdf(office, matter_id).pdf).split())


def test_the_issue_sheet_shows_who_signed(office: Office) -> None:
    matter_id = signed(office)
    text = "".join(pdf_text(slips.issue_sheet(office, matter_id).data).split())
    assert "同意印发。" in text
    assert "张伟" in text


def test_a_gap_in_the_numbers_shows_until_it_is_explained(office: Office) -> None:
    matter_id = signed(office)
    series = next(row for row in settings.all_series(office) if row.kind == MatterKind.OUTGOING)
    assert settings.gap_report(office, series.id, 2026) == []
    settings.void_number(office, series.id, 2026, 3, "误用")
    assert settings.gap_report(office, series.id, 2026) == [2]
    assert matters.card(office, matter_id).row.number == "东政办发〔2026〕1号"


def test_a_secret_draft_stays_with_its_readers(office: Office) -> None:
    secret = replace(
        factories.outgoing_draft(office), level=Classification.SECRET, secrecy_years=10, title="关于代号青松的通知"
    )
    matter_id = outgoing.create(factories.as_role(office, Role.DRAFTER), secret).matter_ids[0]
    assert matters.card(office, matter_id).readers
    other = factories.log_in(office, "intern")
    with pytest.raises(RuleError):
        matters.card(other, matter_id)
    other.close()


def test_what_a_refused_rule_would_clean_is_printed_as_typed(office):
    text = "请于5月1日前,报送材料。\n第二段  有空格。"
    draft = factories.outgoing_draft(office, body_text=text, kept_rules=("half_width_marks",))
    printed = pdf_text(outgoing_paper.preview(office, draft).pdf)
    assert "前,报送" in printed
    assert "第二段有空格" in printed
    stored = outgoing.create(office, draft).matter_ids[0]
    assert outgoing_draft.draft_of(office, stored).kept_rules == ("half_width_marks",)
    assert "前,报送" in pdf_text(outgoing_paper.pdf(office, stored).pdf)


def test_a_joint_draft_comes_back_with_its_organs_and_an_order_names_one(office: Office) -> None:
    matter_id = drafted(office, joint_with=("河东县财政局",))
    assert outgoing_draft.draft_of(office, matter_id).joint_with == ("河东县财政局",)
    found, _ = outgoing_paper.current(office, matter_id)
    assert found.issuers == ("河东县人民政府办公室", "河东县财政局")
    assert found.issuer_mark == ("河东县人民政府办公室", "河东县财政局文件")
    with pytest.raises(InvalidDraft) as refused:
        drafted(office, kind=DocumentKind.ORDER, joint_with=("河东县财政局",))
    assert refused.value.problems == {"joint_with": "issued_alone"}
