"""Numbered copies: which are out and with whom, lent and given back, and the way that one of them went."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deskoffice.domain import copies as rules
from deskoffice.domain.copies import CopyMove, CopyOrigin, CopyPlace, LoanDraft
from deskoffice.domain.errors import InvalidDraft, RuleError
from deskoffice.domain.matters import ENDED, Changes, CopyEnd, CopyRow, MatterRow, State
from deskoffice.domain.people import PersonRow
from deskoffice.domain.values import Classification
from deskoffice.storage import matter_queries
from deskoffice.storage.copies import CopyEventRecord
from deskoffice.storage.matters import CopyRecord, MatterRecord
from deskoffice.storage.people import AccountRecord
from deskoffice.usecases import matters, sharing, stepping
from deskoffice.usecases.office import Act, Office


@dataclass(frozen=True, slots=True)
class CopyOut:
    """A copy with the paper that it is a copy of."""

    copy: CopyRow
    matter: MatterRow
    place: CopyPlace
    origin: CopyOrigin


@dataclass(frozen=True, slots=True)
class CopyPage:
    """Part of the list, and how many there are in all."""

    total: int
    rows: tuple[CopyOut, ...]


def out(office: Office, first: int, size: int, place: CopyPlace | None = None) -> CopyPage:
    """Copies that must come back, those soonest first, or all of one place; only of papers this account may know."""
    ids = select(CopyRecord.id).join(MatterRecord, MatterRecord.id == CopyRecord.matter_id)
    ids = ids.where(CopyRecord.ended_on.is_(None), matter_queries.may_know(office.actor))
    if place is None:
        ids = ids.where(CopyRecord.must_return)
    else:
        ids = ids.where(CopyRecord.place == place.value, CopyRecord.copy_number != "")
    ordered = ids.order_by(CopyRecord.due_on.is_(None), CopyRecord.due_on, CopyRecord.id)
    with office.read() as session:
        total = session.scalar(select(func.count()).select_from(ids.subquery())) or 0
        shown = session.scalars(ordered.offset(first).limit(size)).all()
        return CopyPage(total, rows(office, session, shown))


def rows(office: Office, session: Session, ids: Sequence[int]) -> tuple[CopyOut, ...]:
    """Copies by id, in the order asked for, those of papers this account may know."""
    found = {record.id: record for record in session.scalars(select(CopyRecord).where(CopyRecord.id.in_(ids)))}
    records = [found[copy_id] for copy_id in ids if copy_id in found]
    papers = matters.matter_rows_by_id(office, session, {record.matter_id for record in records})
    return tuple(
        CopyOut(_row(record), papers[record.matter_id], CopyPlace(record.place), CopyOrigin(record.origin))
        for record in records
        if record.matter_id in papers
    )


def _row(record: CopyRecord) -> CopyRow:
    return CopyRow(
        id=record.id,
        matter_id=record.matter_id,
        copy_number=record.copy_number,
        holder=record.holder,
        held_since=record.held_since,
        must_return=record.must_return,
        due_on=record.due_on,
        ended_on=record.ended_on,
        ending=CopyEnd(record.ending) if record.ending else None,
    )


@dataclass(frozen=True, slots=True)
class Handing:
    """One hand-over: what it is, to whom, and what was said about it."""

    move: CopyMove
    to: str
    person_id: int | None = None
    due_on: date | None = None
    approver: str = ""
    note: str = ""


def hand(act: Act, matter: MatterRecord, copy: CopyRecord, handing: Handing) -> None:
    """Write one hand-over down and let the copy be where it now is."""
    if copy.ended_on is not None:
        raise RuleError("copy_ended")
    act.session.add(
        CopyEventRecord(
            copy_id=copy.id,
            event=handing.move.value,
            at=act.at,
            by=act.actor.account_id,
            from_holder=copy.holder,
            to_holder=handing.to,
            person_id=handing.person_id,
            due_on=handing.due_on,
            approver=handing.approver.strip(),
            note_content_id=sharing.keep_text(act, matter, handing.note.strip()) if handing.note.strip() else None,
        )
    )
    if handing.to != copy.holder:
        copy.holder, copy.held_since = handing.to, act.today


def copy_in(act: Act, copy_id: int) -> tuple[CopyRecord, MatterRecord]:
    """A copy with its paper, when this actor may know it."""
    copy = act.session.get(CopyRecord, copy_id)
    if copy is None:
        raise RuleError("copy_missing")
    return copy, act.matter(copy.matter_id)


def lend(office: Office, copy_id: int, draft: LoanDraft) -> Changes:
    """借出: within clearance and 知悉范围; a classified copy with who allowed it, every copy with a day to be back."""
    office.require(*rules.KEEPERS)
    with office.act() as act:
        copy, matter = copy_in(act, copy_id)
        if copy.place != CopyPlace.KEPT or copy.ended_on is not None:
            raise RuleError("copy_not_here", holder=copy.holder)
        _check_draft(draft, matter, act.today)
        person = stepping.persons(act, [draft.person_id])[0]
        _check_borrower(act, matter, person)
        handing = Handing(CopyMove.LENT, person.name, person.id, draft.due_on, draft.approver, draft.reason)
        hand(act, matter, copy, handing)
        copy.place, copy.due_on = CopyPlace.LENT.value, draft.due_on
        act.record("circulation.copy.lent", matter, copy=copy.copy_number)
        return act.changes()


def _check_draft(draft: LoanDraft, matter: MatterRecord, today: date) -> None:
    problems = {}
    if not draft.reason.strip():
        problems["opinion"] = "required"
    if matter.level >= Classification.CONFIDENTIAL and not draft.approver.strip():
        problems["approver"] = "required"
    if draft.due_on is None or draft.due_on < today:
        problems["due_on"] = "loan_due_needed"
    if problems:
        raise InvalidDraft(problems)


def _check_borrower(act: Act, matter: MatterRecord, person: PersonRow) -> None:
    level = Classification(matter.level)
    if person.account_id is None:
        rules.check_loan(level, None, may_know=False)
        return
    clearance = Classification(act.session.get_one(AccountRecord, person.account_id).clearance)
    may_know = matter.office_wide or person.account_id in sharing.readers(act.session, matter)
    rules.check_loan(level, clearance, may_know=may_know)


def give_back(office: Office, copy_id: int) -> Changes:
    """归还: a lent copy is with the 机要员 again."""
    office.require(*rules.KEEPERS)
    with office.act() as act:
        copy, matter = copy_in(act, copy_id)
        if copy.place != CopyPlace.LENT:
            raise RuleError("copy_not_lent")
        hand(act, matter, copy, Handing(CopyMove.GIVEN_BACK, act.actor.name, act.actor.person_id))
        copy.place, copy.due_on = CopyPlace.KEPT.value, None
        act.record("circulation.copy.given_back", matter, copy=copy.copy_number)
        return act.changes()


def take_back(office: Office, copy_id: int) -> Changes:
    """清退: a copy that was given out came back for good."""
    office.require(*rules.KEEPERS)
    with office.act() as act:
        copy, matter = copy_in(act, copy_id)
        end(act, matter, copy, Handing(CopyMove.CLEARED, act.actor.name), CopyEnd.RETURNED)
        act.record("circulation.copy.returned", matter, copy=copy.copy_number)
        return act.changes()


def file_away(office: Office, copy_id: int) -> Changes:
    """归档: a copy of a finished paper that nobody wants back goes to the file for good."""
    office.require(*rules.KEEPERS)
    with office.act() as act:
        copy, matter = copy_in(act, copy_id)
        if copy.place != CopyPlace.KEPT or copy.ended_on is not None:
            raise RuleError("copy_not_here", holder=copy.holder)
        if copy.must_return:
            raise RuleError("copy_goes_back", unit=matter.unit)
        if State(matter.state) not in ENDED:
            raise RuleError("copy_paper_open")
        end(act, matter, copy, Handing(CopyMove.ARCHIVED, "档案室"), CopyEnd.ARCHIVED)
        act.record("circulation.copy.filed", matter, copy=copy.copy_number)
        return act.changes()


def end(act: Act, matter: MatterRecord, copy: CopyRecord, handing: Handing, ending: CopyEnd) -> None:
    """A copy's way ends: returned, destroyed or filed."""
    hand(act, matter, copy, handing)
    copy.ended_on, copy.ending, copy.place, copy.due_on = act.today, ending.value, CopyPlace.KEPT.value, None


def hand_over_all(act: Act, holder: str, to: PersonRow) -> int:
    """移交: every copy that a person holds goes to his successor; gives how many."""
    held = select(CopyRecord).where(CopyRecord.holder == holder, CopyRecord.ended_on.is_(None))
    count = 0
    for copy in act.session.scalars(held):
        matter = act.session.get_one(MatterRecord, copy.matter_id)
        hand(act, matter, copy, Handing(CopyMove.HANDED_OVER, to.name, to.id))
        count += 1
    return count
