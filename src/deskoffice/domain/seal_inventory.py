"""The office's seals: what each is, who keeps it, what may become of it."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from deskoffice.domain.drafts import Problems, check_text
from deskoffice.domain.errors import RuleError
from deskoffice.domain.people import Actor, Role


class SealKind(StrEnum):
    """What kind of seal it is (印章类型)."""

    OFFICIAL = "official"
    """公章"""
    OFFICE = "office"
    """办公室章"""
    CONTRACT = "contract"
    """合同章"""
    DRY = "dry"
    """钢印"""
    LEADER = "leader"
    """领导名章"""
    RECEIPT = "receipt"
    """收文专用章"""


class SealState(StrEnum):
    """What has become of a seal."""

    IN_USE = "in_use"
    """在用"""
    OUT_OF_USE = "out_of_use"
    """停用"""
    SEALED = "sealed"
    """封存"""
    HANDED_IN = "handed_in"
    """缴销"""
    DESTROYED = "destroyed"
    """销毁"""


class SealEvent(StrEnum):
    """An entry in the history of a seal."""

    ENTERED = "entered"
    """登记"""
    EDITED = "edited"
    """修改"""
    IMPRINT = "imprint"
    """留存印模"""
    HANDED_OVER = "handed_over"
    """移交"""
    STATE = "state"
    """启用、停用、封存、缴销、销毁"""
    TAKEN_OUT = "taken_out"
    """外带"""
    BROUGHT_BACK = "brought_back"
    """归还"""
    CHECKED = "checked"
    """年度核查"""


NEXT = {
    SealState.IN_USE: frozenset({SealState.OUT_OF_USE, SealState.SEALED, SealState.HANDED_IN}),
    SealState.OUT_OF_USE: frozenset({SealState.IN_USE, SealState.SEALED, SealState.HANDED_IN, SealState.DESTROYED}),
    SealState.SEALED: frozenset({SealState.HANDED_IN, SealState.DESTROYED}),
    SealState.HANDED_IN: frozenset(),
    SealState.DESTROYED: frozenset(),
}
"""A seal is not destroyed on the day it was still in use, and what was handed in or destroyed never comes back."""

USUAL_DIAMETER, SMALLEST, LARGEST = 42.0, 20.0, 50.0
"""Millimetres: of an office's seal, and between which a size is believed (国发〔1999〕25号)."""

INVENTORY = (Role.SEAL_KEEPER, Role.OFFICE_LEADER)
"""Who keeps the list of seals."""


@dataclass(frozen=True, slots=True)
class SealDraft:
    """A seal as typed (印章登记)."""

    name: str
    kind: SealKind
    owner: str
    """The body whose seal it is, as its papers are signed."""
    keeper_id: int
    deputy_id: int | None = None
    material: str = ""
    size: str = ""
    enabled_by: str = ""
    """The document that put it into use (启用文号)."""
    enabled_on: date | None = None
    place: str = ""
    """The safe it lies in."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class HandOver:
    """A change of keeper (移交): who takes it and who watched."""

    to_person_id: int
    witness_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class StateChange:
    """Taking a seal out of use or back, with the two who watched a destruction."""

    state: SealState
    reason: str
    witness_ids: tuple[int, ...] = ()
    receiver: str = ""
    """Who took it in when it was handed in (缴销接收单位)."""


@dataclass(frozen=True, slots=True)
class SealRow:
    """One seal as lists show it."""

    id: int
    name: str
    kind: SealKind
    owner: str
    material: str
    size: str
    keeper_id: int
    keeper: str
    deputy_id: int | None
    deputy: str
    enabled_by: str
    enabled_on: date | None
    place: str
    note: str
    state: SealState
    has_imprint: bool
    enabled_matter_id: int | None = None
    """The document of this office that put it into use, when it is known here."""

    @property
    def diameter(self) -> float:
        """In mm, as its size is written (直径42毫米, 4.2厘米)."""
        found = re.search(r"\d+(\.\d+)?", self.size)
        size = float(found.group()) if found else USUAL_DIAMETER
        size = size * 10 if size < 10 else size
        return size if SMALLEST <= size <= LARGEST else USUAL_DIAMETER

    def is_kept_by(self, person_id: int) -> bool:
        """The keeper, or the deputy who stands in."""
        return person_id in (self.keeper_id, self.deputy_id)


@dataclass(frozen=True, slots=True)
class SealEventRow:
    """One line of a seal's history; people with the names of that day."""

    at: datetime
    event: SealEvent
    state: SealState
    by: str
    from_person: str
    to_person: str
    witnesses: str
    reason: str


def check(draft: SealDraft) -> None:
    """Raise InvalidDraft with every problem at once."""
    problems = Problems()
    check_text(problems, "name", draft.name, longest=60)
    check_text(problems, "owner", draft.owner, longest=60)
    if draft.deputy_id == draft.keeper_id:
        problems.add("deputy_id", "deputy_is_keeper")
    problems.raise_any()


def check_hand_over(draft: HandOver, *, from_person_id: int) -> None:
    """Three people sign: who gives, who takes and who watches (移交人、接收人、监交人)."""
    problems = Problems()
    check_text(problems, "reason", draft.reason, longest=300)
    problems.raise_any()
    if len({from_person_id, draft.to_person_id, draft.witness_id}) < 3:
        raise RuleError("seal_three_hands")


def move(state: SealState, change: StateChange, *, keeper_id: int) -> SealState:
    """The state after a change; a seal is handed in or destroyed before two witnesses, who do not keep it."""
    problems = Problems()
    check_text(problems, "reason", change.reason, longest=300)
    if change.state is SealState.HANDED_IN:
        check_text(problems, "receiver", change.receiver, longest=100)
    problems.raise_any()
    if change.state not in NEXT[state]:
        raise RuleError("seal_state_not_allowed", state=state, to=change.state)
    witnesses = set(change.witness_ids) - {keeper_id}
    if change.state in (SealState.HANDED_IN, SealState.DESTROYED) and len(witnesses) < 2:
        raise RuleError("seal_two_witnesses")
    return change.state


def check_usable(seal: SealRow) -> None:
    """Only a seal in use can be asked for or used."""
    if seal.state is not SealState.IN_USE:
        raise RuleError("seal_not_in_use", seal=seal.name, state=seal.state)


def check_keeper(seal: SealRow, actor: Actor) -> None:
    """A seal is used by the one who keeps it (国发〔1999〕25号: 专人保管)."""
    if not seal.is_kept_by(actor.person_id):
        raise RuleError("seal_kept_by_another", seal=seal.name, keeper=seal.keeper)
