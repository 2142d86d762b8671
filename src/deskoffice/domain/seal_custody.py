"""Where a seal is and in whose hands: hand-over before a witness, taking it out of the office, the yearly check."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from deskoffice.domain.drafts import Problems, check_text
from deskoffice.domain.errors import RuleError
from deskoffice.domain.people import Actor, Role
from deskoffice.domain.seal_inventory import INVENTORY, SealRow, SealState


class Party(StrEnum):
    """Who signs a hand-over, in this order."""

    GIVER = "giver"
    """移交人"""
    WITNESS = "witness"
    """监交人"""
    TAKER = "taker"
    """接收人"""


@dataclass(frozen=True, slots=True)
class HandOverRow:
    """A hand-over (移交); it is done when the three have signed."""

    id: int
    seal_id: int
    from_person_id: int
    from_person: str
    to_person_id: int
    to_person: str
    witness_id: int
    witness: str
    reason: str
    begun_at: datetime
    signed: tuple[tuple[Party, str, datetime], ...]
    """Who signed for which party, and when."""
    is_open: bool

    @property
    def next_party(self) -> Party | None:
        """Whose signature is wanted now."""
        done = {party for party, _, _ in self.signed}
        return next((party for party in Party if party not in done), None) if self.is_open else None


def may_sign(row: HandOverRow, seal: SealRow, actor: Actor) -> bool:
    """Each signs for himself; for a giver who is gone the deputy or whoever leads the office signs."""
    party = row.next_party
    if party is Party.GIVER:
        others = {row.to_person_id, row.witness_id}
        stands_in = actor.person_id == seal.deputy_id or actor.has(Role.OFFICE_LEADER)
        return actor.person_id == row.from_person_id or (stands_in and actor.person_id not in others)
    wanted = {Party.WITNESS: row.witness_id, Party.TAKER: row.to_person_id}
    return party is not None and wanted[party] == actor.person_id


class LoanState(StrEnum):
    """Where a seal that leaves the office is (外带)."""

    ASKED = "asked"
    """待批准"""
    APPROVED = "approved"
    """已批准，待取走"""
    OUT = "out"
    """在外"""
    BACK = "back"
    """已归还"""
    REFUSED = "refused"
    """不同意外带"""


@dataclass(frozen=True, slots=True)
class LoanDraft:
    """Taking a seal out (外带用印): by two people, where to, what for, until when."""

    first_id: int
    second_id: int
    place: str
    reason: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class LoanRow:
    """One time that a seal leaves the office."""

    id: int
    seal_id: int
    seal: str
    first_id: int
    first: str
    second_id: int
    second: str
    place: str
    reason: str
    asked_by_id: int
    asked_by: str
    asked_at: datetime
    approver: str
    due_at: datetime
    out_at: datetime | None
    back_at: datetime | None
    taken_back_by: str
    state: LoanState
    note: str

    def is_overdue(self, now: datetime) -> bool:
        """Out, and it should have been back."""
        return self.state is LoanState.OUT and now > self.due_at


def check_loan(draft: LoanDraft, *, now: datetime) -> None:
    """Two people, a place, a reason, and a time that lies ahead."""
    problems = Problems()
    check_text(problems, "place", draft.place, longest=100)
    check_text(problems, "reason", draft.reason, longest=300)
    if draft.first_id == draft.second_id:
        problems.add("second", "loan_two_people")
    if draft.due_at <= now:
        problems.add("due_at", "loan_due_past")
    problems.raise_any()


def check_loan_approver(row: LoanRow, actor: Actor) -> None:
    """Nobody lets himself go with the seal, nor grants what he asked for."""
    if actor.person_id in (row.first_id, row.second_id, row.asked_by_id):
        raise RuleError("seal_loan_own")


def loan_acts(row: LoanRow, seal: SealRow, actor: Actor) -> frozenset[LoanState]:
    """The states to which this person may bring it now."""
    if row.state is LoanState.ASKED:
        apart = actor.person_id not in (row.first_id, row.second_id, row.asked_by_id)
        may = apart and actor.has(Role.OFFICE_LEADER, Role.SIGNATORY)
        return frozenset({LoanState.APPROVED, LoanState.REFUSED}) if may else frozenset()
    nexts = {LoanState.APPROVED: LoanState.OUT, LoanState.OUT: LoanState.BACK}
    keeps = seal.is_kept_by(actor.person_id)
    return frozenset({nexts[row.state]}) if keeps and row.state in nexts else frozenset()


class CheckResult(StrEnum):
    """What the yearly check found (年度核查)."""

    INTACT = "intact"
    """账实相符，印面完好"""
    WORN = "worn"
    """印面磨损变形，建议更换"""
    DIFFERS = "differs"
    """印模与留存不符"""
    MISPLACED = "misplaced"
    """保管人或存放地点与登记不符"""
    MISSING = "missing"
    """未见实物"""


@dataclass(frozen=True, slots=True)
class CheckLine:
    """What was found of one seal."""

    seal_id: int
    result: CheckResult
    note: str = ""


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One line of the sheet of a yearly check."""

    seal: SealRow
    year: int
    at: datetime | None
    by: str
    witness: str
    result: CheckResult | None
    note: str


CHECKED = frozenset({SealState.IN_USE, SealState.OUT_OF_USE, SealState.SEALED})
"""Seals that are still here, in use or not, are looked at."""

CHECK_FROM_MONTH = 11
"""From November on a check that was not made is told on the first page."""


def check_lines(lines: tuple[CheckLine, ...], *, witness_id: int, actor: Actor) -> None:
    """Two look together, and what is not in order is explained."""
    if not actor.has(*INVENTORY):
        raise RuleError("seal_check_role")
    if witness_id == actor.person_id:
        raise RuleError("seal_check_two")
    problems = Problems()
    for line in lines:
        if line.result is not CheckResult.INTACT and not line.note.strip():
            problems.add("note", "check_note_needed")
    problems.raise_any()
