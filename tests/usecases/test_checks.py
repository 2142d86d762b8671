"""A check finds what no single page would show."""

from pathlib import Path

import factories
import pytest
from sqlalchemy import text

from deskoffice.domain.errors import VaultError
from deskoffice.usecases import backups, checks, notices
from deskoffice.usecases.circulation import incoming
from deskoffice.usecases.office import Office, open_office
from deskoffice.vault import check

PAGE = 4096


def test_counts_that_differ_from_the_records_are_found(office: Office) -> None:
    incoming.register(office, factories.incoming_draft())
    assert checks.everything(office) == []
    with office.act() as act:
        act.session.execute(text("UPDATE matter_tally SET n = n + 1"))
    assert checks.everything(office) == ["tally_differs matter_tally"]


def test_a_week_later_the_check_runs_by_itself_and_once(office: Office) -> None:
    assert checks.weekly(office) == []
    office.clock.move(days=6)
    assert checks.weekly(office) is None
    office.clock.move(days=1)
    assert checks.weekly(office) == []


def test_a_damaged_vault_is_not_backed_up(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backups, "pages", lambda *_, **__: [check.Problem("pages_damaged", "vault.db")])
    with pytest.raises(VaultError, match="vault_damaged"):
        backups.create(office, tmp_path / "sets")
    assert not (tmp_path / "sets").exists()


def test_an_old_page_of_a_register_is_told_on_coming_in(office: Office) -> None:
    """A withdrawn paper comes back by one page; no key is needed for that."""
    folder, clock = office.vault.folder, office.clock
    for number in range(30):
        incoming.register(office, factories.incoming_draft(document_number=f"东政办发〔2026〕{number}号"))
    office.close()
    before = (folder / "vault.db").read_bytes()
    again = open_office(folder, "wangli", factories.PASSWORD, clock=clock)
    with again.act() as act:
        act.session.execute(text("UPDATE matter SET state = 'void', is_open = 0"))
        act.record_other("matters.matter.voided")
    again.close()
    after = (folder / "vault.db").read_bytes()
    changed = [at for at in range(0, len(before), PAGE) if before[at : at + PAGE] != after[at : at + PAGE]]
    at = changed[len(changed) // 2]
    (folder / "vault.db").write_bytes(after[:at] + before[at : at + PAGE] + after[at + PAGE :])
    attacked = open_office(folder, "wangli", factories.PASSWORD, clock=clock)
    told = notices.standing(attacked)
    assert not attacked.is_writable
    assert (told[0].code, "数据页与上次退出时不同" in told[0].text) == ("damaged", True)
    attacked.close()
