"""What the office does with a meeting: called, approved, signed in, recorded, decided, closed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from deskoffice.domain import meetings as rules
from deskoffice.domain import supervision as task_rules
from deskoffice.domain.errors import InvalidDraft, RuleError
from deskoffice.domain.matters import (
    Action,
    Changes,
    ContentRole,
    LinkKind,
    MatterKind,
    MatterRow,
    Outcome,
    State,
    StepKind,
)
from deskoffice.domain.meetings import (
    AttendeeStanding,
    DecisionDraft,
    MeetingDraft,
    MeetingForm,
    Presence,
    SignIn,
    Verdict,
)
from deskoffice.domain.people import PersonRow, Role, check_clearance
from deskoffice.domain.supervision import TaskDraft, TaskSource
from deskoffice.domain.values import Classification
from deskoffice.storage import meeting_running as running_store
from deskoffice.storage import meetings, people
from deskoffice.storage.matters import MatterRecord
from deskoffice.storage.meetings import AttendeeRecord, DecisionRecord, MeetingRecord
from deskoffice.usecases import (
    approving,
    attachments,
    entering,
    matters,
    meeting_agenda,
    meeting_audience,
    meeting_plans,
    meeting_running,
    sharing,
    stepping,
    supervision,
)
from deskoffice.usecases.attachments import FileDraft, ReadFile
from deskoffice.usecases.entering import Entry
from deskoffice.usecases.office import CHINA, Act, Office
from deskoffice.usecases.stepping import Said
from deskoffice.usecases.words import word

KEEPERS = (*sharing.KEEPERS, Role.CONFERENCE_CLERK)


def call(office: Office, draft: MeetingDraft, *, approver_id: int | None = None) -> Changes:
    """Ask for a meeting; it is approved before anybody is told (先审批、后开会)."""
    office.require(*rules.CALLERS)
    rules.check(draft)
    check_clearance(office.actor.clearance, draft.level)
    with office.act() as act:
        return call_in(act, draft, approver_id=approver_id)


def call_in(act: Act, draft: MeetingDraft, *, approver_id: int | None) -> Changes:
    """The transaction's part of `call`; `draft` is checked."""
    entry = Entry(
        kind=MatterKind.MEETING,
        state=State.REQUESTED,
        title=draft.title,
        unit=draft.unit,
        level=draft.level,
        secrecy_years=draft.secrecy_years,
        due_on=draft.starts_at.astimezone(CHINA).date(),
    )
    matter = entering.enter(act, entry, keepers=KEEPERS)
    record = MeetingRecord(matter_id=matter.id, recorder="", verdict="")
    _fill(act, draft, record)
    act.session.add(record)
    meeting_plans.use_in(act, matter.id, draft.plan_id)
    _call_people(act, matter, draft)
    meeting_agenda.put(act, matter, draft.topics)
    meeting_running.usual_checklist(act, matter, draft.starts_at)
    stepping.done_at_once(act, matter, StepKind.REQUEST, Said(draft.grounds))
    approving.ask(act, matter, approver_id)
    stepping.settle(act, matter, State.REQUESTED)
    act.record("meetings.meeting.called", matter, number=matter.number)
    changes = act.changes(matter.number, _clashes(act, matter, draft))
    return replace(changes, matter_ids=tuple(dict.fromkeys((matter.id, *changes.matter_ids))))


def _fill(act: Act, draft: MeetingDraft, record: MeetingRecord) -> None:
    stepping.persons(act, [draft.chair_id])
    _check_ordinal(act, draft, record)
    record.series = draft.series.value
    record.ordinal = draft.ordinal
    record.place = draft.place.strip()
    record.starts_at, record.ends_at = draft.starts_at, draft.ends_at
    record.form = draft.form.value
    record.chair_id = draft.chair_id
    record.size = draft.size
    record.meeting_class, record.cost, record.funding = draft.meeting_class.value, draft.cost, draft.funding.strip()


def _check_ordinal(act: Act, draft: MeetingDraft, record: MeetingRecord) -> None:
    if draft.ordinal is None:
        return
    known = meetings.with_ordinal(act.session, draft.series, draft.ordinal)
    if known is not None and known != record.matter_id:
        raise RuleError("meeting_ordinal_taken", ordinal=draft.ordinal)


def _call_people(act: Act, matter: MatterRecord, draft: MeetingDraft) -> None:
    """Lines of the sign-in sheet by rank, members first; everybody called by name is cleared for the meeting."""
    called = {*draft.attendee_ids, *draft.sitting_in_ids}
    level = Classification(matter.level)
    clearances = {row.person_id: row.clearance for row in people.accounts(act.session) if not row.is_disabled}
    rows = {row.id: row for row in stepping.persons(act, called)}
    for person_id in called & set(clearances):
        check_clearance(clearances[person_id], level)
    members = [_attendee(row, AttendeeStanding.MEMBER) for row in rows.values() if row.id in draft.attendee_ids]
    sitting = [_attendee(row, AttendeeStanding.SITTING_IN) for row in rows.values() if row.id in draft.sitting_in_ids]
    units = [_sender(unit) for unit in draft.units if unit.strip()]
    _place(act, matter, [*members, *units, *sitting])


def _place(act: Act, matter: MatterRecord, wanted: Sequence[AttendeeRecord]) -> None:
    """Lines of those called before stay, with what was told and handed to them."""
    known = {_key(line): line for line in meetings.attendees(act.session, matter.id)}
    for position, record in enumerate(wanted, start=1):
        line = known.pop(_key(record), None)
        if line is None:
            record.meeting_id, line = matter.id, record
            record.presence, record.stand_in, record.reason = Presence.EXPECTED.value, "", ""
            act.session.add(record)
        line.position = position
    for line in known.values():
        if running_store.is_mentioned(act.session, line.id):
            raise RuleError("attendee_told", name=line.person or line.unit)
        act.session.delete(line)
    act.session.flush()


def _key(line: AttendeeRecord) -> tuple[str, int | None, str]:
    return line.standing, line.person_id, line.unit if line.person_id is None else ""


def _attendee(row: PersonRow, standing: AttendeeStanding) -> AttendeeRecord:
    return AttendeeRecord(standing=standing.value, person_id=row.id, person=row.name, post=row.post, unit=row.unit)


def _sender(unit: str) -> AttendeeRecord:
    return AttendeeRecord(standing=AttendeeStanding.MEMBER.value, person="", post="", unit=unit.strip())


def _clashes(act: Act, matter: MatterRecord, draft: MeetingDraft) -> tuple[str, ...]:
    """Told, not forbidden: another meeting at the same time in the same place, or with the same people."""
    others = meetings.between(act.session, draft.starts_at, draft.ends_at, act.actor)
    found = []
    for other, record in others:
        if other.id == matter.id:
            continue
        if record.place == draft.place.strip():
            found.append("meeting_place_taken")
        invited = {a.person_id for a in meetings.attendees(act.session, other.id)}
        if invited & {*draft.attendee_ids, *draft.sitting_in_ids}:
            found.append("meeting_people_taken")
    return tuple(dict.fromkeys(found))


def edit(office: Office, matter_id: int, draft: MeetingDraft) -> Changes:
    """Change what was typed, until somebody has signed in; level and approval stay."""
    rules.check(draft)
    with office.act() as act:
        matter, record = _allowed(act, matter_id, Action.EDIT)
        if matter.level != int(draft.level):
            raise InvalidDraft({"level": "level_fixed"})
        if any(a.presence != Presence.EXPECTED for a in meetings.attendees(act.session, matter_id)):
            raise RuleError("meeting_signed_in")
        ordinal = draft.ordinal if draft.ordinal is not None else record.ordinal
        _fill(act, replace(draft, ordinal=ordinal), record)
        meeting_plans.use_in(act, matter.id, draft.plan_id)
        sharing.set_title(act, matter, draft.title.strip(), sharing.audience(act.session, matter))
        matter.due_on = draft.starts_at.astimezone(CHINA).date()
        _call_again(act, matter, draft)
        act.record("meetings.meeting.edited", matter)
        return act.changes(notes=_clashes(act, matter, draft))


def _call_again(act: Act, matter: MatterRecord, draft: MeetingDraft) -> None:
    meeting_agenda.clear(act, matter)
    _call_people(act, matter, draft)
    meeting_agenda.put(act, matter, draft.topics)
    if State(matter.state) is State.APPROVED:
        _admit(act, matter)


def _allowed(act: Act, matter_id: int, action: Action) -> tuple[MatterRecord, MeetingRecord]:
    matter = act.matter(matter_id)
    stepping.require(matters.allowed(matter, stepping.standing(act.session, matter), act.actor), action)
    return matter, act.session.get_one(MeetingRecord, matter_id)


def approve(office: Office, matter_id: int, opinion: str = "", *, verdict: Verdict = Verdict.AGREED) -> Changes:
    """同意召开, or 改视频召开: it gets its 第N次, and those called may know of it."""
    with office.act() as act:
        matter, record = _allowed(act, matter_id, Action.APPROVE)
        words = opinion or word(verdict)
        stepping.finish(act, matter, approving.waiting(act, matter), Said(words, Outcome.AGREED))
        record.verdict = verdict.value
        if verdict is Verdict.BY_VIDEO:
            record.form = MeetingForm.VIDEO.value
        record.ordinal = record.ordinal or meetings.last_ordinal(act.session, record.series) + 1
        _admit(act, matter)
        stepping.send_to_role(act, matter, StepKind.RECORD, Role.CONFERENCE_CLERK, due_on=matter.due_on)
        stepping.settle(act, matter, State.APPROVED)
        act.record("meetings.meeting.approved", matter, ordinal=record.ordinal, verdict=verdict.value)
        return act.changes()


def _admit(act: Act, matter: MatterRecord) -> None:
    """Everybody called by name who has an account may read what is on the table, topics of the pool too."""
    called = [a.person_id for a in meetings.attendees(act.session, matter.id) if a.person_id is not None]
    rows = people.persons(act.session, act.today, called)
    accounts = [row.account_id for row in rows if row.account_id is not None]
    sharing.add_readers(act, matter, accounts)
    for line in meeting_agenda.rows(act.office, act.session, matter.id):
        if line.topic_id is not None:
            sharing.add_readers(act, act.matter(line.topic_id), accounts)


def merge(office: Office, matter_id: int, into_id: int, opinion: str = "") -> Changes:
    """合并召开: not held by itself; its topics come on the agenda of another meeting."""
    with office.act() as act:
        matter, record = _allowed(act, matter_id, Action.MERGE)
        into = act.matter(into_id)
        if (
            into.kind != MatterKind.MEETING
            or into.id == matter.id
            or into.state
            not in (
                State.REQUESTED,
                State.APPROVED,
            )
        ):
            raise RuleError("meeting_merge_needs_other")
        said = Said(f"{opinion.strip() or word(Verdict.MERGED)}（并入{into.number}）", Outcome.REFUSED)
        stepping.finish(act, matter, approving.waiting(act, matter), said)
        record.verdict = Verdict.MERGED.value
        meeting_agenda.move(act, matter, into)
        entering.link(act, matter, into, LinkKind.MERGED_INTO)
        stepping.settle(act, matter, State.REFUSED)
        act.record("meetings.meeting.merged", matter, into=into.number)
        return act.changes()


def mergeable(office: Office, matter_id: int) -> tuple[MatterRow, ...]:
    """Meetings that another may be merged into: asked for or approved, not yet held."""
    with office.read() as session:
        found = meetings.coming(session, office.actor)
        return tuple(row for row in matters.rows(office, session, found) if row.id != matter_id)


def refuse(office: Office, matter_id: int, reason: str) -> Changes:
    """不开: not to be held, with the reason on record; its topics go back to the pool."""
    if not reason.strip():
        raise InvalidDraft({"opinion": "required"})
    with office.act() as act:
        matter, record = _allowed(act, matter_id, Action.REFUSE)
        stepping.finish(act, matter, approving.waiting(act, matter), Said(reason, Outcome.REFUSED))
        record.verdict = Verdict.DROPPED.value
        meeting_agenda.release(act, matter)
        stepping.settle(act, matter, State.REFUSED)
        act.record("meetings.meeting.refused", matter)
        return act.changes()


def sign_in(office: Office, matter_id: int, entries: Sequence[SignIn]) -> Changes:
    """签到: who came and when, who stood in for whom, who is on leave and why."""
    with office.act() as act:
        matter, _ = _allowed(act, matter_id, Action.SIGN_IN)
        lines = {a.id: a for a in meetings.attendees(act.session, matter_id)}
        rules.check_sign_in(entries, lines)
        for entry in entries:
            _sign(lines[entry.attendee_id], entry, act.at)
        act.record("meetings.meeting.signed_in", matter, lines=len(entries))
        return act.changes()


def _sign(line: AttendeeRecord, entry: SignIn, now: datetime) -> None:
    line.presence = entry.presence.value
    line.signed_at = (entry.signed_at or now) if entry.presence in rules.HERE else None
    line.stand_in = entry.stand_in.strip() if entry.presence is Presence.STOOD_IN else ""
    line.reason = entry.reason.strip()


def record(office: Office, matter_id: int, text: str) -> Changes:
    """会议记录: what was said, sealed to those who were there and whoever writes it; a later text is a new version."""
    if not text.strip():
        raise InvalidDraft({"text": "required"})
    with office.act() as act:
        matter, meeting = _allowed(act, matter_id, Action.RECORD)
        lines = meetings.attendees(act.session, matter_id)
        rules.check_held([Presence(line.presence) for line in lines])
        file = FileDraft("会议记录.txt", text.strip().encode(), ContentRole.RECORD)
        attachments.put(act, matter, ReadFile(file, "text/plain", text), meeting_audience.present(act, matter))
        meeting.recorder = act.actor.name
        for step in stepping.open_steps(act.session, matter_id, StepKind.RECORD):
            stepping.finish(act, matter, step, Said())
        if State(matter.state) is State.APPROVED:
            matter.due_on = None
            stepping.settle(act, matter, State.HELD)
        act.record("meetings.meeting.recorded", matter)
        return act.changes()


def decide(office: Office, matter_id: int, decisions: Sequence[DecisionDraft]) -> Changes:
    """议定事项: each becomes a task with a lead and a day, all of them or none."""
    _check_decisions(decisions, office)
    with office.act() as act:
        matter, _ = _allowed(act, matter_id, Action.DECIDE)
        topics = {topic.id for topic in meetings.topics(act.session, matter_id)}
        first = len(meetings.decisions(act.session, matter_id)) + 1
        for position, decision in enumerate(decisions, start=first):
            if decision.topic_id is not None and decision.topic_id not in topics:
                raise RuleError("topic_missing")
            task = supervision.create_in(act, _task(decision, matter))
            entering.link(act, task, matter, LinkKind.DECIDED_BY)
            act.session.add(
                DecisionRecord(meeting_id=matter_id, position=position, topic_id=decision.topic_id, task_id=task.id)
            )
        act.record("meetings.meeting.decided", matter, decisions=len(decisions))
        return act.changes()


def _check_decisions(decisions: Sequence[DecisionDraft], office: Office) -> None:
    if not decisions:
        raise InvalidDraft({"decisions": "required"})
    for position, decision in enumerate(decisions, start=1):
        try:
            task_rules.check(_draft(decision), office.today())
        except InvalidDraft as error:
            raise RuleError("decision_incomplete", position=position) from error


def _draft(decision: DecisionDraft) -> TaskDraft:
    return TaskDraft(
        source=TaskSource.MEETING,
        text=decision.text,
        due_on=decision.due_on,
        lead_unit=decision.lead_unit,
        lead_person_id=decision.lead_person_id,
        others=decision.others,
        leader=decision.leader,
    )


def _task(decision: DecisionDraft, meeting: MatterRecord) -> TaskDraft:
    """A task is as secret as the meeting that decided it."""
    return replace(_draft(decision), level=Classification(meeting.level), secrecy_years=meeting.secrecy_years)


def close(office: Office, matter_id: int) -> Changes:
    """办结: the papers of the meeting are complete; its tasks go on by themselves."""
    with office.act() as act:
        matter, _ = _allowed(act, matter_id, Action.CLOSE)
        meeting_running.check_cleared(act, matter)
        meeting_agenda.release(act, matter)
        stepping.done_at_once(act, matter, StepKind.CLOSE, Said())
        stepping.settle(act, matter, State.CLOSED)
        act.record("meetings.meeting.closed", matter)
        return act.changes()
