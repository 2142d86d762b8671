"""The papers that the office itself makes of each kind of matter for the archive."""

from collections.abc import Callable
from pathlib import PurePath

from deskoffice.domain.errors import VaultError
from deskoffice.domain.matters import ContentRole, MatterKind, MatterRow
from deskoffice.usecases import (
    attachments,
    meeting_minutes,
    meeting_views,
    papers_meeting_plans,
    papers_meetings,
    papers_seals,
    papers_supervision,
)
from deskoffice.usecases.circulation import outgoing_paper, slips
from deskoffice.usecases.office import Office

Paper = tuple[str, bytes]
RECORD_APART = "会议记录只有到会人员可以打开，请由到会人员打印后另行归档。\n"


def _incoming(office: Office, row: MatterRow) -> list[Paper]:
    return [("文件处理笺.pdf", slips.handling_slip(office, row.id).data)]


def _outgoing(office: Office, row: MatterRow) -> list[Paper]:
    return [
        ("正文.pdf", outgoing_paper.pdf(office, row.id).pdf),
        ("发文稿纸.pdf", slips.issue_sheet(office, row.id).data),
    ]


def _seal_use(office: Office, row: MatterRow) -> list[Paper]:
    found = [("用印审批单.pdf", papers_seals.request_sheet(office, row.id).data)]
    with office.read() as session:
        paper = attachments.latest(session, row.id, ContentRole.BODY)
    if paper is not None:
        content = attachments.open_content(office, row.id, paper.content_id)
        found.append((f"用印文件{PurePath(content.name).suffix}", content.data))
    return found


def _meeting(office: Office, row: MatterRow) -> list[Paper]:
    found = [
        ("会议审批单.pdf", papers_meetings.request_sheet(office, row.id).data),
        ("签到表.pdf", papers_meetings.sign_in_sheet(office, row.id).data),
    ]
    if meeting_minutes.text_of(office, row.id):
        found.append(("会议纪要.pdf", papers_meetings.minutes(office, row.id).data))
    return [*found, *_record(office, row)]


def _record(office: Office, row: MatterRow) -> list[Paper]:
    """The record is sealed to those who were there: where it cannot be opened, the folder says so."""
    try:
        said = meeting_views.text_of(office, row.id, ContentRole.RECORD)
    except VaultError as error:
        if error.code != "vault_not_yours":
            raise
        return [("会议记录未导出.txt", RECORD_APART.encode())]
    return [("会议记录.pdf", papers_meetings.record(office, row.id).data)] if said else []


def _task(office: Office, row: MatterRow) -> list[Paper]:
    return [("督办通知单.pdf", papers_supervision.notice(office, row.id).data)]


def _topic(office: Office, row: MatterRow) -> list[Paper]:
    return [("议题申报单.pdf", papers_meeting_plans.topic_request(office, row.id).data)]


_PAPERS: dict[MatterKind, Callable[[Office, MatterRow], list[Paper]]] = {
    MatterKind.INCOMING: _incoming,
    MatterKind.OUTGOING: _outgoing,
    MatterKind.SEAL_USE: _seal_use,
    MatterKind.MEETING: _meeting,
    MatterKind.TASK: _task,
    MatterKind.TOPIC: _topic,
}


def papers_of(office: Office, row: MatterRow) -> list[Paper]:
    """Names and bytes of the papers of one matter."""
    make = _PAPERS.get(row.kind)
    return make(office, row) if make else []
