"""An incoming document from the counter to the file, as people of the office would notice it."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime

import factories
import pytest

from deskoffice.domain.circulation.incoming_returns import ReturnDraft, ReturnReason
from deskoffice.domain.errors import InvalidDraft, NotAllowed, RuleError
from deskoffice.domain.matters import Action, ListQuery, MatterKind, State, StepKind
from deskoffice.domain.people import Role
from deskoffice.domain.values import Classification
from deskoffice.usecases import matters, search, words
from deskoffice.usecases.attachments import FileDraft
from deskoffice.usecases.circulation import incoming, incoming_returns, slips
from deskoffice.usecases.circulation.incoming import Assignment, Handler
from deskoffice.usecases.office import Office
from deskoffice.usecases.previews import page_count, paper

INCOMING = ListQuery(kinds=frozenset({MatterKind.INCOMING}))


def secret_draft(**changes: object):
    return factories.incoming_draft(
        level=Classification.SECRET,
        secrecy_years=10,
        copy_number="000017",
        title="关于代号青松演练的通知",
        document_number="东密发〔2026〕3号",
        **changes,
    )


def numbers(office: Office) -> list[str]:
    return [row.number for row in reversed(matters.list_page(office, INCOMING, 0, 50).rows)]


def test_numbers_of_a_year_have_no_gap_after_a_refusal(office: Office) -> None:
    incoming.register(office, factories.incoming_draft())
    with pytest.raises(InvalidDraft):
        incoming.register(office, factories.incoming_draft(title=" "))
    with pytest.raises(InvalidDraft):
        incoming.register(office, factories.incoming_draft())
    incoming.register(office, factories.incoming_draft(document_number="东政办发〔2026〕42号"))
    assert numbers(office) == ["收〔2026〕1号", "收〔2026〕2号"]


def test_every_field_typed_at_the_counter_is_kept_and_stands_on_the_card_under_its_label(office: Office) -> None:
    empty = factories.incoming_draft(document_number="")
    typed = {one.name: f"写在{one.name}" for one in fields(empty) if getattr(empty, one.name) == ""}
    draft = replace(empty, **typed, document_date=date(2026, 11, 20), pages=3, copies=2, must_return=True)
    matter_id = incoming.register(office, draft).matter_ids[0]
    assert incoming.draft_of(office, matter_id) == draft
    shown = {words.field(one.code): one.text for one in matters.card(office, matter_id).fields}
    assert set(typed.values()) <= set(shown.values())


def test_the_same_paper_is_known_however_its_number_is_typed(office: Office) -> None:
    incoming.register(office, factories.incoming_draft(copy_number="000001"))
    typed = factories.incoming_draft(document_number="东政办发[2026] 41 号", copy_number="000002")
    assert [copy.row.number for copy in incoming.known_copies(office, typed)] == ["收〔2026〕1号"]
    assert incoming.register(office, typed).notes == ("copy_known",)
    with pytest.raises(InvalidDraft) as refused:
        incoming.register(office, typed)
    assert refused.value.problems == {"copy_number": "same_copy_registered"}


def test_a_paper_goes_from_the_counter_to_the_leader_and_back(office: Office) -> None:
    matter_id = incoming.register(office, factories.incoming_draft()).matter_ids[0]
    section, leader = factories.as_role(office, Role.SECRETARIAT), factories.as_role(office, Role.SIGNATORY)
    incoming.propose(section, matter_id, "请张伟同志阅示。", [leader.actor.person_id])
    assert matters.card(office, matter_id).row.holder == "张伟 批示"
    incoming.instruct(leader, matter_id, "请应急局今天下班前把值班表排好。")
    incoming.assign(office, matter_id, Assignment((Handler(unit="县应急管理局", due_on=date(2026, 11, 25)),)))
    step = next(s for s in matters.card(office, matter_id).steps if s.kind is StepKind.HANDLING)
    incoming.report(office, matter_id, step.id, "值班表已排好。")
    incoming.close(office, matter_id, "已办结，存档。")
    card = matters.card(office, matter_id)
    assert card.row.state is State.CLOSED
    assert card.actions == (Action.PRINT,)
    assert [s.opinion for s in card.steps if s.opinion] == [
        "请张伟同志阅示。",
        "请应急局今天下班前把值班表排好。",
        "值班表已排好。",
        "已办结，存档。",
    ]


def test_before_eight_in_the_morning_it_is_today_and_not_yesterday(office: Office) -> None:
    at_night = replace(office, clock=lambda: datetime(2026, 11, 22, 16, 25, tzinfo=UTC))
    matter_id = incoming.register(at_night, factories.incoming_draft()).matter_ids[0]
    row = matters.card(at_night, matter_id).row
    assert row.held_since == at_night.today() == date(2026, 11, 23)


def next_act(office: Office, matter_id: int) -> tuple[Action, Action | None]:
    """What the card and the to-do list of its registrar offer first."""
    asked = next(one.action for one in matters.todo(office) if one.row.id == matter_id)
    return matters.card(office, matter_id).actions[0], asked


def test_after_an_instruction_a_paper_is_first_given_to_somebody_and_closed_when_it_was_handled(office: Office) -> None:
    matter_id = incoming.register(office, factories.incoming_draft()).matter_ids[0]
    section, leader = factories.as_role(office, Role.SECRETARIAT), factories.as_role(office, Role.SIGNATORY)
    incoming.propose(section, matter_id, "请张伟同志阅示。", [leader.actor.person_id])
    incoming.instruct(leader, matter_id, "请应急局今天下班前把值班表排好。")
    assert next_act(office, matter_id) == (Action.ASSIGN, Action.ASSIGN)
    incoming.assign(office, matter_id, Assignment((Handler(unit="县应急管理局"),)))
    incoming.report(office, matter_id, matters.card(office, matter_id).steps[-1].id, "值班表已排好。")
    assert next_act(office, matter_id) == (Action.CLOSE, Action.CLOSE)


def test_an_instruction_written_on_paper_is_recorded_with_its_date(office: Office) -> None:
    matter_id = incoming.register(office, factories.incoming_draft()).matter_ids[0]
    leader_id = factories.person_id(office, "张伟")
    incoming.propose(factories.as_role(office, Role.SECRETARIAT), matter_id, "请阅示。", [leader_id])
    step = matters.card(office, matter_id).steps[-1]
    with pytest.raises(InvalidDraft):
        incoming.record_instruction(office, matter_id, step.id, "同意。", date(2026, 11, 24))
    incoming.record_instruction(office, matter_id, step.id, "同意。", date(2026, 11, 22))
    recorded = matters.card(office, matter_id).steps[-1]
    assert (recorded.person, recorded.opinion, recorded.recorded_by, recorded.said_on) == (
        "张伟",
        "同意。",
        "王丽",
        date(2026, 11, 22),
    )


def test_a_secret_paper_does_not_exist_for_those_outside(office: Office) -> None:
    matter_id = incoming.register(office, secret_draft()).matter_ids[0]
    for login in ("intern", "wuhao", "zhouyan", "sysadmin", "secadmin", "auditor"):
        other = factories.log_in(office, login)
        assert matters.list_page(other, INCOMING, 0, 50).total == 0
        assert matters.counts(other, {"all": INCOMING}) == {"all": 0}
        assert search.find(other, "青松").total == 0
        with pytest.raises(RuleError):
            matters.card(other, matter_id)
        office = other
    office = factories.log_in(office, "zhaoming")
    assert matters.list_page(office, INCOMING, 0, 50).rows[0].title == "关于代号青松演练的通知"
    assert search.find(office, "青松").total == 1
    office.close()


def test_nobody_is_asked_above_the_own_clearance(office: Office) -> None:
    matter_id = incoming.register(office, secret_draft()).matter_ids[0]
    section = factories.as_role(office, Role.SECRETARIAT)
    before = matters.card(office, matter_id)
    with pytest.raises(RuleError) as refused:
        incoming.propose(section, matter_id, "请吴昊同志阅示。", [factories.person_id(office, "吴昊")])
    assert refused.value.code == "clearance_too_low"
    after = matters.card(office, matter_id)
    assert (after.steps, after.readers) == (before.steps, before.readers)


def test_a_reader_added_later_opens_what_was_written_before(office: Office) -> None:
    body = FileDraft("通知.txt", "青松演练定于周五。".encode())
    matter_id = incoming.register(office, secret_draft(), [body]).matter_ids[0]
    incoming.add_readers(office, matter_id, [factories.person_id(office, "周燕")], "保管实物")
    office = factories.log_in(office, "zhouyan")
    card = matters.card(office, matter_id)
    assert card.row.title == "关于代号青松演练的通知"
    assert card.contents[0].name == "通知.txt"
    assert page_count(paper(office, matter_id, card.contents[0].content_id).data) == 1
    office.close()


def test_a_step_is_done_once(office: Office) -> None:
    matter_id = incoming.register(office, factories.incoming_draft()).matter_ids[0]
    section = factories.as_role(office, Role.SECRETARIAT)
    incoming.propose(section, matter_id, "请阅示。", [factories.person_id(office, "张伟")])
    with pytest.raises(NotAllowed):
        incoming.propose(section, matter_id, "请阅示。", [factories.person_id(office, "张伟")])
    assert [s.kind for s in matters.card(office, matter_id).steps].count(StepKind.INSTRUCTION) == 1


def test_a_closed_document_cannot_be_moved(office: Office) -> None:
    matter_id = incoming.register(office, factories.incoming_draft()).matter_ids[0]
    section = factories.as_role(office, Role.SECRETARIAT)
    incoming_returns.return_to_sender(office, matter_id, ReturnDraft((ReturnReason.NOT_OURS,)))
    with pytest.raises(NotAllowed):
        incoming.propose(section, matter_id, "请阅示。", [factories.person_id(office, "张伟")])
    assert matters.todo(section) == ()


def test_a_wrong_draft_says_everything_at_once(office: Office) -> None:
    draft = factories.incoming_draft(title="", source_unit="", secrecy_years=5, copies=0, delivery="专人" * 11)
    with pytest.raises(InvalidDraft) as refused:
        incoming.register(office, draft)
    assert set(refused.value.problems) == {"title", "source_unit", "secrecy_years", "copies", "delivery"}


def test_the_slip_prints_every_opinion(office: Office) -> None:
    matter_id = incoming.register(office, factories.incoming_draft()).matter_ids[0]
    opinion = "请应急局牵头，各乡镇配合。" * 40
    incoming.propose(factories.as_role(office, Role.SECRETARIAT), matter_id, opinion, [])
    paper = slips.handling_slip(office, matter_id)
    from deskoffice.usecases.attachments import pdf_text

    assert "".join(pdf_text(paper.data).split()).count("请应急局牵头") == 40


def test_search_finds_words_numbers_and_opinions(office: Office) -> None:
    matter_id = incoming.register(office, factories.incoming_draft()).matter_ids[0]
    section = factories.as_role(office, Role.SECRETARIAT)
    incoming.propose(section, matter_id, "请水利局会同气象局办理。", [])
    for query in ("汛期", "汛", "东政办发[2026]41号", "气象局", "收〔2026〕1", "市人民政府"):
        assert search.find(office, query).total == 1, query
    for query in ("洪水", "东政办发〔2025〕41号", "，"):
        assert search.find(office, query).total == 0, query


def test_an_edit_is_found_by_its_new_words_only(office: Office) -> None:
    draft = factories.incoming_draft()
    matter_id = incoming.register(office, draft).matter_ids[0]
    assert search.find(office, "汛期").total == 1
    incoming.edit(office, matter_id, replace(draft, title="关于做好森林防火工作的通知"))
    assert search.find(office, "汛期").total == 0
    assert search.find(office, "防火").total == 1
