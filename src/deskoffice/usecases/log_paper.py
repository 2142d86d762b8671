"""审计日志 on paper, for the file: the lines the auditor sees, closed by the code a later log must agree with."""

from deskoffice.domain.people import Role
from deskoffice.paper.ledger import Column, ledger
from deskoffice.usecases import audits, log_lines, settings
from deskoffice.usecases.audits import Sieve
from deskoffice.usecases.log_lines import LogLine
from deskoffice.usecases.office import Office
from deskoffice.usecases.previews import PdfPaper
from deskoffice.vault.audit_checkpoint import code_of

MOST = 2000
_COLUMNS = (
    Column("序号", 16),
    Column("时间", 34),
    Column("谁", 20),
    Column("做了什么", 44),
    Column("对象", 34),
    Column("说明", 109),
)


def paper(office: Office, sieve: Sieve) -> PdfPaper:
    """Oldest first, as a book reads; the printing is an entry itself, behind the lines."""
    office.require(Role.AUDIT_ADMIN)
    lines = _lines(office, sieve)
    size, root = office.vault.audit.end()
    code = code_of(office.vault.id, size, root)
    cells = [_cells(line) for line in lines]
    cells.append(("", "", "", "核对码", f"共 {size:,} 条", code))
    data = ledger(
        "审计日志",
        _COLUMNS,
        cells,
        office=settings.read_settings(office).office_name,
        year=None,
        level_mark="",
        made_at=office.now(),
    )
    with office.act() as act:
        act.record_other("audit.log.printed", items=len(lines))
    return PdfPaper(data, f"审计日志{office.today():%Y%m%d}.pdf")


def _lines(office: Office, sieve: Sieve) -> list[LogLine]:
    found: list[LogLine] = []
    while len(found) < MOST:
        page = log_lines.page(office, before=found[-1].seq if found else None, sieve=sieve)
        found += page
        if len(page) < audits.PAGE:
            break
    return found[MOST - 1 :: -1] if len(found) > MOST else found[::-1]


def _cells(line: LogLine) -> tuple[str, ...]:
    at = f"{line.at:%Y-%m-%d %H:%M}" + ("?" if line.is_doubtful else "")
    return f"{line.seq}", at, line.who, line.what, line.subject, line.detail
