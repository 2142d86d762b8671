"""The older part of the practice year: papers long closed, written in bulk with every step, opinion and log entry."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from deskoffice.domain.circulation.incoming import IncomingDraft
from deskoffice.domain.matters import Outcome, State, StepKind
from deskoffice.domain.numbering import NumberState, written
from deskoffice.domain.people import Role
from deskoffice.domain.values import SEALED_TITLE_FROM, Classification
from deskoffice.storage import people
from deskoffice.storage.matters import MatterReaderRecord, MatterRecord, StepRecord
from deskoffice.storage.series import NumberRecord, SeriesRecord
from deskoffice.usecases import demo_issued, demo_received, sharing
from deskoffice.usecases.demo_past import Draft, History, Paper
from deskoffice.vault.contents import Audience

if TYPE_CHECKING:
    from deskoffice.usecases.demo import Story


def write(story: "Story", drafts: Iterable[tuple[datetime, Draft]]) -> None:
    """Write one closed paper for each draft with the moment it came up, the earliest first."""
    session = story.session
    history = History(story)
    first = (session.scalar(select(func.max(MatterRecord.id))) or 0) + 1
    for matter_id, (moment, draft) in enumerate(drafts, start=first):
        module = demo_received if isinstance(draft, IncomingDraft) else demo_issued
        history.papers.append(module.paper(story, matter_id, moment, draft))
    _log(history)
    readers = _readers_by_level(session)
    for paper in sorted(history.papers, key=lambda each: each.moments[each.numbered_at]):
        named = readers[paper.draft.level]
        paper.audience = Audience.only(*named) if named else Audience.everyone()
        _matter(history, paper, _number(history, paper), named)
        if isinstance(paper.draft, IncomingDraft):
            demo_received.add(history, paper, paper.draft)
        else:
            demo_issued.add(history, paper, paper.draft)
        _steps(history, paper)
    # Matters first: the rest refers to them.
    rows = history.numbered()
    for record in (MatterRecord, *(r for r in rows if r is not MatterRecord)):
        session.execute(insert(record), rows[record])


def _log(history: History) -> None:
    """The entries of all papers in the order of time, as they would have been written."""
    story = history.story
    events = sorted(
        (moment, order, place)
        for place, paper in enumerate(history.papers)
        for order, moment in enumerate(paper.moments)
    )
    audit = story.office.vault.audit
    for moment, order, place in events:
        story.clock.now = moment
        paper = history.papers[place]
        action = f"circulation.{paper.kind.value}.{paper.acts[order]}"
        paper.changed = audit.append(story.session, action, f"matter:{paper.matter_id}")


def _readers_by_level(session: Session) -> dict[Classification, frozenset[int]]:
    found = {}
    for level in Classification:
        office_wide = level <= Classification.INTERNAL
        signatories = (*sharing.KEEPERS, Role.SIGNATORY)
        found[level] = frozenset() if office_wide else people.holders_of(session, signatories, level)
    return found


def _number(history: History, paper: Paper) -> int:
    """Take the next number of the paper's series and year; gives its place in the order of numbers."""
    on = paper.moments[paper.numbered_at].date()
    history.serials[paper.series_id, on.year] += 1
    serial = history.serials[paper.series_id, on.year]
    if paper.series_id not in history.codes:
        history.codes[paper.series_id] = history.story.session.get_one(SeriesRecord, paper.series_id).code
    paper.number = written(history.codes[paper.series_id], on.year, serial)
    history.add(
        NumberRecord,
        series_id=paper.series_id,
        year=on.year,
        serial=serial,
        matter_id=paper.matter_id,
        state=NumberState.ISSUED.value,
        reason="",
        on=on,
    )
    return on.year * 1_000_000 + serial


def _matter(history: History, paper: Paper, number_order: int, readers: frozenset[int]) -> None:
    draft = paper.draft
    sealed = draft.level >= SEALED_TITLE_FROM
    history.add(
        MatterRecord,
        id=paper.matter_id,
        kind=paper.kind.value,
        state=State.CLOSED.value,
        is_open=False,
        number=paper.number,
        number_order=number_order,
        title="" if sealed else draft.title,
        title_content_id=history.seal(paper, draft.title) if sealed else None,
        unit=paper.unit,
        document_number=draft.document_number if isinstance(draft, IncomingDraft) else paper.number,
        level=int(draft.level),
        secrecy_years=draft.secrecy_years,
        urgency=int(draft.urgency),
        due_on=draft.due_on if isinstance(draft, IncomingDraft) else None,
        holder="",
        held_since=None,
        created_on=paper.moments[0].date(),
        created_at=paper.moments[0],
        created_by=paper.clerk.account_id,
        closed_on=paper.moments[-1].date(),
        retention=draft.retention,
        office_wide=not readers,
        changed=paper.changed,
    )
    for account_id in readers:
        history.add(
            MatterReaderRecord,
            matter_id=paper.matter_id,
            account_id=account_id,
            added_at=paper.moments[0],
            added_by=paper.clerk.account_id,
        )


def _steps(history: History, paper: Paper) -> None:
    for step in paper.steps:
        actor, done = step.actor, paper.moments[step.done]
        history.add(
            StepRecord,
            matter_id=paper.matter_id,
            kind=step.kind.value,
            person_id=actor.person_id if actor else None,
            role="",
            person=actor.name if actor else "",
            post=actor.post if actor else "",
            unit=actor.unit if actor else step.unit,
            sent_at=paper.moments[step.sent],
            sent_by=paper.clerk.account_id,
            received_at=paper.moments[step.sent],
            due_on=None,
            done_at=done,
            outcome=Outcome.DONE.value,
            opinion_content_id=history.seal(paper, step.said) if step.said else None,
            note_content_id=None,
            recorded_by=paper.clerk.name if step.kind in (StepKind.INSTRUCTION, StepKind.HANDLING) else "",
            said_on=done.date(),
            corrects_id=None,
        )
