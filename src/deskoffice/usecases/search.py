"""One box for everything: titles, numbers, units, texts and opinions, as far as this account may know."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from deskoffice.domain import document_numbers
from deskoffice.domain.errors import VaultError
from deskoffice.domain.matters import MatterRow
from deskoffice.storage import matter_queries
from deskoffice.storage.matters import MatterContentRecord, MatterRecord, MatterTextRecord, StepRecord
from deskoffice.usecases import copy_trail, matters
from deskoffice.usecases.office import Office
from deskoffice.vault.fold import fold, terms

BATCH = 500
MOST = 10_000_000


class Place(StrEnum):
    """Where the words were found."""

    TITLE = "title"
    NUMBER = "number"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A matter found, and where the words stand in it."""

    row: MatterRow
    place: Place


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What was found; `total` counts all, `hits` are the newest."""

    total: int
    hits: tuple[SearchHit, ...]


def catch_up(office: Office, progress: Callable[[int], bool] | None = None) -> None:
    """Bring this account's index up to what it may read now; `progress` gets how many were done and says go on."""
    if office.vault.is_read_only:
        return
    index = office.vault.index
    with office.read() as session:
        gone = matter_queries.gone_since(session, index.mark())
    if gone:
        index.delete(gone)
    done = 0
    while True:
        with office.read() as session:
            changed = matter_queries.changed_since(session, index.mark(), BATCH)
            texts = texts_of(office, session, [matter_id for matter_id, _ in changed])
        if not changed:
            if gone:
                index.set_mark(max(index.mark(), *gone.values()))
            return
        with index.batch():
            index.delete([matter_id for matter_id, _ in changed if matter_id not in texts])
            for matter_id, text in texts.items():
                index.put(matter_id, text)
            index.set_mark(changed[-1][1])
        done += len(changed)
        if progress is not None and not progress(done):
            return


def texts_of(office: Office, session: Session, ids: Sequence[int]) -> dict[int, str]:
    """What search covers of each matter that this account may know: a line each for its parts."""
    known = matter_queries.known_ids(session, ids, office.actor)
    records = session.scalars(select(MatterRecord).where(MatterRecord.id.in_(known))).all()
    rows = {row.id: row for row in matters.rows(office, session, records)}
    parts: dict[int, list[str]] = {
        matter_id: [row.title, row.number, row.document_number, as_written(row.document_number), row.unit]
        for matter_id, row in rows.items()
    }
    pieces = _pieces(session, known)
    texts = office.vault.contents.texts(session, [content_id for _, content_id in pieces])
    for matter_id, content_id in pieces:
        if content_id in texts:
            parts[matter_id].append(texts[content_id])
    return {matter_id: "\n".join(part for part in found if part) for matter_id, found in parts.items()}


def as_written(number: str) -> str:
    """The number as the standard writes it, where somebody wrote it otherwise."""
    standard = document_numbers.canonical(number)
    return "" if fold(standard) in fold(number) else standard


def _pieces(session: Session, ids: set[int]) -> list[tuple[int, int]]:
    """Sealed texts of matters: opinions, notes, names and texts of contents, texts of the kind's own."""
    found: list[tuple[int, int]] = []
    for query in (
        select(StepRecord.matter_id, StepRecord.opinion_content_id, StepRecord.note_content_id).where(
            StepRecord.matter_id.in_(ids)
        ),
        select(
            MatterContentRecord.matter_id, MatterContentRecord.text_content_id, MatterContentRecord.name_content_id
        ).where(MatterContentRecord.matter_id.in_(ids)),
        select(MatterTextRecord.matter_id, MatterTextRecord.content_id).where(MatterTextRecord.matter_id.in_(ids)),
    ):
        for matter_id, *content_ids in session.execute(query):
            found += [(matter_id, content_id) for content_id in content_ids if content_id is not None]
    return found


def find(office: Office, query: str, limit: int = 100) -> SearchResult:
    """Matters that hold every word of the query, the newest first."""
    ids = ids_found(office, query)
    with office.read() as session:
        rows = matters.matter_rows_by_id(office, session, ids[:limit])
    wanted = [terms(one) for one in spellings(query)]
    return SearchResult(len(ids), tuple(SearchHit(rows[i], _place(rows[i], wanted)) for i in ids[:limit]))


def ids_found(office: Office, query: str) -> tuple[int, ...]:
    """Ids of all matters found, the newest first; for a list filtered by a search."""
    catch_up(office)
    try:
        ids = _of_index(office, query)
    except VaultError:
        # The index was damaged and begun anew: fill it and ask once more.
        catch_up(office)
        ids = _of_index(office, query)
    with office.read() as session:
        known = matter_queries.known_ids(session, ids, office.actor)
    found = [matter_id for matter_id in ids if matter_id in known]
    # A copy is no part of the text: 东政办发〔2026〕41号 000017 names the paper by its copy.
    named = {one.matter.id for one in copy_trail.find(office, query)} - known
    return tuple(sorted({*found, *named}, reverse=True))


def _of_index(office: Office, query: str) -> list[int]:
    found: set[int] = set()
    for one in spellings(query):
        found.update(office.vault.index.search(one, MOST))
    return sorted(found, reverse=True)


def spellings(query: str) -> tuple[str, ...]:
    """The ways to write what was typed: a document number is also looked for as the standard writes it."""
    number = document_numbers.canonical(query)
    if number:
        # Typed with a space, 2024 5, the pieces alone would find every paper of that year with a 5 in it.
        return (number,) if len(terms(query)) > 1 else tuple(dict.fromkeys((query, number)))
    serial = document_numbers.serial_only(query)
    return (query, serial) if serial else (query,)


def _place(row: MatterRow, wanted: Sequence[Sequence[str]]) -> Place:
    for place, text in ((Place.TITLE, row.title), (Place.NUMBER, f"{row.number}\n{row.document_number}")):
        folded = fold(text)
        if any(all(term in folded for term in one) for one in wanted):
            return place
    return Place.TEXT
