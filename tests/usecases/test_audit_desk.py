"""审计要点: what is out of the ordinary is found in the log, and nothing of a paper's content."""

from datetime import date

import factories
import pypdfium2
import pytest

from deskoffice.domain.errors import NotAllowed, VaultError
from deskoffice.usecases import audit_desk, audits, log_lines, log_paper, people
from deskoffice.usecases.audit_desk import Kind
from deskoffice.usecases.audits import Sieve
from deskoffice.usecases.circulation import incoming
from deskoffice.usecases.joint import Second
from deskoffice.usecases.office import open_office

MONDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)


def found(office):
    auditor = factories.as_login(office, "auditor")
    return [(one.kind, one.who, one.text) for one in audit_desk.findings(auditor, MONDAY, FRIDAY)]


def test_ordinary_work_is_no_finding(office):
    incoming.register(office, factories.incoming_draft())
    # The office was founded minutes ago while the clock of the tests stood still: that it says, and rightly.
    assert [text for kind, _, text in found(office) if "时钟" not in text] == []


def test_the_desk_is_the_auditors_alone(office):
    with pytest.raises(NotAllowed):
        audit_desk.findings(office, MONDAY, FRIDAY)
    with pytest.raises(NotAllowed):
        log_paper.paper(office, Sieve())


def test_work_at_night_is_one_line_however_much_was_done(office):
    office.clock.move(hours=14)
    for number in range(3):
        incoming.register(office, factories.incoming_draft(document_number=f"东政办发〔2026〕{number}号"))
    lines = [text for kind, who, text in found(office) if kind is Kind.HOURS and who == "王丽"]
    assert lines == ["22:30 起操作 3 次"]


def test_failed_log_ins_breaks_and_changed_rights_are_found(office):
    folder, clock = office.vault.folder, office.clock
    office.close()
    for _ in range(2):
        with pytest.raises(VaultError):
            open_office(folder, "wangli", "wrong", clock=clock)
    office = open_office(folder, "sysadmin", factories.PASSWORD, clock=clock)
    intern = next(row.id for row in people.accounts(office) if row.login == "intern")
    people.disable_account(office, intern, Second("secadmin", factories.PASSWORD))
    clock.move(hours=-2)
    people.accounts(office)
    office.close()
    office = open_office(folder, "auditor", factories.PASSWORD, clock=clock)
    lines = found(office)
    assert (Kind.FAILURES, "wangli", "登录名 wangli，口令输错 2 次") in lines
    assert (Kind.RIGHTS, "钱进", "停用账号：陈晨（韩雪在场）") in lines
    assert any(kind is Kind.GAPS and "被拨回" in text for kind, _, text in lines)
    office.close()


def test_the_log_is_sieved_by_person_day_and_kind(office, tmp_path):
    incoming.register(office, factories.incoming_draft())
    office = factories.log_in(office, "auditor")
    office.clock.move(days=1)
    audits.checkpoint(office, tmp_path / "stick.txt")
    wang = next(number for number, name in audits.names(office).items() if name == "王丽")

    def who(**wanted):
        return {line.who for line in log_lines.page(office, sieve=Sieve(**wanted))}

    assert who(account_id=wang) == {"王丽"}
    assert who(since=date(2026, 11, 24), until=date(2026, 11, 24)) == {"杨光"}
    registered = log_lines.page(office, sieve=Sieve(action="circulation."))
    assert [line.what for line in registered] == ["登记收文"]
    office.close()


def test_the_log_leaves_as_a_paper_that_ends_with_its_code(office):
    incoming.register(office, factories.incoming_draft(title="关于一件机密的事"))
    office = factories.log_in(office, "auditor")
    size, _ = office.vault.audit.end()
    made = log_paper.paper(office, Sieve())
    document = pypdfium2.PdfDocument(made.data)
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    assert "登记收文" in text
    assert f"共 {size:,} 条" in text.replace("\r\n", "")
    assert "机密的事" not in text
    office.close()


def test_a_stick_and_a_code_from_paper_are_compared(office, tmp_path):
    office = factories.log_in(office, "auditor")
    kept = audits.checkpoint(office, tmp_path / "stick.txt")
    assert audit_desk.compare_file(office, tmp_path / "stick.txt").is_good
    assert audit_desk.compare_code(office, kept.code.lower()).is_good
    other = "00000-00000-00000-00000"
    assert not audit_desk.compare_code(office, other).is_good
    (tmp_path / "stick.txt").write_text("not a checkpoint")
    with pytest.raises(VaultError, match="vault_checkpoint_damaged"):
        audit_desk.compare_file(office, tmp_path / "stick.txt")
    office.close()
