"""Lists, cards, counts and the to-do list over every kind of matter."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from deskoffice.domain.matters import (
    Action,
    ContentRole,
    ContentRow,
    CopyEnd,
    CopyRow,
    FieldText,
    LinkKind,
    LinkRow,
    ListPage,
    ListQuery,
    MatterCard,
    MatterKind,
    MatterRow,
    Outcome,
    SortKey,
    State,
    StepKind,
    StepRow,
    TimelineRow,
)
from deskoffice.domain.people import Actor
from deskoffice.domain.standing import Standing
from deskoffice.domain.steps import HandlingPart, Nature
from deskoffice.domain.values import Classification, Urgency
from deskoffice.storage import matter_queries, people
from deskoffice.storage.matters import CopyRecord, MatterContentRecord, MatterRecord, StepRecord
from deskoffice.usecases import kinds, sharing, stepping, turns
from deskoffice.usecases.office import CHINA, Office


@dataclass(frozen=True, slots=True)
class TodoRow:
    """One thing to do: the matter, the step that waits, and the act that ends it."""

    row: MatterRow
    step: StepKind
    action: Action | None


def rows(office: Office, session: Session, records: Sequence[MatterRecord]) -> tuple[MatterRow, ...]:
    """Rows of records; sealed titles are opened for this page only."""
    sealed = [record.title_content_id for record in records if record.title_content_id is not None]
    titles = office.vault.contents.texts(session, sealed)
    return tuple(_row(record, titles) for record in records)


def _row(record: MatterRecord, titles: Mapping[int, str]) -> MatterRow:
    sealed = record.title_content_id
    return MatterRow(
        id=record.id,
        kind=MatterKind(record.kind),
        number=record.number,
        title=record.title if sealed is None else titles.get(sealed, ""),
        unit=record.unit,
        document_number=record.document_number,
        level=Classification(record.level),
        secrecy_years=record.secrecy_years,
        urgency=Urgency(record.urgency),
        state=State(record.state),
        due_on=record.due_on,
        holder=record.holder,
        held_since=record.held_since,
        created_on=record.created_on,
        closed_on=record.closed_on,
    )


def list_page(office: Office, query: ListQuery, first: int, size: int) -> ListPage:
    """Part of a list, with the count of all of it."""
    with office.read() as session:
        records = matter_queries.page(session, query, office.actor, first, size)
        total = matter_queries.count(session, query, office.actor)
        return ListPage(total=total, rows=rows(office, session, records), first=first)


def counts(office: Office, queries: Mapping[str, ListQuery]) -> dict[str, int]:
    """Counts for chips and navigation."""
    with office.read() as session:
        return {name: matter_queries.count(session, query, office.actor) for name, query in queries.items()}


def todo(office: Office, limit: int = 200) -> tuple[TodoRow, ...]:
    """What waits for this person, over all kinds."""
    with office.read() as session:
        found = matter_queries.todo(session, office.actor, limit)
        asked = [
            TodoRow(row, StepKind(step.kind), kinds.OWN_ACTION.get((row.kind, StepKind(step.kind))))
            for row, (step, _) in zip(rows(office, session, [matter for _, matter in found]), found, strict=True)
        ]
        back = matter_queries.returned_to(session, office.actor, limit)
        likely = [_after_return(session, record, office.actor) for record in back]
        returned = [
            TodoRow(row, StepKind.HANDLING, act) for row, act in zip(rows(office, session, back), likely, strict=True)
        ]
    return tuple(sorted([*asked, *returned], key=_pressing))


def _after_return(session: Session, record: MatterRecord, actor: Actor) -> Action:
    """What the card offers first: a paper that was handled is closed, any other is given to somebody."""
    acts = allowed(record, stepping.standing(session, record), actor)
    return Action.CLOSE if acts[:1] == (Action.CLOSE,) else Action.ASSIGN


def to_urge(office: Office, limit: int = 20) -> tuple[TodoRow, ...]:
    """What is late in other people's hands and may be urged by this person, the latest first."""
    query = ListQuery(
        kinds=frozenset({MatterKind.INCOMING, MatterKind.TASK}),
        open_only=True,
        due_before=office.today(),
        sort=SortKey.DUE,
        descending=False,
    )
    with office.read() as session:
        records = [
            record
            for record in matter_queries.page(session, query, office.actor, 0, limit)
            if Action.URGE in allowed(record, stepping.standing(session, record), office.actor)
        ]
        return tuple(TodoRow(row, StepKind.URGE, Action.URGE) for row in rows(office, session, records))


def _pressing(todo_row: TodoRow) -> tuple[date, int, int]:
    """The earliest deadline first, then the most urgent, then the newest."""
    row = todo_row.row
    return row.due_on or date.max, -row.urgency, -row.id


def card(office: Office, matter_id: int) -> MatterCard:
    """Everything about one matter that this account may know."""
    with office.look() as act:
        matter = act.matter(matter_id)
        session = act.session
        if matter.level >= Classification.CONFIDENTIAL:
            # Looking at a classified paper is an act of its own; it does not change the paper.
            act.record_other("matter.viewed", f"matter:{matter.id}")
        standing = stepping.standing(session, matter)
        return MatterCard(
            row=rows(office, session, [matter])[0],
            fields=tuple(FieldText(code, text) for code, text in kinds.fields(session, matter)),
            steps=step_rows(office, session, matter.id),
            contents=content_rows(office, session, matter.id),
            copies=copy_rows(session, matter.id),
            links=link_rows(office, session, matter.id),
            timeline=_timeline(office, session, matter.id),
            readers=reader_names(session, matter),
            actions=allowed(matter, standing, office.actor) if office.is_writable else (),
            planned=turns.rows(office, session, matter.id),
        )


def allowed(matter: MatterRecord, standing: Standing, actor: Actor) -> tuple[Action, ...]:
    """What the actor may do to the matter now."""
    return kinds.actions(MatterKind(matter.kind))(standing, actor)


def step_rows(office: Office, session: Session, matter_id: int) -> tuple[StepRow, ...]:
    """Steps with the opinions that this account may read."""
    return rows_of_steps(office, session, stepping.steps_of(session, matter_id))


def rows_of_steps(office: Office, session: Session, records: Sequence[StepRecord]) -> tuple[StepRow, ...]:
    """Any steps with the opinions that this account may read."""
    wanted = [i for step in records for i in (step.opinion_content_id, step.note_content_id) if i is not None]
    texts = office.vault.contents.texts(session, wanted)
    return tuple(_step_row(step, texts) for step in records)


def _step_row(step: StepRecord, texts: Mapping[int, str]) -> StepRow:
    opinion = step.opinion_content_id
    return StepRow(
        id=step.id,
        kind=StepKind(step.kind),
        person=step.person,
        post=step.post,
        unit=step.unit,
        sent_at=_local(step.sent_at),
        received_at=_local(step.received_at) if step.received_at else None,
        due_on=step.due_on,
        done_at=_local(step.done_at) if step.done_at else None,
        outcome=Outcome(step.outcome) if step.outcome else None,
        opinion="" if opinion is None else texts.get(opinion),
        recorded_by=step.recorded_by,
        said_on=step.said_on,
        person_id=step.person_id,
        note=texts.get(step.note_content_id or 0, ""),
        part=HandlingPart(step.part) if step.part else None,
        deputy=step.deputy,
        first_due_on=step.first_due_on,
        nature=Nature(step.nature) if step.nature else None,
        is_back_entered=step.is_back_entered,
    )


def _local(moment: datetime) -> datetime:
    return moment.astimezone(CHINA)


def content_rows(office: Office, session: Session, matter_id: int) -> tuple[ContentRow, ...]:
    """Contents of a matter, oldest first."""
    query = (
        select(MatterContentRecord).where(MatterContentRecord.matter_id == matter_id).order_by(MatterContentRecord.id)
    )
    records = session.scalars(query).all()
    names = office.vault.contents.texts(session, [record.name_content_id for record in records])
    authors = people.names(session, [record.author_id for record in records])
    return tuple(
        ContentRow(
            id=record.id,
            content_id=record.content_id,
            role=ContentRole(record.role),
            version=record.version,
            name=names.get(record.name_content_id, ""),
            media_type=record.media_type,
            size=record.size,
            digest=office.vault.contents.digest(session, record.content_id),
            author=authors.get(record.author_id, ""),
            created_at=_local(record.created_at),
        )
        for record in records
    )


def copy_rows(session: Session, matter_id: int) -> tuple[CopyRow, ...]:
    """Numbered copies of a matter."""
    query = select(CopyRecord).where(CopyRecord.matter_id == matter_id).order_by(CopyRecord.copy_number, CopyRecord.id)
    return tuple(
        CopyRow(
            id=record.id,
            matter_id=record.matter_id,
            copy_number=record.copy_number,
            holder=record.holder,
            held_since=record.held_since,
            must_return=record.must_return,
            due_on=record.due_on,
            ended_on=record.ended_on,
            ending=CopyEnd(record.ending) if record.ending else None,
        )
        for record in session.scalars(query)
    )


def link_rows(office: Office, session: Session, matter_id: int) -> tuple[LinkRow, ...]:
    """Matters joined to one, as far as this account may know them."""
    found = matter_queries.linked(session, matter_id, office.actor)
    matter_rows = rows(office, session, [matter for _, matter in found])
    return tuple(
        LinkRow(LinkKind(link.kind), link.from_id == matter_id, row)
        for row, (link, _) in zip(matter_rows, found, strict=True)
    )


def _timeline(office: Office, session: Session, matter_id: int) -> tuple[TimelineRow, ...]:
    entries = office.vault.audit.entries(session, subject=f"matter:{matter_id}", limit=500)
    accounts = {row.id: row.name for row in people.accounts(session)}
    return tuple(TimelineRow(_local(e.at), accounts.get(e.account_id, e.login), e.action) for e in entries)


def reader_names(session: Session, matter: MatterRecord) -> tuple[str, ...]:
    """Who may know a matter by name; nobody when the whole office may."""
    if matter.office_wide:
        return ()
    named = people.names(session, sorted(sharing.readers(session, matter)))
    return tuple(named.values())


def matter_rows_by_id(office: Office, session: Session, ids: Iterable[int]) -> dict[int, MatterRow]:
    """Rows of several matters that exist for this actor."""
    wanted = matter_queries.known_ids(session, ids, office.actor)
    records = session.scalars(select(MatterRecord).where(MatterRecord.id.in_(matter_queries.among(wanted)))).all()
    return {row.id: row for row in rows(office, session, records)}


def titles(office: Office, session: Session, ids: Sequence[int]) -> dict[int, tuple[str, Classification]]:
    """Title and level alone, of those that exist for this actor: a book of a year names thousands."""
    known = matter_queries.known_ids(session, ids, office.actor)
    columns = (MatterRecord.id, MatterRecord.title, MatterRecord.title_content_id, MatterRecord.level)
    found = session.execute(select(*columns).where(MatterRecord.id.in_(matter_queries.among(known)))).all()
    sealed = office.vault.contents.texts(session, [row.title_content_id for row in found if row.title_content_id])
    return {
        row.id: (sealed.get(row.title_content_id, "") if row.title_content_id else row.title, Classification(row.level))
        for row in found
    }
