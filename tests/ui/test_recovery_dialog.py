"""A forgotten password: two of three shares give a new one, and what could be read can be read again."""

import factories

from deskoffice.domain.matters import ListQuery, MatterKind
from deskoffice.domain.values import Classification
from deskoffice.ui.login import LoginPage
from deskoffice.ui.recovery_dialog import RecoveryDialog
from deskoffice.usecases import matters
from deskoffice.usecases.circulation import incoming
from deskoffice.usecases.office import open_office

NEW = "another-horse-8"


def typed(dialog: RecoveryDialog, *, shares: tuple[str, str], repeated: str = NEW) -> None:
    dialog._ui.firstSharePlainTextEdit.setPlainText(shares[0])
    dialog._ui.secondSharePlainTextEdit.setPlainText(shares[1])
    dialog._ui.loginLineEdit.setText("zhaoming")
    dialog._ui.newPasswordLineEdit.setText(NEW)
    dialog._ui.repeatedLineEdit.setText(repeated)
    dialog._ui.resetPushButton.click()


def test_two_shares_set_a_new_password(tmp_path, jobs, look, qtbot):
    clock = factories.monday_morning()
    founded = factories.found(tmp_path / "vault", clock)
    draft = factories.incoming_draft(level=Classification.SECRET, secrecy_years=10, copy_number="000001")
    incoming.register(founded.office, draft)
    founded.office.close()
    page = LoginPage(jobs, tmp_path / "vault")
    qtbot.addWidget(page)
    page._ui.recoverPushButton.click()
    dialog = page.findChild(RecoveryDialog)
    first, second, _ = founded.recovery_shares

    typed(dialog, shares=(first, second), repeated="mistyped-horse")
    qtbot.waitUntil(lambda: jobs.is_idle, timeout=20_000)
    assert not dialog._ui.repeatedProblemLabel.isHidden()

    typed(dialog, shares=(first, first))
    qtbot.waitUntil(lambda: jobs.is_idle, timeout=20_000)
    assert "没有恢复" in dialog._ui.problemLabel.text()

    typed(dialog, shares=(first, f"  {second.upper()}\n"))
    qtbot.waitUntil(lambda: "已设好" in dialog._ui.problemLabel.text(), timeout=20_000)
    assert dialog._ui.firstSharePlainTextEdit.toPlainText() == ""

    office = open_office(tmp_path / "vault", "zhaoming", NEW, clock=clock)
    rows = matters.list_page(office, ListQuery(frozenset({MatterKind.INCOMING})), 0, 10).rows
    assert [row.title for row in rows] == ["关于做好汛期值班值守工作的通知"]
    office.close()
