"""批量办理: one act on all that were selected, in one transaction, taken back together while nothing followed."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deskoffice.domain.batches import MOST, NEEDS, OFFERED, BatchRow, BatchVerb, Offer
from deskoffice.domain.errors import DeskOfficeError, InvalidDraft, NotAllowed, RuleError
from deskoffice.domain.matters import Changes, ListQuery, MatterKind, Outcome
from deskoffice.domain.people import Role
from deskoffice.storage import matter_queries, moves
from deskoffice.storage.batches import ActBatchLineRecord, ActBatchRecord
from deskoffice.storage.matters import MatterRecord, StepRecord
from deskoffice.storage.moves import PlannedStepRecord
from deskoffice.usecases import matters, sharing, stepping
from deskoffice.usecases.office import CHINA, Act, Office
from deskoffice.usecases.words import word

Perform = Callable[[Office, int], Changes]
Progress = Callable[[int, int], bool]
"""Gets how many of how many are done, and says whether to go on."""
DATES = ("due_on", "held_since", "closed_on")
PLAIN = ("state", "is_open", "holder")
AGAIN = ("kind", "person_id", "role", "person", "post", "unit", "sent_at", "sent_by", "received_at", "due_on")
AGAIN_TOO = ("note_content_id", "part", "first_due_on", "is_back_entered")


@dataclass(frozen=True, slots=True)
class Batch:
    """What was done to how many."""

    id: int
    changes: Changes


def offers(office: Office, query: ListQuery, ranges: Sequence[tuple[int, int]]) -> tuple[Offer, ...]:
    """What can be done to the rows at these places (first, count) of a list, each verb with those that allow it."""
    if sum(count for _, count in ranges) > MOST:
        raise RuleError("batch_too_many", most=MOST)
    found: dict[tuple[MatterKind, BatchVerb], list[int]] = {}
    with office.read() as session:
        for first, count in ranges:
            for matter in matter_queries.page(session, query, office.actor, first, count):
                kind = MatterKind(matter.kind)
                allowed = matters.allowed(matter, stepping.standing(session, matter), office.actor)
                for verb in OFFERED.get(kind, ()):
                    if NEEDS[verb] in allowed:
                        found.setdefault((kind, verb), []).append(matter.id)
    order = list(BatchVerb)
    keys = sorted(found, key=lambda key: (-len(found[key]), order.index(key[1])))
    return tuple(Offer(verb, kind, tuple(found[kind, verb])) for kind, verb in keys)


def run(
    office: Office, verb: BatchVerb, matter_ids: Sequence[int], perform: Perform, *, progress: Progress | None = None
) -> Batch:
    """Do it to all of them, or to none: the first that refuses is named."""
    if len(matter_ids) > MOST:
        raise RuleError("batch_too_many", most=MOST)
    with office.together() as joined, joined.act() as act:
        batch = ActBatchRecord(verb=verb.value, account_id=act.actor.account_id, at=act.at)
        act.session.add(batch)
        act.session.flush()
        for done, matter_id in enumerate(matter_ids, 1):
            matter = act.matter(matter_id)
            before = _standing(act.session, matter)
            _perform(joined, matter, perform)
            line = ActBatchLineRecord(batch_id=batch.id, matter_id=matter_id, changed=matter.changed, before=before)
            act.session.add(line)
            if progress is not None and not progress(done, len(matter_ids)):
                raise RuleError("stopped")
        act.record_other("matter.batch.done", f"act_batch:{batch.id}", verb=verb.value, matters=len(matter_ids))
        return Batch(batch.id, Changes(matter_ids=tuple(matter_ids)))


def _perform(joined: Office, matter: MatterRecord, perform: Perform) -> None:
    try:
        perform(joined, matter.id)
    except InvalidDraft:
        raise
    except DeskOfficeError as error:
        raise RuleError("batch_stopped", number=matter.number or matter.title, why=error) from error


def _standing(session: Session, matter: MatterRecord) -> str:
    steps = stepping.steps_of(session, matter.id)
    last_planned = select(func.max(PlannedStepRecord.id)).where(PlannedStepRecord.matter_id == matter.id)
    dates = {name: getattr(matter, name) for name in DATES}
    return json.dumps(
        {
            **{name: getattr(matter, name) for name in PLAIN},
            **{name: day.isoformat() if day else None for name, day in dates.items()},
            "open": [step.id for step in steps if step.done_at is None],
            "last": max((step.id for step in steps), default=0),
            "waiting": [one.id for one in moves.waiting(session, matter.id)],
            "last_planned": session.scalar(last_planned) or 0,
            "readers": sorted(sharing.readers(session, matter)),
        }
    )


def undo(office: Office, batch_id: int, progress: Progress | None = None) -> Batch:
    """Take a batch back whole; refused once anything was done to one of its matters since."""
    with office.act() as act:
        batch = act.session.get(ActBatchRecord, batch_id)
        if batch is None or batch.undone_at is not None:
            raise RuleError("batch_undone")
        if batch.account_id != act.actor.account_id:
            raise NotAllowed("batch_of_another")
        lines = _lines(act.session, batch_id)
        pairs = [(act.matter(line.matter_id), line) for line in lines]
        if followed := sum(1 for matter, line in pairs if _is_followed(act.session, matter, line)):
            raise RuleError("batch_followed", count=followed)
        for done, (matter, line) in enumerate(pairs, 1):
            _restore(act, matter, json.loads(line.before))
            act.record("matter.batch.undone", matter, batch=batch_id)
            if progress is not None:
                progress(done, len(pairs))
        batch.undone_at = act.at
        return Batch(batch_id, act.changes())


def _lines(session: Session, batch_id: int) -> Sequence[ActBatchLineRecord]:
    query = select(ActBatchLineRecord).where(ActBatchLineRecord.batch_id == batch_id)
    return session.scalars(query.order_by(ActBatchLineRecord.matter_id)).all()


def _is_followed(session: Session, matter: MatterRecord, line: ActBatchLineRecord) -> bool:
    """Something was done to it since, or somebody has signed for what the batch laid before him."""
    if matter.changed != line.changed:
        return True
    last = json.loads(line.before)["last"]
    new = (step for step in stepping.steps_of(session, matter.id) if step.id > last and step.done_at is None)
    return any(step.received_at is not None for step in new)


def _restore(act: Act, matter: MatterRecord, before: dict[str, object]) -> None:
    """As it stood: what the batch said stays on the slip as taken back, and whoever was asked is asked again."""
    was_open, last = _ids(before["open"]), _ids([before["last"]])[0]
    for step in stepping.steps_of(act.session, matter.id):
        if step.id > last:
            step.done_at = step.done_at or act.at
            step.outcome = Outcome.WITHDRAWN.value
        elif step.id in was_open and step.done_at is not None:
            step.outcome = Outcome.WITHDRAWN.value
            _ask_again(act, matter, step)
    _restore_planned(act, matter, before)
    for name in PLAIN:
        setattr(matter, name, before[name])
    for name in DATES:
        day = before[name]
        setattr(matter, name, date.fromisoformat(day) if isinstance(day, str) else None)
    for account_id in sharing.readers(act.session, matter) - set(_ids(before["readers"])):
        sharing.remove_reader(act, matter, account_id)


def _ids(value: object) -> list[int]:
    return [one for one in value if isinstance(one, int)] if isinstance(value, list) else []


def _ask_again(act: Act, matter: MatterRecord, step: StepRecord) -> None:
    values = {name: getattr(step, name) for name in (*AGAIN, *AGAIN_TOO)}
    again = StepRecord(matter_id=matter.id, outcome="", recorded_by="", deputy="", nature="", **values)
    if step.role and step.person_id is not None:
        # It waited for whoever holds the role; the one who took it gives it back.
        again.person_id, again.person, again.post, again.unit = None, "", word(Role(step.role)), ""
    if again.received_at == step.done_at:
        again.received_at = None
    act.session.add(again)
    act.session.flush()


def _restore_planned(act: Act, matter: MatterRecord, before: dict[str, object]) -> None:
    waited, last = _ids(before["waiting"]), _ids([before["last_planned"]])[0]
    query = select(PlannedStepRecord).where(PlannedStepRecord.matter_id == matter.id)
    for planned in act.session.scalars(query):
        if planned.id > last:
            planned.ending = planned.ending or "dropped"
        elif planned.id in waited and planned.ending:
            planned.ending, planned.step_id = "", None
    act.session.flush()


def last(office: Office) -> BatchRow | None:
    """The last batch of this account, when it was made today and still stands."""
    with office.read() as session:
        query = select(ActBatchRecord).where(ActBatchRecord.account_id == office.actor.account_id)
        record = session.scalars(query.order_by(ActBatchRecord.id.desc()).limit(1)).first()
        if record is None or record.undone_at is not None or record.at < _midnight(office):
            return None
        counted = select(func.count()).where(ActBatchLineRecord.batch_id == record.id)
        count = session.scalar(counted.select_from(ActBatchLineRecord)) or 0
        return BatchRow(record.id, BatchVerb(record.verb), count, record.at.astimezone(CHINA))


def _midnight(office: Office) -> datetime:
    return datetime.combine(office.today(), time(), CHINA)
