"""What the office does with a topic before it comes to a meeting: proposed, reviewed, consented to, withdrawn."""

from deskoffice.domain import meeting_topics as rules
from deskoffice.domain.errors import InvalidDraft, RuleError
from deskoffice.domain.matters import Action, Changes, LinkKind, MatterKind, Outcome, State, StepKind
from deskoffice.domain.meeting_topics import LegalReview, MajorKind, PoolTopic, TopicProposal
from deskoffice.domain.people import Role, check_clearance
from deskoffice.domain.values import Classification
from deskoffice.storage import meeting_topics as store
from deskoffice.storage.matters import LinkRecord, MatterRecord
from deskoffice.storage.meeting_topics import PoolTopicRecord
from deskoffice.usecases import approving, entering, matters, sharing, stepping
from deskoffice.usecases.entering import Entry
from deskoffice.usecases.office import Act, Office
from deskoffice.usecases.stepping import Said
from deskoffice.usecases.words import word

KEEPERS = (*sharing.KEEPERS, Role.CONFERENCE_CLERK)


def propose(office: Office, draft: TopicProposal, *, approver_id: int | None = None) -> Changes:
    """议题申报: a major decision goes to the review of legality first, everything else before a leader."""
    office.require(*rules.PROPOSERS)
    rules.check(draft)
    check_clearance(office.actor.clearance, draft.level)
    with office.act() as act:
        return propose_in(act, draft, approver_id=approver_id)


def propose_in(act: Act, draft: TopicProposal, *, approver_id: int | None) -> Changes:
    """The transaction's part of `propose`; `draft` is checked."""
    entry = Entry(
        kind=MatterKind.TOPIC,
        state=State.CONSENT,
        title=draft.title,
        unit=draft.unit,
        level=draft.level,
        secrecy_years=draft.secrecy_years,
    )
    matter = entering.enter(act, entry, keepers=KEEPERS)
    record = PoolTopicRecord(matter_id=matter.id, legality="", deferred=0)
    _fill(act, matter, record, draft)
    act.session.add(record)
    stepping.done_at_once(act, matter, StepKind.REQUEST, Said(draft.reason))
    _send_on(act, matter, record, approver_id)
    act.record("meetings.topic.proposed", matter, number=matter.number)
    return act.changes(matter.number)


def _fill(act: Act, matter: MatterRecord, record: PoolTopicRecord, draft: TopicProposal) -> None:
    record.reporter = draft.reporter.strip()
    record.units = "\n".join(unit.strip() for unit in draft.units if unit.strip())
    consulted = draft.consulted.strip()
    record.consulted_content_id = sharing.keep_text(act, matter, consulted) if consulted else None
    record.major, record.amount, record.minutes = draft.major.value, draft.amount, draft.minutes
    record.is_major_decision = draft.is_major_decision


def _send_on(act: Act, matter: MatterRecord, record: PoolTopicRecord, approver_id: int | None) -> None:
    if record.is_major_decision and not record.legality:
        stepping.send_to_role(act, matter, StepKind.LEGAL_REVIEW, Role.SECRETARIAT)
        stepping.settle(act, matter, State.LEGAL_REVIEW)
    else:
        approving.ask(act, matter, approver_id)
        stepping.settle(act, matter, State.CONSENT)


def edit(office: Office, matter_id: int, draft: TopicProposal) -> Changes:
    """Change what was typed, until a leader has consented; level and reason stay."""
    rules.check(draft)
    with office.act() as act:
        matter, record = _allowed(act, matter_id, Action.EDIT)
        if matter.level != int(draft.level):
            raise InvalidDraft({"level": "level_fixed"})
        before = record.consulted_content_id
        matter.unit = draft.unit.strip()
        sharing.set_title(act, matter, draft.title.strip(), sharing.audience(act.session, matter))
        _fill(act, matter, record, draft)
        act.session.flush()
        if before is not None:
            sharing.drop_text(act, before)
        act.record("meetings.topic.edited", matter)
        return act.changes()


def _allowed(act: Act, matter_id: int, action: Action) -> tuple[MatterRecord, PoolTopicRecord]:
    matter = act.matter(matter_id)
    stepping.require(matters.allowed(matter, stepping.standing(act.session, matter), act.actor), action)
    return matter, act.session.get_one(PoolTopicRecord, matter_id)


def review_legality(office: Office, matter_id: int, found: LegalReview, opinion: str) -> Changes:
    """合法性审查: what the reviewers wrote; a topic that fails goes no further (重大行政决策程序暂行条例 §27)."""
    if not opinion.strip():
        raise InvalidDraft({"opinion": "required"})
    with office.act() as act:
        matter, record = _allowed(act, matter_id, Action.REVIEW_LEGALITY)
        step = stepping.open_steps(act.session, matter_id, StepKind.LEGAL_REVIEW)[0]
        failed = found is LegalReview.FAILED
        outcome = Outcome.REFUSED if failed else Outcome.AGREED
        stepping.finish(act, matter, step, Said(f"{word(found)}。{opinion.strip()}", outcome))
        record.legality = found.value
        if failed:
            stepping.settle(act, matter, State.REFUSED)
        else:
            _send_on(act, matter, record, None)
        act.record("meetings.topic.reviewed", matter, found=found.value)
        return act.changes()


def approve(office: Office, matter_id: int, opinion: str = "") -> Changes:
    """同意上会: into the pool, from which agendas are made."""
    with office.act() as act:
        matter, _ = _allowed(act, matter_id, Action.APPROVE)
        stepping.finish(act, matter, approving.waiting(act, matter), Said(opinion or "同意上会", Outcome.AGREED))
        to_pool(act, matter)
        act.record("meetings.topic.agreed", matter)
        return act.changes()


def to_pool(act: Act, matter: MatterRecord) -> None:
    """It waits for a meeting, in the hands of those who run them."""
    for step in stepping.open_steps(act.session, matter.id, StepKind.DISCUSSION):
        stepping.finish(act, matter, step, Said(outcome=Outcome.WITHDRAWN))
    stepping.send_to_role(act, matter, StepKind.DISCUSSION, Role.CONFERENCE_CLERK)
    stepping.settle(act, matter, State.POOL)


def refuse(office: Office, matter_id: int, reason: str) -> Changes:
    """不同意上会, with the reason on record."""
    return _end(office, matter_id, Action.REFUSE, reason)


def withdraw(office: Office, matter_id: int, reason: str) -> Changes:
    """撤回: the unit takes it back."""
    return _end(office, matter_id, Action.WITHDRAW, reason)


def _end(office: Office, matter_id: int, action: Action, reason: str) -> Changes:
    if not reason.strip():
        raise InvalidDraft({"opinion": "required"})
    with office.act() as act:
        matter, _ = _allowed(act, matter_id, action)
        if action is Action.REFUSE:
            stepping.finish(act, matter, approving.waiting(act, matter), Said(reason, Outcome.REFUSED))
            stepping.settle(act, matter, State.REFUSED)
            act.record("meetings.topic.refused", matter)
        else:
            stepping.done_at_once(act, matter, StepKind.RETURN, Said(reason, Outcome.WITHDRAWN))
            stepping.settle(act, matter, State.RETURNED)
            act.record("meetings.topic.withdrawn", matter)
        return act.changes()


def schedule_in(act: Act, topic_id: int, meeting: MatterRecord) -> None:
    """A topic of the pool comes on the agenda of a meeting at least as secret as itself."""
    topic = act.matter(topic_id)
    title = matters.rows(act.office, act.session, [topic])[0].title
    if topic.kind != MatterKind.TOPIC or topic.state != State.POOL:
        raise RuleError("topic_not_in_pool", title=title)
    if topic.level > meeting.level:
        raise RuleError("topic_above_meeting", title=title, level=Classification(topic.level))
    entering.link(act, topic, meeting, LinkKind.DISCUSSED_AT)
    stepping.settle(act, topic, State.SCHEDULED)
    act.record("meetings.topic.scheduled", topic, meeting=meeting.number)


def unschedule_in(act: Act, topic_id: int, meeting: MatterRecord) -> None:
    """The meeting will not discuss it: back to the pool as if it had never been on the agenda."""
    topic = act.matter(topic_id)
    if topic.state != State.SCHEDULED:
        return
    for link in act.session.query(LinkRecord).filter_by(
        from_id=topic.id, to_id=meeting.id, kind=LinkKind.DISCUSSED_AT.value
    ):
        act.session.delete(link)
    to_pool(act, topic)
    act.record("meetings.topic.unscheduled", topic, meeting=meeting.number)


def pool(office: Office) -> tuple[PoolTopic, ...]:
    """Topics that wait for a meeting, the oldest first."""
    with office.read() as session:
        found = store.pool(session, office.actor)
        rows = matters.rows(office, session, [matter for matter, _ in found])
        return tuple(
            PoolTopic(
                row.id,
                row.number,
                row.title,
                row.unit,
                record.reporter,
                tuple(record.units.splitlines()),
                record.deferred,
            )
            for row, (_, record) in zip(rows, found, strict=True)
        )


def draft_of(office: Office, matter_id: int) -> TopicProposal:
    """What was typed, to be shown in the form or on paper again."""
    with office.look() as act:
        matter = act.matter(matter_id)
        if matter.kind != MatterKind.TOPIC:
            raise RuleError("matter_missing")
        record = act.session.get_one(PoolTopicRecord, matter_id)
        row = matters.rows(office, act.session, [matter])[0]
        steps = matters.step_rows(office, act.session, matter_id)
        consulted = record.consulted_content_id
        texts = office.vault.contents.texts(act.session, [] if consulted is None else [consulted])
        return TopicProposal(
            title=row.title,
            unit=row.unit,
            reporter=record.reporter,
            reason=next((step.opinion or "" for step in steps if step.kind is StepKind.REQUEST), ""),
            units=tuple(record.units.splitlines()),
            consulted="" if consulted is None else texts.get(consulted, ""),
            major=MajorKind(record.major),
            amount=record.amount,
            minutes=record.minutes,
            is_major_decision=record.is_major_decision,
            level=row.level,
            secrecy_years=row.secrecy_years,
        )
