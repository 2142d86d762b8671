"""A meeting to look at: its page, its place in the calendar, and the minutes that topics and decisions make."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from deskoffice.domain.errors import RuleError
from deskoffice.domain.matters import ContentRole, MatterKind, StepKind
from deskoffice.domain.meetings import (
    AttendeeRow,
    AttendeeStanding,
    CalendarRow,
    DecisionRow,
    MeetingDetail,
    MeetingDraft,
    MeetingForm,
    MeetingSeries,
    Presence,
    TopicDraft,
    TopicRow,
    ordinal_name,
)
from deskoffice.domain.values import chinese_date
from deskoffice.storage import matter_queries, meetings
from deskoffice.storage.matters import MatterRecord
from deskoffice.storage.meetings import AttendeeRecord, MeetingRecord
from deskoffice.storage.people import PersonRecord
from deskoffice.storage.supervision import TaskRecord
from deskoffice.usecases import attachments, matters
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
        topics=_topics(office, session, matter.id),
        decisions=_decisions(office, session, matter.id),
    )


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


def _topics(office: Office, session: Session, matter_id: int) -> tuple[TopicRow, ...]:
    records = meetings.topics(session, matter_id)
    titles = office.vault.contents.texts(session, [record.title_content_id for record in records])
    return tuple(
        TopicRow(r.id, titles.get(r.title_content_id, ""), r.reporter, tuple(r.units.splitlines())) for r in records
    )


def _decisions(office: Office, session: Session, matter_id: int) -> tuple[DecisionRow, ...]:
    records = meetings.decisions(session, matter_id)
    tasks = matters.matter_rows_by_id(office, session, [record.task_id for record in records])
    return tuple(
        DecisionRow(
            position=record.position,
            topic_id=record.topic_id,
            text=_task_text(office, session, record.task_id),
            leads=tasks[record.task_id].unit,
            others=tuple(session.get_one(TaskRecord, record.task_id).others.splitlines()),
            task=tasks[record.task_id],
        )
        for record in records
        if record.task_id in tasks
    )


def _task_text(office: Office, session: Session, task_id: int) -> str:
    steps = matters.step_rows(office, session, task_id)
    return next((step.opinion or "" for step in steps if step.kind is StepKind.REGISTER), "")


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
        topics=tuple(TopicDraft(topic.title, topic.reporter, topic.units) for topic in found.topics),
        size=found.size,
        level=found.row.level,
        secrecy_years=found.row.secrecy_years,
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
                row, MeetingSeries(m.series), m.starts_at.astimezone(CHINA), m.ends_at.astimezone(CHINA), m.place
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


def drafted_minutes(office: Office, matter_id: int) -> str:
    """The minutes as topics and decisions make them; a person edits them before they are issued."""
    found = detail(office, matter_id)
    by_topic: dict[int | None, list[DecisionRow]] = {}
    for decision in found.decisions:
        by_topic.setdefault(decision.topic_id, []).append(decision)
    parts = [_opening(found)]
    for number, topic in enumerate(found.topics, start=1):
        parts.append(f"{_numeral(number)}、{topic.title}")
        parts += _agreed(by_topic, topic.id)
    if by_topic.get(None):
        parts += ["会议还议定以下事项", *_agreed(by_topic, None)] if found.topics else _agreed(by_topic, None)
    return "\n".join([*parts, *_lists(found)])


def _opening(found: MeetingDetail) -> str:
    name = ordinal_name(word(found.series), found.ordinal)
    day = chinese_date(found.starts_at.date())
    subjects = "、".join(topic.title for topic in found.topics)
    about = f"研究了{subjects}等事项。" if subjects else ""
    return f"{day}，{found.chair}在{found.place}主持召开{name}。{about}现将会议议定事项纪要如下。"


def _agreed(by_topic: Mapping[int | None, list[DecisionRow]], topic_id: int | None) -> list[str]:
    return [f"会议议定，{_sentence(decision)}" for decision in by_topic.get(topic_id, ())]


def _sentence(decision: DecisionRow) -> str:
    text = decision.text.strip().rstrip("。")
    with_others = f"，{'、'.join(decision.others)}配合" if decision.others else ""
    until = f"，于{chinese_date(decision.task.due_on)}前完成" if decision.task.due_on else ""
    return f"{text}。由{decision.leads}牵头{with_others}{until}。"


def _lists(found: MeetingDetail) -> Iterable[str]:
    """出席、列席、请假 as the minutes end (GB/T 9704-2012 10.3)."""
    members = [a for a in found.attendees if a.standing is AttendeeStanding.MEMBER and a.is_represented]
    sitting = [a for a in found.attendees if a.standing is AttendeeStanding.SITTING_IN and a.is_represented]
    leave = [a for a in found.attendees if a.presence is Presence.ON_LEAVE]
    lists = (("出席", members), ("列席", sitting), ("请假", leave))
    return [f"{label}：{'、'.join(_name(a) for a in people)}" for label, people in lists if people]


def _name(attendee: AttendeeRow) -> str:
    if attendee.presence is Presence.STOOD_IN:
        return f"{attendee.stand_in}（代{attendee.person or attendee.unit}）"
    return attendee.person or attendee.unit


_DIGITS = "零一二三四五六七八九"


def _numeral(number: int) -> str:
    """1 to 99 as headings are numbered: 一、二、…、十一."""
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
