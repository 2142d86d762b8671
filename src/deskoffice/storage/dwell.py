"""Steps of a span of days with the papers they belong to, as far as somebody may know them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from deskoffice.domain.dwell import NOT_HELD, Rest
from deskoffice.domain.matters import Outcome
from deskoffice.domain.people import Actor
from deskoffice.domain.steps import StepKind
from deskoffice.storage.matter_queries import among, may_know
from deskoffice.storage.matters import MatterRecord, StepRecord

ENDED = tuple(outcome.value for outcome in Outcome if outcome is not Outcome.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class StepTimes:
    """What is needed of a step to reckon with it."""

    id: int
    matter_id: int
    kind: str
    person: str
    post: str
    unit: str
    sent_at: datetime
    due_on: date | None
    done_at: datetime | None


_COLUMNS = tuple(getattr(StepRecord, name) for name in StepTimes.__slots__)


def hops(session: Session, actor: Actor, since: datetime, until: datetime, *, waiting: bool) -> Iterator[StepTimes]:
    """Steps that ended in the span, and those open now when they are asked for."""
    ended = and_(StepRecord.outcome.in_(ENDED), StepRecord.done_at.between(since, until))
    conditions: list[ColumnElement[bool]] = [ended]
    if waiting:
        conditions.append(and_(StepRecord.outcome == "", StepRecord.done_at.is_(None), MatterRecord.is_open))
    query = (
        select(*_COLUMNS)
        .join(MatterRecord, MatterRecord.id == StepRecord.matter_id)
        .where(
            or_(*conditions),
            StepRecord.kind.not_in([kind.value for kind in NOT_HELD]),
            # When it was entered says nothing about when it was done.
            StepRecord.is_back_entered.is_(False),
            may_know(actor),
        )
    )
    for row in session.execute(query):
        yield StepTimes(*row)


def rests(session: Session, matter_ids: Iterable[int]) -> dict[int, list[Rest]]:
    """When papers were set aside, of those that ever were."""
    query = select(StepRecord.matter_id, StepRecord.sent_at, StepRecord.done_at).where(
        StepRecord.matter_id.in_(among(matter_ids)), StepRecord.kind == StepKind.SUSPEND.value
    )
    found: dict[int, list[Rest]] = {}
    for matter_id, set_aside, ended in session.execute(query):
        found.setdefault(matter_id, []).append((set_aside, ended))
    return found
