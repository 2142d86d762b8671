"""Who may read what was said in a meeting: those who were there, and whoever writes it down."""

from deskoffice.domain.meetings import Presence
from deskoffice.storage import meetings, people
from deskoffice.storage.matters import MatterRecord
from deskoffice.storage.meetings import MeetingRecord
from deskoffice.usecases.office import Act
from deskoffice.vault.contents import Audience


def present(act: Act, matter: MatterRecord) -> Audience:
    """The accounts of those present and of the chair, and the one who writes."""
    meeting = act.session.get_one(MeetingRecord, matter.id)
    lines = meetings.attendees(act.session, matter.id)
    there = {line.person_id for line in lines if line.presence == Presence.PRESENT} | {meeting.chair_id}
    rows = people.persons(act.session, act.today, [person_id for person_id in there if person_id is not None])
    accounts = {row.account_id for row in rows if row.account_id is not None}
    return Audience.only(*accounts, act.actor.account_id)
