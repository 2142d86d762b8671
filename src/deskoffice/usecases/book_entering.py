"""Rows of an old book written as matters, many at a time: steps, sealed words, readers and a log entry for each."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import insert

from deskoffice.domain.circulation.book_columns import Field
from deskoffice.domain.circulation.old_book import OldEntry
from deskoffice.domain.matters import MatterKind, Outcome, State, StepKind
from deskoffice.domain.values import SEALED_TITLE_FROM, Classification
from deskoffice.storage import imports, people
from deskoffice.storage.base import Base
from deskoffice.storage.circulation.incoming import IncomingRecord
from deskoffice.storage.imports import ImportedMatterRecord
from deskoffice.storage.matters import CopyRecord, GoneMatterRecord, MatterReaderRecord, MatterRecord, StepRecord
from deskoffice.usecases import search, sharing
from deskoffice.usecases.book_reading import ReadRow
from deskoffice.usecases.circulation import incoming
from deskoffice.usecases.office import Act
from deskoffice.vault.contents import Audience

STEPS = (
    (Field.PROPOSAL, StepKind.PROPOSAL),
    (Field.INSTRUCTION, StepKind.INSTRUCTION),
    (Field.CIRCULATION, StepKind.CIRCULATION),
    (Field.HANDLER, StepKind.HANDLING),
    (Field.HANDLING, StepKind.HANDLING),
)
"""Columns of the book that are steps here; their words stand verbatim."""


@dataclass(slots=True)
class _Pile:
    """Rows to be written, by record class, and what search will cover of each matter."""

    act: Act
    batch_id: int
    readers: dict[Classification, frozenset[int]]
    rows: dict[type[Base], list[dict[str, object]]] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)
    words: list[tuple[dict[str, object], str, str, Audience]] = field(default_factory=list)
    """What is to be sealed: a row, its column that will name the content, the words and their readers."""

    def add(self, record: type[Base], **values: object) -> dict[str, object]:
        """One row."""
        self.rows.setdefault(record, []).append(values)
        return values

    def write(self) -> None:
        """Seal all words together, then write the rows."""
        session = self.act.session
        ids = self.act.office.vault.contents.put_texts(session, [(text, who) for _, _, text, who in self.words])
        for (row, column, _, _), content_id in zip(self.words, ids, strict=True):
            row[column] = content_id
        # Matters first: the rest refers to them.
        for record in sorted(self.rows, key=lambda kind: kind is not MatterRecord):
            session.execute(insert(Base.metadata.tables[record.__tablename__]), self.rows[record])


def enter(act: Act, batch_id: int, new: Sequence[tuple[ReadRow, str]]) -> tuple[dict[int, str], int]:
    """Write entries as closed matters of a batch; gives what search covers of each, and the last log entry."""
    pile = _Pile(act, batch_id, _readers(act))
    session = act.session
    known = (imports.highest_id(session, MatterRecord.id), imports.highest_id(session, GoneMatterRecord.matter_id))
    seq = 0
    for matter_id, (row, mark) in enumerate(new, start=max(known) + 1):
        if row.entry is None:
            continue
        seq = act.office.vault.audit.append(
            session,
            "circulation.incoming.imported",
            f"matter:{matter_id}",
            {"batch": batch_id, "row": row.row, "number": row.entry.number},
        )
        _one(pile, matter_id, row.entry, seq)
        pile.add(ImportedMatterRecord, matter_id=matter_id, batch_id=batch_id, mark=mark)
    pile.write()
    return pile.texts, seq


def _readers(act: Act) -> dict[Classification, frozenset[int]]:
    """Who may know an imported paper of each level: those who run the papers, as for a new one."""
    own = {act.actor.account_id}
    return {
        level: people.holders_of(act.session, sharing.KEEPERS, level) | own
        if level > Classification.INTERNAL
        else frozenset()
        for level in Classification
    }


def _one(pile: _Pile, matter_id: int, entry: OldEntry, seq: int) -> None:
    draft, readers = entry.draft, pile.readers[entry.draft.level]
    audience = Audience.only(*readers) if readers else Audience.everyone()
    matter = _matter(pile, matter_id, entry, seq)
    if draft.level >= SEALED_TITLE_FROM:
        pile.words.append((matter, "title_content_id", draft.title, audience))
    pile.add(IncomingRecord, matter_id=matter_id, **incoming.own_values(draft))
    for account_id in sorted(readers):
        pile.add(
            MatterReaderRecord,
            matter_id=matter_id,
            account_id=account_id,
            added_at=pile.act.at,
            added_by=pile.act.actor.account_id,
        )
    _copy(pile, matter_id, entry)
    said = _steps(pile, matter_id, entry, audience)
    number = draft.document_number
    parts = (draft.title, entry.number, number, search.as_written(number), draft.source_unit, *said)
    pile.texts[matter_id] = "\n".join(part for part in parts if part)


def _matter(pile: _Pile, matter_id: int, entry: OldEntry, seq: int) -> dict[str, object]:
    draft = entry.draft
    sealed = draft.level >= SEALED_TITLE_FROM
    received = draft.received_on
    return pile.add(
        MatterRecord,
        id=matter_id,
        kind=MatterKind.INCOMING.value,
        state=State.CLOSED.value,
        is_open=False,
        number=entry.number,
        number_order=received.year * 1_000_000 + entry.serial,
        title="" if sealed else draft.title,
        title_content_id=None,
        unit=draft.source_unit,
        document_number=draft.document_number,
        level=int(draft.level),
        secrecy_years=draft.secrecy_years,
        urgency=int(draft.urgency),
        due_on=draft.due_on,
        holder="",
        held_since=None,
        created_on=received,
        created_at=pile.act.at,
        created_by=pile.act.actor.account_id,
        closed_on=entry.closed_on or received,
        retention=draft.retention,
        office_wide=not pile.readers[draft.level],
        changed=seq,
    )


def _copy(pile: _Pile, matter_id: int, entry: OldEntry) -> None:
    """A numbered copy of a closed paper is where the old book left it: it lies in the registry."""
    if entry.draft.copy_number:
        pile.add(
            CopyRecord,
            matter_id=matter_id,
            copy_number=entry.draft.copy_number,
            holder=pile.act.actor.name,
            held_since=entry.draft.received_on,
            must_return=False,
            due_on=None,
            ended_on=None,
            ending="",
        )


def _steps(pile: _Pile, matter_id: int, entry: OldEntry, audience: Audience) -> list[str]:
    """The registration with what has no field here as its note, then a step for each column with words."""
    actor = pile.act.actor
    said: list[str] = []
    entered = _step(pile, matter_id, entry, StepKind.REGISTER, person=actor.name, post=actor.post)
    if entry.note:
        pile.words.append((entered, "note_content_id", entry.note, audience))
        said.append(entry.note)
    for column, kind in STEPS:
        words = entry.said.get(column)
        if not words:
            continue
        unit = words[:100] if column is Field.HANDLER else ""
        step = _step(pile, matter_id, entry, kind, unit=unit)
        if column is not Field.HANDLER:
            pile.words.append((step, "opinion_content_id", words, audience))
            said.append(words)
    return said


def _step(pile: _Pile, matter_id: int, entry: OldEntry, kind: StepKind, **own: object) -> dict[str, object]:
    values: dict[str, object] = {
        "matter_id": matter_id,
        "kind": kind.value,
        "person_id": pile.act.actor.person_id if kind is StepKind.REGISTER else None,
        "role": "",
        "person": "",
        "post": "",
        "unit": "",
        "sent_at": pile.act.at,
        "sent_by": pile.act.actor.account_id,
        "received_at": pile.act.at,
        "due_on": None,
        "done_at": pile.act.at,
        "outcome": Outcome.DONE.value,
        "opinion_content_id": None,
        "note_content_id": None,
        "recorded_by": "" if kind is StepKind.REGISTER else pile.act.actor.name,
        "said_on": entry.draft.received_on,
        "corrects_id": None,
    }
    return pile.add(StepRecord, **(values | own))
