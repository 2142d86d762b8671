"""Acts on many papers at once: all or none, and taken back together as if they had not been."""

from datetime import date

import factories
import pytest

from deskoffice.domain.batches import MOST, BatchVerb
from deskoffice.domain.errors import InvalidDraft, NotAllowed, RuleError
from deskoffice.domain.matters import ListQuery, MatterKind, Outcome, State, StepKind
from deskoffice.domain.people import Role
from deskoffice.domain.values import Classification
from deskoffice.usecases import batches, checks, matters
from deskoffice.usecases.circulation import circulating, incoming
from deskoffice.usecases.office import Office

INCOMING = ListQuery(kinds=frozenset({MatterKind.INCOMING}), descending=False)
FRIDAY = date(2026, 11, 27)


@pytest.fixture
def papers(office: Office) -> list[int]:
    """Three papers, the second of them secret."""
    levels = (Classification.PUBLIC, Classification.CONFIDENTIAL, Classification.PUBLIC)
    drafts = [
        factories.incoming_draft(
            document_number=f"东政办发〔2026〕{at}号", level=level, secrecy_years=10 if level else None, copy_number="1"
        )
        for at, level in enumerate(levels, 50)
    ]
    return [incoming.register(office, draft).matter_ids[0] for draft in drafts]


def circulate(office: Office, papers: list[int], *names: str, note: str = "请阅。") -> int:
    people = [factories.person_id(office, name) for name in names]
    made = batches.run(
        office,
        BatchVerb.CIRCULATE,
        papers,
        lambda joined, matter_id: circulating.circulate(joined, matter_id, people, note=note),
    )
    return made.id


def seen(office: Office, papers: list[int]) -> list[tuple[object, ...]]:
    """What the cards show, without the history that only grows."""
    found: list[tuple[object, ...]] = []
    for matter_id in papers:
        card = matters.card(office, matter_id)
        waiting = [(s.kind, s.person, s.post, s.due_on) for s in card.steps if s.done_at is None]
        found.append((card.row, waiting, card.readers, card.actions, [one.who for one in card.planned]))
    return found


def test_many_are_done_at_once_and_taken_back_at_once(office: Office, papers: list[int]) -> None:
    before = seen(office, papers)
    batch = circulate(office, papers, "孙芳", "李强")
    assert [matters.card(office, one).row.holder for one in papers] == ["孙芳等2处 传阅"] * 3
    assert "孙芳" in matters.card(office, papers[1]).readers
    row = batches.last(office)
    assert row is not None
    assert (row.id, row.verb, row.count) == (batch, BatchVerb.CIRCULATE, 3)
    assert set(batches.undo(office, batch).changes.matter_ids) == set(papers)
    assert seen(office, papers) == before
    assert batches.last(office) is None
    assert checks.everything(office) == []
    with pytest.raises(RuleError, match="batch_undone"):
        batches.undo(office, batch)


def test_the_slip_keeps_what_was_taken_back(office: Office, papers: list[int]) -> None:
    batches.undo(office, circulate(office, papers, "李强"))
    steps = matters.card(office, papers[0]).steps
    assert [step.outcome for step in steps if step.kind is StepKind.CIRCULATION] == [Outcome.WITHDRAWN]
    actions = [line.action for line in matters.card(office, papers[0]).timeline]
    assert actions[-2:] == ["circulation.incoming.circulated", "matter.batch.undone"]


def test_one_that_refuses_is_named_and_none_is_done(office: Office, papers: list[int]) -> None:
    before = seen(office, papers)
    with pytest.raises(RuleError, match="batch_stopped") as refused:
        circulate(office, papers, "陈晨")
    assert refused.value.values["number"] == matters.card(office, papers[1]).row.number
    assert seen(office, papers) == before
    assert batches.last(office) is None
    assert checks.everything(office) == []


def test_what_is_not_filled_in_stays_a_problem_of_its_field(office: Office, papers: list[int]) -> None:
    with pytest.raises(InvalidDraft):
        batches.run(office, BatchVerb.URGE, papers, lambda joined, one: incoming.urge(joined, one, " "))


def test_a_batch_that_was_followed_by_something_else_stays(office: Office, papers: list[int]) -> None:
    batch = circulate(office, papers, "李强")
    circulating.mark_read(factories.as_login(office, "liqiang"), papers[2])
    with pytest.raises(RuleError, match="batch_followed") as refused:
        batches.undo(office, batch)
    assert refused.value.values["count"] == 1
    assert matters.card(office, papers[0]).row.holder == "李强 传阅"


def test_closed_papers_lie_where_they_lay_after_undo(office: Office, papers: list[int]) -> None:
    section = factories.as_role(office, Role.SECRETARIAT)
    leader = factories.person_id(office, "张伟")
    for one in papers:
        incoming.propose(section, one, "请张县长阅示。", [leader])
        incoming.instruct(factories.as_login(office, "zhangwei"), one, "同意。")
    before = seen(office, papers)
    done = batches.run(office, BatchVerb.CLOSE, papers, lambda joined, one: incoming.close(joined, one, "已办理。"))
    assert {matters.card(office, one).row.state for one in papers} == {State.CLOSED}
    batches.undo(office, done.id)
    assert seen(office, papers) == before


def test_proposals_taken_back_wait_again_for_whoever_holds_the_role(office: Office, papers: list[int]) -> None:
    section = factories.as_role(office, Role.SECRETARIAT)
    before = seen(section, papers)
    leader = factories.person_id(office, "张伟")
    done = batches.run(
        section, BatchVerb.PROPOSE, papers, lambda joined, one: incoming.propose(joined, one, "请阅示。", [leader])
    )
    batches.undo(section, done.id)
    assert seen(section, papers) == before
    said = [s.opinion for s in matters.card(office, papers[0]).steps if s.kind is StepKind.PROPOSAL and s.done_at]
    assert said == ["请阅示。"]


def test_a_day_for_all_and_reminders_are_taken_back_too(office: Office, papers: list[int]) -> None:
    before = seen(office, papers)
    due = batches.run(office, BatchVerb.SET_DUE, papers, lambda joined, one: incoming.set_due(joined, one, FRIDAY))
    assert {matters.card(office, one).row.due_on for one in papers} == {FRIDAY}
    batches.undo(office, due.id)
    urged = batches.run(office, BatchVerb.URGE, papers, lambda joined, one: incoming.urge(joined, one, "请抓紧。"))
    batches.undo(office, urged.id)
    assert seen(office, papers) == before


def test_only_what_each_of_them_allows_is_offered(office: Office, papers: list[int]) -> None:
    section = factories.as_role(office, Role.SECRETARIAT)
    incoming.propose(section, papers[0], "存查。", [])
    incoming.close(office, papers[0], "不用办理。")
    offered = {offer.verb: offer.matter_ids for offer in batches.offers(office, INCOMING, [(0, 3)])}
    assert set(offered[BatchVerb.CIRCULATE]) == set(papers[1:])
    assert BatchVerb.MARK_READ not in offered
    assert BatchVerb.PROPOSE not in offered
    intern = factories.as_login(office, "intern")
    assert batches.offers(intern, INCOMING, [(0, 2)]) == ()


def test_nobody_takes_back_the_batch_of_another_or_selects_a_whole_year(office: Office, papers: list[int]) -> None:
    batch = circulate(office, papers, "李强")
    with pytest.raises(NotAllowed, match="batch_of_another"):
        batches.undo(factories.as_role(office, Role.SECRETARIAT), batch)
    with pytest.raises(RuleError, match="batch_too_many"):
        batches.offers(office, INCOMING, [(0, MOST), (900, 1)])


def test_a_stopped_batch_leaves_nothing(office: Office, papers: list[int]) -> None:
    before = seen(office, papers)
    with pytest.raises(RuleError, match="stopped"):
        batches.run(
            office,
            BatchVerb.SET_DUE,
            papers,
            lambda joined, one: incoming.set_due(joined, one, FRIDAY),
            progress=lambda done, _: done < 2,
        )
    assert seen(office, papers) == before
