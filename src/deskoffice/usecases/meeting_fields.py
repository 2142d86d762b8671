"""The fields of a meeting as its card shows them."""

from datetime import datetime

from sqlalchemy.orm import Session

from deskoffice.domain.meetings import HERE, AttendeeStanding, MeetingForm, MeetingSeries, Presence, ordinal_name
from deskoffice.domain.values import chinese_date
from deskoffice.storage import meetings
from deskoffice.storage.matters import MatterRecord
from deskoffice.storage.meetings import AttendeeRecord, MeetingRecord
from deskoffice.storage.people import PersonRecord
from deskoffice.usecases.office import CHINA
from deskoffice.usecases.words import word


def span(starts_at: datetime, ends_at: datetime) -> str:
    """`2026年11月23日9:00—11:30`, with the second day where it is another."""
    first, last = starts_at.astimezone(CHINA), ends_at.astimezone(CHINA)
    until = "" if first.date() == last.date() else chinese_date(last.date())
    return f"{chinese_date(first.date())}{first:%H:%M}—{until}{last:%H:%M}"


def called(attendee: AttendeeRecord) -> str:
    """A person, or the unit that sends somebody."""
    return attendee.person or attendee.unit


def fields(session: Session, matter: MatterRecord) -> list[tuple[str, str]]:
    """Codes and texts, only those that say something."""
    record = session.get_one(MeetingRecord, matter.id)
    attendees = meetings.attendees(session, matter.id)
    members = [called(a) for a in attendees if a.standing == AttendeeStanding.MEMBER]
    came = [a for a in attendees if Presence(a.presence) in HERE]
    found = [
        ("series", ordinal_name(word(MeetingSeries(record.series)), record.ordinal)),
        ("time", span(record.starts_at, record.ends_at)),
        ("place", record.place),
        ("form", word(MeetingForm(record.form))),
        ("chair", session.get_one(PersonRecord, record.chair_id).name),
        ("attendees", "、".join(members)),
        ("present", f"应到{len(attendees)}，到会{len(came)}" if came else ""),
        ("recorder", record.recorder),
    ]
    return [(code, text) for code, text in found if text]
