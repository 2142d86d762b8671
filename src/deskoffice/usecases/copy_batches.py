"""Lists of copies worked through with the scanner: counted before going home, returned to a sender, destroyed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, distinct, extract, func, select
from sqlalchemy.orm import Session

from deskoffice.domain import copies as rules
from deskoffice.domain.copies import BatchKind, BatchState, CopyMove, CopyPlace
from deskoffice.domain.errors import InvalidDraft, NotAllowed, RuleError
from deskoffice.domain.matters import ENDED, CopyEnd, MatterKind
from deskoffice.domain.values import Classification
from deskoffice.storage import matter_queries, people
from deskoffice.storage.copies import CopyBatchLineRecord, CopyBatchRecord
from deskoffice.storage.matters import CopyRecord, MatterRecord
from deskoffice.usecases import copies
from deskoffice.usecases.copies import CopyOut, Handing
from deskoffice.usecases.office import CHINA, Act, Office

MOST_LINES = 5000
"""A list longer than a day's work is made by year and sender."""


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One list with how far it is."""

    id: int
    kind: BatchKind
    on: date
    unit: str
    year: int | None
    state: BatchState
    made_by: str
    approved_by: str
    done_on: date | None
    people: str
    way: str
    total: int
    seen: int


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One copy of a list."""

    out: CopyOut
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class ScanResult:
    """What a scan did: a code, and the copy it found."""

    code: str
    """`seen`, `again`, `unknown` or `several`."""
    line: BatchLine | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """Who took the copies, or who escorted and watched, and how they were destroyed."""

    people: str
    way: str = ""


def begin_count(office: Office) -> int:
    """下班前清点: every classified copy that should be in the safe, and those lent out."""
    query = _live(office).where(
        MatterRecord.level >= int(Classification.CONFIDENTIAL),
        CopyRecord.place.in_([CopyPlace.KEPT.value, CopyPlace.LENT.value]),
    )
    return _begin(office, BatchKind.COUNT, query)


def begin_clearing(office: Office, unit: str, year: int) -> int:
    """清退: what came from a sender in a year and must go back."""
    query = _live(office).where(
        CopyRecord.must_return,
        MatterRecord.kind == MatterKind.INCOMING.value,
        MatterRecord.unit == unit,
        extract("year", MatterRecord.created_on) == year,
    )
    return _begin(office, BatchKind.CLEARING, query, unit=unit, year=year)


def begin_destruction(office: Office, year: int) -> int:
    """销毁: kept copies of a year's finished papers that nobody wants back."""
    query = _live(office).where(
        CopyRecord.must_return.is_(False),
        CopyRecord.place == CopyPlace.KEPT.value,
        MatterRecord.state.in_([state.value for state in ENDED]),
        MatterRecord.created_on.between(date(year, 1, 1), date(year, 12, 31)),
    )
    return _begin(office, BatchKind.DESTRUCTION, query, year=year)


def _live(office: Office) -> Select[int]:
    return (
        select(CopyRecord.id)
        .join(MatterRecord, MatterRecord.id == CopyRecord.matter_id)
        .where(CopyRecord.ended_on.is_(None), CopyRecord.copy_number != "", matter_queries.may_know(office.actor))
        .order_by(CopyRecord.id)
        .limit(MOST_LINES)
    )


def _begin(office: Office, kind: BatchKind, query: Select[int], *, unit: str = "", year: int | None = None) -> int:
    office.require(*rules.KEEPERS)
    with office.act() as act:
        ids = list(act.session.scalars(query))
        if not ids:
            raise RuleError("batch_empty")
        batch = CopyBatchRecord(
            kind=kind.value,
            on=act.today,
            unit=unit,
            year=year,
            state=BatchState.OPEN.value,
            made_by=act.actor.account_id,
            people="",
            way="",
        )
        act.session.add(batch)
        act.session.flush()
        act.session.add_all(CopyBatchLineRecord(batch_id=batch.id, copy_id=copy_id) for copy_id in ids)
        act.record_other("circulation.copies.list_begun", f"batch:{batch.id}", kind=kind.value, copies=len(ids))
        return batch.id


def senders(office: Office) -> tuple[tuple[str, int], ...]:
    """Senders and years with copies that must go back."""
    year = extract("year", MatterRecord.created_on)
    query = (
        select(MatterRecord.unit, year)
        .join(CopyRecord, CopyRecord.matter_id == MatterRecord.id)
        .where(
            CopyRecord.must_return,
            CopyRecord.ended_on.is_(None),
            MatterRecord.kind == MatterKind.INCOMING.value,
            matter_queries.may_know(office.actor),
        )
        .group_by(MatterRecord.unit, year)
        .order_by(year.desc(), MatterRecord.unit)
    )
    with office.read() as session:
        return tuple((unit, int(number)) for unit, number in session.execute(query))


def scan(office: Office, batch_id: int, text: str) -> ScanResult:
    """Tick the copy that was scanned or typed; each tick is stored at once."""
    wanted = rules.scanned(text)
    if wanted is None:
        return ScanResult("unknown")
    with office.act() as act:
        batch = _batch(act, batch_id)
        if batch.state not in {BatchState.OPEN, BatchState.APPROVED}:
            raise RuleError("batch_done")
        query = (
            select(CopyBatchLineRecord)
            .join(CopyRecord, CopyRecord.id == CopyBatchLineRecord.copy_id)
            .join(MatterRecord, MatterRecord.id == CopyRecord.matter_id)
            .where(CopyBatchLineRecord.batch_id == batch_id, CopyRecord.copy_number == wanted.copy_number)
        )
        if wanted.document_number:
            query = query.where(MatterRecord.document_number == wanted.document_number)
        found = act.session.scalars(query).all()
        if len(found) != 1:
            return ScanResult("several" if found else "unknown")
        was_seen = found[0].seen_at is not None
        found[0].seen_at = found[0].seen_at or act.at
        rows = copies.rows(office, act.session, [found[0].copy_id])
        return ScanResult("again" if was_seen else "seen", BatchLine(rows[0], found[0].seen_at) if rows else None)


def _batch(act: Act, batch_id: int) -> CopyBatchRecord:
    batch = act.session.get(CopyBatchRecord, batch_id)
    if batch is None:
        raise RuleError("batch_missing")
    return batch


def lines(office: Office, batch_id: int) -> tuple[BatchLine, ...]:
    """The copies of a list, those not seen first."""
    with office.read() as session:
        return _lines(office, session, batch_id)


def _lines(office: Office, session: Session, batch_id: int) -> tuple[BatchLine, ...]:
    query = select(CopyBatchLineRecord).where(CopyBatchLineRecord.batch_id == batch_id)
    records = {one.copy_id: one for one in session.scalars(query.order_by(CopyBatchLineRecord.copy_id))}
    found = [
        BatchLine(out, _local(records[out.copy.id].seen_at)) for out in copies.rows(office, session, list(records))
    ]
    return tuple(sorted(found, key=lambda line: line.seen_at is not None))


def _local(moment: datetime | None) -> datetime | None:
    return moment.astimezone(CHINA) if moment else None


def recent(office: Office, limit: int = 100) -> tuple[BatchRow, ...]:
    """Lists, the newest first."""
    with office.read() as session:
        records = session.scalars(select(CopyBatchRecord).order_by(CopyBatchRecord.id.desc()).limit(limit)).all()
        return _rows(session, records)


def _rows(session: Session, records: Sequence[CopyBatchRecord]) -> tuple[BatchRow, ...]:
    ids = [one.id for one in records]
    line = CopyBatchLineRecord
    counted = (
        select(line.batch_id, func.count(distinct(line.copy_id)), func.count(line.seen_at))
        .where(line.batch_id.in_(ids))
        .group_by(line.batch_id)
    )
    counts = {batch_id: (total, seen) for batch_id, total, seen in session.execute(counted)}
    accounts = {one for record in records for one in (record.made_by, record.approved_by) if one}
    names = people.names(session, sorted(accounts))
    return tuple(
        BatchRow(
            id=one.id,
            kind=BatchKind(one.kind),
            on=one.on,
            unit=one.unit,
            year=one.year,
            state=BatchState(one.state),
            made_by=names.get(one.made_by, ""),
            approved_by=names.get(one.approved_by or 0, ""),
            done_on=one.done_on,
            people=one.people,
            way=one.way,
            total=counts.get(one.id, (0, 0))[0],
            seen=counts.get(one.id, (0, 0))[1],
        )
        for one in records
    )


def batch(office: Office, batch_id: int) -> BatchRow:
    """One list."""
    with office.act() as act:
        return _rows(act.session, [_batch(act, batch_id)])[0]


def approve(office: Office, batch_id: int) -> None:
    """批准销毁: a leader who did not make the list."""
    office.require(*rules.APPROVERS)
    with office.act() as act:
        found = _batch(act, batch_id)
        if found.kind != BatchKind.DESTRUCTION or found.state != BatchState.OPEN:
            raise RuleError("batch_done")
        if found.made_by == act.actor.account_id:
            raise NotAllowed("apart_requester_approver")
        found.state, found.approved_by, found.approved_on = BatchState.APPROVED.value, act.actor.account_id, act.today
        act.record_other("circulation.copies.destruction_approved", f"batch:{batch_id}")


def drop(office: Office, batch_id: int) -> None:
    """Give a list up: nothing happens to its copies."""
    office.require(*rules.KEEPERS)
    with office.act() as act:
        found = _batch(act, batch_id)
        if found.state == BatchState.DONE:
            raise RuleError("batch_done")
        found.state = BatchState.DROPPED.value
        act.record_other("circulation.copies.list_dropped", f"batch:{batch_id}")


def finish(office: Office, batch_id: int, ending: Ending) -> int:
    """Close the list: what was seen is counted, returned or destroyed, all of it or nothing; gives how many."""
    office.require(*rules.KEEPERS)
    with office.act() as act:
        found = _batch(act, batch_id)
        kind = BatchKind(found.kind)
        _check_ending(found, kind, ending)
        found.state, found.done_on = BatchState.DONE.value, act.today
        found.people, found.way = ending.people.strip(), ending.way.strip()
        seen = [line for line in _lines(office, act.session, batch_id) if line.seen_at is not None]
        if kind is not BatchKind.COUNT:
            _end_all(act, found, seen)
        act.record_other("circulation.copies.list_finished", f"batch:{batch_id}", kind=kind.value, seen=len(seen))
        return len(seen)


def _check_ending(found: CopyBatchRecord, kind: BatchKind, ending: Ending) -> None:
    if found.state not in {BatchState.OPEN, BatchState.APPROVED}:
        raise RuleError("batch_done")
    if kind is BatchKind.DESTRUCTION and found.state != BatchState.APPROVED:
        raise RuleError("destruction_not_approved")
    named = [one for one in ending.people.replace("，", "、").split("、") if one.strip()]
    if kind is BatchKind.DESTRUCTION and len(set(named)) < 2:
        raise InvalidDraft({"people": "two_witnesses"})
    if kind is BatchKind.DESTRUCTION and not ending.way.strip():
        raise InvalidDraft({"way": "required"})
    if kind is BatchKind.CLEARING and not named:
        raise InvalidDraft({"people": "required"})


def _end_all(act: Act, found: CopyBatchRecord, seen: Sequence[BatchLine]) -> None:
    handing = Handing(CopyMove.DESTROYED, found.way, note=f"监销：{found.people}")
    ending = CopyEnd.DESTROYED
    if found.kind == BatchKind.CLEARING:
        handing, ending = Handing(CopyMove.CLEARED, found.unit, note=f"接收人：{found.people}"), CopyEnd.RETURNED
    for line in seen:
        copy, matter = copies.copy_in(act, line.out.copy.id)
        copies.end(act, matter, copy, handing, ending)
        act.record("circulation.copy.ended", matter, copy=copy.copy_number, ending=ending.value)
