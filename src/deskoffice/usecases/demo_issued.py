"""Outgoing papers of the practice year's past."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from deskoffice.domain.circulation.outgoing import OutgoingDraft
from deskoffice.domain.copies import CopyPlace
from deskoffice.domain.matters import ContentRole, MatterKind, StepKind
from deskoffice.domain.people import Role
from deskoffice.storage.circulation.outgoing import OutgoingRecord
from deskoffice.storage.matters import CopyRecord
from deskoffice.usecases import demo_texts as texts
from deskoffice.usecases.circulation import outgoing_paper
from deskoffice.usecases.circulation.outgoing_draft import details
from deskoffice.usecases.demo_past import History, Paper, PastStep

if TYPE_CHECKING:
    from deskoffice.usecases.demo import Story

ACTS = ("drafted", "submitted", "reviewed", "signed", "dispatched", "closed")
HOURS = (0.0, 5.0, 13.0, 24.0, 30.0, 60.0)
SIGNED, DISPATCHED = ACTS.index("signed"), ACTS.index("dispatched")


def paper(story: "Story", matter_id: int, moment: datetime, draft: OutgoingDraft) -> Paper:
    """发文 as it went: drafted, reviewed, signed and numbered, handed out, closed."""
    random, actors = story.random, story.actors
    drafter, clerk = actors[Role.DRAFTER], actors[Role.CONFIDENTIAL_CLERK]
    return Paper(
        matter_id=matter_id,
        draft=draft,
        kind=MatterKind.OUTGOING,
        series_id=draft.series_id,
        unit=texts.OFFICE,
        clerk=drafter,
        acts=ACTS,
        moments=[moment + timedelta(hours=hour * random.uniform(0.8, 1.2)) for hour in HOURS],
        steps=(
            PastStep(StepKind.DRAFT, drafter, 0, 1),
            PastStep(StepKind.REVIEW, actors[Role.SECRETARIAT], 1, 2, "已核，拟同意印发。"),
            PastStep(StepKind.SIGN, actors[Role.SIGNATORY], 2, SIGNED, "同意印发。"),
            PastStep(StepKind.DISPATCH, clerk, SIGNED, DISPATCHED),
            PastStep(StepKind.CLOSE, clerk, DISPATCHED, 5),
        ),
        body=draft.body_text,
        body_name="正文.txt",
        numbered_at=SIGNED,
    )


def add(history: History, paper: Paper, draft: OutgoingDraft) -> None:
    """The rows that only an outgoing paper has."""
    session, signer = history.story.session, history.story.actors[Role.SIGNATORY].name
    signed_on, dispatched_on = paper.moments[SIGNED].date(), paper.moments[DISPATCHED].date()
    fields = outgoing_paper.meta(session, draft, number=paper.number, signer=signer, dated=signed_on)
    history.content(paper, paper.body.encode(), ContentRole.BODY, name=paper.body_name, media_type="text/plain")
    approved = history.content(
        paper,
        outgoing_paper.snapshot(fields, draft.body_text),
        ContentRole.APPROVED,
        name="签发稿.json",
        media_type="application/json",
    )
    history.add(
        OutgoingRecord,
        matter_id=paper.matter_id,
        document_kind=draft.kind.value,
        series_id=draft.series_id,
        addressee=draft.addressee,
        copy_to="\n".join(draft.copy_to),
        details_content_id=history.seal(paper, details(draft)),
        printed_copies=draft.printed_copies,
        signer=signer,
        signed_on=signed_on,
        approved_content_id=approved,
        dispatched_on=dispatched_on,
    )
    for serial, unit in enumerate(texts.DEPARTMENTS[: draft.printed_copies], start=1):
        history.add(
            CopyRecord,
            matter_id=paper.matter_id,
            copy_number=f"{serial:06d}",
            holder=unit,
            held_since=dispatched_on,
            must_return=False,
            due_on=None,
            ended_on=None,
            ending="",
            place=CopyPlace.OUT.value,
        )
