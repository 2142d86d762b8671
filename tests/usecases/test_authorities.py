"""Acting for somebody: within dates, kinds and level, readable through the vault and no longer."""

from dataclasses import replace
from datetime import date

import factories
import pytest

from deskoffice.domain.errors import InvalidDraft, NotAllowed, RuleError
from deskoffice.domain.matters import Action, ListQuery, MatterKind, StepKind
from deskoffice.domain.people import Role
from deskoffice.domain.standing_in import AuthorityDraft
from deskoffice.domain.values import Classification
from deskoffice.usecases import authorities, matters, search
from deskoffice.usecases.circulation import incoming, slips
from deskoffice.usecases.office import Office

INCOMING = ListQuery(kinds=frozenset({MatterKind.INCOMING}))


def paper(office: Office, level: Classification, number: str) -> int:
    draft = factories.incoming_draft(
        level=level, secrecy_years=5, copy_number="000017", title="关于代号青松演练的通知", document_number=number
    )
    matter_id = incoming.register(office, draft).matter_ids[0]
    leader = factories.person_id(office, "张伟")
    incoming.propose(factories.as_role(office, Role.SECRETARIAT), matter_id, "请张伟同志阅示。", [leader])
    return matter_id


def draft_of(office: Office, **changes: object) -> AuthorityDraft:
    """张伟 is away until Friday; 周燕 acts for him up to 秘密."""
    draft = AuthorityDraft(
        principal_id=factories.person_id(office, "张伟"),
        deputy_id=factories.person_id(office, "周燕"),
        from_on=date(2026, 11, 23),
        to_on=date(2026, 11, 27),
        kinds=frozenset({MatterKind.INCOMING}),
        steps=frozenset({StepKind.INSTRUCTION}),
        ceiling=Classification.CONFIDENTIAL,
        basis="张伟同志外出学习，11月20日批条",
    )
    return replace(draft, **changes)


def test_the_deputy_acts_within_the_ceiling_and_the_slip_says_so(office: Office) -> None:
    low = paper(office, Classification.CONFIDENTIAL, "东密发〔2026〕3号")
    high = paper(office, Classification.SECRET, "东密发〔2026〕4号")
    authorities.give(factories.as_role(office, Role.OFFICE_LEADER), draft_of(office))
    office = factories.log_in(office, "zhouyan")
    assert [row.row.id for row in matters.todo(office)] == [low]
    assert search.find(office, "青松").total == 1
    with pytest.raises(RuleError):
        matters.card(office, high)
    card = matters.card(office, low)
    assert card.actions[0] is Action.INSTRUCT
    assert next(step.opinion for step in card.steps if step.opinion) == "请张伟同志阅示。"
    incoming.instruct(office, low, "同意，请抓紧办理。")
    said = matters.card(office, low).steps[-1]
    assert (said.person, said.deputy) == ("张伟", "周燕")
    from deskoffice.usecases.attachments import pdf_text

    assert "张伟（周燕代）" in "".join(pdf_text(slips.handling_slip(office, low).data).split())
    office.close()


def test_what_comes_while_he_is_away_is_given_too_and_taken_when_it_ends(office: Office) -> None:
    authorities.give(factories.as_role(office, Role.OFFICE_LEADER), draft_of(office))
    later = paper(office, Classification.CONFIDENTIAL, "东密发〔2026〕5号")
    clock = office.clock
    office = factories.log_in(office, "zhouyan")
    assert [row.row.id for row in matters.todo(office)] == [later]
    clock.move(days=7)
    office = factories.log_in(office, "zhouyan")
    assert matters.list_page(office, INCOMING, 0, 10).total == 0
    assert search.find(office, "青松").total == 0
    with pytest.raises(RuleError):
        incoming.instruct(office, later, "同意。")
    authorities.settle(office)
    office = factories.log_in(office, "wangli")
    authorities.settle(office)
    assert "周燕" not in matters.card(office, later).readers
    office.close()


def test_an_authority_that_begins_later_gives_nothing_today(office: Office) -> None:
    low = paper(office, Classification.CONFIDENTIAL, "东密发〔2026〕3号")
    draft = draft_of(office, from_on=date(2026, 11, 25))
    authorities.give(factories.as_role(office, Role.OFFICE_LEADER), draft)
    assert "周燕" not in matters.card(office, low).readers
    office.clock.move(days=2)
    authorities.settle(office)
    assert "周燕" in matters.card(office, low).readers


def test_nobody_gives_himself_authority(office: Office) -> None:
    leader = factories.as_role(office, Role.OFFICE_LEADER)
    with pytest.raises(NotAllowed):
        authorities.give(leader, draft_of(office, deputy_id=leader.actor.person_id))
    with pytest.raises(NotAllowed):
        authorities.give(office, draft_of(office))
    authorities.give(factories.as_role(office, Role.SIGNATORY), draft_of(office))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"to_on": date(2026, 11, 20)}, "to_on"),
        ({"to_on": date(2028, 1, 1)}, "to_on"),
        ({"ceiling": Classification.TOP_SECRET}, "ceiling"),
        ({"kinds": frozenset()}, "kinds"),
        ({"steps": frozenset()}, "steps"),
        ({"basis": " "}, "basis"),
        ({"principal_id": None}, "principal_id"),
    ],
    ids=["over", "too long", "above clearance", "no kinds", "no steps", "no basis", "for nobody"],
)
def test_an_authority_has_its_limits(office: Office, changes: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidDraft) as refused:
        authorities.give(factories.as_role(office, Role.OFFICE_LEADER), draft_of(office, **changes))
    assert set(refused.value.problems) == {field}


def test_taken_back_it_ends_at_once(office: Office) -> None:
    low = paper(office, Classification.CONFIDENTIAL, "东密发〔2026〕3号")
    leader = factories.as_role(office, Role.OFFICE_LEADER)
    authorities.give(leader, draft_of(office))
    authorities.take_back(leader, authorities.listed(leader)[0].authority.id)
    assert "周燕" not in matters.card(office, low).readers
