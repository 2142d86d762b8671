"""A vault that may not be written can be read, and says why nothing else is possible."""

from pathlib import Path

import factories
import pytest

from deskoffice.domain.errors import EnvironmentFailure, VaultError
from deskoffice.domain.matters import ListQuery, MatterKind
from deskoffice.usecases import audits, backups, matters
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


def test_the_log_can_be_verified_and_exported_while_nothing_may_be_written(office: Office, tmp_path: Path) -> None:
    """Two officers who are to accept a restored vault compare its log first."""
    office.vault.database.refusal = VaultError("vault_restored")
    auditor = factories.as_login(office, "auditor")
    assert audits.verify(auditor).ok
    assert audits.export(auditor, tmp_path / "log") == audits.verify(auditor).entries
    with pytest.raises(VaultError, match="vault_restored"):
        backups.create(office, tmp_path / "sets")
