"""Instructions of leaders over all papers, the newest first."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, literal_column, select
from sqlalchemy.orm import Session

from deskoffice.domain.matters import LinkKind
from deskoffice.domain.people import Actor
from deskoffice.domain.steps import Nature
from deskoffice.storage.matter_queries import entered_in, may_know
from deskoffice.storage.matters import LinkRecord, MatterRecord, StepRecord


def _conditions(actor: Actor, year: int | None) -> list[ColumnElement[bool]]:
    return [
        # Only instructions have a nature; as the index says it, which a parameter would hide from the engine.
        StepRecord.nature != literal_column("''"),
        StepRecord.done_at.is_not(None),
        may_know(actor),
        *entered_in(year),
    ]


def page(
    session: Session, actor: Actor, nature: Nature | None, *, year: int | None, first: int, size: int
) -> Sequence[tuple[StepRecord, MatterRecord]]:
    """Part of the list."""
    conditions = _conditions(actor, year)
    if nature is not None:
        conditions.append(StepRecord.nature == nature.value)
    query = (
        select(StepRecord, MatterRecord)
        .join(MatterRecord, MatterRecord.id == StepRecord.matter_id)
        .where(*conditions)
        .order_by(StepRecord.said_on.desc(), StepRecord.id.desc())
        .offset(first)
        .limit(size)
    )
    return [(step, matter) for step, matter in session.execute(query)]


def counts(session: Session, actor: Actor, year: int | None) -> dict[Nature, int]:
    """How many of each nature."""
    query = (
        select(StepRecord.nature, func.count())
        .join(MatterRecord, MatterRecord.id == StepRecord.matter_id)
        .where(*_conditions(actor, year))
        .group_by(StepRecord.nature)
    )
    return {Nature(nature): total for nature, total in session.execute(query)}


def tasks_of(session: Session, matter_ids: Sequence[int]) -> dict[int, list[bool]]:
    """For each paper, whether each of its tasks is still open."""
    query = (
        select(LinkRecord.to_id, MatterRecord.is_open)
        .join(MatterRecord, MatterRecord.id == LinkRecord.from_id)
        .where(LinkRecord.kind == LinkKind.CHASES.value, LinkRecord.to_id.in_(list(matter_ids)))
    )
    found: dict[int, list[bool]] = {}
    for matter_id, is_open in session.execute(query):
        found.setdefault(matter_id, []).append(is_open)
    return found
