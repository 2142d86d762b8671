"""What may become of a seal, as a table of every pair of states."""

import pytest

from deskoffice.domain.errors import InvalidDraft, RuleError
from deskoffice.domain.seal_inventory import (
    HandOver,
    SealDraft,
    SealKind,
    SealState,
    StateChange,
    check,
    check_hand_over,
    move,
)

S = SealState
ALLOWED = {
    (S.IN_USE, S.OUT_OF_USE),
    (S.IN_USE, S.SEALED),
    (S.IN_USE, S.HANDED_IN),
    (S.OUT_OF_USE, S.IN_USE),
    (S.OUT_OF_USE, S.SEALED),
    (S.OUT_OF_USE, S.HANDED_IN),
    (S.OUT_OF_USE, S.DESTROYED),
    (S.SEALED, S.HANDED_IN),
    (S.SEALED, S.DESTROYED),
}


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("to", S)
def test_from_state_to_state(state, to):
    change = StateChange(to, "机构改革", witness_ids=(8, 9), receiver="县公安局")
    if (state, to) in ALLOWED:
        assert move(state, change, keeper_id=1) is to
        return
    with pytest.raises(RuleError) as caught:
        move(state, change, keeper_id=1)
    assert caught.value.code == "seal_state_not_allowed"


@pytest.mark.parametrize("witnesses", [(), (8,), (8, 8), (1, 8)], ids=["none", "one", "one twice", "the keeper"])
@pytest.mark.parametrize("to", [S.DESTROYED, S.HANDED_IN])
def test_two_different_people_watch_the_end_of_a_seal(to, witnesses):
    with pytest.raises(RuleError) as caught:
        move(S.OUT_OF_USE, StateChange(to, "机构改革", witnesses, receiver="县公安局"), keeper_id=1)
    assert caught.value.code == "seal_two_witnesses"


@pytest.mark.parametrize("to_person", [1, 2, 3])
@pytest.mark.parametrize("witness", [1, 2, 3])
def test_three_people_hand_a_seal_over(to_person, witness):
    draft = HandOver(to_person, witness, "轮岗")
    if len({1, to_person, witness}) == 3:
        check_hand_over(draft, from_person_id=1)
        return
    with pytest.raises(RuleError) as caught:
        check_hand_over(draft, from_person_id=1)
    assert caught.value.code == "seal_three_hands"


def test_a_change_needs_its_reason():
    with pytest.raises(InvalidDraft):
        move(S.IN_USE, StateChange(S.OUT_OF_USE, " "), keeper_id=1)


def test_the_deputy_is_another_person():
    with pytest.raises(InvalidDraft) as caught:
        check(SealDraft("公章", SealKind.OFFICIAL, "县政府", keeper_id=1, deputy_id=1))
    assert caught.value.problems == {"deputy_id": "deputy_is_keeper"}
