"""Printed lists of meetings: notices told, duties, papers and telephones, seats, votes, extracts, the week's work."""

from collections.abc import Callable, Sequence
from datetime import datetime

from deskoffice.domain import meeting_seating
from deskoffice.domain.errors import RuleError
from deskoffice.domain.matters import MatterKind
from deskoffice.domain.meeting_running import Layout, Running, in_order
from deskoffice.domain.meeting_topics import MajorKind, Vote
from deskoffice.domain.meetings import (
    HERE,
    AttendeeRow,
    AttendeeStanding,
    DecisionRow,
    MeetingDetail,
    TopicRow,
    ordinal_name,
)
from deskoffice.domain.values import chinese_date, secrecy_mark
from deskoffice.paper.forms import FORMS, special
from deskoffice.paper.forms.model import FieldValue, fields_of
from deskoffice.storage.matters import MatterRecord
from deskoffice.usecases import meeting_minutes, meeting_running, meeting_views, printing
from deskoffice.usecases.meeting_fields import span
from deskoffice.usecases.meeting_topic_fields import money
from deskoffice.usecases.office import Act, Office
from deskoffice.usecases.previews import PdfPaper
from deskoffice.usecases.words import word

Values = dict[str, FieldValue]
Filling = Callable[[MeetingDetail, Running], Values]


def _of_meeting(office: Office, matter_id: int, form: str, filling: Filling) -> PdfPaper:
    running = meeting_running.running(office, matter_id)

    def reading(act: Act, matter: MatterRecord) -> Values:
        found = meeting_views.detail_in(act.office, act.session, matter)
        head = {"title": found.row.title, "time": span(found.starts_at, found.ends_at), "place": found.place}
        known = fields_of(FORMS[form])
        return {**{code: text for code, text in head.items() if code in known}, **filling(found, running)}

    return printing.printed(office, matter_id, MatterKind.MEETING, form, reading)


def _moment(at: datetime | None) -> str:
    return f"{at.month}月{at.day}日{at:%H:%M}" if at else ""


def _name(attendee: AttendeeRow) -> str:
    return attendee.stand_in or attendee.person


def notice_log(office: Office, matter_id: int) -> PdfPaper:
    """会议通知落实情况表: who was told by whom, and what was answered."""
    return _of_meeting(office, matter_id, "notice_log", _notice_log)


def _notice_log(found: MeetingDetail, running: Running) -> Values:
    lines = []
    for number, attendee in enumerate(found.attendees, start=1):
        told = running.last_told(attendee.id)
        line = {"number": str(number), "unit": attendee.unit, "name": attendee.person}
        if told is not None:
            answer = "，".join(part for part in (word(told.answer), told.said) if part)
            line |= {"told_at": _moment(told.at), "way": word(told.way), "told_by": told.by}
            line |= {"to_whom": told.to_whom, "answer": answer}
        lines.append(line)
    return {"people": lines}


def duties(office: Office, matter_id: int) -> PdfPaper:
    """会务任务分工表: before, during and after, with person and time."""
    return _of_meeting(office, matter_id, "meeting_duties", _duties)


def _duties(found: MeetingDetail, running: Running) -> Values:
    del found
    return {
        "items": [
            {
                "phase": word(item.phase),
                "text": item.text,
                "person": item.person,
                "due": _moment(item.due_at),
                "done": f"{_moment(item.done_at)} {item.done_by}".strip(),
            }
            for item in running.checklist
        ]
    }


def materials(office: Office, matter_id: int) -> PdfPaper:
    """会议材料发放收回登记表, by number."""
    return _of_meeting(office, matter_id, "meeting_materials", _materials)


def _materials(found: MeetingDetail, running: Running) -> Values:
    called = {attendee.id: attendee for attendee in found.attendees}
    lines = []
    for one in running.given:
        attendee, ended = called[one.attendee_id], one.copy.ended_on
        returned = f"{ended.month}月{ended.day}日" if ended else ""
        line = {"number": one.copy.copy_number, "unit": attendee.unit, "name": _name(attendee), "returned": returned}
        lines.append(line)
    return {"people": lines}


def phones(office: Office, matter_id: int) -> PdfPaper:
    """手机寄存登记表."""
    return _of_meeting(office, matter_id, "phone_deposit", _phones)


def _phones(found: MeetingDetail, running: Running) -> Values:
    kept = {row.attendee_id: row for row in running.phones}
    lines = []
    for attendee in found.attendees:
        row = kept.get(attendee.id)
        times = {"slot": row.slot, "put_at": f"{row.put_at:%H:%M}"} if row else {}
        taken = {"taken_at": f"{row.taken_at:%H:%M}"} if row and row.taken_at else {}
        lines.append({"unit": attendee.unit, "name": _name(attendee), **times, **taken})
    return {"people": lines}


def seat_plan(office: Office, matter_id: int, layout: Layout = Layout.TABLE) -> PdfPaper:
    """座次图 by rank, the left hand of the chair before the right (左为上)."""
    return _of_meeting(office, matter_id, "seat_plan", lambda found, _: _seats(found, layout))


def _seats(found: MeetingDetail, layout: Layout) -> Values:
    ranked = in_order(found.attendees, found.chair_id)
    members = sum(one.standing is AttendeeStanding.MEMBER for one in ranked)
    plan = meeting_seating.plan([_name(one) or one.unit for one in ranked], members, layout)
    table = " ".join(f"{x:.1f},{y:.1f}" for x, y in plan.table)
    return {
        "people": [
            {"name": one.name, "x": f"{one.x:.2f}", "y": f"{one.y:.2f}", "wide": f"{one.width:.2f}", "table": table}
            for one in plan.seats
        ]
    }


def week_list(office: Office, matter_id: int) -> PdfPaper:
    """周工作清单: what the last meeting asked for and what became of it; what this one asks for."""

    def filling(found: MeetingDetail, running: Running) -> Values:
        del running
        return {
            "number": ordinal_name(word(found.series), found.ordinal),
            "chair": found.chair,
            "present": f"{sum(one.presence in HERE for one in found.attendees)}人",
            "last": work_lines(found.carried),
            "next": work_lines(found.decisions),
        }

    return _of_meeting(office, matter_id, "week_list", filling)


def work_lines(decisions: Sequence[DecisionRow]) -> list[dict[str, str]]:
    """Decisions as lines of a list."""
    return [
        {
            "number": str(number),
            "text": one.text,
            "leads": one.leads,
            "due": f"{one.task.due_on.month}月{one.task.due_on.day}日" if one.task.due_on else "",
            "state": word(one.task.state),
        }
        for number, one in enumerate(decisions, start=1)
    ]


def votes(office: Office, matter_id: int) -> PdfPaper:
    """三重一大事项议事表决记录, a sheet for each such topic; blank ones before the meeting."""
    major = [topic for topic in meeting_views.detail(office, matter_id).topics if topic.major is not MajorKind.NONE]
    if not major:
        raise RuleError("meeting_no_major")
    sheets = [_vote_sheet(office, matter_id, topic.id) for topic in major]
    return PdfPaper(special.joined([sheet.data for sheet in sheets]), sheets[0].name)


def _vote_sheet(office: Office, matter_id: int, line_id: int) -> PdfPaper:
    return _of_meeting(office, matter_id, "major_vote", lambda found, _: _votes(found, line_id))


def _votes(found: MeetingDetail, line_id: int) -> Values:
    topic = next(one for one in found.topics if one.id == line_id)
    members = [one for one in found.attendees if one.standing is AttendeeStanding.MEMBER]
    return {
        "number": ordinal_name(word(found.series), found.ordinal),
        "level": secrecy_mark(found.row.level, found.row.secrecy_years),
        "topic": topic.title,
        "major": word(topic.major),
        "amount": money(topic.amount),
        "chair": found.chair,
        "expected": str(len(members)),
        "present": str(sum(one.presence in HERE for one in members) or ""),
        "sitting_in": str(len(found.attendees) - len(members)),
        "voices": _voices(topic),
        **_counted(topic),
        "result": "" if not topic.voices else f"{word(topic.result)}。{topic.summary}",
    }


def _voices(topic: TopicRow) -> list[dict[str, str]]:
    return [
        {
            "number": str(number),
            "name": voice.person,
            "view": "" if voice.view is None else voice.view,
            "vote": word(voice.vote) if voice.vote else "",
        }
        for number, voice in enumerate(topic.voices, start=1)
    ]


def _counted(topic: TopicRow) -> dict[str, str]:
    codes = {"votes_for": Vote.FOR, "against": Vote.AGAINST, "abstained": Vote.ABSTAINED}
    if not topic.voices:
        return {}
    return {code: f"{sum(voice.vote is vote for voice in topic.voices)}票" for code, vote in codes.items()}


def extract(office: Office, matter_id: int, unit: str) -> PdfPaper:
    """会议纪要摘录 for one unit: only what it leads or helps with."""
    paper = meeting_minutes.paper_of(office, matter_id)
    number = (paper.document_number or paper.title) if paper else ""

    def filling(found: MeetingDetail, running: Running) -> Values:
        del running
        return _extract(found, unit, number) | {"made_on": chinese_date(office.today()), "made_by": office.actor.name}

    made = _of_meeting(office, matter_id, "minutes_extract", filling)
    return PdfPaper(made.data, f"会议纪要摘录 {unit}.pdf")


def _extract(found: MeetingDetail, unit: str, number: str) -> Values:
    own = [decision for decision in found.decisions if decision.concerns(unit)]
    if not own:
        raise RuleError("meeting_no_extract", unit=unit)
    titles = {topic.id: topic.title for topic in found.topics}
    return {
        "number": number,
        "unit": unit,
        "title": ordinal_name(word(found.series), found.ordinal),
        "chair": found.chair,
        "items": [
            {
                "number": str(at),
                "topic": titles.get(one.topic_id or 0, ""),
                "text": one.text,
                "leads": leads_text(one),
                "due": chinese_date(one.task.due_on) if one.task.due_on else "",
            }
            for at, one in enumerate(own, start=1)
        ],
    }


def leads_text(decision: DecisionRow) -> str:
    """Who leads, and who helps."""
    helps = f"；{'、'.join(decision.others)}配合" if decision.others else ""
    return f"{decision.leads}{helps}"


def extracts(office: Office, matter_id: int) -> PdfPaper:
    """A page for each unit that has something to do, in one go."""
    units = meeting_minutes.units_of(meeting_views.detail(office, matter_id))
    if not units:
        raise RuleError("meeting_nothing_decided")
    sheets = [extract(office, matter_id, unit).data for unit in units]
    return PdfPaper(special.joined(sheets), f"会议纪要摘录 共{len(sheets)}家.pdf")
