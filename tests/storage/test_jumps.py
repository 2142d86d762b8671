"""A jump into the middle of a list lands where reading from its top would have come."""

from dataclasses import replace

import factories
import pytest
from bench import big_vault

from deskoffice.domain.matters import ENDED, ListQuery, MatterKind, SortKey
from deskoffice.storage import matter_queries, tally
from deskoffice.usecases.office import Office

INCOMING = ListQuery(kinds=frozenset({MatterKind.INCOMING}))
LISTS = {
    "all": INCOMING,
    "of every kind": replace(INCOMING, kinds=frozenset(MatterKind)),
    "of one year": replace(INCOMING, year=2024),
    "open": replace(INCOMING, open_only=True),
    "ended": replace(INCOMING, states=ENDED),
}


@pytest.fixture
def years(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Six hundred matters of four years."""
    monkeypatch.setattr(big_vault, "A_YEAR", 150)
    monkeypatch.setattr(big_vault, "OPEN", 40)
    with office.vault.database.write() as session:
        big_vault.fill(session, 600, factories.person_id(office, "王丽"))
    return office


def test_every_jump_lands_where_reading_from_the_top_comes(years: Office) -> None:
    with years.read() as session:
        assert tally.is_right(session)
        for query in LISTS.values():
            for sort in (SortKey.CREATED, SortKey.NUMBER):
                for descending in (True, False):
                    asked = replace(query, sort=sort, descending=descending)
                    whole = matter_queries.page(session, asked, years.actor, 0, 1000)
                    assert len(whole) == matter_queries.count(session, asked, years.actor) > 0
                    for first in (1, len(whole) // 3, len(whole) // 2, len(whole) - 1, len(whole), len(whole) + 7):
                        found = matter_queries.page(session, asked, years.actor, first, 9)
                        assert [row.id for row in found] == [row.id for row in whole[first : first + 9]]
