"""A vault that may not be written can be read, and says why nothing else is possible."""

import factories
import pytest

from deskoffice.domain.errors import EnvironmentFailure
from deskoffice.domain.matters import ListQuery, MatterKind
from deskoffice.usecases import matters
from deskoffice.usecases.circulation import incoming
from deskoffice.usecases.office import Office

INCOMING = ListQuery(kinds=frozenset({MatterKind.INCOMING}))


def test_what_is_there_can_be_read_and_nothing_written(office: Office) -> None:
    matter_id = incoming.register(office, factories.incoming_draft()).matter_ids[0]
    assert matters.card(office, matter_id).actions
    office.vault.database.refusal = EnvironmentFailure("disk_read_only")
    card = matters.card(office, matter_id)
    assert (card.row.title, card.actions) == ("关于做好汛期值班值守工作的通知", ())
    with pytest.raises(EnvironmentFailure) as refused:
        incoming.register(office, factories.incoming_draft(document_number="东政办发〔2026〕42号"))
    assert refused.value.code == "disk_read_only"
    assert matters.list_page(office, INCOMING, 0, 10).total == 1
