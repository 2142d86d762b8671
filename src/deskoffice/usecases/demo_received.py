"""Incoming papers of the practice year's past."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from deskoffice.domain.circulation.incoming import IncomingDraft
from deskoffice.domain.matters import ContentRole, MatterKind, StepKind
from deskoffice.domain.people import Role
from deskoffice.storage.circulation.incoming import IncomingRecord
from deskoffice.storage.matters import CopyRecord
from deskoffice.usecases import demo_texts as texts
from deskoffice.usecases.circulation import incoming
from deskoffice.usecases.demo_past import History, Paper, PastStep

if TYPE_CHECKING:
    from deskoffice.usecases.demo import Story

ACTS = ("registered", "proposed", "instructed", "assigned", "reported", "closed")
HOURS = (0.0, 3.0, 20.0, 24.0, 90.0, 110.0)


def paper(story: "Story", matter_id: int, moment: datetime, draft: IncomingDraft) -> Paper:
    """来文 as it went: registered, proposed, instructed, handled, closed."""
    random, actors = story.random, story.actors
    unit, clerk, leader = random.choice(texts.DEPARTMENTS), actors[Role.CONFIDENTIAL_CLERK], actors[Role.SIGNATORY]
    proposed = random.choice(texts.PROPOSALS).format(leader=leader.name, unit=unit)
    instructed = random.choice(texts.INSTRUCTIONS).format(unit=unit)
    return Paper(
        matter_id=matter_id,
        draft=draft,
        kind=MatterKind.INCOMING,
        series_id=story.incoming_series[draft.post_kind],
        unit=draft.source_unit,
        clerk=clerk,
        acts=ACTS,
        moments=[moment + timedelta(hours=hour * random.uniform(0.8, 1.2)) for hour in HOURS],
        steps=(
            PastStep(StepKind.REGISTER, clerk, 0, 0),
            PastStep(StepKind.PROPOSAL, actors[Role.SECRETARIAT], 0, 1, proposed),
            PastStep(StepKind.INSTRUCTION, leader, 1, 2, instructed),
            PastStep(StepKind.HANDLING, None, 3, 4, random.choice(texts.RESULTS), unit),
            PastStep(StepKind.CLOSE, clerk, 5, 5, "已办结，存档。"),
        ),
        body=texts.body_of(random, draft.title.removeprefix("关于")),
        body_name="来文.txt",
        numbered_at=0,
    )


def add(history: History, paper: Paper, draft: IncomingDraft) -> None:
    """The rows that only an incoming paper has."""
    history.add(IncomingRecord, matter_id=paper.matter_id, **incoming.own_values(draft))
    history.content(paper, paper.body.encode(), ContentRole.BODY, name=paper.body_name, media_type="text/plain")
    if draft.copy_number:
        history.add(
            CopyRecord,
            matter_id=paper.matter_id,
            copy_number=draft.copy_number,
            holder=paper.clerk.name,
            held_since=draft.received_on,
            must_return=draft.must_return,
            due_on=None,
            ended_on=None,
            ending="",
        )
