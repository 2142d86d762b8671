"""移交: everything or nothing, with the list, and the new holder can read it."""

from dataclasses import replace

import factories
import pytest

from deskoffice.domain.copies import LoanDraft
from deskoffice.domain.errors import InvalidDraft, NotAllowed, RuleError
from deskoffice.domain.matters import StepKind
from deskoffice.domain.media import MediumKind
from deskoffice.domain.people import Role
from deskoffice.domain.steps import Order
from deskoffice.domain.supervision import TaskDraft, TaskSource
from deskoffice.domain.values import Classification
from deskoffice.storage.media import MediumRecord
from deskoffice.usecases import copies, handing_over, matters, supervision
from deskoffice.usecases.attachments import pdf_text
from deskoffice.usecases.circulation import circulating, incoming, outgoing
from deskoffice.usecases.circulation.incoming import Assignment, Handler
from deskoffice.usecases.handing_over import HandOverDraft
from deskoffice.usecases.office import Office


def given(office: Office) -> HandOverDraft:
    """李强 leaves; 赵明 takes over before 周燕."""
    giver, taker, witness = (factories.person_id(office, name) for name in ("李强", "赵明", "周燕"))
    return HandOverDraft(giver, taker, witness, "岗位调整")


@pytest.fixture
def paper(office: Office) -> int:
    """A secret paper that waits for 李强 twice: to handle now, to read later."""
    draft = factories.incoming_draft(level=Classification.SECRET, secrecy_years=10, copy_number="000017")
    paper = incoming.register(office, draft).matter_ids[0]
    leader = factories.person_id(office, "李强")
    incoming.propose(factories.as_role(office, Role.SECRETARIAT), paper, "请李强同志办理。", [])
    incoming.assign(office, paper, Assignment((Handler(person_id=leader),)))
    readers = [factories.person_id(office, name) for name in ("张伟", "李强")]
    circulating.circulate(office, paper, readers, order=Order.IN_TURN)
    return paper


def test_everything_passes_with_the_list(office: Office, paper: int) -> None:
    office = leader = factories.log_in(office, "liqiang")
    assert [line.kind for line in handing_over.held(leader, leader.actor.person_id).lines] == ["承办", "待传阅"]
    number = handing_over.hand_over(leader, given(office))
    open_now = {(s.person, s.kind) for s in matters.card(office, paper).steps if s.done_at is None}
    assert ("赵明", StepKind.HANDLING) in open_now
    assert [one.who for one in matters.card(office, paper).planned] == ["赵明"]
    printed = "".join(pdf_text(handing_over.paper(leader, number).data).split())
    assert "关于做好汛期值班值守工作的通知" in printed
    assert "监交人周燕" in printed
    assert handing_over.held(leader, leader.actor.person_id).lines == ()
    office.close()


def test_copies_tasks_and_media_pass_with_the_papers(office: Office) -> None:
    draft = factories.incoming_draft(copy_number="000017", must_return=True)
    incoming.register(office, draft)
    copy_id = copies.out(office, 0, 9).rows[0].copy.id
    copies.lend(office, copy_id, LoanDraft(factories.person_id(office, "李强"), office.today(), "开会用", ""))
    with office.act() as act:
        kept = {"keeper": "李强", "registered_on": act.today, "registered_by": office.actor.account_id}
        act.session.add(MediumRecord(mark="m", number="移载-03", kind=MediumKind.DISC.value, level=4, **kept))
    lead = factories.person_id(office, "李强")
    chaser = factories.as_role(office, Role.SUPERVISION_CLERK)
    supervision.create(chaser, TaskDraft(TaskSource.OTHER, "整改档案室", office.today(), "", lead))
    office = leader = factories.log_in(office, "liqiang")
    assert {line.kind for line in handing_over.held(leader, lead).lines} >= {"份", "载体", "督办事项"}
    number = handing_over.hand_over(leader, given(office))
    assert handing_over.held(leader, lead).lines == ()
    assert copies.out(office, 0, 9).rows[0].copy.holder == "赵明"
    printed = "".join(pdf_text(handing_over.paper(leader, number).data).split())
    assert "移载-03" in printed
    assert "第000017号" in printed
    office.close()


def test_the_new_holder_reads_what_he_was_given(office: Office, paper: int) -> None:
    draft = replace(given(office), to_person_id=factories.person_id(office, "孙芳"))
    handing_over.hand_over(factories.as_role(office, Role.OFFICE_LEADER), draft)
    office = factories.log_in(office, "sunfang")
    assert [row.row.title for row in matters.todo(office)] == ["关于做好汛期值班值守工作的通知"]
    assert "请李强同志办理。" in [step.opinion for step in matters.card(office, paper).steps]
    assert len(handing_over.made(office)) == 1
    office.close()


def test_above_the_clearance_nothing_passes_at_all(office: Office, paper: int) -> None:
    draft = replace(given(office), to_person_id=factories.person_id(office, "吴昊"))
    before = matters.card(office, paper).steps
    with pytest.raises(RuleError) as refused:
        handing_over.hand_over(factories.as_role(office, Role.OFFICE_LEADER), draft)
    assert refused.value.code == "clearance_too_low"
    assert matters.card(office, paper).steps == before


def test_three_different_people_and_the_right_one_to_do_it(office: Office, paper: int) -> None:
    draft, leader = given(office), factories.as_role(office, Role.OFFICE_LEADER)
    with pytest.raises(RuleError):
        handing_over.hand_over(leader, replace(draft, witness_id=draft.to_person_id))
    with pytest.raises(NotAllowed):
        handing_over.hand_over(office, draft)
    with pytest.raises(InvalidDraft) as refused:
        handing_over.hand_over(leader, HandOverDraft(draft.from_person_id, None, None, " "))
    assert set(refused.value.problems) == {"to_person_id", "witness_id", "reason"}


def test_nobody_is_handed_the_review_of_the_own_draft(office: Office) -> None:
    drafter = factories.as_role(office, Role.DRAFTER)
    made = outgoing.create(drafter, factories.outgoing_draft(office)).matter_ids[0]
    outgoing.submit(drafter, made)
    signatory = factories.person_id(office, "张伟")
    outgoing.review(factories.as_role(office, Role.SECRETARIAT), made, "同意。", signatory)
    draft = HandOverDraft(signatory, drafter.actor.person_id, factories.person_id(office, "周燕"), "调离")
    with pytest.raises(RuleError) as refused:
        handing_over.hand_over(factories.as_role(office, Role.OFFICE_LEADER), draft)
    assert refused.value.code == "hand_over_own_draft"
