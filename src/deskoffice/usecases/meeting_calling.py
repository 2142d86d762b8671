"""Calling a meeting quickly: as the last of its series, again on fixed days, and who would be wanted twice."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from deskoffice.domain import meeting_rounds
from deskoffice.domain import meetings as rules
from deskoffice.domain.matters import Changes
from deskoffice.domain.meeting_rounds import Repeat
from deskoffice.domain.meetings import MeetingDraft, MeetingSeries
from deskoffice.domain.people import check_clearance
from deskoffice.storage import meetings as store
from deskoffice.storage import people
from deskoffice.usecases import deadlines, meeting_days, meeting_views, meetings
from deskoffice.usecases.meeting_days import Wanted
from deskoffice.usecases.office import Office


@dataclass(frozen=True, slots=True)
class Taking:
    """The room and the people that a meeting would take, as far as it is typed."""

    starts_at: datetime
    ends_at: datetime
    place: str
    person_ids: frozenset[int]
    without: int | None = None
    """The meeting that is being changed: it does not clash with itself."""


def as_last_time(office: Office, series: MeetingSeries) -> MeetingDraft | None:
    """The last meeting of a series as a draft for the next: the same people, room and grounds, no topics."""
    with office.read() as session:
        last = store.latest(session, series, office.actor)
    if last is None:
        return None
    return replace(meeting_views.draft_of(office, last), ordinal=None, topics=(), plan_id=None)


def taken(office: Office, taking: Taking) -> tuple[Wanted, ...]:
    """What wants the room or one of the people at that time already, activities of the leaders too."""
    if taking.ends_at <= taking.starts_at:
        return ()
    with office.read() as session:
        known = people.persons(session, office.today(), taking.person_ids) if taking.person_ids else ()
    who = {taking.place.strip(), *(row.name for row in known)} - {""}
    found = meeting_days.wanted(office, taking.starts_at, taking.ends_at)
    return tuple(one for one in found if one.who in who and (one.matter_id or 0) != taking.without)


def call_round(
    office: Office, draft: MeetingDraft, repeat: Repeat, times: int, *, approver_id: int | None = None
) -> Changes:
    """固定会议: all meetings of a round at once, each to be approved; a day off moves to the next working day."""
    office.require(*rules.CALLERS)
    rules.check(draft)
    check_clearance(office.actor.clearance, draft.level)
    with office.act() as act:
        calendar = deadlines.calendar_from(act.session, draft.starts_at.date())
        days = meeting_rounds.days(draft.starts_at.date(), repeat, times, calendar.is_workday)
        called = [
            meetings.call_in(act, _held_on(draft if at == 0 else _later(draft), on), approver_id=approver_id)
            for at, on in enumerate(days)
        ]
    numbers = dict.fromkeys((called[0].number, called[-1].number))
    ids = dict.fromkeys(matter_id for one in called for matter_id in one.matter_ids)
    notes = dict.fromkeys(note for one in called for note in one.notes)
    return Changes(tuple(ids), "至".join(numbers), tuple(notes))


def _held_on(draft: MeetingDraft, on: date) -> MeetingDraft:
    """At the same hours of another day."""
    starts_at = draft.starts_at.replace(year=on.year, month=on.month, day=on.day)
    return replace(draft, starts_at=starts_at, ends_at=starts_at + (draft.ends_at - draft.starts_at))


def _later(draft: MeetingDraft) -> MeetingDraft:
    """The topics and the entry of the plan are those of the first; the others count on by themselves."""
    return replace(draft, ordinal=None, topics=(), plan_id=None)
