"""Copying and extracting (复制、摘录): asked for, approved by a leader, then a new numbered copy with its holder."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deskoffice.domain import copies as rules
from deskoffice.domain.copies import CopyMove, CopyOrigin, CopyPlace, RequestState
from deskoffice.domain.errors import InvalidDraft, NotAllowed, RuleError
from deskoffice.domain.matters import Changes
from deskoffice.domain.values import Classification
from deskoffice.storage import people
from deskoffice.storage.copies import CopyRequestRecord
from deskoffice.storage.matters import CopyRecord, MatterRecord
from deskoffice.usecases import copies, sharing
from deskoffice.usecases.copies import CopyOut, Handing
from deskoffice.usecases.office import CHINA, Act, Office
from deskoffice.usecases.words import word


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One request as the approver sees it."""

    id: int
    out: CopyOut
    kind: CopyOrigin
    copies: int
    purpose: str
    requested_by: str
    requested_at: datetime
    state: RequestState
    decided_by: str
    may_decide: bool


def ask(office: Office, copy_id: int, kind: CopyOrigin, *, count: int, purpose: str) -> Changes:
    """Ask to copy or to extract from a copy; 绝密 is refused at once."""
    problems = {} if purpose.strip() else {"purpose": "required"}
    if not 1 <= count <= rules.MOST_COPIED:
        problems["count"] = "number_too_small"
    if problems or kind is CopyOrigin.ORIGINAL:
        raise InvalidDraft(problems)
    with office.act() as act:
        copy, matter = copies.copy_in(act, copy_id)
        rules.check_reproduction(Classification(matter.level))
        if copy.ended_on is not None:
            raise RuleError("copy_ended")
        act.session.add(
            CopyRequestRecord(
                copy_id=copy.id,
                kind=kind.value,
                copies=count,
                purpose_content_id=sharing.keep_text(act, matter, purpose.strip()),
                state=RequestState.ASKED.value,
                requested_by=act.actor.account_id,
                requested_at=act.at,
            )
        )
        act.record("circulation.copy.reproduction_asked", matter, copy=copy.copy_number, count=count)
        return act.changes()


def decide(office: Office, request_id: int, *, approves: bool) -> Changes:
    """批准: numbers go on after the highest of the paper; the copies are with whoever asked."""
    office.require(*rules.APPROVERS)
    with office.act() as act:
        request = act.session.get(CopyRequestRecord, request_id)
        if request is None or request.state != RequestState.ASKED:
            raise RuleError("request_decided")
        copy, matter = copies.copy_in(act, request.copy_id)
        if request.requested_by == act.actor.account_id:
            raise NotAllowed("apart_requester_approver")
        request.state = (RequestState.APPROVED if approves else RequestState.REFUSED).value
        request.decided_by, request.decided_at = act.actor.account_id, act.at
        if approves:
            _make(act, matter, copy, request)
        act.record("circulation.copy.reproduction_decided", matter, approved=approves)
        return act.changes()


def _make(act: Act, matter: MatterRecord, source: CopyRecord, request: CopyRequestRecord) -> None:
    holder = people.names(act.session, [request.requested_by])[request.requested_by]
    highest = act.session.scalar(select(func.max(CopyRecord.copy_number)).where(CopyRecord.matter_id == matter.id))
    first = int(highest) + 1 if highest and highest.isdecimal() else 1
    note = f"据第 {source.copy_number} 号份{word(CopyOrigin(request.kind))}，加盖复制戳记"
    for serial in range(first, first + request.copies):
        made = CopyRecord(
            matter_id=matter.id,
            copy_number=f"{serial:06d}",
            holder=act.actor.name,
            held_since=act.today,
            must_return=matter.level >= Classification.CONFIDENTIAL,
            ending="",
            place=CopyPlace.OUT.value,
            origin=request.kind,
        )
        act.session.add(made)
        act.session.flush()
        copies.hand(act, matter, made, Handing(CopyMove.MADE, holder, approver=act.actor.name, note=note))


def waiting(office: Office, limit: int = 200) -> tuple[RequestRow, ...]:
    """Requests nobody has decided, and those decided lately, the newest first."""
    with office.read() as session:
        query = select(CopyRequestRecord).order_by(CopyRequestRecord.id.desc()).limit(limit)
        records = session.scalars(query).all()
        return _rows(office, session, records)


def _rows(office: Office, session: Session, records: Sequence[CopyRequestRecord]) -> tuple[RequestRow, ...]:
    known = {out.copy.id: out for out in copies.rows(office, session, [one.copy_id for one in records])}
    texts = office.vault.contents.texts(session, [one.purpose_content_id for one in records])
    accounts = {one for record in records for one in (record.requested_by, record.decided_by) if one}
    names = people.names(session, sorted(accounts))
    actor = office.actor
    return tuple(
        RequestRow(
            id=one.id,
            out=known[one.copy_id],
            kind=CopyOrigin(one.kind),
            copies=one.copies,
            purpose=texts.get(one.purpose_content_id, ""),
            requested_by=names.get(one.requested_by, ""),
            requested_at=one.requested_at.astimezone(CHINA),
            state=RequestState(one.state),
            decided_by=names.get(one.decided_by or 0, ""),
            may_decide=actor.has(*rules.APPROVERS)
            and one.state == RequestState.ASKED
            and one.requested_by != actor.account_id,
        )
        for one in records
        if one.copy_id in known
    )
