"""A meeting to look at: its page, its place in the calendar, what it and the meetings before it decided."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from deskoffice.domain.errors import RuleError
from deskoffice.domain.matters import ContentRole, LinkKind, MatterKind, MatterRow, StepKind
from deskoffice.domain.meetings import (
    AttendeeRow,
    AttendeeStanding,
    CalendarRow,
    DecidedRow,
    DecisionRow,
    MeetingClass,
    MeetingDetail,
    MeetingDraft,
    MeetingForm,
    MeetingSeries,
    Presence,
    TopicDraft,
    Verdict,
    ordinal_name,
)
from deskoffice.storage import matter_queries, meetings
from deskoffice.storage.matters import MatterRecord, StepRecord
from deskoffice.storage.meeting_plan import PlanUseRecord
from deskoffice.storage.meetings import AttendeeRecord, DecisionRecord, MeetingRecord
from deskoffice.storage.people import PersonRecord
from deskoffice.storage.supervision import TaskRecord
from deskoffice.usecases import attachments, matters, meeting_agenda
from deskoffice.usecases.office import CHINA, Office
from deskoffice.usecases.words import word


def detail(office: Office, matter_id: int) -> MeetingDetail:
    """Everything on the page of a meeting beside its card; decisions with the state of their tasks."""
    with office.read() as session:
        return detail_in(office, session, _matter(office, session, matter_id))


def _matter(office: Office, session: Session, matter_id: int) -> MatterRecord:
    matter = matter_queries.get(session, matter_id, office.actor)
    if matter is None or matter.kind != MatterKind.MEETING:
        raise RuleError("matter_missing")
    return matter


def detail_in(office: Office, session: Session, matter: MatterRecord) -> MeetingDetail:
    """The same inside a transaction."""
    record = session.get_one(MeetingRecord, matter.id)
    return MeetingDetail(
        row=matters.rows(office, session, [matter])[0],
        series=MeetingSeries(record.series),
        ordinal=record.ordinal,
        place=record.place,
        starts_at=record.starts_at.astimezone(CHINA),
        ends_at=record.ends_at.astimezone(CHINA),
        form=MeetingForm(record.form),
        chair_id=record.chair_id,
        chair=session.get_one(PersonRecord, record.chair_id).name,
        recorder=record.recorder,
        size=record.size,
        grounds=_grounds(office, session, matter.id),
        attendees=tuple(_attendee(line) for line in meetings.attendees(session, matter.id)),
        topics=meeting_agenda.rows(office, session, matter.id),
        decisions=decisions_of(office, session, [matter.id]),
        meeting_class=MeetingClass(record.meeting_class),
        cost=record.cost,
        funding=record.funding,
        verdict=Verdict(record.verdict),
        plan_id=_plan_id(session, matter.id),
        carried=_carried(office, session, record),
        minutes=minutes_in(office, session, matter.id),
    )


def _plan_id(session: Session, matter_id: int) -> int | None:
    known = session.get(PlanUseRecord, matter_id)
    return known.plan_id if known else None


def minutes_in(office: Office, session: Session, matter_id: int) -> MatterRow | None:
    """The outgoing paper of the minutes of a meeting, where this account may know it."""
    for link, matter in matter_queries.linked(session, matter_id, office.actor):
        if link.kind == LinkKind.MINUTES_OF and link.to_id == matter_id:
            return matters.rows(office, session, [matter])[0]
    return None


def _carried(office: Office, session: Session, record: MeetingRecord) -> tuple[DecisionRow, ...]:
    """All that the last meeting decided, and what of the earlier ones is still open."""
    earlier = [meeting.matter_id for meeting in meetings.before(session, record, office.actor)]
    if not earlier:
        return ()
    records = meetings.lines_of(session, earlier)
    tasks = matters.matter_rows_by_id(office, session, [line.task_id for line in records])
    # What is done of the older ones is not even read: a year of meetings has hundreds.
    shown = [
        line
        for line in sorted(records, key=lambda line: earlier.index(line.meeting_id))
        if line.task_id in tasks and (line.meeting_id == earlier[0] or tasks[line.task_id].closed_on is None)
    ]
    return _decisions(office, session, shown, tasks)


def _grounds(office: Office, session: Session, matter_id: int) -> str:
    steps = matters.step_rows(office, session, matter_id)
    return next((step.opinion or "" for step in steps if step.kind is StepKind.REQUEST), "")


def _attendee(line: AttendeeRecord) -> AttendeeRow:
    return AttendeeRow(
        id=line.id,
        standing=AttendeeStanding(line.standing),
        person_id=line.person_id,
        person=line.person,
        post=line.post,
        unit=line.unit,
        presence=Presence(line.presence),
        signed_at=line.signed_at.astimezone(CHINA) if line.signed_at else None,
        stand_in=line.stand_in,
        reason=line.reason,
    )


def decisions_of(office: Office, session: Session, meeting_ids: Sequence[int]) -> tuple[DecisionRow, ...]:
    """What some meetings decided, as far as this account may know the tasks."""
    records = meetings.lines_of(session, meeting_ids)
    tasks = matters.matter_rows_by_id(office, session, [record.task_id for record in records])
    return _decisions(office, session, [record for record in records if record.task_id in tasks], tasks)


def _decisions(
    office: Office, session: Session, records: Sequence[DecisionRecord], tasks: Mapping[int, MatterRow]
) -> tuple[DecisionRow, ...]:
    texts = _task_texts(office, session, [record.task_id for record in records])
    return tuple(_decision(session, record, tasks, texts.get(record.task_id, "")) for record in records)


def _decision(session: Session, record: DecisionRecord, tasks: Mapping[int, MatterRow], text: str) -> DecisionRow:
    row, task = tasks[record.task_id], session.get_one(TaskRecord, record.task_id)
    leads = row.unit
    if task.lead_person_id is not None:
        leads = f"{row.unit}{session.get_one(PersonRecord, task.lead_person_id).name}"
    return DecisionRow(
        position=record.position,
        topic_id=record.topic_id,
        text=text,
        leads=leads,
        others=tuple(task.others.splitlines()),
        task=row,
        leader=task.leader,
    )


def all_decisions(office: Office) -> tuple[DecidedRow, ...]:
    """议定事项: every decision with its meeting, the newest meeting first."""
    with office.read() as session:
        found = meetings.decided(session, office.actor)
        tasks = matters.matter_rows_by_id(office, session, [line.task_id for line, _, _ in found])
        rows = {row.id: row for row in matters.rows(office, session, list({m.id: m for _, _, m in found}.values()))}
        texts = _task_texts(office, session, list(tasks))
        return tuple(
            DecidedRow(
                meeting=rows[matter.id],
                name=ordinal_name(word(MeetingSeries(meeting.series)), meeting.ordinal),
                held_on=meeting.starts_at.astimezone(CHINA).date(),
                decision=_decision(session, line, tasks, texts.get(line.task_id, "")),
            )
            for line, meeting, matter in found
            if line.task_id in tasks
        )


def _task_texts(office: Office, session: Session, task_ids: Sequence[int]) -> dict[int, str]:
    """What each task is, in the words of the step that entered it; opened together."""
    query = select(StepRecord.matter_id, StepRecord.opinion_content_id).where(
        StepRecord.matter_id.in_(task_ids), StepRecord.kind == StepKind.REGISTER.value
    )
    sealed = {row.matter_id: row.opinion_content_id for row in session.execute(query) if row.opinion_content_id}
    texts = office.vault.contents.texts(session, sealed.values())
    return {task_id: texts.get(content_id, "") for task_id, content_id in sealed.items()}


def draft_of(office: Office, matter_id: int) -> MeetingDraft:
    """What was typed, to be shown in the form again."""
    found = detail(office, matter_id)
    people = {
        standing: tuple(a.person_id for a in found.attendees if a.standing is standing and a.person_id is not None)
        for standing in AttendeeStanding
    }
    return MeetingDraft(
        series=found.series,
        title=found.row.title,
        place=found.place,
        starts_at=found.starts_at,
        ends_at=found.ends_at,
        chair_id=found.chair_id,
        grounds=found.grounds,
        unit=found.row.unit,
        ordinal=found.ordinal,
        form=found.form,
        attendee_ids=people[AttendeeStanding.MEMBER],
        sitting_in_ids=people[AttendeeStanding.SITTING_IN],
        units=tuple(a.unit for a in found.attendees if a.person_id is None),
        topics=tuple(TopicDraft(one.title, one.reporter, one.units, one.topic_id) for one in found.topics),
        size=found.size,
        level=found.row.level,
        secrecy_years=found.row.secrecy_years,
        meeting_class=found.meeting_class,
        cost=found.cost,
        funding=found.funding,
        plan_id=found.plan_id,
    )


def calendar(office: Office, first: date, last: date) -> tuple[CalendarRow, ...]:
    """Meetings on the days between two, both included."""
    begin = datetime.combine(first, time(), CHINA)
    end = datetime.combine(last + timedelta(days=1), time(), CHINA)
    with office.read() as session:
        found = meetings.between(session, begin, end, office.actor)
        rows = matters.rows(office, session, [matter for matter, _ in found])
        return tuple(
            CalendarRow(
                row,
                MeetingSeries(m.series),
                m.starts_at.astimezone(CHINA),
                m.ends_at.astimezone(CHINA),
                m.place,
                session.get_one(PersonRecord, m.chair_id).name,
            )
            for row, (_, m) in zip(rows, found, strict=True)
        )


def text_of(office: Office, matter_id: int, role: ContentRole) -> str:
    """The newest record or minutes as text, to be gone on with; empty when there is none."""
    with office.act() as act:
        matter = act.matter(matter_id)
        piece = attachments.latest(act.session, matter.id, role)
        if piece is None:
            return ""
        act.record_other("matter.content.opened", f"matter:{matter.id}", content=piece.content_id)
        return office.vault.contents.open(act.session, piece.content_id).data.decode()
