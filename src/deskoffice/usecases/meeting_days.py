"""The days of the leaders: activities, who is on duty, and where somebody would have to be in two places."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from deskoffice.domain import meeting_plan as rules
from deskoffice.domain.errors import RuleError
from deskoffice.domain.meeting_plan import DayKind, LeaderDay, LeaderDayRow
from deskoffice.domain.meetings import CalendarRow
from deskoffice.storage import meeting_plan as store
from deskoffice.storage import meetings, people
from deskoffice.storage.meeting_plan import LeaderDayRecord
from deskoffice.usecases import meeting_views
from deskoffice.usecases.office import CHINA, Act, Office
from deskoffice.vault.contents import Audience


@dataclass(frozen=True, slots=True)
class Clash:
    """Somebody is wanted at two places at one time, or a room is."""

    who: str
    """A person, or a room."""
    first: str
    second: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Wanted:
    """A person or a room, and what wants it when."""

    who: str
    what: str
    starts_at: datetime
    ends_at: datetime
    matter_id: int | None = None
    """The meeting; None for an activity of a leader."""


@dataclass(frozen=True, slots=True)
class Days:
    """Meetings and activities of a stretch of days, with what clashes."""

    first: date
    last: date
    meetings: tuple[CalendarRow, ...]
    leaders: tuple[LeaderDayRow, ...]
    clashes: tuple[Clash, ...]


def enter(office: Office, draft: LeaderDay) -> int:
    """登记领导活动 or 带班."""
    office.require(*rules.PLANNERS)
    rules.check_day(draft)
    with office.act() as act:
        day_id = enter_in(act, draft)
        act.record_other("meetings.day.entered", f"day:{day_id}")
        return day_id


def enter_in(act: Act, draft: LeaderDay) -> int:
    """The transaction's part of `enter`."""
    words = json.dumps([draft.what.strip(), draft.place.strip(), draft.attendants.strip()], ensure_ascii=False)
    record = LeaderDayRecord(
        person_id=draft.person_id,
        kind=draft.kind.value,
        starts_at=draft.starts_at,
        ends_at=draft.ends_at,
        text_content_id=act.office.vault.contents.put_text(act.session, words, Audience.everyone()),
    )
    act.session.add(record)
    act.session.flush()
    return record.id


def remove(office: Office, day_id: int) -> None:
    """Take an activity off: it was put off or entered by mistake."""
    office.require(*rules.PLANNERS)
    with office.act() as act:
        record = act.session.get(LeaderDayRecord, day_id)
        if record is None:
            raise RuleError("check_item_missing")
        content_id = record.text_content_id
        act.session.delete(record)
        act.session.flush()
        office.vault.contents.delete(act.session, content_id)
        act.record_other("meetings.day.removed", f"day:{day_id}")


def between(office: Office, first: date, last: date) -> Days:
    """Everything on the days between two, both included."""
    begin = datetime.combine(first, time(), CHINA)
    end = datetime.combine(last + timedelta(days=1), time(), CHINA)
    held = meeting_views.calendar(office, first, last)
    with office.read() as session:
        leaders = _rows(office, session, store.days(session, begin, end))
        found = _wanted(session, held, leaders)
    return Days(first, last, held, leaders, _clashes(found))


def wanted(office: Office, starts_at: datetime, ends_at: datetime) -> tuple[Wanted, ...]:
    """Who and which room is wanted in a stretch of time."""
    held = meeting_views.calendar(office, starts_at.date(), ends_at.date())
    with office.read() as session:
        found = _wanted(session, held, _rows(office, session, store.days(session, starts_at, ends_at)))
    return tuple(one for one in found if one.starts_at < ends_at and one.ends_at > starts_at)


def _rows(office: Office, session: Session, records: Sequence[LeaderDayRecord]) -> tuple[LeaderDayRow, ...]:
    texts = office.vault.contents.texts(session, [record.text_content_id for record in records])
    known = {row.id: row for row in people.persons(session, office.today(), {r.person_id for r in records})}
    found = []
    for record in records:
        what, place, attendants = json.loads(texts.get(record.text_content_id, '["","",""]'))
        person = known.get(record.person_id)
        found.append(
            LeaderDayRow(
                id=record.id,
                person_id=record.person_id,
                person=person.name if person else "",
                post=person.post if person else "",
                kind=DayKind(record.kind),
                starts_at=record.starts_at.astimezone(CHINA),
                ends_at=record.ends_at.astimezone(CHINA),
                what=what,
                place=place,
                attendants=attendants,
            )
        )
    return tuple(found)


def _wanted(session: Session, held: Sequence[CalendarRow], leaders: Sequence[LeaderDayRow]) -> list[Wanted]:
    """Each person and room with what wants them; being on duty wants nobody elsewhere."""
    found = [
        Wanted(one.person, one.what, one.starts_at, one.ends_at) for one in leaders if one.kind is DayKind.ACTIVITY
    ]
    for meeting in held:
        names = [line.person for line in meetings.attendees(session, meeting.row.id) if line.person]
        span = meeting.row.title, meeting.starts_at, meeting.ends_at, meeting.row.id
        found += [Wanted(who, *span) for who in (*names, meeting.place)]
    return found


def _clashes(wanted: Sequence[Wanted]) -> tuple[Clash, ...]:
    by_who: dict[str, list[Wanted]] = {}
    for one in sorted(wanted, key=lambda one: one.starts_at):
        by_who.setdefault(one.who, []).append(one)
    found = [
        Clash(who, first.what, second.what, second.starts_at)
        for who, all_of_them in by_who.items()
        for at, second in enumerate(all_of_them)
        for first in all_of_them[:at]
        if first.ends_at > second.starts_at
    ]
    return tuple(sorted(found, key=lambda clash: clash.at))
