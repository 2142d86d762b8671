"""Rules of the use of a seal as tables."""

from dataclasses import replace

import pytest
from domain.people_cases import BYSTANDER, KEEPER, LEADER, REQUESTER, actor, for_person, for_role, standing

from deskoffice.domain.errors import InvalidDraft, RuleError
from deskoffice.domain.matters import ENDED, Action, State, StepKind
from deskoffice.domain.people import Role
from deskoffice.domain.seals import (
    SealUseDraft,
    StampCheck,
    Stamping,
    actions,
    check,
    check_confirmed,
    check_stamping,
    checklist,
)
from deskoffice.domain.values import Classification

DRAFT = SealUseDraft(seal_id=1, subject="签订合同", title="采购合同", unit="办公室")
ASKED = standing(State.REQUESTED, for_role(StepKind.APPROVAL, Role.OFFICE_LEADER), request=REQUESTER)
ASKED_BY_NAME = standing(State.REQUESTED, for_person(StepKind.APPROVAL, LEADER), request=REQUESTER)
APPROVED = standing(State.APPROVED, for_role(StepKind.STAMP, Role.SEAL_KEEPER), request=REQUESTER, approval=LEADER)
MAY_APPROVE, MAY_STAMP = {Action.APPROVE, Action.REFUSE}, {Action.STAMP, Action.REFUSE}


@pytest.mark.parametrize(
    ("matter", "who", "expected"),
    [
        pytest.param(ASKED, actor(LEADER, Role.OFFICE_LEADER), MAY_APPROVE, id="a leader approves"),
        pytest.param(ASKED, actor(LEADER, Role.SIGNATORY), MAY_APPROVE, id="a signatory approves"),
        pytest.param(ASKED, actor(REQUESTER, Role.OFFICE_LEADER), {Action.ATTACH}, id="not the own request"),
        pytest.param(ASKED, actor(KEEPER, Role.SEAL_KEEPER), set(), id="the keeper waits"),
        pytest.param(ASKED, actor(BYSTANDER, Role.DRAFTER), set(), id="others look on"),
        pytest.param(ASKED_BY_NAME, actor(LEADER, Role.SIGNATORY), MAY_APPROVE, id="the leader named approves"),
        pytest.param(ASKED_BY_NAME, actor(BYSTANDER, Role.OFFICE_LEADER), set(), id="another leader does not"),
        pytest.param(APPROVED, actor(KEEPER, Role.SEAL_KEEPER), MAY_STAMP, id="the keeper stamps"),
        pytest.param(APPROVED, actor(LEADER, Role.SEAL_KEEPER), set(), id="the approver never stamps"),
        pytest.param(APPROVED, actor(REQUESTER, Role.SEAL_KEEPER), {Action.ATTACH}, id="the requester never stamps"),
        pytest.param(APPROVED, actor(LEADER, Role.OFFICE_LEADER), set(), id="approved once is enough"),
    ],
)
def test_who_may_do_what(matter, who, expected):
    assert set(actions(matter, who)) - {Action.PRINT} == expected


@pytest.mark.parametrize("state", sorted(ENDED))
def test_what_has_ended_is_only_printed(state):
    everybody = actor(KEEPER, Role.SEAL_KEEPER, Role.OFFICE_LEADER)
    assert actions(replace(APPROVED, state=state), everybody) == (Action.PRINT,)


@pytest.mark.parametrize(
    ("change", "has_paper", "problems"),
    [
        pytest.param({}, True, {}, id="whole"),
        pytest.param({"signed_id": 7}, False, {}, id="for a signed document"),
        pytest.param({}, False, {"paper": "paper_needed"}, id="without a paper"),
        pytest.param({"signed_id": 7}, True, {"paper": "paper_or_signed"}, id="with two papers"),
        pytest.param({"subject": " ", "title": ""}, True, {"subject": "required", "title": "required"}, id="empty"),
        pytest.param({"title": "长" * 301}, True, {"title": "too_long"}, id="longest title and one more"),
        pytest.param({"copies": 0, "imprints": 0}, True, {"copies": "number_too_small"}, id="no copies"),
        pytest.param({"copies": 3, "imprints": 2}, True, {"imprints": "imprints_below_copies"}, id="a copy without"),
        pytest.param(
            {"level": Classification.PUBLIC, "secrecy_years": 5},
            True,
            {"secrecy_years": "period_without_level"},
            id="a period without a level",
        ),
    ],
)
def test_what_may_be_asked_for(change, has_paper, problems):
    draft = replace(DRAFT, **change)
    if not problems:
        check(draft, has_paper=has_paper)
        return
    with pytest.raises(InvalidDraft) as caught:
        check(draft, has_paper=has_paper)
    assert caught.value.problems == problems


SEEN = Stamping("d1", frozenset(StampCheck), stamped=4)


@pytest.mark.parametrize(
    ("stamping", "approved", "current", "code"),
    [
        pytest.param(SEEN, "d1", "d1", None, id="all that was approved"),
        pytest.param(replace(SEEN, stamped=3, note="少一份"), "d1", "d1", None, id="fewer, explained"),
        pytest.param(replace(SEEN, spoiled=9, note="印台漏油"), "d1", "d1", None, id="spoiled, explained"),
        pytest.param(SEEN, "d1", "d2", "seal_text_changed", id="changed after approval"),
        pytest.param(SEEN, "d2", "d2", "seal_text_changed", id="another version seen"),
        pytest.param(SEEN, "d2", "d1", "seal_text_changed", id="seen and current agree, approval does not"),
        pytest.param(replace(SEEN, seen_digest=""), "", "", "seal_text_changed", id="nothing approved"),
        pytest.param(replace(SEEN, checks=frozenset()), "d1", "d1", "seal_blank_paper", id="blank"),
        pytest.param(replace(SEEN, stamped=5, note="多一份"), "d1", "d1", "seal_more_than_approved", id="more"),
        pytest.param(replace(SEEN, stamped=3), "d1", "d1", "seal_difference_unexplained", id="fewer"),
        pytest.param(replace(SEEN, spoiled=1), "d1", "d1", "seal_difference_unexplained", id="spoiled"),
        pytest.param(replace(SEEN, stamped=0, note="无"), "d1", "d1", "seal_nothing_stamped", id="none"),
    ],
)
def test_when_an_imprint_may_be_made(stamping, approved, current, code):
    def act() -> None:
        check_stamping(stamping, approved_digest=approved, current_digest=current, imprints=4)

    if code is None:
        act()
        return
    with pytest.raises(RuleError) as caught:
        act()
    assert caught.value.code == code


def test_the_straddle_line_is_asked_only_where_a_straddle_seal_is():
    plain = checklist(is_straddling=False)
    check_confirmed(frozenset(plain), is_straddling=False)
    with pytest.raises(RuleError) as caught:
        check_confirmed(frozenset(plain), is_straddling=True)
    assert caught.value.values["missing"] == [StampCheck.STRADDLES]
