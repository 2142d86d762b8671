"""Every kind of paper that the practice vault can print, judged by veraPDF as it leaves, with its marks."""

import os
from collections import Counter
from collections.abc import Iterator

import pytest

from deskoffice.domain.errors import DeskOfficeError
from deskoffice.domain.matters import Action, ListQuery, MatterKind
from deskoffice.domain.people import Role
from deskoffice.domain.prints import PrintOrder, PrintWay
from deskoffice.ui.areas import OPENERS
from deskoffice.ui.paper_choice import PaperOpener
from deskoffice.usecases import blank_forms, demo, ledgers, matters, previews, print_ledger, printing
from deskoffice.usecases.circulation import outgoing_paper, slips
from deskoffice.usecases.office import Office, open_office
from deskoffice.usecases.previews import PdfPaper

DOCUMENTS, EACH = (30, 2) if os.environ.get("DESKOFFICE_SOAK") else (0, 0)
PRINTERS = {Role.CONFIDENTIAL_CLERK, Role.OFFICE_LEADER, Role.CONFERENCE_CLERK, Role.SEAL_KEEPER}
ORDER = PrintOrder(PrintWay.PRINT, "前台", has_link=True)


def papers(office: Office) -> Iterator[tuple[str, PdfPaper]]:
    """Some of each kind of paper, of as many matters as offer it; what is refused in words is not printed."""
    for register in ledgers.REGISTERS:
        yield f"登记簿 {register}", ledgers.export(office, register, "pdf")
    for form in (form for group in blank_forms.groups() for form in group.forms):
        yield f"空白 {form.title}", printing.blank_form(office, form.code)
    made: Counter[str] = Counter()
    for kind in MatterKind:
        makers = _makers(kind)
        for row in matters.list_page(office, ListQuery(kinds=frozenset({kind})), 0, 20).rows:
            for name, make in (*makers, *_contents(office, row.id)):
                if made[name] >= EACH:
                    continue
                try:
                    paper = make(office, row.id)
                except DeskOfficeError:
                    continue
                if paper.data:
                    made[name] += 1
                    yield f"{name} {row.number}", paper


def _makers(kind: MatterKind):
    opener = OPENERS.get((kind, Action.PRINT))
    if isinstance(opener, PaperOpener):
        return [(paper.name, paper.make) for paper in opener.papers]
    if kind is MatterKind.OUTGOING:
        return [("发文", _document), ("发文稿纸", slips.issue_sheet)]
    return []


def _document(office: Office, matter_id: int) -> PdfPaper:
    return PdfPaper(outgoing_paper.pdf(office, matter_id).pdf, "发文.pdf", matter_id)


def _contents(office: Office, matter_id: int):
    def opened(content_id: int):
        return lambda office, matter_id: previews.paper(office, matter_id, content_id)

    contents = matters.card(office, matter_id).contents
    return [(f"库内 {one.role.value} {one.media_type}", opened(one.content_id)) for one in contents]


@pytest.mark.skipif(not DOCUMENTS, reason="half a minute for the vault alone; ./dev soak runs it")
@pytest.mark.timeout(5400)
def test_verapdf_accepts_every_paper_of_the_practice_vault(tmp_path, verapdf) -> None:
    made = demo.build(tmp_path / "vault", documents=DOCUMENTS, seed=1)
    names, files = [], []
    for login in [account.login for account in made.accounts if account.roles & PRINTERS]:
        office = open_office(tmp_path / "vault", login, made.accounts[0].password)
        for name, paper in papers(office):
            names.append(f"{login} {name}")
            files.append(print_ledger.enter(office, paper, ORDER).paper.data)
        office.close()
    verdicts = [verdict for at in range(0, len(files), 150) for verdict in verapdf("2u", files[at : at + 150])]
    failed = {name: verdict for name, verdict in zip(names, verdicts, strict=True) if verdict != "PASS"}
    print(f"{len(files)} papers of {len({name.split()[1] for name in names})} kinds")  # noqa: T201
    assert failed == {}
