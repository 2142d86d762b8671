"""The 用印登记簿 as a chain: entries appended, the chain checked, imprints counted."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from deskoffice.domain import seals as rules
from deskoffice.domain.matters import State, StepKind
from deskoffice.domain.people import Role
from deskoffice.domain.seal_inventory import SealKind
from deskoffice.domain.seals import ApproverRules, BookEntry, EntryEvent, PaperKind
from deskoffice.storage import seal_book as store
from deskoffice.storage.matter_queries import may_know
from deskoffice.storage.matters import MatterRecord
from deskoffice.storage.seal_book import SealEntryRecord, SealRuleRecord
from deskoffice.storage.seal_inventory import SealRecord
from deskoffice.storage.seals import SealUseRecord
from deskoffice.usecases import settings, stepping
from deskoffice.usecases.office import Act, Office
from deskoffice.usecases.words import word


def append(act: Act, matter: MatterRecord, use: SealUseRecord, event: EntryEvent, *, file_digest: str = "") -> str:
    """The next entry in the book of the seal and the year; gives its digest."""
    year, seal_id = act.today.year, use.seal_id or 0
    before = store.last_entry(act.session, seal_id, year)
    done = stepping.standing(act.session, matter).done_by
    made = BookEntry(
        seal_id=seal_id,
        year=year,
        serial=1 if before is None else before.serial + 1,
        matter_id=matter.id,
        at=act.at,
        event=event,
        requester_id=max(done.get(StepKind.REQUEST, {0})),
        approver_id=max(done.get(StepKind.APPROVAL, {0})),
        keeper_id=max(done.get(StepKind.STAMP, {0})),
        imprints=use.imprints,
        stamped=use.stamped,
        spoiled=use.spoiled,
        approved_digest=use.approved_digest,
        file_digest=file_digest,
        previous="" if before is None else before.digest,
    )
    act.session.add(store.record_of(made))
    act.session.flush()
    return made.digest()


def problems(session: Session) -> list[str]:
    """Entries that were changed, cut out or moved, and uses that the books tell otherwise."""
    records = store.entries(session)
    found = []
    for _, book in groupby(records, key=lambda one: (one.seal_id, one.year)):
        links = [(store.entry(record), record.digest) for record in book]
        found += [f"seal_book_broken matter:{entry.matter_id}" for entry in rules.broken_links(links)]
    return found + [f"seal_book_differs matter:{matter_id}" for matter_id in _differing(session, records)]


def _differing(session: Session, records: Sequence[SealEntryRecord]) -> list[int]:
    """Uses whose own row says something else than the book, or that were made and stand in no book.

    The books begin with their first entry: what an older version of the program stamped stands in none.
    """
    if not records:
        return []
    begun = min(record.at for record in records)
    said = {record.matter_id: (record.imprints, record.stamped, record.spoiled) for record in records}
    uses = session.scalars(select(SealUseRecord).where(SealUseRecord.stamped_at >= begun)).all()
    return [use.matter_id for use in uses if said.get(use.matter_id) != (use.imprints, use.stamped, use.spoiled)]


@dataclass(frozen=True, slots=True)
class ImprintCounts:
    """Imprints of a year: by seal, by unit, by what was sealed; spoiled ones and refusals apart."""

    year: int
    seals: tuple[tuple[str, int], ...]
    units: tuple[tuple[str, int], ...]
    matters: tuple[tuple[str, int], ...]
    uses: int
    stamped: int
    spoiled: int
    refused: int


def counts(office: Office, year: int, seal_id: int | None = None) -> ImprintCounts:
    """What the books of a year add up to, of one seal or of all, as far as this person may know."""
    with office.read() as session:
        query = (
            select(SealEntryRecord, SealUseRecord.paper_kind, MatterRecord.unit, MatterRecord.state)
            .join(SealUseRecord, SealUseRecord.matter_id == SealEntryRecord.matter_id)
            .join(MatterRecord, MatterRecord.id == SealEntryRecord.matter_id)
            .where(SealEntryRecord.year == year, may_know(office.actor))
        )
        if seal_id is not None:
            query = query.where(SealEntryRecord.seal_id == seal_id)
        names = {row.id: row.name for row in session.execute(select(SealRecord.id, SealRecord.name))}
        seals: Counter[str] = Counter()
        units: Counter[str] = Counter()
        papers: Counter[str] = Counter()
        uses = stamped = spoiled = refused = 0
        for entry, paper_kind, unit, state in session.execute(query):
            if state == State.REFUSED.value:
                refused += 1
                continue
            uses, stamped, spoiled = uses + 1, stamped + entry.stamped, spoiled + entry.spoiled
            seals[names.get(entry.seal_id, "")] += entry.stamped
            units[unit] += entry.stamped
            papers[word(PaperKind(paper_kind))] += entry.stamped
    return ImprintCounts(
        year=year,
        seals=tuple(seals.most_common()),
        units=tuple(units.most_common()),
        matters=tuple(papers.most_common()),
        uses=uses,
        stamped=stamped,
        spoiled=spoiled,
        refused=refused,
    )


def approver_rules(office: Office) -> dict[tuple[SealKind, PaperKind], Role]:
    """Who approves what, everything said."""
    with office.read() as session:
        set_here = store.rules(session)
    return {(seal, paper): rules.approver(set_here, seal, paper) for seal in SealKind for paper in PaperKind}


def save_approver_rules(office: Office, wanted: ApproverRules) -> None:
    """Set who approves what (审批权限); requests already made stay where they lie."""
    office.require(*settings.UPKEEP)
    with office.act() as act:
        changed = 0
        before = store.rules(act.session)
        for (seal, paper), role in wanted.items():
            if role is not rules.approver(before, seal, paper):
                changed += 1
                act.session.merge(SealRuleRecord(seal_kind=seal.value, paper_kind=paper.value, role=role.value))
        act.record_other("seals.approvers.changed", changed=changed)
