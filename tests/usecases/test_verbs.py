"""Every verb of circulation as people of the office notice it: who has the paper after it, and what the slip says."""

from datetime import date

import factories
import pytest

from deskoffice.domain.circulation.incoming import PostKind
from deskoffice.domain.circulation.routes import RouteStep
from deskoffice.domain.errors import InvalidDraft, NotAllowed, RuleError
from deskoffice.domain.matters import Action, Outcome, State, StepKind
from deskoffice.domain.people import Role
from deskoffice.domain.steps import HandlingPart, Nature, Order, Place
from deskoffice.domain.values import Classification
from deskoffice.usecases import matters, routes, urging
from deskoffice.usecases.circulation import circulating, incoming, verbs
from deskoffice.usecases.circulation.incoming import Assignment, Handler
from deskoffice.usecases.circulation.verbs import PastStep, Taker
from deskoffice.usecases.office import Office

TOMORROW, FRIDAY = date(2026, 11, 24), date(2026, 11, 27)


@pytest.fixture
def paper(office: Office) -> int:
    return incoming.register(office, factories.incoming_draft(due_on=FRIDAY)).matter_ids[0]


def proposed(office: Office, paper: int, *names: str) -> None:
    section = factories.as_role(office, Role.SECRETARIAT)
    incoming.propose(section, paper, "请阅示。", [factories.person_id(office, name) for name in names])


def handed(office: Office, paper: int, *handlers: Handler) -> None:
    proposed(office, paper)
    incoming.assign(office, paper, Assignment(handlers or (Handler(unit="县应急管理局", due_on=FRIDAY),)))


def ids(office: Office, *names: str) -> list[int]:
    return [factories.person_id(office, name) for name in names]


def waiting(office: Office, paper: int) -> list[str]:
    """Who has it now, as the slip shows."""
    steps = matters.card(office, paper).steps
    return [f"{s.person or s.unit or s.post} {s.kind}" for s in steps if s.done_at is None]


def test_the_route_of_a_kind_is_followed_step_by_step(office: Office) -> None:
    route = (
        RouteStep(StepKind.PROPOSAL, Role.SECRETARIAT),
        RouteStep(StepKind.REVIEW, Role.OFFICE_LEADER),
        RouteStep(StepKind.INSTRUCTION, Role.SIGNATORY),
    )
    routes.set_route(factories.as_role(office, Role.OFFICE_LEADER), PostKind.REQUEST, route)
    paper = incoming.register(office, factories.incoming_draft(post_kind=PostKind.REQUEST)).matter_ids[0]
    assert [one.kind for one in matters.card(office, paper).planned] == [StepKind.REVIEW, StepKind.INSTRUCTION]
    proposed(office, paper)
    assert waiting(office, paper) == ["办公室领导 review"]
    verbs.answer(factories.as_role(office, Role.OFFICE_LEADER), paper, StepKind.REVIEW, "同意拟办意见。")
    assert waiting(office, paper) == ["签发领导 instruction"]
    assert matters.card(office, paper).planned == ()


def test_handlers_have_their_own_part_and_day_and_one_leads(office: Office, paper: int) -> None:
    proposed(office, paper)
    helper = Handler(unit="县气象局", part=HandlingPart.ASSIST, due_on=TOMORROW)
    told = Handler(person_id=factories.person_id(office, "李强"), part=HandlingPart.INFORMED)
    with pytest.raises(InvalidDraft) as refused:
        incoming.assign(office, paper, Assignment((helper, told)))
    assert refused.value.problems == {"handlers": "one_lead_needed"}
    incoming.assign(office, paper, Assignment((Handler(unit="县应急管理局", due_on=FRIDAY), helper, told)))
    found = {(s.unit or "", s.part, s.due_on) for s in matters.card(office, paper).steps if s.part}
    assert ("县应急管理局", HandlingPart.LEAD, FRIDAY) in found
    assert ("县气象局", HandlingPart.ASSIST, TOMORROW) in found
    assert "李强 circulation" in waiting(office, paper)


def test_in_turn_the_next_reader_has_it_only_after_the_return(office: Office, paper: int) -> None:
    proposed(office, paper)
    circulating.circulate(office, paper, ids(office, "李强", "张伟", "周燕"), order=Order.IN_TURN, note="请阅。")
    assert waiting(office, paper) == ["李强 circulation"]
    with pytest.raises(NotAllowed):
        circulating.mark_read(factories.as_login(office, "zhangwei"), paper)
    circulating.mark_read(factories.as_login(office, "liqiang"), paper)
    assert waiting(office, paper) == ["张伟 circulation"]
    with pytest.raises(InvalidDraft):
        circulating.open_next(office, paper, " ")
    circulating.open_next(office, paper, "张伟同志外出，文件已取回。")
    assert waiting(office, paper) == ["张伟 circulation", "周燕 circulation"]
    assert "外出" in matters.card(office, paper).steps[-1].note


def test_a_numbered_paper_is_laid_before_several_at_once_only_with_a_reason(office: Office) -> None:
    draft = factories.incoming_draft(level=Classification.CONFIDENTIAL, secrecy_years=5, copy_number="000017")
    paper = incoming.register(office, draft).matter_ids[0]
    with pytest.raises(InvalidDraft) as refused:
        circulating.circulate(office, paper, ids(office, "李强", "张伟"))
    assert refused.value.problems == {"opinion": "together_needs_reason"}
    circulating.circulate(office, paper, ids(office, "李强", "张伟"), note="会上同时传阅。")


def test_nobody_is_asked_to_read_twice(office: Office, paper: int) -> None:
    circulating.circulate(office, paper, ids(office, "李强"))
    circulating.circulate(office, paper, ids(office, "李强", "张伟"))
    assert waiting(office, paper).count("李强 circulation") == 1
    with pytest.raises(RuleError) as refused:
        circulating.circulate(office, paper, ids(office, "李强"))
    assert refused.value.code == "readers_asked_already"


@pytest.mark.parametrize("words", ["阅", "已阅。", " 圈阅 ", "阅毕！", ""])
def test_read_is_never_an_opinion(office: Office, paper: int, words: str) -> None:
    circulating.circulate(office, paper, ids(office, "李强"))
    circulating.mark_read(factories.as_login(office, "liqiang"), paper, words)
    read = matters.card(office, paper).steps[-1]
    assert (read.opinion, read.outcome) == ("", Outcome.READ)


def test_a_leader_who_only_circled_it_has_read_it(office: Office, paper: int) -> None:
    proposed(office, paper, "张伟")
    incoming.instruct(factories.as_role(office, Role.SIGNATORY), paper, "阅。", Nature.PRAISE)
    assert matters.card(office, paper).steps[-1].nature is Nature.READ


def test_what_is_sent_back_is_proposed_again_by_the_sender(office: Office, paper: int) -> None:
    proposed(office, paper, "张伟")
    verbs.send_back(factories.as_role(office, Role.SIGNATORY), paper, "材料不全。")
    assert waiting(office, paper) == ["赵明 proposal"]
    card = matters.card(office, paper)
    assert (card.row.state, card.steps[-2].outcome, card.steps[-2].opinion) == (
        State.PROPOSAL,
        Outcome.RETURNED,
        "材料不全。",
    )


def test_the_sender_takes_back_what_nobody_signed_for(office: Office, paper: int) -> None:
    proposed(office, paper, "张伟", "李强")
    with pytest.raises(NotAllowed):
        verbs.withdraw(factories.as_role(office, Role.OFFICE_LEADER), paper, "送错。")
    verbs.withdraw(factories.as_role(office, Role.SECRETARIAT), paper, "送错。")
    assert waiting(office, paper) == ["赵明 proposal"]


def test_a_batch_of_readers_is_taken_back_with_those_who_wait(office: Office, paper: int) -> None:
    circulating.circulate(office, paper, ids(office, "李强", "张伟", "周燕"), order=Order.IN_TURN)
    verbs.withdraw(office, paper, "先不传阅。")
    assert matters.card(office, paper).planned == ()
    assert "李强 circulation" not in waiting(office, paper)


def test_an_added_word_comes_before_the_own_or_after_it(office: Office, paper: int) -> None:
    proposed(office, paper, "张伟")
    leader = factories.as_role(office, Role.SIGNATORY)
    verbs.add_signer(leader, paper, ids(office, "李强"), "请先提意见。", Place.BEFORE)
    assert waiting(office, paper) == ["李强 instruction"]
    incoming.instruct(factories.as_login(office, "liqiang"), paper, "建议同意。")
    assert waiting(office, paper) == ["张伟 instruction"]
    verbs.add_signer(leader, paper, ids(office, "李强"), "请一并审阅。", Place.AFTER)
    assert waiting(office, paper) == ["张伟 instruction"]
    incoming.instruct(leader, paper, "同意。")
    assert waiting(office, paper) == ["李强 instruction"]


def test_handling_passes_on_with_its_deadline(office: Office, paper: int) -> None:
    handed(office, paper)
    verbs.transfer(office, paper, Taker(unit="县水利局"), "按职责转办。")
    last = matters.card(office, paper).steps[-1]
    assert (last.unit, last.due_on, last.part, last.note) == (
        "县水利局",
        FRIDAY,
        HandlingPart.LEAD,
        "转办：按职责转办。",
    )


def test_an_extension_keeps_the_day_first_set(office: Office, paper: int) -> None:
    handed(office, paper)
    with pytest.raises(InvalidDraft):
        verbs.extend(office, paper, FRIDAY, "需核实。")
    for later in (date(2026, 12, 1), date(2026, 12, 4)):
        verbs.extend(office, paper, later, "需核实。")
    card = matters.card(office, paper)
    handling = next(step for step in card.steps if step.kind is StepKind.HANDLING)
    assert (handling.due_on, handling.first_due_on, card.row.due_on) == (date(2026, 12, 4), FRIDAY, date(2026, 12, 4))
    assert [step.due_on for step in card.steps if step.kind is StepKind.EXTEND] == [
        date(2026, 12, 1),
        date(2026, 12, 4),
    ]


def test_the_clock_stands_still_while_a_paper_is_set_aside(office: Office, paper: int) -> None:
    handed(office, paper)
    verbs.suspend(office, paper, "等待上级答复。", date(2026, 12, 1))
    card = matters.card(office, paper)
    assert card.row.state is State.SUSPENDED
    assert card.actions == (Action.RESUME, Action.ATTACH, Action.PRINT)
    office.clock.move(days=4)
    verbs.resume(office, paper)
    card = matters.card(office, paper)
    handling = next(step for step in card.steps if step.kind is StepKind.HANDLING)
    assert (card.row.state, handling.due_on, handling.first_due_on) == (State.HANDLING, date(2026, 12, 3), FRIDAY)


def test_what_happened_on_paper_is_entered_with_its_true_day(office: Office, paper: int) -> None:
    past = PastStep(StepKind.INSTRUCTION, factories.person_id(office, "张伟"), "同意。", date(2026, 11, 20))
    verbs.back_enter(office, paper, past)
    entered = matters.card(office, paper).steps[-1]
    assert (entered.person, entered.said_on, entered.recorded_by, entered.is_back_entered) == (
        "张伟",
        date(2026, 11, 20),
        "王丽",
        True,
    )


def test_a_void_paper_keeps_its_number(office: Office, paper: int) -> None:
    verbs.void(office, paper, "重复登记。")
    card = matters.card(office, paper)
    assert (card.row.state, card.row.number, card.steps[-1].opinion) == (State.VOID, "收〔2026〕1号", "重复登记。")
    other = incoming.register(office, factories.incoming_draft(document_number="东政办发〔2026〕42号"))
    assert other.number == "收〔2026〕2号"


def test_reminders_are_numbered_and_counted(office: Office, paper: int) -> None:
    handed(office, paper)
    chaser = factories.as_role(office, Role.SUPERVISION_CLERK)
    incoming.urge(chaser, paper, "请今日反馈。")
    incoming.urge(chaser, paper, "已超期，请说明原因。")
    found = urging.of_matter(office, paper)
    assert [(one.number, one.times, one.target) for one in found] == [
        ("催〔2026〕1号", 1, "县应急管理局"),
        ("催〔2026〕2号", 2, "县应急管理局"),
    ]


def test_countersigning_in_turn_and_at_once(office: Office, paper: int) -> None:
    proposed(office, paper)
    asked = ids(office, "李强", "张伟")
    verbs.send_on(office, paper, StepKind.COUNTERSIGN, asked, order=Order.IN_TURN)
    assert waiting(office, paper) == ["李强 countersign"]
    verbs.answer(factories.as_login(office, "liqiang"), paper, StepKind.COUNTERSIGN, "同意。")
    assert waiting(office, paper) == ["张伟 countersign"]
    with pytest.raises(NotAllowed):
        verbs.answer(factories.as_login(office, "intern"), paper, StepKind.COUNTERSIGN, "同意。")


def test_a_refused_verb_changes_nothing(office: Office, paper: int) -> None:
    before = matters.card(office, paper)
    with pytest.raises(InvalidDraft):
        verbs.void(office, paper, " ")
    with pytest.raises(NotAllowed):
        verbs.suspend(factories.as_login(office, "intern"), paper, "等。")
    assert matters.card(office, paper).steps == before.steps
