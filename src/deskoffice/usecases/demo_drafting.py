"""How a draft of the practice vault is made ready: its level fixed, others agreeing, a return, a change agreed to."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from deskoffice.domain.circulation.outgoing import OutgoingDraft
from deskoffice.domain.circulation.secrecy import Basis, SecrecyDraft
from deskoffice.domain.people import Role
from deskoffice.domain.values import Classification
from deskoffice.usecases.circulation import outgoing, outgoing_countersign, outgoing_secrecy

if TYPE_CHECKING:
    from deskoffice.usecases.demo import Story

SELDOM = 0.3


def prepare(story: "Story", matter_id: int, draft: OutgoingDraft) -> Iterator[datetime]:
    """From the first draft to the review."""
    yield from _classify(story, matter_id, draft)
    is_countersigned = story.random.random() < SELDOM
    if is_countersigned:
        leader = story.actors[Role.OFFICE_LEADER].person_id
        unit = "县财政局"
        outgoing_countersign.ask(story.acting(Role.DRAFTER), matter_id, [leader], [unit], in_order=True)
        yield _soon(story, 5)
        yield from _agree(story, matter_id)
    outgoing.submit(story.acting(Role.DRAFTER), matter_id)
    yield _soon(story, 8)
    if story.random.random() < SELDOM / 2:
        outgoing.return_to_drafter(story.acting(Role.SECRETARIAT), matter_id, "第二部分责任分工不明确，请修改。")
        yield _soon(story, 6)
        changed = replace(draft, body_text=draft.body_text.replace("要", "应", 2) + "\n联系人：县政府办秘书科。")
        outgoing.edit(story.acting(Role.DRAFTER), matter_id, changed)
        if is_countersigned:
            yield from _again(story, matter_id)
        outgoing.submit(story.acting(Role.DRAFTER), matter_id)
        yield _soon(story, 4)


def _classify(story: "Story", matter_id: int, draft: OutgoingDraft) -> Iterator[datetime]:
    if draft.level < Classification.CONFIDENTIAL:
        return
    proposed = SecrecyDraft(draft.level, draft.secrecy_years, Basis.OWN_LIST, "一览表第 4 项：应急处突力量部署")
    outgoing_secrecy.propose(story.acting(Role.DRAFTER), matter_id, proposed)
    yield _soon(story, 3)
    outgoing_secrecy.decide(story.acting(Role.SIGNATORY), matter_id, "同意。", approves=True)


def _agree(story: "Story", matter_id: int) -> Iterator[datetime]:
    """The director at the window, the bureau on paper."""
    outgoing_countersign.countersign(
        story.acting(Role.OFFICE_LEADER), matter_id, "原则同意，建议明确完成时限。", agrees=True
    )
    yield _soon(story, 6)
    clerk = story.acting(Role.CONFIDENTIAL_CLERK)
    step = outgoing_countersign.open_steps(clerk, matter_id)[0]
    outgoing_countersign.record(clerk, matter_id, step.id, "无不同意见。", agrees=True, said_on=story.office.today())


def _again(story: "Story", matter_id: int) -> Iterator[datetime]:
    leader = story.actors[Role.OFFICE_LEADER].person_id
    outgoing_countersign.ask(story.acting(Role.DRAFTER), matter_id, [leader], ["县财政局"], in_order=True)
    yield _soon(story, 3)
    yield from _agree(story, matter_id)


def _soon(story: "Story", hours: float) -> datetime:
    return story.office.now() + timedelta(hours=hours * story.random.uniform(0.4, 1.8))
