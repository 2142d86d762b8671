"""会议纪要: drafted from topics and decisions, issued as an outgoing paper of its own level, taken apart by unit."""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from deskoffice.domain.circulation import outgoing as outgoing_rules
from deskoffice.domain.circulation.outgoing import DocumentKind, OutgoingDraft
from deskoffice.domain.errors import InvalidDraft, RuleError
from deskoffice.domain.matters import Action, Changes, ContentRole, LinkKind, MatterKind, MatterRow, State
from deskoffice.domain.meetings import MeetingDetail, MeetingSeries, ordinal_name
from deskoffice.domain.numbering import SeriesDraft
from deskoffice.domain.people import check_clearance
from deskoffice.domain.values import Classification
from deskoffice.storage import people
from deskoffice.storage.matters import MatterRecord
from deskoffice.storage.series import SeriesRecord
from deskoffice.usecases import entering, matters, meeting_views, settings, sharing, stepping
from deskoffice.usecases.circulation import outgoing
from deskoffice.usecases.circulation.outgoing_draft import draft_of
from deskoffice.usecases.meeting_wording import drafted
from deskoffice.usecases.office import Act, Office
from deskoffice.usecases.words import word

OWN_BODY = frozenset({MeetingSeries.DIRECTOR, MeetingSeries.REGULAR})
"""Meetings of the office itself; the others are the government's."""


def begin(office: Office, matter_id: int) -> str:
    """The minutes as they stand, or as topics and decisions make them; a person edits them before they are issued."""
    return text_of(office, matter_id) or drafted(meeting_views.detail(office, matter_id))


def text_of(office: Office, matter_id: int) -> str:
    """The text of the minutes; empty when there are none."""
    paper = paper_of(office, matter_id)
    if paper is not None:
        return draft_of(office, paper.id).body_text
    # A vault from before minutes were papers of their own.
    return meeting_views.text_of(office, matter_id, ContentRole.MINUTES)


def paper_of(office: Office, matter_id: int) -> MatterRow | None:
    """The outgoing paper of the minutes, where this account may know it."""
    with office.read() as session:
        return meeting_views.minutes_in(office, session, matter_id)


def write(
    office: Office,
    matter_id: int,
    text: str,
    *,
    level: Classification | None = None,
    secrecy_years: int | None = None,
) -> Changes:
    """拟写纪要: an outgoing paper linked to the meeting, handed in for review; returned ones are handed in again."""
    if not text.strip():
        raise InvalidDraft({"text": "required"})
    paper = paper_of(office, matter_id)
    if paper is None:
        changes = _create(office, matter_id, text, level, secrecy_years)
    else:
        changes = _rewrite(office, matter_id, paper, text)
    handed_in = outgoing.submit(office, changes.matter_ids[0])
    return Changes((matter_id, *handed_in.matter_ids), changes.number)


def _rewrite(office: Office, matter_id: int, paper: MatterRow, text: str) -> Changes:
    if paper.state is not State.DRAFTING:
        raise RuleError("minutes_in_review")
    with office.act() as act:
        _require(act, act.matter(matter_id))
    outgoing.edit(office, paper.id, replace(draft_of(office, paper.id), body_text=text.strip()))
    return Changes((paper.id,))


def _require(act: Act, meeting: MatterRecord) -> None:
    standing = stepping.standing(act.session, meeting)
    stepping.require(matters.allowed(meeting, standing, act.actor), Action.MINUTES)


def _create(
    office: Office, matter_id: int, text: str, level: Classification | None, secrecy_years: int | None
) -> Changes:
    found = meeting_views.detail(office, matter_id)
    own = found.row.level if level is None else level
    years = found.row.secrecy_years if level is None else secrecy_years
    check_clearance(office.actor.clearance, own)
    with office.act() as act:
        meeting = act.matter(matter_id)
        _require(act, meeting)
        draft = OutgoingDraft(
            kind=DocumentKind.MINUTES,
            title=f"{ordinal_name(word(found.series), found.ordinal)}纪要",
            series_id=_series(act, found).id,
            body_text=text.strip(),
            copy_to=_distribution(found),
            level=own,
            secrecy_years=years,
            printed_copies=max(1, len(found.attendees)),
            retention="永久",
        )
        outgoing_rules.check(draft)
        paper_id = outgoing.create_in(act, draft).matter_ids[0]
        _admit(act, meeting, act.matter(paper_id))
        stepping.settle(act, meeting, State.MINUTED)
        act.record("meetings.meeting.minuted", meeting)
        return Changes((paper_id, matter_id))


def _distribution(found: MeetingDetail) -> tuple[str, ...]:
    """Units that were called, report or have something to do (抄送)."""
    units = [attendee.unit for attendee in found.attendees if attendee.person_id is None]
    units += [unit for topic in found.topics for unit in topic.units]
    for decision in found.decisions:
        units += [decision.task.unit, *decision.others]
    return tuple(dict.fromkeys(unit for unit in units if unit))


def _admit(act: Act, meeting: MatterRecord, paper: MatterRecord) -> None:
    """Who may read the meeting may read its minutes, up to the own clearance."""
    entering.link(act, paper, meeting, LinkKind.MINUTES_OF)
    if paper.office_wide:
        return
    cleared = {row.id for row in people.accounts(act.session) if row.clearance >= paper.level}
    sharing.add_readers(act, paper, sharing.readers(act.session, meeting) & cleared)


def _series(act: Act, found: MeetingDetail) -> SeriesRecord:
    """Each round of meetings numbers its own minutes; the series is made when the first are written."""
    name = f"{word(found.series)}纪要"
    query = select(SeriesRecord).where(SeriesRecord.code == name)
    record = act.session.scalars(query).first()
    return record or settings.add_series_in(act, SeriesDraft(MatterKind.OUTGOING, name, name, mark(act.session, found)))


def mark(session: Session, found: MeetingDetail) -> str:
    """The red words over the minutes: `河东县人民政府常务会议纪要`."""
    office = settings.settings_in(session).office_name
    body = office if found.series in OWN_BODY else office.removesuffix("办公室")
    series = word(found.series)
    return f"{body}{series if series.endswith('会议') else f'{series}议'}纪要"


def units_of(found: MeetingDetail) -> tuple[str, ...]:
    """Units that have something to do after a meeting, in the order of the decisions."""
    units: list[str] = []
    for decision in found.decisions:
        units += [decision.task.unit, *decision.others]
    return tuple(dict.fromkeys(unit for unit in units if unit))
