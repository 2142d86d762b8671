"""Every list is read from an index in its order: no walk over all matters, nothing sorted that grows with the years."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from sqlalchemy.dialects import sqlite

from deskoffice.domain.matters import ENDED, ListQuery, MatterKind, SortKey, State
from deskoffice.domain.values import Classification
from deskoffice.storage import matter_queries
from deskoffice.ui.areas import DONE, DRAFTS
from deskoffice.ui.matter_list import SCOPES
from deskoffice.usecases.office import Office

TODAY = date(2026, 11, 23)
LISTS = {kind.value: ListQuery(frozenset({kind})) for kind in MatterKind} | {"done": DONE.query}
FILTERS: dict[str, dict[str, object]] = {
    "plain": {},
    "level": {"level": Classification.CONFIDENTIAL},
    "year": {"year": 2025},
    "archived": {"states": frozenset({State.ARCHIVED})},
}


def queries() -> Iterator[tuple[str, ListQuery]]:
    """Each list with each of its chips, sortings and filters."""
    for (name, base), scope, sort, down, (label, chosen) in product(
        LISTS.items(), SCOPES, SortKey, (True, False), FILTERS.items()
    ):
        if name == "done" and (sort is not SortKey.CREATED or scope.key != "all"):
            continue
        query = scope.narrow(replace(base, sort=sort, descending=down, **chosen), TODAY)
        if query.open_only and query.states & ENDED:
            continue
        yield f"{name}-{scope.key}-{sort.value}-{down}-{label}", query


def plan(office: Office, query: ListQuery) -> list[str]:
    with office.read() as session:
        statement = matter_queries.page_ids(session, query, office.actor, 100, 64)
        text = str(statement.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))
        return [row[3] for row in session.connection().exec_driver_sql("EXPLAIN QUERY PLAN " + text)]


def test_no_list_walks_over_all_matters_or_sorts_them(office: Office) -> None:
    wrong = {}
    for name, query in queries():
        steps = plan(office, query)
        if any(step.startswith("SCAN matter") and "USING COVERING INDEX" not in step for step in steps) or any(
            "TEMP B-TREE" in step for step in steps
        ):
            wrong[name] = steps
    assert wrong == {}


@pytest.mark.parametrize("narrowed", [{"unit": "县财政局"}, {"matter_ids": (1, 2, 3)}], ids=["unit", "found"])
def test_what_is_narrowed_to_few_rows_is_found_by_them(office: Office, narrowed: dict[str, object]) -> None:
    for sort in SortKey:
        steps = plan(office, replace(LISTS["incoming"], sort=sort, **narrowed))
        assert not any(step.startswith("SCAN matter") for step in steps), steps


def test_the_to_do_list_begins_with_what_waits(office: Office) -> None:
    with office.read() as session:
        matter_queries.todo(session, office.actor, 10)
        steps = plan(office, replace(DRAFTS.query, kinds=frozenset(MatterKind), mine=True))
    assert not any(step.startswith("SCAN matter") and "open" not in step for step in steps), steps
