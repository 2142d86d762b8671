"""Everything an account may read, in an open form that needs no program of ours (docs/export.md)."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from deskoffice.domain.errors import EnvironmentFailure
from deskoffice.domain.matters import ContentRow, CopyRow, LinkRow, ListQuery, MatterKind, MatterRow, SortKey, StepRow
from deskoffice.domain.values import LEVEL_WORDS
from deskoffice.storage.matters import MatterRecord
from deskoffice.usecases import kinds, matters, print_ledger, search
from deskoffice.usecases.office import Office
from deskoffice.usecases.words import word

PAGE = 200
Line = dict[str, object]
EVERYTHING = ListQuery(kinds=frozenset(MatterKind), sort=SortKey.CREATED, descending=False)


def save(office: Office, target: Path) -> tuple[int, str]:
    """Enter the export and write the file; return its lines and the code by which its entry is found."""
    total = matters.list_page(office, EVERYTHING, 0, 1).total
    code = _enter(office, total) if office.is_writable else ""
    count = 0
    try:
        with target.open("w", encoding="utf-8") as file:
            for line in lines(office):
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
                count += 1
    except OSError as error:
        raise EnvironmentFailure("file_not_written", name=target.name) from error
    return count, code


def _enter(office: Office, total: int) -> str:
    with office.act() as act:
        act.record_other("ledger.exported", register="all", rows=total, suffix="jsonl")
        return print_ledger.enter_folder(act, "开放格式导出")


def lines(office: Office) -> Iterator[Line]:
    """One mapping for each matter this account may read, the earliest first (docs/export.md)."""
    total = matters.list_page(office, EVERYTHING, 0, 1).total
    for first in range(0, total, PAGE):
        page = matters.list_page(office, EVERYTHING, first, PAGE).rows
        with office.read() as session:
            texts = search.texts_of(office, session, [row.id for row in page])
            found = [_line(office, session, row, texts.get(row.id, "")) for row in page]
        yield from found


def _line(office: Office, session: Session, row: MatterRow, text: str) -> Line:
    matter = session.get_one(MatterRecord, row.id)
    return {
        "id": row.id,
        "kind": row.kind.value,
        "number": row.number,
        "document_number": row.document_number,
        "title": row.title,
        "unit": row.unit,
        "classification": LEVEL_WORDS[row.level],
        "secrecy_years": row.secrecy_years,
        "urgency": word(row.urgency),
        "state": word(row.state),
        "holder": row.holder,
        "created_on": _day(row.created_on),
        "due_on": _day(row.due_on),
        "closed_on": _day(row.closed_on),
        "retention": matter.retention,
        "readers": list(matters.reader_names(session, matter)),
        "fields": {code: value for code, value in kinds.fields(session, matter) if value},
        "text": text,
        "steps": [_step(step) for step in matters.step_rows(office, session, row.id)],
        "copies": [_copy(copy) for copy in matters.copy_rows(session, row.id)],
        "contents": [_content(content) for content in matters.content_rows(office, session, row.id)],
        "links": [_link(link) for link in matters.link_rows(office, session, row.id)],
    }


def _step(step: StepRow) -> Line:
    return {
        "kind": word(step.kind),
        "person": step.person,
        "post": step.post,
        "unit": step.unit,
        "sent_at": _moment(step.sent_at),
        "received_at": _moment(step.received_at),
        "done_at": _moment(step.done_at),
        "due_on": _day(step.due_on),
        "outcome": word(step.outcome) if step.outcome else None,
        "opinion": step.opinion,
        "note": step.note,
        "recorded_by": step.recorded_by,
        "deputy": step.deputy,
        "said_on": _day(step.said_on),
    }


def _copy(copy: CopyRow) -> Line:
    return {
        "copy_number": copy.copy_number,
        "holder": copy.holder,
        "held_since": _day(copy.held_since),
        "must_return": copy.must_return,
        "due_on": _day(copy.due_on),
        "ended_on": _day(copy.ended_on),
        "ending": copy.ending.value if copy.ending else None,
    }


def _content(content: ContentRow) -> Line:
    return {
        "role": word(content.role),
        "version": content.version,
        "name": content.name,
        "media_type": content.media_type,
        "size": content.size,
        "author": content.author,
        "created_at": _moment(content.created_at),
    }


def _link(link: LinkRow) -> Line:
    return {
        "kind": word(link.kind),
        "forward": link.forward,
        "id": link.matter.id,
        "number": link.matter.number,
        "title": link.matter.title,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
