"""A check finds what no single page would show."""

import factories
from sqlalchemy import text

from deskoffice.usecases import checks
from deskoffice.usecases.circulation import incoming
from deskoffice.usecases.office import Office


def test_counts_that_differ_from_the_records_are_found(office: Office) -> None:
    incoming.register(office, factories.incoming_draft())
    assert checks.everything(office) == []
    with office.act() as act:
        act.session.execute(text("UPDATE matter_tally SET n = n + 1"))
    assert checks.everything(office) == ["tally_differs matter_tally"]
