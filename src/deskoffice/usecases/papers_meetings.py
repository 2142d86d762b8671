"""Printed forms of meetings: 会议审批单, 会议通知, 议题单, 签到表, 会议记录, 会议纪要, 桌签, 会议登记簿."""

from collections.abc import Iterable

from deskoffice.domain.errors import RuleError
from deskoffice.domain.matters import ContentRole, MatterKind, State, StepKind
from deskoffice.domain.meetings import (
    HERE,
    AttendeeRow,
    AttendeeStanding,
    MeetingDetail,
    Presence,
    ordinal_name,
)
from deskoffice.domain.values import LEVEL_WORDS, Classification, chinese_date, secrecy_mark
from deskoffice.paper import documents
from deskoffice.paper.forms.model import FieldValue
from deskoffice.storage import meetings
from deskoffice.storage.matters import MatterRecord
from deskoffice.usecases import matters, meeting_minutes, meeting_views, printing, settings
from deskoffice.usecases.circulation import outgoing_paper
from deskoffice.usecases.meeting_fields import span
from deskoffice.usecases.meeting_topic_fields import money
from deskoffice.usecases.office import Act, Office
from deskoffice.usecases.papers_meeting_lists import work_lines
from deskoffice.usecases.previews import PdfPaper
from deskoffice.usecases.printing import Book
from deskoffice.usecases.words import word

DEMANDS = "请提前10分钟到会签到。因故不能参会的，须向会议主持人或分管领导请假，并报办公室；不得无故缺席或擅自派人代会。"
SECRET_DEMANDS = f"{DEMANDS}会议涉密，手机等电子设备统一存放，不得记录、录音、摄像；材料按编号领取，会后当场收回。"
SECRECY_PLAN = "会场保密检查；手机集中存放；材料编号登记、会后收回；参会人员名单经批准。"


def request_sheet(office: Office, matter_id: int) -> PdfPaper:
    """会议审批单."""
    return printing.printed(office, matter_id, MatterKind.MEETING, "meeting_request", _request)


def _detail(act: Act, matter: MatterRecord) -> MeetingDetail:
    return meeting_views.detail_in(act.office, act.session, matter)


def _head(found: MeetingDetail) -> dict[str, FieldValue]:
    return {"title": found.row.title, "time": span(found.starts_at, found.ends_at), "place": found.place}


def _request(act: Act, matter: MatterRecord) -> dict[str, FieldValue]:
    found, steps = _detail(act, matter), matters.step_rows(act.office, act.session, matter.id)
    return {
        **_head(found),
        "number": matter.number,
        "requested_on": chinese_date(matter.created_on),
        "unit": matter.unit,
        "meeting_class": "　".join(
            part for part in (word(found.meeting_class) if found.meeting_class else "", word(found.series)) if part
        ),
        "length": length(found),
        "way": word(found.form),
        "budget": money(found.cost),
        "funding": found.funding,
        "secrecy_plan": SECRECY_PLAN if found.row.level >= Classification.CONFIDENTIAL else "",
        "basis": found.grounds,
        "attendees": _names(found.attendees),
        "size": str(found.size or ""),
        "level": secrecy_mark(found.row.level, found.row.secrecy_years),
        "agenda": _agenda_text(found),
        "approval": printing.opinions(steps, StepKind.APPROVAL),
        "handler": next((step.person for step in steps if step.kind is StepKind.REQUEST), ""),
    }


def _agenda_text(found: MeetingDetail) -> str:
    return "\n".join(f"{number}．{topic.title}" for number, topic in enumerate(found.topics, start=1))


def _names(attendees: Iterable[AttendeeRow]) -> str:
    return "、".join(attendee.person or attendee.unit for attendee in attendees)


def notice(office: Office, matter_id: int) -> PdfPaper:
    """会议通知."""
    return printing.printed(office, matter_id, MatterKind.MEETING, "meeting_notice", _notice)


def _notice(act: Act, matter: MatterRecord) -> dict[str, FieldValue]:
    found = _detail(act, matter)
    steps = matters.step_rows(act.office, act.session, matter.id)
    return {
        **_head(found),
        "number": matter.number,
        "issued_on": chinese_date(act.today),
        "addressee": "，".join(dict.fromkeys(attendee.unit for attendee in found.attendees if attendee.unit)),
        "chair": found.chair,
        "way": word(found.form),
        "agenda": _agenda_text(found),
        "attendees": _names(found.attendees),
        "contact": next((step.person for step in steps if step.kind is StepKind.REQUEST), ""),
        "requirements": SECRET_DEMANDS if found.row.level >= Classification.CONFIDENTIAL else DEMANDS,
    }


def length(found: MeetingDetail) -> str:
    """How long it takes, in half days from four hours on."""
    hours = (found.ends_at - found.starts_at).total_seconds() / 3600
    return f"{hours:g}小时" if hours < 4 else f"{max(1, round(hours / 4)) / 2:g}天"


def agenda(office: Office, matter_id: int) -> PdfPaper:
    """会议议题单."""
    return printing.printed(office, matter_id, MatterKind.MEETING, "agenda", _agenda)


def _agenda(act: Act, matter: MatterRecord) -> dict[str, FieldValue]:
    found = _detail(act, matter)
    items = [
        {"number": str(number), "title": topic.title, "reporter": topic.reporter, "units": "、".join(topic.units)}
        for number, topic in enumerate(found.topics, start=1)
    ]
    return {**_head(found), "chair": found.chair, "items": items, "last": work_lines(found.carried)}


def sign_in_sheet(office: Office, matter_id: int) -> PdfPaper:
    """会议签到表: to be signed by hand, or with who came once it is known."""
    return printing.printed(office, matter_id, MatterKind.MEETING, "sign_in_sheet", _sign_in)


def _sign_in(act: Act, matter: MatterRecord) -> dict[str, FieldValue]:
    found = _detail(act, matter)
    is_known = any(attendee.presence is not Presence.EXPECTED for attendee in found.attendees)
    counted = {
        "present": sum(attendee.presence in HERE for attendee in found.attendees),
        "on_leave": sum(attendee.presence is Presence.ON_LEAVE for attendee in found.attendees),
        "absent": sum(attendee.presence is Presence.ABSENT for attendee in found.attendees),
    }
    return {
        **_head(found),
        "people": [_line(number, attendee) for number, attendee in enumerate(found.attendees, start=1)],
        "expected": str(len(found.attendees)),
        **{code: str(count) if is_known else "" for code, count in counted.items()},
    }


def _line(number: int, attendee: AttendeeRow) -> dict[str, str]:
    signed = f"{attendee.signed_at:%H:%M}" if attendee.signed_at else ""
    said = {
        Presence.STOOD_IN: f"{attendee.stand_in}代 {signed}",
        Presence.PRESENT: f"到 {signed}",
        Presence.EXPECTED: "",
    }
    return {
        "number": str(number),
        "standing": word(attendee.standing),
        "unit": attendee.unit,
        "post": attendee.post,
        "name": attendee.person,
        "signature": said.get(attendee.presence, word(attendee.presence)),
    }


def record(office: Office, matter_id: int) -> PdfPaper:
    """会议记录 for the signatures of chair and recorder; only for those who may read it."""
    said = meeting_views.text_of(office, matter_id, ContentRole.RECORD)
    if not said:
        raise RuleError("meeting_not_recorded")

    def reading(act: Act, matter: MatterRecord) -> dict[str, FieldValue]:
        return _record(_detail(act, matter), said)

    return printing.printed(office, matter_id, MatterKind.MEETING, "meeting_record", reading)


def _record(found: MeetingDetail, said: str) -> dict[str, FieldValue]:
    came = [attendee for attendee in found.attendees if attendee.is_represented]
    missing = [attendee for attendee in found.attendees if not attendee.is_represented]
    reasons = "；".join(f"{a.person or a.unit}（{a.reason or word(a.presence)}）" for a in missing)
    return {
        **_head(found),
        "number": ordinal_name(word(found.series), found.ordinal),
        "level": secrecy_mark(found.row.level, found.row.secrecy_years),
        "chair": found.chair,
        "recorder": found.recorder,
        "present": _names(a for a in came if a.standing is AttendeeStanding.MEMBER),
        "sitting_in": _names(a for a in came if a.standing is AttendeeStanding.SITTING_IN),
        "absent": reasons,
        "agenda": _agenda_text(found),
        "record": said,
        "decisions": "\n".join(f"{decision.position}．{decision.text}" for decision in found.decisions),
    }


def minutes(office: Office, matter_id: int) -> PdfPaper:
    """会议纪要 in the format of GB/T 9704-2012 10.3."""
    paper = meeting_minutes.paper_of(office, matter_id)
    if paper is not None:
        typeset = outgoing_paper.pdf(office, paper.id)
        return PdfPaper(typeset.pdf, f"会议纪要 {paper.document_number or paper.title}.pdf")
    text = meeting_views.text_of(office, matter_id, ContentRole.MINUTES)
    if not text:
        raise RuleError("meeting_not_minuted")
    return _older_minutes(office, matter_id, text)


def _older_minutes(office: Office, matter_id: int, text: str) -> PdfPaper:
    """Minutes of a vault from before they were papers of their own."""
    found = meeting_views.detail(office, matter_id)
    names = settings.read_settings(office)
    meta: dict[str, object] = {
        "kind": "纪要",
        "layout": "minutes",
        "issuer_mark": [f"{found.row.unit}{word(found.series)}纪要"],
        "document_number": f"第{found.ordinal}期",
        "classification": LEVEL_WORDS[found.row.level],
        "secrecy_years": found.row.secrecy_years,
        "issuer": names.office_name,
        "date": found.starts_at.date().isoformat(),
        "print_office": names.office_name,
        "print_date": office.today().isoformat(),
    }
    body = documents.read_body("会议纪要.txt", text.encode())
    document = documents.document_from_meta(body, meta)
    typeset = documents.typeset(document, clock_time=office.now(), account=office.actor.name)
    with office.act() as act:
        act.record_other("matter.form.printed", f"matter:{matter_id}", form="minutes")
    return PdfPaper(typeset.pdf, f"会议纪要 {found.row.number}.pdf")


def place_cards(office: Office, matter_id: int) -> PdfPaper:
    """桌签 of everybody called by name, and of whoever stands in."""
    return printing.printed(office, matter_id, MatterKind.MEETING, "place_cards", _cards)


def _cards(act: Act, matter: MatterRecord) -> dict[str, FieldValue]:
    lines = _detail(act, matter).attendees
    return {
        "people": [
            {"name": a.stand_in or a.person, "post": "" if a.stand_in else a.post, "unit": a.unit}
            for a in lines
            if a.stand_in or a.person
        ]
    }


def register_book(office: Office, year: int) -> PdfPaper:
    """会议登记簿 of a year."""
    return printing.bound(office, register(office, year))


def register(office: Office, year: int | None) -> Book:
    """The lines of the 会议登记簿."""
    with office.read() as session:
        found = [
            meeting_views.detail_in(office, session, matter)
            for matter in meetings.register(session, office.actor, year)
        ]
    level = max((meeting.row.level for meeting in found), default=Classification.PUBLIC)
    return Book("meeting_register", tuple(_book_line(meeting) for meeting in found), level, year)


def _book_line(found: MeetingDetail) -> dict[str, str]:
    refused = f"（{word(State.REFUSED)}）" if found.row.state is State.REFUSED else ""
    return {
        "number": ordinal_name(word(found.series), found.ordinal),
        "time": f"{found.starts_at:%Y-%m-%d %H:%M}",
        "title": f"{found.row.title}{refused}",
        "meeting_class": word(found.series),
        "place": found.place,
        "chair": found.chair,
        "size": str(len(found.attendees)),
        "recorder": found.recorder,
        "minutes_number": found.minutes.document_number if found.minutes else "",
    }
