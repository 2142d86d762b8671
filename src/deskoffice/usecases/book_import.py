"""Taking an old register book over: tried first, entered as one batch, known again, undone whole."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from pathlib import Path

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from deskoffice.domain.circulation.book_columns import Field
from deskoffice.domain.circulation.incoming import number_key
from deskoffice.domain.circulation.old_book import OldEntry
from deskoffice.domain.errors import RuleError
from deskoffice.domain.people import Role
from deskoffice.storage import imports
from deskoffice.storage.imports import ImportBatchRecord, ImportColumnsRecord
from deskoffice.usecases import book_entering, book_reading, matters, search
from deskoffice.usecases.book_reading import BookPlan, ReadRow
from deskoffice.usecases.office import CHINA, Act, Office

CHUNK = 500
"""Rows of one transaction: long enough to be fast, short enough that a stop is felt at once."""
MOST_DOUBTFUL = 1000
RUNNING, FINISHED, UNDONE = "running", "done", "undone"
Progress = Callable[[int, int], bool]
"""Gets how many of how many are done, and says whether to go on."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that was not taken, and the code of the reason."""

    sheet: str
    row: int
    reason: str
    cell: str = ""


@dataclass(slots=True)
class ImportResult:
    """What became of the rows: `imported`, `duplicates` and the refused make `rows`."""

    mapping: Mapping[str, str]
    batch_id: int | None = None
    rows: int = 0
    imported: int = 0
    duplicates: int = 0
    refused: list[Refusal] = field(default_factory=list)
    doubts: Counter[str] = field(default_factory=Counter)
    doubtful: list[Refusal] = field(default_factory=list)
    """Rows that are taken but should be looked at, the code of the doubt and the title of each; the first thousand."""
    skipped_sheets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A batch as the list of batches shows it."""

    id: int
    file_name: str
    started_at: datetime
    state: str
    rows: int
    imported: int
    duplicates: int
    refused: int


def corrected(plan: BookPlan, refusal: Refusal, text: str) -> BookPlan:
    """The book with one cell put right."""
    column = book_reading.REFUSED_FOR[refusal.reason]
    sheets = (
        one.corrected(refusal.row, column, text) if one.sheet.title == refusal.sheet else one for one in plan.sheets
    )
    return replace(plan, sheets=tuple(sheets))


def read(office: Office, path: Path) -> BookPlan:
    """Open a book; columns that a person once corrected under the same headings are taken so again."""
    office.require(Role.CONFIDENTIAL_CLERK)
    with office.read() as session:
        kept = session.scalars(select(ImportColumnsRecord)).all()
    remembered = {
        record.signature: [Field(code) if code else None for code in json.loads(record.fields)] for record in kept
    }
    return book_reading.open_book(path, remembered)


@dataclass(frozen=True, slots=True)
class OwnColumn:
    """A column of the office's own book: our field and their heading."""

    field: str
    heading: str


def own_columns(office: Office) -> tuple[OwnColumn, ...]:
    """The columns of the book imported last under new headings, in its order; nothing without a book."""
    with office.read() as session:
        query = select(ImportColumnsRecord).order_by(text("rowid DESC")).limit(1)
        record = session.scalars(query).first()
        if record is None:
            return ()
        pairs = zip(json.loads(record.fields), record.signature.split("|"), strict=False)
        return tuple(OwnColumn(code, heading) for code, heading in pairs if code)


def preview(office: Office, plan: BookPlan, progress: Progress | None = None) -> ImportResult:
    """What an import would do; nothing is changed."""
    office.require(Role.CONFIDENTIAL_CLERK)
    result = _result(plan)
    seen: set[str] = set()
    for some in _chunks(plan, progress):
        with office.read() as session:
            _sort_out(office, session, some, seen, result)
    return result


def run(office: Office, plan: BookPlan, progress: Progress | None = None) -> ImportResult:
    """Enter all rows that can be; when it is stopped, what was entered is taken out again."""
    office.require(Role.CONFIDENTIAL_CLERK)
    search.catch_up(office)
    result = _result(plan)
    result.batch_id, started_at = _begin(office, plan)
    seen: set[str] = set()
    try:
        for some in _chunks(plan, progress):
            with office.act() as act:
                act.at = started_at
                new = _sort_out(office, act.session, some, seen, result)
                texts, last = book_entering.enter(act, result.batch_id, new)
            if texts:
                with office.vault.index.batch():
                    for matter_id, text in texts.items():
                        office.vault.index.put(matter_id, text)
                    office.vault.index.set_mark(last)
    except BaseException:
        undo(office, result.batch_id)
        raise
    _finish(office, plan, result)
    return result


def _result(plan: BookPlan) -> ImportResult:
    skipped = tuple(one.sheet.title for one in plan.sheets if not one.fields and one.sheet.packed)
    return ImportResult(mapping=plan.mapping, skipped_sheets=skipped)


def _chunks(plan: BookPlan, progress: Progress | None) -> Iterator[list[ReadRow]]:
    """Rows that are entries, some hundreds at a time; RuleError `stopped` when the person wants no more."""
    every = (row for sheet in plan.sheets if sheet.fields for row in book_reading.rows(sheet))
    done, total = 0, plan.size
    while some := list(islice(every, CHUNK)):
        done += len(some)
        if progress is not None and not progress(done, total):
            raise RuleError("stopped")
        yield [row for row in some if row is not None]


def _sort_out(
    office: Office, session: Session, some: Sequence[ReadRow], seen: set[str], result: ImportResult
) -> list[tuple[ReadRow, str]]:
    """Count the rows and give those that are new, each with the mark it will be known by."""
    readable: list[tuple[ReadRow, str]] = []
    for row in some:
        result.rows += 1
        reason = row.refusal
        if row.entry is not None and row.entry.draft.level > office.actor.clearance:
            reason = "old_above_clearance"
        if reason or row.entry is None:
            result.refused.append(Refusal(row.sheet, row.row, reason, row.cell))
        else:
            readable.append((row, office.vault.audit.mark(row.entry.key())))
    known = imports.marks_known(session, [mark for _, mark in readable]) | _typed_here(office, session, readable)
    new: list[tuple[ReadRow, str]] = []
    for row, mark in readable:
        if mark in seen or mark in known:
            result.duplicates += 1
        elif row.entry is not None:
            new.append((row, mark))
            _note_doubts(result, row, row.entry)
        seen.add(mark)
    result.imported += len(new)
    return new


def _note_doubts(result: ImportResult, row: ReadRow, entry: OldEntry) -> None:
    result.doubts.update(entry.doubts)
    if len(result.doubtful) < MOST_DOUBTFUL:
        result.doubtful += [Refusal(row.sheet, row.row, code, entry.draft.title) for code in entry.doubts]


def _typed_here(office: Office, session: Session, readable: Sequence[tuple[ReadRow, str]]) -> set[str]:
    """Marks of rows whose paper was registered by hand before: same unit, number, title, and copy where it has one."""
    keys: dict[str, list[tuple[ReadRow, str]]] = {}
    for row, mark in readable:
        if row.entry is not None and (key := number_key(row.entry.draft.source_unit, row.entry.draft.document_number)):
            keys.setdefault(key, []).append((row, mark))
    papers = imports.typed_papers(session, list(keys), office.actor)
    titles = {row.id: row.title for row in matters.rows(office, session, [matter for matter, _ in papers])}
    found: set[str] = set()
    for matter, incoming in papers:
        for row, mark in keys[incoming.number_key]:
            draft = row.entry.draft if row.entry is not None else None
            if draft and draft.title == titles[matter.id] and draft.copy_number in ("", incoming.copy_number):
                found.add(mark)
    return found


def _begin(office: Office, plan: BookPlan) -> tuple[int, datetime]:
    with office.act() as act:
        record = ImportBatchRecord(
            file_name=plan.name,
            account_id=act.actor.account_id,
            started_at=act.at,
            state=RUNNING,
            rows=0,
            imported=0,
            duplicates=0,
            refused=0,
        )
        act.session.add(record)
        act.session.flush()
        act.record_other("circulation.import.begun", f"import:{record.id}")
        # What is kept is whole milliseconds; steps of the batch are told from later ones by this moment.
        act.session.refresh(record)
        return record.id, record.started_at


def _finish(office: Office, plan: BookPlan, result: ImportResult) -> None:
    with office.act() as act:
        record = act.session.get_one(ImportBatchRecord, result.batch_id)
        record.state, record.rows, record.imported = FINISHED, result.rows, result.imported
        record.duplicates, record.refused = result.duplicates, len(result.refused)
        for sheet in plan.sheets:
            if sheet.fields:
                codes = json.dumps([one.value if one else "" for one in sheet.fields])
                act.session.merge(ImportColumnsRecord(signature=sheet.signature, fields=codes))
        act.record_other(
            "circulation.import.finished",
            f"import:{record.id}",
            rows=result.rows,
            imported=result.imported,
            duplicates=result.duplicates,
            refused=len(result.refused),
        )


def undo(office: Office, batch_id: int, progress: Progress | None = None) -> int:
    """Take a batch out whole; refused once its papers were worked on. Gives how many went."""
    office.require(Role.CONFIDENTIAL_CLERK)
    with office.read() as session:
        batch = session.get(ImportBatchRecord, batch_id)
        if batch is None or batch.state == UNDONE:
            raise RuleError("import_missing")
        total = imports.size(session, batch_id)
        if worked_on := imports.touched(session, batch_id):
            raise RuleError("import_touched", count=worked_on)
    gone = 0
    while True:
        with office.act() as act:
            some = _take_out(act, batch_id)
            if not some:
                break
        gone += some
        if progress is not None:
            progress(gone, total)
    search.catch_up(office)
    return gone


def _take_out(act: Act, batch_id: int) -> int:
    """Some matters of a batch; the last call closes the batch."""
    ids = imports.matters_of(act.session, batch_id, CHUNK)
    if not ids:
        batch = act.session.get_one(ImportBatchRecord, batch_id)
        batch.state, batch.undone_at = UNDONE, act.at
    detail = {"matters": len(ids), "first": min(ids, default=0), "last": max(ids, default=0)}
    act.session.flush()
    seq = act.office.vault.audit.append(act.session, "circulation.import.undone", f"import:{batch_id}", detail)
    if ids:
        pieces = imports.sealed_pieces(act.session, ids)
        imports.remove(act.session, ids, seq)
        act.office.vault.contents.delete(act.session, *sorted(pieces))
    return len(ids)


def batches(office: Office) -> tuple[BatchRow, ...]:
    """All batches, the newest first."""
    with office.read() as session:
        records = session.scalars(select(ImportBatchRecord).order_by(ImportBatchRecord.id.desc()))
        return tuple(
            BatchRow(
                id=record.id,
                file_name=record.file_name,
                started_at=record.started_at.astimezone(CHINA),
                state=record.state,
                rows=record.rows,
                imported=record.imported,
                duplicates=record.duplicates,
                refused=record.refused,
            )
            for record in records
        )
