"""The older part of the practice year: papers long closed, written in bulk with every step, opinion and log entry."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from deskoffice.domain.circulation.incoming import IncomingDraft
from deskoffice.domain.matters import ContentRole, MatterKind, Outcome, State, StepKind
from deskoffice.domain.numbering import NumberState, written
from deskoffice.domain.people import Actor, Role
from deskoffice.domain.values import SEALED_TITLE_FROM, Classification
from deskoffice.storage import people, series
from deskoffice.storage.circulation.incoming import IncomingRecord
from deskoffice.storage.matters import (
    CopyRecord,
    MatterContentRecord,
    MatterReaderRecord,
    MatterRecord,
    StepRecord,
)
from deskoffice.storage.series import NumberRecord
from deskoffice.usecases import demo_texts as texts
from deskoffice.usecases import sharing
from deskoffice.usecases.circulation import incoming
from deskoffice.vault.contents import Audience

if TYPE_CHECKING:
    from deskoffice.usecases.demo import Story

Rows = dict[type, list[dict[str, object]]]

ACTIONS = ("registered", "proposed", "instructed", "assigned", "reported", "closed")
KINDS = (
    StepKind.REGISTER,
    StepKind.PROPOSAL,
    StepKind.INSTRUCTION,
    StepKind.HANDLING,
    StepKind.CLOSE,
)


@dataclass(slots=True)
class _Paper:
    """A paper of the past: what was typed, when each act was, what was said."""

    matter_id: int
    draft: IncomingDraft
    moments: list[datetime]
    unit: str
    said: list[str]
    subject: str
    changed: int = 0


@dataclass(slots=True)
class History:
    """Everything to be written, by record class."""

    story: "Story"
    papers: list[_Paper] = field(default_factory=list)
    rows: Rows = field(default_factory=dict)

    def add(self, record: type, **values: object) -> None:
        """One row."""
        self.rows.setdefault(record, []).append(values)


def write(story: "Story", moments: Iterable[datetime], drafts: Iterator[IncomingDraft]) -> None:
    """Write one closed incoming paper for each moment, the earliest first."""
    session = story.office.session
    history = History(story)
    first = (session.scalar(select(func.max(MatterRecord.id))) or 0) + 1
    for matter_id, moment in enumerate(sorted(moments), start=first):
        history.papers.append(_paper(story, matter_id, moment, next(drafts)))
    _log(history)
    readers = _readers_by_level(session)
    register = series.series_of(session, MatterKind.INCOMING)
    for serial, paper in enumerate(history.papers, start=1):
        number = written(register.code, paper.draft.received_on.year, serial)
        _matter(history, paper, (number, serial), readers[paper.draft.level])
        history.add(
            NumberRecord,
            series_id=register.id,
            year=paper.draft.received_on.year,
            serial=serial,
            matter_id=paper.matter_id,
            state=NumberState.ISSUED.value,
            reason="",
            on=paper.draft.received_on,
        )
    # Matters first: the rest refers to them.
    for record in (MatterRecord, *(r for r in history.rows if r is not MatterRecord)):
        session.execute(insert(record), history.rows[record])


def _paper(story: "Story", matter_id: int, moment: datetime, draft: IncomingDraft) -> _Paper:
    random = story.random
    unit = random.choice(texts.DEPARTMENTS)
    leader = story.actors[Role.SIGNATORY].name
    hours = [0.0, 3.0, 20.0, 24.0, 90.0, 110.0]
    return _Paper(
        matter_id=matter_id,
        draft=draft,
        moments=[moment + timedelta(hours=hour * random.uniform(0.8, 1.2)) for hour in hours],
        unit=unit,
        said=[
            "",
            random.choice(texts.PROPOSALS).format(leader=leader, unit=unit),
            random.choice(texts.INSTRUCTIONS).format(unit=unit),
            random.choice(texts.RESULTS),
            "已办结，存档。",
        ],
        subject=draft.title.removeprefix("关于"),
    )


def _log(history: History) -> None:
    """The entries of all papers in the order of time, as they would have been written."""
    story = history.story
    events = sorted(
        (moment, order, paper.matter_id - history.papers[0].matter_id)
        for paper in history.papers
        for order, moment in enumerate(paper.moments)
    )
    audit = story.office.vault.audit
    for moment, order, place in events:
        story.clock.now = moment
        paper = history.papers[place]
        action = f"circulation.incoming.{ACTIONS[order]}"
        paper.changed = audit.append(story.office.session, action, f"matter:{paper.matter_id}")


def _readers_by_level(session: Session) -> dict[Classification, frozenset[int]]:
    found = {}
    for level in Classification:
        office_wide = level <= Classification.INTERNAL
        signatories = (*sharing.KEEPERS, Role.SIGNATORY)
        found[level] = frozenset() if office_wide else people.holders_of(session, signatories, level)
    return found


def _matter(history: History, paper: _Paper, number: tuple[str, int], readers: frozenset[int]) -> None:
    draft, clerk = paper.draft, history.story.actors[Role.CONFIDENTIAL_CLERK]
    audience = Audience.only(*readers) if readers else Audience.everyone()
    sealed = draft.level >= SEALED_TITLE_FROM
    history.add(
        MatterRecord,
        id=paper.matter_id,
        kind=MatterKind.INCOMING.value,
        state=State.CLOSED.value,
        is_open=False,
        number=number[0],
        number_order=draft.received_on.year * 1_000_000 + number[1],
        title="" if sealed else draft.title,
        title_content_id=_seal(history, draft.title, audience) if sealed else None,
        unit=draft.source_unit,
        document_number=draft.document_number,
        level=int(draft.level),
        secrecy_years=draft.secrecy_years,
        urgency=int(draft.urgency),
        due_on=draft.due_on,
        holder="",
        held_since=None,
        created_on=draft.received_on,
        created_at=paper.moments[0],
        created_by=clerk.account_id,
        closed_on=paper.moments[-1].date(),
        retention=draft.retention,
        office_wide=not readers,
        changed=paper.changed,
    )
    _fields(history, paper)
    for account_id in readers:
        history.add(
            MatterReaderRecord,
            matter_id=paper.matter_id,
            account_id=account_id,
            added_at=paper.moments[0],
            added_by=clerk.account_id,
        )
    _body(history, paper, audience)
    _steps(history, paper, audience)


def _seal(history: History, text: str, audience: Audience) -> int:
    return history.story.office.vault.contents.put_text(history.story.office.session, text, audience)


def _fields(history: History, paper: _Paper) -> None:
    draft = paper.draft
    history.add(IncomingRecord, matter_id=paper.matter_id, **incoming.own_values(draft))
    if draft.copy_number:
        history.add(
            CopyRecord,
            matter_id=paper.matter_id,
            copy_number=draft.copy_number,
            holder=history.story.actors[Role.CONFIDENTIAL_CLERK].name,
            held_since=draft.received_on,
            must_return=draft.must_return,
            due_on=None,
            ended_on=None,
            ending="",
        )


def _body(history: History, paper: _Paper, audience: Audience) -> None:
    office = history.story.office
    text = texts.body_of(history.story.random, paper.subject)
    content_id = office.vault.contents.put(
        office.session, text.encode(), audience, name="来文.txt", media_type="text/plain"
    )
    history.add(
        MatterContentRecord,
        matter_id=paper.matter_id,
        content_id=content_id,
        name_content_id=_seal(history, "来文.txt", audience),
        text_content_id=_seal(history, text, audience),
        role=ContentRole.BODY.value,
        version=1,
        media_type="text/plain",
        size=len(text.encode()),
        author_id=history.story.actors[Role.CONFIDENTIAL_CLERK].account_id,
        created_at=paper.moments[0],
    )


def _steps(history: History, paper: _Paper, audience: Audience) -> None:
    actors = history.story.actors
    clerk = actors[Role.CONFIDENTIAL_CLERK]
    people_by_step: tuple[Actor | None, ...] = (
        clerk,
        actors[Role.SECRETARIAT],
        actors[Role.SIGNATORY],
        None,
        clerk,
    )
    done = [paper.moments[place] for place in (0, 1, 2, 4, 5)]
    sent = [paper.moments[place] for place in (0, 0, 1, 3, 5)]
    for place, (kind, actor) in enumerate(zip(KINDS, people_by_step, strict=True)):
        said = paper.said[place]
        history.add(
            StepRecord,
            matter_id=paper.matter_id,
            kind=kind.value,
            person_id=actor.person_id if actor else None,
            role="",
            person=actor.name if actor else "",
            post=actor.post if actor else "",
            unit=actor.unit if actor else paper.unit,
            sent_at=sent[place],
            sent_by=clerk.account_id,
            received_at=sent[place],
            due_on=None,
            done_at=done[place],
            outcome=Outcome.DONE.value,
            opinion_content_id=_seal(history, said, audience) if said else None,
            note_content_id=None,
            recorded_by=clerk.name if kind in (StepKind.INSTRUCTION, StepKind.HANDLING) else "",
            said_on=done[place].date(),
            corrects_id=None,
        )
