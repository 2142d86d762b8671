"""Versions of a draft: who left which text when, what changed between them (花脸稿), and one brought back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from deskoffice.domain.circulation import changes
from deskoffice.domain.circulation.changes import Paragraph, Version
from deskoffice.domain.errors import RuleError
from deskoffice.domain.matters import Action, Changes, ContentRole, MatterKind
from deskoffice.domain.values import secrecy_mark
from deskoffice.paper import changes as changes_paper
from deskoffice.storage import people
from deskoffice.storage.matters import MatterContentRecord, MatterRecord
from deskoffice.usecases import attachments, matters, settings, stepping
from deskoffice.usecases.attachments import FileDraft, ReadFile
from deskoffice.usecases.office import CHINA, Act, Office
from deskoffice.usecases.previews import PdfPaper
from deskoffice.usecases.printing import trace


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version of the text."""

    number: int
    author: str
    at: datetime
    letters: int


@dataclass(frozen=True, slots=True)
class Compared:
    """All changes between two versions, by author."""

    first: VersionRow
    last: VersionRow
    paragraphs: tuple[Paragraph, ...]


def versions(office: Office, matter_id: int) -> tuple[VersionRow, ...]:
    """Every version of the text, the first one first."""
    with office.look() as act:
        return tuple(row for row, _ in _read(act, _outgoing(act, matter_id)))


def _outgoing(act: Act, matter_id: int) -> MatterRecord:
    matter = act.matter(matter_id)
    if matter.kind != MatterKind.OUTGOING:
        raise RuleError("matter_missing")
    return matter


def _read(act: Act, matter: MatterRecord) -> list[tuple[VersionRow, str]]:
    query = select(MatterContentRecord).where(
        MatterContentRecord.matter_id == matter.id, MatterContentRecord.role == ContentRole.BODY.value
    )
    records = act.session.scalars(query.order_by(MatterContentRecord.version)).all()
    names = people.names(act.session, [record.author_id for record in records])
    found = []
    for record in records:
        text = act.office.vault.contents.open(act.session, record.content_id).data.decode()
        row = VersionRow(
            record.version, names.get(record.author_id, ""), record.created_at.astimezone(CHINA), len(text)
        )
        found.append((row, text))
    return found


def compare(office: Office, matter_id: int, first: int, last: int) -> Compared:
    """What each author changed from one version to a later one, every version between them counted."""
    with office.look() as act:
        matter = _outgoing(act, matter_id)
        found = _between(_read(act, matter), first, last)
        act.record_other("circulation.outgoing.versions_compared", f"matter:{matter.id}", first=first, last=last)
    return found


def _between(read: Sequence[tuple[VersionRow, str]], first: int, last: int) -> Compared:
    chosen = [(row, text) for row, text in read if first <= row.number <= last]
    if not chosen:
        raise RuleError("version_missing")
    paragraphs = changes.marked([Version(row.author, text) for row, text in chosen])
    return Compared(chosen[0][0], chosen[-1][0], paragraphs)


def restore(office: Office, matter_id: int, number: int) -> Changes:
    """Bring an earlier text back as a new version; nothing in between is lost."""
    with office.act() as act:
        matter = _outgoing(act, matter_id)
        stepping.require(matters.allowed(matter, stepping.standing(act.session, matter), act.actor), Action.EDIT)
        text = next((text for row, text in _read(act, matter) if row.number == number), None)
        if text is None:
            raise RuleError("version_missing")
        file = FileDraft("正文.txt", text.encode(), ContentRole.BODY)
        attachments.put(act, matter, ReadFile(file, "text/plain", text))
        act.record("circulation.outgoing.version_restored", matter, version=number)
        return act.changes()


def marked_paper(office: Office, matter_id: int, first: int, last: int) -> PdfPaper:
    """花脸稿 on paper: what was taken out struck through, what was put in underlined, with its author."""
    with office.look() as act:
        matter = _outgoing(act, matter_id)
        row = matters.rows(office, act.session, [matter])[0]
        found = _between(_read(act, matter), first, last)
        act.record_other("circulation.outgoing.versions_printed", f"matter:{matter.id}", first=first, last=last)
    sheet = changes_paper.MarkedText(
        office=settings.read_settings(office).office_name,
        title=row.title,
        mark=secrecy_mark(row.level, row.secrecy_years),
        about=f"第{found.first.number}稿（{found.first.author} {found.first.at:%m-%d %H:%M}）至"
        f"第{found.last.number}稿（{found.last.author} {found.last.at:%m-%d %H:%M}）",
        paragraphs=found.paragraphs,
        trace=trace(office),
    )
    return PdfPaper(changes_paper.draw(sheet, made_at=office.now()), f"花脸稿 {row.number or row.title[:30]}.pdf")
