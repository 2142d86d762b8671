"""Lives of matters in the practice vault: each is a generator that acts and then says when it goes on."""

from collections.abc import Callable, Generator, Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from deskoffice.domain.circulation.incoming import IncomingDraft, PostKind
from deskoffice.domain.circulation.outgoing import Distribution, DocumentKind, OutgoingDraft
from deskoffice.domain.matters import ContentRole, StepKind
from deskoffice.domain.people import Role
from deskoffice.domain.seals import PaperKind, SealUseDraft, Stamping, checklist, usual_approver
from deskoffice.domain.steps import Nature
from deskoffice.domain.supervision import TaskDraft, TaskSource
from deskoffice.domain.values import Classification, Urgency
from deskoffice.domain.workdays import due_on
from deskoffice.storage.matters import LinkRecord, MatterRecord
from deskoffice.storage.seals import SealUseRecord
from deskoffice.usecases import (
    demo_drafting,
    demo_hops,
    demo_intake,
    demo_meetings,
    demo_seals,
    seal_inventory,
    seals,
    seen_paper,
    stepping,
    supervision,
)
from deskoffice.usecases import demo_texts as texts
from deskoffice.usecases.attachments import FileDraft
from deskoffice.usecases.circulation import incoming, outgoing
from deskoffice.usecases.office import Office

if TYPE_CHECKING:
    from deskoffice.usecases.demo import Story

Life = Iterator[datetime]


def _later(story: "Story", *, hours: float) -> datetime:
    """Some time after now, around so many hours."""
    return story.office.now() + timedelta(hours=hours * story.random.uniform(0.4, 1.8))


def _due(story: "Story", days: int) -> date:
    return due_on(story.office.today(), days, story.calendar)


def _open_step(office: Office, matter_id: int, kind: StepKind) -> int:
    with office.read() as session:
        return stepping.open_steps(session, matter_id, kind)[0].id


def incoming_draft(story: "Story") -> IncomingDraft:
    """A paper that comes in now."""
    random, office = story.random, story.office
    level = random.choices(list(Classification), weights=(60, 26, 9, 5, 0))[0]
    sender, code = random.choice(texts.SENDERS)
    subject = random.choice(texts.SECRET_SUBJECTS if level >= Classification.SECRET else texts.SUBJECTS)
    today = office.today()
    days = random.choice((3, 5, 7, 10, 15, 20))
    return IncomingDraft(
        source_unit=sender,
        title=texts.title_of(random, subject),
        received_on=today,
        document_number=f"{code}〔{today.year}〕{story.next_number()}号",
        level=level,
        secrecy_years={Classification.CONFIDENTIAL: 5, Classification.SECRET: 10}.get(level),
        urgency=random.choices((Urgency.ORDINARY, Urgency.URGENT, Urgency.VERY_URGENT), weights=(80, 14, 6))[0],
        due_on=_due(story, days) if random.random() < 0.8 else None,
        post_kind=random.choice(list(PostKind)),
        document_date=today - timedelta(days=random.randint(1, 6)),
        copy_number=f"{random.randint(1, 400):06d}" if level >= Classification.CONFIDENTIAL else "",
        pages=random.randint(1, 12),
        must_return=level >= Classification.SECRET,
    )


def _arrival(story: "Story") -> Generator[datetime, None, int | None]:
    """Registered, or as an envelope that is opened later; None where it goes back or stays with its opener."""
    draft = incoming_draft(story)
    body = demo_intake.body(story, draft)
    if demo_intake.is_envelope(draft):
        opened = yield from demo_intake.envelope(story, draft)
        return None if demo_intake.came(draft) == demo_intake.PERSONAL else opened
    matter_id = incoming.register(story.acting(Role.CONFIDENTIAL_CLERK), draft, [body]).matter_ids[0]
    yield _later(story, hours=3)
    if demo_intake.came(draft) == demo_intake.RETURNED:
        yield from demo_intake.returned(story, matter_id)
        return None
    return matter_id


def incoming_life(story: "Story") -> Life:
    """来文: registered, proposed, instructed, handled or only read, closed."""
    random = story.random
    matter_id = yield from _arrival(story)
    if matter_id is None:
        return
    leader = story.actors[Role.SIGNATORY] if random.random() < 0.7 else None
    leader_name = leader.name if leader else random.choice(texts.LEADERS)[0]
    leader_id = leader.person_id if leader else story.by_name[leader_name]
    unit = random.choice(texts.DEPARTMENTS)
    words = random.choice(texts.PROPOSALS).format(leader=leader_name, unit=unit)
    incoming.propose(story.acting(Role.SECRETARIAT), matter_id, words, [leader_id])
    yield _later(story, hours=20)
    said = random.choice(texts.INSTRUCTIONS).format(unit=unit)
    clerk = story.acting(Role.CONFIDENTIAL_CLERK)
    if leader and random.random() < 0.5:
        nature = Nature.PRAISE if random.random() < 0.12 else Nature.REQUEST
        words = "做法很好，值得推广。" if nature is Nature.PRAISE else said
        incoming.instruct(story.acting(Role.SIGNATORY), matter_id, words, nature)
    else:
        step = _open_step(clerk, matter_id, StepKind.INSTRUCTION)
        incoming.record_instruction(clerk, matter_id, step, said, story.office.today())
    yield _later(story, hours=4)
    yield from demo_hops.handled(story, matter_id, unit) if random.random() < 0.65 else demo_hops.read(story, matter_id)
    incoming.close(story.acting(Role.CONFIDENTIAL_CLERK), matter_id, "已办结，存档。")


def outgoing_draft(story: "Story") -> OutgoingDraft:
    """A paper that the office begins now."""
    random = story.random
    level = random.choices((Classification.PUBLIC, Classification.INTERNAL, Classification.CONFIDENTIAL), (8, 3, 1))[0]
    subject = random.choice(texts.SUBJECTS)
    return OutgoingDraft(
        kind=DocumentKind.NOTICE,
        title=f"关于做好{subject}的通知",
        series_id=story.series_id,
        body_text=texts.body_of(random, subject),
        addressee="各乡镇人民政府，县政府各部门：",
        copy_to=("县委办公室", "县人大常委会办公室", "县政协办公室"),
        level=level,
        secrecy_years=5 if level >= Classification.CONFIDENTIAL else None,
        printed_copies=random.choice((5, 10, 20)),
    )


def _signed(story: "Story", draft: OutgoingDraft) -> Generator[datetime, None, int]:
    """A document on its way to the signature."""
    matter_id = outgoing.create(story.acting(Role.DRAFTER), draft).matter_ids[0]
    yield _later(story, hours=5)
    yield from demo_drafting.prepare(story, matter_id, draft)
    signatory = story.actors[Role.SIGNATORY]
    outgoing.review(story.acting(Role.SECRETARIAT), matter_id, "已核，拟同意印发。", signatory.person_id)
    yield _later(story, hours=10)
    outgoing.sign(story.acting(Role.SIGNATORY), matter_id, "同意印发。")
    yield _later(story, hours=3)
    return matter_id


def refused_seal_life(story: "Story") -> Life:
    """发文 whose seal the keeper does not press: it lies with its drafter."""
    matter_id = yield from _signed(story, outgoing_draft(story))
    reason = "送印的份数与签发的印数不符，请核对后再送。"
    seals.refuse(story.acting(Role.SEAL_KEEPER), _seal_use_of(story, matter_id), reason)


def outgoing_life(story: "Story") -> Life:
    """发文: drafted, reviewed, signed and numbered, stamped, handed out, closed."""
    random, draft = story.random, outgoing_draft(story)
    matter_id = yield from _signed(story, draft)
    _stamp(story, _seal_use_of(story, matter_id))
    yield _later(story, hours=2)
    units = random.sample(texts.DEPARTMENTS, min(draft.printed_copies - 1, len(texts.DEPARTMENTS)))
    handed_out = [Distribution(unit, 1) for unit in units]
    outgoing.dispatch(story.acting(Role.CONFIDENTIAL_CLERK), matter_id, handed_out)
    yield _later(story, hours=30)
    outgoing.close(story.acting(Role.CONFIDENTIAL_CLERK), matter_id)


def _seal_use_of(story: "Story", signed_id: int) -> int:
    with story.office.read() as session:
        links = session.query(LinkRecord).filter(LinkRecord.from_id == signed_id)
        return links.one().to_id


def _stamp(story: "Story", matter_id: int) -> None:
    """The keeper sees the approved version and makes every imprint asked for."""
    keeper = story.acting(Role.SEAL_KEEPER)
    with keeper.read() as session:
        use = session.get_one(SealUseRecord, matter_id)
        version = seen_paper.current(keeper, session, session.get_one(MatterRecord, use.paper_matter_id))
    seal = seal_inventory.usable(keeper)[0].id
    checks = frozenset(checklist(is_straddling=use.is_straddling))
    stamping = Stamping(version.digest, checks, stamped=use.imprints, seal_id=use.seal_id or seal)
    seals.stamp(keeper, matter_id, stamping)


def seal_use_life(story: "Story") -> Life:
    """用印: asked for with the paper, approved by a leader, stamped by the keeper; now and then refused."""
    random = story.random
    drafter = story.acting(Role.DRAFTER)
    subject = random.choice(texts.SUBJECTS)
    seal = seal_inventory.usable(drafter)[0]
    draft = SealUseDraft(
        seal_id=seal.id,
        subject=f"{subject}需签订责任书",
        title=f"{subject}目标责任书",
        unit=random.choice(texts.DEPARTMENTS),
        copies=3,
        imprints=3,
        pages=2,
        paper_kind=random.choice((PaperKind.PLEDGE, PaperKind.CONTRACT, PaperKind.CERTIFICATE)),
    )
    paper = FileDraft("责任书.txt", texts.body_of(random, subject).encode(), ContentRole.BODY)
    matter_id = seals.request(drafter, draft, paper).matter_ids[0]
    yield _later(story, hours=4)
    leader = story.acting(usual_approver(seal.kind, draft.paper_kind))
    if random.random() < 0.1:
        seals.refuse(leader, matter_id, "条款未经合法性审查，不予用印。")
        return
    seals.approve(leader, matter_id, "同意用印。")
    yield _later(story, hours=2)
    _stamp(story, matter_id)


def meeting_life(story: "Story") -> Life:
    """会议 of one of the series."""
    return demo_meetings.told(story)


def task_life(story: "Story") -> Life:
    """督办: set up, reported, closed."""
    random = story.random
    unit = random.choice(texts.DEPARTMENTS)
    draft = TaskDraft(
        source=random.choice((TaskSource.INSTRUCTION, TaskSource.DOCUMENT, TaskSource.PUBLIC)),
        text=f"{random.choice(texts.SUBJECTS)}推进情况，请{unit}按期报告。",
        due_on=_due(story, random.choice((5, 10, 20))),
        lead_unit=unit,
        leader=story.actors[Role.SIGNATORY].name,
    )
    matter_id = supervision.create(story.acting(Role.SUPERVISION_CLERK), draft).matter_ids[0]
    yield _later(story, hours=110)
    supervision.report(story.acting(Role.SUPERVISION_CLERK), matter_id, random.choice(texts.RESULTS))
    yield _later(story, hours=30)
    supervision.close(story.acting(Role.SUPERVISION_CLERK), matter_id, "已落实，予以销号。")


def late_task_life(story: "Story") -> Life:
    """督办 whose unit keeps silent: urged when its day is over, and still open."""
    unit = story.random.choice(texts.DEPARTMENTS)
    draft = TaskDraft(
        source=TaskSource.INSTRUCTION,
        text=f"{story.random.choice(texts.SUBJECTS)}整改落实情况，请{unit}书面报告。",
        due_on=_due(story, 5),
        lead_unit=unit,
        leader=story.actors[Role.SIGNATORY].name,
    )
    matter_id = supervision.create(story.acting(Role.SUPERVISION_CLERK), draft).matter_ids[0]
    yield _later(story, hours=110)
    supervision.urge(story.acting(Role.SUPERVISION_CLERK), matter_id, "已到期，请今日报送书面情况。")


LIVES: dict[str, Callable[["Story"], Life]] = {
    "incoming": incoming_life,
    "outgoing": outgoing_life,
    "seal_refused": refused_seal_life,
    "seal_use": seal_use_life,
    "seal_loan": demo_seals.loan_life,
    "seal_end": demo_seals.end_of_a_seal,
    "meeting": meeting_life,
    "task": task_life,
    "task_late": late_task_life,
    "authority": demo_hops.authority_life,
}
