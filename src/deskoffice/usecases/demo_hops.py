"""How papers go from hand to hand in the practice vault: handled, urged, put off, read in turn, acted on for others."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from deskoffice.domain.matters import MatterKind, StepKind
from deskoffice.domain.people import Role
from deskoffice.domain.standing_in import AuthorityDraft
from deskoffice.domain.steps import HandlingPart, Order
from deskoffice.domain.values import Classification
from deskoffice.usecases import authorities, deadlines, stepping
from deskoffice.usecases import demo_texts as texts
from deskoffice.usecases.circulation import circulating, incoming, verbs
from deskoffice.usecases.circulation.incoming import Assignment, Handler
from deskoffice.usecases.office import Office

if TYPE_CHECKING:
    from deskoffice.usecases.demo import Story

Life = Iterator[datetime]


def _later(story: "Story", hours: float) -> datetime:
    return story.office.now() + timedelta(hours=hours * story.random.uniform(0.4, 1.8))


def _open_step(office: Office, matter_id: int) -> int:
    with office.read() as session:
        return stepping.open_steps(session, matter_id, StepKind.HANDLING)[0].id


def handled(story: "Story", matter_id: int, unit: str) -> Life:
    """交办: one leads, now and then another helps; some are urged, some ask for more time."""
    random, clerk = story.random, story.acting(Role.CONFIDENTIAL_CLERK)
    with clerk.read() as session:
        due_on = deadlines.due_after(session, clerk.today(), random.choice((3, 5, 10)))
    handlers = [Handler(unit=unit, due_on=due_on)]
    if random.random() < 0.4:
        helper = random.choice([other for other in texts.DEPARTMENTS if other != unit])
        handlers.append(Handler(unit=helper, part=HandlingPart.ASSIST, due_on=due_on))
    incoming.assign(clerk, matter_id, Assignment(tuple(handlers), "请按批示抓紧办理。"))
    yield _later(story, 60)
    if random.random() < 0.3:
        incoming.urge(story.acting(Role.CONFIDENTIAL_CLERK), matter_id, "请按时限反馈办理结果。")
        yield _later(story, 10)
    if random.random() < 0.25:
        later = due_on + timedelta(days=5)
        verbs.extend(story.acting(Role.CONFIDENTIAL_CLERK), matter_id, later, "涉及单位多，需会商。")
    yield _later(story, 30)
    for _ in handlers:
        clerk = story.acting(Role.CONFIDENTIAL_CLERK)
        incoming.report(clerk, matter_id, _open_step(clerk, matter_id), random.choice(texts.RESULTS))
        yield _later(story, 6)


def read(story: "Story", matter_id: int) -> Life:
    """传阅: mostly one after the other, as numbered papers must."""
    readers = (Role.OFFICE_LEADER, Role.SECRETARIAT, Role.SIGNATORY)
    ids = [story.actors[role].person_id for role in readers]
    order = Order.IN_TURN if story.random.random() < 0.7 else Order.TOGETHER
    clerk = story.acting(Role.CONFIDENTIAL_CLERK)
    circulating.circulate(clerk, matter_id, ids, note="请阅，阅后退机要室。", order=order)
    for role in readers:
        yield _later(story, 16)
        circulating.mark_read(story.acting(role), matter_id)
    yield _later(story, 5)


def authority_life(story: "Story") -> Life:
    """授权代办: a leader is away for a week, the office's leader acts for him."""
    office = story.acting(Role.SIGNATORY)
    draft = AuthorityDraft(
        principal_id=story.actors[Role.SIGNATORY].person_id,
        deputy_id=story.actors[Role.OFFICE_LEADER].person_id,
        from_on=office.today(),
        to_on=office.today() + timedelta(days=7),
        kinds=frozenset({MatterKind.INCOMING}),
        steps=frozenset({StepKind.INSTRUCTION, StepKind.CIRCULATION}),
        ceiling=Classification.CONFIDENTIAL,
        basis="外出培训，批条",
    )
    authorities.give(office, draft)
    yield _later(story, 1)
