# ruff: noqa: S608  # the statements are put together from names of this module alone
"""How many matters there are of each kind, state and level, by month and by number: kept by the engine at each change.

Counting a million rows takes longer than a person waits, and so does finding row 500,000; the tally answers both from
a few thousand rows.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from sqlalchemy import DDL, ColumnElement, event, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from deskoffice.domain.matters import ENDED, ListQuery, SortKey, State
from deskoffice.domain.people import Actor
from deskoffice.storage.base import Base
from deskoffice.storage.matters import MatterReaderRecord, MatterRecord

EVERYBODY = 0
"""Stands for the account where the whole office may know."""
BY_MONTH, BY_NUMBER, BY_YEAR, BY_NUMBER_YEAR = "month", "number", "year", "number_year"
BLOCK = 1000
"""Numbers are counted by so many: 2026413 is the block of the 413,000s of 2026."""
SORTED_BY = {SortKey.CREATED: BY_MONTH, SortKey.NUMBER: BY_NUMBER}
WITHIN = {BY_MONTH: (BY_YEAR, 100), BY_NUMBER: (BY_NUMBER_YEAR, 1_000_000 // BLOCK)}
"""By what whole years are counted first, and how many spans a year has at most: thirty years have many months."""


class MatterTallyRecord(Base):
    """One count. `span` is year and month of entry, or the number's order divided by BLOCK, or the year of either."""

    __tablename__ = "matter_tally"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012  SQLAlchemy reads a plain mapping

    account_id: Mapped[int] = mapped_column(primary_key=True)
    sorting: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(primary_key=True)
    level: Mapped[int] = mapped_column(primary_key=True)
    span: Mapped[int] = mapped_column(primary_key=True)
    n: Mapped[int]


def _month(row: str) -> str:
    return f"CAST(substr({row}.created_on, 1, 4) || substr({row}.created_on, 6, 2) AS INTEGER)"


def _counts(row: str, account: str, change: int) -> Iterator[str]:
    """Expressions of the counts of a row."""
    spans = {
        BY_MONTH: _month(row),
        BY_NUMBER: f"{row}.number_order / {BLOCK}",
        BY_YEAR: f"CAST(substr({row}.created_on, 1, 4) AS INTEGER)",
        BY_NUMBER_YEAR: f"{row}.number_order / 1000000",
    }
    for sorting, span in spans.items():
        yield f"{account}, '{sorting}', {row}.kind, {row}.state, {row}.level, {span}, {change}"


_TABLE = "matter_tally (account_id, sorting, kind, state, level, span, n)"
_ADD = "ON CONFLICT (account_id, sorting, kind, state, level, span) DO UPDATE SET n = n + excluded.n"


def _office(row: str, change: int) -> str:
    rows = (f"SELECT {one} WHERE {row}.office_wide" for one in _counts(row, str(EVERYBODY), change))
    return " ".join(f"INSERT INTO {_TABLE} {one} {_ADD};" for one in rows)


def _readers(row: str, change: int) -> str:
    named = f"FROM matter_reader AS r WHERE r.matter_id = {row}.id AND NOT {row}.office_wide"
    return " ".join(
        f"INSERT INTO {_TABLE} SELECT {one} {named} {_ADD};" for one in _counts(row, "r.account_id", change)
    )


def _reader(row: str, change: int) -> str:
    named = f"FROM matter AS m WHERE m.id = {row}.matter_id AND NOT m.office_wide"
    return " ".join(
        f"INSERT INTO {_TABLE} SELECT {one} {named} {_ADD};" for one in _counts("m", f"{row}.account_id", change)
    )


_COUNTED = "kind, state, level, created_on, number_order, office_wide"
_DIFFERS = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in _COUNTED.split(", "))
_MOVED = f"{_office('OLD', -1)} {_readers('OLD', -1)} {_office('NEW', 1)} {_readers('NEW', 1)}"
TRIGGERS = (
    f"CREATE TRIGGER tally_on_insert AFTER INSERT ON matter BEGIN {_office('NEW', 1)} END",
    f"CREATE TRIGGER tally_on_delete AFTER DELETE ON matter BEGIN {_office('OLD', -1)} END",
    f"CREATE TRIGGER tally_on_update AFTER UPDATE OF {_COUNTED} ON matter WHEN {_DIFFERS} BEGIN {_MOVED} END",
    f"CREATE TRIGGER tally_on_reader AFTER INSERT ON matter_reader BEGIN {_reader('NEW', 1)} END",
    f"CREATE TRIGGER tally_off_reader AFTER DELETE ON matter_reader BEGIN {_reader('OLD', -1)} END",
)
"""A matter goes after its readers, so that each is taken off the tally while the matter can still be asked."""
_EXPECTED = " UNION ALL ".join(
    [f"SELECT {one} AS n FROM matter AS m WHERE m.office_wide" for one in _counts("m", str(EVERYBODY), 1)]
    + [
        f"SELECT {one} FROM matter_reader AS r JOIN matter AS m ON m.id = r.matter_id WHERE NOT m.office_wide"
        for one in _counts("m", "r.account_id", 1)
    ]
)
FILL = f"INSERT INTO {_TABLE} SELECT * FROM ({_EXPECTED}) WHERE true {_ADD}"
"""For a file made before there was a tally."""

# The last of the tables that they stand on.
for _trigger in TRIGGERS:
    event.listen(MatterReaderRecord.__table__, "after_create", DDL(_trigger))  # type: ignore[no-untyped-call]  # left bare


def counts_all(query: ListQuery, actor: Actor) -> bool:
    """The tally knows this list: nothing narrows it that is not counted apart."""
    narrowed = query.unit or query.mine or query.due_before is not None or query.matter_ids is not None
    return not narrowed and not actor.is_officer and not actor.former_authorities


def total(session: Session, query: ListQuery, actor: Actor) -> int:
    """How many rows a list has, where `counts_all` is true."""
    found = select(func.sum(MatterTallyRecord.n)).where(*_conditions(query, actor, BY_YEAR))
    return session.scalar(found) or 0


def per_month(session: Session, query: ListQuery, actor: Actor) -> dict[int, int]:
    """Counts of a list by year and month, 202603."""
    return dict(_spans(session, query, actor, BY_MONTH))


def skip(session: Session, query: ListQuery, actor: Actor, first: int) -> tuple[ColumnElement[bool] | None, int]:
    """Where a list may be begun to be read so that row `first` comes soon: a condition, and how many to pass still."""
    sorting = SORTED_BY.get(query.sort)
    by_another = query.sort is SortKey.NUMBER and query.year is not None
    if first == 0 or sorting is None or by_another or not counts_all(query, actor):
        return None, first
    by_year, spans = WITHIN[sorting]
    year, passed = _place(_spans(session, query, actor, by_year), first, descending=query.descending)
    if year is None:
        return None, first
    in_year = MatterTallyRecord.span.between(year * spans, year * spans + spans - 1)
    span, more = _place(_spans(session, query, actor, sorting, in_year), first - passed, descending=query.descending)
    return (None, first) if span is None else (_from_span(query, span), first - passed - more)


def _place(spans: Iterable[tuple[int, int]], first: int, *, descending: bool) -> tuple[int | None, int]:
    """The span that row `first` is in, or the last one, and how many rows are passed before it."""
    passed, last, before = 0, None, 0
    for span, n in sorted(spans, reverse=descending):
        if passed + n > first:
            return span, passed
        last, before, passed = span, passed, passed + n
    return last, before


def _from_span(query: ListQuery, span: int) -> ColumnElement[bool]:
    if query.sort is SortKey.NUMBER:
        order = MatterRecord.number_order
        return order < (span + 1) * BLOCK if query.descending else order >= span * BLOCK
    year, month = divmod(span, 100)
    if not query.descending:
        return MatterRecord.created_on >= date(year, month, 1)
    return MatterRecord.created_on <= date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _spans(
    session: Session, query: ListQuery, actor: Actor, sorting: str, *more: ColumnElement[bool]
) -> Iterable[tuple[int, int]]:
    found = (
        select(MatterTallyRecord.span, func.sum(MatterTallyRecord.n))
        .where(*_conditions(query, actor, sorting), *more)
        .group_by(MatterTallyRecord.span)
    )
    return [(span, int(n)) for span, n in session.execute(found) if n]


def _conditions(query: ListQuery, actor: Actor, sorting: str) -> list[ColumnElement[bool]]:
    tally = MatterTallyRecord
    states = {state.value for state in query.states or State}
    if query.open_only:
        states -= {state.value for state in ENDED}
    found = [
        tally.account_id.in_([EVERYBODY, actor.account_id]),
        tally.sorting == sorting,
        tally.kind.in_(sorted(kind.value for kind in query.kinds)),
        tally.level <= int(actor.clearance),
    ]
    if query.states or query.open_only:
        found.append(tally.state.in_(sorted(states)))
    if query.level is not None:
        found.append(tally.level == int(query.level))
    if query.year is not None:
        is_year = tally.span == query.year
        found.append(is_year if sorting == BY_YEAR else tally.span.between(query.year * 100 + 1, query.year * 100 + 12))
    return found


def is_right(session: Session) -> bool:
    """The tally says what counting says."""
    columns = "account_id, sorting, kind, state, level, span"
    kept = f"SELECT {columns}, n FROM matter_tally WHERE n <> 0"
    first = f"SELECT {columns}, sum(n) AS n FROM (SELECT * FROM ({_named(_EXPECTED)})) GROUP BY {columns}"
    connection = session.connection()
    return all(
        connection.exec_driver_sql(f"SELECT 1 FROM ({one} EXCEPT {other}) LIMIT 1").first() is None
        for one, other in ((kept, first), (first, kept))
    )


def _named(rows: str) -> str:
    names = "0 AS account_id, '' AS sorting, '' AS kind, '' AS state, 0 AS level, 0 AS span, 0 AS n"
    return f"SELECT {names} WHERE false UNION ALL {rows}"
