"""The papers that the office itself makes of each kind of matter for the archive."""

from collections.abc import Callable

from deskoffice.domain.matters import MatterKind, MatterRow
from deskoffice.usecases.circulation import outgoing_paper, slips
from deskoffice.usecases.office import Office

Paper = tuple[str, bytes]


def _incoming(office: Office, row: MatterRow) -> list[Paper]:
    return [("文件处理笺.pdf", slips.handling_slip(office, row.id).data)]


def _outgoing(office: Office, row: MatterRow) -> list[Paper]:
    return [
        ("正文.pdf", outgoing_paper.pdf(office, row.id).pdf),
        ("发文稿纸.pdf", slips.issue_sheet(office, row.id).data),
    ]


_PAPERS: dict[MatterKind, Callable[[Office, MatterRow], list[Paper]]] = {
    MatterKind.INCOMING: _incoming,
    MatterKind.OUTGOING: _outgoing,
}


def papers_of(office: Office, row: MatterRow) -> list[Paper]:
    """Names and bytes of the papers of one matter."""
    make = _PAPERS.get(row.kind)
    return make(office, row) if make else []
