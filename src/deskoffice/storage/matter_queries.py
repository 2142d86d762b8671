"""Lists, counts and cards over all kinds of matter, never showing what an account may not know."""

import json
from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    Integer,
    Select,
    and_,
    column,
    exists,
    false,
    func,
    literal_column,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from deskoffice.domain.matters import ENDED, ListQuery, MatterKind, SortKey, State
from deskoffice.domain.people import Actor
from deskoffice.domain.standing_in import Authority
from deskoffice.storage import tally
from deskoffice.storage.matters import GoneMatterRecord, LinkRecord, MatterReaderRecord, MatterRecord, StepRecord
from deskoffice.storage.standing_in import AuthorityMatterRecord

SORT_COLUMNS: dict[SortKey, InstrumentedAttribute[int] | InstrumentedAttribute[str] | InstrumentedAttribute[date]] = {
    SortKey.NUMBER: MatterRecord.number_order,
    SortKey.CREATED: MatterRecord.created_on,
    SortKey.UNIT: MatterRecord.unit,
}
ALL_KINDS = frozenset(MatterKind)


def may_know(actor: Actor) -> ColumnElement[bool]:
    """The rows that exist for an actor: office-wide ones within the clearance, and those that name the account."""
    if actor.is_officer:
        return false()
    named = exists().where(
        MatterReaderRecord.matter_id == MatterRecord.id, MatterReaderRecord.account_id == actor.account_id
    )
    known = and_(named, _still_known(actor)) if actor.former_authorities else named
    return and_(MatterRecord.level <= int(actor.clearance), or_(MatterRecord.office_wide, known))


def _still_known(actor: Actor) -> ColumnElement[bool]:
    """Not known by an authority that has ended, or by one that runs as well."""

    def given(ids: Iterable[int]) -> ColumnElement[bool]:
        return exists().where(
            AuthorityMatterRecord.matter_id == MatterRecord.id, AuthorityMatterRecord.authority_id.in_(ids)
        )

    return or_(~given(actor.former_authorities), given([authority.id for authority in actor.authorities]))


def entered_in(year: int | None) -> tuple[ColumnElement[bool], ...]:
    """Entered in a year; no condition for all years."""
    return () if year is None else (MatterRecord.created_on.between(date(year, 1, 1), date(year, 12, 31)),)


def in_hands(actor: Actor) -> ColumnElement[bool]:
    """A step is open in the actor's hands, by name or by role, or it came back to the one who registered it."""
    waiting = exists().where(StepRecord.matter_id == MatterRecord.id, StepRecord.done_at.is_(None), addressed_to(actor))
    return or_(waiting, came_back(actor))


def came_back(actor: Actor) -> ColumnElement[bool]:
    """Incoming papers that nobody was asked about: the next move is the registrar's."""
    asked = exists().where(StepRecord.matter_id == MatterRecord.id, StepRecord.done_at.is_(None))
    return and_(
        MatterRecord.kind == MatterKind.INCOMING.value,
        MatterRecord.is_open.is_(True),
        MatterRecord.created_by == actor.account_id,
        ~asked,
    )


def addressed_to(actor: Actor) -> ColumnElement[bool]:
    """Steps that wait for the actor."""
    roles = [role.value for role in actor.roles]
    return or_(
        StepRecord.person_id == actor.person_id,
        and_(StepRecord.person_id.is_(None), StepRecord.role.in_(roles)),
        *(_by(authority) for authority in actor.authorities),
    )


def _by(authority: Authority) -> ColumnElement[bool]:
    """Steps of somebody the actor stands in for; in a query that has the matter too."""
    return and_(
        StepRecord.person_id == authority.principal_id,
        StepRecord.kind.in_([step.value for step in authority.steps]),
        MatterRecord.kind.in_([kind.value for kind in authority.kinds]),
        MatterRecord.level <= int(authority.ceiling),
    )


def conditions(query: ListQuery, actor: Actor) -> list[ColumnElement[bool]]:
    """The WHERE of a list.

    A plus sign before a column keeps the engine from reading by it what is wanted in another order, and sorting then.
    """
    found: list[ColumnElement[bool]] = [may_know(actor)]
    if query.kinds != ALL_KINDS:
        kinds = [kind.value for kind in query.kinds]
        found.append(MatterRecord.kind == kinds[0] if len(kinds) == 1 else MatterRecord.kind.in_(kinds))
    if query.states:
        found.append(MatterRecord.state.in_(sorted(state.value for state in query.states)))
    if is_of_open(query):
        found.append(MatterRecord.is_open.is_(True))
    if query.due_before is not None:
        due = MatterRecord.due_on if query.sort is SortKey.DUE else literal_column("+matter.due_on", Date)
        found.append(due < query.due_before)
        # The clock stands still while a paper is set aside.
        found.append(MatterRecord.state != State.SUSPENDED.value)
    if query.level is not None:
        found.append(MatterRecord.level == int(query.level))
    if query.unit:
        found.append(MatterRecord.unit == query.unit)
    if query.year is not None:
        day = MatterRecord.created_on if query.sort is SortKey.CREATED else literal_column("+matter.created_on", Date)
        found.append(day.between(date(query.year, 1, 1), date(query.year, 12, 31)))
    if query.mine:
        found.append(in_hands(actor))
    if query.matter_ids is not None:
        found.append(MatterRecord.id.in_(among(query.matter_ids)))
    return found


def is_of_open(query: ListQuery) -> bool:
    """Only matters that somebody has still to do with can be in the list."""
    return query.open_only or query.due_before is not None or bool(query.states and not query.states & ENDED)


def among(ids: Iterable[int]) -> Select[int]:
    """Ids as a query, since a statement takes a limited number of values."""
    return select(column("value", Integer)).select_from(func.json_each(json.dumps(list(ids))))


def page(session: Session, query: ListQuery, actor: Actor, first: int, size: int) -> Sequence[MatterRecord]:
    """Rows of a list from a position on: first their ids, from an index alone, then these rows."""
    ids = list(session.scalars(page_ids(session, query, actor, first, size)))
    rows = {row.id: row for row in session.scalars(select(MatterRecord).where(MatterRecord.id.in_(ids)))}
    return [rows[matter_id] for matter_id in ids]


def page_ids(session: Session, query: ListQuery, actor: Actor, first: int, size: int) -> Select[int]:
    """The statement that finds the ids of a page."""
    begin, rest = tally.skip(session, query, actor, first)
    statement = select(MatterRecord.id).where(*conditions(query, actor))
    if begin is not None:
        statement = statement.where(begin)
    return _sorted(statement, query).offset(rest).limit(size)


def _sorted(statement: Select[int], query: ListQuery) -> Select[int]:
    if query.sort is SortKey.DUE:
        # Without a date comes last in both directions: nobody looks for it there.
        if query.descending:
            return statement.order_by(MatterRecord.due_on.desc(), MatterRecord.id.asc())
        return statement.order_by(MatterRecord.due_on.asc().nulls_last(), MatterRecord.id.desc())
    column = SORT_COLUMNS[query.sort]
    if query.descending:
        return statement.order_by(column.desc(), MatterRecord.id.desc())
    return statement.order_by(column.asc(), MatterRecord.id.asc())


def count(session: Session, query: ListQuery, actor: Actor) -> int:
    """How many rows a list has for this actor."""
    if tally.counts_all(query, actor):
        return tally.total(session, query, actor)
    counted = select(func.count()).select_from(MatterRecord).where(*conditions(query, actor))
    return session.scalar(counted) or 0


def get(session: Session, matter_id: int, actor: Actor) -> MatterRecord | None:
    """One matter, None when it does not exist for this actor."""
    return session.scalars(select(MatterRecord).where(MatterRecord.id == matter_id, may_know(actor))).first()


def known_ids(session: Session, ids: Iterable[int], actor: Actor) -> set[int]:
    """Those of the ids that exist for this actor."""
    return set(session.scalars(select(MatterRecord.id).where(MatterRecord.id.in_(among(ids)), may_know(actor))))


def todo(session: Session, actor: Actor, limit: int) -> Sequence[tuple[StepRecord, MatterRecord]]:
    """Open steps in the actor's hands with their matters, the most urgent first."""
    statement = (
        select(StepRecord, MatterRecord)
        .join(MatterRecord, MatterRecord.id == StepRecord.matter_id)
        .where(StepRecord.id.in_(_waiting(actor)), MatterRecord.is_open.is_(True), may_know(actor))
        .order_by(MatterRecord.due_on.asc().nulls_last(), MatterRecord.urgency.desc(), StepRecord.id.desc())
        .limit(limit)
    )
    return [(step, matter) for step, matter in session.execute(statement)]


def _waiting(actor: Actor) -> CompoundSelect[int]:
    """`addressed_to` apart for people, roles and principals, each from its index: most steps are of years long past."""
    roles = [role.value for role in actor.roles]
    waiting = select(StepRecord.id).where(StepRecord.done_at.is_(None))
    by_principal = waiting.join(MatterRecord, MatterRecord.id == StepRecord.matter_id)
    return union_all(
        waiting.where(StepRecord.person_id == actor.person_id),
        waiting.where(StepRecord.role.in_(roles), StepRecord.person_id.is_(None)),
        *(by_principal.where(_by(authority)) for authority in actor.authorities),
    )


def returned_to(session: Session, actor: Actor, limit: int) -> Sequence[MatterRecord]:
    """Papers that came back to the actor, the most urgent first."""
    statement = select(MatterRecord).where(came_back(actor), may_know(actor))
    order = (MatterRecord.due_on.asc().nulls_last(), MatterRecord.urgency.desc(), MatterRecord.id.desc())
    return session.scalars(statement.order_by(*order).limit(limit)).all()


def linked(session: Session, matter_id: int, actor: Actor) -> Sequence[tuple[LinkRecord, MatterRecord]]:
    """Matters joined to one, in both directions."""
    other = or_(
        and_(LinkRecord.from_id == matter_id, MatterRecord.id == LinkRecord.to_id),
        and_(LinkRecord.to_id == matter_id, MatterRecord.id == LinkRecord.from_id),
    )
    statement = (
        select(LinkRecord, MatterRecord).join(MatterRecord, other).where(may_know(actor)).order_by(LinkRecord.id)
    )
    return [(link, matter) for link, matter in session.execute(statement)]


def changed_since(session: Session, mark: int, limit: int) -> Sequence[tuple[int, int]]:
    """Ids of matters changed after a mark with the new mark each, oldest change first, for everybody."""
    statement = (
        select(MatterRecord.id, MatterRecord.changed)
        .where(MatterRecord.changed > mark)
        .order_by(MatterRecord.changed)
        .limit(limit)
    )
    return [(matter_id, changed) for matter_id, changed in session.execute(statement)]


def gone_since(session: Session, mark: int) -> dict[int, int]:
    """Ids of matters taken out after a mark, with the mark of it."""
    statement = select(GoneMatterRecord.matter_id, GoneMatterRecord.seq).where(GoneMatterRecord.seq > mark)
    return {row.matter_id: row.seq for row in session.execute(statement)}


def per_month(session: Session, kind: MatterKind, year: int, actor: Actor) -> dict[int, int]:
    """How many matters of a kind were entered in each month of a year."""
    query = ListQuery(kinds=frozenset({kind}), states=frozenset(State) - {State.VOID}, year=year)
    if tally.counts_all(query, actor):
        return {span % 100: total for span, total in tally.per_month(session, query, actor).items()}
    month = func.cast(func.strftime("%m", MatterRecord.created_on), MatterRecord.id.type)
    statement = select(month, func.count()).where(*conditions(query, actor)).group_by(month)
    return {int(number): total for number, total in session.execute(statement)}
