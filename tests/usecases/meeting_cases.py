"""What the tests of meetings arrange: an executive meeting called, approved, held."""

from dataclasses import replace
from datetime import date, datetime

from factories import as_role, person_id

from deskoffice.domain.meetings import DecisionDraft, MeetingDraft, MeetingSeries, Presence, SignIn, TopicDraft
from deskoffice.domain.people import Role
from deskoffice.usecases import meeting_views, meetings
from deskoffice.usecases.office import CHINA, Office

SAID = "李强：请各单位抓紧。张伟：同意，散会。"
DUE = date(2026, 12, 11)
BUREAUS = (
    "县财政局",
    "县住房和城乡建设局",
    "县教育局",
    "县水利局",
    "县应急管理局",
    "县农业农村局",
    "县交通运输局",
    "县卫生健康局",
    "县自然资源局",
)


def draft(office: Office, **changes: object) -> MeetingDraft:
    base = MeetingDraft(
        series=MeetingSeries.EXECUTIVE,
        title="县政府常务会议",
        place="第一会议室",
        starts_at=datetime(2026, 11, 24, 9, 0, tzinfo=CHINA),
        ends_at=datetime(2026, 11, 24, 11, 30, tzinfo=CHINA),
        chair_id=person_id(office, "张伟"),
        grounds="年度会议计划",
        attendee_ids=(person_id(office, "张伟"), person_id(office, "李强")),
        sitting_in_ids=(person_id(office, "赵明"),),
        units=("县财政局",),
        topics=(TopicDraft("老旧小区改造方案", "县住建局 王某", ("县审计局",)), TopicDraft("冬季供暖准备", "县城管局")),
    )
    return replace(base, **changes)


def called(office: Office, **changes: object) -> int:
    return meetings.call(as_role(office, Role.CONFERENCE_CLERK), draft(office, **changes)).matter_ids[0]


def approved(office: Office, **changes: object) -> int:
    meeting = called(office, **changes)
    meetings.approve(as_role(office, Role.OFFICE_LEADER), meeting, "同意召开")
    return meeting


def held(office: Office, **changes: object) -> int:
    """Everybody but 李强 came; he is on leave."""
    meeting = approved(office, **changes)
    clerk = as_role(office, Role.CONFERENCE_CLERK)
    absent = {"李强": ("出差", Presence.ON_LEAVE)}
    entries = []
    for line in meeting_views.detail(office, meeting).attendees:
        reason, presence = absent.get(line.person, ("", Presence.PRESENT))
        entries.append(SignIn(line.id, presence, reason=reason))
    meetings.sign_in(clerk, meeting, entries)
    meetings.record(clerk, meeting, SAID)
    return meeting


def decisions(office: Office) -> tuple[DecisionDraft, ...]:
    return (
        DecisionDraft("原则同意改造方案，修改后印发。", DUE, lead_unit="县住建局", others=("县财政局",)),
        DecisionDraft("供暖设备检修完毕", DUE, lead_person_id=person_id(office, "孙芳")),
    )
