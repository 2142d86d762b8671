"""公文流转动态提醒: reckoned when somebody comes in, from the last day he was here; a missed day is caught up."""

from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from deskoffice.domain import reminders as rules
from deskoffice.domain.circulation.verbs import RUNS_PAPERS
from deskoffice.domain.matters import MatterKind, State, StepKind
from deskoffice.storage.matter_queries import among, in_hands, may_know
from deskoffice.storage.matters import MatterRecord, StepRecord
from deskoffice.usecases import notes
from deskoffice.usecases.office import CHINA, Office

KEPT = "reminders.seen"


def reckon(office: Office) -> tuple[str, ...]:
    """Whole sentences, the oldest day first; the same ones all day, also after the next unlock."""
    today, kept = office.today(), notes.kept(office, KEPT)
    known_to, keep = rules.seen(kept, today)
    if keep != kept and office.is_writable:
        notes.keep(office, KEPT, keep)
    with office.read() as session:
        due = _due(session, office, known_to, today)
        told = [
            f"{one.day.month}月{one.day.day}日（您不在的一天）到期 {one.count} 件，至今未办结"
            for one in rules.missed(known_to, today, due)
        ]
        told += _urged(session, office, known_to)
        told += _unmoved(session, office, today)
    return tuple(told)


def _concerns(office: Office) -> ColumnElement[bool]:
    """What is in the person's hands; everything known for those who run the papers."""
    return may_know(office.actor) if office.actor.has(*RUNS_PAPERS) else in_hands(office.actor) & may_know(office.actor)


def _due(session: Session, office: Office, after: date, before: date) -> dict[date, int]:
    query = (
        select(MatterRecord.due_on, func.count())
        .where(
            MatterRecord.is_open.is_(True),
            MatterRecord.state != State.SUSPENDED.value,
            MatterRecord.due_on > after,
            MatterRecord.due_on < before,
            _concerns(office),
        )
        .group_by(MatterRecord.due_on)
    )
    return {day: count for day, count in session.execute(query) if day is not None}


def _urged(session: Session, office: Office, after: date) -> list[str]:
    """Reminders that came while the person was away, on what is in his hands."""
    # Two questions: what is in hand is little, and steps are many.
    mine = select(MatterRecord.id).where(MatterRecord.is_open.is_(True), in_hands(office.actor), may_know(office.actor))
    query = select(func.count(), func.max(StepRecord.said_on)).where(
        StepRecord.matter_id.in_(among(session.scalars(mine))),
        StepRecord.kind == StepKind.URGE.value,
        StepRecord.said_on > after,
    )
    count, last = session.execute(query).one()
    return [f"您手里的件被催办 {count} 次，最近一次 {last.month}月{last.day}日"] if last is not None else []


def _unmoved(session: Session, office: Office, today: date) -> list[str]:
    """案不过夜: what came in and was not sent on; yesterday's is said apart."""
    if not office.actor.has(*RUNS_PAPERS):
        return []
    query = select(func.count(), func.min(MatterRecord.created_at)).where(
        MatterRecord.kind == MatterKind.INCOMING.value,
        MatterRecord.state == State.REGISTERED.value,
        MatterRecord.is_open.is_(True),
        may_know(office.actor),
    )
    count, first = session.execute(query).one()
    if not count:
        return []
    nights = (today - first.astimezone(CHINA).date()).days
    return [f"{count} 件来文登记后还没有动" + (f"，最久的已过 {nights} 夜" if nights else "，下班前请送出")]
