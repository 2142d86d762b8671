"""The agenda of a meeting: its lines, where they come from, and what the meeting did with each."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from deskoffice.domain import meeting_topics as topic_rules
from deskoffice.domain import meetings as rules
from deskoffice.domain.errors import RuleError
from deskoffice.domain.matters import Action, Changes, Outcome, State, StepKind
from deskoffice.domain.meeting_topics import MajorKind, TopicOutcome, TopicResult, VoiceRow, Vote
from deskoffice.domain.meetings import AttendeeStanding, MeetingSeries, Presence, TopicDraft, TopicRow
from deskoffice.storage import meeting_topics as store
from deskoffice.storage import meetings
from deskoffice.storage.matters import MatterRecord
from deskoffice.storage.meeting_topics import CourseRecord, PoolTopicRecord, VoiceRecord
from deskoffice.storage.meetings import AttendeeRecord, MeetingRecord, TopicRecord
from deskoffice.usecases import matters, meeting_audience, meeting_topics, sharing, stepping
from deskoffice.usecases.office import Act, Office
from deskoffice.usecases.stepping import Said
from deskoffice.usecases.words import word


def put(act: Act, matter: MatterRecord, topics: Sequence[TopicDraft], *, after: int = 0) -> None:
    """Write the lines of the agenda in order; topics of the pool leave it."""
    for position, topic in enumerate(topics, start=after + 1):
        line = TopicRecord(
            meeting_id=matter.id,
            position=position,
            title_content_id=sharing.keep_text(act, matter, topic.title.strip()),
            reporter=topic.reporter.strip(),
            units="\n".join(unit.strip() for unit in topic.units if unit.strip()),
        )
        act.session.add(line)
        act.session.flush()
        act.session.add(CourseRecord(line_id=line.id, topic_id=topic.topic_id, result=""))
        if topic.topic_id is not None:
            meeting_topics.schedule_in(act, topic.topic_id, matter)
    act.session.flush()


def clear(act: Act, matter: MatterRecord) -> None:
    """Take every line off; topics of the pool go back to it."""
    release(act, matter)
    lines = meetings.topics(act.session, matter.id)
    for course in store.courses(act.session, [line.id for line in lines]).values():
        act.session.delete(course)
    act.session.flush()
    for line in lines:
        act.session.delete(line)
        act.session.flush()
        sharing.drop_text(act, line.title_content_id)


def release(act: Act, matter: MatterRecord) -> None:
    """Topics of the pool that stand on the agenda and were not decided go back."""
    lines = meetings.topics(act.session, matter.id)
    for course in store.courses(act.session, [line.id for line in lines]).values():
        if course.topic_id is not None and not course.result:
            meeting_topics.unschedule_in(act, course.topic_id, matter)


def move(act: Act, matter: MatterRecord, into: MatterRecord) -> None:
    """合并召开: the agenda goes on at the end of another meeting's."""
    drafts = tuple(
        TopicDraft(row.title, row.reporter, row.units, row.topic_id) for row in rows(act.office, act.session, matter.id)
    )
    release(act, matter)
    put(act, into, drafts, after=len(meetings.topics(act.session, into.id)))


def rows(office: Office, session: Session, meeting_id: int) -> tuple[TopicRow, ...]:
    """The agenda with what became of each line."""
    records = meetings.topics(session, meeting_id)
    courses = store.courses(session, [record.id for record in records])
    sealed = [record.title_content_id for record in records]
    sealed += [c.summary_content_id for c in courses.values() if c.summary_content_id is not None]
    texts = office.vault.contents.texts(session, sealed)
    spoken = _voices(office, session, records)
    pool = {
        topic_id: session.get_one(PoolTopicRecord, topic_id)
        for topic_id in (course.topic_id for course in courses.values())
        if topic_id is not None
    }
    return tuple(_row(record, courses.get(record.id), texts, spoken.get(record.id, ()), pool) for record in records)


def _row(
    record: TopicRecord,
    course: CourseRecord | None,
    texts: Mapping[int, str],
    voices: tuple[VoiceRow, ...],
    pool: Mapping[int, PoolTopicRecord],
) -> TopicRow:
    proposed = pool.get(course.topic_id) if course is not None and course.topic_id is not None else None
    return TopicRow(
        id=record.id,
        title=texts.get(record.title_content_id, ""),
        reporter=record.reporter,
        units=tuple(record.units.splitlines()),
        topic_id=course.topic_id if course else None,
        major=MajorKind(proposed.major) if proposed else MajorKind.NONE,
        amount=proposed.amount if proposed else None,
        result=TopicResult(course.result) if course else TopicResult.NONE,
        summary=texts.get(course.summary_content_id or 0, "") if course else "",
        voices=voices,
    )


def _voices(office: Office, session: Session, lines: Sequence[TopicRecord]) -> dict[int, tuple[VoiceRow, ...]]:
    records = store.voices(session, [line.id for line in lines])
    names = {r.attendee_id: session.get_one(AttendeeRecord, r.attendee_id) for r in records}
    texts = office.vault.contents.texts(session, [r.view_content_id for r in records if r.view_content_id is not None])
    found: dict[int, list[VoiceRow]] = {}
    for record in records:
        view = "" if record.view_content_id is None else texts.get(record.view_content_id)
        name = names[record.attendee_id].person or names[record.attendee_id].unit
        found.setdefault(record.line_id, []).append(VoiceRow(record.attendee_id, name, view, Vote(record.vote)))
    return {line_id: tuple(spoken) for line_id, spoken in found.items()}


def discuss(office: Office, matter_id: int, outcomes: Sequence[TopicOutcome]) -> Changes:
    """审议结果: what became of each topic; 三重一大 with quorum, everybody's view, the chief's last, and votes."""
    with office.act() as act:
        matter = act.matter(matter_id)
        stepping.require(matters.allowed(matter, stepping.standing(act.session, matter), act.actor), Action.DISCUSS)
        lines = {row.id: row for row in rows(office, act.session, matter_id)}
        called = meetings.attendees(act.session, matter_id)
        rules.check_held([Presence(line.presence) for line in called])
        for outcome in outcomes:
            line = lines.get(outcome.line_id)
            if line is None:
                raise RuleError("topic_missing")
            _check(act, matter_id, line, outcome, called)
            _keep(act, matter, line, outcome)
        act.record("meetings.meeting.discussed", matter, topics=len(outcomes))
        return act.changes()


def _check(act: Act, matter_id: int, line: TopicRow, outcome: TopicOutcome, called: Sequence[AttendeeRecord]) -> None:
    present = {one.id for one in called if one.presence == Presence.PRESENT}
    if any(voice.attendee_id not in present for voice in outcome.voices):
        raise RuleError("topic_voices_not_present")
    if line.major is MajorKind.NONE or outcome.result not in topic_rules.AGREEING:
        return
    meeting = act.session.get_one(MeetingRecord, matter_id)
    members = [one for one in called if one.standing == AttendeeStanding.MEMBER]
    there = sum(one.presence == Presence.PRESENT for one in members)
    if not rules.has_quorum(MeetingSeries(meeting.series), len(members), there):
        raise RuleError("meeting_quorum_missing", members=len(members), present=there)
    chief = next((one.id for one in members if one.person_id == meeting.chair_id), None)
    topic_rules.check_voices(outcome.voices, chief_id=chief)
    if not topic_rules.is_carried(outcome.voices, len(members)):
        raise RuleError("topic_not_carried")


def _keep(act: Act, matter: MatterRecord, line: TopicRow, outcome: TopicOutcome) -> None:
    course = act.session.get(CourseRecord, line.id)
    if course is None:
        # A line of a vault from before results were kept.
        course = CourseRecord(line_id=line.id, result="")
        act.session.add(course)
    before, summary = course.summary_content_id, outcome.summary.strip()
    course.summary_content_id = sharing.keep_text(act, matter, summary) if summary else None
    changed = course.result != outcome.result.value
    course.result = outcome.result.value
    act.session.flush()
    if before is not None:
        sharing.drop_text(act, before)
    _keep_voices(act, matter, line, outcome)
    if course.topic_id is not None and changed:
        _settle_topic(act, course.topic_id, matter, outcome)


def _keep_voices(act: Act, matter: MatterRecord, line: TopicRow, outcome: TopicOutcome) -> None:
    old = store.voices(act.session, [line.id])
    for record in old:
        act.session.delete(record)
    act.session.flush()
    for record in old:
        if record.view_content_id is not None:
            act.office.vault.contents.delete(act.session, record.view_content_id)
    audience = meeting_audience.present(act, matter)
    for position, voice in enumerate(outcome.voices, start=1):
        view = voice.view.strip()
        content_id = act.office.vault.contents.put_text(act.session, view, audience) if view else None
        act.session.add(
            VoiceRecord(
                line_id=line.id,
                position=position,
                attendee_id=voice.attendee_id,
                view_content_id=content_id,
                vote=voice.vote.value,
            )
        )
    act.session.flush()


def _settle_topic(act: Act, topic_id: int, meeting: MatterRecord, outcome: TopicOutcome) -> None:
    """Decided topics are closed; deferred ones wait for another meeting."""
    topic = act.matter(topic_id)
    if topic.state not in (State.SCHEDULED, State.POOL):
        return
    said = f"{meeting.number}：{word(outcome.result)}" + (f"。{outcome.summary.strip()}" if outcome.summary else "")
    for step in stepping.open_steps(act.session, topic_id, StepKind.DISCUSSION):
        rejected = outcome.result is TopicResult.REJECTED
        stepping.finish(act, topic, step, Said(said, Outcome.REFUSED if rejected else Outcome.DONE))
    if outcome.result in topic_rules.BACK_TO_POOL:
        act.session.get_one(PoolTopicRecord, topic_id).deferred += 1
        meeting_topics.to_pool(act, topic)
    else:
        stepping.settle(act, topic, State.REFUSED if outcome.result is TopicResult.REJECTED else State.CLOSED)
    act.record("meetings.topic.discussed", topic, result=outcome.result.value)
